/* SPDX-License-Identifier: Apache-2.0
 *
 * index.c: the hash index. Knows hashes and record numbers; keys are compared by whoever owns
 * the records.
 */
#include "match/index.h"

#include <string.h>

#include "base/sort.h"

/* Three of four slots are used: short probes at 11 bytes a key. */
#define LOAD_USED 3
#define LOAD_SLOTS 4

/* FNV-1a, then the finaliser of MurmurHash3 so that every bit of the key reaches the high ones. */
uint64_t mt940_index_hash_more(uint64_t state, const void *bytes, size_t length)
{
    const unsigned char *at = bytes;

    for (size_t i = 0; i < length; i++)
        state = (state ^ at[i]) * UINT64_C(0x100000001b3);
    return state;
}

uint64_t mt940_index_hash_finish(uint64_t state)
{
    state ^= state >> 33;
    state *= UINT64_C(0xff51afd7ed558ccd);
    state ^= state >> 33;
    state *= UINT64_C(0xc4ceb9fe1a85ec53);
    return state ^ state >> 33;
}

uint64_t mt940_index_hash(const void *bytes, size_t length)
{
    return mt940_index_hash_finish(mt940_index_hash_more(MT940_INDEX_HASH_START, bytes, length));
}

/* Maps the low half of the hash to a slot without a division; the high half is the tag. */
static size_t home_of(uint64_t hash, size_t slot_count)
{
    return (size_t)(((hash & UINT32_MAX) * (uint64_t)slot_count) >> 32);
}

struct order {
    const struct mt940_index_entry *entries;
};

static int compare_entries(const void *context, uint32_t a, uint32_t b)
{
    const struct mt940_index_entry *entries = ((const struct order *)context)->entries;

    if (entries[a].hash != entries[b].hash)
        return entries[a].hash < entries[b].hash ? -1 : 1;
    return entries[a].record < entries[b].record ? -1 : entries[a].record > entries[b].record;
}

static void put(struct mt940_index *index, uint64_t hash, uint32_t value)
{
    size_t at = home_of(hash, index->slot_count);

    while (index->slots[at].value != 0)
        at = at + 1 < index->slot_count ? at + 1 : 0;
    index->slots[at].tag = (uint32_t)(hash >> 32);
    index->slots[at].value = value;
}

/*
 * The entries order[from..to) have one hash. Those with the key of the first are put as one
 * group; the others follow, in order. Different keys of one 64-bit hash are as good as never met.
 */
static void put_equal_hashes(struct mt940_index *index, const struct mt940_index_entry *entries, uint32_t *order,
                             size_t from, size_t to, mt940_index_same same, const void *context)
{
    while (from < to) {
        uint32_t first = entries[order[from]].record;
        uint32_t *run = &index->runs[index->run_count];
        size_t group = 0, rest = from;

        for (size_t i = from; i < to; i++) {
            uint32_t record = entries[order[i]].record;

            if (i == from || same(context, first, record))
                run[1 + group++] = record;
            else
                order[rest++] = order[i];
        }
        if (group == 1) {
            put(index, entries[order[to - 1]].hash, first + 1);
        } else {
            run[0] = (uint32_t)group;
            put(index, entries[order[to - 1]].hash, (uint32_t)index->run_count | MT940_INDEX_RUN);
            index->run_count += group + 1;
        }
        to = rest;
    }
}

static void put_all(struct mt940_index *index, const struct mt940_index_entry *entries, uint32_t *order, size_t count,
                    mt940_index_same same, const void *context)
{
    size_t from = 0;

    while (from < count) {
        size_t to = from + 1;

        while (to < count && entries[order[to]].hash == entries[order[from]].hash)
            to++;
        put_equal_hashes(index, entries, order, from, to, same, context);
        from = to;
    }
}

/* Gives back the room of runs that was not needed. */
static void trim_runs(struct mt940_index *index, const struct mt940_allocator *memory, size_t room)
{
    uint32_t *trimmed;

    if (index->run_count == 0) {
        mt940_memory_free(memory, index->runs, room * sizeof(*index->runs));
        index->runs = NULL;
        return;
    }
    trimmed = mt940_memory_resize(memory, index->runs, room * sizeof(*index->runs),
                                  index->run_count * sizeof(*index->runs));
    if (trimmed)
        index->runs = trimmed;
    else
        index->run_count = room; /* the size it is freed with */
}

int mt940_index_build(struct mt940_index *index, const struct mt940_allocator *memory,
                      struct mt940_index_entry *entries, size_t count, mt940_index_same same, const void *context)
{
    struct order by_hash = {entries};
    /* A run is at most its records and a count for every two of them; one group more is written ahead. */
    size_t room = count + count / 2 + 2;
    uint32_t *order;

    memset(index, 0, sizeof(*index));
    if (count >= MT940_INDEX_RUN / 2)
        return MT940_E_LIMIT;
    if (count == 0)
        return MT940_OK;
    index->slot_count = count / LOAD_USED * LOAD_SLOTS + LOAD_SLOTS;
    order = mt940_memory_alloc(memory, 2 * count * sizeof(*order));
    index->slots = mt940_memory_alloc(memory, index->slot_count * sizeof(*index->slots));
    index->runs = mt940_memory_alloc(memory, room * sizeof(*index->runs));
    if (order && index->slots && index->runs) {
        memset(index->slots, 0, index->slot_count * sizeof(*index->slots));
        for (size_t i = 0; i < count; i++)
            order[i] = (uint32_t)i;
        mt940_sort(order, order + count, count, compare_entries, &by_hash);
        put_all(index, entries, order, count, same, context);
        mt940_memory_free(memory, order, 2 * count * sizeof(*order));
        trim_runs(index, memory, room);
        return MT940_OK;
    }
    mt940_memory_free(memory, order, 2 * count * sizeof(*order));
    mt940_memory_free(memory, index->slots, index->slot_count * sizeof(*index->slots));
    mt940_memory_free(memory, index->runs, room * sizeof(*index->runs));
    memset(index, 0, sizeof(*index));
    return MT940_E_MEMORY;
}

void mt940_index_free(struct mt940_index *index, const struct mt940_allocator *memory)
{
    mt940_memory_free(memory, index->slots, index->slot_count * sizeof(*index->slots));
    mt940_memory_free(memory, index->runs, index->run_count * sizeof(*index->runs));
    memset(index, 0, sizeof(*index));
}

size_t mt940_index_bytes(const struct mt940_index *index)
{
    return index->slot_count * sizeof(*index->slots) + index->run_count * sizeof(*index->runs);
}

void mt940_index_probe_begin(const struct mt940_index *index, uint64_t hash, struct mt940_index_probe *probe)
{
    probe->index = index;
    probe->hash = hash;
    probe->at = index->slot_count ? home_of(hash, index->slot_count) : 0;
}

size_t mt940_index_probe_next(struct mt940_index_probe *probe, const uint32_t **records, uint32_t *single)
{
    const struct mt940_index *index = probe->index;

    if (index->slot_count == 0)
        return 0;
    for (;;) {
        struct mt940_index_slot slot = index->slots[probe->at];

        if (slot.value == 0)
            return 0;
        probe->at = probe->at + 1 < index->slot_count ? probe->at + 1 : 0;
        if (slot.tag != (uint32_t)(probe->hash >> 32))
            continue;
        if (slot.value & MT940_INDEX_RUN) {
            const uint32_t *run = &index->runs[slot.value & ~MT940_INDEX_RUN];

            *records = run + 1;
            return run[0];
        }
        *single = slot.value - 1;
        *records = single;
        return 1;
    }
}
