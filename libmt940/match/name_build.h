/* SPDX-License-Identifier: Apache-2.0
 *
 * name_build.h: an index of names under construction: what name_build.c, name_lists.c and name_pairs.c share.
 */
#ifndef MT940_MATCH_NAME_BUILD_H
#define MT940_MATCH_NAME_BUILD_H

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

/* The vocabulary of index->words words in index->text_bytes bytes: room for it, then each word in order of its number. */
int mt940_name_vocabulary_begin(struct mt940_name_building *building);
void mt940_name_vocabulary_put(struct mt940_name_index *index, uint32_t word, struct mt940_view text, uint32_t count);
/* Frees what these two made, and the ways into the vocabulary. */
void mt940_name_vocabulary_free(struct mt940_name_index *index, const struct mt940_allocator *memory);

/* The steps, in this order. Errors: MT940_E_MEMORY, MT940_E_LIMIT. */
int mt940_name_build_names(struct mt940_name_building *building);
int mt940_name_build_lists(struct mt940_name_building *building);
int mt940_name_build_pairs(struct mt940_name_building *building);
/* The ways into the vocabulary: from both ends of a word and by the whole; which words are legal forms. */
int mt940_name_build_words(struct mt940_name_building *building);
int mt940_name_build_whole_names(struct mt940_name_building *building);

#endif
