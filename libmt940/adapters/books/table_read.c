/* SPDX-License-Identifier: Apache-2.0
 *
 * table_read.c: a file to records with unique keys. Must not know where the bytes came from.
 */
#include "table_read.h"

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
    return table_sort(table, report);
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
