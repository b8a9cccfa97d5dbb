/* SPDX-License-Identifier: Apache-2.0
 *
 * index.h: from a key to the numbers of the records that have it. Open addressing with one entry
 * per different key, so that a hundred thousand records of one key cost no more than others.
 */
#ifndef MT940_MATCH_INDEX_H
#define MT940_MATCH_INDEX_H

#include <stdbool.h>

#include "base/memory.h"
#include "base/prefetch.h"
#include "base/radix.h"

/* Most entries of one index. */
#define MT940_INDEX_MOST 0x40000000u

/*
 * A slot holds, from its low bits up: `bits` of a value, one bit that says that the value is where
 * a run begins + 1 and not record + 1, and as much of the hash as is left. In a wide index the value is
 * a word of its own before these, and `bits` is 0. A slot whose first word is 0 is free.
 */
struct mt940_index {
    uint32_t *slots;
    uint32_t *runs; /* count, then that many records, for each key that several have */
    size_t slot_count;
    size_t run_count;
    uint32_t bits;
    uint32_t most; /* every record is below it */
};

/* For records that are places in a large pool: most bits of one word would be the place's, few the hash's. */
enum mt940_index_width {
    MT940_INDEX_NARROW,
    MT940_INDEX_WIDE
};

/* Hash of a key; the same on every machine. */
uint64_t mt940_index_hash(const void *bytes, size_t length);
/* The same in pieces: begin with START, add bytes, finish. Where a piece ends is part of the hash. */
#define MT940_INDEX_HASH_START UINT64_C(0xcbf29ce484222325)
uint64_t mt940_index_hash_more(uint64_t state, const void *bytes, size_t length);
uint64_t mt940_index_hash_finish(uint64_t state);

/* Whether two records have the same key; hashes are equal when it is asked. */
typedef bool (*mt940_index_same)(const void *context, uint32_t a, uint32_t b);

/*
 * Builds an index over entries, the hash their key and the record their value, in ascending order
 * of records; in that order those of one key are found. `entries` is reordered; there is room
 * for `count` more behind it. A narrow one takes records below 2^30. Errors: MT940_E_MEMORY, MT940_E_LIMIT (2^30
 * entries or more).
 */
int mt940_index_build(struct mt940_index *index, int width, const struct mt940_allocator *memory,
                      struct mt940_radix_entry *entries, size_t count, mt940_index_same same, const void *context);
/* Whether the runs of a mapped index hold together; what slots say is compared when they are read. Linear in the runs. */
bool mt940_index_runs_hold(const struct mt940_index *index);
void mt940_index_free(struct mt940_index *index, const struct mt940_allocator *memory);
size_t mt940_index_bytes(const struct mt940_index *index);
/* Bytes of the slots alone. */
size_t mt940_index_slot_bytes(const struct mt940_index *index);

/* Where the probe of a hash begins: the low half of the hash without a division; the high half is the tag. */
static inline size_t mt940_index_home(const struct mt940_index *index, uint64_t hash)
{
    return (size_t)(((hash & UINT32_MAX) * (uint64_t)index->slot_count) >> 32);
}

/* Words of a slot. */
static inline size_t mt940_index_width_of(const struct mt940_index *index)
{
    return index->bits == 0 ? 2 : 1;
}

static inline uint32_t mt940_index_run_bit(const struct mt940_index *index)
{
    return UINT32_C(1) << index->bits;
}

/* The bits of a slot's last word that come from the hash. */
static inline uint32_t mt940_index_tag_bits(const struct mt940_index *index)
{
    return ~(mt940_index_run_bit(index) | (mt940_index_run_bit(index) - 1));
}

/* Asks for the slot of a hash that will be probed soon. */
static inline void mt940_index_prefetch(const struct mt940_index *index, uint64_t hash)
{
    if (index->slot_count)
        MT940_PREFETCH(&index->slots[mt940_index_home(index, hash) * mt940_index_width_of(index)]);
}

/* Groups of records that may have a key: ask of the first of each whether it does. */
struct mt940_index_probe {
    const struct mt940_index *index;
    uint64_t hash;
    size_t at;
    size_t left; /* slots that may still be looked at: a damaged image may have no free one */
};

static inline void mt940_index_probe_begin(const struct mt940_index *index, uint64_t hash,
                                           struct mt940_index_probe *probe)
{
    probe->index = index;
    probe->hash = hash;
    probe->left = index->slot_count;
    probe->at = mt940_index_home(index, hash);
}

/* The records of a value, at most as many as there may be. */
static inline size_t mt940_index_records(const struct mt940_index *index, uint32_t value, bool run,
                                         const uint32_t **records, uint32_t *single)
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

/*
 * The next group of records of one key: `*records` are as many as it returns; 0 at the end. `width` is that of the
 * index, which is known where this is called.
 */
static inline size_t mt940_index_probe_width(struct mt940_index_probe *probe, size_t width, const uint32_t **records,
                                             uint32_t *single)
{
    const struct mt940_index *index = probe->index;
    uint32_t run = width == 1 ? mt940_index_run_bit(index) : 1, mask = ~(run | (run - 1));
    uint32_t tag = (uint32_t)(probe->hash >> 32) & mask;
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
        return mt940_index_records(index, (width == 1 ? slot[0] & (run - 1) : slot[0]) - 1, slot[width - 1] & run,
                                   records, single);
    }
    probe->left = 0;
    return 0;
}
static inline size_t mt940_index_probe_next(struct mt940_index_probe *probe, const uint32_t **records, uint32_t *single)
{
    return mt940_index_probe_width(probe, 1, records, single);
}
static inline size_t mt940_index_probe_next_wide(struct mt940_index_probe *probe, const uint32_t **records,
                                                 uint32_t *single)
{
    return mt940_index_probe_width(probe, 2, records, single);
}

#endif
