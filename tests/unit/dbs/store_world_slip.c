/* SPDX-License-Identifier: Apache-2.0
 *
 * store_world_slip.c: payments and look-ups on the store. A collected line is written by hand,
 * as the saving of a statement would; undoing and marking are the flow's.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "mt940connect/schema.h"
#include "store_world.h"

/* A batch in the making. */
struct writing {
    struct mt940_change changes[STORED_MOST];
    size_t count;
};

static void put(struct writing *writing, int32_t op, int32_t kind, const void *record, int64_t revision)
{
    assert_true(writing->count < STORED_MOST);
    writing->changes[writing->count++] = (struct mt940_change){
        .size = sizeof(struct mt940_change), .op = op, .kind = kind, .record = record, .revision = revision};
}

static int by_key(const void *a, const void *b)
{
    return mt940_change_compare(a, b);
}

static void apply(struct store_world *world, struct writing *writing, struct mt940_view key)
{
    const struct mt940_action action = {.company = {"1", 1}, .key = key, .verb = {"save", 4}, .actor = {"tester", 6}};
    struct mt940_batch batch = {sizeof(batch), &action, writing->changes, writing->count};
    struct mt940_batch_result result = {.size = sizeof(result)};
    int status, tries = 0;

    qsort(writing->changes, writing->count, sizeof(writing->changes[0]), by_key);
    do {
        status = world->front.apply(world->front.user, &batch, 1, &result);
        tries++;
    } while (store_trouble_again(world, status));
    assert_int_equal(status, 0);
    assert_true(result.outcome == MT940_APPLIED || (result.outcome == MT940_ALREADY && tries > 1));
}

static void scan_banks(struct store_world *world, struct mt940_view customer, struct stored *out)
{
    const struct mt940_customer_bank from = {.company = {"1", 1}, .customer = customer};

    store_world_scan(world, MT940_KIND_CUSTOMER_BANK, 0, customer.length > 0 ? 2 : 1, &from, out);
}

static void scan_rows(struct store_world *world, struct mt940_view customer, struct stored *out)
{
    const struct mt940_payment from = {.company = {"1", 1}, .customer = customer};

    store_world_scan(world, MT940_KIND_PAYMENT, MT940_PAYMENT_BY_CUSTOMER, 2, &from, out);
}

/* The structs one after the other; their texts stay with the copies. */
static void *flatten(const struct stored *stored)
{
    size_t size = mt940_kind_info(stored->kind)->struct_size;
    char *array = malloc((stored->count + 1) * size);

    assert_non_null(array);
    for (size_t i = 0; i < stored->count; i++)
        memcpy(array + i * size, stored->records[i], size);
    return array;
}

/* What a fact from the bank makes a total say (decision 26). */
static void say_totals(struct store_world *world, const struct stored *before, struct script_answer *answer)
{
    struct stored after;

    scan_banks(world, store_world_view(""), &after);
    assert_int_equal(before->count, after.count);
    for (size_t i = 0; i < after.count; i++) {
        const struct mt940_customer_bank *old = before->records[i], *bank = after.records[i];

        if (bank->dbs_total > old->dbs_total && bank->dbs_total > bank->dbs_limit &&
            bank->dbs_control != MT940_DBS_CONTROL_PROCEED)
            script_say(answer, "OVER_LIMIT");
        if (bank->dbs_total < old->dbs_total && bank->dbs_total < 0)
            script_say(answer, "TOTAL_NEGATIVE");
    }
    store_world_free(&after);
}

static struct mt940_slip_line new_line(struct store_world *world, const struct script_line *line)
{
    const char *rate = script_option(line, "rate", NULL), *currency = script_option(line, "currency", NULL);
    struct mt940_slip_line out = {.company = {"1", 1}, .slip = store_world_view(script_arg(line, 0)), .line = 1,
                                  .customer = store_world_view(script_arg(line, 1)), .side = MT940_ENTRY_SIDE_CREDIT,
                                  .kind = MT940_LINE_KIND_CUSTOMER};

    out.currency = currency ? store_world_view(currency) : world->local;
    out.amount = store_world_money(line, script_arg(line, 2), out.currency);
    out.value_date = store_world_date(line, script_option(line, "value", "2026-07-15"));
    if (rate && mt940_decimal_parse(rate, strlen(rate), 8, &out.rate) != 0)
        script_fail(line, "%s is no rate", rate);
    return out;
}

static size_t read_names(const char *text, struct mt940_view names[64])
{
    size_t count = 0;

    for (; *text; count++) {
        names[count] = (struct mt940_view){text, strcspn(text, ",")};
        text += names[count].length;
        text += *text == ',';
    }
    return count;
}

static int32_t read_mark(const struct script_line *line)
{
    const char *text = script_option(line, "mark", "");

    if (*text == '\0')
        return MT940_DBS_MARK_NOT_CHOSEN;
    return strcmp(text, "yes") == 0 ? MT940_DBS_MARK_YES : MT940_DBS_MARK_NO;
}

static void say_settled(struct script_answer *answer, const struct mt940_slip_line *line,
                        const struct mt940_closing *closings, const struct mt940_closing_plan *plan)
{
    static const char *const rules[] = {"none", "invoice", "exact", "fifo"};
    char text[40];

    script_say(answer, "dbs=%d slot=%d rule=%s rest=%s closes=%s", (int)line->dbs, (int)line->dbs_slot,
               rules[plan->rule], store_world_text(plan->rest, line->currency, text),
               plan->count > 0 ? "some" : "nothing");
    for (size_t i = 0; i < plan->count; i++)
        script_say(answer, "%.*s/%d:%s", (int)closings[i].invoice.length, closings[i].invoice.data,
                   (int)closings[i].payment, store_world_text(closings[i].amount, closings[i].currency, text));
}

static void write_line(struct store_world *world, const char *account, const struct mt940_slip_line *line,
                       struct mt940_payment *rows, size_t row_count, const struct mt940_closing *closings,
                       size_t closing_count)
{
    static struct writing writing;
    const struct mt940_slip slip = {.company = {"1", 1}, .id = line->slip, .type = MT940_SLIP_TYPE_INCOMING_TRANSFER,
                                    .bank_account = store_world_view(account), .date = line->value_date};
    const struct mt940_customer_bank bank = {.company = {"1", 1}, .customer = line->customer, .slot = line->dbs_slot};
    const struct mt940_journal journal = {.event = MT940_DBS_EVENT_COLLECTION, .document = line->slip,
                                          .currency = line->dbs_currency};

    writing.count = 0;
    put(&writing, MT940_PUT_NEW, MT940_KIND_SLIP, &slip, 0);
    put(&writing, MT940_PUT_NEW, MT940_KIND_SLIP_LINE, line, 0);
    if (line->dbs && line->dbs_slot) {
        put(&writing, MT940_TOTAL_ADD, MT940_KIND_CUSTOMER_BANK, &bank, 0);
        writing.changes[writing.count - 1].delta = -line->dbs_amount;
        writing.changes[writing.count - 1].journal = &journal;
    }
    for (size_t i = 0; i < closing_count; i++)
        put(&writing, MT940_PUT_NEW, MT940_KIND_CLOSING, &closings[i], 0);
    for (size_t i = 0; i < row_count; i++) {
        bool closed = false;

        for (size_t j = 0; j < closing_count; j++) {
            if (closings[j].payment == rows[i].line && mt940_view_equal(&closings[j].invoice, &rows[i].invoice)) {
                assert_int_equal(mt940_closing_apply(&closings[j], &rows[i]), 0);
                closed = true;
            }
        }
        if (closed)
            put(&writing, MT940_PUT_IF, MT940_KIND_PAYMENT, &rows[i], rows[i].revision);
    }
    apply(world, &writing, line->slip);
}

static struct mt940_view branch_of(struct store_world *world, const char *code, struct stored *account)
{
    const struct mt940_bank_account key = {.company = {"1", 1}, .code = store_world_view(code)};

    store_world_get(world, MT940_KIND_BANK_ACCOUNT, &key, account);
    return account->count > 0 ? ((struct mt940_bank_account *)account->records[0])->branch : store_world_view("");
}

STORE_VERB(stored_collect)
{
    static struct mt940_closing closings[STORED_MOST];
    static struct stored banks, rows, account, before;
    struct store_world *w = world;
    struct mt940_view names[64];
    struct mt940_company company = {.local_currency = w->local};
    struct mt940_slip_line slip_line = new_line(w, line);
    struct mt940_closing_plan plan = {.size = sizeof(plan)};
    struct mt940_dbs_notice notices[MT940_DBS_SETTLEMENT_NOTICES];
    struct mt940_dbs_settlement settlement = {
        .size = sizeof(settlement), .company = &company, .rates = w->rates, .rate_count = w->rate_count,
        .account_branch = branch_of(w, script_option(line, "account", ""), &account),
        .chosen_branch = store_world_view(script_option(line, "branch", "")),
        .matched_slot = atoi(script_option(line, "matched", "0")), .invoices = names,
        .invoice_count = read_names(script_option(line, "names", ""), names),
        .recognised = strcmp(script_option(line, "dbs", "no"), "yes") == 0, .chosen = read_mark(line),
        .outgoing = strcmp(script_option(line, "direction", "in"), "out") == 0};
    struct mt940_payment *row_array;
    size_t notice_count;

    scan_banks(w, store_world_view(""), &before);
    scan_banks(w, slip_line.customer, &banks);
    scan_rows(w, slip_line.customer, &rows);
    settlement.banks = flatten(&banks);
    settlement.bank_count = banks.count;
    settlement.rows = row_array = flatten(&rows);
    settlement.row_count = rows.count;
    assert_int_equal(mt940_dbs_line_settle(&w->policy, &settlement, &slip_line, closings, STORED_MOST, &plan, notices,
                                           &notice_count), 0);
    say_settled(answer, &slip_line, closings, &plan);
    for (size_t i = 0; i < notice_count; i++)
        script_say(answer, "%s", mt940_message_name(notices[i].message));
    if (mt940_dbs_verdict(notices, notice_count, NULL, 0) == MT940_DBS_PROCEED)
        write_line(w, script_option(line, "account", ""), &slip_line, row_array, rows.count, closings, plan.count);
    say_totals(w, &before, answer);
    free((void *)(uintptr_t)settlement.banks);
    free(row_array);
    store_world_free(&banks);
    store_world_free(&rows);
    store_world_free(&account);
    store_world_free(&before);
}

STORE_VERB(stored_undo)
{
    static struct stored before;
    struct store_world *w = world;
    struct mt940_view slip = store_world_view(script_arg(line, 0));
    int32_t message = 0;
    int status;

    scan_banks(w, store_world_view(""), &before);
    do
        status = mt940_flow_slip_cancel(w->flow, &slip, &message, NULL);
    while (store_trouble_again(w, status));
    assert_int_equal(status, 0);
    if (message != MT940_M_SLIP_CANCELLED)
        script_say(answer, "%s", mt940_message_name(message));
    say_totals(w, &before, answer);
    store_world_free(&before);
}

STORE_VERB(stored_mark)
{
    static struct stored before, after;
    struct store_world *w = world;
    struct mt940_view slip = store_world_view(script_arg(line, 0));
    int changed = 0, status;
    int32_t message = 0;

    scan_banks(w, store_world_view(""), &before);
    do
        status = mt940_flow_slip_mark(w->flow, &slip, strcmp(script_arg(line, 1), "on") == 0, &message, NULL);
    while (store_trouble_again(w, status));
    assert_int_equal(status, 0);
    scan_banks(w, store_world_view(""), &after);
    for (size_t i = 0; i < after.count; i++)
        changed |= ((struct mt940_customer_bank *)before.records[i])->dbs_total !=
                   ((struct mt940_customer_bank *)after.records[i])->dbs_total;
    if (!changed)
        script_say(answer, "unchanged");
    say_totals(w, &before, answer);
    store_world_free(&before);
    store_world_free(&after);
}

static const struct mt940_customer_bank *get_bank(struct store_world *world, const struct script_line *line,
                                                  struct stored *found)
{
    const struct mt940_customer_bank key = {.company = {"1", 1}, .customer = store_world_view(script_arg(line, 0)),
                                            .slot = atoi(script_arg(line, 1))};

    store_world_get(world, MT940_KIND_CUSTOMER_BANK, &key, found);
    if (found->count == 0)
        script_fail(line, "there is no such record");
    return found->records[0];
}

STORE_VERB(stored_total)
{
    static struct stored found;
    struct store_world *w = world;
    const struct mt940_customer_bank *bank = get_bank(w, line, &found);
    char text[40];

    script_say(answer, "%s", store_world_text(bank->dbs_total, bank->currency.length > 0 ? bank->currency : w->local,
                                              text));
    store_world_free(&found);
}

STORE_VERB(stored_limit)
{
    static struct stored found;
    struct store_world *w = world;
    const struct mt940_customer_bank *bank = get_bank(w, line, &found);
    int64_t available = 0;
    int32_t parts = 0;
    char text[40];

    assert_int_equal(mt940_dbs_available(bank, &available), 0);
    script_say(answer, "available=%s", store_world_text(available, w->local, text));
    if (mt940_dbs_utilisation(bank, &parts) == 0)
        script_say(answer, "utilisation=%d.%02d%%", (int)(parts / 100), (int)(parts % 100));
    store_world_free(&found);
}

STORE_VERB(stored_row)
{
    static struct stored found;
    const struct mt940_payment key = {.company = {"1", 1}, .invoice = store_world_view(script_arg(line, 0)),
                                      .line = atoi(script_arg(line, 1))};
    const struct mt940_payment *row;
    char amount[40], open[40], date[11] = "";

    store_world_get(world, MT940_KIND_PAYMENT, &key, &found);
    if (found.count == 0) {
        script_say(answer, "none");
        return;
    }
    row = found.records[0];
    mt940_date_format(&row->due_date, date);
    script_say(answer, "amount=%s open=%s due=%s type=%s slot=%d branch=%.*s account=%.*s state=%s affects=%d",
               store_world_text(row->amount, row->currency, amount),
               store_world_text(row->amount - row->paid, row->currency, open), date,
               mt940_enum_name(MT940_ENUM_PAYMENT_TYPE, row->type, "en"), (int)row->slot, (int)row->branch.length,
               row->branch.data, (int)row->bank_account.length, row->bank_account.data,
               mt940_enum_name(MT940_ENUM_DOCUMENT_STATE, row->state, "en"), (int)mt940_payment_affects_risk(row));
    store_world_free(&found);
}

STORE_VERB(stored_flag)
{
    static struct stored found;
    const struct mt940_invoice key = {.company = {"1", 1}, .number = store_world_view(script_arg(line, 0))};

    store_world_get(world, MT940_KIND_INVOICE, &key, &found);
    if (found.count == 0)
        script_fail(line, "there is no such invoice");
    script_say(answer, "%d", (int)((struct mt940_invoice *)found.records[0])->affects_risk);
    store_world_free(&found);
}

STORE_VERB(stored_risk)
{
    static struct stored rows;
    struct store_world *w = world;
    const char *currency = script_option(line, "currency", NULL);
    struct mt940_view unit = currency ? store_world_view(currency) : w->local;
    struct mt940_risk risk = {.size = sizeof(risk)};
    char dbs[40], ordinary[40];
    void *array;

    scan_rows(w, store_world_view(script_arg(line, 0)), &rows);
    array = flatten(&rows);
    assert_int_equal(mt940_risk_sum(array, rows.count, &unit, &risk), 0);
    script_say(answer, "dbs=%s ordinary=%s", store_world_text(risk.dbs, unit, dbs),
               store_world_text(risk.ordinary, unit, ordinary));
    free(array);
    store_world_free(&rows);
}
