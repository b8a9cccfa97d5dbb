/* SPDX-License-Identifier: Apache-2.0
 *
 * table.c: a file to records with unique keys. Must not know where the bytes came from.
 */
#include "table.h"

#include <stdlib.h>
#include <string.h>

#include "convert.h"
#include "mt940connect/charset.h"

/* State of one reading, for the callbacks of the sheet. */
struct opening {
    const struct mt940_kind_info *info;
    struct report *report;
};

static size_t count_known(void *user, const struct mt940_view *cells, size_t count)
{
    const struct opening *opening = user;

    return columns_known(opening->info, cells, count);
}

static int complain(void *user, int32_t message, uint32_t line, int64_t number)
{
    const struct opening *opening = user;

    if (message == MT940_M_CSV_NOT_TEXT)
        REPORT(opening->report, message, line, 0, arg_message("what", (int32_t)number));
    else
        REPORT(opening->report, message, line, 0, arg_number("count", number));
    return opening->report->status;
}

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

/* Sorts by key; of equal keys the first line stays, the others are told and left out. */
static int sort_records(struct table *table, struct report *report)
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

/* What a record means where the file is silent; done when the rest of it is known. */
static void complete(const struct books *books, int32_t kind, void *record)
{
    struct mt940_company *company = record;
    struct mt940_invoice *invoice = record;

    if (kind == MT940_KIND_COMPANY && company->local_currency.length == 0)
        mt940_view_from_string(company->legislation == MT940_LEGISLATION_AZ ? "AZN" : "TRY",
                               &company->local_currency);
    if (kind == MT940_KIND_INVOICE && invoice->currency.length == 0)
        mt940_view_from_string(books->local_currency, &invoice->currency);
}

static int convert_rows(struct books *books, struct table *table, const struct columns *columns,
                        struct report *report)
{
    struct conversion conversion = {books, table, columns, report, 0};
    size_t size = table->info->struct_size;

    table->records = calloc(table->sheet.row_count, size);
    table->lines = calloc(table->sheet.row_count, sizeof *table->lines);
    if (table->records == NULL || table->lines == NULL)
        return MT940_E_MEMORY;
    for (size_t i = 1; i < table->sheet.row_count && report->status == 0; i++) {
        unsigned char *record = table->records + table->count * size;

        if (convert_row(&conversion, &table->sheet.rows[i], record)) {
            complete(books, table->info->kind, record);
            table->lines[table->count++] = table->sheet.rows[i].line;
        } else {
            memset(record, 0, size);
        }
        if (conversion.failed)
            return MT940_E_MEMORY;
    }
    return sort_records(table, report);
}

static void tell_form(const struct sheet *sheet, struct report *report)
{
    const char *charset = mt940_charset_name(sheet->charset);
    const char *separator = sheet->separator == '\t' ? "TAB" : &sheet->separator;

    REPORT(report, MT940_M_CSV_READ_AS, sheet->rows[0].line, 0,
           arg_text("separator", separator, sheet->separator == '\t' ? 3 : 1),
           arg_text("charset", charset, charset == NULL ? 0 : strlen(charset)));
}

int table_read(struct books *books, const struct mt940_kind_info *info, const char *name, const void *bytes,
               size_t length)
{
    struct table *table = &books->tables[info->kind];
    struct report report = {.sink = &books->sink, .max_findings = books->options.max_findings};
    struct opening opening = {info, &report};
    struct columns *columns;
    int status;

    mt940_view_from_string(name, &report.file);
    columns = malloc(sizeof *columns);
    table->name = malloc(strlen(name) + 1);
    if (columns == NULL || table->name == NULL) {
        free(columns);
        return MT940_E_MEMORY;
    }
    memcpy(table->name, name, strlen(name) + 1);
    status = sheet_read(&table->sheet, bytes, length, &books->options, count_known, complain, &opening);
    if (status == 0 && table->sheet.row_count > 0) {
        tell_form(&table->sheet, &report);
        if (columns_read(columns, info, &table->sheet, &report)) {
            columns_judge(columns, &table->sheet, &report);
            table->info = info;
            status = convert_rows(books, table, columns, &report);
            if (table->sheet.row_count == 1)
                report_say(&report, MT940_M_CSV_NO_ROWS, table->sheet.rows[0].line, 0, NULL, 0);
        }
    }
    free(columns);
    return status != 0 ? status : report.status;
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
