/* SPDX-License-Identifier: Apache-2.0
 *
 * rows.h: the records of one kind, kept in every order its description names at once.
 */
#ifndef MT940_ADAPTERS_MEMORY_ROWS_H
#define MT940_ADAPTERS_MEMORY_ROWS_H

#include "mt940connect/schema.h"

/* Enough for 4^12 rows. */
#define MT940_ROWS_LEVELS 12

/* A record and its place in every order: next[order * height + level]. */
struct mt940_row {
    void *record; /* a clone the row owns */
    int32_t height;
    struct mt940_row *next[];
};

/* One skip list an order; `first` is the head's towers, next[order * MT940_ROWS_LEVELS + level]. */
struct mt940_rows {
    const struct mt940_kind_info *info;
    const struct mt940_allocator *memory;
    struct mt940_row **first;
    uint64_t dice;
};

/* `memory` must outlive the rows. 0 or MT940_E_MEMORY. */
int mt940_rows_init(struct mt940_rows *rows, int32_t kind, const struct mt940_allocator *memory);
/* Frees every linked row. */
void mt940_rows_clear(struct mt940_rows *rows);

/* A row with a copy of `record`, not yet linked; NULL = no memory. */
struct mt940_row *mt940_row_new(struct mt940_rows *rows, const void *record);
void mt940_row_free(struct mt940_rows *rows, struct mt940_row *row);

/* Neither fails nor takes memory, so that an undo cannot fail. The key must not be linked already, or be linked. */
void mt940_rows_link(struct mt940_rows *rows, struct mt940_row *row);
void mt940_rows_unlink(struct mt940_rows *rows, struct mt940_row *row);

struct mt940_row *mt940_rows_find(const struct mt940_rows *rows, const void *key);
/* First row of order `index` that is not before (or, `after`, is behind) `from` as store.h defines scan(). */
struct mt940_row *mt940_rows_seek(const struct mt940_rows *rows, int32_t index, int32_t prefix, const void *from,
                                  int32_t after);
struct mt940_row *mt940_row_next(const struct mt940_row *row, int32_t index);

#endif
