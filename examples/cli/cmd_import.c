/* SPDX-License-Identifier: Apache-2.0
 *
 * cmd_import.c: the ERP's books, as CSV files, into the store.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "buffer.h"
#include "import.h"
#include "import_try.h"
#include "table.h"
#include "value.h"

enum { OPTION_OPENING = OPTION_OWN, OPTION_CHECK, OPTION_TRY, OPTION_VERBOSE };

static const struct command_option options[] = {
    {"opening", OPTION_OPENING, NULL, TEXT_OPTION_OPENING},
    {"check", OPTION_CHECK, NULL, TEXT_OPTION_IMPORT_CHECK},
    {"try", OPTION_TRY, NULL, TEXT_OPTION_IMPORT_TRY},
    {"verbose", OPTION_VERBOSE, NULL, TEXT_OPTION_VERBOSE},
    {NULL, 0, NULL, TEXT_NONE},
};

static const struct table_column columns[] = {
    {TEXT_COLUMN_TABLE, TABLE_LEFT},
    {TEXT_COLUMN_FILE, TABLE_LEFT},
    {TEXT_COLUMN_RECORDS, TABLE_RIGHT},
    {TEXT_COLUMN_WRITTEN, TABLE_RIGHT},
};

struct wish {
    int opening, check, trial, verbose;
};

static void write_line(const struct books *books, const char *company, const struct import_counts *counts)
{
    struct json *json = json_new();

    json_line_begin(json);
    json_text(json, "folder", books->folder, strlen(books->folder));
    json_word(json, "company", company);
    json_array_begin(json, "tables");
    for (int32_t kind = 1; kind <= BOOKS_KINDS; kind++) {
        const struct books_table *table = &books->tables[kind];

        if (table->file == NULL)
            continue;
        json_object_begin(json, NULL);
        json_word(json, "table", mt940_kind_info(kind)->table);
        json_text(json, "file", table->file, strlen(table->file));
        json_number(json, "records", (int64_t)table->count);
        json_number(json, "written", (int64_t)counts->written[kind]);
        json_object_end(json);
    }
    json_array_end(json);
    books_json_findings(json, books);
    json_line_end(json);
    json_free(json);
}

static void tell(const struct output *out, const struct books *books, const char *company,
                 const struct import_counts *counts)
{
    struct table *table;

    if (out->json) {
        write_line(books, company, counts);
        return;
    }
    table = table_new(columns, sizeof columns / sizeof *columns);
    for (int32_t kind = 1; kind <= BOOKS_KINDS; kind++) {
        if (books->tables[kind].file == NULL)
            continue;
        table_text(table, mt940_kind_info(kind)->table);
        table_text(table, books->tables[kind].file);
        table_number(table, (long long)books->tables[kind].count);
        table_number(table, (long long)counts->written[kind]);
    }
    table_print(table, out);
    table_free(table);
}

/* Without --opening invoices are not taken: a limit would be passed by without a check. */
static void warn_of_invoices(struct output *out, const struct books *books, const struct wish *wish)
{
    struct place place = {books->folder, 0, 0};

    if (!wish->opening && books->tables[MT940_KIND_INVOICE].count + books->tables[MT940_KIND_PAYMENT].count > 0)
        output_diagnose(out, &place, MT940_WARNING, "NEEDS_OPENING", text_raw(TEXT_NEEDS_OPENING, out->language));
}

static void check_only(struct session *session, const char *folder, int verbose)
{
    struct import_counts counts;
    struct books books;

    memset(&counts, 0, sizeof counts);
    if (books_read(&books, &session->out, folder, session->company, "TRY", verbose))
        tell(&session->out, &books, session->company, &counts);
    books_free(&books);
}

static void fail_company(struct output *out, const char *folder, enum text text, const char *first,
                         const char *second)
{
    char *sentence = TEXT_FORMAT(text, out->language, first, second);

    output_failure(out, folder, "NOT_CONFIGURED", sentence);
    free(sentence);
}

/* The companies of the file, for a sentence; for free(). */
static char *company_list(const struct books_table *companies)
{
    struct buffer list = {0};

    for (size_t i = 0; i < companies->count; i++) {
        const struct mt940_company *company = companies->records[i];

        if (i > 0)
            buffer_add_string(&list, ", ");
        buffer_add(&list, company->code.data, company->code.length);
    }
    return buffer_string(&list);
}

/*
 * Whose books these are. A store without a company takes the one of the file; books of another
 * company are never mixed into the one that is there unless --company says so. 0 = told why not.
 */
static int choose_company(struct workspace *workspace, const struct books *books)
{
    const struct books_table *companies = &books->tables[MT940_KIND_COMPANY];
    struct output *out = &workspace->session->out;
    const struct mt940_company *company;
    char *list, *currency;
    int good = workspace->session->company[0] != '\0' || (workspace->has_company && companies->count == 0);

    if (good)
        return 1;
    list = company_list(companies);
    if (companies->count == 0) {
        fail_company(out, books->folder, TEXT_NO_COMPANY, "", "");
    } else if (companies->count > 1) {
        fail_company(out, books->folder, TEXT_WHICH_BOOKS, list, "");
    } else if (workspace->has_company) {
        good = strcmp(list, workspace->company) == 0;
        if (!good)
            fail_company(out, books->folder, TEXT_OTHER_COMPANY, list, workspace->company);
    } else {
        company = companies->records[0];
        currency = value_string(&company->local_currency);
        good = workspace_use(workspace, list, currency);
        free(currency);
    }
    free(list);
    return good;
}

static void take_in(struct workspace *workspace, struct books *books, const struct wish *wish)
{
    struct output *out = &workspace->session->out;
    struct import_counts counts;

    warn_of_invoices(out, books, wish);
    if (import_books(workspace, books, wish->opening, &counts))
        tell(out, books, workspace->company, &counts);
}

static void import(struct workspace *workspace, const char *folder, const struct wish *wish)
{
    struct books books;

    /* Only what the caller said chooses among the companies of the file. */
    if (books_read(&books, &workspace->session->out, folder, workspace->session->company, workspace->local_currency, wish->verbose) &&
        choose_company(workspace, &books)) {
        books_set_company(&books, workspace->company);
        if (wish->trial)
            import_try(workspace, &books);
        else
            take_in(workspace, &books, wish);
    }
    books_free(&books);
}

static void run(struct session *session, const struct command *command, int argc, char **argv)
{
    struct wish wish = {0, 0, 0, 0};
    struct workspace workspace;
    int number;

    while ((number = options_next(session, command, argc, argv)) != OPTIONS_END) {
        if (number == OPTIONS_STOP)
            return;
        wish.opening |= number == OPTION_OPENING;
        wish.check |= number == OPTION_CHECK;
        wish.trial |= number == OPTION_TRY;
        wish.verbose |= number == OPTION_VERBOSE;
    }
    if (argc - optind != 1) {
        output_usage(&session->out, command->name, TEXT_NEEDS_FOLDER, NULL);
        return;
    }
    if (wish.check) {
        check_only(session, argv[optind], wish.verbose);
        return;
    }
    if (!workspace_open(session, wish.trial ? 0 : WORKSPACE_CREATE | WORKSPACE_NO_COMPANY, &workspace))
        return;
    import(&workspace, argv[optind], &wish);
    workspace_close(&workspace);
}

const struct command command_import = {
    "import", GROUP_SETUP, USES_STORE, "DIR [--opening] [--check | --try]", TEXT_IMPORT_SUMMARY, TEXT_IMPORT_HELP, options,
    run,
};
