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
    uint64_t high;      /* above 7F: */
    uint64_t lead_pair; /* C2 to DF, */
    uint64_t lead_long; /* from E0 on, */
    uint64_t end_pair;  /* 80 to BF */
    uint64_t control;   /* below 20 */
    uint64_t letters;   /* ASCII letters */
};

/* What was counted, for evidence of the same names. */
struct mt940_usual_counts {
    uint64_t high, utf8_sequences;
};

/* The lowest `count` bits, 64 at most. */
static inline uint64_t mt940_usual_lowest(size_t count)
{
    return count < 64 ? (UINT64_C(1) << count) - 1 : UINT64_MAX;
}

/*
 * Banks cut lines after so many bytes, be it inside a letter: of the leads in `stops` those are no stops that stand
 * before one CR LF, if all is there that says what becomes of them. Adds to *pairs where the rest of a letter follows.
 */
static inline uint64_t mt940_usual_pass_ends(const unsigned char *data, size_t count, uint64_t stops, uint64_t *pairs)
{
    for (uint64_t rest = stops; rest; rest &= rest - 1) {
        size_t at = (size_t)__builtin_ctzll(rest);
        if (count - at < 5 || data[at] >= 0xE0 || data[at + 1] != '\r' || data[at + 2] != '\n' ||
            data[at + 3] == '\r' || data[at + 3] == '\n' || data[at + 4] >= 0x80)
            break;
        *pairs += data[at + 3] >= 0x80 && data[at + 3] <= 0xBF;
        stops &= stops - 1;
    }
    return stops;
}

/* How many of the first bytes are certain: up to the last ASCII before the first stop. */
static inline size_t mt940_usual_certain(uint64_t high, size_t count, uint64_t stops)
{
    uint64_t ascii = ~high & mt940_usual_lowest(count) & (stops ? stops ^ (stops - 1) : UINT64_MAX);
    return ascii ? 64 - (size_t)__builtin_clzll(ascii) : 0;
}

/*
 * Counts the letters of the window's first bytes, as many as are certain without what stands behind: up to the last
 * ASCII before a sequence of UTF-8 that is longer or cut by a line end, or altogether. How many bytes these are; *found
 * the letters among them.
 */
static inline size_t mt940_usual_count(struct mt940_usual_counts *counts, const unsigned char *data,
                                       const struct mt940_usual_window *window, bool letter_before, uint64_t *found)
{
    uint64_t high = window->high, pairs = 0;
    uint64_t stops = (window->lead_long & high >> 1) | ((window->lead_pair | window->lead_long) & window->control >> 1);
    size_t count = window->count;
    if (stops)
        stops = mt940_usual_pass_ends(data, count, stops, &pairs);
    /* Nearly always all are, and the processor need not wait for the bits to know where the next window begins. */
    if (stops || high >> (count - 1)) {
        count = mt940_usual_certain(high, count, stops);
        high &= mt940_usual_lowest(count);
    }
    uint64_t letters = window->letters | high;
    counts->high += (uint64_t)__builtin_popcountll(high);
    counts->utf8_sequences += pairs + (uint64_t)__builtin_popcountll(window->lead_pair & window->end_pair >> 1 & high);
    *found = high & (letters << 1 | letters >> 1 | letter_before);
    return count;
}

static inline bool mt940_usual_is_letter(unsigned byte)
{
    return (byte | 0x20) - 'a' <= 'z' - 'a';
}

#endif
