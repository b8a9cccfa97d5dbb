/* SPDX-License-Identifier: Apache-2.0
 *
 * sheet.h: a CSV file as rows of cells, UTF-8. What the cells mean is not known here.
 */
#ifndef MT940_BOOKS_SHEET_H
#define MT940_BOOKS_SHEET_H

#include "mt940connect/adapters/books.h"

struct sheet_row {
    uint32_t line;
    uint32_t count;
    size_t first; /* index of its first cell */
};

/* A mistake in the form of the file; told in order of lines. */
typedef int (*sheet_complaint)(void *user, int32_t message, uint32_t line, int64_t number);

struct sheet {
    int32_t charset;
    char separator;
    struct mt940_view *cells; /* into `text` and `pool` */
    size_t cell_count, cell_capacity;
    struct sheet_row *rows; /* [0] is the heading */
    size_t row_count, row_capacity;
    char *text;         /* the file, decoded */
    size_t text_length;
    char *pool;         /* the cells, unquoted; as long as the text at most */
    size_t pool_used;
};

/*
 * Reads a table. `separator` 0 = found out by `known`, which counts how many of the cells of a
 * heading line it knows. Returns 0, MT940_E_MEMORY, or what `complain` returned. A sheet
 * without a heading has no rows, and somebody complained.
 */
int sheet_read(struct sheet *sheet, const void *bytes, size_t length, const struct mt940_csv_options *options,
               size_t (*known)(void *user, const struct mt940_view *cells, size_t count),
               sheet_complaint complain, void *user);
void sheet_free(struct sheet *sheet);

#endif
