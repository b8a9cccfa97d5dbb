/* SPDX-License-Identifier: Apache-2.0
 *
 * world_invoice.c: the verbs of invoices: new, changed, cancelled, restored, withdrawn.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "mt940connect/schema.h"
#include "world.h"

/* An invoice event on its way: what it is about to write, and what is said about it. */
struct document {
    struct world *world, *before;
    const struct script_line *line;
    int32_t event;
    struct mt940_invoice invoice;
    struct mt940_payment old_rows[LINE_ROWS], new_rows[LINE_ROWS];
    size_t old_count, new_count;
    struct mt940_dbs_notice notices[2 * LINE_ROWS + FEW];
    size_t notice_count;
    struct mt940_dbs_effect effects[FEW];
    size_t effect_count;
};

static const char *const outcome_names[] = {"proceed", "warn", "block"};

void world_say(struct script_answer *answer, int32_t outcome, const struct mt940_dbs_notice *notices, size_t count)
{
    int64_t excess = 0;
    char text[40];

    script_say(answer, "%s", outcome_names[outcome]);
    for (size_t i = 0; i < count; i++) {
        script_say(answer, "%s", mt940_message_name(notices[i].message));
        if (notices[i].excess > excess)
            script_say(answer, "excess=%s", world_text(excess = notices[i].excess, notices[i].currency, text));
    }
}

size_t world_consents(const struct script_line *line, struct mt940_view currency,
                      struct mt940_dbs_consent consents[FEW])
{
    const char *text = script_option(line, "accept", "");
    size_t count = 0;

    for (; *text; count++) {
        size_t length = strcspn(text, ","), name = strcspn(text, ":,");
        char amount[40] = "0";

        memset(&consents[count], 0, sizeof(consents[count]));
        consents[count].message = mt940_message_from_name(text, name);
        if (name < length)
            snprintf(amount, sizeof(amount), "%.*s", (int)(length - name - 1), text + name + 1);
        consents[count].excess = world_money(line, amount, currency);
        text += length + (text[length] == ',');
    }
    return count;
}

static void read_invoice(struct document *document, size_t first_arg)
{
    const struct script_line *line = document->line;
    struct mt940_invoice *invoice = &document->invoice;
    const char *rate = script_option(line, "rate", NULL);

    invoice->currency = world_view(script_option(line, "currency", "TRY"));
    invoice->amount = world_money(line, script_arg(line, first_arg), invoice->currency);
    invoice->date = world_date(line, script_option(line, "date", "2026-07-01"));
    invoice->due_date = world_date(line, script_option(line, "due", NULL));
    invoice->payment_type = world_enum(line, MT940_ENUM_PAYMENT_TYPE, script_option(line, "type", ""));
    if (script_option(line, "returns", NULL))
        invoice->returns = world_view(script_option(line, "returns", NULL));
    if (rate && mt940_decimal_parse(rate, strlen(rate), 8, &invoice->rate) != 0)
        script_fail(line, "%s is no rate", rate);
}

static void make_rows(struct document *document)
{
    struct world *world = document->world;
    const struct script_line *line = document->line;
    struct mt940_dbs_document request = {
        .size = sizeof(request), .company = &world->company, .invoice = &document->invoice,
        .customer = world_customer(world, line, document->invoice.customer), .accounts = world->accounts,
        .account_count = world->account_count, .rates = world->rates, .rate_count = world->rate_count,
        .plan = world->plan, .plan_count = world->plan_count,
        .instalments = atoi(script_option(line, "instalments", "0")),
        .interval_months = atoi(script_option(line, "months", "1")),
        .interval_days = atoi(script_option(line, "days", "0")),
        .bank_account = world_view(script_option(line, "account", "")),
        .branch = world_view(script_option(line, "branch", ""))};

    request.bank_count = world_banks_of(world, document->invoice.customer, &request.banks);
    assert_int_equal(mt940_dbs_rows(&world->policy, &request, document->new_rows, LINE_ROWS, &document->new_count,
                                    document->notices, 2 * LINE_ROWS + 1, &document->notice_count), 0);
    world->plan_count = 0;
    document->invoice.affects_risk = mt940_invoice_affects_risk(document->new_rows, document->new_count);
}

/* The verdict over notices and figures; the figures' notices are added to the others. */
static int32_t decide(struct document *document)
{
    struct world *world = document->world;
    struct mt940_dbs_consent consents[FEW];
    struct mt940_dbs_figure figures[FEW];
    struct mt940_dbs_check check = {
        .size = sizeof(check), .local_currency = world->company.local_currency, .banks = world->banks,
        .bank_count = world->bank_count, .effects = document->effects, .effect_count = document->effect_count,
        .consents = consents, .consent_count = world_consents(document->line, document->invoice.currency, consents)};
    size_t count = document->notice_count;
    int32_t outcome, verdict;

    verdict = mt940_dbs_verdict(document->notices, count, consents, check.consent_count);
    if (verdict == MT940_DBS_BLOCK)
        return verdict; /* figures of rows that cannot be written say nothing */
    assert_int_equal(mt940_dbs_decide(&check, figures, FEW, &count, &outcome), 0);
    for (size_t i = 0; i < count; i++)
        document->notice_count += (size_t)mt940_dbs_figure_notice(&figures[i],
                                                                  &document->notices[document->notice_count]);
    return outcome > verdict ? outcome : verdict;
}

static void remove_rows(struct world *world, struct mt940_view invoice)
{
    size_t kept = 0;

    for (size_t i = 0; i < world->row_count; i++)
        if (!mt940_view_equal(&world->rows[i].invoice, &invoice))
            world->rows[kept++] = world->rows[i];
    world->row_count = kept;
}

static void write(struct document *document)
{
    struct world *world = document->world;
    struct mt940_invoice *stored = world_invoice(world, NULL, document->invoice.number);

    if (!stored)
        stored = &world->invoices[world->invoice_count++];
    *stored = document->invoice;
    remove_rows(world, document->invoice.number);
    assert_true(world->row_count + document->new_count <= MANY && world->invoice_count < MANY);
    for (size_t i = 0; i < document->new_count; i++)
        world->rows[world->row_count++] = document->new_rows[i];
    world_apply(world, document->effects, document->effect_count, document->invoice.number);
}

/* Decision 28: a return closes the open rows of the invoice it names. */
static void close_returned(struct document *document)
{
    struct world *world = document->world;
    static struct mt940_payment rows[MANY];
    struct mt940_closing closings[LINE_ROWS];

    for (size_t i = 0; i < document->new_count && document->invoice.returns.length > 0; i++) {
        struct mt940_payment *credit = world_row(world, document->invoice.number, (int64_t)i + 1);
        struct mt940_closing_plan plan = {.size = sizeof(plan)};
        const struct mt940_closing_request request = {
            .size = sizeof(request), .slip = credit->invoice, .line = credit->line, .customer = credit->customer,
            .currency = credit->currency, .amount = credit->paid - credit->amount, .slot = credit->slot,
            .dbs = credit->type == MT940_PAYMENT_TYPE_DBS, .is_return = 1, .value_date = credit->due_date,
            .invoices = &document->invoice.returns, .invoice_count = 1};
        size_t count = world_open_rows(world, credit->customer, rows);

        assert_int_equal(mt940_closing_plan_make(&world->policy, &request, rows, count, closings, LINE_ROWS, &plan), 0);
        world_close(world, closings, plan.count);
        credit->paid -= plan.closed;
    }
}

/* Takes back what a return closed, on both sides. */
static void reopen_returned(struct document *document)
{
    struct world *world = document->world;

    for (size_t i = 0; i < world->row_count; i++) {
        struct mt940_payment *credit = &world->rows[i];
        const struct world_payer payer = {credit->invoice, -credit->dbs_amount, -credit->amount};

        if (credit->amount >= 0 || !mt940_view_equal(&credit->invoice, &document->invoice.number))
            continue;
        world_reopen(world, &payer, document->effects, &document->effect_count);
        credit->paid = credit->opening_paid;
    }
}

/* Decides and, if nothing stands against it, writes; otherwise the world is as it was. */
static void finish(struct document *document, struct script_answer *answer)
{
    int32_t outcome;

    assert_int_equal(mt940_dbs_effects_of_invoice(document->event, document->old_rows, document->old_count,
                                                  document->new_rows, document->new_count, document->effects, FEW,
                                                  &document->effect_count), 0);
    outcome = decide(document);
    world_say(answer, outcome, document->notices, document->notice_count);
    if (outcome != MT940_DBS_PROCEED) {
        memcpy(document->world, document->before, sizeof(*document->before));
        document->world->plan_count = 0;
    } else {
        write(document);
        if (document->invoice.kind == MT940_INVOICE_KIND_SALE_RETURN && document->event != MT940_DBS_EVENT_OPENING &&
            document->invoice.state == MT940_DOCUMENT_STATE_ACTIVE)
            close_returned(document);
    }
    free(document->before);
    free(document);
}

static struct document *begin(struct world *world, const struct script_line *line, int32_t event)
{
    struct document *document = calloc(1, sizeof(*document));

    assert_non_null(document);
    document->world = world;
    document->before = malloc(sizeof(*world));
    assert_non_null(document->before);
    memcpy(document->before, world, sizeof(*world));
    document->line = line;
    document->event = event;
    return document;
}

static void add(struct world *world, const struct script_line *line, struct script_answer *answer, int32_t event)
{
    struct document *document = begin(world, line, event);

    document->invoice.number = world_view(script_arg(line, 0));
    document->invoice.customer = world_view(script_arg(line, 1));
    document->invoice.kind = world_enum(line, MT940_ENUM_INVOICE_KIND, script_arg(line, 2));
    if (world_invoice(world, NULL, document->invoice.number))
        script_fail(line, "the invoice is there already");
    read_invoice(document, 3);
    make_rows(document);
    finish(document, answer);
}

WORLD_VERB(verb_invoice)
{
    add(world, line, answer, MT940_DBS_EVENT_INVOICE);
}

WORLD_VERB(verb_opening)
{
    add(world, line, answer, MT940_DBS_EVENT_OPENING);
}

/* The paid parts of the old rows bind the new ones; `to` NULL for a cancellation. */
static void carry(struct document *document, struct mt940_payment *to, size_t count)
{
    size_t refused = 0;

    assert_int_equal(mt940_dbs_rows_carry(document->old_rows, document->old_count, to, count,
                                          &document->notices[document->notice_count], &refused), 0);
    document->notice_count += refused;
}

/* What a return closed is undone with the event, and done again if it stays. */
static struct document *begin_old(struct world *world, const struct script_line *line, int32_t event)
{
    struct document *document = begin(world, line, event);

    document->invoice = *world_invoice(world, line, world_view(script_arg(line, 0)));
    if (document->invoice.kind == MT940_INVOICE_KIND_SALE_RETURN)
        reopen_returned(document);
    document->old_count = world_rows_of(world, document->invoice.number, document->old_rows);
    return document;
}

WORLD_VERB(verb_change)
{
    struct document *document = begin_old(world, line, MT940_DBS_EVENT_INVOICE_CHANGE);

    read_invoice(document, 1);
    make_rows(document);
    carry(document, document->new_rows, document->new_count);
    finish(document, answer);
}

static void set_state(struct document *document, int64_t state)
{
    memcpy(document->new_rows, document->old_rows, sizeof(document->new_rows));
    document->new_count = document->old_count;
    document->invoice.state = state;
    for (size_t i = 0; i < document->new_count; i++)
        document->new_rows[i].state = state;
}

WORLD_VERB(verb_cancel)
{
    struct document *document = begin_old(world, line, MT940_DBS_EVENT_INVOICE_CANCEL);

    carry(document, NULL, 0);
    set_state(document, MT940_DOCUMENT_STATE_CANCELLED);
    finish(document, answer);
}

WORLD_VERB(verb_restore)
{
    struct document *document = begin_old(world, line, MT940_DBS_EVENT_INVOICE_RESTORE);

    set_state(document, MT940_DOCUMENT_STATE_ACTIVE);
    finish(document, answer);
}

WORLD_VERB(verb_withdraw)
{
    struct document *document = begin_old(world, line, MT940_DBS_EVENT_WITHDRAWN);
    int64_t type = world_enum(line, MT940_ENUM_PAYMENT_TYPE, script_option(line, "type", "transfer")), delta;

    set_state(document, document->invoice.state);
    for (size_t i = 0; i < document->new_count; i++)
        assert_int_equal(mt940_dbs_row_withdraw(&document->new_rows[i], type, &delta), 0);
    document->invoice.payment_type = type;
    document->invoice.affects_risk = mt940_invoice_affects_risk(document->new_rows, document->new_count);
    finish(document, answer);
}
