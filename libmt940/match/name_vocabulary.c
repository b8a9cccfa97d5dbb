/* SPDX-License-Identifier: Apache-2.0
 *
 * name_vocabulary.c: keeps the words of an index of names: their texts, how many customers have each, and what it says
 * that a name has it. Must not know names or customers.
 */
#include "match/name_vocabulary.h"

#include <string.h>

#include "mt940connect/status.h"

int mt940_name_vocabulary_begin(struct mt940_name_building *building)
{
    struct mt940_name_index *index = building->index;

    index->text_at = mt940_memory_alloc(building->memory, ((size_t)index->words + 1) * sizeof(*index->text_at));
    index->texts = mt940_memory_alloc(building->memory, index->text_bytes);
    index->keys = mt940_memory_alloc(building->memory, index->words * sizeof(*index->keys));
    index->counts = mt940_memory_alloc(building->memory, index->words * sizeof(*index->counts));
    index->letters = mt940_memory_alloc(building->memory, MT940_NAME_TRIED * sizeof(*index->letters));
    index->bits = mt940_memory_alloc(building->memory, index->words);
    if (!index->text_at || !index->texts || !index->keys || !index->counts || !index->letters || !index->bits)
        return MT940_E_MEMORY;
    memset(index->letters, 0, MT940_NAME_TRIED * sizeof(*index->letters));
    index->text_at[0] = 0;
    return MT940_OK;
}

/*
 * In small books every word would be common, and a name say nothing; but firms and trades (LIMITED, SANAYI) are common
 * everywhere, so those words are counted as they are.
 */
static uint32_t bits_of(uint32_t customers, struct mt940_view text, uint32_t count)
{
    struct mt940_name_word word = {.key_length = (uint8_t)text.length};
    const struct mt940_name_form *form;

    if (customers < MT940_NAME_FEWEST) {
        memcpy(word.key, text.data, text.length);
        form = mt940_name_form_find(&word, 1);
        if (!form || form->kind == MT940_NAME_WEAK)
            customers = MT940_NAME_FEWEST;
    }
    return mt940_name_bits_of(customers, count);
}

void mt940_name_vocabulary_put(struct mt940_name_index *index, uint32_t word, struct mt940_view text, uint32_t count)
{
    uint32_t at = index->text_at[word];

    memcpy(index->texts + at, text.data, text.length);
    index->text_at[word + 1] = at + (uint32_t)text.length;
    index->keys[word] = mt940_name_pack(text.data, text.length);
    if (word < MT940_NAME_TRIED)
        index->letters[word] = mt940_name_letters(text.data, text.length);
    index->counts[word] = count;
    index->bits[word] = (uint8_t)bits_of(index->customers, text, count);
}

void mt940_name_vocabulary_free(struct mt940_name_index *index, const struct mt940_allocator *memory)
{
    size_t words = index->words;

    mt940_memory_free(memory, index->text_at, (words + 1) * sizeof(*index->text_at));
    mt940_memory_free(memory, index->texts, index->text_bytes);
    mt940_memory_free(memory, index->keys, words * sizeof(*index->keys));
    mt940_memory_free(memory, index->counts, words * sizeof(*index->counts));
    mt940_memory_free(memory, index->letters, MT940_NAME_TRIED * sizeof(*index->letters));
    mt940_memory_free(memory, index->bits, words);
    mt940_memory_free(memory, index->forward, words * sizeof(*index->forward));
    mt940_memory_free(memory, index->forward_word, words * sizeof(*index->forward_word));
    mt940_memory_free(memory, index->backward, words * sizeof(*index->backward));
    mt940_memory_free(memory, index->backward_word, words * sizeof(*index->backward_word));
    mt940_index_free(&index->by_word, memory);
}
