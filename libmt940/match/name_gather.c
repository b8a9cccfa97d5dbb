/* SPDX-License-Identifier: Apache-2.0
 *
 * name_gather.c: from words to customers: reads the shortest lists first, up to a budget. Does
 * not compare names.
 */
#include <string.h>

#include "match/name_query.h"

/* Customers read to find those who have two common words that stand apart. */
#define CROSS_MOST 60000

static uint32_t weight_of(const struct mt940_name_index *index, const struct mt940_name_choice *choice)
{
    return mt940_name_bits(index, choice->word) * choice->likeness >> 8;
}

static bool is_empty(const struct mt940_name_list *list)
{
    return list->from == list->to && list->top_from == list->top_to;
}

static void add_probe(struct mt940_name_search *search, const struct mt940_name_list *list, uint32_t count,
                      uint32_t weight)
{
    struct mt940_name_probe *probe = &search->probes[search->probe_count++];

    probe->list = *list;
    probe->count = count;
    probe->weight = weight;
}

static void add_word(const struct mt940_name_index *index, struct mt940_name_search *search,
                     const struct mt940_name_choice *choice)
{
    struct mt940_name_list list;

    if (index->counts[choice->word] > MT940_NAME_DIRECT || search->probe_count == MT940_NAME_PROBES)
        return;
    list = mt940_name_list_of(index, choice->word);
    if (!is_empty(&list))
        add_probe(search, &list, index->counts[choice->word], weight_of(index, choice));
}

static void add_pair(const struct mt940_name_index *index, struct mt940_name_search *search,
                     const struct mt940_name_choice *first, const struct mt940_name_choice *second)
{
    struct mt940_name_list list;

    if (search->probe_count == MT940_NAME_PROBES)
        return;
    list = mt940_name_list_of_pair(index, first->word, second->word);
    if (!is_empty(&list))
        add_probe(search, &list, mt940_name_list_bytes(index, &list),
                  weight_of(index, first) + weight_of(index, second));
}

/* Both ways round: persons may write their surname first. */
static void add_pairs(const struct mt940_name_index *index, struct mt940_name_search *search, uint32_t a, uint32_t b)
{
    const struct mt940_name_term *first = &search->terms[a], *second = &search->terms[b];

    for (uint32_t i = 0; i < first->choice_count; i++)
        for (uint32_t k = 0; k < second->choice_count; k++) {
            add_pair(index, search, &first->choices[i], &second->choices[k]);
            add_pair(index, search, &second->choices[k], &first->choices[i]);
        }
}

static void add_probes(const struct mt940_name_index *index, struct mt940_name_search *search)
{
    search->probe_count = 0;
    for (uint32_t i = 0; i < search->term_count; i++)
        for (uint32_t k = 0; k < search->terms[i].choice_count; k++)
            add_word(index, search, &search->terms[i].choices[k]);
    for (uint32_t i = 0; i + 1 < search->term_count; i++) {
        add_pairs(index, search, i, i + 1);
        if (i + 2 < search->term_count)
            add_pairs(index, search, i, i + 2);
    }
}

/* Shortest first; of equals in the order they were found. Few of them: inserted one by one. */
static void sort_probes(struct mt940_name_search *search)
{
    for (uint32_t i = 1; i < search->probe_count; i++) {
        struct mt940_name_probe probe = search->probes[i];
        uint32_t at = i;

        for (; at > 0 && search->probes[at - 1].count > probe.count; at--)
            search->probes[at] = search->probes[at - 1];
        search->probes[at] = probe;
    }
}

static void touch(struct mt940_name_search *search, uint32_t customer, uint32_t weight)
{
    uint32_t at = (customer * 0x9E3779B1u) >> 18;

    for (;; at = (at + 1) & (MT940_NAME_SLOTS - 1)) {
        struct mt940_name_slot *slot = &search->slots[at];

        if (slot->stamp != search->stamp) {
            slot->stamp = search->stamp;
            slot->at = (uint16_t)search->touched_count;
            search->touched[search->touched_count].customer = customer;
            search->touched[search->touched_count++].weight = weight;
            return;
        }
        if (search->touched[slot->at].customer == customer) {
            search->touched[slot->at].weight += weight;
            return;
        }
    }
}

static void read_list(const struct mt940_name_index *index, struct mt940_name_search *search,
                      const struct mt940_name_probe *probe)
{
    struct mt940_name_cursor cursor;
    uint32_t customer;

    mt940_name_cursor_begin(index, &probe->list, &cursor);
    while (search->read < MT940_NAME_POSTINGS && mt940_name_cursor_next(&cursor, &customer)) {
        search->read++;
        if (customer < index->customers)
            touch(search, customer, probe->weight);
    }
}

/* The rarest word of a term that has a list. */
static const struct mt940_name_choice *rarest(const struct mt940_name_index *index, const struct mt940_name_term *term)
{
    const struct mt940_name_choice *found = NULL;

    for (uint32_t i = 0; i < term->choice_count; i++)
        if (term->choices[i].word >= index->listless && (!found || term->choices[i].likeness > found->likeness))
            found = &term->choices[i];
    return found;
}

/*
 * Nothing rare, no pair: customers of the two rarest words wherever they stand. The lists are
 * read side by side.
 */
static void cross(const struct mt940_name_index *index, struct mt940_name_search *search,
                  const struct mt940_name_choice *a, const struct mt940_name_choice *b)
{
    struct mt940_name_list left_list = mt940_name_list_of(index, a->word);
    struct mt940_name_list right_list = mt940_name_list_of(index, b->word);
    struct mt940_name_cursor left, right;
    uint32_t x, y, weight = weight_of(index, a) + weight_of(index, b);

    mt940_name_cursor_begin(index, &left_list, &left);
    mt940_name_cursor_begin(index, &right_list, &right);
    if (!mt940_name_cursor_next(&left, &x) || !mt940_name_cursor_next(&right, &y))
        return;
    for (uint32_t read = 2; read <= CROSS_MOST && search->read < MT940_NAME_POSTINGS; read++) {
        if (x == y && x < index->customers) {
            touch(search, x, weight);
            search->read++;
        }
        if (x <= y ? !mt940_name_cursor_next(&left, &x) : !mt940_name_cursor_next(&right, &y))
            return;
    }
}

static void cross_rarest(const struct mt940_name_index *index, struct mt940_name_search *search)
{
    const struct mt940_name_choice *first = NULL, *second = NULL;

    for (uint32_t i = 0; i < search->term_count; i++) {
        const struct mt940_name_choice *choice = rarest(index, &search->terms[i]);

        if (!choice)
            continue;
        if (!first || choice->word > first->word) {
            second = first;
            first = choice;
        } else if (!second || choice->word > second->word) {
            second = choice;
        }
    }
    if (first && second && first->word != second->word)
        cross(index, search, first, second);
}

void mt940_name_gather(const struct mt940_name_index *index, struct mt940_name_search *search)
{
    if (++search->stamp == 0) {
        memset(search->slots, 0, sizeof(search->slots));
        search->stamp = 1;
    }
    search->touched_count = 0;
    search->read = 0;
    add_probes(index, search);
    sort_probes(search);
    for (uint32_t i = 0; i < search->probe_count; i++)
        read_list(index, search, &search->probes[i]);
    if (search->touched_count == 0)
        cross_rarest(index, search);
}
