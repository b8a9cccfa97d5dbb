/* SPDX-License-Identifier: Apache-2.0
 *
 * books.c: keeps what the CSV reader hands out. Must not know what it is read for.
 */
#include "books.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "buffer.h"
#include "connection.h"
#include "message_json.h"
#include "value.h"

static char *path_of(const struct books *books, const struct mt940_view *file)
{
    struct buffer path = {0};

    /* What is said about the folder as a whole names the folder itself. */
    if (file->length != strlen(books->folder) || memcmp(file->data, books->folder, file->length) != 0) {
        buffer_add_string(&path, books->folder);
        if (path.length > 0 && path.data[path.length - 1] != '/')
            buffer_add_string(&path, "/");
    }
    buffer_add(&path, file->data, file->length);
    return buffer_string(&path);
}

int books_print_finding(void *user, const struct mt940_csv_finding *finding)
{
    struct books *books = user;
    char *path = path_of(books, &finding->place.file);
    struct place place = {path, finding->place.line, finding->place.column};

    if (finding->severity > MT940_INFO || books->verbose)
        output_message(books->out, &place, finding->message, finding->args, finding->arg_count);
    free(path);
    return 0;
}

static int take_finding(void *user, const struct mt940_csv_finding *finding)
{
    struct books *books = user;
    struct books_finding *kept;

    if (books->finding_count == books->finding_capacity) {
        books->finding_capacity = books->finding_capacity == 0 ? 32 : books->finding_capacity * 2;
        books->findings = memory_resize(books->findings, books->finding_capacity * sizeof *books->findings);
    }
    kept = &books->findings[books->finding_count++];
    kept->message = finding->message;
    kept->severity = finding->severity;
    kept->line = finding->place.line;
    kept->column = finding->place.column;
    kept->file = value_string(&finding->place.file);
    kept->text = output_message_text(books->out, finding->message, finding->args, finding->arg_count);
    return books_print_finding(user, finding);
}

static int take_record(void *user, int32_t kind, const void *record, const struct mt940_csv_place *place)
{
    struct books *books = user;
    struct books_table *table;

    if (kind < 1 || kind > BOOKS_KINDS)
        return 0;
    table = &books->tables[kind];
    if (table->file == NULL)
        table->file = value_string(&place->file);
    if (table->count == table->capacity) {
        table->capacity = table->capacity == 0 ? 256 : table->capacity * 2;
        table->records = memory_resize(table->records, table->capacity * sizeof *table->records);
    }
    if (mt940_record_clone(kind, record, NULL, &table->records[table->count]) != MT940_OK)
        memory_out();
    table->count++;
    return 0;
}

void books_failed(struct output *out, const char *folder, int status, const struct mt940_error *error)
{
    if (status == MT940_E_IO)
        connection_folder_failed(out, folder, error->detail, error->text);
    else
        output_status(out, folder, status, error);
}

static int read_folder(struct books *books, struct output *out, const char *folder, const char *company,
                       const char *local_currency, int verbose, uint32_t tables)
{
    struct mt940_csv_sink sink = {.size = sizeof sink, .user = books, .record = take_record, .finding = take_finding};
    struct mt940_error error = {.size = sizeof error};
    struct mt940_csv_options options;
    int status;

    memset(books, 0, sizeof *books);
    books->out = out;
    books->folder = folder;
    books->verbose = verbose;
    mt940_csv_options_init(&options);
    options.tables = tables;
    mt940_view_from_string(company, &options.company);
    if (strlen(local_currency) == 3)
        memcpy(options.local_currency, local_currency, 4);
    status = mt940_csv_read(folder, &options, &sink, &error);
    if (status != MT940_OK)
        books_failed(out, folder, status, &error);
    return status == MT940_OK;
}

int books_read(struct books *books, struct output *out, const char *folder, const char *company,
               const char *local_currency, int verbose)
{
    return read_folder(books, out, folder, company, local_currency, verbose, 0);
}

int books_read_tables(struct books *books, struct output *out, const char *folder, const char *company,
                      const char *local_currency, uint32_t tables)
{
    return read_folder(books, out, folder, company, local_currency, 0, tables);
}

void books_set_company(struct books *books, const char *company)
{
    struct mt940_view view;

    mt940_view_from_string(company, &view);
    for (int32_t kind = 1; kind <= BOOKS_KINDS; kind++)
        for (size_t i = 0; kind != MT940_KIND_COMPANY && i < books->tables[kind].count; i++)
            memcpy((char *)books->tables[kind].records[i] + mt940_kind_info(kind)->fields[0].offset, &view,
                   sizeof view);
}

void books_free(struct books *books)
{
    for (int32_t kind = 1; kind <= BOOKS_KINDS; kind++) {
        struct books_table *table = &books->tables[kind];

        for (size_t i = 0; i < table->count; i++)
            mt940_record_free(kind, table->records[i], NULL);
        free(table->records);
        free(table->file);
    }
    for (size_t i = 0; i < books->finding_count; i++) {
        free(books->findings[i].file);
        free(books->findings[i].text);
    }
    free(books->findings);
    memset(books, 0, sizeof *books);
}

void books_json_findings(struct json *json, const struct books *books)
{
    json_array_begin(json, "findings");
    for (size_t i = 0; i < books->finding_count; i++) {
        const struct books_finding *finding = &books->findings[i];

        json_object_begin(json, NULL);
        json_word(json, "severity", message_json_severity(finding->severity));
        json_word(json, "code", output_message_code(finding->message));
        json_text(json, "file", finding->file, strlen(finding->file));
        json_number(json, "line", finding->line);
        json_number(json, "column", finding->column);
        json_text(json, "text", finding->text, strlen(finding->text));
        json_object_end(json);
    }
    json_array_end(json);
}
