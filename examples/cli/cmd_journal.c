/* SPDX-License-Identifier: Apache-2.0
 *
 * cmd_journal.c: every change of a DBS total: document, amount, total after, who, why (R113).
 */
#include <stdio.h>
#include <string.h>

#include <mt940connect/dbs_total.h>

#include "record_json.h"
#include "table.h"
#include "value.h"
#include "workspace.h"

static const struct table_column columns[] = {
    {TEXT_COLUMN_CUSTOMER, TABLE_LEFT}, {TEXT_COLUMN_SLOT, TABLE_RIGHT},  {TEXT_COLUMN_SEQUENCE, TABLE_RIGHT},
    {TEXT_COLUMN_EVENT, TABLE_LEFT},    {TEXT_COLUMN_DOCUMENT, TABLE_LEFT}, {TEXT_COLUMN_CHANGE, TABLE_RIGHT},
    {TEXT_COLUMN_TOTAL, TABLE_RIGHT},   {TEXT_COLUMN_CURRENCY, TABLE_LEFT}, {TEXT_COLUMN_ACTOR, TABLE_LEFT},
    {TEXT_COLUMN_TIME, TABLE_LEFT},     {TEXT_COLUMN_NOTE, TABLE_LEFT},
};

struct journal {
    struct workspace *workspace;
    struct table *table;
    struct json *json;
};

static int take(void *user, const void *record)
{
    const struct mt940_journal *line = record;
    const struct journal *journal = user;
    const struct output *out = &journal->workspace->session->out;
    struct table *table = journal->table;
    const char *event = mt940_enum_name(MT940_ENUM_DBS_EVENT, line->event, out->language);

    if (out->json) {
        json_line_begin(journal->json);
        record_json_members(journal->json, MT940_KIND_JOURNAL, line, journal->workspace->local_currency);
        json_line_end(journal->json);
        return 0;
    }
    table_view(table, &line->customer);
    table_number(table, line->slot);
    table_number(table, line->sequence);
    table_text(table, event == NULL ? "?" : event);
    table_view(table, &line->document);
    table_money(table, out, line->delta, &line->currency);
    table_money(table, out, line->total, &line->currency);
    table_view(table, &line->currency);
    table_view(table, &line->actor);
    table_time(table, line->at);
    table_view(table, &line->note);
    return 0;
}

static void list(struct workspace *workspace, const char *customer, int64_t slot)
{
    struct journal journal = {.workspace = workspace};
    struct mt940_error error = {.size = sizeof error};
    struct output *out = &workspace->session->out;
    struct mt940_view view;
    int status;

    mt940_view_from_string(customer, &view);
    journal.table = table_new(columns, sizeof columns / sizeof *columns);
    journal.json = json_new();
    status = mt940_flow_journal(workspace->flow, customer == NULL ? NULL : &view, slot, take, &journal, &error);
    if (status != MT940_OK)
        workspace_failed(workspace, status, &error);
    else if (!out->json && !table_has_rows(journal.table))
        puts(text_raw(TEXT_NO_JOURNAL, out->language));
    table_print(journal.table, out);
    table_free(journal.table);
    json_free(journal.json);
}

static void run(struct session *session, const struct command *command, int argc, char **argv)
{
    struct workspace workspace;
    int64_t slot = 0;
    int operands;

    if (options_next(session, command, argc, argv) != OPTIONS_END)
        return;
    operands = argc - optind;
    if (operands > 2 || (operands == 2 && value_number(argv[optind + 1], 1, &slot) != MT940_OK)) {
        output_usage(&session->out, command->name, TEXT_UNEXPECTED, argv[optind + operands - 1]);
        return;
    }
    if (!workspace_open(session, 0, &workspace))
        return;
    list(&workspace, operands > 0 ? argv[optind] : NULL, slot);
    workspace_close(&workspace);
}

const struct command command_journal = {
    "journal", GROUP_LIMITS, USES_STORE, "[CUSTOMER [SLOT]]", TEXT_JOURNAL_SUMMARY, TEXT_JOURNAL_HELP, NULL, run,
};
