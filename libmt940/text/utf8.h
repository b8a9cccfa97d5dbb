/* SPDX-License-Identifier: Apache-2.0
 *
 * utf8.h: one UTF-8 character in, one out. Strict as Unicode 15 table 3-7 says: no overlong
 * forms, no surrogates, nothing above 10FFFF.
 */
#ifndef MT940_TEXT_UTF8_H
#define MT940_TEXT_UTF8_H

#include <stddef.h>
#include <stdint.h>

#include "base/bytes.h"

/* What a malformed sequence is read as; no code point, so that a real U+FFFD is told apart. */
#define MT940_UTF8_INVALID 0x110000u
#define MT940_UTF8_REPLACEMENT 0xFFFDu

/*
 * Reads one character of `left` (at least 1) bytes into *point and returns the bytes it took.
 * Of a malformed sequence it takes the longest part that could have begun a character (the
 * "maximal subpart" of Unicode §3.9), at least one byte.
 */
static inline size_t mt940_utf8_read(const unsigned char *bytes, size_t left, uint32_t *point)
{
    unsigned lead = bytes[0], low = 0x80, high = 0xBF;
    size_t count;
    uint32_t value;

    if (lead < 0x80) {
        *point = lead;
        return 1;
    }
    *point = MT940_UTF8_INVALID;
    if (lead < 0xC2 || lead > 0xF4)
        return 1;
    count = lead < 0xE0 ? 1 : lead < 0xF0 ? 2 : 3;
    low = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
    high = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
    value = lead & (0x3Fu >> count);
    for (size_t i = 1; i <= count; i++) {
        if (i >= left || bytes[i] < low || bytes[i] > high)
            return i;
        value = value << 6 | (bytes[i] & 0x3F);
        low = 0x80;
        high = 0xBF;
    }
    *point = value;
    return count + 1;
}

/* How many characters a text has: bytes that begin one, right or not. */
static inline size_t mt940_utf8_count(const char *bytes, size_t length)
{
    size_t count = length, at = 0;
    /* Those that do not have the highest bit, but not the next one; of eight at once the sum is in the top byte. */
    for (; length - at >= 8; at += 8) {
        uint64_t word = mt940_bytes_at(bytes + at), behind = word & ~(word << 1) & MT940_BYTES_HIGH;
        count -= (behind >> 7) * MT940_BYTES_ONES >> 56;
    }
    for (; at < length; at++)
        count -= ((unsigned char)bytes[at] & 0xC0) == 0x80;
    return count;
}

/* Writes one code point (below 110000) to out and returns its 1 to 4 bytes. */
static inline size_t mt940_utf8_write(uint32_t point, char out[4])
{
    if (point < 0x80) {
        out[0] = (char)point;
        return 1;
    }
    if (point < 0x800) {
        out[0] = (char)(0xC0 | point >> 6);
        out[1] = (char)(0x80 | (point & 0x3F));
        return 2;
    }
    if (point < 0x10000) {
        out[0] = (char)(0xE0 | point >> 12);
        out[1] = (char)(0x80 | (point >> 6 & 0x3F));
        out[2] = (char)(0x80 | (point & 0x3F));
        return 3;
    }
    out[0] = (char)(0xF0 | point >> 18);
    out[1] = (char)(0x80 | (point >> 12 & 0x3F));
    out[2] = (char)(0x80 | (point >> 6 & 0x3F));
    out[3] = (char)(0x80 | (point & 0x3F));
    return 4;
}

#endif
