/* SPDX-License-Identifier: Apache-2.0
 *
 * test_currency.c: minor units. The list is read once more here, so that an entry out of order,
 * which the look-up would miss, is found.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "mt940connect/base.h"

static const struct {
    const char *code;
    int digits;
} listed[] = {
#define MT940_CURRENCY(code, digits) {#code, digits},
#include "base/currency.def"
#undef MT940_CURRENCY
};

static void every_listed_code_is_found(void **state)
{
    const size_t count = sizeof(listed) / sizeof(listed[0]);

    assert_true(count > 180);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(mt940_currency_digits(listed[i].code, 3), listed[i].digits);
        assert_in_range(listed[i].digits, 0, 4);
        if (i > 0)
            assert_true(strcmp(listed[i - 1].code, listed[i].code) < 0);
    }
}

static void digits_of_iso_4217(void **state)
{
    assert_int_equal(mt940_currency_digits("TRY", 3), 2);
    assert_int_equal(mt940_currency_digits("TRL", 3), 2);
    assert_int_equal(mt940_currency_digits("AZN", 3), 2);
    assert_int_equal(mt940_currency_digits("EUR", 3), 2);
    assert_int_equal(mt940_currency_digits("JPY", 3), 0);
    assert_int_equal(mt940_currency_digits("KWD", 3), 3);
    assert_int_equal(mt940_currency_digits("CLF", 3), 4);
    assert_int_equal(mt940_currency_digits("ITL", 3), 0);
}

static void anything_else_is_not(void **state)
{
    static const char *const unknown[] = {"", "TR", "TRYX", "try", "XAU", "XXX", "AAA", "ZZZ", "T Y", "\xC4\xB0S"};

    for (size_t i = 0; i < sizeof(unknown) / sizeof(unknown[0]); i++)
        assert_int_equal(mt940_currency_digits(unknown[i], strlen(unknown[i])), -1);
    assert_int_equal(mt940_currency_digits(NULL, 0), -1);
    assert_int_equal(mt940_currency_digits(NULL, 3), -1);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_listed_code_is_found),
        cmocka_unit_test(digits_of_iso_4217),
        cmocka_unit_test(anything_else_is_not),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
