/* SPDX-License-Identifier: Apache-2.0
 *
 * rows.c: skip lists (Pugh 1990) over shared rows: O(log n) find, insert and remove in every
 * order, and walking is following a pointer. Must not know what a batch is.
 */
#include "rows.h"

#include <stdbool.h>
#include <string.h>

int mt940_rows_init(struct mt940_rows *rows, int32_t kind, const struct mt940_allocator *memory)
{
    rows->info = mt940_kind_info(kind);
    rows->memory = memory;
    rows->dice = 0x9E3779B97F4A7C15u; /* any odd number; runs repeat exactly */
    size_t size = (size_t)rows->info->index_count * MT940_ROWS_LEVELS * sizeof(*rows->first);
    rows->first = memory->resize(memory->user, NULL, 0, size);
    if (!rows->first)
        return MT940_E_MEMORY;
    memset(rows->first, 0, size);
    return MT940_OK;
}

void mt940_rows_clear(struct mt940_rows *rows)
{
    if (!rows->first)
        return;
    struct mt940_row *row = rows->first[0];
    while (row) {
        struct mt940_row *next = row->next[0];
        mt940_row_free(rows, row);
        row = next;
    }
    rows->memory->resize(rows->memory->user, rows->first,
                         (size_t)rows->info->index_count * MT940_ROWS_LEVELS * sizeof(*rows->first), 0);
    rows->first = NULL;
}

/* Each level is reached by a quarter of the rows of the level below (xorshift64). */
static int32_t throw_height(struct mt940_rows *rows)
{
    int32_t height = 1;

    rows->dice ^= rows->dice << 13;
    rows->dice ^= rows->dice >> 7;
    rows->dice ^= rows->dice << 17;
    for (uint64_t bits = rows->dice; height < MT940_ROWS_LEVELS && (bits & 3) == 0; bits >>= 2)
        height++;
    return height;
}

static size_t row_size(const struct mt940_rows *rows, int32_t height)
{
    return sizeof(struct mt940_row) + (size_t)rows->info->index_count * (size_t)height * sizeof(struct mt940_row *);
}

struct mt940_row *mt940_row_new(struct mt940_rows *rows, const void *record)
{
    int32_t height = throw_height(rows);
    struct mt940_row *row = rows->memory->resize(rows->memory->user, NULL, 0, row_size(rows, height));

    if (!row)
        return NULL;
    memset(row, 0, row_size(rows, height));
    row->height = height;
    if (mt940_record_clone(rows->info->kind, record, rows->memory, &row->record)) {
        mt940_row_free(rows, row);
        return NULL;
    }
    return row;
}

void mt940_row_free(struct mt940_rows *rows, struct mt940_row *row)
{
    mt940_record_free(rows->info->kind, row->record, rows->memory);
    rows->memory->resize(rows->memory->user, row, row_size(rows, row->height), 0);
}

/* Where the pointer to the row behind `row` (NULL = the head) stands. */
static struct mt940_row **link_at(const struct mt940_rows *rows, struct mt940_row *row, int32_t index, int32_t level)
{
    return row ? &row->next[index * row->height + level] : &rows->first[index * MT940_ROWS_LEVELS + level];
}

/* What a walk looks for: it passes every row before `from`, with `after` also the equal ones. */
struct target {
    int32_t index;
    int32_t prefix; /* -1 = the whole order with the key */
    const void *from;
    int32_t after;
};

static bool is_passed(const struct mt940_rows *rows, const struct target *target, const struct mt940_row *row)
{
    int32_t kind = rows->info->kind;
    int order = target->prefix < 0
                    ? mt940_record_compare(kind, target->index, row->record, target->from)
                    : mt940_record_compare_prefix(kind, target->index, target->prefix, row->record, target->from);

    return order < 0 || (target->after && order == 0);
}

/* Fills `before` with the last passed row of every level (NULL = the head). */
static void walk(const struct mt940_rows *rows, const struct target *target,
                 struct mt940_row *before[MT940_ROWS_LEVELS])
{
    struct mt940_row *row = NULL;

    for (int32_t level = MT940_ROWS_LEVELS - 1; level >= 0; level--) {
        struct mt940_row *next = *link_at(rows, row, target->index, level);
        while (next && is_passed(rows, target, next)) {
            row = next;
            next = *link_at(rows, row, target->index, level);
        }
        before[level] = row;
    }
}

void mt940_rows_link(struct mt940_rows *rows, struct mt940_row *row)
{
    struct mt940_row *before[MT940_ROWS_LEVELS];

    for (int32_t index = 0; index < rows->info->index_count; index++) {
        struct target target = {index, -1, row->record, 0};
        walk(rows, &target, before);
        for (int32_t level = 0; level < row->height; level++) {
            struct mt940_row **link = link_at(rows, before[level], index, level);
            *link_at(rows, row, index, level) = *link;
            *link = row;
        }
    }
}

void mt940_rows_unlink(struct mt940_rows *rows, struct mt940_row *row)
{
    struct mt940_row *before[MT940_ROWS_LEVELS];

    for (int32_t index = 0; index < rows->info->index_count; index++) {
        struct target target = {index, -1, row->record, 0};
        walk(rows, &target, before);
        for (int32_t level = 0; level < row->height; level++)
            *link_at(rows, before[level], index, level) = *link_at(rows, row, index, level);
    }
}

struct mt940_row *mt940_rows_find(const struct mt940_rows *rows, const void *key)
{
    struct mt940_row *row = mt940_rows_seek(rows, 0, rows->info->key_count, key, 0);

    return row && mt940_record_compare(rows->info->kind, 0, row->record, key) == 0 ? row : NULL;
}

struct mt940_row *mt940_rows_seek(const struct mt940_rows *rows, int32_t index, int32_t prefix, const void *from,
                                  int32_t after)
{
    struct mt940_row *before[MT940_ROWS_LEVELS];
    struct target target = {index, after ? -1 : prefix, from, after};

    walk(rows, &target, before);
    return *link_at(rows, before[0], index, 0);
}

struct mt940_row *mt940_row_next(const struct mt940_row *row, int32_t index)
{
    return row->next[index * row->height];
}
