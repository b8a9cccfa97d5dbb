/* SPDX-License-Identifier: Apache-2.0
 *
 * table.c: reads tables of test cases (table.h).
 */
#include "table.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "mt940connect/schema.h"

#define LINE_LONGEST 1024

/* Cuts `text` at commas; blanks around a cell fall away. */
static size_t cut(char *text, const char *cells[TABLE_COLUMNS])
{
    size_t count = 0;

    for (char *next = text; next && count < TABLE_COLUMNS; count++) {
        char *cell = next, *end;

        next = strchr(cell, ',');
        if (next)
            *next++ = '\0';
        cell += strspn(cell, " ");
        for (end = cell + strlen(cell); end > cell && strchr(" \r\n", end[-1]); end--)
            ;
        *end = '\0';
        cells[count] = cell;
    }
    return count;
}

size_t table_read(const char *path, void (*each)(const struct table_row *row))
{
    struct table_row row = {.file = path};
    char head[LINE_LONGEST], line[LINE_LONGEST];
    size_t columns = 0, rows = 0;
    FILE *file = fopen(path, "r");

    if (!file)
        fail_msg("%s cannot be opened", path);
    while (fgets(columns ? line : head, LINE_LONGEST, file)) {
        char *text = columns ? line : head;

        row.line++;
        if (text[0] == '#' || strspn(text, " \r\n") == strlen(text))
            continue;
        if (columns == 0) {
            columns = cut(text, row.names);
            continue;
        }
        row.count = cut(text, row.cells);
        if (row.count != columns)
            fail_msg("%s:%u: %zu cells, %zu columns", path, row.line, row.count, columns);
        each(&row);
        rows++;
    }
    fclose(file);
    return rows;
}

const char *table_text(const struct table_row *row, const char *column)
{
    for (size_t i = 0; i < row->count; i++)
        if (strcmp(row->names[i], column) == 0)
            return row->cells[i];
    fail_msg("%s: there is no column %s", row->file, column);
    return "";
}

struct mt940_view table_view(const struct table_row *row, const char *column)
{
    struct mt940_view view;

    mt940_view_from_string(table_text(row, column), &view);
    return view;
}

int64_t table_money(const struct table_row *row, const char *column)
{
    const char *text = table_text(row, column);
    int64_t units = 0;

    if (*text && mt940_decimal_parse(text, strlen(text), 2, &units) != 0)
        fail_msg("%s:%u: %s: %s is no amount", row->file, row->line, column, text);
    return units;
}

int64_t table_number(const struct table_row *row, const char *column)
{
    const char *text = table_text(row, column);
    char *end;
    long long number = strtoll(text, &end, 10);

    if (*end)
        fail_msg("%s:%u: %s: %s is no number", row->file, row->line, column, text);
    return number;
}

int64_t table_enum(const struct table_row *row, const char *column, int32_t enumeration)
{
    const char *text = table_text(row, column);
    int64_t value = 0;

    if (*text && mt940_enum_parse(enumeration, text, strlen(text), &value) != 0)
        fail_msg("%s:%u: %s: %s is not known", row->file, row->line, column, text);
    return value;
}

void table_expect_number(const struct table_row *row, const char *column, int64_t got)
{
    int64_t wanted = table_number(row, column);

    if (got != wanted)
        fail_msg("%s:%u: %s is %lld, not %lld", row->file, row->line, column, (long long)got, (long long)wanted);
}

void table_expect_money(const struct table_row *row, const char *column, int64_t got)
{
    int64_t wanted = table_money(row, column);

    if (got != wanted)
        fail_msg("%s:%u: %s is %lld, not %lld hundredths", row->file, row->line, column, (long long)got,
                 (long long)wanted);
}

void table_expect_text(const struct table_row *row, const char *column, const char *got)
{
    const char *wanted = table_text(row, column);

    if (strcmp(got, wanted) != 0)
        fail_msg("%s:%u: %s is \"%s\", not \"%s\"", row->file, row->line, column, got, wanted);
}
