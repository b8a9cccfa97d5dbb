/* SPDX-License-Identifier: Apache-2.0
 *
 * name_vocabulary.h: the words of an index of names.
 */
#ifndef MT940_MATCH_NAME_VOCABULARY_H
#define MT940_MATCH_NAME_VOCABULARY_H

#include "match/name_building.h"

/* The vocabulary of index->words words in index->text_bytes bytes: room for it, then each word in order of its number. */
int mt940_name_vocabulary_begin(struct mt940_name_building *building);
void mt940_name_vocabulary_put(struct mt940_name_index *index, uint32_t word, struct mt940_view text, uint32_t count);
/* Frees what these two made, and the ways into the vocabulary. */
void mt940_name_vocabulary_free(struct mt940_name_index *index, const struct mt940_allocator *memory);

#endif
