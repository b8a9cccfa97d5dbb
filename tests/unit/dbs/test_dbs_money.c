/* SPDX-License-Identifier: Apache-2.0
 *
 * test_dbs_money.c: exact conversion (cases/dbs/convert.csv) and the wide arithmetic below it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "dbs/money.h"
#include "mt940connect/dbs.h"
#include "table.h"

static const char *name_of(int status)
{
    switch (status) {
    case 0:
        return "ok";
    case MT940_E_RANGE:
        return "range";
    case MT940_E_NOT_FOUND:
        return "no-rate";
    case MT940_E_FORMAT:
        return "currency";
    default:
        return "another status";
    }
}

static void one_conversion(const struct table_row *row)
{
    struct mt940_dbs_conversion conversion = {.size = sizeof(conversion), .local = {"TRY", 3}};
    int64_t result = 0;

    conversion.units = table_number(row, "units");
    conversion.from = table_view(row, "from");
    conversion.to = table_view(row, "to");
    conversion.from_rate = table_number(row, "from_rate");
    conversion.to_rate = table_number(row, "to_rate");
    table_expect_text(row, "status", name_of(mt940_dbs_convert(&conversion, &result)));
    table_expect_number(row, "result", result);
}

static void conversions_follow_the_table(void **state)
{
    (void)state;
    assert_true(table_read("tests/cases/dbs/convert.csv", one_conversion) > 20);
}

/* A fixed sequence, so that a failure comes again. */
static uint64_t random_bits(uint64_t *seed)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed;
}

/* (a * b / b) is a, and quotient and remainder make the dividend again, for factors of every size. */
static void products_and_quotients_agree(void **state)
{
    uint64_t seed = 20261121;

    (void)state;
    for (int i = 0; i < 20000; i++) {
        uint64_t a = random_bits(&seed) >> (1 + random_bits(&seed) % 62);
        uint64_t b = (random_bits(&seed) >> (1 + random_bits(&seed) % 62)) | 1;
        uint64_t c = (random_bits(&seed) >> (1 + random_bits(&seed) % 62)) | 1;
        uint64_t got, product, small = a >> 32;

        assert_true(mt940_scale(a, b, b, 0, MT940_ROUND_HALF_UP, &got));
        assert_int_equal(got, a);
        assert_true(mt940_scale(a, b, b, 0, MT940_ROUND_DOWN, &got));
        assert_int_equal(got, a);
        /* Small enough for the machine's own arithmetic. */
        assert_true(mt940_scale(small, b >> 32, c, 0, MT940_ROUND_DOWN, &got));
        assert_int_equal(got, small * (b >> 32) / c);
        product = small * (b >> 32);
        assert_true(mt940_scale(small, b >> 32, c, 0, MT940_ROUND_HALF_UP, &got));
        assert_int_equal(got, product / c + (product % c >= c - product % c));
    }
}

static void sums_that_do_not_fit_are_refused(void **state)
{
    int64_t out = 7;

    (void)state;
    assert_false(mt940_money_add(INT64_MAX, 1, &out));
    assert_false(mt940_money_add(INT64_MIN, -1, &out));
    assert_false(mt940_money_subtract(INT64_MIN, 1, &out));
    assert_false(mt940_money_subtract(0, INT64_MIN, &out));
    assert_int_equal(out, 7);
    assert_true(mt940_money_subtract(-1, INT64_MIN, &out));
    assert_int_equal(out, INT64_MAX);
    assert_true(mt940_money_add(INT64_MIN, INT64_MAX, &out));
    assert_int_equal(out, -1);
    assert_int_equal(mt940_money_size(INT64_MIN), (uint64_t)INT64_MAX + 1);
    assert_true(mt940_money_share(-7, 1, 2, &out));
    assert_int_equal(out, -4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(conversions_follow_the_table),
        cmocka_unit_test(products_and_quotients_agree),
        cmocka_unit_test(sums_that_do_not_fit_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
