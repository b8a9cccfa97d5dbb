/* SPDX-License-Identifier: Apache-2.0
 *
 * test_reading.c: amounts: what each form is read as, under which repair, and with which second
 * reading. Add a form by adding a line.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "statement/reading.h"

enum { none = 0, unreadable = -1 };

static const struct {
    const char *text, *currency;
    int64_t units;
    int32_t scale;
    int32_t issue; /* first issue, 0 = none, unreadable */
    uint32_t ambiguity;
    int64_t alternative;
} forms[] = {
    {"12,50", "TRY", 1250, 2, none, 0, 0},
    {"1625,", "USD", 162500, 2, none, 0, 0},
    {"82,6", "USD", 8260, 2, none, 0, 0},
    {",50", "EUR", 50, 2, none, 0, 0},
    {"0000000000200812,15", "TRY", 20081215, 2, none, 0, 0},
    {"1234", "EUR", 123400, 2, MT940_M_REPAIR_AMOUNT_NO_COMMA, 0, 0},
    {"5", "JPY", 5, 0, MT940_M_REPAIR_AMOUNT_NO_COMMA, 0, 0},
    {"12,5000", "TRY", 1250, 2, none, 0, 0},
    {"12,345", "KWD", 12345, 3, none, 0, 0},
    {"12,3456", "TRY", 123456, 4, MT940_M_TOO_MANY_DECIMALS, 0, 0},
    {"1.234,56", "EUR", 123456, 2, MT940_M_REPAIR_AMOUNT_GROUPED, 0, 0},
    {"1,234.56", "EUR", 123456, 2, MT940_M_REPAIR_AMOUNT_GROUPED, 0, 0},
    {"1.234.567", "EUR", 123456700, 2, MT940_M_REPAIR_AMOUNT_GROUPED, 0, 0},
    {"1'234'567.89", "CHF", 123456789, 2, MT940_M_REPAIR_AMOUNT_GROUPED, 0, 0},
    {"1234.56", "EUR", 123456, 2, MT940_M_REPAIR_AMOUNT_DOT, 0, 0},
    {"12345.678", "EUR", 12345678, 3, MT940_M_REPAIR_AMOUNT_DOT, 0, 0},
    {"1.234", "EUR", 123400, 2, none, MT940_AMBIGUOUS_SEPARATOR, 1234},
    {"1,234", "EUR", 1234, 3, none, MT940_AMBIGUOUS_SEPARATOR, 123400},
    {"0,123", "EUR", 123, 3, MT940_M_TOO_MANY_DECIMALS, 0, 0},
    {"1 234,56", "EUR", 123456, 2, MT940_M_REPAIR_BLANKS, 0, 0},
    {"-12,50", "EUR", 1250, 2, MT940_M_REPAIR_AMOUNT_SIGN, MT940_AMBIGUOUS_SIGN, 0},
    {"12,50-", "EUR", 1250, 2, MT940_M_REPAIR_AMOUNT_SIGN, MT940_AMBIGUOUS_SIGN, 0},
    {"+12,50", "EUR", 1250, 2, MT940_M_REPAIR_AMOUNT_SIGN, 0, 0},
    {"1.23,4.5", "EUR", 0, 0, unreadable, 0, 0},
    {"12.34.56", "EUR", 0, 0, unreadable, 0, 0},
    {"--5,00", "EUR", 0, 0, unreadable, 0, 0},
    {",", "EUR", 0, 0, unreadable, 0, 0},
    {"", "EUR", 0, 0, unreadable, 0, 0},
    {"999999999999999,99", "TRY", 99999999999999999, 2, none, 0, 0},
    {"9999999999999999999,99", "TRY", 0, 0, unreadable, 0, 0},
};

static void each_form_is_read_as_it_says(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        struct mt940_cursor cursor = {mt940_view_of(forms[i].text, strlen(forms[i].text)), 0};
        struct mt940_issues issues = {0};
        struct mt940_reading reading;
        bool read = mt940_reading_read(&cursor, forms[i].currency, "amount", &reading, &issues);
        if (read != (forms[i].issue != unreadable))
            fail_msg("\"%s\": read is %d", forms[i].text, read);
        if (!read) {
            assert_true(issues.count > 0);
            continue;
        }
        bool as_expected = reading.amount.units == forms[i].units && reading.amount.scale == forms[i].scale &&
                           reading.ambiguity == forms[i].ambiguity &&
                           (forms[i].issue ? issues.count > 0 && issues.list[0].message == forms[i].issue
                                           : issues.count == 0);
        if (!as_expected)
            fail_msg("\"%s\": %lld of scale %d, ambiguity %u, issue %d", forms[i].text,
                     (long long)reading.amount.units, (int)reading.amount.scale, (unsigned)reading.ambiguity,
                     issues.count ? (int)issues.list[0].message : 0);
        if (reading.ambiguity & MT940_AMBIGUOUS_SEPARATOR)
            assert_int_equal(reading.alternative.units, forms[i].alternative);
        assert_int_equal(cursor.at, strlen(forms[i].text));
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_form_is_read_as_it_says)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
