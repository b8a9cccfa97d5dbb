/* SPDX-License-Identifier: Apache-2.0
 *
 * cmd_invoice.c: invoices and their DBS limits: add, change, return, cancel, restore, withdraw.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "buffer.h"
#include "invoice_input.h"
#include "invoice_text.h"
#include "record_json.h"
#include "value.h"

static const struct {
    const char *name;
    int32_t verb;  /* 0 = only looks */
    int needs_amount;
    enum text done;
} verbs[] = {
    {"add", MT940_INVOICE_ADD, 1, TEXT_INVOICE_SAVED},
    {"return", MT940_INVOICE_ADD, 1, TEXT_INVOICE_SAVED},
    {"change", MT940_INVOICE_CHANGE, 0, TEXT_INVOICE_CHANGED},
    {"cancel", MT940_INVOICE_CANCEL, 0, TEXT_INVOICE_CANCELLED},
    {"restore", MT940_INVOICE_RESTORE, 0, TEXT_INVOICE_RESTORED},
    {"withdraw", MT940_INVOICE_WITHDRAW, 0, TEXT_INVOICE_WITHDRAWN},
    {"show", 0, 0, TEXT_NONE},
    {"list", 0, 0, TEXT_NONE},
};

#define VERB_COUNT (sizeof verbs / sizeof *verbs)

/* A stored invoice with its rows, kept for a change or for showing. */
struct stored {
    struct mt940_invoice *invoice;
    void **rows;
    size_t row_count;
};

struct work {
    struct workspace *workspace;
    struct json *json;
    const char *number;
    size_t verb;
};

static int take_invoice(void *user, const void *record)
{
    struct stored *stored = user;
    void *copy;

    if (mt940_record_clone(MT940_KIND_INVOICE, record, NULL, &copy) != MT940_OK)
        memory_out();
    stored->invoice = copy;
    return 0;
}

static int take_row(void *user, const void *record)
{
    struct stored *stored = user;

    stored->rows = memory_resize(stored->rows, (stored->row_count + 1) * sizeof *stored->rows);
    if (mt940_record_clone(MT940_KIND_PAYMENT, record, NULL, &stored->rows[stored->row_count]) != MT940_OK)
        memory_out();
    stored->row_count++;
    return 0;
}

static void stored_free(struct stored *stored)
{
    for (size_t i = 0; i < stored->row_count; i++)
        mt940_record_free(MT940_KIND_PAYMENT, stored->rows[i], NULL);
    free(stored->rows);
    mt940_record_free(MT940_KIND_INVOICE, stored->invoice, NULL);
    memset(stored, 0, sizeof *stored);
}

static void unknown_invoice(struct output *out, const char *number)
{
    struct mt940_message_arg arg = {.name = "invoice", .type = MT940_ARG_TEXT};
    struct place place = {number, 0, 0};

    mt940_view_from_string(number, &arg.text);
    output_message(out, &place, MT940_M_UNKNOWN_INVOICE, &arg, 1);
}

/* 0 = there is no such invoice, or the store failed; it was said. */
static int load(struct work *work, struct stored *stored)
{
    struct workspace *workspace = work->workspace;
    struct mt940_error error = {.size = sizeof error};
    struct mt940_invoice key;
    int status;

    memset(&key, 0, sizeof key);
    mt940_view_from_string(workspace->company, &key.company);
    mt940_view_from_string(work->number, &key.number);
    status = workspace->store.get(workspace->store.user, MT940_KIND_INVOICE, &key, take_invoice, stored);
    if (status == MT940_OK)
        status = mt940_flow_invoice_rows(workspace->flow, &key.number, take_row, stored, &error);
    if (status == MT940_E_NOT_FOUND)
        unknown_invoice(&workspace->session->out, work->number);
    else if (status != MT940_OK)
        workspace_failed(workspace, status, &error);
    return status == MT940_OK;
}

/* A change that says nothing about its rows keeps them; with another amount there must be one. */
static int keep_rows(struct work *work, const struct stored *stored, const struct invoice_input *input,
                     struct invoice_draft *draft)
{
    size_t active = 0;

    if (input->row_count > 0 || input->instalments != NULL)
        return 1;
    draft->plan = memory_zeroed(stored->row_count, sizeof *draft->plan);
    for (size_t i = 0; i < stored->row_count; i++) {
        const struct mt940_payment *row = stored->rows[i];
        struct mt940_dbs_plan_line *line;

        if (row->state != MT940_DOCUMENT_STATE_ACTIVE)
            continue;
        line = &draft->plan[active++];
        line->type = input->type == NULL ? (int32_t)row->type : 0;
        line->bank_account = input->account == NULL ? row->bank_account : (struct mt940_view){NULL, 0};
        line->branch = input->branch == NULL ? row->branch : (struct mt940_view){NULL, 0};
        line->due_date = input->due == NULL ? row->due_date : (struct mt940_date){0, 0, 0};
        line->amount = row->amount < 0 ? -row->amount : row->amount;
        if (input->amount != NULL)
            line->share = 1; /* takes the new amount whole */
    }
    if (active > 1 && input->amount != NULL) {
        output_usage(&work->workspace->session->out, "invoice", TEXT_CHANGE_NEEDS_ROWS, work->number);
        return 0;
    }
    draft->request.plan_count = active;
    return 1;
}

static int take_result(void *user, const struct mt940_invoice_result *result)
{
    struct work *work = user;
    struct output *out = &work->workspace->session->out;

    invoice_notices(out, work->number, result);
    if (out->json)
        invoice_json(work->json, out, result, work->workspace->local_currency);
    else
        invoice_print(out, result);
    if (result->saved && !out->json) {
        char *text = TEXT_FORMAT(verbs[work->verb].done, out->language, work->number);

        puts(text);
        free(text);
    }
    /* What asks is not saved: scripts must see that. */
    if (result->outcome != MT940_DBS_PROCEED && out->errors == 0)
        out->errors = 1;
    return 0;
}

static int is_complete(struct work *work, const struct invoice_input *input)
{
    struct output *out = &work->workspace->session->out;

    if (verbs[work->verb].needs_amount && (input->customer == NULL || input->amount == NULL)) {
        output_usage(out, "invoice", TEXT_INVOICE_INCOMPLETE, NULL);
        return 0;
    }
    return 1;
}

static void carry_out(struct work *work, const struct invoice_input *input)
{
    struct workspace *workspace = work->workspace;
    struct mt940_error error = {.size = sizeof error};
    struct invoice_draft draft;
    struct stored stored;
    int good = is_complete(work, input), status;

    memset(&draft, 0, sizeof draft);
    memset(&stored, 0, sizeof stored);
    draft.invoice.kind = strcmp(verbs[work->verb].name, "return") == 0 ? MT940_INVOICE_KIND_SALE_RETURN
                                                                       : MT940_INVOICE_KIND_SALE;
    if (good && verbs[work->verb].verb == MT940_INVOICE_CHANGE) {
        good = load(work, &stored) && keep_rows(work, &stored, input, &draft);
        if (good)
            draft.invoice = *stored.invoice;
    }
    mt940_view_from_string(work->number, &draft.invoice.number);
    draft.invoice.payment_type = verbs[work->verb].verb == MT940_INVOICE_WITHDRAW ? MT940_PAYMENT_TYPE_TRANSFER
                                                                                  : draft.invoice.payment_type;
    if (good && invoice_draft_fill(&draft, input, workspace)) {
        draft.request.verb = verbs[work->verb].verb;
        status = mt940_flow_invoice(workspace->flow, &draft.request, take_result, work, &error);
        if (status != MT940_OK)
            workspace_failed(workspace, status, &error);
    }
    invoice_draft_free(&draft);
    stored_free(&stored);
}

static void show(struct work *work)
{
    const struct output *out = &work->workspace->session->out;
    struct mt940_payment *rows;
    struct stored stored;

    memset(&stored, 0, sizeof stored);
    if (load(work, &stored)) {
        rows = memory_zeroed(stored.row_count, sizeof *rows);
        for (size_t i = 0; i < stored.row_count; i++)
            rows[i] = *(const struct mt940_payment *)stored.rows[i];
        if (out->json) {
            struct mt940_invoice_result result = {.size = sizeof result, .invoice = stored.invoice, .rows = rows,
                                                  .row_count = stored.row_count};

            invoice_json(work->json, out, &result, work->workspace->local_currency);
        } else {
            invoice_print_rows(out, rows, stored.row_count);
        }
        free(rows);
    }
    stored_free(&stored);
}

struct listing {
    struct work *work;
    struct table *table;
};

static int take_listed(void *user, const void *record)
{
    const struct mt940_invoice *invoice = record;
    const struct listing *listing = user;
    const struct work *work = listing->work;
    const struct output *out = &work->workspace->session->out;
    const char *kind, *type, *state;

    if (out->json) {
        struct mt940_invoice_result result = {.size = sizeof result, .invoice = invoice};

        invoice_json(work->json, out, &result, work->workspace->local_currency);
        return 0;
    }
    kind = mt940_enum_name(MT940_ENUM_INVOICE_KIND, invoice->kind, out->language);
    type = mt940_enum_name(MT940_ENUM_PAYMENT_TYPE, invoice->payment_type, out->language);
    state = mt940_enum_name(MT940_ENUM_DOCUMENT_STATE, invoice->state, out->language);
    table_view(listing->table, &invoice->number);
    table_view(listing->table, &invoice->customer);
    table_text(listing->table, kind == NULL ? "?" : kind);
    table_date(listing->table, out, &invoice->date);
    table_date(listing->table, out, &invoice->due_date);
    table_money(listing->table, out, invoice->amount, &invoice->currency);
    table_view(listing->table, &invoice->currency);
    table_text(listing->table, type == NULL ? "" : type);
    table_text(listing->table, text_raw(invoice->affects_risk ? TEXT_YES : TEXT_NO, out->language));
    table_text(listing->table, state == NULL ? "?" : state);
    return 0;
}

static void list(struct work *work, const char *customer)
{
    static const struct table_column columns[] = {
        {TEXT_COLUMN_INVOICE, TABLE_LEFT},   {TEXT_COLUMN_CUSTOMER, TABLE_LEFT}, {TEXT_COLUMN_KIND, TABLE_LEFT},
        {TEXT_COLUMN_DATE, TABLE_LEFT},      {TEXT_COLUMN_DUE_DATE, TABLE_LEFT}, {TEXT_COLUMN_AMOUNT, TABLE_RIGHT},
        {TEXT_COLUMN_CURRENCY, TABLE_LEFT},  {TEXT_COLUMN_PAYMENT_TYPE, TABLE_LEFT},
        {TEXT_COLUMN_RISK, TABLE_LEFT},      {TEXT_COLUMN_STATE, TABLE_LEFT},
    };
    struct listing listing = {work, table_new(columns, sizeof columns / sizeof *columns)};
    struct mt940_error error = {.size = sizeof error};
    const struct output *out = &work->workspace->session->out;
    struct mt940_view view;
    int status;

    mt940_view_from_string(customer, &view);
    status = mt940_flow_invoices(work->workspace->flow, customer == NULL ? NULL : &view, take_listed, &listing,
                                 &error);
    if (status != MT940_OK)
        workspace_failed(work->workspace, status, &error);
    else if (!out->json && !table_has_rows(listing.table))
        puts(text_raw(TEXT_NO_INVOICES, out->language));
    table_print(listing.table, out);
    table_free(listing.table);
}

/* Reads verb, number and options; 0 = a mistake was reported. */
static int read_call(struct session *session, const struct command *command, int argc, char **argv,
                     struct work *work, struct invoice_input *input)
{
    const char *verb;
    int number;

    while ((number = options_next(session, command, argc, argv)) != OPTIONS_END)
        if (number == OPTIONS_STOP || !invoice_input_option(input, session, command, number))
            return 0;
    verb = optind < argc ? argv[optind] : "list";
    while (work->verb < VERB_COUNT && strcmp(verbs[work->verb].name, verb) != 0)
        work->verb++;
    if (work->verb == VERB_COUNT) {
        output_usage(&session->out, command->name, TEXT_BAD_INVOICE_VERB, verb);
        return 0;
    }
    number = strcmp(verb, "list") == 0 ? 1 : 2;
    if (argc - optind > number || (number == 2 && argc - optind < 2)) {
        output_usage(&session->out, command->name, TEXT_NEEDS_INVOICE, NULL);
        return 0;
    }
    work->number = number == 2 ? argv[optind + 1] : NULL;
    return 1;
}

static void run(struct session *session, const struct command *command, int argc, char **argv)
{
    struct workspace workspace;
    struct work work = {.workspace = &workspace};
    struct invoice_input input;

    memset(&input, 0, sizeof input);
    if (read_call(session, command, argc, argv, &work, &input) && workspace_open(session, 0, &workspace)) {
        work.json = json_new();
        if (verbs[work.verb].verb != 0)
            carry_out(&work, &input);
        else if (work.number != NULL)
            show(&work);
        else
            list(&work, input.customer);
        json_free(work.json);
        workspace_close(&workspace);
    }
    invoice_input_free(&input);
}

const struct command command_invoice = {
    "invoice", GROUP_LIMITS, USES_STORE, "add|change|return|cancel|restore|withdraw|show NUMBER … | list",
    TEXT_INVOICE_SUMMARY, TEXT_INVOICE_HELP, invoice_options, run,
};
