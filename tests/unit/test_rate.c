/* SPDX-License-Identifier: Apache-2.0
 *
 * test_rate.c: amounts at rates are exact to the minor unit (decision 15, R111).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "mt940connect/slip.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static void rates_are_exact(void **state)
{
    static const struct {
        char how; /* * / = */
        int64_t a;
        int digits;
        int64_t b;
        int out_digits;
        int status;
        int64_t result;
    } cases[] = {
        {'*', 100, 2, 100000000, 2, MT940_OK, 100},
        {'*', 162500, 2, 4010000000, 2, MT940_OK, 6516250},
        {'*', 1, 2, 50000000, 2, MT940_OK, 1},     /* half a kurus goes up */
        {'*', 1, 2, 49999999, 2, MT940_OK, 0},
        {'*', -1, 2, 50000000, 2, MT940_OK, -1},   /* away from zero */
        {'*', 3, 2, 50000000, 2, MT940_OK, 2},
        {'*', 100, 0, 25000000, 2, MT940_OK, 2500}, /* JPY to TRY */
        {'*', 2500, 2, 400000000, 0, MT940_OK, 100},
        {'*', 123456, 3, 100000000, 2, MT940_OK, 12346}, /* KWD 123,456 */
        {'*', INT64_MAX, 2, 100000000, 2, MT940_OK, INT64_MAX},
        {'*', INT64_MAX, 2, 100000001, 2, MT940_E_RANGE, 0},
        {'*', INT64_MAX, 18, INT64_MAX, 0, MT940_OK, 850705917302},
        {'*', INT64_MAX, 0, INT64_MAX, 18, MT940_E_RANGE, 0},
        {'*', 0, 2, 1, 2, MT940_OK, 0},
        {'*', 1, 2, 0, 2, MT940_E_ARGUMENT, 0},
        {'*', 1, 19, 1, 2, MT940_E_ARGUMENT, 0},
        {'/', 4012500, 2, 4012500000, 2, MT940_OK, 100000},
        {'/', 100, 2, 300000000, 2, MT940_OK, 33},
        {'/', 200, 2, 300000000, 2, MT940_OK, 67},
        {'/', -200, 2, 300000000, 2, MT940_OK, -67},
        {'/', 1, 2, 200000000, 2, MT940_OK, 1}, /* half goes up */
        {'/', INT64_MAX, 0, 1, 18, MT940_E_RANGE, 0},
        {'/', 1, 0, INT64_MAX, 18, MT940_OK, 10842022},
        {'/', 1, 2, -1, 2, MT940_E_ARGUMENT, 0},
        {'=', 100000, 2, 4012500, 2, MT940_OK, 4012500000},
        {'=', 3, 2, 1, 2, MT940_OK, 33333333},
        {'=', -3, 2, -2, 2, MT940_OK, 66666667},
        {'=', 3, 2, -2, 2, MT940_E_ARGUMENT, 0},
        {'=', 0, 2, 1, 2, MT940_E_ARGUMENT, 0},
        {'=', INT64_MAX, 2, 1, 2, MT940_E_RANGE, 0},
        {'=', 1, 18, INT64_MAX, 0, MT940_E_RANGE, 0},
        {'=', INT64_MAX, 2, INT64_MAX, 2, MT940_OK, 100000000},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        int64_t out = 77;
        int status = cases[i].how == '*'   ? mt940_rate_multiply(cases[i].a, cases[i].digits, cases[i].b,
                                                                 cases[i].out_digits, &out)
                     : cases[i].how == '/' ? mt940_rate_divide(cases[i].a, cases[i].digits, cases[i].b,
                                                               cases[i].out_digits, &out)
                                           : mt940_rate_between(cases[i].a, cases[i].digits, cases[i].b,
                                                                cases[i].out_digits, &out);

        if (status != cases[i].status || out != (status == MT940_OK ? cases[i].result : 77))
            fail_msg("case %zu: status %d, result %lld", i, status, (long long)out);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rates_are_exact),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
