/* SPDX-License-Identifier: Apache-2.0
 *
 * world.c: looking things up in the small company, changing it, and what must hold at any time.
 */
#include "world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "mt940connect/schema.h"

struct mt940_view world_view(const char *text)
{
    struct mt940_view view;

    mt940_view_from_string(text, &view);
    return view;
}

int64_t world_money(const struct script_line *line, const char *text, struct mt940_view currency)
{
    int digits = mt940_currency_digits(currency.data, currency.length);
    int64_t units;

    if (digits < 0 || mt940_decimal_parse(text, strlen(text), digits, &units) != 0)
        script_fail(line, "%s is no amount", text);
    return units;
}

const char *world_text(int64_t units, struct mt940_view currency, char buffer[40])
{
    int digits = mt940_currency_digits(currency.data, currency.length);

    mt940_decimal_format(units, digits, digits, buffer);
    return buffer;
}

struct mt940_date world_date(const struct script_line *line, const char *text)
{
    struct mt940_date date = {0, 0, 0};

    if (text && mt940_date_parse(text, strlen(text), &date) != 0)
        script_fail(line, "%s is no date", text);
    return date;
}

int64_t world_enum(const struct script_line *line, int32_t enumeration, const char *text)
{
    int64_t value = 0;

    if (*text && mt940_enum_parse(enumeration, text, strlen(text), &value) != 0)
        script_fail(line, "%s is not known", text);
    return value;
}

struct mt940_view world_currency(const struct world *world, struct mt940_view given)
{
    return given.length > 0 ? given : world->company.local_currency;
}

struct mt940_customer *world_customer(struct world *world, const struct script_line *line, struct mt940_view code)
{
    for (size_t i = 0; i < world->customer_count; i++)
        if (mt940_view_equal(&world->customers[i].code, &code))
            return &world->customers[i];
    script_fail(line, "there is no customer %.*s", (int)code.length, code.data);
}

struct mt940_customer_bank *world_bank(struct world *world, struct mt940_view customer, int64_t slot)
{
    for (size_t i = 0; i < world->bank_count; i++)
        if (world->banks[i].slot == slot && mt940_view_equal(&world->banks[i].customer, &customer))
            return &world->banks[i];
    return NULL;
}

size_t world_banks_of(const struct world *world, struct mt940_view customer, const struct mt940_customer_bank **first)
{
    size_t count = 0;

    *first = NULL;
    for (size_t i = 0; i < world->bank_count; i++) {
        if (!mt940_view_equal(&world->banks[i].customer, &customer))
            continue;
        if (count++ == 0)
            *first = &world->banks[i];
    }
    return count;
}

struct mt940_invoice *world_invoice(struct world *world, const struct script_line *line, struct mt940_view number)
{
    for (size_t i = 0; i < world->invoice_count; i++)
        if (mt940_view_equal(&world->invoices[i].number, &number))
            return &world->invoices[i];
    if (line)
        script_fail(line, "there is no invoice %.*s", (int)number.length, number.data);
    return NULL;
}

struct mt940_payment *world_row(struct world *world, struct mt940_view invoice, int64_t line)
{
    for (size_t i = 0; i < world->row_count; i++)
        if (world->rows[i].line == line && mt940_view_equal(&world->rows[i].invoice, &invoice))
            return &world->rows[i];
    return NULL;
}

size_t world_rows_of(const struct world *world, struct mt940_view invoice, struct mt940_payment rows[LINE_ROWS])
{
    size_t count = 0;

    for (size_t i = 0; i < world->row_count; i++)
        if (mt940_view_equal(&world->rows[i].invoice, &invoice))
            rows[count++] = world->rows[i];
    return count;
}

static int by_due_date(const void *a, const void *b)
{
    return mt940_record_compare(MT940_KIND_PAYMENT, 1, a, b);
}

size_t world_open_rows(const struct world *world, struct mt940_view customer, struct mt940_payment rows[MANY])
{
    size_t count = 0;

    for (size_t i = 0; i < world->row_count; i++)
        if (mt940_view_equal(&world->rows[i].customer, &customer))
            rows[count++] = world->rows[i];
    qsort(rows, count, sizeof(*rows), by_due_date);
    return count;
}

void world_apply(struct world *world, const struct mt940_dbs_effect *effects, size_t count, struct mt940_view document)
{
    for (size_t i = 0; i < count; i++) {
        struct mt940_customer_bank *bank = world_bank(world, effects[i].customer, effects[i].slot);
        struct mt940_journal *line = &world->journal[world->journal_count];

        assert_non_null(bank);
        if (effects[i].delta == 0)
            continue;
        assert_true(world->journal_count++ < MANY);
        bank->dbs_total += effects[i].delta;
        *line = (struct mt940_journal){.customer = bank->customer, .slot = bank->slot, .sequence = ++bank->dbs_sequence,
                                       .delta = effects[i].delta, .total = bank->dbs_total,
                                       .event = effects[i].event, .document = document};
    }
}

void world_close(struct world *world, const struct mt940_closing *closings, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct mt940_payment *row = world_row(world, closings[i].invoice, closings[i].payment);

        assert_int_equal(mt940_closing_apply(&closings[i], row), 0);
        assert_true(world->closing_count < MANY);
        world->closings[world->closing_count++] = closings[i];
    }
}

void world_reopen(struct world *world, const struct world_payer *payer, struct mt940_dbs_effect effects[FEW],
                  size_t *count)
{
    for (size_t i = 0; i < world->closing_count; i++) {
        struct mt940_closing *closing = &world->closings[i];
        struct mt940_payment *row = world_row(world, closing->invoice, closing->payment);

        if (closing->state != MT940_DOCUMENT_STATE_ACTIVE || !mt940_view_equal(&closing->slip, &payer->document))
            continue;
        assert_int_equal(mt940_dbs_effects_of_undo(closing, payer->lowered, payer->amount, row, effects, FEW, count),
                         0);
        assert_int_equal(mt940_closing_undo(closing, row), 0);
    }
}

/* Every total is its journal and its documents (R69, R113, decision 28). */
static void check_total(struct world *world, const struct script_line *line, const struct mt940_customer_bank *bank)
{
    struct mt940_dbs_audit audit = {.size = sizeof(audit), .customer = bank->customer, .slot = bank->slot};
    int faults;

    for (size_t i = 0; i < world->row_count; i++)
        assert_int_equal(mt940_dbs_audit_row(&audit, &world->rows[i]), 0);
    for (size_t i = 0; i < world->line_count; i++)
        assert_int_equal(mt940_dbs_audit_line(&audit, &world->lines[i], world->slip_states[i]), 0);
    for (size_t i = 0; i < world->journal_count; i++)
        assert_int_equal(mt940_dbs_audit_journal(&audit, &world->journal[i],
                                                 world_invoice(world, NULL, world->journal[i].document) != NULL), 0);
    faults = mt940_dbs_audit_finish(&audit, bank);
    if (faults != 0)
        script_fail(line, "total %lld of %.*s/%lld: rows %lld, lines %lld, adjustments %lld, journal %lld, faults %d",
                    (long long)bank->dbs_total, (int)bank->customer.length, bank->customer.data, (long long)bank->slot,
                    (long long)audit.rows, (long long)audit.lines, (long long)audit.adjustments,
                    (long long)audit.journal, faults);
}

/* What is paid lies between nothing and all, and is what closings and the opening say. */
static void check_row(const struct world *world, const struct script_line *line, const struct mt940_payment *row)
{
    int64_t side = row->amount < 0 ? -1 : 1, closed = side * row->opening_paid;

    for (size_t i = 0; i < world->closing_count; i++) {
        const struct mt940_closing *closing = &world->closings[i];
        int closes = closing->payment == row->line && mt940_view_equal(&closing->invoice, &row->invoice);
        int gives = closing->line == row->line && mt940_view_equal(&closing->slip, &row->invoice);

        if ((closes || gives) && closing->state == MT940_DOCUMENT_STATE_ACTIVE)
            closed += closing->amount;
    }
    if (side * row->paid < 0 || side * row->paid > side * row->amount || side * row->paid != closed)
        script_fail(line, "%.*s/%lld: amount %lld, paid %lld, closed %lld", (int)row->invoice.length,
                    row->invoice.data, (long long)row->line, (long long)row->amount, (long long)row->paid,
                    (long long)closed);
}

void world_check(void *user, const struct script_line *line)
{
    struct world *world = user;

    for (size_t i = 0; i < world->bank_count; i++)
        check_total(world, line, &world->banks[i]);
    for (size_t i = 0; i < world->row_count; i++)
        check_row(world, line, &world->rows[i]);
}

static const struct script_verb verbs[] = {
    {"company", verb_company},   {"policy", verb_policy},     {"customer", verb_customer}, {"bank", verb_bank},
    {"account", verb_account},   {"rate", verb_rate},         {"plan", verb_plan},         {"invoice", verb_invoice},
    {"opening", verb_opening},   {"change", verb_change},     {"cancel", verb_cancel},     {"restore", verb_restore},
    {"withdraw", verb_withdraw}, {"collect", verb_collect},   {"undo", verb_undo},         {"mark", verb_mark},
    {"adjust", verb_adjust},     {"total", verb_total},       {"row", verb_row},           {"flag", verb_flag},
    {"risk", verb_risk},         {"limit", verb_limit},
};

void world_run(const char *path)
{
    struct world *world = calloc(1, sizeof(*world));
    char *text;

    assert_non_null(world);
    world->company = (struct mt940_company){.code = world_view("1"), .local_currency = world_view("TRY")};
    mt940_dbs_policy_init(&world->policy);
    assert_true(script_run(path, verbs, sizeof(verbs) / sizeof(verbs[0]), world, world_check, &text) > 1);
    script_free(text);
    free(world);
}
