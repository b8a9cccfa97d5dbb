/* SPDX-License-Identifier: Apache-2.0
 *
 * test_iban_suggest.c: one mistake in an IBAN of any country is mended, among others; nothing invalid is suggested.
 */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "mt940connect/iban.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define TR33 "TR330006100519786457841326"

static const struct {
    const char *text;
    const char *meant;
    int mistake;
    int position;
} rows[] = {
    {"TR33 OOO6 1OO5 1978 6457 8413 26", TR33, MT940_IBAN_MISTAKE_LOOKALIKE, 4},
    {"TR33 0006 1OO5 1978 6457 8413 26", TR33, MT940_IBAN_MISTAKE_LOOKALIKE, 9},
    {"TR330006100S19786457841326", TR33, MT940_IBAN_MISTAKE_LOOKALIKE, 11},
    {"7R330006I005I97864S7841326", TR33, MT940_IBAN_MISTAKE_LOOKALIKE, 0},
    {"iban: tr33 0006 1005 1978 6457 8413 2G", TR33, MT940_IBAN_MISTAKE_LOOKALIKE, 25},
    {"TR330006100519786457841362", TR33, MT940_IBAN_MISTAKE_SWAPPED, 24},
    {"RT330006100519786457841326", TR33, MT940_IBAN_MISTAKE_SWAPPED, 0},
    {"TR330006100519786457841327", TR33, MT940_IBAN_MISTAKE_CHANGED, 25},
    {"TR33000610051978645784132\xc4\xb0", TR33, MT940_IBAN_MISTAKE_CHANGED, 25},
    {"TY330006100519786457841326", TR33, MT940_IBAN_MISTAKE_CHANGED, 1},
    {"TR33000610051978645784126", TR33, MT940_IBAN_MISTAKE_MISSING, 23},
    {"R330006100519786457841326", TR33, MT940_IBAN_MISTAKE_MISSING, 0},
    {"TR3300061005197864578413226", TR33, MT940_IBAN_MISTAKE_EXTRA, 24},
    {"TR33-0006-1005-1978-6457-8413-26-6", TR33, MT940_IBAN_MISTAKE_EXTRA, 25},
    {"GB29 NWBK 6O16 1331 9268 I9", "GB29NWBK60161331926819", MT940_IBAN_MISTAKE_LOOKALIKE, 9},
    {"GB29NW8K60161331926819", "GB29NWBK60161331926819", MT940_IBAN_MISTAKE_LOOKALIKE, 6},
    {"RU0304452522540817810538091310491", "RU0304452522540817810538091310419", MT940_IBAN_MISTAKE_SWAPPED, 31},
};

static void what_was_meant_is_among_the_suggestions(void **state)
{
    struct mt940_iban_suggestion out[64];

    for (size_t i = 0; i < COUNT(rows); i++) {
        size_t count = mt940_iban_suggest(rows[i].text, strlen(rows[i].text), 0, out, COUNT(out)), n = 0;

        print_message("# %s: %zu suggestions\n", rows[i].meant, count);
        while (n < count && strcmp(out[n].canonical, rows[i].meant) != 0)
            n++;
        assert_true(n < count);
        assert_int_equal(out[n].mistake, rows[i].mistake);
        assert_int_equal(out[n].position, rows[i].position);
    }
}

static void likely_mistakes_come_first(void **state)
{
    struct mt940_iban_suggestion out[64], many[100];
    size_t count = mt940_iban_suggest("TR330006100519786457841362", 26, 0, out, COUNT(out));

    assert_true(count > 1);
    assert_string_equal(out[0].canonical, TR33);
    assert_int_equal(mt940_iban_suggest("TR330006100519786457841362", 26, 0, out, 1), 1);
    assert_int_equal(mt940_iban_suggest("TR330006100519786457841362", 26, 0, many, COUNT(many)), count);
    assert_string_equal(out[0].canonical, TR33);
}

/* The banks of Türkiye use digits where the registry allows letters. */
static void a_number_in_digits_gets_digits_first(void **state)
{
    static const char *const texts[] = {"TR330006100519786457841327", "TR33000610051978645784132"};
    struct mt940_iban_suggestion out[64];

    for (size_t i = 0; i < COUNT(texts); i++) {
        size_t count = mt940_iban_suggest(texts[i], strlen(texts[i]), 0, out, COUNT(out));
        size_t without = 0, plain = 0;

        for (size_t n = 0; n < count; n++)
            plain += strspn(out[n].canonical + 2, "0123456789") == 24;
        while (without < count && strspn(out[without].canonical + 2, "0123456789") == 24)
            without++;
        assert_true(plain > 1);
        assert_int_equal(without, plain);
    }
}

static void nothing_is_suggested_where_nothing_fits(void **state)
{
    static const char *const texts[] = {"", "T", "TR", TR33, "tr33 0006 1005 1978 6457 8413 26", "HELLO",
                                        "TR33000610051978645784", "ZZ330006100519786457841326ZZZZ",
                                        "\xc4\xb0\xc4\xb0\xc4\xb0\xc4\xb0\xc4\xb0\xc4\xb0\xc4\xb0",
                                        "TR330006100519786457841326TR330006100519786457841326"};
    struct mt940_iban_suggestion out[64];

    for (size_t i = 0; i < COUNT(texts); i++)
        assert_int_equal(mt940_iban_suggest(texts[i], strlen(texts[i]), 0, out, COUNT(out)), 0);
    assert_int_equal(mt940_iban_suggest(NULL, 0, 0, out, COUNT(out)), 0);
    assert_int_equal(mt940_iban_suggest("TR330006100519786457841362", 26, 0, out, 0), 0);
    assert_int_equal(mt940_iban_suggest("TR330006100519786457841362", 26, 1u << 20, out, COUNT(out)), 0);
}

static void flags_say_what_is_valid(void **state)
{
    /* Its reserve digit is 1: no IBAN of Türkiye, but a number of right structure. */
    static const char text[] = "TR080006110519786457841327";
    struct mt940_iban_suggestion out[64];
    size_t strict = mt940_iban_suggest(text, 26, 0, out, COUNT(out));
    size_t n = 0, loose;

    for (size_t i = 0; i < strict; i++)
        assert_int_equal(out[i].canonical[9], '0');
    loose = mt940_iban_suggest(text, 26, MT940_IBAN_NO_RESERVE, out, COUNT(out));
    while (n < loose && strcmp(out[n].canonical, "TR080006110519786457841326") != 0)
        n++;
    assert_true(n < loose);
}

/* Any one mistake in an IBAN of any country. */
static void every_kind_of_mistake_is_mended_everywhere(void **state)
{
    for (size_t i = 0; i < mt940_iban_country_count(); i++) {
        struct mt940_iban_country country = {.size = sizeof(country)};
        struct mt940_iban_suggestion out[64];
        char iban[MT940_IBAN_MAX + 1], text[MT940_IBAN_MAX + 2];
        size_t length, count, at = 4 + i % 9;

        mt940_iban_country_at(i, &country);
        if (country.kind == MT940_IBAN_TERRITORY)
            continue;
        assert_int_equal(mt940_iban_sample(country.code, i, iban), MT940_OK);
        length = strlen(iban);
        for (int kind = MT940_IBAN_MISTAKE_CHANGED; kind <= MT940_IBAN_MISTAKE_EXTRA; kind++) {
            size_t written = length, n = 0;
            memcpy(text, iban, length);
            if (kind == MT940_IBAN_MISTAKE_CHANGED) {
                text[at] = text[at] == '7' ? '8' : '7';
            } else if (kind == MT940_IBAN_MISTAKE_SWAPPED) {
                text[at] = iban[at + 1];
                text[at + 1] = iban[at];
            } else if (kind == MT940_IBAN_MISTAKE_MISSING) {
                memmove(text + at, text + at + 1, --written - at);
            } else {
                memmove(text + at + 1, text + at, written++ - at);
                text[at] = '7';
            }
            if (mt940_iban_check(text, written, MT940_IBAN_UNOFFICIAL) == MT940_IBAN_VALID)
                continue;
            count = mt940_iban_suggest(text, written, MT940_IBAN_UNOFFICIAL, out, COUNT(out));
            for (size_t k = 0; k < count; k++) {
                size_t size = strlen(out[k].canonical);
                assert_int_equal(mt940_iban_check(out[k].canonical, size, MT940_IBAN_UNOFFICIAL), 0);
                for (size_t other = 0; other < k; other++)
                    assert_string_not_equal(out[other].canonical, out[k].canonical);
            }
            while (n < count && strcmp(out[n].canonical, iban) != 0)
                n++;
            assert_true(n < count);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_was_meant_is_among_the_suggestions),
        cmocka_unit_test(likely_mistakes_come_first),
        cmocka_unit_test(a_number_in_digits_gets_digits_first),
        cmocka_unit_test(nothing_is_suggested_where_nothing_fits),
        cmocka_unit_test(flags_say_what_is_valid),
        cmocka_unit_test(every_kind_of_mistake_is_mended_everywhere),
    };

    /* Where i and I are no pair; nothing here may notice. */
    if (!setlocale(LC_ALL, "tr_TR.UTF-8"))
        puts("# no locale tr_TR.UTF-8 here; run in the C locale");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
