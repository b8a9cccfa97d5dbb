/* SPDX-License-Identifier: Apache-2.0
 *
 * cmd_dbs.c: DBS totals: how full the limits are, what one more sale would do, adjustments, audit.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "buffer.h"
#include "dbs_call.h"
#include "record_json.h"
#include "value.h"

enum {
    OPTION_NAME = OPTION_OWN,
    OPTION_NOTE,
    OPTION_BY,
    OPTION_OVER,
    OPTION_AGES,
    OPTION_OPTION_DAYS,
    OPTION_TODAY,
    OPTION_BANK,
    OPTION_OUTPUT,
    OPTION_LAYOUT,
    OPTION_SINCE,
    OPTION_AGAIN,
    OPTION_CHECK,
    OPTION_RUN,
    OPTION_ALL
};

static const struct command_option options[] = {
    {"by", OPTION_BY, "WHAT", TEXT_OPTION_BY},
    {"over", OPTION_OVER, "PERCENT", TEXT_OPTION_OVER},
    {"ages", OPTION_AGES, NULL, TEXT_OPTION_AGES},
    {"option-days", OPTION_OPTION_DAYS, "DAYS", TEXT_OPTION_OPTION_DAYS},
    {"today", OPTION_TODAY, "DATE", TEXT_OPTION_TODAY},
    {"name", OPTION_NAME, "NAME", TEXT_OPTION_ADJUSTMENT_NAME},
    {"note", OPTION_NOTE, "TEXT", TEXT_OPTION_NOTE},
    {"bank", OPTION_BANK, "CODE", TEXT_OPTION_DBS_BANK},
    {"output", OPTION_OUTPUT, "FILE", TEXT_OPTION_OUTPUT},
    {"layout", OPTION_LAYOUT, "NAME|FILE", TEXT_OPTION_LAYOUT},
    {"since", OPTION_SINCE, "DATE", TEXT_OPTION_SINCE},
    {"again", OPTION_AGAIN, NULL, TEXT_OPTION_AGAIN},
    {"check", OPTION_CHECK, NULL, TEXT_OPTION_DBS_CHECK},
    {"run", OPTION_RUN, "N", TEXT_OPTION_RUN},
    {"all", OPTION_ALL, NULL, TEXT_OPTION_ALL_ORDERS},
    {NULL, 0, NULL, TEXT_NONE},
};

/* Says what a call answered about the record; `total` is printed when it was changed. */
static void complain(struct dbs *dbs, const struct dbs_record *record, int32_t message, int64_t total)
{
    struct output *out = &dbs->workspace->session->out;
    char *customer = value_string(&record->customer);
    struct place place = {customer, 0, 0};
    struct mt940_view currency;
    struct mt940_message_arg args[4] = {
        {.name = "customer", .type = MT940_ARG_TEXT, .text = record->customer},
        {.name = "slot", .type = MT940_ARG_NUMBER, .number = record->slot},
        {.name = "after", .type = MT940_ARG_AMOUNT},
        {.name = "name", .type = MT940_ARG_TEXT},
    };

    mt940_view_from_string(record->currency, &currency);
    args[2].amount = output_money(total, &currency);
    mt940_view_from_string(dbs->input->name, &args[3].text);
    output_message(out, &place, message, args, 4);
    free(customer);
}

/* What a look-up of a record's currency needs. */
struct looking {
    const char *local_currency;
    struct dbs_record *record;
};

static int take_currency(void *user, const void *record)
{
    const struct looking *looking = user;

    record_currency(MT940_KIND_CUSTOMER_BANK, record, looking->local_currency, looking->record->currency);
    return 0;
}

int dbs_find_record(struct dbs *dbs, char **operands, struct dbs_record *record)
{
    struct workspace *workspace = dbs->workspace;
    struct looking looking = {workspace->local_currency, record};
    struct mt940_customer_bank key;
    int status;

    memset(&key, 0, sizeof key);
    memcpy(record->currency, workspace->local_currency, 4);
    mt940_view_from_string(operands[0], &record->customer);
    if (value_number(operands[1], 1, &record->slot) != MT940_OK) {
        output_usage(&workspace->session->out, "dbs", TEXT_BAD_SLOT, operands[1]);
        return 0;
    }
    mt940_view_from_string(workspace->company, &key.company);
    key.customer = record->customer;
    key.slot = record->slot;
    status = workspace->store.get(workspace->store.user, MT940_KIND_CUSTOMER_BANK, &key, take_currency, &looking);
    if (status == MT940_E_NOT_FOUND)
        complain(dbs, record, MT940_M_NOT_A_DBS_SLOT, 0);
    else if (status != MT940_OK)
        workspace_failed(workspace, status, NULL);
    return status == MT940_OK;
}

int dbs_read_amount(struct dbs *dbs, const struct dbs_record *record, const char *text, int64_t *amount)
{
    if (value_amount(text, record->currency, amount) == MT940_OK)
        return 1;
    output_usage(&dbs->workspace->session->out, "dbs", TEXT_BAD_AMOUNT, text);
    return 0;
}

static void print_adjusted(const struct dbs *dbs, const struct dbs_record *record, int32_t message, int64_t total)
{
    const struct output *out = &dbs->workspace->session->out;
    struct mt940_view currency;

    mt940_view_from_string(record->currency, &currency);
    if (out->json) {
        json_line_begin(dbs->json);
        json_view(dbs->json, "customer", &record->customer);
        json_number(dbs->json, "slot", record->slot);
        json_word(dbs->json, "message", message == 0 ? NULL : output_message_code(message));
        json_money(dbs->json, "total", total, &currency);
        json_line_end(dbs->json);
    } else if (message == 0 || message == MT940_M_OVER_LIMIT) {
        struct mt940_amount now = output_money(total, &currency);
        char *money = output_amount(out, &now);
        char *line = TEXT_FORMAT(TEXT_TOTAL_IS, out->language, money, record->currency);

        puts(line);
        free(line);
        free(money);
    }
}

static void adjust(struct dbs *dbs)
{
    struct mt940_error error = {.size = sizeof error};
    struct mt940_view name, note;
    struct dbs_record record;
    int64_t amount, total = 0;
    int32_t message = 0;
    int status;

    if (dbs->input->name == NULL) {
        output_usage(&dbs->workspace->session->out, "dbs", TEXT_ADJUST_NEEDS_NAME, NULL);
        return;
    }
    if (!dbs_find_record(dbs, dbs->operands, &record) || !dbs_read_amount(dbs, &record, dbs->operands[2], &amount))
        return;
    mt940_view_from_string(dbs->input->name, &name);
    mt940_view_from_string(dbs->input->note, &note);
    status = mt940_flow_dbs_adjust(dbs->workspace->flow, &record.customer, record.slot, amount, &name, &note, &total,
                                   &message, &error);
    if (status != MT940_OK) {
        workspace_failed(dbs->workspace, status, &error);
        return;
    }
    if (message != 0)
        complain(dbs, &record, message, total);
    print_adjusted(dbs, &record, message, total);
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

/* The audit's own state: the table beside the call. */
struct auditing {
    struct dbs *dbs;
    struct table *table;
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
    const struct auditing *auditing = user;
    const struct dbs *dbs = auditing->dbs;
    struct table *table = auditing->table;
    struct output *out = &dbs->workspace->session->out;
    char code[4], *customer;
    struct mt940_view currency;
    struct place place = {NULL, 0, 0};

    record_currency(MT940_KIND_CUSTOMER_BANK, record, dbs->workspace->local_currency, code);
    mt940_view_from_string(code, &currency);
    if (out->json) {
        write_audit(dbs, record, audit, &currency);
    } else {
        table_view(table, &record->customer);
        table_number(table, record->slot);
        table_money(table, out, record->dbs_total, &currency);
        table_money(table, out, audit->rows, &currency);
        table_money(table, out, audit->lines, &currency);
        table_money(table, out, audit->adjustments, &currency);
        table_money(table, out, audit->journal, &currency);
        table_paint(table, audit->faults ? "31" : "32");
        table_text(table, text_raw(audit->faults ? TEXT_NO : TEXT_YES, out->language));
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
    struct auditing auditing = {dbs, table_new(columns, sizeof columns / sizeof *columns)};
    struct mt940_error error = {.size = sizeof error};
    int status = mt940_flow_dbs_audit(dbs->workspace->flow, take_audit, &auditing, NULL, &error);

    if (status != MT940_OK)
        workspace_failed(dbs->workspace, status, &error);
    table_print(auditing.table, &dbs->workspace->session->out);
    table_free(auditing.table);
}

/* The verbs: how many operands they take, and how many of them make a group. */
static const struct {
    const char *name;
    int least, most, group;
    void (*run)(struct dbs *dbs);
} verbs[] = {
    {"status", 0, 1, 1, dbs_status},  {"check", 3, 3000, 3, dbs_check}, {"adjust", 3, 3, 3, adjust},
    {"audit", 0, 0, 1, audit_all},    {"orders", 0, 0, 1, dbs_orders},  {"export", 0, 0, 1, dbs_export},
    {"runs", 0, 0, 1, dbs_runs},      {"result", 1, 1, 1, dbs_result},
};

#define VERB_COUNT (sizeof verbs / sizeof *verbs)

static void take_option(struct dbs_input *input, int number)
{
    switch (number) {
    case OPTION_NAME:
        input->name = optarg;
        break;
    case OPTION_NOTE:
        input->note = optarg;
        break;
    case OPTION_BY:
        input->by = optarg;
        break;
    case OPTION_OVER:
        input->over = optarg;
        break;
    case OPTION_OPTION_DAYS:
        input->option_days = optarg;
        break;
    case OPTION_TODAY:
        input->today = optarg;
        break;
    case OPTION_BANK:
        input->bank = optarg;
        break;
    case OPTION_OUTPUT:
        input->output = optarg;
        break;
    case OPTION_LAYOUT:
        input->layout = optarg;
        break;
    case OPTION_SINCE:
        input->since = optarg;
        break;
    case OPTION_RUN:
        input->run = optarg;
        break;
    default:
        input->ages |= number == OPTION_AGES;
        input->again |= number == OPTION_AGAIN;
        input->check |= number == OPTION_CHECK;
        input->all |= number == OPTION_ALL;
    }
}

static size_t find_verb(const char *name, int operands)
{
    for (size_t i = 0; i < VERB_COUNT; i++)
        if (strcmp(verbs[i].name, name) == 0)
            return operands >= verbs[i].least && operands <= verbs[i].most && operands % verbs[i].group == 0
                       ? i
                       : VERB_COUNT;
    return VERB_COUNT;
}

static void run(struct session *session, const struct command *command, int argc, char **argv)
{
    struct workspace workspace;
    struct dbs_input input = {0};
    struct dbs dbs = {.workspace = &workspace, .input = &input};
    size_t verb;
    int number;

    while ((number = options_next(session, command, argc, argv)) != OPTIONS_END) {
        if (number == OPTIONS_STOP)
            return;
        take_option(&input, number);
    }
    dbs.operands = argv + optind + (optind < argc);
    dbs.operand_count = argc - optind - (optind < argc);
    verb = find_verb(optind < argc ? argv[optind] : "status", dbs.operand_count);
    if (verb == VERB_COUNT) {
        output_usage(&session->out, command->name, TEXT_BAD_DBS, argv[optind]);
        return;
    }
    if (!workspace_open(session, 0, &workspace))
        return;
    dbs.json = json_new();
    verbs[verb].run(&dbs);
    json_free(dbs.json);
    workspace_close(&workspace);
}

const struct command command_dbs = {
    "dbs", GROUP_LIMITS, USES_STORE,
    "status [CUSTOMER] | check CUSTOMER SLOT AMOUNT … | adjust CUSTOMER SLOT AMOUNT | audit | orders | export | runs | "
    "result FILE",
    TEXT_DBS_SUMMARY, TEXT_DBS_HELP, options, run,
};
