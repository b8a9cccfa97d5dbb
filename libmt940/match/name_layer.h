/* SPDX-License-Identifier: Apache-2.0
 *
 * name_layer.h: the names of a directory that lies over another one. The vocabulary is that of all
 * names that count, numbered by how common its words are now, so that a name is searched for and
 * scored as if all had been built at once. Lists of customers stay where they are and are read
 * side by side.
 *
 * Two bounds of the index below stay what they were when it was built: which words are common
 * enough to be looked for in pairs, and which have no list.
 */
#ifndef MT940_MATCH_NAME_LAYER_H
#define MT940_MATCH_NAME_LAYER_H

#include "match/layer.h"
#include "match/name_index.h"

struct mt940_name_layer {
    const struct mt940_name_index *below, *top; /* the top has lists of every word and pair */
    const struct mt940_layer_order *order;
    uint32_t *of_below; /* number of a word below among all; MT940_NAME_NO_WORD = nobody has it any more */
    uint32_t *of_top;
    uint32_t *to_below; /* the other way round */
    uint32_t *to_top;
    size_t words; /* among all: room in to_below and to_top */
};

/*
 * Makes the index of the names of layer->below and layer->top, ordered by layer->order. Errors: MT940_E_MEMORY,
 * MT940_E_LIMIT. After a failure, too, it is freed with mt940_name_layer_free().
 */
int mt940_name_layer_build(struct mt940_name_layer *layer, const struct mt940_allocator *memory,
                           struct mt940_name_index *out);
void mt940_name_layer_free(struct mt940_name_layer *layer, const struct mt940_allocator *memory,
                           struct mt940_name_index *index);

/* What name_index.h promises, for an index with a layer. */
size_t mt940_name_layer_words_of(const struct mt940_name_layer *layer, uint32_t customer,
                                 uint32_t words[MT940_NAME_WORDS]);
size_t mt940_name_layer_find_exact(const struct mt940_name_layer *layer, const uint32_t *words, size_t count,
                                   uint64_t hash, const uint32_t **customers, uint32_t room[MT940_NAME_SHOWN]);
struct mt940_name_list mt940_name_layer_list(const struct mt940_name_layer *layer, uint32_t word);
struct mt940_name_list mt940_name_layer_pair(const struct mt940_name_layer *layer, uint32_t first, uint32_t second);
uint32_t mt940_name_layer_bytes(const struct mt940_name_index *index, const struct mt940_name_list *list);
void mt940_name_layer_begin(struct mt940_name_cursor *cursor, const struct mt940_name_list *list);

#endif
