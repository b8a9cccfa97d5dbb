/* SPDX-License-Identifier: Apache-2.0
 *
 * cmd_bank.c: the bank records of a customer's card: list, add, edit, move, delete.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <mt940connect/customer_card.h>

#include "buffer.h"
#include "invoice_text.h"
#include "record_json.h"
#include "value.h"
#include "workspace.h"

enum {
    BANK_SLOT = OPTION_OWN,
    BANK_CURRENCY,
    BANK_LIMIT,
    BANK_CONTROL,
    BANK_BRANCH, /* the texts, in order of `texts` */
    BANK_BIC,
    BANK_NAME,
    BANK_ACCOUNT,
    BANK_IBAN,
    BANK_CORRESPONDENT,
    BANK_VOEN,
    BANK_EBANKING, /* the marks, in order of `marks` */
    BANK_COLLECTOR,
    BANK_DBS,
    BANK_END
};

static const struct command_option options[] = {
    {"slot", BANK_SLOT, "RECORD", TEXT_OPTION_SLOT},
    {"branch", BANK_BRANCH, "XXXX_YYYYY", TEXT_OPTION_CARD_BRANCH},
    {"bic", BANK_BIC, "BIC", TEXT_OPTION_BIC},
    {"bank-name", BANK_NAME, "NAME", TEXT_OPTION_BANK_NAME},
    {"account", BANK_ACCOUNT, "NUMBER", TEXT_OPTION_ACCOUNT_NUMBER},
    {"iban", BANK_IBAN, "IBAN", TEXT_OPTION_IBAN},
    {"currency", BANK_CURRENCY, "CODE", TEXT_OPTION_RECORD_CURRENCY},
    {"ebanking", BANK_EBANKING, "yes|no", TEXT_OPTION_EBANKING},
    {"collector", BANK_COLLECTOR, "yes|no", TEXT_OPTION_COLLECTOR},
    {"dbs", BANK_DBS, "yes|no", TEXT_OPTION_DBS_ACCOUNT},
    {"limit", BANK_LIMIT, "AMOUNT", TEXT_OPTION_LIMIT},
    {"control", BANK_CONTROL, "CONTROL", TEXT_OPTION_CONTROL},
    {"correspondent-account", BANK_CORRESPONDENT, "NUMBER", TEXT_OPTION_CORRESPONDENT},
    {"voen", BANK_VOEN, "VÖEN", TEXT_OPTION_VOEN},
    {NULL, 0, NULL, TEXT_NONE},
};

static const size_t texts[] = {
    offsetof(struct mt940_customer_bank, branch),    offsetof(struct mt940_customer_bank, bic),
    offsetof(struct mt940_customer_bank, bank_name), offsetof(struct mt940_customer_bank, account),
    offsetof(struct mt940_customer_bank, iban),      offsetof(struct mt940_customer_bank, correspondent_account),
    offsetof(struct mt940_customer_bank, voen),
};

static const size_t marks[] = {
    offsetof(struct mt940_customer_bank, ebanking),
    offsetof(struct mt940_customer_bank, collector),
    offsetof(struct mt940_customer_bank, dbs),
};

static const struct {
    const char *name;
    int32_t verb; /* 0 = only looks */
    int operands;
    enum text done;
} verbs[] = {
    {"list", 0, 2, TEXT_NONE},
    {"add", MT940_CARD_ADD, 2, TEXT_BANK_SAVED},
    {"edit", MT940_CARD_EDIT, 3, TEXT_BANK_SAVED},
    {"move", MT940_CARD_MOVE, 4, TEXT_BANK_SAVED},
    {"delete", MT940_CARD_DELETE, 3, TEXT_BANK_DELETED},
};

#define VERB_COUNT (sizeof verbs / sizeof *verbs)

struct bank {
    struct workspace *workspace;
    struct table *table;
    struct json *json;
    size_t verb;
    const char *values[BANK_END - OPTION_OWN]; /* what was typed, NULL = not said */
    int64_t slot, new_slot;
    void *stored; /* the record an edit begins with */
    struct mt940_view customer;
};

static const char *typed(const struct bank *bank, int option)
{
    return bank->values[option - OPTION_OWN];
}

static int mistake(const struct bank *bank, enum text text, const char *word)
{
    output_usage(&bank->workspace->session->out, "bank", text, word);
    return 0;
}

/* ---- Showing ---- */

static const struct table_column columns[] = {
    {TEXT_COLUMN_SLOT, TABLE_RIGHT},    {TEXT_COLUMN_BANK, TABLE_LEFT},     {TEXT_COLUMN_BRANCH, TABLE_LEFT},
    {TEXT_COLUMN_ACCOUNT, TABLE_LEFT},  {TEXT_COLUMN_IBAN, TABLE_LEFT},     {TEXT_COLUMN_CURRENCY, TABLE_LEFT},
    {TEXT_COLUMN_EBANKING, TABLE_LEFT}, {TEXT_COLUMN_DBS, TABLE_LEFT},      {TEXT_COLUMN_LIMIT, TABLE_RIGHT},
    {TEXT_COLUMN_TOTAL, TABLE_RIGHT},   {TEXT_COLUMN_CONTROL, TABLE_LEFT},  {TEXT_COLUMN_CORRESPONDENT, TABLE_LEFT},
    {TEXT_COLUMN_VOEN, TABLE_LEFT},
};

/* The two Azerbaijani columns stand last: under another legislation they are left away (R60). */
enum { column_count = sizeof columns / sizeof *columns, detail_columns = 2 };

static void add_row(struct bank *bank, const struct mt940_card_result *result)
{
    const struct output *out = &bank->workspace->session->out;
    const struct mt940_customer_bank *record = result->record;
    const char *control = mt940_enum_name(MT940_ENUM_DBS_CONTROL, record->dbs_control, out->language);

    if (bank->table == NULL)
        bank->table = table_new(columns, column_count - (result->details ? 0 : detail_columns));
    table_number(bank->table, record->slot);
    table_view(bank->table, &record->bank_name);
    table_view(bank->table, &record->branch);
    table_view(bank->table, &record->account);
    table_view(bank->table, &record->iban);
    table_view(bank->table, &record->currency);
    table_text(bank->table, text_raw(record->ebanking ? TEXT_YES : TEXT_NO, out->language));
    table_text(bank->table, text_raw(record->dbs ? TEXT_YES : TEXT_NO, out->language));
    table_money(bank->table, out, record->dbs_limit, &record->currency);
    table_money(bank->table, out, record->dbs_total, &record->currency);
    table_text(bank->table, control == NULL ? "?" : control);
    if (result->details) {
        table_view(bank->table, &record->correspondent_account);
        table_view(bank->table, &record->voen);
    }
}

static void write_json(struct bank *bank, const struct mt940_card_result *result)
{
    const struct output *out = &bank->workspace->session->out;

    json_line_begin(bank->json);
    json_word(bank->json, "outcome", outcome_name(result->outcome));
    json_bool(bank->json, "saved", result->saved);
    json_bool(bank->json, "details", result->details);
    record_json(bank->json, "record", MT940_KIND_CUSTOMER_BANK, result->record, bank->workspace->local_currency);
    json_array_begin(bank->json, "notices");
    for (size_t i = 0; i < result->notice_count; i++)
        notice_json(bank->json, out, &result->notices[i]);
    json_array_end(bank->json);
    json_line_end(bank->json);
}

static int take(void *user, const struct mt940_card_result *result)
{
    struct bank *bank = user;
    struct output *out = &bank->workspace->session->out;
    char *customer = value_string(&result->record->customer);
    struct place place = {customer, 0, 0};

    for (size_t i = 0; i < result->notice_count; i++) {
        struct mt940_message_arg args[MT940_DBS_NOTICE_ARGS];

        mt940_dbs_notice_args(&result->notices[i], args);
        output_message(out, &place, result->notices[i].message, args, MT940_DBS_NOTICE_ARGS);
    }
    if (out->json) {
        write_json(bank, result);
    } else if (verbs[bank->verb].verb == 0) {
        add_row(bank, result);
    } else if (result->saved) {
        char number[24], *text;

        snprintf(number, sizeof number, "%lld", (long long)result->record->slot);
        text = TEXT_FORMAT(verbs[bank->verb].done, out->language, number, customer);
        puts(text);
        free(text);
    }
    free(customer);
    return 0;
}

/* ---- What was typed ---- */

static void fill_texts(const struct bank *bank, struct mt940_customer_bank *record)
{
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
        if (typed(bank, BANK_BRANCH + (int)i) != NULL)
            mt940_view_from_string(typed(bank, BANK_BRANCH + (int)i),
                                   (struct mt940_view *)(void *)((char *)record + texts[i]));
}

static int fill_marks(const struct bank *bank, struct mt940_customer_bank *record)
{
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        const char *word = typed(bank, BANK_EBANKING + (int)i);
        int flag = word == NULL ? 0 : value_flag(word);

        if (flag < 0)
            return mistake(bank, TEXT_BAD_FLAG, word);
        if (word != NULL)
            *(int64_t *)(void *)((char *)record + marks[i]) = flag;
    }
    return 1;
}

/* What was said goes over what is stored; 0 = a mistake was reported. */
static int fill(struct bank *bank, struct mt940_customer_bank *record)
{
    const char *word = typed(bank, BANK_CURRENCY);
    char currency[4];

    if (bank->stored != NULL)
        *record = *(const struct mt940_customer_bank *)bank->stored;
    record->customer = bank->customer;
    record->slot = bank->slot;
    fill_texts(bank, record);
    if (word != NULL)
        mt940_view_from_string(word, &record->currency);
    if (word != NULL && (strlen(word) != 3 || mt940_currency_digits(word, 3) < 0))
        return mistake(bank, TEXT_BAD_CURRENCY, word);
    record_currency(MT940_KIND_CUSTOMER_BANK, record, bank->workspace->local_currency, currency);
    word = typed(bank, BANK_LIMIT);
    if (word != NULL && value_amount(word, currency, &record->dbs_limit) != MT940_OK)
        return mistake(bank, TEXT_BAD_AMOUNT, word);
    word = typed(bank, BANK_CONTROL);
    if (word != NULL && value_enum(MT940_ENUM_DBS_CONTROL, word, &record->dbs_control) != MT940_OK)
        return mistake(bank, TEXT_BAD_CONTROL, word);
    return fill_marks(bank, record);
}

static int keep(void *user, const void *record)
{
    struct bank *bank = user;

    if (mt940_record_clone(MT940_KIND_CUSTOMER_BANK, record, NULL, &bank->stored) != MT940_OK)
        memory_out();
    return 0;
}

/* The stored record; that there is none is said by the change itself. */
static int load(struct bank *bank)
{
    struct workspace *workspace = bank->workspace;
    struct mt940_customer_bank key;
    int status;

    memset(&key, 0, sizeof key);
    mt940_view_from_string(workspace->company, &key.company);
    key.customer = bank->customer;
    key.slot = bank->slot;
    status = workspace->store.get(workspace->store.user, MT940_KIND_CUSTOMER_BANK, &key, keep, bank);
    if (status != MT940_OK && status != MT940_E_NOT_FOUND)
        workspace_failed(workspace, status, NULL);
    return status == MT940_OK || status == MT940_E_NOT_FOUND;
}

static void change(struct bank *bank)
{
    struct mt940_card_request request = {.size = sizeof request, .verb = verbs[bank->verb].verb};
    struct mt940_error error = {.size = sizeof error};
    struct mt940_customer_bank record;
    int status;

    memset(&record, 0, sizeof record);
    request.record = &record;
    request.new_slot = bank->new_slot;
    if ((request.verb == MT940_CARD_EDIT && !load(bank)) || !fill(bank, &record))
        return;
    status = mt940_flow_card_change(bank->workspace->flow, &request, take, bank, &error);
    if (status != MT940_OK)
        workspace_failed(bank->workspace, status, &error);
}

static void list(struct bank *bank)
{
    struct mt940_error error = {.size = sizeof error};
    const struct output *out = &bank->workspace->session->out;
    int status = mt940_flow_card(bank->workspace->flow, &bank->customer, take, bank, &error);

    if (status != MT940_OK)
        workspace_failed(bank->workspace, status, &error);
    else if (!out->json && bank->table == NULL)
        puts(text_raw(TEXT_NO_BANK_RECORDS, out->language));
    if (bank->table != NULL)
        table_print(bank->table, out);
    table_free(bank->table);
}

static int read_slot(const struct bank *bank, const char *word, int64_t *slot)
{
    if (word == NULL || (value_number(word, 1, slot) == MT940_OK && *slot <= MT940_CARD_SLOTS))
        return 1;
    return mistake(bank, TEXT_BAD_SLOT, word);
}

static int read_call(struct bank *bank, const struct command *command, int argc, char **argv)
{
    int number, operands;
    const char *verb;

    while ((number = options_next(bank->workspace->session, command, argc, argv)) != OPTIONS_END) {
        if (number == OPTIONS_STOP)
            return 0;
        bank->values[number - OPTION_OWN] = optarg;
    }
    operands = argc - optind;
    verb = operands > 0 ? argv[optind] : "";
    while (bank->verb < VERB_COUNT && strcmp(verbs[bank->verb].name, verb) != 0)
        bank->verb++;
    if (bank->verb == VERB_COUNT || operands != verbs[bank->verb].operands)
        return mistake(bank, TEXT_BAD_BANK, verb);
    mt940_view_from_string(argv[optind + 1], &bank->customer);
    return read_slot(bank, operands > 2 ? argv[optind + 2] : typed(bank, BANK_SLOT), &bank->slot) &&
           read_slot(bank, operands > 3 ? argv[optind + 3] : NULL, &bank->new_slot);
}

static void run(struct session *session, const struct command *command, int argc, char **argv)
{
    struct workspace workspace = {.session = session};
    struct bank bank = {.workspace = &workspace};

    if (!read_call(&bank, command, argc, argv) || !workspace_open(session, 0, &workspace))
        return;
    bank.json = json_new();
    if (verbs[bank.verb].verb == 0)
        list(&bank);
    else
        change(&bank);
    json_free(bank.json);
    mt940_record_free(MT940_KIND_CUSTOMER_BANK, bank.stored, NULL);
    workspace_close(&workspace);
}

const struct command command_bank = {
    "bank", GROUP_LIMITS, USES_STORE, "list|add CUSTOMER | edit|delete CUSTOMER RECORD | move CUSTOMER RECORD NEW",
    TEXT_BANK_SUMMARY, TEXT_BANK_HELP, options, run,
};
