/* SPDX-License-Identifier: Apache-2.0
 *
 * plan_index.h: where the changes of a record stand in a plan, so that a plan of many thousand
 * records does not look at each of them for each of them.
 */
#ifndef MT940_FLOW_PLAN_INDEX_H
#define MT940_FLOW_PLAN_INDEX_H

#include "base/memory.h"
#include "mt940connect/store.h"

/* Changes by kind and key, the newest of a record first. Zeroed to begin; nothing is built while a plan is small. */
struct mt940_plan_index {
    uint32_t *heads; /* newest change of a bucket + 1 */
    size_t bucket_count;
    uint32_t *older; /* by change: the next of its bucket + 1 */
    size_t older_capacity;
};

/* Takes in the last of `count` changes. 0 or E_MEMORY. */
int mt940_plan_index_add(struct mt940_plan_index *index, const struct mt940_allocator *memory,
                         const struct mt940_change *changes, size_t count);
/*
 * The newest change below `before` that may be of this record, as its number + 1; 0 = none is
 * left. The caller compares: buckets are shared.
 */
size_t mt940_plan_index_next(const struct mt940_plan_index *index, int32_t kind, const void *record, size_t before);
void mt940_plan_index_end(struct mt940_plan_index *index, const struct mt940_allocator *memory);

#endif
