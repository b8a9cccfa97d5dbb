/* SPDX-License-Identifier: Apache-2.0
 *
 * index.c: the hash index. Knows hashes and record numbers; keys are compared by whoever owns
 * the records.
 */
#include "match/index.h"

#include <string.h>

#include "base/bytes.h"
#include "base/prefetch.h"

/* Three of four narrow slots are used: short probes at five to six bytes a key. Of wide ones every other, for shorter ones. */
static size_t slots_for(size_t count, int width)
{
    return width == MT940_INDEX_WIDE ? 2 * count + 2 : count / 3 * 4 + 4;
}

/* Eight bytes at a time, the rest with their number; the finaliser of MurmurHash3 brings every bit to the high ones. */
uint64_t mt940_index_hash_more(uint64_t state, const void *bytes, size_t length)
{
    const unsigned char *at = bytes;
    size_t rest = length;

    for (; rest >= 8; rest -= 8, at += 8) {
        state = (state ^ mt940_bytes_in_order(at)) * UINT64_C(0x9E3779B97F4A7C15);
        state ^= state >> 29;
    }
    state = (state ^ mt940_bytes_number(at, rest) ^ (uint64_t)rest << 56) * UINT64_C(0x9E3779B97F4A7C15);
    return state ^ state >> 32;
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

/* Words of a slot. */
static size_t width_of(const struct mt940_index *index)
{
    return index->bits == 0 ? 2 : 1;
}

static uint32_t run_bit(const struct mt940_index *index)
{
    return UINT32_C(1) << index->bits;
}

/* The bits of a slot's last word that come from the hash. */
static uint32_t tag_bits(const struct mt940_index *index)
{
    return ~(run_bit(index) | (run_bit(index) - 1));
}

static void put(struct mt940_index *index, uint64_t hash, uint32_t value, bool run)
{
    size_t at = home_of(hash, index->slot_count), width = width_of(index);
    uint32_t tag = ((uint32_t)(hash >> 32) & tag_bits(index)) | (run ? run_bit(index) : 0);

    while (index->slots[at * width] != 0)
        at = at + 1 < index->slot_count ? at + 1 : 0;
    index->slots[at * width] = value + 1;
    if (width == 1)
        index->slots[at] |= tag;
    else
        index->slots[at * width + 1] = tag;
}

/*
 * The entries from..to have one hash. Those with the key of the first are put as one group; the
 * others follow, in order. Different keys of one 64-bit hash are as good as never met.
 */
static void put_equal_hashes(struct mt940_index *index, struct mt940_radix_entry *from, struct mt940_radix_entry *to,
                             mt940_index_same same, const void *context)
{
    uint64_t hash = from->key;

    while (from < to) {
        uint32_t first = from->value, *run = &index->runs[index->run_count];
        struct mt940_radix_entry *rest = from;
        size_t group = 0;

        for (struct mt940_radix_entry *entry = from; entry < to; entry++) {
            if (entry == from || same(context, first, entry->value))
                run[1 + group++] = entry->value;
            else
                *rest++ = *entry;
        }
        if (group == 1) {
            put(index, hash, first, false);
        } else {
            run[0] = (uint32_t)group;
            put(index, hash, (uint32_t)index->run_count, true);
            index->run_count += group + 1;
        }
        to = rest;
    }
}

static void put_all(struct mt940_index *index, struct mt940_radix_entry *entries, size_t count, mt940_index_same same,
                    const void *context)
{
    size_t from = 0;

    while (from < count) {
        size_t to = from + 1;

        while (to < count && entries[to].key == entries[from].key)
            to++;
        put_equal_hashes(index, &entries[from], &entries[to], same, context);
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

/* Bits that hold the numbers up to `most`. */
static uint32_t bits_for(size_t most)
{
    uint32_t bits = 1;

    while (bits < 31 && most >> bits)
        bits++;
    return bits;
}

int mt940_index_build(struct mt940_index *index, int width, const struct mt940_allocator *memory,
                      struct mt940_radix_entry *entries, size_t count, mt940_index_same same, const void *context)
{
    /* A run is at most its records and a count for every two of them; one group more is written ahead. */
    size_t room = count + count / 2 + 2, most = room;

    memset(index, 0, sizeof(*index));
    if (count >= MT940_INDEX_MOST)
        return MT940_E_LIMIT;
    if (count == 0)
        return MT940_OK;
    index->most = entries[count - 1].value + 1;
    if (index->most > most)
        most = index->most;
    index->bits = width == MT940_INDEX_WIDE ? 0 : bits_for(most);
    index->slot_count = slots_for(count, width);
    index->slots = mt940_memory_alloc(memory, mt940_index_slot_bytes(index));
    index->runs = mt940_memory_alloc(memory, room * sizeof(*index->runs));
    if (index->slots && index->runs) {
        memset(index->slots, 0, mt940_index_slot_bytes(index));
        mt940_radix_sort_hashes(entries, entries + count, count);
        put_all(index, entries, count, same, context);
        trim_runs(index, memory, room);
        return MT940_OK;
    }
    mt940_memory_free(memory, index->slots, mt940_index_slot_bytes(index));
    mt940_memory_free(memory, index->runs, room * sizeof(*index->runs));
    memset(index, 0, sizeof(*index));
    return MT940_E_MEMORY;
}

void mt940_index_free(struct mt940_index *index, const struct mt940_allocator *memory)
{
    mt940_memory_free(memory, index->slots, mt940_index_slot_bytes(index));
    mt940_memory_free(memory, index->runs, index->run_count * sizeof(*index->runs));
    memset(index, 0, sizeof(*index));
}

size_t mt940_index_bytes(const struct mt940_index *index)
{
    return mt940_index_slot_bytes(index) + index->run_count * sizeof(*index->runs);
}

size_t mt940_index_slot_bytes(const struct mt940_index *index)
{
    return index->slot_count * width_of(index) * sizeof(*index->slots);
}

void mt940_index_prefetch(const struct mt940_index *index, uint64_t hash)
{
    if (index->slot_count)
        MT940_PREFETCH(&index->slots[home_of(hash, index->slot_count) * width_of(index)]);
}

void mt940_index_probe_begin(const struct mt940_index *index, uint64_t hash, struct mt940_index_probe *probe)
{
    probe->index = index;
    probe->hash = hash;
    probe->left = index->slot_count;
    probe->at = index->slot_count ? home_of(hash, index->slot_count) : 0;
}

/* The records of a value, at most as many as there may be. */
static size_t records_of(const struct mt940_index *index, uint32_t value, bool run, const uint32_t **records,
                         uint32_t *single)
{
    if (run) {
        if (value >= index->run_count || index->runs[value] == 0 || index->runs[value] > index->run_count - value - 1)
            return 0;
        *records = &index->runs[value + 1];
        return index->runs[value];
    }
    *single = value;
    *records = single;
    return value < index->most ? 1 : 0;
}

/* The next one for slots of `width` words, which is known where this is called. */
static inline size_t next_of(struct mt940_index_probe *probe, size_t width, const uint32_t **records, uint32_t *single)
{
    const struct mt940_index *index = probe->index;
    uint32_t run = run_bit(index), mask = tag_bits(index), tag = (uint32_t)(probe->hash >> 32) & mask;
    size_t at = probe->at, left = probe->left;

    for (; left > 0; left--) {
        const uint32_t *slot = &index->slots[at * width];

        if (slot[0] == 0)
            break;
        at = at + 1 < index->slot_count ? at + 1 : 0;
        if ((slot[width - 1] & mask) != tag)
            continue;
        probe->at = at;
        probe->left = left - 1;
        return records_of(index, (width == 1 ? slot[0] & (run - 1) : slot[0]) - 1, slot[width - 1] & run, records,
                          single);
    }
    probe->left = 0;
    return 0;
}

size_t mt940_index_probe_next(struct mt940_index_probe *probe, const uint32_t **records, uint32_t *single)
{
    return width_of(probe->index) == 1 ? next_of(probe, 1, records, single) : next_of(probe, 2, records, single);
}

bool mt940_index_runs_hold(const struct mt940_index *index)
{
    /* A slot may lead into the middle of a run, where what counts is a record: only the first count may be `most`. */
    for (size_t i = 0; i < index->run_count; i++)
        if (index->runs[i] >= index->most && (i > 0 || index->runs[i] > index->most))
            return false;
    return true;
}
