/* SPDX-License-Identifier: Apache-2.0
 *
 * cmd_dbs.c: DBS totals: how full the limits are, what one more sale would do, adjustments, audit.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <mt940connect/dbs_total.h>

#include "buffer.h"
#include "invoice_text.h"
#include "message_json.h"
#include "record_json.h"
#include "value.h"
#include "workspace.h"

enum { OPTION_NAME = OPTION_OWN, OPTION_NOTE };

static const struct command_option options[] = {
    {"name", OPTION_NAME, "NAME", TEXT_OPTION_ADJUSTMENT_NAME},
    {"note", OPTION_NOTE, "TEXT", TEXT_OPTION_NOTE},
    {NULL, 0, NULL, TEXT_NONE},
};

struct dbs {
    struct workspace *workspace;
    struct table *table;
    struct json *json;
    const char *name, *note;
    struct mt940_view customer;
    int64_t slot;
    char currency[4]; /* of the bank record */
};

static const struct table_column status_columns[] = {
    {TEXT_COLUMN_CUSTOMER, TABLE_LEFT}, {TEXT_COLUMN_NAME, TABLE_LEFT},     {TEXT_COLUMN_SLOT, TABLE_RIGHT},
    {TEXT_COLUMN_BRANCH, TABLE_LEFT},   {TEXT_COLUMN_LIMIT, TABLE_RIGHT},   {TEXT_COLUMN_TOTAL, TABLE_RIGHT},
    {TEXT_COLUMN_AVAILABLE, TABLE_RIGHT}, {TEXT_COLUMN_CURRENCY, TABLE_LEFT}, {TEXT_COLUMN_CONTROL, TABLE_LEFT},
    {TEXT_COLUMN_USED, TABLE_LEFT},
};

/* How full a limit is: yellow from here on, red above the limit (parts of 10000). */
enum { NEARLY_FULL = 8000, FULL = 10000, BAR = 10 };

/* "83 %", on a terminal with a bar of ten places before it; nothing where the limit is 0. */
static void add_used(const struct dbs *dbs, int32_t utilisation)
{
    const struct output *out = &dbs->workspace->session->out;
    struct buffer cell = {0};
    char number[24], *text;
    int filled = utilisation <= 0 ? 0 : utilisation >= FULL ? BAR : utilisation / (FULL / BAR);

    if (utilisation != -1 && out->terminal)
        for (int i = 0; i < BAR; i++)
            buffer_add_string(&cell, i < filled ? "\xE2\x96\x88" : "\xE2\x96\x91");
    snprintf(number, sizeof number, "%s%ld %%", out->terminal ? " " : "", (long)utilisation / (FULL / 100));
    if (utilisation != -1)
        buffer_add_string(&cell, number);
    text = buffer_string(&cell);
    if (utilisation >= NEARLY_FULL)
        table_paint(dbs->table, utilisation > FULL ? "31" : "33");
    table_text(dbs->table, text);
    free(text);
}

static int take_status(void *user, const struct mt940_dbs_status *status)
{
    static const char *const ages[MT940_DBS_AGES] = {"not_due", "option", "days_30", "days_60", "days_90", "older"};
    const struct dbs *dbs = user;
    const struct output *out = &dbs->workspace->session->out;
    const struct mt940_customer_bank *record = status->record;
    const char *control = mt940_enum_name(MT940_ENUM_DBS_CONTROL, record->dbs_control, out->language);

    if (out->json) {
        json_line_begin(dbs->json);
        json_view(dbs->json, "name", &status->customer_name);
        json_money(dbs->json, "available", status->available, &status->currency);
        if (status->utilisation == -1)
            json_null(dbs->json, "utilisation");
        else
            json_number(dbs->json, "utilisation", status->utilisation);
        json_object_begin(dbs->json, "open");
        for (size_t i = 0; i < MT940_DBS_AGES; i++)
            json_money(dbs->json, ages[i], status->ageing.open[i], &status->currency);
        json_object_end(dbs->json);
        record_json(dbs->json, "record", MT940_KIND_CUSTOMER_BANK, record, dbs->workspace->local_currency);
        json_line_end(dbs->json);
        return 0;
    }
    table_view(dbs->table, &record->customer);
    table_view(dbs->table, &status->customer_name);
    table_number(dbs->table, record->slot);
    table_view(dbs->table, &record->branch);
    table_money(dbs->table, out, record->dbs_limit, &status->currency);
    table_money(dbs->table, out, record->dbs_total, &status->currency);
    if (status->available < 0)
        table_paint(dbs->table, "31");
    table_money(dbs->table, out, status->available, &status->currency);
    table_view(dbs->table, &status->currency);
    table_text(dbs->table, control == NULL ? "?" : control);
    add_used(dbs, status->utilisation);
    return 0;
}

static void status_of(struct dbs *dbs, int has_customer)
{
    struct mt940_error error = {.size = sizeof error};
    const struct output *out = &dbs->workspace->session->out;
    int status;

    dbs->table = table_new(status_columns, sizeof status_columns / sizeof *status_columns);
    status = mt940_flow_dbs_status(dbs->workspace->flow, has_customer ? &dbs->customer : NULL, NULL, 0, take_status,
                                   dbs, &error);
    if (status != MT940_OK)
        workspace_failed(dbs->workspace, status, &error);
    else if (!out->json && !table_has_rows(dbs->table))
        puts(text_raw(TEXT_NO_DBS_RECORDS, out->language));
    table_print(dbs->table, out);
    table_free(dbs->table);
}

/* Says what a call answered about the record; `total` is printed when it was changed. */
static void complain(struct dbs *dbs, int32_t message, int64_t total)
{
    struct output *out = &dbs->workspace->session->out;
    char *customer = value_string(&dbs->customer);
    struct place place = {customer, 0, 0};
    struct mt940_view currency;
    struct mt940_message_arg args[4] = {
        {.name = "customer", .type = MT940_ARG_TEXT, .text = dbs->customer},
        {.name = "slot", .type = MT940_ARG_NUMBER, .number = dbs->slot},
        {.name = "after", .type = MT940_ARG_AMOUNT},
        {.name = "name", .type = MT940_ARG_TEXT},
    };

    mt940_view_from_string(dbs->currency, &currency);
    args[2].amount = output_money(total, &currency);
    mt940_view_from_string(dbs->name, &args[3].text);
    output_message(out, &place, message, args, 4);
    free(customer);
}

static int take_currency(void *user, const void *record)
{
    struct dbs *dbs = user;

    record_currency(MT940_KIND_CUSTOMER_BANK, record, dbs->workspace->local_currency, dbs->currency);
    return 0;
}

/* The currency of the record the amount is in; 0 = there is no such record. */
static int find_record(struct dbs *dbs)
{
    struct workspace *workspace = dbs->workspace;
    struct mt940_customer_bank key;
    int status;

    memset(&key, 0, sizeof key);
    mt940_view_from_string(workspace->company, &key.company);
    key.customer = dbs->customer;
    key.slot = dbs->slot;
    memcpy(dbs->currency, workspace->local_currency, 4);
    status = workspace->store.get(workspace->store.user, MT940_KIND_CUSTOMER_BANK, &key, take_currency, dbs);
    if (status == MT940_E_NOT_FOUND)
        complain(dbs, MT940_M_NOT_A_DBS_SLOT, 0);
    else if (status != MT940_OK)
        workspace_failed(workspace, status, NULL);
    return status == MT940_OK;
}

static int read_amount(struct dbs *dbs, const char *text, int64_t *amount)
{
    if (value_amount(text, dbs->currency, amount) == MT940_OK)
        return 1;
    output_usage(&dbs->workspace->session->out, "dbs", TEXT_BAD_AMOUNT, text);
    return 0;
}

static void check(struct dbs *dbs, const char *text)
{
    struct output *out = &dbs->workspace->session->out;
    struct mt940_error error = {.size = sizeof error};
    struct mt940_dbs_figure figure;
    struct mt940_dbs_notice notice;
    int64_t amount;
    int32_t message = 0;
    int status;

    if (!find_record(dbs) || !read_amount(dbs, text, &amount))
        return;
    status = mt940_flow_dbs_check(dbs->workspace->flow, &dbs->customer, dbs->slot, amount, &figure, &message, &error);
    if (status != MT940_OK) {
        workspace_failed(dbs->workspace, status, &error);
        return;
    }
    if (message != 0) {
        complain(dbs, message, 0);
        return;
    }
    if (out->json) {
        json_line_begin(dbs->json);
        figure_json(dbs->json, "figure", &figure);
        json_line_end(dbs->json);
    } else {
        figure_print(out, &figure, 1);
    }
    if (mt940_dbs_figure_notice(&figure, &notice)) {
        struct mt940_message_arg args[MT940_DBS_NOTICE_ARGS];

        mt940_dbs_notice_args(&notice, args);
        output_message(out, NULL, notice.message, args, MT940_DBS_NOTICE_ARGS);
    }
    if (figure.outcome != MT940_DBS_PROCEED && out->errors == 0)
        out->errors = 1;
}

static void adjust(struct dbs *dbs, const char *text)
{
    struct output *out = &dbs->workspace->session->out;
    struct mt940_error error = {.size = sizeof error};
    struct mt940_view name, note, currency;
    int64_t amount, total = 0;
    int32_t message = 0;
    int status;

    if (dbs->name == NULL) {
        output_usage(out, "dbs", TEXT_ADJUST_NEEDS_NAME, NULL);
        return;
    }
    if (!find_record(dbs) || !read_amount(dbs, text, &amount))
        return;
    mt940_view_from_string(dbs->name, &name);
    mt940_view_from_string(dbs->note, &note);
    mt940_view_from_string(dbs->currency, &currency);
    status = mt940_flow_dbs_adjust(dbs->workspace->flow, &dbs->customer, dbs->slot, amount, &name, &note, &total,
                                   &message, &error);
    if (status != MT940_OK) {
        workspace_failed(dbs->workspace, status, &error);
        return;
    }
    if (message != 0)
        complain(dbs, message, total);
    if (out->json) {
        json_line_begin(dbs->json);
        json_view(dbs->json, "customer", &dbs->customer);
        json_number(dbs->json, "slot", dbs->slot);
        json_word(dbs->json, "message", message == 0 ? NULL : output_message_code(message));
        json_money(dbs->json, "total", total, &currency);
        json_line_end(dbs->json);
    } else if (message == 0 || message == MT940_M_OVER_LIMIT) {
        struct mt940_amount now = output_money(total, &currency);
        char *money = output_amount(out, &now);
        char *line = TEXT_FORMAT(TEXT_TOTAL_IS, out->language, money, dbs->currency);

        puts(line);
        free(line);
        free(money);
    }
}

static const struct {
    int32_t fault;
    const char *name;
    enum text text;
} faults[] = {
    {MT940_DBS_FAULT_SEQUENCE, "sequence", TEXT_FAULT_SEQUENCE},
    {MT940_DBS_FAULT_RUNNING, "running", TEXT_FAULT_RUNNING},
    {MT940_DBS_FAULT_JOURNAL, "journal", TEXT_FAULT_JOURNAL},
    {MT940_DBS_FAULT_DOCUMENTS, "documents", TEXT_FAULT_DOCUMENTS},
};

static void write_audit(const struct dbs *dbs, const struct mt940_customer_bank *record,
                        const struct mt940_dbs_audit *audit, const struct mt940_view *currency)
{
    json_line_begin(dbs->json);
    json_view(dbs->json, "customer", &record->customer);
    json_number(dbs->json, "slot", record->slot);
    json_money(dbs->json, "total", record->dbs_total, currency);
    json_money(dbs->json, "rows", audit->rows, currency);
    json_money(dbs->json, "lines", audit->lines, currency);
    json_money(dbs->json, "adjustments", audit->adjustments, currency);
    json_money(dbs->json, "journal", audit->journal, currency);
    json_array_begin(dbs->json, "faults");
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
        if (audit->faults & faults[i].fault)
            json_word(dbs->json, NULL, faults[i].name);
    json_array_end(dbs->json);
    json_line_end(dbs->json);
}

static int take_audit(void *user, const struct mt940_customer_bank *record, const struct mt940_dbs_audit *audit)
{
    const struct dbs *dbs = user;
    struct output *out = &dbs->workspace->session->out;
    char code[4], *customer;
    struct mt940_view currency;
    struct place place = {NULL, 0, 0};

    record_currency(MT940_KIND_CUSTOMER_BANK, record, dbs->workspace->local_currency, code);
    mt940_view_from_string(code, &currency);
    if (out->json) {
        write_audit(dbs, record, audit, &currency);
    } else {
        table_view(dbs->table, &record->customer);
        table_number(dbs->table, record->slot);
        table_money(dbs->table, out, record->dbs_total, &currency);
        table_money(dbs->table, out, audit->rows, &currency);
        table_money(dbs->table, out, audit->lines, &currency);
        table_money(dbs->table, out, audit->adjustments, &currency);
        table_money(dbs->table, out, audit->journal, &currency);
        table_paint(dbs->table, audit->faults ? "31" : "32");
        table_text(dbs->table, text_raw(audit->faults ? TEXT_NO : TEXT_YES, out->language));
    }
    customer = value_string(&record->customer);
    place.file = customer;
    for (size_t i = 0; i < sizeof faults / sizeof *faults; i++)
        if (audit->faults & faults[i].fault)
            output_diagnose(out, &place, MT940_ERROR, "TOTAL_FAULT", text_raw(faults[i].text, out->language));
    free(customer);
    return 0;
}

static void audit_all(struct dbs *dbs)
{
    static const struct table_column columns[] = {
        {TEXT_COLUMN_CUSTOMER, TABLE_LEFT}, {TEXT_COLUMN_SLOT, TABLE_RIGHT},        {TEXT_COLUMN_TOTAL, TABLE_RIGHT},
        {TEXT_COLUMN_ROWS, TABLE_RIGHT},    {TEXT_COLUMN_COLLECTED, TABLE_RIGHT},
        {TEXT_COLUMN_ADJUSTED, TABLE_RIGHT}, {TEXT_COLUMN_JOURNAL, TABLE_RIGHT},    {TEXT_COLUMN_AGREES, TABLE_LEFT},
    };
    struct mt940_error error = {.size = sizeof error};
    const struct output *out = &dbs->workspace->session->out;
    int status;

    dbs->table = table_new(columns, sizeof columns / sizeof *columns);
    status = mt940_flow_dbs_audit(dbs->workspace->flow, take_audit, dbs, NULL, &error);
    if (status != MT940_OK)
        workspace_failed(dbs->workspace, status, &error);
    table_print(dbs->table, out);
    table_free(dbs->table);
}

/* status [CUSTOMER] | check CUSTOMER SLOT AMOUNT | adjust CUSTOMER SLOT AMOUNT | audit */
static int is_call(const char *verb, int operands)
{
    return (strcmp(verb, "status") == 0 && operands <= 2) || (strcmp(verb, "audit") == 0 && operands == 1) ||
           ((strcmp(verb, "check") == 0 || strcmp(verb, "adjust") == 0) && operands == 4);
}

static void run(struct session *session, const struct command *command, int argc, char **argv)
{
    struct workspace workspace;
    struct dbs dbs = {.workspace = &workspace};
    const char *verb;
    int number, operands;

    while ((number = options_next(session, command, argc, argv)) != OPTIONS_END) {
        if (number == OPTIONS_STOP)
            return;
        *(number == OPTION_NAME ? &dbs.name : &dbs.note) = optarg;
    }
    operands = argc - optind;
    verb = operands > 0 ? argv[optind] : "status";
    if (!is_call(verb, operands) || (operands == 4 && value_number(argv[optind + 2], 1, &dbs.slot) != MT940_OK)) {
        output_usage(&session->out, command->name, TEXT_BAD_DBS, verb);
        return;
    }
    mt940_view_from_string(operands > 1 ? argv[optind + 1] : NULL, &dbs.customer);
    if (!workspace_open(session, 0, &workspace))
        return;
    dbs.json = json_new();
    if (strcmp(verb, "audit") == 0)
        audit_all(&dbs);
    else if (strcmp(verb, "check") == 0)
        check(&dbs, argv[optind + 3]);
    else if (strcmp(verb, "adjust") == 0)
        adjust(&dbs, argv[optind + 3]);
    else
        status_of(&dbs, operands > 1);
    json_free(dbs.json);
    workspace_close(&workspace);
}

const struct command command_dbs = {
    "dbs", GROUP_LIMITS, USES_STORE, "status [CUSTOMER] | check|adjust CUSTOMER SLOT AMOUNT | audit",
    TEXT_DBS_SUMMARY, TEXT_DBS_HELP, options, run,
};
