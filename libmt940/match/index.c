/* SPDX-License-Identifier: Apache-2.0
 *
 * index.c: the hash index. Knows hashes and record numbers; keys are compared by whoever owns
 * the records.
 */
#include "match/index.h"

#include <string.h>

#include "base/bytes.h"

/* Three of four narrow slots are used: short probes at five to six bytes a key. Of wide ones every other, for shorter ones. */
static size_t slots_for(size_t count, int width)
{
    return width == MT940_INDEX_WIDE ? 2 * count + 2 : count / 3 * 4 + 4;
}

/* Eight bytes at a time, the rest with their number; the finaliser of MurmurHash3 brings every bit to the high ones. */
static inline uint64_t more(uint64_t state, const void *bytes, size_t length)
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

static inline uint64_t finish(uint64_t state)
{
    state ^= state >> 33;
    state *= UINT64_C(0xff51afd7ed558ccd);
    state ^= state >> 33;
    state *= UINT64_C(0xc4ceb9fe1a85ec53);
    return state ^ state >> 33;
}

uint64_t mt940_index_hash_more(uint64_t state, const void *bytes, size_t length)
{
    return more(state, bytes, length);
}

uint64_t mt940_index_hash_finish(uint64_t state)
{
    return finish(state);
}

uint64_t mt940_index_hash(const void *bytes, size_t length)
{
    return finish(more(MT940_INDEX_HASH_START, bytes, length));
}

static void put(struct mt940_index *index, uint64_t hash, uint32_t value, bool run)
{
    size_t at = mt940_index_home(index, hash), width = mt940_index_width_of(index);
    uint32_t tag = ((uint32_t)(hash >> 32) & mt940_index_tag_bits(index)) | (run ? mt940_index_run_bit(index) : 0);

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
    return index->slot_count * mt940_index_width_of(index) * sizeof(*index->slots);
}

bool mt940_index_runs_hold(const struct mt940_index *index)
{
    /* A slot may lead into the middle of a run, where what counts is a record: only the first count may be `most`. */
    for (size_t i = 0; i < index->run_count; i++)
        if (index->runs[i] >= index->most && (i > 0 || index->runs[i] > index->most))
            return false;
    return true;
}
