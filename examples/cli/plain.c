/* SPDX-License-Identifier: Apache-2.0
 *
 * plain.c: looks at a text eight bytes at a time. Must not know what the text is.
 */
#include "plain.h"

#include <string.h>

#include <mt940connect/charset.h>

#define ONES UINT64_C(0x0101010101010101)
#define HIGHS (ONES * 0x80)

/*
 * Of eight bytes, whether one is a control byte, a quotation mark or a backslash: a high bit is set where more was taken
 * from a byte below 80 than it is worth.
 */
static inline uint64_t escapes(uint64_t word)
{
    return ((word - ONES * 0x20) | ((word ^ ONES * '"') - ONES) | ((word ^ ONES * '\\') - ONES)) & ~word;
}

/* The bytes of a text of one to seven in a word; some stand in it twice. */
static uint64_t short_word(const char *text, size_t length)
{
    uint32_t first, last;

    if (length < sizeof first)
        return (ONES & ~UINT64_C(0xFFFFFF)) * ' ' | (unsigned char)text[0] | (uint32_t)(unsigned char)text[length / 2] << 8 |
               (uint32_t)(unsigned char)text[length - 1] << 16;
    memcpy(&first, text, sizeof first);
    memcpy(&last, text + length - sizeof last, sizeof last);
    return (uint64_t)first << 32 | last;
}

static inline uint64_t word_at(const char *text)
{
    uint64_t word;

    memcpy(&word, text, sizeof word);
    return word;
}

int plain_look(const char *text, size_t length)
{
    uint64_t word, high = 0, found = 0;

    if (length == 0)
        return 0;
    for (size_t at = 0; at + 8 < length; at += 8) {
        word = word_at(text + at);
        found |= escapes(word);
        high |= word;
    }
    /* The last eight, of which some were seen before. */
    word = length < 8 ? short_word(text, length) : word_at(text + length - 8);
    found |= escapes(word);
    high |= word;
    return (found & HIGHS ? PLAIN_NEEDS_ESCAPE : 0) | (high & HIGHS ? PLAIN_BEYOND_ASCII : 0);
}

/* The same as plain_look(), for one to seven bytes. */
static int short_copy(const char *text, size_t length, char *out)
{
    uint64_t word = short_word(text, length);

    if (length >= 4) {
        memcpy(out, text, 4);
        memcpy(out + length - 4, text + length - 4, 4);
    } else {
        out[0] = text[0];
        out[length / 2] = text[length / 2];
        out[length - 1] = text[length - 1];
    }
    return ((escapes(word) | word) & HIGHS) == 0;
}

int plain_copy(const char *text, size_t length, char *out)
{
    uint64_t word, found;

    if (length < 8)
        return length == 0 || short_copy(text, length, out);
    word = word_at(text + length - 8);
    memcpy(out + length - 8, &word, sizeof word);
    found = escapes(word) | word;
    for (size_t at = 0; at + 8 < length; at += 8) {
        word = word_at(text + at);
        memcpy(out + at, &word, sizeof word);
        found |= escapes(word) | word;
    }
    return (found & HIGHS) == 0;
}

int plain_charset(int32_t charset)
{
    return charset != MT940_CHARSET_DIN_66003;
}

int plain_in(int32_t charset, const char *text, size_t length)
{
    return plain_charset(charset) && plain_look(text, length) == 0;
}
