/* SPDX-License-Identifier: Apache-2.0
 *
 * test_dbs_rows.c: whatever the plan, rows add up to the invoice to the last unit (R97); misuse of the row functions.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "mt940connect/dbs.h"

enum { ROWS = 40, TRIES = 5000 };

static const struct mt940_company company = {.local_currency = {"TRY", 3}};
static const struct mt940_customer customer = {.code = {"C", 1}, .payment_type = MT940_PAYMENT_TYPE_CASH};

static uint64_t random_below(uint64_t *seed, uint64_t limit)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return (*seed >> 1) % limit;
}

static void rows_add_up_exactly(void **state)
{
    uint64_t seed = 97;

    (void)state;
    for (int i = 0; i < TRIES; i++) {
        struct mt940_invoice invoice = {.number = {"F", 1}, .kind = 1 + (int64_t)random_below(&seed, 4),
                                        .currency = {"TRY", 3}, .date = {2026, 1, 31}};
        struct mt940_dbs_plan_line plan[ROWS] = {{0}};
        struct mt940_dbs_document document = {.size = sizeof(document), .company = &company, .customer = &customer,
                                              .invoice = &invoice, .plan = plan, .interval_months = 1};
        struct mt940_payment rows[ROWS];
        struct mt940_dbs_notice notice;
        size_t count, notices;
        int64_t sum = 0;

        invoice.amount = (int64_t)random_below(&seed, random_below(&seed, 3) ? 1000 : INT64_MAX);
        if (random_below(&seed, 2))
            document.instalments = (int32_t)random_below(&seed, ROWS + 1);
        else
            document.plan_count = random_below(&seed, ROWS + 1);
        for (size_t j = 0; j < document.plan_count; j++)
            plan[j].share = 1 + (int64_t)random_below(&seed, random_below(&seed, 2) ? 100 : INT64_MAX / ROWS);
        assert_int_equal(mt940_dbs_rows(NULL, &document, rows, ROWS, &count, &notice, 1, &notices), 0);
        assert_int_equal(notices, 0);
        for (size_t j = 0; j < count; j++) {
            assert_int_equal(rows[j].line, j + 1);
            assert_true(rows[j].amount == 0 || (rows[j].amount < 0) == (rows[0].amount < 0) || rows[0].amount == 0);
            sum += rows[j].amount;
        }
        assert_int_equal(sum < 0 ? -sum : sum, invoice.amount);
    }
}

static void misuse_is_refused(void **state)
{
    struct mt940_invoice invoice = {.number = {"F", 1}, .amount = 10, .kind = 1, .currency = {"TRY", 3}};
    struct mt940_dbs_plan_line plan[2] = {{.amount = INT64_MAX}, {.amount = 1}};
    struct mt940_dbs_document document = {.size = sizeof(document), .company = &company, .customer = &customer,
                                          .invoice = &invoice};
    const struct mt940_customer_bank banks[2] = {{.slot = 2}, {.slot = 1}};
    struct mt940_dbs_policy policy;
    struct mt940_payment rows[2] = {{0}};
    struct mt940_dbs_notice notice;
    size_t count = 7, notices = 7;

    (void)state;
    mt940_dbs_policy_init(&policy);
#define MAKE(capacity) mt940_dbs_rows(&policy, &document, rows, capacity, &count, &notice, 1, &notices)
    assert_int_equal(MAKE(0), MT940_E_LIMIT);
    document.instalments = 3;
    assert_int_equal(MAKE(2), MT940_E_LIMIT);
    document.instalments = -1;
    assert_int_equal(MAKE(2), MT940_E_ARGUMENT);
    document.instalments = 0;
    document.plan = plan;
    document.plan_count = 2;
    assert_int_equal(MAKE(2), MT940_E_RANGE);
    plan[0].amount = -1;
    assert_int_equal(MAKE(2), MT940_E_ARGUMENT);
    plan[0] = (struct mt940_dbs_plan_line){.amount = 9, .paid = 10};
    assert_int_equal(MAKE(2), MT940_E_ARGUMENT);
    document.plan_count = 0;
    invoice.amount = -1;
    assert_int_equal(MAKE(2), MT940_E_ARGUMENT);
    invoice.amount = 10;
    document.banks = banks;
    document.bank_count = 2;
    assert_int_equal(MAKE(2), MT940_E_ARGUMENT);
    document.bank_count = 0;
    policy.sale = 2;
    assert_int_equal(MAKE(2), MT940_E_ARGUMENT);
    policy.sale = 1;
    document.size--;
    assert_int_equal(MAKE(2), MT940_E_ARGUMENT);
    document.size = sizeof(document);
    assert_int_equal(count, 7);
    assert_int_equal(notices, 7);
    /* A DBS row brings a notice that finds no room. */
    invoice.payment_type = MT940_PAYMENT_TYPE_DBS;
    assert_int_equal(mt940_dbs_rows(&policy, &document, rows, 2, &count, &notice, 0, &notices), MT940_E_LIMIT);
    assert_int_equal(MAKE(2), 0);
    assert_int_equal(notice.message, MT940_M_MISSING_BANK_ACCOUNT);
#undef MAKE
}

/* Effects are kept netted and in order, whatever order they come in. */
static void effects_are_netted_in_order(void **state)
{
    struct mt940_dbs_effect effects[3], effect = {.customer = {"B", 1}, .slot = 2, .delta = 5};
    size_t count = 0;

    (void)state;
    assert_int_equal(mt940_dbs_effect_add(effects, 3, &count, &effect), 0);
    effect.customer = (struct mt940_view){"A", 1};
    assert_int_equal(mt940_dbs_effect_add(effects, 3, &count, &effect), 0);
    effect.slot = 1;
    assert_int_equal(mt940_dbs_effect_add(effects, 3, &count, &effect), 0);
    effect.delta = -5;
    assert_int_equal(mt940_dbs_effect_add(effects, 3, &count, &effect), 0);
    assert_int_equal(count, 3);
    assert_int_equal(effects[0].slot, 1);
    assert_int_equal(effects[0].delta, 0);
    assert_memory_equal(effects[2].customer.data, "B", 1);
    effect.slot = 9;
    assert_int_equal(mt940_dbs_effect_add(effects, 3, &count, &effect), MT940_E_LIMIT);
    effects[2].delta = INT64_MAX;
    effect = effects[2];
    assert_int_equal(mt940_dbs_effect_add(effects, 3, &count, &effect), MT940_E_RANGE);
    assert_int_equal(effects[2].delta, INT64_MAX);
    assert_int_equal(mt940_dbs_effects_of_invoice(MT940_DBS_EVENT_COLLECTION, NULL, 0, NULL, 0, effects, 3, &count),
                     MT940_E_ARGUMENT);
    assert_int_equal(mt940_dbs_effects_of_invoice(99, NULL, 0, NULL, 0, effects, 3, &count), MT940_E_ARGUMENT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_add_up_exactly),
        cmocka_unit_test(misuse_is_refused),
        cmocka_unit_test(effects_are_netted_in_order),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
