/* SPDX-License-Identifier: Apache-2.0
 *
 * decode_end.h: the ends of lines that a way of decoding passes over, as struct mt940_decoder says.
 */
#ifndef MT940_TEXT_DECODE_END_H
#define MT940_TEXT_DECODE_END_H

#include "text/decode.h"

/* Whether the line has as many characters as its bank gives one. */
static inline bool mt940_decode_is_full(const struct mt940_decoder *decoder, size_t length)
{
    if (length < decoder->full || decoder->charset != MT940_CHARSET_UTF8)
        return length >= decoder->full;
    return mt940_utf8_count((const char *)decoder->line, length) >= decoder->full;
}

/* Bytes of the line end at `at` that the text goes on behind, or 0. */
static inline size_t mt940_decode_pass_end(struct mt940_decoder *decoder, const unsigned char *bytes, size_t at,
                                           size_t length, char **out)
{
    unsigned char end = bytes[at];
    if ((end != '\r' && end != '\n') || decoder->full == SIZE_MAX)
        return 0;
    size_t next = at + (end == '\r' && length - at > 1 && bytes[at + 1] == '\n' ? 2 : 1);
    const size_t line = (size_t)(bytes + at - decoder->line);
    /* Behind an empty line there may be a mark or none: that hangs on what stood before it. */
    if (line == 0 || next == length || bytes[next] == ':' || bytes[next] == '%')
        return 0;
    const bool full = mt940_decode_is_full(decoder, line);
    if (!full && !decoder->mark)
        return 0;
    if (decoder->line[line - 1] >= 0x80 && mt940_is_utf8(decoder->charset))
        return 0;
    if (!full && !mt940_is_gap(bytes[next])) {
        *(*out)++ = decoder->mark;
        decoder->marked = true;
    }
    decoder->line = bytes + next;
    decoder->full = decoder->next_full;
    return next - at;
}

#endif
