/* SPDX-License-Identifier: Apache-2.0
 *
 * table.c: aligned tables. Must not know what stands in the cells.
 */
#include "table.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "buffer.h"

struct cell {
    char *text; /* clean */
    const char *colour;
    int is_note; /* a line of its own; takes no column */
};

struct table {
    const struct table_column *columns;
    size_t column_count;
    struct cell *cells;
    size_t count, capacity;
    const char *colour;
};

struct table *table_new(const struct table_column *columns, size_t count)
{
    struct table *table = memory_zeroed(1, sizeof *table);

    table->columns = columns;
    table->column_count = count;
    return table;
}

void table_free(struct table *table)
{
    if (table == NULL)
        return;
    for (size_t i = 0; i < table->count; i++)
        free(table->cells[i].text);
    free(table->cells);
    free(table);
}

static void add_cell(struct table *table, char *text, int is_note)
{
    if (table->count == table->capacity) {
        table->capacity = table->capacity == 0 ? 64 : table->capacity * 2;
        table->cells = memory_resize(table->cells, table->capacity * sizeof *table->cells);
    }
    table->cells[table->count++] = (struct cell){text, table->colour, is_note};
    table->colour = NULL;
}

void table_text(struct table *table, const char *text)
{
    add_cell(table, output_clean(text, strlen(text)), 0);
}

void table_view(struct table *table, const struct mt940_view *view)
{
    add_cell(table, output_clean(view->data, view->length), 0);
}

void table_number(struct table *table, long long number)
{
    char text[24];

    snprintf(text, sizeof text, "%lld", number);
    table_text(table, text);
}

void table_money(struct table *table, const struct output *out, int64_t units, const struct mt940_view *currency)
{
    struct mt940_amount amount = output_money(units, currency);

    add_cell(table, output_amount(out, &amount), 0);
}

void table_time(struct table *table, int64_t seconds)
{
    time_t value = (time_t)seconds;
    const struct tm *parts = gmtime(&value);
    char text[32] = "";

    if (parts != NULL)
        strftime(text, sizeof text, "%Y-%m-%d %H:%M:%SZ", parts);
    table_text(table, text);
}

void table_date(struct table *table, const struct output *out, const struct mt940_date *date)
{
    char text[11];

    output_date(out, date, text);
    table_text(table, text);
}

void table_paint(struct table *table, const char *colour)
{
    table->colour = colour;
}

void table_note(struct table *table, const char *text)
{
    add_cell(table, output_clean(text, strlen(text)), 1);
}

static void measure(const struct table *table, const struct output *out, size_t *widths)
{
    size_t column = 0;

    for (size_t i = 0; i < table->column_count; i++) {
        const char *heading = text_raw(table->columns[i].heading, out->language);

        widths[i] = output_width(heading, strlen(heading));
    }
    for (size_t i = 0; i < table->count; i++) {
        size_t width;

        if (table->cells[i].is_note)
            continue;
        width = output_width(table->cells[i].text, strlen(table->cells[i].text));
        if (width > widths[column])
            widths[column] = width;
        column = (column + 1) % table->column_count;
    }
}

static void print_cell(const struct table *table, const struct output *out, size_t column, const struct cell *cell,
                       const size_t *widths)
{
    size_t width = output_width(cell->text, strlen(cell->text));
    size_t gap = widths[column] > width ? widths[column] - width : 0;
    int last = column + 1 == table->column_count;

    if (!out->terminal) {
        printf("%s%c", cell->text, last ? '\n' : '\t');
        return;
    }
    if (table->columns[column].align == TABLE_RIGHT)
        printf("%*s", (int)gap, "");
    if (cell->colour != NULL)
        output_paint(out, cell->colour);
    fputs(cell->text, stdout);
    if (cell->colour != NULL)
        output_paint(out, "0");
    if (table->columns[column].align == TABLE_LEFT && !last)
        printf("%*s", (int)gap, "");
    fputs(last ? "\n" : "  ", stdout);
}

static void print_heading(const struct table *table, const struct output *out, const size_t *widths)
{
    for (size_t i = 0; i < table->column_count; i++) {
        const char *heading = text_raw(table->columns[i].heading, out->language);
        struct cell cell = {output_clean(heading, strlen(heading)), "1", 0};

        print_cell(table, out, i, &cell, widths);
        free(cell.text);
    }
}

int table_has_rows(const struct table *table)
{
    return table->count > 0;
}

void table_print(const struct table *table, const struct output *out)
{
    size_t *widths;
    size_t column = 0;

    if (table->count == 0)
        return;
    widths = memory_zeroed(table->column_count, sizeof *widths);
    measure(table, out, widths);
    print_heading(table, out, widths);
    for (size_t i = 0; i < table->count; i++) {
        if (table->cells[i].is_note) {
            printf("    %s\n", table->cells[i].text);
            continue;
        }
        print_cell(table, out, column, &table->cells[i], widths);
        column = (column + 1) % table->column_count;
    }
    free(widths);
}
