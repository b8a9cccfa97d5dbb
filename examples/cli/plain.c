/* SPDX-License-Identifier: Apache-2.0
 *
 * plain.c: looks at a text eight bytes at a time. Must not know what the text is.
 */
#include "plain.h"

#include <string.h>

#include <mt940connect/charset.h>

#define ONES UINT64_C(0x0101010101010101)
#define HIGHS (ONES * 0x80)

/* Of eight bytes, whether one is a control byte, a quotation mark or a backslash. */
static uint64_t escapes(uint64_t word)
{
    uint64_t quote = word ^ ONES * '"', slash = word ^ ONES * '\\';

    return (((word - ONES * 0x20) & ~word) | ((quote - ONES) & ~quote) | ((slash - ONES) & ~slash)) & HIGHS;
}

/*
 * The same and whether one is beyond ASCII, without telling which: a high bit is set where one is, for a byte below 80
 * from which more is taken than it is worth has one then.
 */
static uint64_t not_plain(uint64_t word)
{
    return word | (word - ONES * 0x20) | ((word ^ ONES * '"') - ONES) | ((word ^ ONES * '\\') - ONES);
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

static uint64_t word_at(const char *text)
{
    uint64_t word;

    memcpy(&word, text, sizeof word);
    return word;
}

/* Which of the two it is. */
static int tell(const char *text, size_t length)
{
    uint64_t high = 0, found = 0;

    for (size_t at = 0; at < length; at += 8) {
        uint64_t word = length - at >= 8 ? word_at(text + at)
                        : at > 0         ? word_at(text + length - 8)
                                         : short_word(text, length);

        found |= escapes(word);
        high |= word;
    }
    return (found ? PLAIN_NEEDS_ESCAPE : 0) | (high & HIGHS ? PLAIN_BEYOND_ASCII : 0);
}

int plain_look(const char *text, size_t length)
{
    uint64_t found = 0;

    if (length < 8) {
        if (length > 0)
            found = not_plain(short_word(text, length));
    } else {
        for (size_t at = 0; at < length - 8; at += 8)
            found |= not_plain(word_at(text + at));
        found |= not_plain(word_at(text + length - 8));
    }
    return found & HIGHS ? tell(text, length) : 0;
}

int plain_in(int32_t charset, const char *text, size_t length)
{
    /* Printing ASCII is the same in all sets but one. */
    return charset != MT940_CHARSET_DIN_66003 && plain_look(text, length) == 0;
}
