/* SPDX-License-Identifier: Apache-2.0
 *
 * cmd_save.c: Kaydet: saves movements as bank slips, one or many (R27-R29).
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "accept.h"
#include "buffer.h"
#include "choice.h"
#include "find.h"
#include "hint.h"
#include "message_json.h"
#include "rows.h"
#include "table.h"
#include "value.h"

enum {
    OPTION_ENTRIES = OPTION_OWN,
    OPTION_ALL_OR_NOTHING,
    OPTION_ACCEPT,
    OPTION_CHOICE /* the first of CHOICE_COUNT numbers */
};

static const struct command_option options[] = {
    {"entries", OPTION_ENTRIES, "1,3-5", TEXT_OPTION_ENTRIES},
    {"customer", OPTION_CHOICE + CHOICE_CUSTOMER, "N=CODE", TEXT_OPTION_CUSTOMER},
    {"type", OPTION_CHOICE + CHOICE_TYPE, "N=SLIP", TEXT_OPTION_TYPE},
    {"account", OPTION_CHOICE + CHOICE_ACCOUNT, "N=CODE", TEXT_OPTION_ACCOUNT},
    {"dbs", OPTION_CHOICE + CHOICE_DBS, "N=yes|no", TEXT_OPTION_DBS},
    {"date", OPTION_CHOICE + CHOICE_DATE, "N=DATE", TEXT_OPTION_DATE},
    {"link", OPTION_CHOICE + CHOICE_LINK, "N=SLIP", TEXT_OPTION_LINK},
    {"accept", OPTION_ACCEPT, "CODE", TEXT_OPTION_ACCEPT},
    {"all-or-nothing", OPTION_ALL_OR_NOTHING, NULL, TEXT_OPTION_ALL_OR_NOTHING},
    {NULL, 0, NULL, TEXT_NONE},
};

static const struct table_column columns[] = {
    {TEXT_COLUMN_ROW, TABLE_RIGHT},
    {TEXT_COLUMN_SLIP_TYPE, TABLE_LEFT},
    {TEXT_COLUMN_SLIP, TABLE_LEFT},
    {TEXT_COLUMN_RESULT, TABLE_LEFT},
};

struct save {
    struct workspace *workspace;
    struct found_item item;
    struct table *table;
    struct json *json;
    struct rows rows;
    struct choices choices;
    struct accepted accepted;
    int all_or_nothing;
};

static int read_options(struct save *save, struct session *session, const struct command *command, int argc,
                        char **argv)
{
    int number;

    while ((number = options_next(session, command, argc, argv)) != OPTIONS_END) {
        int good = number != OPTIONS_STOP;

        if (number >= OPTION_CHOICE)
            good = choices_add(&save->choices, &session->out, command->name,
                               (enum choice_option)(number - OPTION_CHOICE), optarg);
        else if (number == OPTION_ACCEPT)
            good = accepted_add(&save->accepted, &session->out, command->name, optarg);
        else if (number == OPTION_ALL_OR_NOTHING)
            save->all_or_nothing = 1;
        else if (number == OPTION_ENTRIES && !rows_add(&save->rows, optarg, strlen(optarg))) {
            output_usage(&session->out, command->name, TEXT_BAD_ROWS, optarg);
            good = 0;
        }
        if (!good)
            return 0;
    }
    if (argc - optind == 1)
        return 1;
    output_usage(&session->out, command->name, TEXT_NEEDS_ITEM, NULL);
    return 0;
}

static void write_line(const struct save *save, const struct mt940_save_result *result)
{
    const struct output *out = &save->workspace->session->out;
    struct json *json = save->json;

    json_line_begin(json);
    json_number(json, "row", result->row);
    json_bool(json, "saved", result->saved);
    message_json(json, out, "message", result->message, result->args, result->arg_count);
    message_json(json, out, "warning", result->warning, result->warning_args, result->warning_arg_count);
    json_view(json, "slip", &result->slip);
    json_word(json, "slip_type",
              result->slip.length > 0 ? mt940_enum_name(MT940_ENUM_SLIP_TYPE, result->slip_type, "en") : NULL);
    json_array_begin(json, "closings");
    for (size_t i = 0; i < result->closing_count; i++) {
        const struct mt940_closing *closing = &result->closings[i];

        json_object_begin(json, NULL);
        json_view(json, "invoice", &closing->invoice);
        json_number(json, "payment", closing->payment);
        json_money(json, "amount", closing->amount, &closing->currency);
        json_object_end(json);
    }
    json_array_end(json);
    json_line_end(json);
}

/* "statement 3, row 2" in front of what is said about a row. */
static void complain(const struct save *save, const struct mt940_save_result *result, int32_t message,
                     const struct mt940_message_arg *args, size_t count)
{
    struct output *out = &save->workspace->session->out;
    char statement[24], row[24];
    struct place place = {NULL, 0, 0};
    char *name;

    snprintf(statement, sizeof statement, "%lld", (long long)save->item.number_shown);
    snprintf(row, sizeof row, "%lld", (long long)result->row);
    name = TEXT_FORMAT(TEXT_PLACE_ROW, out->language, statement, row);
    place.file = name;
    /* On a terminal the table says it; it counts all the same. */
    if (out->terminal && !out->json)
        out->errors += mt940_message_severity(message) == MT940_ERROR;
    else
        output_message(out, &place, message, args, count);
    free(name);
}

/* "NEEDS_CUSTOMER: choose …": the code is what --accept and the manual go by. */
static void note_message(const struct save *save, int32_t message, const struct mt940_message_arg *args, size_t count)
{
    char *text = output_message_text(&save->workspace->session->out, message, args, count);
    struct buffer line = {0};
    char *joined;

    buffer_add_string(&line, output_message_code(message));
    buffer_add_string(&line, ": ");
    buffer_add_string(&line, text);
    joined = buffer_string(&line);
    table_note(save->table, joined);
    free(joined);
    free(text);
}

static void add_row(const struct save *save, const struct mt940_save_result *result)
{
    const struct output *out = &save->workspace->session->out;
    const char *type = mt940_enum_name(MT940_ENUM_SLIP_TYPE, result->slip_type, out->language);
    char *text;

    table_number(save->table, result->row);
    table_text(save->table, result->slip.length > 0 && type != NULL ? type : "");
    table_view(save->table, &result->slip);
    table_paint(save->table, result->saved ? "32" : "31");
    table_text(save->table, text_raw(result->saved                                 ? TEXT_RESULT_SAVED
                                     : result->message == MT940_M_ALREADY_SAVED ? TEXT_RESULT_BEFORE
                                                                                : TEXT_RESULT_NOT_SAVED,
                                     out->language));
    if (!result->saved && result->message != MT940_M_ALREADY_SAVED) {
        note_message(save, result->message, result->args, result->arg_count);
        hint_note(save->table, out, result->message, save->item.number_shown, result->row);
    }
    if (result->saved && result->message != MT940_M_SAVED)
        note_message(save, result->message, result->args, result->arg_count);
    if (result->warning != 0)
        note_message(save, result->warning, result->warning_args, result->warning_arg_count);
    for (size_t i = 0; i < result->closing_count; i++) {
        const struct mt940_closing *closing = &result->closings[i];
        struct mt940_message_arg args[3] = {
            {.name = "amount", .type = MT940_ARG_AMOUNT, .amount = output_money(closing->amount, &closing->currency)},
            {.name = "invoice", .type = MT940_ARG_TEXT, .text = closing->invoice},
            {.name = "row", .type = MT940_ARG_NUMBER, .number = closing->payment},
        };

        text = output_message_text(out, MT940_M_CLOSED, args, 3);
        table_note(save->table, text);
        free(text);
    }
}

static int take(void *user, const struct mt940_save_result *result)
{
    const struct save *save = user;
    const struct output *out = &save->workspace->session->out;

    if (out->json)
        write_line(save, result);
    else
        add_row(save, result);
    if (!result->saved && mt940_message_severity(result->message) >= MT940_WARNING)
        complain(save, result, result->message, result->args, result->arg_count);
    if (result->warning != 0 && mt940_message_severity(result->warning) >= MT940_WARNING)
        complain(save, result, result->warning, result->warning_args, result->warning_arg_count);
    return 0;
}

static void tell(const struct output *out, const struct mt940_save_summary *summary)
{
    char saved[12], already[12], refused[12];
    char *text;

    snprintf(saved, sizeof saved, "%lu", (unsigned long)summary->saved);
    snprintf(already, sizeof already, "%lu", (unsigned long)summary->already);
    snprintf(refused, sizeof refused, "%lu", (unsigned long)summary->refused);
    text = TEXT_FORMAT(TEXT_SAVE_SUMMARY_LINE, out->language, saved, already, refused);
    puts(text);
    free(text);
}

static void save_rows(struct save *save)
{
    struct mt940_save_request request = {.size = sizeof request};
    struct mt940_save_summary summary = {.size = sizeof summary};
    struct mt940_error error = {.size = sizeof error};
    struct output *out = &save->workspace->session->out;
    int status;

    mt940_view_from_string(save->item.id, &request.inbox_item);
    request.rows = save->rows.list;
    request.row_count = save->rows.count;
    request.choices = save->choices.list;
    request.choice_count = save->choices.count;
    request.accepted = save->accepted.messages;
    request.accepted_count = save->accepted.count;
    request.flags = (save->rows.count == 0 ? MT940_SAVE_OPEN_ROWS : 0) |
                    (save->all_or_nothing ? MT940_SAVE_ALL_OR_NOTHING : 0);
    status = mt940_flow_save(save->workspace->flow, &request, take, save, &summary, &error);
    table_print(save->table, out);
    if (status != MT940_OK) {
        workspace_failed(save->workspace, status, &error);
        return;
    }
    if (!out->json)
        tell(out, &summary);
    /* A refusal that is only a warning by itself is still a row that was not saved. */
    if (summary.refused > 0 && out->errors == 0)
        out->errors = 1;
}

static void run(struct session *session, const struct command *command, int argc, char **argv)
{
    struct workspace workspace;
    struct save save = {.workspace = &workspace};

    if (read_options(&save, session, command, argc, argv) && workspace_open(session, 0, &workspace)) {
        if (find_item(&workspace, argv[optind], &save.item)) {
            save.table = table_new(columns, sizeof columns / sizeof *columns);
            save.json = json_new();
            save_rows(&save);
            table_free(save.table);
            json_free(save.json);
            find_free(&save.item);
        }
        workspace_close(&workspace);
    }
    rows_free(&save.rows);
    choices_free(&save.choices);
    accepted_free(&save.accepted);
}

const struct command command_save = {
    "save", GROUP_DAILY, USES_STORE, "ID [--entries 1,3-5] [--customer N=CODE] …", TEXT_SAVE_SUMMARY, TEXT_SAVE_HELP,
    options, run,
};
