/* SPDX-License-Identifier: Apache-2.0
 *
 * table.c: records of one kind with unique keys: sorted, found, handed on. Must not know what was in the cells.
 */
#include "table.h"

#include <stdlib.h>
#include <string.h>

static int compare_keyed(const void *a, const void *b)
{
    const struct keyed *first = a, *second = b;
    int order = mt940_record_compare(first->kind, 0, first->record, second->record);

    if (order != 0)
        return order;
    /* Records of a table lie in the order of their lines. */
    return first->record < second->record ? -1 : first->record > second->record;
}

static int compare_key(const void *key, const void *entry)
{
    const struct keyed *first = key, *second = entry;

    return mt940_record_compare(first->kind, 0, first->record, second->record);
}

const void *table_find(const struct table *table, const void *key)
{
    struct keyed wanted = {key, table->info->kind};
    const struct keyed *found = NULL;

    if (table->sorted_count > 0)
        found = bsearch(&wanted, table->sorted, table->sorted_count, sizeof *table->sorted, compare_key);
    return found == NULL ? NULL : found->record;
}

static size_t position(const struct table *table, const void *record)
{
    return (size_t)((const unsigned char *)record - table->records) / table->info->struct_size;
}

int table_sort(struct table *table, struct report *report)
{
    uint32_t *twins = calloc(table->count + 1, sizeof *twins);
    size_t kept = 0;

    table->sorted = malloc((table->count + 1) * sizeof *table->sorted);
    if (table->sorted == NULL || twins == NULL) {
        free(twins);
        return MT940_E_MEMORY;
    }
    for (size_t i = 0; i < table->count; i++)
        table->sorted[i] = (struct keyed){table->records + i * table->info->struct_size, table->info->kind};
    if (table->count > 1)
        qsort(table->sorted, table->count, sizeof *table->sorted, compare_keyed);
    for (size_t i = 0; i < table->count; i++) {
        if (kept > 0 && compare_key(&table->sorted[kept - 1], &table->sorted[i]) == 0)
            twins[position(table, table->sorted[i].record)] =
                table->lines[position(table, table->sorted[kept - 1].record)];
        else
            table->sorted[kept++] = table->sorted[i];
    }
    table->sorted_count = kept;
    for (size_t i = 0; i < table->count; i++) {
        if (twins[i] == 0)
            continue;
        REPORT(report, MT940_M_CSV_DUPLICATE_KEY, table->lines[i], 0, arg_number("row", twins[i]));
        table->lines[i] = 0;
    }
    free(twins);
    return MT940_OK;
}

int table_send(const struct books *books, const struct table *table)
{
    struct mt940_csv_place place = {.column = 0};
    int status = 0;

    if (table->info == NULL || books->sink.record == NULL)
        return 0;
    mt940_view_from_string(table->name, &place.file);
    for (size_t i = 0; status == 0 && i < table->count; i++) {
        place.line = table->lines[i];
        if (place.line != 0)
            status = books->sink.record(books->sink.user, table->info->kind,
                                        table->records + i * table->info->struct_size, &place);
    }
    return status;
}

void table_free(struct table *table)
{
    for (size_t i = 0; i < table->text_count; i++)
        free(table->texts[i]);
    free(table->texts);
    free(table->records);
    free(table->lines);
    free(table->sorted);
    free(table->name);
    sheet_free(&table->sheet);
    memset(table, 0, sizeof *table);
}
