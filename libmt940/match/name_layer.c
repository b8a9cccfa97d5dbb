/* SPDX-License-Identifier: Apache-2.0
 *
 * name_layer.c: look-ups in the names of a directory that lies over another one. Reads only.
 */
#include "match/name_layer.h"

#include <string.h>

size_t mt940_name_layer_words_of(const struct mt940_name_layer *layer, uint32_t customer,
                                 uint32_t words[MT940_NAME_WORDS])
{
    uint32_t number;
    bool top = mt940_layer_locate(layer->order, customer, &number);
    const struct mt940_name_index *index = top ? layer->top : layer->below;
    const uint32_t *among_all = top ? layer->of_top : layer->of_below;
    size_t found, count = 0;

    if (number >= index->customers)
        return 0;
    found = mt940_name_words_of(index, number, words);
    for (size_t i = 0; i < found; i++)
        if (among_all[words[i]] != MT940_NAME_NO_WORD)
            words[count++] = among_all[words[i]];
    return count;
}

/* Customers of one of both directories whose name has exactly these words; one that nobody has may be among them. */
static size_t find_in(const struct mt940_name_layer *layer, const struct mt940_name_index *index, const uint32_t *words,
                      size_t count, uint64_t hash, const uint32_t **customers, uint32_t room[MT940_NAME_SHOWN])
{
    const uint32_t *to = index == layer->top ? layer->to_top : layer->to_below;
    uint32_t numbers[MT940_NAME_WORDS];

    for (size_t i = 0; i < count; i++) {
        numbers[i] = words[i] < layer->words ? to[words[i]] : MT940_NAME_NO_WORD;
        if (numbers[i] == MT940_NAME_NO_WORD)
            return 0;
    }
    return mt940_name_find_exact(index, numbers, count, hash, customers, room);
}

/* How many of ascending customers below are hidden: those of the shorter list are looked for in the longer one. */
static size_t hidden_among(const struct mt940_layer_order *order, const uint32_t *customers, size_t count)
{
    bool few = count <= order->hidden_count;
    const uint32_t *wanted = few ? customers : order->hidden, *among = few ? order->hidden : customers;
    uint32_t wanted_count = few ? (uint32_t)count : order->hidden_count;
    uint32_t among_count = few ? order->hidden_count : (uint32_t)count;
    size_t found = 0;

    for (uint32_t i = 0; i < wanted_count; i++) {
        uint32_t at = mt940_layer_rank(among, among_count, wanted[i]);

        found += at < among_count && among[at] == wanted[i];
    }
    return found;
}

size_t mt940_name_layer_find_exact(const struct mt940_name_layer *layer, const uint32_t *words, size_t count,
                                   uint64_t hash, const uint32_t **customers, uint32_t room[MT940_NAME_SHOWN])
{
    uint32_t below_room[MT940_NAME_SHOWN], top_room[MT940_NAME_SHOWN], shown = 0;
    const uint32_t *below = NULL, *top = NULL;
    size_t below_count, top_count, b = 0, t = 0, total;

    if (count > MT940_NAME_WORDS)
        return 0;
    below_count = find_in(layer, layer->below, words, count, hash, &below, below_room);
    top_count = find_in(layer, layer->top, words, count, hash, &top, top_room);
    total = below_count - hidden_among(layer->order, below, below_count) + top_count;
    while (shown < MT940_NAME_SHOWN && (b < below_count || t < top_count)) {
        uint32_t next = b < below_count ? mt940_layer_of_below(layer->order, below[b]) : MT940_LAYER_NOBODY;

        if (b < below_count && next == MT940_LAYER_NOBODY)
            b++;
        else if (t < top_count && layer->order->tops[top[t]] < next)
            room[shown++] = layer->order->tops[top[t++]];
        else if (b++ < below_count)
            room[shown++] = next;
    }
    *customers = room;
    return total;
}

static void join(struct mt940_name_list *list, const struct mt940_name_list *top)
{
    list->top_from = top->from;
    list->top_to = top->to;
}

struct mt940_name_list mt940_name_layer_list(const struct mt940_name_layer *layer, uint32_t word)
{
    struct mt940_name_list list = {NULL, NULL, NULL, NULL};
    uint32_t below = layer->to_below[word], top = layer->to_top[word];

    if (below != MT940_NAME_NO_WORD) {
        if (below < layer->below->listless)
            return list;
        list = mt940_name_list_of(layer->below, below);
    }
    if (top != MT940_NAME_NO_WORD) {
        struct mt940_name_list of_top = mt940_name_list_of(layer->top, top);

        join(&list, &of_top);
    }
    return list;
}

struct mt940_name_list mt940_name_layer_pair(const struct mt940_name_layer *layer, uint32_t first, uint32_t second)
{
    struct mt940_name_list list = {NULL, NULL, NULL, NULL};
    uint32_t a = layer->to_below[first], b = layer->to_below[second];

    if (a >= layer->below->common || b >= layer->below->common)
        return list;
    list = mt940_name_list_of_pair(layer->below, a, b);
    a = layer->to_top[first];
    b = layer->to_top[second];
    if (a != MT940_NAME_NO_WORD && b != MT940_NAME_NO_WORD) {
        struct mt940_name_list of_top = mt940_name_list_of_pair(layer->top, a, b);

        join(&list, &of_top);
    }
    return list;
}

static void next_below(struct mt940_name_cursor *cursor)
{
    cursor->next = MT940_LAYER_NOBODY;
    while (cursor->at < cursor->end && cursor->next == MT940_LAYER_NOBODY) {
        cursor->last += mt940_name_number(&cursor->at);
        cursor->next = mt940_layer_of_below(cursor->layer->order, cursor->last - 1);
    }
}

static void next_top(struct mt940_name_cursor *cursor)
{
    cursor->top_next = MT940_LAYER_NOBODY;
    if (cursor->top_at >= cursor->top_end)
        return;
    cursor->top_last += mt940_name_number(&cursor->top_at);
    cursor->top_next = cursor->layer->order->tops[cursor->top_last - 1];
}

void mt940_name_layer_begin(struct mt940_name_cursor *cursor, const struct mt940_name_list *list)
{
    cursor->top_at = list->top_from;
    cursor->top_end = list->top_to;
    cursor->top_last = 0;
    next_below(cursor);
    next_top(cursor);
}

bool mt940_name_layer_next(struct mt940_name_cursor *cursor, uint32_t *customer)
{
    bool top = cursor->top_next < cursor->next;

    *customer = top ? cursor->top_next : cursor->next;
    if (*customer == MT940_LAYER_NOBODY)
        return false;
    if (top)
        next_top(cursor);
    else
        next_below(cursor);
    return true;
}

/* What the list would take if it were written in one. */
uint32_t mt940_name_layer_bytes(const struct mt940_name_index *index, const struct mt940_name_list *list)
{
    struct mt940_name_cursor cursor;
    uint32_t customer, last = 0, bytes = 0;

    mt940_name_cursor_begin(index, list, &cursor);
    while (mt940_name_cursor_next(&cursor, &customer)) {
        for (uint32_t step = customer + 1 - last; step >= 0x80; step >>= 7)
            bytes++;
        bytes++;
        last = customer + 1;
    }
    return bytes;
}
