/* SPDX-License-Identifier: Apache-2.0
 *
 * plan_index.c: a chained hash table over the keys of a plan's changes. Must not know what a
 * change does.
 */
#include "flow/plan_index.h"

#include <string.h>

#include "mt940connect/schema.h"

/* Below this many changes looking at each is cheaper than hashing. */
enum { small_plan = 32 };

static uint64_t add_bytes(uint64_t hash, const void *bytes, size_t length)
{
    const unsigned char *at = bytes;
    size_t left = length;

    while (left > 0) {
        size_t step = left < sizeof hash ? left : sizeof hash;
        uint64_t word = 0;

        memcpy(&word, at, step);
        hash = (hash ^ word) * 0x9E3779B97F4A7C15u;
        hash ^= hash >> 32;
        at += step;
        left -= step;
    }
    return (hash ^ length) * 0x9E3779B97F4A7C15u;
}

/* Over the key fields, eight bytes at a time; the keys are the company's own, so nobody chooses them to collide. */
static uint64_t hash_key(int32_t kind, const void *record)
{
    const struct mt940_kind_info *info = mt940_kind_info(kind);
    uint64_t hash = 0xCBF29CE484222325u ^ (uint64_t)kind;

    for (int32_t i = 0; i < info->key_count; i++) {
        const char *at = (const char *)record + info->fields[i].offset;
        struct mt940_view text = {at, info->fields[i].type == MT940_TYPE_DATE ? sizeof(struct mt940_date)
                                                                            : sizeof(int64_t)};

        if (info->fields[i].type == MT940_TYPE_TEXT || info->fields[i].type == MT940_TYPE_BLOB)
            memcpy(&text, at, sizeof text);
        hash = add_bytes(hash, text.data, text.length);
    }
    return hash ^ hash >> 32;
}

static uint32_t *head_of(const struct mt940_plan_index *index, int32_t kind, const void *record)
{
    return &index->heads[hash_key(kind, record) & (index->bucket_count - 1)];
}

static void link_change(struct mt940_plan_index *index, const struct mt940_change *changes, size_t number)
{
    uint32_t *head = head_of(index, changes[number].kind, changes[number].record);

    index->older[number] = *head;
    *head = (uint32_t)number + 1;
}

/* Twice as many buckets as changes at least. */
static int rebuild(struct mt940_plan_index *index, const struct mt940_allocator *memory,
                   const struct mt940_change *changes, size_t count)
{
    size_t buckets = small_plan * 4;

    while (buckets < count * 2)
        buckets *= 2;
    uint32_t *heads = mt940_memory_alloc(memory, buckets * sizeof *heads);
    if (!heads)
        return MT940_E_MEMORY;
    memset(heads, 0, buckets * sizeof *heads);
    mt940_memory_free(memory, index->heads, index->bucket_count * sizeof *heads);
    index->heads = heads;
    index->bucket_count = buckets;
    for (size_t i = 0; i < count; i++)
        link_change(index, changes, i);
    return 0;
}

int mt940_plan_index_add(struct mt940_plan_index *index, const struct mt940_allocator *memory,
                         const struct mt940_change *changes, size_t count)
{
    void *older = index->older;
    int status;

    if (count < small_plan)
        return 0;
    if (count >= UINT32_MAX)
        return MT940_E_LIMIT;
    status = mt940_memory_reserve(memory, &older, &index->older_capacity, count, sizeof *index->older);
    index->older = older;
    if (status == 0 && count > index->bucket_count)
        return rebuild(index, memory, changes, count);
    if (status == 0)
        link_change(index, changes, count - 1);
    return status;
}

size_t mt940_plan_index_next(const struct mt940_plan_index *index, int32_t kind, const void *record, size_t before)
{
    size_t at;

    if (!index->heads)
        return before;
    for (at = *head_of(index, kind, record); at > before;)
        at = index->older[at - 1];
    return at;
}

void mt940_plan_index_end(struct mt940_plan_index *index, const struct mt940_allocator *memory)
{
    mt940_memory_free(memory, index->heads, index->bucket_count * sizeof *index->heads);
    mt940_memory_free(memory, index->older, index->older_capacity * sizeof *index->older);
    memset(index, 0, sizeof *index);
}
