/* SPDX-License-Identifier: Apache-2.0
 *
 * test_slip_type.c: what slip types ask for, their opposites, and the default bank account of
 * manual lines (R44, R107-R109).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "mt940connect/slip.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* R107-R109. */
static void default_bank_accounts(void **state)
{
    static const struct {
        int type, filled;
    } cases[] = {{1, 0}, {2, 0}, {3, 1}, {4, 1}, {5, 0}, {6, 0}, {7, 1}, {8, 1}, {16, 1}, {17, 1}, {18, 0}, {19, 0}};
    struct mt940_customer customer = {.default_bank_account = {"QNB", 3}};

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct mt940_view account = {NULL, 0};

        assert_int_equal(mt940_slip_default_account(cases[i].type, &customer, &account), cases[i].filled);
        assert_int_equal(account.length, cases[i].filled ? 3 : 0);
        assert_int_equal(mt940_slip_type_needs_customer(cases[i].type), cases[i].filled);
        account = (struct mt940_view){"GAR", 3}; /* of the statement, or changed by the user: stays */
        assert_int_equal(mt940_slip_default_account(cases[i].type, &customer, &account), 0);
        assert_memory_equal(account.data, "GAR", 3);
    }
    customer.default_bank_account.length = 0;
    struct mt940_view account = {NULL, 0};
    assert_int_equal(mt940_slip_default_account(3, &customer, &account), 0);
    assert_int_equal(mt940_slip_default_account(3, NULL, &account), 0);
}

/* Decision 17: transfers and currency documents have an opposite, the others undo themselves. */
static void opposites(void **state)
{
    static const int64_t pairs[][2] = {{3, 4}, {4, 3}, {7, 8},   {8, 7},   {1, 1},
                                       {2, 2}, {16, 16}, {17, 17}, {18, 18}, {0, 0}};

    (void)state;
    for (size_t i = 0; i < COUNT(pairs); i++)
        assert_int_equal(mt940_slip_type_opposite(pairs[i][0]), pairs[i][1]);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(default_bank_accounts),
        cmocka_unit_test(opposites),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
