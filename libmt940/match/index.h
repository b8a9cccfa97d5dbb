/* SPDX-License-Identifier: Apache-2.0
 *
 * index.h: from a key to the numbers of the records that have it. Open addressing with one entry
 * per different key, so that a hundred thousand records of one key cost no more than others.
 */
#ifndef MT940_MATCH_INDEX_H
#define MT940_MATCH_INDEX_H

#include <stdbool.h>

#include "base/memory.h"
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

/* Asks for the slot of a hash that will be probed soon. */
void mt940_index_prefetch(const struct mt940_index *index, uint64_t hash);

/* Groups of records that may have a key: ask of the first of each whether it does. */
struct mt940_index_probe {
    const struct mt940_index *index;
    uint64_t hash;
    size_t at;
    size_t left; /* slots that may still be looked at: a damaged image may have no free one */
};
void mt940_index_probe_begin(const struct mt940_index *index, uint64_t hash, struct mt940_index_probe *probe);
/* The next group of records of one key: `*records` are `count`; 0 at the end. */
size_t mt940_index_probe_next(struct mt940_index_probe *probe, const uint32_t **records, uint32_t *single);

#endif
