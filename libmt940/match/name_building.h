/* SPDX-License-Identifier: Apache-2.0
 *
 * name_building.h: an index of names under construction, which its steps hand to each other.
 */
#ifndef MT940_MATCH_NAME_BUILDING_H
#define MT940_MATCH_NAME_BUILDING_H

#include "match/name_index.h"

struct mt940_name_building {
    struct mt940_name_index *index;
    const struct mt940_allocator *memory;
    uint32_t *token_at; /* customers + 1 */
    uint32_t *tokens;   /* numbers of words of all names, one behind the other */
    size_t token_count, token_capacity;
    bool whole; /* lists of every word and every pair, however many customers have them */
};

/* Numbers of seven bits a byte, low ones first: their bytes; and put at `at`, which they return moved behind it. */
static inline uint32_t mt940_name_number_size(uint32_t value)
{
    uint32_t size = 1;

    for (; value >= 0x80; value >>= 7)
        size++;
    return size;
}
static inline uint8_t *mt940_name_put_number(uint8_t *at, uint32_t value)
{
    for (; value >= 0x80; value >>= 7)
        *at++ = (uint8_t)((value & 0x7F) | 0x80);
    *at++ = (uint8_t)value;
    return at;
}

#endif
