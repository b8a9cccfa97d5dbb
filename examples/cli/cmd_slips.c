/* SPDX-License-Identifier: Apache-2.0
 *
 * cmd_slips.c: bank slips: list, show, cancel, mark, export.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "buffer.h"
#include "message_json.h"
#include "record_json.h"
#include "slips_export.h"
#include "table.h"
#include "value.h"
#include "workspace.h"

enum { OPTION_FROM = OPTION_OWN, OPTION_TO };

static const struct command_option options[] = {
    {"from", OPTION_FROM, "DATE", TEXT_OPTION_FROM},
    {"to", OPTION_TO, "DATE", TEXT_OPTION_TO},
    {NULL, 0, NULL, TEXT_NONE},
};

static const struct table_column columns[] = {
    {TEXT_COLUMN_SLIP, TABLE_LEFT},     {TEXT_COLUMN_SLIP_TYPE, TABLE_LEFT}, {TEXT_COLUMN_DATE, TABLE_LEFT},
    {TEXT_COLUMN_ACCOUNT, TABLE_LEFT},  {TEXT_COLUMN_SIDE, TABLE_LEFT},      {TEXT_COLUMN_AMOUNT, TABLE_RIGHT},
    {TEXT_COLUMN_CURRENCY, TABLE_LEFT}, {TEXT_COLUMN_DOCUMENT, TABLE_LEFT},  {TEXT_COLUMN_CUSTOMER, TABLE_LEFT},
    {TEXT_COLUMN_STATE, TABLE_LEFT},
};

struct slips {
    struct workspace *workspace;
    struct table *table;
    struct json *json;
    int detailed;
    int exports;
    struct csv csv;
    const struct mt940_date *from, *to; /* slip dates of an export; year 0 = open */
    size_t seen;
};

static void write_line(const struct slips *slips, const struct mt940_slip_view *view)
{
    const char *local = slips->workspace->local_currency;
    struct json *json = slips->json;

    json_line_begin(json);
    record_json(json, "slip", MT940_KIND_SLIP, view->slip, local);
    json_array_begin(json, "lines");
    for (size_t i = 0; i < view->line_count; i++)
        record_json(json, NULL, MT940_KIND_SLIP_LINE, &view->lines[i], local);
    json_array_end(json);
    json_array_begin(json, "closings");
    for (size_t i = 0; i < view->closing_count; i++)
        record_json(json, NULL, MT940_KIND_CLOSING, &view->closings[i], local);
    json_array_end(json);
    json_line_end(json);
}

static struct mt940_view customer_of(const struct mt940_slip_view *view)
{
    for (size_t i = 0; i < view->line_count; i++)
        if (view->lines[i].kind == MT940_LINE_KIND_CUSTOMER)
            return view->lines[i].customer;
    return (struct mt940_view){NULL, 0};
}

static void add_part(struct buffer *line, const char *text, size_t length)
{
    if (length == 0)
        return;
    if (line->length > 0)
        buffer_add_string(line, "  ");
    buffer_add(line, text, length);
}

/* "debit  customer  120.01  12.500,75  TRY  DBS" below the slip. */
static void note_line(const struct slips *slips, const struct mt940_slip_line *line)
{
    const struct output *out = &slips->workspace->session->out;
    const char *side = mt940_enum_name(MT940_ENUM_ENTRY_SIDE, line->side, out->language);
    const char *kind = mt940_enum_name(MT940_ENUM_LINE_KIND, line->kind, out->language);
    struct mt940_amount amount = output_money(line->amount, &line->currency);
    char *money = output_amount(out, &amount);
    struct buffer text = {0};
    char *joined;

    add_part(&text, side == NULL ? "?" : side, side == NULL ? 1 : strlen(side));
    add_part(&text, kind == NULL ? "?" : kind, kind == NULL ? 1 : strlen(kind));
    add_part(&text, line->bank_account.data, line->bank_account.length);
    add_part(&text, line->customer.data, line->customer.length);
    add_part(&text, line->gl_account.data, line->gl_account.length);
    add_part(&text, money, strlen(money));
    add_part(&text, line->currency.data, line->currency.length);
    add_part(&text, line->branch.data, line->branch.length);
    add_part(&text, line->iban.data, line->iban.length);
    if (line->dbs)
        add_part(&text, "DBS", 3);
    joined = buffer_string(&text);
    table_note(slips->table, joined);
    free(joined);
    free(money);
}

static void note_closing(const struct slips *slips, const struct mt940_closing *closing)
{
    const struct output *out = &slips->workspace->session->out;
    struct mt940_message_arg args[3] = {
        {.name = "amount", .type = MT940_ARG_AMOUNT, .amount = output_money(closing->amount, &closing->currency)},
        {.name = "invoice", .type = MT940_ARG_TEXT, .text = closing->invoice},
        {.name = "row", .type = MT940_ARG_NUMBER, .number = closing->payment},
    };
    char *text;

    if (closing->state != MT940_DOCUMENT_STATE_ACTIVE)
        return;
    text = output_message_text(out, MT940_M_CLOSED, args, 3);
    table_note(slips->table, text);
    free(text);
}

static void add_row(const struct slips *slips, const struct mt940_slip_view *view)
{
    const struct output *out = &slips->workspace->session->out;
    const struct mt940_slip *slip = view->slip;
    const char *type = mt940_enum_name(MT940_ENUM_SLIP_TYPE, slip->type, out->language);
    const char *side = mt940_enum_name(MT940_ENUM_ENTRY_SIDE, slip->bank_side, out->language);
    const char *state = mt940_enum_name(MT940_ENUM_DOCUMENT_STATE, slip->state, out->language);
    struct mt940_view customer = customer_of(view);

    table_view(slips->table, &slip->id);
    table_text(slips->table, type == NULL ? "?" : type);
    table_date(slips->table, out, &slip->date);
    table_view(slips->table, &slip->bank_account);
    table_text(slips->table, side == NULL ? "?" : side);
    table_money(slips->table, out, slip->amount, &slip->currency);
    table_view(slips->table, &slip->currency);
    table_view(slips->table, &slip->document_number);
    table_view(slips->table, &customer);
    table_paint(slips->table, slip->state == MT940_DOCUMENT_STATE_ACTIVE ? "32" : "31");
    table_text(slips->table, state == NULL ? "?" : state);
    if (!slips->detailed)
        return;
    for (size_t i = 0; i < view->line_count; i++)
        note_line(slips, &view->lines[i]);
    for (size_t i = 0; i < view->closing_count; i++)
        note_closing(slips, &view->closings[i]);
}

static int take(void *user, const struct mt940_slip_view *view)
{
    struct slips *slips = user;

    if (slips->exports && ((slips->from->year && mt940_date_compare(&view->slip->date, slips->from) < 0) ||
                           (slips->to->year && mt940_date_compare(&view->slip->date, slips->to) > 0)))
        return 0;
    slips->seen++;
    if (slips->workspace->session->out.json)
        write_line(slips, view);
    else if (slips->exports)
        slips_export_write(&slips->csv, view, slips->workspace->local_currency);
    else
        add_row(slips, view);
    return 0;
}

static void unknown_slip(struct output *out, const char *id)
{
    struct mt940_message_arg arg = {.name = "slip", .type = MT940_ARG_TEXT};
    struct place place = {id, 0, 0};

    mt940_view_from_string(id, &arg.text);
    output_message(out, &place, MT940_M_UNKNOWN_SLIP, &arg, 1);
}

/* `id` NULL = all of them. */
static void list(struct workspace *workspace, const char *id)
{
    struct slips slips = {.workspace = workspace, .detailed = id != NULL};
    struct mt940_error error = {.size = sizeof error};
    struct output *out = &workspace->session->out;
    struct mt940_view view;
    int status;

    mt940_view_from_string(id, &view);
    slips.table = table_new(columns, sizeof columns / sizeof *columns);
    slips.json = json_new();
    status = mt940_flow_slips(workspace->flow, id == NULL ? NULL : &view, take, &slips, &error);
    if (status != MT940_OK && status != MT940_E_NOT_FOUND)
        workspace_failed(workspace, status, &error);
    else if (slips.seen == 0 && id != NULL)
        unknown_slip(out, id);
    else if (slips.seen == 0 && !out->json)
        puts(text_raw(TEXT_NO_SLIPS, out->language));
    table_print(slips.table, out);
    table_free(slips.table);
    json_free(slips.json);
}

/* Every line of every slip of these days, for an ERP that imports files. */
static void export_slips(struct workspace *workspace, const struct mt940_date range[2])
{
    struct slips slips = {.workspace = workspace, .exports = 1, .from = &range[0], .to = &range[1]};
    struct mt940_error error = {.size = sizeof error};
    int status;

    slips.json = json_new();
    if (!workspace->session->out.json)
        slips_export_heading(&slips.csv);
    status = mt940_flow_slips(workspace->flow, NULL, take, &slips, &error);
    if (status != MT940_OK)
        workspace_failed(workspace, status, &error);
    json_free(slips.json);
}

/* What a change of a slip came to. `done` is said when the flow has nothing to say. */
static void tell(struct workspace *workspace, const char *id, int32_t message, int32_t done, enum text done_text)
{
    struct output *out = &workspace->session->out;
    struct mt940_message_arg args[2] = {{.name = "slip", .type = MT940_ARG_TEXT}, {.name = "branch", .type = MT940_ARG_TEXT}};
    struct place place = {id, 0, 0};
    int severity = message == 0 ? MT940_INFO : mt940_message_severity(message);

    mt940_view_from_string(id, &args[0].text);
    if (out->json) {
        struct json *json = json_new();

        json_line_begin(json);
        json_word(json, "id", id);
        message_json(json, out, "message", message == 0 ? done : message, args, 2);
        json_line_end(json);
        json_free(json);
    }
    if (severity >= MT940_WARNING) {
        output_message(out, &place, message, args, 2);
    } else if (!out->json) {
        char *text = TEXT_FORMAT(done_text, out->language, id);

        puts(text);
        free(text);
    }
}

static void cancel(struct workspace *workspace, const char *id)
{
    struct mt940_error error = {.size = sizeof error};
    struct mt940_view view;
    int32_t message = 0;
    int status;

    mt940_view_from_string(id, &view);
    status = mt940_flow_slip_cancel(workspace->flow, &view, &message, &error);
    if (status != MT940_OK)
        workspace_failed(workspace, status, &error);
    else
        tell(workspace, id, message, MT940_M_SLIP_CANCELLED, TEXT_SLIP_CANCELLED);
}

static void mark(struct workspace *workspace, const char *id, const char *word)
{
    struct mt940_error error = {.size = sizeof error};
    int flag = value_flag(word);
    struct mt940_view view;
    int32_t message = 0;
    int status;

    if (flag < 0) {
        output_usage(&workspace->session->out, "slips", TEXT_BAD_FLAG, word);
        return;
    }
    mt940_view_from_string(id, &view);
    status = mt940_flow_slip_mark(workspace->flow, &view, flag, &message, &error);
    if (status != MT940_OK)
        workspace_failed(workspace, status, &error);
    else
        tell(workspace, id, message, 0, flag ? TEXT_SLIP_MARKED : TEXT_SLIP_UNMARKED);
}

static void run(struct session *session, const struct command *command, int argc, char **argv)
{
    struct workspace workspace;
    struct mt940_date range[2] = {{0, 0, 0}, {0, 0, 0}};
    const char *verb;
    int operands, number;

    while ((number = options_next(session, command, argc, argv)) != OPTIONS_END) {
        if (number == OPTIONS_STOP)
            return;
        if (value_date(optarg, &range[number - OPTION_FROM])) {
            output_usage(&session->out, command->name, TEXT_BAD_DATE, optarg);
            return;
        }
    }
    operands = argc - optind;
    verb = operands > 0 ? argv[optind] : "list";
    if (!((strcmp(verb, "list") == 0 && operands <= 1) || (strcmp(verb, "show") == 0 && operands == 2) ||
          (strcmp(verb, "export") == 0 && operands == 1) || (strcmp(verb, "cancel") == 0 && operands == 2) || (strcmp(verb, "mark") == 0 && operands == 3))) {
        output_usage(&session->out, command->name, TEXT_BAD_SLIPS, verb);
        return;
    }
    if (!workspace_open(session, 0, &workspace))
        return;
    if (strcmp(verb, "cancel") == 0)
        cancel(&workspace, argv[optind + 1]);
    else if (strcmp(verb, "mark") == 0)
        mark(&workspace, argv[optind + 1], argv[optind + 2]);
    else if (strcmp(verb, "export") == 0)
        export_slips(&workspace, range);
    else
        list(&workspace, operands == 2 ? argv[optind + 1] : NULL);
    workspace_close(&workspace);
}

const struct command command_slips = {
    "slips", GROUP_DAILY, USES_STORE, "[list | show ID | cancel ID | mark ID yes|no | export [--from DATE] [--to DATE]]",
    TEXT_SLIPS_SUMMARY, TEXT_SLIPS_HELP, options, run,
};
