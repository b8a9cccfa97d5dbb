/* SPDX-License-Identifier: Apache-2.0
 *
 * table.h: rows for people: aligned under a heading on a terminal, tab-separated with the same
 * heading when piped.
 */
#ifndef CLI_TABLE_H
#define CLI_TABLE_H

#include <mt940connect/base.h>

#include "output.h"

enum table_align { TABLE_LEFT, TABLE_RIGHT };

struct table_column {
    enum text heading;
    int align; /* enum table_align */
};

struct table;

/* `columns` must live as long as the table. */
struct table *table_new(const struct table_column *columns, size_t count);
void table_free(struct table *table);

/* Cells fill a row from left to right; the next row begins by itself. */
void table_text(struct table *table, const char *text);
void table_view(struct table *table, const struct mt940_view *view);
void table_number(struct table *table, long long number);
/* Minor units of a currency. */
void table_money(struct table *table, const struct output *out, int64_t units, const struct mt940_view *currency);
void table_date(struct table *table, const struct output *out, const struct mt940_date *date);
/* Seconds since 1970-01-01 as day and time of day, UTC. */
void table_time(struct table *table, int64_t seconds);
/* Colour of the cell that follows, see output_paint(). */
void table_paint(struct table *table, const char *colour);
/* A line of text of its own under the row just finished, indented. */
void table_note(struct table *table, const char *text);

int table_has_rows(const struct table *table);
/* Prints nothing when there is no row. */
void table_print(const struct table *table, const struct output *out);

#endif
