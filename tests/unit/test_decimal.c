/* SPDX-License-Identifier: Apache-2.0
 *
 * test_decimal.c: decimals as text and back, to the last unit of 64 bits.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "mt940connect/base.h"

static void formats(void **state)
{
    static const struct {
        int64_t units;
        int32_t scale, digits;
        const char *text;
    } cases[] = {
        {1250, 2, 2, "12.50"},
        {-178729, 2, 2, "-1787.29"},
        {0, 0, 0, "0"},
        {0, 2, 2, "0.00"},
        {5, 2, 2, "0.05"},
        {-5, 2, 2, "-0.05"},
        {12, 0, 2, "12.00"},
        {125, 1, 2, "12.50"},
        {12500, 3, 2, "12.500"},
        {1, 18, 0, "0.000000000000000001"},
        {INT64_MAX, 0, 0, "9223372036854775807"},
        {INT64_MIN, 0, 0, "-9223372036854775808"},
        {INT64_MIN, 18, 0, "-9.223372036854775808"},
        {INT64_MIN, 0, 18, "-9223372036854775808.000000000000000000"},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char text[40];
        int length = mt940_decimal_format(cases[i].units, cases[i].scale, cases[i].digits, text);

        assert_int_equal(length, strlen(cases[i].text));
        assert_string_equal(text, cases[i].text);
    }
}

static void format_refuses(void **state)
{
    char text[40] = "unchanged";

    assert_int_equal(mt940_decimal_format(1, -1, 0, text), MT940_E_ARGUMENT);
    assert_int_equal(mt940_decimal_format(1, 19, 0, text), MT940_E_ARGUMENT);
    assert_int_equal(mt940_decimal_format(1, 0, -1, text), MT940_E_ARGUMENT);
    assert_int_equal(mt940_decimal_format(1, 0, 19, text), MT940_E_ARGUMENT);
    assert_int_equal(mt940_decimal_format(1, INT32_MAX, INT32_MIN, text), MT940_E_ARGUMENT);
    assert_string_equal(text, "unchanged");
}

static void parses(void **state)
{
    static const struct {
        const char *text;
        int32_t scale;
        int64_t units;
    } cases[] = {
        {"12.50", 2, 1250},
        {"-12.5", 2, -1250},
        {"+0", 2, 0},
        {"-0", 2, 0},
        {"007", 0, 7},
        {"1.500", 1, 15},
        {"0.000000000000000001", 18, 1},
        {"9223372036854775807", 0, INT64_MAX},
        {"-9223372036854775808", 0, INT64_MIN},
        {"-92233720368547758.08", 2, INT64_MIN},
        {"00000000000000000000000000000000000000000012.30", 2, 1230},
        {"1.00000000000000000000000000000000000000000000", 0, 1},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        int64_t units = 99;

        assert_int_equal(mt940_decimal_parse(cases[i].text, strlen(cases[i].text), cases[i].scale, &units), 0);
        assert_true(units == cases[i].units);
    }
}

static void parse_refuses(void **state)
{
    static const struct {
        const char *text;
        int32_t scale;
        int status;
    } cases[] = {
        {"", 2, MT940_E_FORMAT},       {"-", 2, MT940_E_FORMAT},
        {".", 2, MT940_E_FORMAT},      {".5", 2, MT940_E_FORMAT},
        {"5.", 2, MT940_E_FORMAT},     {"1,5", 2, MT940_E_FORMAT},
        {"1.2.3", 2, MT940_E_FORMAT},  {" 1", 2, MT940_E_FORMAT},
        {"1 ", 2, MT940_E_FORMAT},     {"--1", 2, MT940_E_FORMAT},
        {"1e5", 2, MT940_E_FORMAT},    {"0x1", 2, MT940_E_FORMAT},
        {"1.005", 2, MT940_E_RANGE},   {"0.1", 0, MT940_E_RANGE},
        {"9223372036854775808", 0, MT940_E_RANGE},
        {"-9223372036854775809", 0, MT940_E_RANGE},
        {"92233720368547758.08", 2, MT940_E_RANGE},
        {"99999999999999999999999999", 0, MT940_E_RANGE},
        {"10", 18, MT940_E_RANGE},
        {"1", -1, MT940_E_ARGUMENT},   {"1", 19, MT940_E_ARGUMENT},
    };

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        int64_t units = 99;

        assert_int_equal(mt940_decimal_parse(cases[i].text, strlen(cases[i].text), cases[i].scale, &units),
                         cases[i].status);
        assert_int_equal(units, 99);
    }
}

/* What is written is read back, for numbers of every length and every scale. */
static void round_trip(void **state)
{
    uint64_t seed = 88172645463325252u;

    for (int round = 0; round < 200000; round++) {
        int32_t scale, digits;
        int64_t units, back;
        char text[40];
        int length;

        seed ^= seed << 13;
        seed ^= seed >> 7;
        seed ^= seed << 17;
        units = (int64_t)seed >> (seed >> 7 & 63);
        scale = (int32_t)(seed >> 20 & 0xFF) % 19;
        digits = (int32_t)(seed >> 30 & 0xFF) % 19;
        length = mt940_decimal_format(units, scale, digits, text);
        assert_in_range(length, 1, 39);
        assert_int_equal(text[length], 0);
        assert_int_equal(mt940_decimal_parse(text, (size_t)length, scale, &back), 0);
        assert_true(back == units);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(formats),       cmocka_unit_test(format_refuses), cmocka_unit_test(parses),
        cmocka_unit_test(parse_refuses), cmocka_unit_test(round_trip),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
