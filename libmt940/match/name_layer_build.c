/* SPDX-License-Identifier: Apache-2.0
 *
 * name_layer_build.c: makes the vocabulary of two directories: counts the words below anew where
 * customers were hidden or added, and numbers all by how common they are now. Costs what the
 * vocabulary costs, not what the customers cost.
 */
#include <string.h>

#include "base/sort.h"
#include "match/name_layer.h"
#include "match/name_lists.h"
#include "match/name_vocabulary.h"
#include "mt940connect/status.h"

/* Words under construction: those below by their numbers, behind them those of the top alone. */
struct merging {
    struct mt940_name_layer *layer;
    uint32_t below_words;
    uint32_t *counts; /* of customers; 0 = nobody has it any more */
    uint32_t *order;  /* of those that somebody has, by count and text; then room for as many */
    uint32_t *top_of; /* word of the top, MT940_NAME_NO_WORD = none */
    size_t room, words, text_bytes;
};

/* A longer text than any word has is out of a damaged image. */
static struct mt940_view text_of(const struct merging *merging, uint32_t draft)
{
    const struct mt940_name_layer *layer = merging->layer;
    struct mt940_view text = draft < merging->below_words ? mt940_name_text(layer->below, draft)
                                                          : mt940_name_text(layer->top, merging->top_of[draft]);

    return text.length <= MT940_NAME_KEY ? text : mt940_view_of(text.data, 0);
}

static int compare_drafts(const void *context, uint32_t a, uint32_t b)
{
    const struct merging *merging = context;
    struct mt940_view left, right;
    size_t common;
    int order;

    if (merging->counts[a] != merging->counts[b])
        return merging->counts[a] > merging->counts[b] ? -1 : 1;
    left = text_of(merging, a);
    right = text_of(merging, b);
    common = left.length < right.length ? left.length : right.length;
    order = common ? memcmp(left.data, right.data, common) : 0;
    return order != 0 ? order : left.length < right.length ? -1 : left.length > right.length;
}

/* A word counts once for a customer, however often it stands in the name. */
static void take_away(struct merging *merging, uint32_t customer)
{
    uint32_t words[MT940_NAME_WORDS];
    size_t count = mt940_name_words_of(merging->layer->below, customer, words);

    for (size_t i = 0; i < count; i++) {
        size_t k = 0;

        while (words[k] != words[i])
            k++;
        merging->counts[words[i]] -= k == i && merging->counts[words[i]] > 0;
    }
}

static void count_words(struct merging *merging)
{
    const struct mt940_name_layer *layer = merging->layer;
    uint32_t next = merging->below_words;

    memcpy(merging->counts, layer->below->counts, merging->below_words * sizeof(*merging->counts));
    for (size_t i = 0; i < merging->room; i++)
        merging->top_of[i] = MT940_NAME_NO_WORD;
    for (uint32_t i = 0; i < layer->order->hidden_count; i++)
        take_away(merging, layer->order->hidden[i]);
    for (uint32_t word = 0; word < layer->top->words; word++) {
        struct mt940_view text = mt940_name_text(layer->top, word);
        uint32_t draft = mt940_name_find_word(layer->below, text.data, text.length);

        if (draft == MT940_NAME_NO_WORD) {
            draft = next++;
            merging->counts[draft] = 0;
        }
        merging->top_of[draft] = word;
        merging->counts[draft] += layer->top->counts[word];
    }
    merging->room = next;
}

/*
 * Those below whose count did not change stand in order already; the others are few and are sorted and then put among
 * them.
 */
static void sort_drafts(struct merging *merging)
{
    const uint32_t *before = merging->layer->below->counts;
    uint32_t *kept = merging->order, *moved = merging->order + merging->room, *out = moved + merging->room;
    size_t kept_count = 0, moved_count = 0, k = 0, m = 0;

    for (uint32_t i = 0; i < merging->room; i++) {
        if (i < merging->below_words && merging->counts[i] == before[i] && before[i] > 0)
            kept[kept_count++] = i;
        else if (merging->counts[i] > 0)
            moved[moved_count++] = i;
    }
    mt940_sort(moved, out, moved_count, compare_drafts, merging);
    merging->words = kept_count + moved_count;
    while (k < kept_count || m < moved_count) {
        bool take = m == moved_count || (k < kept_count && compare_drafts(merging, kept[k], moved[m]) < 0);

        out[k + m] = take ? kept[k] : moved[m];
        k += take;
        m += !take;
    }
    memcpy(merging->order, out, merging->words * sizeof(*out));
    for (size_t i = 0; i < merging->words; i++)
        merging->text_bytes += text_of(merging, merging->order[i]).length;
}

static int number_words(struct merging *merging, struct mt940_name_building *building)
{
    struct mt940_name_layer *layer = merging->layer;
    struct mt940_name_index *index = building->index;
    int status;

    if (merging->text_bytes > UINT32_MAX || merging->words >= MT940_INDEX_MOST)
        return MT940_E_LIMIT;
    index->words = (uint32_t)merging->words;
    index->text_bytes = (uint32_t)merging->text_bytes;
    status = mt940_name_vocabulary_begin(building);
    layer->words = merging->words;
    layer->to_below = mt940_memory_alloc(building->memory, layer->words * sizeof(*layer->to_below));
    layer->to_top = mt940_memory_alloc(building->memory, layer->words * sizeof(*layer->to_top));
    if (status != MT940_OK || !layer->to_below || !layer->to_top)
        return MT940_E_MEMORY;
    memset(layer->of_below, 0xFF, layer->below->words * sizeof(*layer->of_below));
    memset(layer->of_top, 0xFF, layer->top->words * sizeof(*layer->of_top));
    for (uint32_t word = 0; word < index->words; word++) {
        uint32_t draft = merging->order[word], top = merging->top_of[draft];

        mt940_name_vocabulary_put(index, word, text_of(merging, draft), merging->counts[draft]);
        layer->to_below[word] = draft < merging->below_words ? draft : MT940_NAME_NO_WORD;
        layer->to_top[word] = top;
        if (draft < merging->below_words)
            layer->of_below[draft] = word;
        if (top != MT940_NAME_NO_WORD)
            layer->of_top[top] = word;
    }
    return MT940_OK;
}

/* The rule of name_lists.c, for the number of customers that there are now. */
static void set_listless(struct mt940_name_index *index)
{
    while (index->listless < index->words && index->counts[index->listless] > 16 * MT940_NAME_COMMON &&
           index->counts[index->listless] > index->customers / MT940_NAME_SHARE)
        index->listless++;
}

int mt940_name_layer_build(struct mt940_name_layer *layer, const struct mt940_allocator *memory,
                           struct mt940_name_index *out)
{
    struct mt940_name_building building = {.index = out, .memory = memory};
    size_t room = (size_t)layer->below->words + layer->top->words;
    struct merging merging = {.layer = layer, .below_words = layer->below->words, .room = room};
    int status = MT940_E_MEMORY;

    memset(out, 0, sizeof(*out));
    out->layer = layer;
    out->customers = mt940_layer_customers(layer->order);
    layer->of_below = mt940_memory_alloc(memory, layer->below->words * sizeof(*layer->of_below));
    layer->of_top = mt940_memory_alloc(memory, layer->top->words * sizeof(*layer->of_top));
    merging.counts = mt940_memory_alloc(memory, room * sizeof(*merging.counts));
    merging.top_of = mt940_memory_alloc(memory, room * sizeof(*merging.top_of));
    merging.order = mt940_memory_alloc(memory, 4 * room * sizeof(*merging.order));
    if (layer->of_below && layer->of_top && merging.counts && merging.top_of && merging.order) {
        count_words(&merging);
        sort_drafts(&merging);
        status = number_words(&merging, &building);
    }
    if (status == MT940_OK)
        status = mt940_name_build_words(&building);
    if (status == MT940_OK)
        set_listless(out);
    mt940_memory_free(memory, merging.counts, room * sizeof(*merging.counts));
    mt940_memory_free(memory, merging.top_of, room * sizeof(*merging.top_of));
    mt940_memory_free(memory, merging.order, 4 * room * sizeof(*merging.order));
    return status;
}

void mt940_name_layer_free(struct mt940_name_layer *layer, const struct mt940_allocator *memory,
                           struct mt940_name_index *index)
{
    if (layer->below)
        mt940_memory_free(memory, layer->of_below, layer->below->words * sizeof(*layer->of_below));
    if (layer->top)
        mt940_memory_free(memory, layer->of_top, layer->top->words * sizeof(*layer->of_top));
    mt940_memory_free(memory, layer->to_below, layer->words * sizeof(*layer->to_below));
    mt940_memory_free(memory, layer->to_top, layer->words * sizeof(*layer->to_top));
    index->layer = NULL;
    mt940_name_vocabulary_free(index, memory);
    memset(layer, 0, sizeof(*layer));
}
