/* SPDX-License-Identifier: Apache-2.0
 *
 * name_pairs.c: writes the lists of customers who have two common words side by side. Sorts by counting: there are
 * few common words and millions of pairs.
 */
#include "match/name_pairs.h"

#include <string.h>

#include "mt940connect/status.h"

/* Two neighbours in the name of a customer, both common. */
struct pair {
    uint32_t customer;
    uint16_t first, second;
};

/* From how many there are of each to where they begin. */
static void sum_up(uint32_t *counts, uint32_t most)
{
    uint32_t sum = 0;

    for (uint32_t i = 0; i <= most; i++) {
        uint32_t count = counts[i];

        counts[i] = sum;
        sum += count;
    }
}

/* Counts the pairs of each second word; with `pairs` puts them where `places` says. Returns how many there are. */
static size_t list_pairs(const struct mt940_name_building *building, uint32_t *places, struct pair *pairs)
{
    uint32_t common = building->index->common;
    size_t count = 0;

    for (uint32_t i = 0; i < building->index->customers; i++)
        for (uint32_t t = building->token_at[i]; t + 1 < building->token_at[i + 1]; t++) {
            uint32_t first = building->tokens[t], second = building->tokens[t + 1], at;

            if (first >= common || second >= common)
                continue;
            at = places[second]++;
            count++;
            if (pairs)
                pairs[at] = (struct pair){i, (uint16_t)first, (uint16_t)second};
        }
    return count;
}

/* Those of one second word lie together: brings them into the order of the first. */
static void sort_pairs(const struct pair *from, struct pair *to, size_t count, uint32_t *places, uint32_t common)
{
    memset(places, 0, ((size_t)common + 1) * sizeof(*places));
    for (size_t i = 0; i < count; i++)
        places[from[i].first]++;
    sum_up(places, common);
    for (size_t i = 0; i < count; i++)
        to[places[from[i].first]++] = from[i];
}

/* The end of the customers of one pair. */
static size_t group_end(const struct pair *pairs, size_t count, size_t from)
{
    size_t to = from + 1;

    while (to < count && pairs[to].first == pairs[from].first && pairs[to].second == pairs[from].second)
        to++;
    return to;
}

/* Bytes of a group's list; a customer who has the pair twice is put once. */
static uint32_t group_bytes(const struct pair *pairs, size_t from, size_t to, uint8_t **out)
{
    uint32_t last = 0, bytes = 0;

    for (size_t i = from; i < to; i++) {
        if (pairs[i].customer + 1 == last)
            continue;
        bytes += mt940_name_number_size(pairs[i].customer + 1 - last);
        if (out)
            *out = mt940_name_put_number(*out, pairs[i].customer + 1 - last);
        last = pairs[i].customer + 1;
    }
    return bytes;
}

static int write_pairs(struct mt940_name_building *building, const struct pair *pairs, size_t count)
{
    struct mt940_name_index *index = building->index;
    size_t most = building->whole ? count : MT940_NAME_PAIR_MOST;
    uint64_t bytes = 0;
    uint32_t number = 0;
    uint8_t *at;

    for (size_t from = 0, to; from < count; from = to) {
        to = group_end(pairs, count, from);
        if (to - from > most)
            continue;
        bytes += group_bytes(pairs, from, to, NULL);
        index->pairs++;
    }
    if (bytes > UINT32_MAX)
        return MT940_E_LIMIT;
    index->pair_bytes = (uint32_t)bytes;
    index->pair_second = mt940_memory_alloc(building->memory, index->pairs * sizeof(*index->pair_second));
    index->pair_at = mt940_memory_alloc(building->memory, ((size_t)index->pairs + 1) * sizeof(*index->pair_at));
    index->pair_lists = mt940_memory_alloc(building->memory, index->pair_bytes);
    if (!index->pair_second || !index->pair_at || !index->pair_lists)
        return MT940_E_MEMORY;
    at = index->pair_lists;
    for (size_t from = 0, to; from < count; from = to) {
        to = group_end(pairs, count, from);
        if (to - from > most)
            continue;
        index->pair_first[pairs[from].first]++;
        index->pair_second[number] = pairs[from].second;
        index->pair_at[number++] = (uint32_t)(at - index->pair_lists);
        (void)group_bytes(pairs, from, to, &at);
    }
    index->pair_at[number] = index->pair_bytes;
    return MT940_OK;
}

/* `places` are zeros. */
static int list_and_write(struct mt940_name_building *building, uint32_t *places)
{
    size_t count = list_pairs(building, places, NULL), size = count * sizeof(struct pair);
    struct pair *listed = mt940_memory_alloc(building->memory, size), *sorted = mt940_memory_alloc(building->memory, size);
    uint32_t common = building->index->common;
    int status = MT940_E_MEMORY;

    if (listed && sorted) {
        sum_up(places, common);
        (void)list_pairs(building, places, listed);
        sort_pairs(listed, sorted, count, places, common);
        status = write_pairs(building, sorted, count);
    }
    mt940_memory_free(building->memory, listed, size);
    mt940_memory_free(building->memory, sorted, size);
    return status;
}

int mt940_name_build_pairs(struct mt940_name_building *building)
{
    struct mt940_name_index *index = building->index;
    uint32_t *places;
    size_t size;
    int status = MT940_E_MEMORY;

    while (index->common < index->words && index->common < UINT16_MAX &&
           (building->whole || index->counts[index->common] > MT940_NAME_COMMON))
        index->common++;
    size = ((size_t)index->common + 1) * sizeof(*index->pair_first);
    index->pair_first = mt940_memory_alloc(building->memory, size);
    places = mt940_memory_alloc(building->memory, size);
    if (places && index->pair_first) {
        memset(index->pair_first, 0, size);
        memset(places, 0, size);
        status = list_and_write(building, places);
        sum_up(index->pair_first, index->common);
    }
    mt940_memory_free(building->memory, places, size);
    return status;
}
