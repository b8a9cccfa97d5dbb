/* SPDX-License-Identifier: Apache-2.0
 *
 * table.h: tables of test cases as files, so that a case is added without C. The first line
 * names the columns; '#' begins a comment; cells are separated by ',' and have no quotes.
 */
#ifndef TEST_DBS_TABLE_H
#define TEST_DBS_TABLE_H

#include <stddef.h>
#include <stdint.h>

#include "mt940connect/base.h"

#define TABLE_COLUMNS 24

struct table_row {
    const char *file;
    unsigned line;
    size_t count;
    const char *names[TABLE_COLUMNS];
    const char *cells[TABLE_COLUMNS];
};

/* Calls `each` for every row; stops the test program's case with a message when the file is bad. Returns the rows. */
size_t table_read(const char *path, void (*each)(const struct table_row *row));

/* The cell of a column; fails the test when there is no such column. */
const char *table_text(const struct table_row *row, const char *column);
struct mt940_view table_view(const struct table_row *row, const char *column);
/* Decimal with at most two decimals, as hundredths. */
int64_t table_money(const struct table_row *row, const char *column);
int64_t table_number(const struct table_row *row, const char *column);
/* Value of an enumeration by its name in files; MT940_ENUM_… */
int64_t table_enum(const struct table_row *row, const char *column, int32_t enumeration);

/* Compare and fail with file, line and column. */
void table_expect_number(const struct table_row *row, const char *column, int64_t got);
void table_expect_money(const struct table_row *row, const char *column, int64_t got);
void table_expect_text(const struct table_row *row, const char *column, const char *got);

#endif
