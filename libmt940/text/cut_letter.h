/* SPDX-License-Identifier: Apache-2.0
 *
 * cut_letter.h: letters of UTF-8 that banks cut, for they count bytes: at the end of a line, or where the next numbered
 * sub-field of a narrative begins ("?20…C5 ?21 9E…").
 */
#ifndef MT940_TEXT_CUT_LETTER_H
#define MT940_TEXT_CUT_LETTER_H

#include "base/view.h"
#include "text/utf8.h"

/* Its first `front` bytes, `gap` bytes that do not belong to it, its last `rest` bytes. */
struct mt940_cut_letter {
    uint32_t point;
    size_t front, gap, rest;
    bool numbered; /* a separator and two digits stand in the gap */
};

/* Bytes of a line end at `at`, then of a separator with two digits; *numbered whether these are there. */
static inline size_t mt940_cut_gap(const unsigned char *bytes, size_t length, size_t at, bool *numbered)
{
    size_t start = at;

    at += at < length && bytes[at] == '\r';
    at += at < length && bytes[at] == '\n';
    *numbered = length - at > 3 && bytes[at] > ' ' && bytes[at] < 0x7F && !mt940_ascii_is_alnum((char)bytes[at]) &&
                mt940_ascii_is_digit((char)bytes[at + 1]) && mt940_ascii_is_digit((char)bytes[at + 2]);
    return at + (*numbered ? 3 : 0) - start;
}

/* Whether a letter at the beginning of `length` (at least 1) bytes is cut so, and goes on behind the gap. */
static inline bool mt940_cut_letter_read(const unsigned char *bytes, size_t length, struct mt940_cut_letter *out)
{
    enum { longest = 4 };
    unsigned char letter[longest] = {0};
    /* Letters of a single-byte set stand before other ones: behind these nothing is cut. */
    if (bytes[0] < 0xC2 || length < 2 || mt940_ascii_is_alnum((char)bytes[1]) || bytes[1] == ' ')
        return false;
    size_t front = mt940_utf8_read(bytes, length, &out->point), count = 0;

    if (front >= longest || front == length || out->point != MT940_UTF8_INVALID || bytes[front] >= 0x7F)
        return false;
    size_t gap = mt940_cut_gap(bytes, length, front, &out->numbered);
    for (; count < front; count++)
        letter[count] = bytes[count];
    for (size_t at = front + gap; gap > 0 && count < longest && at < length; at++)
        letter[count++] = bytes[at];
    size_t taken = mt940_utf8_read(letter, count, &out->point);
    out->front = front;
    out->gap = gap;
    out->rest = taken - front;
    return out->point != MT940_UTF8_INVALID;
}

#endif
