/* SPDX-License-Identifier: Apache-2.0
 *
 * cmd_inbox.c: Posta Kutusu: the statements that were received.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "buffer.h"
#include "record_json.h"
#include "table.h"
#include "workspace.h"

enum { OPTION_OPEN = OPTION_OWN };

static const struct command_option options[] = {
    {"open", OPTION_OPEN, NULL, TEXT_OPTION_OPEN},
    {NULL, 0, NULL, TEXT_NONE},
};

static const struct table_column columns[] = {
    {TEXT_COLUMN_NUMBER, TABLE_RIGHT},   {TEXT_COLUMN_BANK, TABLE_LEFT},     {TEXT_COLUMN_ACCOUNT, TABLE_LEFT},
    {TEXT_COLUMN_STATEMENT, TABLE_LEFT}, {TEXT_COLUMN_DATE, TABLE_LEFT},     {TEXT_COLUMN_CURRENCY, TABLE_LEFT},
    {TEXT_COLUMN_OPENING, TABLE_RIGHT},  {TEXT_COLUMN_CLOSING, TABLE_RIGHT}, {TEXT_COLUMN_MOVEMENTS, TABLE_RIGHT},
    {TEXT_COLUMN_OPEN, TABLE_RIGHT},     {TEXT_COLUMN_STATE, TABLE_LEFT},    {TEXT_COLUMN_FILE, TABLE_LEFT},
};

struct inbox {
    struct workspace *workspace;
    struct table *table;
    struct json *json;
    int only_open;
};

static void add_row(const struct inbox *inbox, const struct mt940_inbox_item *item)
{
    static const char *const colours[] = {[MT940_INBOX_STATE_NEW] = "33", [MT940_INBOX_STATE_PARTLY_SAVED] = "33",
                                          [MT940_INBOX_STATE_SAVED] = "32", [MT940_INBOX_STATE_FAULTY] = "31"};
    const struct output *out = &inbox->workspace->session->out;
    struct table *table = inbox->table;
    const char *state = mt940_enum_name(MT940_ENUM_INBOX_STATE, item->state, out->language);

    table_number(table, item->number_shown);
    table_view(table, &item->bank_code);
    table_view(table, item->bank_account.length > 0 ? &item->bank_account : &item->account_text);
    table_view(table, &item->number);
    table_date(table, out, &item->closing_date);
    table_view(table, &item->currency);
    table_money(table, out, item->opening, &item->currency);
    table_money(table, out, item->closing, &item->currency);
    table_number(table, item->entries);
    table_number(table, item->open_entries);
    if (item->state >= 0 && (size_t)item->state < sizeof colours / sizeof *colours)
        table_paint(table, colours[item->state]);
    table_text(table, state == NULL ? "?" : state);
    table_view(table, &item->file_name);
}

static int take(void *user, const void *record)
{
    const struct mt940_inbox_item *item = record;
    const struct inbox *inbox = user;

    if (inbox->only_open && item->open_entries == 0)
        return 0;
    if (!inbox->workspace->session->out.json) {
        add_row(inbox, item);
        return 0;
    }
    json_line_begin(inbox->json);
    record_json_members(inbox->json, MT940_KIND_INBOX_ITEM, item, inbox->workspace->local_currency);
    json_line_end(inbox->json);
    return 0;
}

static void run(struct session *session, const struct command *command, int argc, char **argv)
{
    struct mt940_error error = {.size = sizeof error};
    struct workspace workspace;
    struct inbox inbox = {.workspace = &workspace};
    int number, status;

    while ((number = options_next(session, command, argc, argv)) != OPTIONS_END) {
        if (number == OPTIONS_STOP)
            return;
        inbox.only_open = 1;
    }
    if (optind < argc) {
        output_usage(&session->out, command->name, TEXT_UNEXPECTED, argv[optind]);
        return;
    }
    if (!workspace_open(session, 0, &workspace))
        return;
    inbox.table = table_new(columns, sizeof columns / sizeof *columns);
    inbox.json = json_new();
    status = mt940_flow_inbox(workspace.flow, 0, 0, take, &inbox, &error);
    if (status != MT940_OK)
        workspace_failed(&workspace, status, &error);
    else if (!session->out.json && !table_has_rows(inbox.table))
        puts(text_raw(TEXT_INBOX_EMPTY, session->out.language));
    table_print(inbox.table, &session->out);
    table_free(inbox.table);
    json_free(inbox.json);
    workspace_close(&workspace);
}

const struct command command_inbox = {
    "inbox", GROUP_DAILY, USES_STORE, "[--open]", TEXT_INBOX_SUMMARY, TEXT_INBOX_HELP, options, run,
};
