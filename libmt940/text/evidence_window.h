/* SPDX-License-Identifier: Apache-2.0
 *
 * evidence_window.h: counts the usual letters of up to 64 bytes by what their bits say. Letters come in an order that no
 * processor guesses, so they are gathered as bits and counted together. Compiled with each way of finding the bits.
 */
#ifndef MT940_TEXT_EVIDENCE_WINDOW_H
#define MT940_TEXT_EVIDENCE_WINDOW_H

#include "text/evidence.h"

/* A bit for each byte, the first lowest, none from `count` on. */
struct mt940_usual_window {
    size_t count;
    uint64_t high;              /* above 7F, */
    uint64_t c0_up, c2_up, e0_up; /* from there on, */
    uint64_t control;           /* below 20, */
    uint64_t letters;           /* ASCII letters */
};

/* The lowest `count` bits, 64 at most. */
static inline uint64_t mt940_usual_lowest(size_t count)
{
    return count < 64 ? (UINT64_C(1) << count) - 1 : UINT64_MAX;
}

/*
 * Counts the letters of the window's first bytes, as many as are certain without what stands behind: up to the last
 * ASCII before a sequence of UTF-8 that is longer or cut by a line end, or altogether. How many bytes these are.
 */
static inline size_t mt940_usual_count(struct mt940_charset_evidence *evidence, const unsigned char *data,
                                       const struct mt940_usual_window *window, bool letter_before)
{
    uint64_t high = window->high, stops = (window->e0_up & high >> 1) | (window->c2_up & window->control >> 1);
    uint64_t ascii = ~high & mt940_usual_lowest(window->count) & (stops ? stops ^ (stops - 1) : UINT64_MAX);
    if (!ascii)
        return 0;
    size_t count = 64 - (size_t)__builtin_clzll(ascii);
    high &= mt940_usual_lowest(count);
    uint64_t letters = window->letters | high, leads = window->c2_up & ~window->e0_up, behind = high & ~window->c0_up;
    uint64_t pairs = (uint64_t)__builtin_popcountll(leads & behind >> 1 & high);
    uint64_t total = (uint64_t)__builtin_popcountll(high);
    evidence->high += total;
    evidence->utf8_sequences += pairs;
    evidence->utf8_errors += total - 2 * pairs;
    for (uint64_t rest = high & (letters << 1 | letters >> 1 | letter_before); rest; rest &= rest - 1)
        evidence->letters[data[__builtin_ctzll(rest)] & 0x7F]++;
    return count;
}

static inline bool mt940_usual_is_letter(unsigned byte)
{
    return (byte | 0x20) - 'a' <= 'z' - 'a';
}

#endif
