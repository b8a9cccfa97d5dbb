/* SPDX-License-Identifier: Apache-2.0
 *
 * cmd_reconcile.c: Mutabakat: the bank's balance beside that of the books, and what lies between.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <mt940connect/reconcile.h>

#include "csv.h"
#include "record_json.h"
#include "table.h"
#include "value.h"
#include "workspace.h"

enum { OPTION_BOOKS = OPTION_OWN, OPTION_CSV };

static const struct command_option options[] = {
    {"books", OPTION_BOOKS, "AMOUNT", TEXT_OPTION_BOOKS_BALANCE},
    {"csv", OPTION_CSV, NULL, TEXT_OPTION_CSV},
    {NULL, 0, NULL, TEXT_NONE},
};

static const struct table_column columns[] = {
    {TEXT_COLUMN_CHECK, TABLE_LEFT}, {TEXT_COLUMN_AMOUNT, TABLE_RIGHT}, {TEXT_COLUMN_RECORDS, TABLE_RIGHT},
};

static const struct table_column row_columns[] = {
    {TEXT_COLUMN_DATE, TABLE_LEFT},      {TEXT_COLUMN_ROW, TABLE_RIGHT},      {TEXT_COLUMN_AMOUNT, TABLE_RIGHT},
    {TEXT_COLUMN_DOCUMENT, TABLE_LEFT}, {TEXT_COLUMN_NARRATIVE, TABLE_LEFT},
};

static const struct {
    const char *name;
    enum text text;
} parts[MT940_RECONCILE_PARTS] = {
    [MT940_RECONCILE_UNSAVED] = {"unsaved", TEXT_RECONCILE_UNSAVED},
    [MT940_RECONCILE_INFORMATIONAL] = {"informational", TEXT_RECONCILE_INFORMATIONAL},
    [MT940_RECONCILE_LATER] = {"later", TEXT_RECONCILE_LATER},
    [MT940_RECONCILE_EARLIER] = {"earlier", TEXT_RECONCILE_EARLIER},
    [MT940_RECONCILE_BOOKS_ONLY] = {"books_only", TEXT_RECONCILE_BOOKS_ONLY},
};

struct reconcile {
    struct workspace *workspace;
    struct table *table; /* of unsaved rows */
    void **rows;         /* the same as records, for JSON */
    size_t count, room;
    const char *books; /* as typed, NULL = not given */
    int csv;
};

static int take(void *user, const void *record)
{
    struct reconcile *reconcile = user;
    const struct output *out = &reconcile->workspace->session->out;
    const struct mt940_movement *movement = record;

    if (out->json) {
        if (reconcile->count == reconcile->room) {
            size_t room = reconcile->room ? 2 * reconcile->room : 64;
            void **rows = realloc(reconcile->rows, room * sizeof *rows);

            if (rows == NULL)
                return MT940_E_MEMORY;
            reconcile->rows = rows;
            reconcile->room = room;
        }
        int status = mt940_record_clone(MT940_KIND_MOVEMENT, record, NULL, &reconcile->rows[reconcile->count]);
        reconcile->count += status == 0;
        return status;
    }
    table_date(reconcile->table, out, movement->entry_date.year ? &movement->entry_date : &movement->value_date);
    table_number(reconcile->table, movement->row);
    table_money(reconcile->table, out, movement->amount, &movement->currency);
    table_view(reconcile->table, &movement->bank_reference);
    table_view(reconcile->table, &movement->narrative);
    return 0;
}

static void money_or_null(struct json *json, const char *key, int known, int64_t units, const struct mt940_view *currency)
{
    if (known)
        json_money(json, key, units, currency);
    else
        json_null(json, key);
}

static void write_line(const struct reconcile *reconcile, const struct mt940_reconciliation *found)
{
    struct json *json = json_new();

    json_line_begin(json);
    json_view(json, "account", &found->account);
    json_view(json, "currency", &found->currency);
    json_date(json, "date", &found->date);
    json_date(json, "bank_date", &found->bank_date);
    money_or_null(json, "bank", found->has_bank, found->bank, &found->currency);
    json_date(json, "opening_date", &found->opening_date);
    json_money(json, "opening", found->opening, &found->currency);
    json_money(json, "books", found->books, &found->currency);
    money_or_null(json, "difference", found->has_bank, found->difference, &found->currency);
    json_object_begin(json, "parts");
    for (size_t i = 0; i < MT940_RECONCILE_PARTS; i++) {
        json_object_begin(json, parts[i].name);
        json_money(json, "amount", found->parts[i], &found->currency);
        json_number(json, "count", found->counts[i]);
        json_object_end(json);
    }
    json_object_end(json);
    money_or_null(json, "unexplained", found->has_bank, found->unexplained, &found->currency);
    json_array_begin(json, "rows");
    for (size_t i = 0; i < reconcile->count; i++)
        record_json(json, NULL, MT940_KIND_MOVEMENT, reconcile->rows[i], reconcile->workspace->local_currency);
    json_array_end(json);
    json_line_end(json);
    json_free(json);
}

static void write_csv(const struct mt940_reconciliation *found)
{
    static const char *const heading[] = {"account", "date", "currency", "bank_date", "bank", "books", "difference",
                                          "unsaved", "informational", "later", "earlier", "books_only", "unexplained"};
    const struct mt940_view *currency = &found->currency;
    struct csv csv = {0};

    for (size_t i = 0; i < sizeof heading / sizeof *heading; i++)
        csv_word(&csv, heading[i]);
    csv_end(&csv);
    csv_view(&csv, &found->account);
    csv_date(&csv, &found->date);
    csv_view(&csv, currency);
    csv_date(&csv, &found->bank_date);
    if (found->has_bank)
        csv_money(&csv, found->bank, currency);
    else
        csv_word(&csv, NULL);
    csv_money(&csv, found->books, currency);
    csv_money(&csv, found->difference, currency);
    for (size_t i = 0; i < MT940_RECONCILE_PARTS; i++)
        csv_money(&csv, found->parts[i], currency);
    csv_money(&csv, found->unexplained, currency);
    csv_end(&csv);
}

static void add_row(struct table *table, const struct output *out, enum text text, const struct mt940_date *date,
                    int64_t units, const struct mt940_view *currency, long long count)
{
    char day[11] = "", number[24] = "";
    char *name;

    if (date != NULL)
        output_date(out, date, day);
    name = TEXT_FORMAT(text, out->language, day);
    table_text(table, name);
    free(name);
    table_money(table, out, units, currency);
    if (count >= 0)
        snprintf(number, sizeof number, "%lld", count);
    table_text(table, number);
}

static void print(const struct reconcile *reconcile, const struct mt940_reconciliation *found)
{
    const struct output *out = &reconcile->workspace->session->out;
    struct table *table = table_new(columns, sizeof columns / sizeof *columns);
    const struct mt940_view *currency = &found->currency;

    if (found->has_bank)
        add_row(table, out, TEXT_RECONCILE_BANK, &found->bank_date, found->bank, currency, -1);
    add_row(table, out, TEXT_RECONCILE_BOOKS, &found->date, found->books, currency, -1);
    if (found->has_bank)
        add_row(table, out, TEXT_RECONCILE_DIFFERENCE, NULL, found->difference, currency, -1);
    for (size_t i = 0; i < MT940_RECONCILE_PARTS; i++)
        if (found->counts[i] > 0)
            add_row(table, out, parts[i].text, NULL, found->parts[i], currency, found->counts[i]);
    if (found->has_bank)
        add_row(table, out, TEXT_RECONCILE_UNEXPLAINED, NULL, found->unexplained, currency, -1);
    table_print(table, out);
    table_free(table);
    if (table_has_rows(reconcile->table)) {
        putchar('\n');
        table_print(reconcile->table, out);
    }
}

/* No bank balance, or something unexplained: a person has to look. */
static void tell(struct reconcile *reconcile, const struct mt940_reconciliation *found)
{
    struct output *out = &reconcile->workspace->session->out;
    char day[11];

    if (reconcile->csv)
        write_csv(found);
    else if (out->json)
        write_line(reconcile, found);
    else
        print(reconcile, found);
    if (!found->has_bank) {
        output_date(out, &found->date, day);
        char *text = TEXT_FORMAT(TEXT_RECONCILE_NO_BANK, out->language, day);
        output_diagnose(out, NULL, MT940_WARNING, "NO_STATEMENT", text);
        free(text);
    }
    out->errors += !found->has_bank || found->unexplained != 0;
}

static void reconcile_account(struct reconcile *reconcile, const char *account, const struct mt940_date *date)
{
    struct mt940_reconciliation found = {.size = sizeof found};
    struct mt940_error error = {.size = sizeof error};
    struct workspace *workspace = reconcile->workspace;
    struct output *out = &workspace->session->out;
    struct mt940_view view;
    int64_t books;
    int status = MT940_OK;

    mt940_view_from_string(account, &view);
    /* The account's currency decides how many decimals an amount has: it is known after a first look. */
    if (reconcile->books != NULL)
        status = mt940_flow_reconcile(workspace->flow, &view, date, NULL, NULL, NULL, &found, &error);
    if (status == MT940_OK && reconcile->books != NULL) {
        char currency[8];

        mt940_view_copy(&found.currency, currency, sizeof currency);
        if (value_amount(reconcile->books, currency, &books)) {
            output_usage(out, "reconcile", TEXT_BAD_AMOUNT, reconcile->books);
            return;
        }
    }
    if (status == MT940_OK)
        status = mt940_flow_reconcile(workspace->flow, &view, date, reconcile->books ? &books : NULL, take, reconcile,
                                      &found, &error);
    if (status == MT940_E_NOT_FOUND) {
        char *text = TEXT_FORMAT(TEXT_UNKNOWN_ACCOUNT, out->language, account);

        output_diagnose(out, NULL, MT940_ERROR, "UNKNOWN_ACCOUNT", text);
        free(text);
    } else if (status != MT940_OK) {
        workspace_failed(workspace, status, &error);
    } else {
        tell(reconcile, &found);
    }
}

static int today(struct workspace *workspace, struct mt940_date *date)
{
    int64_t seconds;

    return workspace->clock.now(workspace->clock.user, &seconds) ||
           mt940_date_from_days((int32_t)(seconds / 86400), date);
}

static void run(struct session *session, const struct command *command, int argc, char **argv)
{
    struct workspace workspace;
    struct reconcile reconcile = {.workspace = &workspace};
    struct mt940_date date = {0, 0, 0};
    int number;

    while ((number = options_next(session, command, argc, argv)) != OPTIONS_END) {
        if (number == OPTIONS_STOP)
            return;
        if (number == OPTION_BOOKS)
            reconcile.books = optarg;
        else
            reconcile.csv = 1;
    }
    if (argc - optind < 1 || argc - optind > 2) {
        output_usage(&session->out, command->name, TEXT_NEEDS_ACCOUNT_DATE, NULL);
        return;
    }
    if (argc - optind == 2 && value_date(argv[optind + 1], &date)) {
        output_usage(&session->out, command->name, TEXT_BAD_DATE, argv[optind + 1]);
        return;
    }
    if (!workspace_open(session, 0, &workspace))
        return;
    reconcile.table = table_new(row_columns, sizeof row_columns / sizeof *row_columns);
    if (date.year != 0 || today(&workspace, &date) == 0)
        reconcile_account(&reconcile, argv[optind], &date);
    for (size_t i = 0; i < reconcile.count; i++)
        mt940_record_free(MT940_KIND_MOVEMENT, reconcile.rows[i], NULL);
    free(reconcile.rows);
    table_free(reconcile.table);
    workspace_close(&workspace);
}

const struct command command_reconcile = {
    "reconcile", GROUP_DAILY, USES_STORE, "ACCOUNT [DATE] [--books AMOUNT] [--csv]", TEXT_RECONCILE_SUMMARY,
    TEXT_RECONCILE_HELP, options, run,
};
