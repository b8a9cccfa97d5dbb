/* SPDX-License-Identifier: Apache-2.0
 *
 * test_date.c: calendar dates. The property is checked day by day over the whole range.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "mt940connect/base.h"

static struct mt940_date day_of(int year, int month, int day)
{
    struct mt940_date date = {(int16_t)year, (uint8_t)month, (uint8_t)day};

    return date;
}

static void known_days(void **state)
{
    static const struct {
        struct mt940_date date;
        int32_t days;
    } known[] = {
        {{1970, 1, 1}, 0},      {{1969, 12, 31}, -1},  {{2000, 2, 29}, 11016}, {{2000, 3, 1}, 11017},
        {{2026, 7, 15}, 20649}, {{1900, 3, 1}, -25508}, {{1, 1, 1}, -719162},   {{9999, 12, 31}, 2932896},
    };

    for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
        struct mt940_date back;

        assert_int_equal(mt940_date_to_days(&known[i].date), known[i].days);
        assert_int_equal(mt940_date_from_days(known[i].days, &back), 0);
        assert_int_equal(mt940_date_compare(&back, &known[i].date), 0);
    }
}

static void every_day_follows_the_one_before(void **state)
{
    struct mt940_date previous = day_of(0, 0, 0), date;

    for (int32_t days = -719162; days <= 2932896; days++) {
        assert_int_equal(mt940_date_from_days(days, &date), 0);
        assert_true(mt940_date_is_valid(&date));
        assert_int_equal(mt940_date_to_days(&date), days);
        assert_true(mt940_date_compare(&previous, &date) < 0);
        assert_true(mt940_date_compare(&date, &previous) > 0);
        previous = date;
    }
}

static void outside_the_calendar(void **state)
{
    struct mt940_date date = day_of(1, 2, 3);

    assert_int_equal(mt940_date_from_days(-719163, &date), MT940_E_RANGE);
    assert_int_equal(mt940_date_from_days(2932897, &date), MT940_E_RANGE);
    assert_int_equal(mt940_date_from_days(INT32_MIN, &date), MT940_E_RANGE);
    assert_int_equal(mt940_date_from_days(INT32_MAX, &date), MT940_E_RANGE);
    assert_int_equal(date.year, 1);
    assert_int_equal(date.day, 3);
}

static void validity(void **state)
{
    static const struct {
        struct mt940_date date;
        int valid;
    } cases[] = {
        {{2024, 2, 29}, 1}, {{2023, 2, 29}, 0}, {{1900, 2, 29}, 0}, {{2000, 2, 29}, 1},  {{2026, 4, 31}, 0},
        {{2026, 0, 1}, 0},  {{2026, 13, 1}, 0}, {{2026, 1, 0}, 0},  {{2026, 12, 31}, 1}, {{0, 0, 0}, 0},
        {{0, 1, 1}, 0},     {{-1, 1, 1}, 0},    {{10000, 1, 1}, 0}, {{2026, 255, 255}, 0},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++)
        assert_int_equal(mt940_date_is_valid(&cases[i].date), cases[i].valid);
}

static void text_and_back(void **state)
{
    struct mt940_date date = day_of(2026, 7, 5), back;
    char text[11];

    assert_int_equal(mt940_date_format(&date, text), 0);
    assert_string_equal(text, "2026-07-05");
    assert_int_equal(mt940_date_parse(text, 10, &back), 0);
    assert_int_equal(mt940_date_compare(&date, &back), 0);
    date = day_of(0, 0, 0);
    assert_int_equal(mt940_date_format(&date, text), 0);
    assert_string_equal(text, "");
    date = day_of(2026, 2, 30);
    memcpy(text, "unchanged", 10);
    assert_int_equal(mt940_date_format(&date, text), MT940_E_ARGUMENT);
    assert_string_equal(text, "unchanged");
}

static void text_that_is_no_date(void **state)
{
    static const char *const bad[] = {
        "",           "2026-07-5",  "2026-7-05",  "2026/07/05", "20260705",   "2026-07-051",
        "2026-02-30", "0000-01-01", "+026-01-01", "2026-01-0x", " 026-01-01", "2026-13-01",
    };

    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        struct mt940_date date = day_of(1, 2, 3);

        assert_int_equal(mt940_date_parse(bad[i], strlen(bad[i]), &date), MT940_E_FORMAT);
        assert_int_equal(date.year, 1);
    }
}

static void absent_is_first(void **state)
{
    struct mt940_date absent = day_of(0, 0, 0), first = day_of(1, 1, 1);

    assert_true(mt940_date_compare(&absent, &first) < 0);
    assert_true(mt940_date_compare(&first, &absent) > 0);
    assert_int_equal(mt940_date_compare(&absent, &absent), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(known_days),    cmocka_unit_test(every_day_follows_the_one_before),
        cmocka_unit_test(validity),      cmocka_unit_test(outside_the_calendar),
        cmocka_unit_test(text_and_back), cmocka_unit_test(text_that_is_no_date),
        cmocka_unit_test(absent_is_first),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
