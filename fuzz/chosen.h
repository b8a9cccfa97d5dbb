/* SPDX-License-Identifier: Apache-2.0
 *
 * chosen.h: which of several dear comparisons a target makes of an input. As a test, all of them. A fuzzer makes one,
 * told by a hash of the whole input: every change draws anew, so each comparison gets its share of many more inputs.
 */
#ifndef MT940_FUZZ_CHOSEN_H
#define MT940_FUZZ_CHOSEN_H

#include <stddef.h>
#include <stdint.h>

/* FNV-1a of 32 bits, its halves folded: the last bytes alone decide too little of the low bits. */
static inline unsigned chosen_draw(const uint8_t *data, size_t size)
{
    uint32_t hash = 2166136261u;

    for (size_t i = 0; i < size; i++)
        hash = (hash ^ data[i]) * 16777619u;
    return hash ^ hash >> 15;
}

/* Whether comparison `number` of `count` is to be made; `draw` is that of the input. */
static inline int chosen(unsigned draw, unsigned number, unsigned count)
{
#ifdef FUZZ_ONE_COMPARISON
    return draw % count == number;
#else
    (void)draw;
    return number < count;
#endif
}

#endif
