/* SPDX-License-Identifier: Apache-2.0
 *
 * test_dbs_payment_type.c: the truth tables of R74 and R78 (cases/dbs/payment_type.csv), and the two risks.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "mt940connect/dbs.h"
#include "table.h"

static void one_type(const struct table_row *row)
{
    struct mt940_payment payment = {0};

    payment.type = mt940_payment_type_of_row(table_enum(row, "plan", MT940_ENUM_PAYMENT_TYPE),
                                             table_enum(row, "invoice", MT940_ENUM_PAYMENT_TYPE),
                                             table_enum(row, "customer", MT940_ENUM_PAYMENT_TYPE));
    if (payment.type != table_enum(row, "type", MT940_ENUM_PAYMENT_TYPE))
        fail_msg("%s:%u: the type is %d", row->file, row->line, (int)payment.type);
    table_expect_number(row, "affects_risk", mt940_payment_affects_risk(&payment));
    table_expect_number(row, "affects_risk", mt940_invoice_affects_risk(&payment, 1));
}

static void types_follow_the_table(void **state)
{
    (void)state;
    assert_int_equal(table_read("tests/cases/dbs/payment_type.csv", one_type), 27);
}

static void a_mixed_invoice_affects_risk(void **state)
{
    struct mt940_payment rows[2] = {{.type = MT940_PAYMENT_TYPE_DBS}, {.type = MT940_PAYMENT_TYPE_DBS}};

    (void)state;
    assert_int_equal(mt940_invoice_affects_risk(rows, 2), 0);
    rows[1].type = MT940_PAYMENT_TYPE_CASH;
    assert_int_equal(mt940_invoice_affects_risk(rows, 2), 1);
    assert_int_equal(mt940_invoice_affects_risk(rows, 0), 1);
}

/* R73: a DBS sale of 500 stands in the DBS risk only, another in the open-account risk only. */
static void every_open_row_is_in_one_risk(void **state)
{
    struct mt940_payment rows[] = {
        {.type = MT940_PAYMENT_TYPE_DBS, .amount = 50000, .paid = 12000, .currency = {"TRY", 3}},
        {.type = MT940_PAYMENT_TYPE_CASH, .amount = 70000, .currency = {"TRY", 3}},
        {.type = MT940_PAYMENT_TYPE_DBS, .amount = -1000, .currency = {"TRY", 3}},
        {.type = MT940_PAYMENT_TYPE_DBS, .amount = 999, .currency = {"USD", 3}},
        {.type = MT940_PAYMENT_TYPE_DBS, .amount = 888, .currency = {"TRY", 3},
         .state = MT940_DOCUMENT_STATE_CANCELLED},
    };
    const struct mt940_view try = {"TRY", 3};
    struct mt940_risk risk = {.size = sizeof(risk)};

    (void)state;
    assert_int_equal(mt940_risk_sum(rows, 5, &try, &risk), 0);
    assert_int_equal(risk.dbs, 37000);
    assert_int_equal(risk.ordinary, 70000);
    rows[0].amount = INT64_MAX;
    rows[0].paid = 0;
    rows[2].amount = 1;
    assert_int_equal(mt940_risk_sum(rows, 5, &try, &risk), MT940_E_RANGE);
    assert_int_equal(risk.dbs, 37000);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(types_follow_the_table),
        cmocka_unit_test(a_mixed_invoice_affects_risk),
        cmocka_unit_test(every_open_row_is_in_one_risk),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
