/* SPDX-License-Identifier: Apache-2.0
 *
 * name_build.c: makes the index of names: collects the words of every name, numbers them by how
 * common they are, and writes the lists. Needs memory for a number a word besides.
 */
#include "match/name_index.h"

#include <string.h>

#include "base/sort.h"
#include "match/name_lists.h"
#include "match/name_pairs.h"
#include "match/name_vocabulary.h"
#include "mt940connect/status.h"

/* A new word, while they are collected. */
struct draft {
    uint32_t text;   /* in texts */
    uint32_t count;  /* customers */
    uint32_t last;   /* customer + 1 it was met in last */
    uint32_t length;
};

struct collecting {
    struct mt940_name_building *building;
    struct draft *drafts;
    size_t draft_count, draft_capacity;
    char *texts;
    size_t text_length, text_capacity;
    uint32_t *slots; /* draft + 1 by hash, open addressing */
    size_t slot_count;
};

static int grow_slots(struct collecting *collecting)
{
    const struct mt940_allocator *memory = collecting->building->memory;
    size_t count = collecting->slot_count ? collecting->slot_count * 2 : 1024;
    uint32_t *slots = mt940_memory_alloc(memory, count * sizeof(*slots));

    if (!slots)
        return MT940_E_MEMORY;
    memset(slots, 0, count * sizeof(*slots));
    for (size_t i = 0; i < collecting->draft_count; i++) {
        const struct draft *draft = &collecting->drafts[i];
        size_t at = mt940_index_hash(collecting->texts + draft->text, draft->length) & (count - 1);

        while (slots[at])
            at = (at + 1) & (count - 1);
        slots[at] = (uint32_t)i + 1;
    }
    mt940_memory_free(memory, collecting->slots, collecting->slot_count * sizeof(*slots));
    collecting->slots = slots;
    collecting->slot_count = count;
    return MT940_OK;
}

static int add_draft(struct collecting *collecting, const struct mt940_name_word *word, size_t slot)
{
    const struct mt940_allocator *memory = collecting->building->memory;
    struct draft *draft;

    if (mt940_memory_reserve(memory, (void **)&collecting->drafts, &collecting->draft_capacity,
                             collecting->draft_count + 1, sizeof(*draft)) ||
        mt940_memory_reserve(memory, (void **)&collecting->texts, &collecting->text_capacity,
                             collecting->text_length + word->key_length, 1))
        return MT940_E_MEMORY;
    if (collecting->text_length > UINT32_MAX - MT940_NAME_KEY)
        return MT940_E_LIMIT;
    draft = &collecting->drafts[collecting->draft_count++];
    draft->text = (uint32_t)collecting->text_length;
    draft->length = word->key_length;
    draft->count = 0;
    draft->last = 0;
    memcpy(collecting->texts + draft->text, word->key, word->key_length);
    collecting->text_length += word->key_length;
    collecting->slots[slot] = (uint32_t)collecting->draft_count;
    return MT940_OK;
}

/* The number of a word's draft, made when it is new. */
static int find_draft(struct collecting *collecting, const struct mt940_name_word *word, uint64_t hash, uint32_t *out)
{
    size_t at;
    int status;

    if (collecting->draft_count * 2 >= collecting->slot_count && (status = grow_slots(collecting)) != MT940_OK)
        return status;
    at = hash & (collecting->slot_count - 1);
    for (; collecting->slots[at]; at = (at + 1) & (collecting->slot_count - 1)) {
        const struct draft *draft = &collecting->drafts[collecting->slots[at] - 1];

        if (draft->length == word->key_length &&
            memcmp(collecting->texts + draft->text, word->key, word->key_length) == 0) {
            *out = collecting->slots[at] - 1;
            return MT940_OK;
        }
    }
    *out = (uint32_t)collecting->draft_count;
    return add_draft(collecting, word, at);
}

static int collect_name(struct collecting *collecting, uint32_t customer, const struct mt940_view *name)
{
    struct mt940_name_building *building = collecting->building;
    struct mt940_name_word words[MT940_NAME_WORDS];
    size_t count = mt940_name_words_of_text(name, words);
    uint64_t hashes[MT940_NAME_WORDS];

    mt940_name_hash_words(words, count, hashes);
    for (size_t i = 0; i < count; i++)
        MT940_PREFETCH(&collecting->slots[hashes[i] & (collecting->slot_count - 1)]);
    if (mt940_memory_reserve(building->memory, (void **)&building->tokens, &building->token_capacity,
                             building->token_count + count, sizeof(*building->tokens)))
        return MT940_E_MEMORY;
    if (building->token_count > UINT32_MAX - count)
        return MT940_E_LIMIT;
    for (size_t i = 0; i < count; i++) {
        uint32_t draft;
        int status = find_draft(collecting, &words[i], hashes[i], &draft);

        if (status != MT940_OK)
            return status;
        if (collecting->drafts[draft].last != customer + 1) {
            collecting->drafts[draft].last = customer + 1;
            collecting->drafts[draft].count++;
        }
        building->tokens[building->token_count++] = draft;
    }
    building->token_at[customer + 1] = (uint32_t)building->token_count;
    return MT940_OK;
}

static int compare_drafts(const void *context, uint32_t a, uint32_t b)
{
    const struct collecting *collecting = context;
    const struct draft *left = &collecting->drafts[a], *right = &collecting->drafts[b];
    uint32_t common = left->length < right->length ? left->length : right->length;
    int order;

    if (left->count != right->count)
        return left->count > right->count ? -1 : 1;
    order = memcmp(collecting->texts + left->text, collecting->texts + right->text, common);
    return order != 0 ? order : left->length < right->length ? -1 : left->length > right->length;
}

static int make_vocabulary(struct collecting *collecting, const uint32_t *order)
{
    struct mt940_name_building *building = collecting->building;
    int status = mt940_name_vocabulary_begin(building);

    for (uint32_t word = 0; status == MT940_OK && word < building->index->words; word++) {
        const struct draft *draft = &collecting->drafts[order[word]];

        mt940_name_vocabulary_put(building->index, word,
                                  mt940_view_of(collecting->texts + draft->text, draft->length), draft->count);
    }
    return status;
}

/* Numbers the words: the most common one is 0. `order` has room for twice the drafts. */
static int number_words(struct collecting *collecting, uint32_t *order)
{
    struct mt940_name_building *building = collecting->building;
    uint32_t *number = order + collecting->draft_count;
    int status;

    for (size_t i = 0; i < collecting->draft_count; i++)
        order[i] = (uint32_t)i;
    mt940_sort(order, number, collecting->draft_count, compare_drafts, collecting);
    status = make_vocabulary(collecting, order);
    for (size_t i = 0; i < collecting->draft_count; i++)
        number[order[i]] = (uint32_t)i;
    for (size_t i = 0; i < building->token_count; i++)
        building->tokens[i] = number[building->tokens[i]];
    return status;
}

static int collect(struct mt940_name_building *building, mt940_name_source source, const void *context)
{
    struct collecting collecting = {.building = building};
    int status = grow_slots(&collecting);
    size_t order_size;
    uint32_t *order;

    building->token_at[0] = 0;
    for (uint32_t i = 0; status == MT940_OK && i < building->index->customers; i++) {
        struct mt940_view name = source(context, i);

        status = collect_name(&collecting, i, &name);
    }
    order_size = 2 * collecting.draft_count * sizeof(*order);
    order = status == MT940_OK ? mt940_memory_alloc(building->memory, order_size) : NULL;
    if (order) {
        building->index->words = (uint32_t)collecting.draft_count;
        building->index->text_bytes = (uint32_t)collecting.text_length;
        status = number_words(&collecting, order);
    } else if (status == MT940_OK) {
        status = MT940_E_MEMORY;
    }
    mt940_memory_free(building->memory, order, order_size);
    mt940_memory_free(building->memory, collecting.slots, collecting.slot_count * sizeof(*collecting.slots));
    mt940_memory_free(building->memory, collecting.texts, collecting.text_capacity);
    mt940_memory_free(building->memory, collecting.drafts, collecting.draft_capacity * sizeof(*collecting.drafts));
    return status;
}

int mt940_name_index_build(struct mt940_name_index *index, const struct mt940_allocator *memory, uint32_t customers,
                           bool whole, mt940_name_source source, const void *context)
{
    struct mt940_name_building building = {.index = index, .memory = memory, .whole = whole};
    size_t at_size = ((size_t)customers + 1) * sizeof(*building.token_at);
    int status = MT940_E_MEMORY;

    memset(index, 0, sizeof(*index));
    index->customers = customers;
    building.token_at = mt940_memory_alloc(memory, at_size);
    if (building.token_at)
        status = collect(&building, source, context);
    if (status == MT940_OK)
        status = mt940_name_build_names(&building);
    if (status == MT940_OK)
        status = mt940_name_build_lists(&building);
    if (status == MT940_OK)
        status = mt940_name_build_pairs(&building);
    if (status == MT940_OK)
        status = mt940_name_build_words(&building);
    if (status == MT940_OK)
        status = mt940_name_build_whole_names(&building);
    mt940_memory_free(memory, building.token_at, at_size);
    mt940_memory_free(memory, building.tokens, building.token_capacity * sizeof(*building.tokens));
    if (status != MT940_OK)
        mt940_name_index_free(index, memory);
    return status;
}
