/* SPDX-License-Identifier: Apache-2.0
 *
 * cmd_show.c: the movements of a statement with proposals and reasons; changes nothing (R24, R25).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "buffer.h"
#include "find.h"
#include "hint.h"
#include "match_json.h"
#include "message_json.h"
#include "record_json.h"
#include "table.h"
#include "value.h"

enum { OPTION_BRIEF = OPTION_OWN };

static const struct command_option options[] = {
    {"brief", OPTION_BRIEF, NULL, TEXT_OPTION_BRIEF},
    {NULL, 0, NULL, TEXT_NONE},
};

static const struct table_column columns[] = {
    {TEXT_COLUMN_ROW, TABLE_RIGHT},     {TEXT_COLUMN_DATE, TABLE_LEFT},    {TEXT_COLUMN_VALUE_DATE, TABLE_LEFT},
    {TEXT_COLUMN_AMOUNT, TABLE_RIGHT},  {TEXT_COLUMN_CURRENCY, TABLE_LEFT}, {TEXT_COLUMN_CODE, TABLE_LEFT},
    {TEXT_COLUMN_CUSTOMER, TABLE_LEFT}, {TEXT_COLUMN_SLIP_TYPE, TABLE_LEFT}, {TEXT_COLUMN_STATE, TABLE_LEFT},
};

struct show {
    struct workspace *workspace;
    struct table *table;
    struct json *json;
    int brief;
    int64_t number; /* of the statement in the inbox */
};

static void write_closings(struct json *json, const struct mt940_closing *closings, size_t count)
{
    json_array_begin(json, "closings");
    for (size_t i = 0; i < count; i++) {
        json_object_begin(json, NULL);
        json_view(json, "invoice", &closings[i].invoice);
        json_number(json, "payment", closings[i].payment);
        json_money(json, "amount", closings[i].amount, &closings[i].currency);
        json_object_end(json);
    }
    json_array_end(json);
}

static void write_proposal(struct json *json, const struct show *show, const struct mt940_slip_proposal *proposal)
{
    if (proposal == NULL) {
        json_null(json, "slip");
        return;
    }
    json_object_begin(json, "slip");
    json_word(json, "decided", mt940_slip_decided_name(proposal->decided));
    json_bool(json, "is_reversal", proposal->is_reversal);
    json_bool(json, "dbs", proposal->dbs);
    record_json_members(json, MT940_KIND_SLIP, &proposal->slip, show->workspace->local_currency);
    json_array_begin(json, "lines");
    for (uint32_t i = 0; i < proposal->line_count; i++)
        record_json(json, NULL, MT940_KIND_SLIP_LINE, &proposal->lines[i], show->workspace->local_currency);
    json_array_end(json);
    json_object_end(json);
}

static void write_line(const struct show *show, const struct mt940_row *row)
{
    const struct output *out = &show->workspace->session->out;
    struct json *json = show->json;

    json_line_begin(json);
    json_number(json, "row", row->movement->row);
    message_json(json, out, "message", row->message, row->message != 0 ? row->args : NULL,
                 row->message != 0 ? row->arg_count : 0);
    message_json(json, out, "warning", row->warning, row->message == 0 ? row->args : NULL,
                 row->message == 0 ? row->arg_count : 0);
    if (row->match == NULL) {
        json_null(json, "match");
    } else {
        json_object_begin(json, "match");
        match_json_members(json, out, row->match);
        json_object_end(json);
    }
    write_proposal(json, show, row->proposal);
    write_closings(json, row->closings, row->closing_count);
    json_array_begin(json, "duplicates");
    for (size_t i = 0; i < row->duplicate_count; i++)
        json_view(json, NULL, &row->duplicates[i]);
    json_array_end(json);
    record_json(json, "movement", MT940_KIND_MOVEMENT, row->movement, show->workspace->local_currency);
    json_line_end(json);
}

/* Customer the row has or would get, or the other own account of a transfer. */
static struct mt940_view party(const struct mt940_row *row)
{
    if (row->movement->customer.length > 0)
        return row->movement->customer;
    if (row->match != NULL && row->match->customer.length > 0)
        return row->match->customer;
    if (row->movement->counter_account.length > 0)
        return row->movement->counter_account;
    return row->match != NULL ? row->match->own_account : (struct mt940_view){NULL, 0};
}

static void add_message(const struct show *show, int32_t message, const struct mt940_row *row)
{
    const struct output *out = &show->workspace->session->out;
    char *text;
    struct buffer line = {0};
    char *joined;

    if (message == 0)
        return;
    text = output_message_text(out, message, row->args, row->arg_count);
    buffer_add_string(&line, output_message_code(message));
    buffer_add_string(&line, ": ");
    buffer_add_string(&line, text);
    joined = buffer_string(&line);
    table_note(show->table, joined);
    free(joined);
    free(text);
    hint_note(show->table, out, message, show->number, row->movement->row);
}

static void add_closings(const struct show *show, const struct mt940_row *row)
{
    for (size_t i = 0; i < row->closing_count; i++) {
        const struct mt940_closing *closing = &row->closings[i];
        struct mt940_message_arg args[3] = {
            {.name = "amount", .type = MT940_ARG_AMOUNT, .amount = output_money(closing->amount, &closing->currency)},
            {.name = "invoice", .type = MT940_ARG_TEXT, .text = closing->invoice},
            {.name = "row", .type = MT940_ARG_NUMBER, .number = closing->payment},
        };
        char *text = output_message_text(&show->workspace->session->out, MT940_M_CLOSED, args, 3);

        table_note(show->table, text);
        free(text);
    }
}

static void add_row(const struct show *show, const struct mt940_row *row)
{
    static const char *const colours[] = {[MT940_MOVEMENT_STATE_NOT_SAVED] = "33", [MT940_MOVEMENT_STATE_POSTING] = "33",
                                          [MT940_MOVEMENT_STATE_SAVED] = "32", [MT940_MOVEMENT_STATE_FAILED] = "31",
                                          [MT940_MOVEMENT_STATE_INFORMATIONAL] = "2",
                                          [MT940_MOVEMENT_STATE_CONFLICT] = "31"};
    const struct output *out = &show->workspace->session->out;
    const struct mt940_movement *movement = row->movement;
    struct mt940_view customer = party(row);
    const char *state = mt940_enum_name(MT940_ENUM_MOVEMENT_STATE, movement->state, out->language);
    const char *type = row->proposal == NULL
                           ? ""
                           : mt940_enum_name(MT940_ENUM_SLIP_TYPE, row->proposal->slip.type, out->language);

    table_number(show->table, movement->row);
    table_date(show->table, out, &movement->entry_date);
    table_date(show->table, out, &movement->value_date);
    table_money(show->table, out, movement->amount, &movement->currency);
    table_view(show->table, &movement->currency);
    table_view(show->table, &movement->code);
    table_view(show->table, &customer);
    table_text(show->table, type == NULL ? "" : type);
    if (movement->state >= 0 && (size_t)movement->state < sizeof colours / sizeof *colours)
        table_paint(show->table, colours[movement->state]);
    table_text(show->table, state == NULL ? "?" : state);
}

static int take(void *user, const struct mt940_row *row)
{
    const struct show *show = user;
    const struct output *out = &show->workspace->session->out;

    if (out->json) {
        write_line(show, row);
        return 0;
    }
    add_row(show, row);
    if (show->brief)
        return 0;
    if (row->movement->narrative.length > 0) {
        char *narrative = value_string(&row->movement->narrative);

        table_note(show->table, narrative);
        free(narrative);
    }
    if (row->match != NULL)
        match_notes(show->table, out, row->match);
    add_closings(show, row);
    add_message(show, row->message != 0 ? row->message : row->warning, row);
    return 0;
}

static void show_item(struct workspace *workspace, const char *text, int brief)
{
    struct show show = {workspace, NULL, NULL, brief, 0};
    struct mt940_error error = {.size = sizeof error};
    struct output *out = &workspace->session->out;
    struct found_item item;
    struct mt940_view id;
    int status;

    if (!find_item(workspace, text, &item))
        return;
    mt940_view_from_string(item.id, &id);
    show.number = item.number_shown;
    show.table = table_new(columns, sizeof columns / sizeof *columns);
    show.json = json_new();
    status = mt940_flow_show(workspace->flow, &id, take, &show, &error);
    if (status != MT940_OK)
        workspace_failed(workspace, status, &error);
    else if (!out->json && !table_has_rows(show.table))
        puts(text_raw(TEXT_NO_MOVEMENTS, out->language));
    table_print(show.table, out);
    table_free(show.table);
    json_free(show.json);
    find_free(&item);
}

static void run(struct session *session, const struct command *command, int argc, char **argv)
{
    struct workspace workspace;
    int number, brief = 0;

    while ((number = options_next(session, command, argc, argv)) != OPTIONS_END) {
        if (number == OPTIONS_STOP)
            return;
        brief = 1;
    }
    if (argc - optind != 1) {
        output_usage(&session->out, command->name, TEXT_NEEDS_ITEM, NULL);
        return;
    }
    if (!workspace_open(session, 0, &workspace))
        return;
    show_item(&workspace, argv[optind], brief);
    workspace_close(&workspace);
}

const struct command command_show = {
    "show", GROUP_DAILY, USES_STORE, "ID [--brief]", TEXT_SHOW_SUMMARY, TEXT_SHOW_HELP, options, run,
};
