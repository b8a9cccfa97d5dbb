/* SPDX-License-Identifier: Apache-2.0
 *
 * test_dbs_closing.c: what holds for every closing plan: nothing is closed beyond its open part, all money is closed or
 * rest, and undo(close(x)) = x. The order of closing is in the stories.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "mt940connect/closing.h"

enum { ROWS = 12, TRIES = 20000 };

static const struct mt940_view names[] = {{"F0", 2}, {"F1", 2}, {"F2", 2}, {"F3", 2}, {"F4", 2}, {"F5", 2}};

static uint32_t random_below(uint64_t *seed, uint32_t limit)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return (uint32_t)((*seed >> 16) % limit);
}

static void make_rows(uint64_t *seed, struct mt940_payment rows[ROWS])
{
    uint8_t day = 1;

    memset(rows, 0, ROWS * sizeof(*rows));
    for (int i = 0; i < ROWS; i++) {
        struct mt940_payment *row = &rows[i];

        day = (uint8_t)(day + random_below(seed, 3));
        row->customer = (struct mt940_view){random_below(seed, 8) ? "C" : "D", 1};
        row->currency = (struct mt940_view){random_below(seed, 8) ? "TRY" : "USD", 3};
        row->invoice = names[i / 2];
        row->line = i % 2 + 1;
        row->due_date = (struct mt940_date){2026, 7, day};
        row->amount = random_below(seed, 400) * (random_below(seed, 6) ? 1 : -1);
        row->opening_paid = random_below(seed, 4) ? 0 : row->amount / 3;
        row->paid = row->opening_paid + (row->amount - row->opening_paid) * random_below(seed, 3) / 2;
        row->type = random_below(seed, 4) ? MT940_PAYMENT_TYPE_DBS : MT940_PAYMENT_TYPE_CASH;
        row->slot = row->type == MT940_PAYMENT_TYPE_DBS ? 1 + random_below(seed, 2) : 0;
        row->dbs_amount = row->slot ? row->amount - row->opening_paid : 0;
        row->state = random_below(seed, 9) ? MT940_DOCUMENT_STATE_ACTIVE : MT940_DOCUMENT_STATE_CANCELLED;
    }
}

static struct mt940_closing_request make_request(uint64_t *seed)
{
    struct mt940_closing_request request = {.size = sizeof(request), .slip = {"S", 1}, .line = 1, .customer = {"C", 1},
                                            .currency = {"TRY", 3}, .value_date = {2026, 7, 10}, .invoices = names};

    request.amount = random_below(seed, 900);
    request.slot = random_below(seed, 3);
    request.outgoing = random_below(seed, 6) == 0;
    request.dbs = random_below(seed, 3) != 0;
    request.is_return = random_below(seed, 6) == 0;
    request.invoice_count = random_below(seed, 7);
    return request;
}

static struct mt940_payment *row_of(struct mt940_payment rows[ROWS], const struct mt940_closing *closing)
{
    for (int i = 0; i < ROWS; i++)
        if (rows[i].line == closing->payment && mt940_view_equal(&rows[i].invoice, &closing->invoice))
            return &rows[i];
    fail_msg("a closing of no row");
    return NULL;
}

static void check_plan(struct mt940_payment rows[ROWS], const struct mt940_closing_request *request,
                       struct mt940_closing *closings, const struct mt940_closing_plan *plan)
{
    struct mt940_payment before[ROWS];
    int64_t closed = 0;

    memcpy(before, rows, sizeof(before));
    for (size_t i = 0; i < plan->count; i++) {
        struct mt940_payment *row = row_of(rows, &closings[i]);

        assert_true(closings[i].amount > 0);
        assert_int_equal(row->state, MT940_DOCUMENT_STATE_ACTIVE);
        assert_int_equal(row->amount < 0, request->outgoing);
        if (request->dbs)
            assert_int_equal(row->type, MT940_PAYMENT_TYPE_DBS);
        if (!request->dbs && request->invoice_count == 0)
            fail_msg("an ordinary line closed what it did not name");
        assert_int_equal(mt940_closing_apply(&closings[i], row), 0);
        closed += closings[i].amount;
    }
    assert_int_equal(closed, plan->closed);
    assert_int_equal(closed + plan->rest, request->amount);
    for (size_t i = 0; i < plan->count; i++)
        assert_int_equal(mt940_closing_undo(&closings[i], row_of(rows, &closings[i])), 0);
    assert_memory_equal(before, rows, sizeof(before));
    for (size_t i = 0; i < plan->count; i++)
        assert_int_equal(mt940_closing_undo(&closings[i], row_of(rows, &closings[i])), MT940_E_STATE);
    assert_memory_equal(before, rows, sizeof(before));
}

static void undoing_a_closing_gives_back_what_was(void **state)
{
    uint64_t seed = 24;
    size_t closed = 0;

    (void)state;
    for (int i = 0; i < TRIES; i++) {
        struct mt940_payment rows[ROWS];
        struct mt940_closing closings[ROWS];
        struct mt940_closing_plan plan = {.size = sizeof(plan)};
        struct mt940_closing_request request = make_request(&seed);

        make_rows(&seed, rows);
        assert_int_equal(mt940_closing_plan_make(NULL, &request, rows, ROWS, closings, ROWS, &plan), 0);
        check_plan(rows, &request, closings, &plan);
        closed += plan.count;
    }
    assert_true(closed > TRIES / 2);
}

static void misuse_is_refused(void **state)
{
    struct mt940_payment rows[2] = {{.invoice = {"F1", 2}, .line = 1, .amount = 10, .due_date = {2026, 7, 2}},
                                    {.invoice = {"F2", 2}, .line = 1, .amount = 10, .due_date = {2026, 7, 1}}};
    struct mt940_closing closing = {.invoice = {"F1", 2}, .payment = 1, .amount = 11};
    struct mt940_closing_request request = {.size = sizeof(request), .amount = 5, .invoices = names,
                                            .invoice_count = 65};
    struct mt940_closing_plan plan = {.size = sizeof(plan), .rest = 77};

    (void)state;
    assert_int_equal(mt940_closing_plan_make(NULL, &request, rows, 2, &closing, 1, &plan), MT940_E_ARGUMENT);
    assert_int_equal(mt940_closing_plan_make(NULL, &request, rows, 1, &closing, 1, &plan), MT940_E_LIMIT);
    request.invoice_count = 2;
    rows[0].type = MT940_PAYMENT_TYPE_DBS;
    request.dbs = 1;
    assert_int_equal(mt940_closing_plan_make(NULL, &request, rows, 1, NULL, 0, &plan), MT940_E_LIMIT);
    assert_int_equal(plan.rest, 77);
    assert_int_equal(mt940_closing_apply(&closing, &rows[0]), MT940_E_RANGE);
    assert_int_equal(mt940_closing_apply(&closing, &rows[1]), MT940_E_ARGUMENT);
    closing.amount = 0;
    assert_int_equal(mt940_closing_apply(&closing, &rows[0]), MT940_E_ARGUMENT);
    closing.amount = INT64_MAX;
    assert_int_equal(mt940_closing_undo(&closing, &rows[0]), MT940_E_RANGE);
    closing.amount = 1;
    assert_int_equal(mt940_closing_undo(&closing, &rows[0]), MT940_E_RANGE);
    assert_int_equal(rows[0].paid, 0);
    assert_int_equal(closing.state, MT940_DOCUMENT_STATE_ACTIVE);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(undoing_a_closing_gives_back_what_was),
        cmocka_unit_test(misuse_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
