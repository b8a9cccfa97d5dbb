/* SPDX-License-Identifier: Apache-2.0
 *
 * decode.c: text of a known character set as UTF-8: the plain way through printing ASCII, eight bytes at a time, the
 * way through everything else, one character at a time, and the choice among the ways. Must not know fields or lines.
 */
#include "text/decode.h"

#include "base/bytes.h"
#include "text/mojibake.h"

/* Of eight bytes those that are no printing ASCII. */
static uint64_t special(uint64_t word)
{
    uint64_t low = word - MT940_BYTES_ONES * 0x20, rubout = (word ^ MT940_BYTES_ONES * 0x7F) - MT940_BYTES_ONES;
    return (low | rubout | word) & MT940_BYTES_HIGH;
}

static size_t printing_run(const unsigned char *bytes, size_t length)
{
    size_t at = 0;
    for (; length - at >= 8; at += 8) {
        uint64_t odd = special(mt940_bytes_at(bytes + at));
        if (odd) {
            at += mt940_bytes_first(odd);
            break;
        }
    }
    while (at < length && bytes[at] < 0x80 && !mt940_is_control(bytes[at]))
        at++;
    return at;
}

size_t mt940_decode_plain(struct mt940_decoder *decoder, const unsigned char *bytes, size_t length,
                          struct mt940_sink *sink)
{
    size_t run = printing_run(bytes, length), room = mt940_sink_room(sink);
    size_t kept = run < room ? run : room;
    (void)decoder;
    if (kept > 0)
        memcpy(sink->out + sink->length, bytes, kept);
    sink->length += run;
    return run;
}

/* Every byte goes the slow way: what looks like ASCII may be a letter. */
static size_t decode_none(struct mt940_decoder *decoder, const unsigned char *bytes, size_t length,
                          struct mt940_sink *sink)
{
    (void)decoder;
    (void)bytes;
    (void)length;
    (void)sink;
    return 0;
}

static void put_replacement(struct mt940_decoder *decoder, struct mt940_sink *sink)
{
    mt940_sink_put_point(sink, MT940_UTF8_REPLACEMENT);
    decoder->replaced++;
}

static size_t put_utf8(struct mt940_decoder *decoder, const unsigned char *bytes, size_t length, struct mt940_sink *sink)
{
    uint32_t point;
    size_t taken = decoder->charset == MT940_CHARSET_UTF8_TWICE ? mt940_mojibake_read(bytes, length, &point) : 0;
    if (taken > 0) {
        mt940_sink_put_point(sink, point);
        return taken;
    }
    taken = mt940_utf8_read(bytes, length, &point);
    if (point == MT940_UTF8_INVALID)
        put_replacement(decoder, sink);
    else
        mt940_sink_put(sink, (const char *)bytes, taken);
    return taken;
}

/* One character, whatever it is; returns its bytes. */
static size_t put_one(struct mt940_decoder *decoder, const unsigned char *bytes, size_t length, struct mt940_sink *sink)
{
    const struct mt940_charset_letter *letter = NULL;
    if (mt940_is_utf8(decoder->charset))
        return put_utf8(decoder, bytes, length, sink);
    if (bytes[0] >= 0x80)
        letter = decoder->letters ? &decoder->letters[bytes[0] - 0x80] : NULL;
    else if (decoder->charset == MT940_CHARSET_DIN_66003)
        letter = &mt940_charset_din_66003[bytes[0]];
    if (letter && letter->length)
        mt940_sink_put(sink, letter->utf8, letter->length);
    else if (bytes[0] < 0x80)
        mt940_sink_put_byte(sink, (char)bytes[0]);
    else
        put_replacement(decoder, sink);
    return 1;
}

static mt940_decode_function *best_way(void)
{
#ifdef MT940_DECODE_X86
    if (mt940_decode_has_avx512())
        return mt940_decode_avx512;
    if (mt940_decode_has_avx2())
        return mt940_decode_avx2;
#endif
    return mt940_decode_plain;
}

void mt940_decoder_init(struct mt940_decoder *decoder, int32_t charset)
{
    decoder->charset = charset;
    decoder->letters = NULL;
    decoder->table = NULL;
    decoder->way = charset == MT940_CHARSET_DIN_66003 ? decode_none : best_way();
    decoder->replaced = 0;
    decoder->line = NULL;
    decoder->full = decoder->next_full = SIZE_MAX;
    decoder->mark = '\0';
    decoder->marked = false;
    for (size_t i = 0; charset > MT940_CHARSET_UTF8 && !decoder->table && i < MT940_CHARSET_TABLES; i++)
        if (mt940_charset_tables[i].charset == charset)
            decoder->table = &mt940_charset_tables[i];
    if (decoder->table)
        decoder->letters = decoder->table->letters;
}

size_t mt940_decode_mark(const struct mt940_decoder *decoder, const unsigned char *bytes, size_t length)
{
    static const unsigned char mark[3] = {0xEF, 0xBB, 0xBF};
    bool marked = length >= sizeof mark && memcmp(bytes, mark, sizeof mark) == 0;
    return marked && mt940_is_utf8(decoder->charset) ? sizeof mark : 0;
}

size_t mt940_decode_slowly(struct mt940_decoder *decoder, const unsigned char *bytes, size_t at, size_t length,
                           struct mt940_sink *sink)
{
    while (at < length && !mt940_is_control(bytes[at])) {
        at += put_one(decoder, bytes + at, length - at, sink);
        if (at < length)
            at += decoder->way(decoder, bytes + at, length - at, sink);
    }
    return at;
}
