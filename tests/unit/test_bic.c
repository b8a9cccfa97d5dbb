/* SPDX-License-Identifier: Apache-2.0
 *
 * test_bic.c: the form of BICs, and BICs found in text.
 */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "mt940connect/bank_directory.h"
#include "mt940connect/bic.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct {
    const char *text;
    uint32_t flags;
    int reason, position;
} verdicts[] = {
    {"TGBATRIS", 0, MT940_BIC_VALID, -1},
    {"TGBATRISXXX", 0, MT940_BIC_VALID, -1},
    {"DEUTDEFF500", 0, MT940_BIC_VALID, -1},
    {"E097AEXXXXX", 0, MT940_BIC_VALID, -1}, /* digits in the party since ISO 9362:2014 */
    {"PCBKXKPR", 0, MT940_BIC_VALID, -1},    /* Kosovo */
    {"TGBATRI", 0, MT940_BIC_BAD_LENGTH, -1},
    {"TGBATRIS5", 0, MT940_BIC_BAD_LENGTH, -1},
    {"TGBATRISXXXX", 0, MT940_BIC_BAD_LENGTH, -1},
    {"", 0, MT940_BIC_BAD_LENGTH, -1},
    {"TGBAZZIS", 0, MT940_BIC_BAD_COUNTRY, 4},
    {"TGBAT1IS", 0, MT940_BIC_BAD_COUNTRY, 4},
    {"TGBATR-S", 0, MT940_BIC_BAD_CHARACTER, 6},
    {"tgbatris", 0, MT940_BIC_BAD_CHARACTER, 0},
    {"tgbatris", MT940_BIC_LOWER_CASE, MT940_BIC_VALID, -1},
    {"TGBATR\xc4\xb0S", MT940_BIC_LOWER_CASE, MT940_BIC_BAD_CHARACTER, 6}, /* İ */
    {"TGBA TR IS XXX", 0, MT940_BIC_BAD_CHARACTER, 4},
    {" TGBA TR IS XXX ", MT940_BIC_SPACES, MT940_BIC_VALID, -1},
    {"TGBA ZZ IS", MT940_BIC_SPACES, MT940_BIC_BAD_COUNTRY, 5},
};

static void each_reason_has_its_place(void **state)
{
    for (size_t i = 0; i < COUNT(verdicts); i++) {
        struct mt940_bic bic = {.size = sizeof(bic)};

        assert_int_equal(mt940_bic_parse(verdicts[i].text, strlen(verdicts[i].text), verdicts[i].flags, &bic), 0);
        assert_int_equal(bic.reason, verdicts[i].reason);
        assert_int_equal(bic.position, verdicts[i].position);
        assert_int_equal(mt940_bic_check(verdicts[i].text, strlen(verdicts[i].text), verdicts[i].flags),
                         verdicts[i].reason);
    }
}

static void parts_are_taken_apart(void **state)
{
    struct mt940_bic bic = {.size = sizeof(bic)};

    assert_int_equal(mt940_bic_parse("deutdeff500", 11, MT940_BIC_LOWER_CASE, &bic), MT940_OK);
    assert_string_equal(bic.canonical, "DEUTDEFF500");
    assert_string_equal(bic.party, "DEUT");
    assert_string_equal(bic.country, "DE");
    assert_string_equal(bic.location, "FF");
    assert_string_equal(bic.branch, "500");
    assert_int_equal(bic.head_office, 0);
    assert_int_equal(bic.use, MT940_BIC_ORDINARY);
    assert_int_equal(mt940_bic_parse("TGBATRI0", 8, 0, &bic), MT940_OK);
    assert_string_equal(bic.branch, "XXX");
    assert_int_equal(bic.head_office, 1);
    assert_int_equal(bic.use, MT940_BIC_TEST);
    assert_int_equal(mt940_bic_parse("TGBATRI1XXX", 11, 0, &bic), MT940_OK);
    assert_int_equal(bic.use, MT940_BIC_NOT_CONNECTED);
    assert_int_equal(bic.head_office, 1);
    assert_int_equal(mt940_bic_parse("TGBATRI2", 8, 0, &bic), MT940_OK);
    assert_int_equal(bic.use, MT940_BIC_REVERSE_BILLING);
    assert_int_equal(mt940_bic_parse("TGBAZZI2", 8, 0, &bic), MT940_OK);
    assert_string_equal(bic.canonical, "");
}

static int equal(const char *a, const char *b)
{
    return mt940_bic_equal(a, strlen(a), b, strlen(b));
}

static void no_branch_is_xxx(void **state)
{
    assert_int_equal(equal("TGBATRIS", "TGBATRISXXX"), 1);
    assert_int_equal(equal("TGBATRIS", "tgba tr is"), 1);
    assert_int_equal(equal("TGBATRIS", "TGBATRIS001"), 0);
    assert_int_equal(equal("TGBATRIS", "AKBKTRIS"), 0);
    assert_int_equal(equal("", ""), 0);
    assert_int_equal(mt940_bic_equal(NULL, 8, "TGBATRIS", 8), 0);
    assert_int_equal(equal("TGBAZZIS", "TGBAZZIS"), 0);
}

/* Expected: "offset BIC", with L when labelled. */
static const struct {
    const char *text;
    const char *expected;
} texts[] = {
    {"", ""},
    {"HESABINA YATAN", ""}, /* looks like Burundi */
    {"TGBATRIS", "0 TGBATRIS;"},
    {"GARANTI/TGBATRISXXX/EFT", "8 TGBATRISXXX;"},
    {"COBADEFF", ""}, /* not in the built-in lists */
    {"BIC COBADEFF", "4L COBADEFF;"},
    {"BIC:COBADEFFXXX SWIFT KODU: AKBKTRIS", "4L COBADEFFXXX;28L AKBKTRIS;"},
    {"B\xc4\xb0 KODU: COBADEFF", "10L COBADEFF;"},
    {"SWIFT HESABINA", "6L HESABINA;"}, /* a label is believed */
    {"BIC: cobadeff", ""},
    {"XTGBATRIS TGBATRISX \xc4\xb0TGBATRIS aTGBATRIS TGBATRISa", ""},
    {"BIC COBAZZFF", ""},
};

static void each_is_found_where_it_stands(void **state)
{
    struct mt940_bic_found found[8];

    for (size_t i = 0; i < COUNT(texts); i++) {
        size_t count = mt940_bic_scan(texts[i].text, strlen(texts[i].text), found, COUNT(found)), written = 0;
        char got[200] = "";

        for (size_t n = 0; n < count; n++)
            written += (size_t)snprintf(got + written, sizeof(got) - written, "%zu%s %s;", found[n].offset,
                                        found[n].labelled ? "L" : "", found[n].canonical);
        assert_string_equal(got, texts[i].expected);
    }
    assert_int_equal(mt940_bic_scan("TGBATRIS AKBKTRIS", 17, found, 1), 2);
    assert_int_equal(mt940_bic_scan(NULL, 0, NULL, 0), 0);
}

static void every_bic_of_the_lists_is_valid(void **state)
{
    for (size_t i = 0; i < mt940_bank_count(); i++) {
        struct mt940_bank bank = {.size = sizeof(bank)};

        assert_int_equal(mt940_bank_at(i, &bank), MT940_OK);
        if (bank.bic.length)
            assert_int_equal(mt940_bic_check(bank.bic.data, bank.bic.length, 0), MT940_BIC_VALID);
    }
}

static void misuse_is_refused(void **state)
{
    struct mt940_bic bic = {.size = sizeof(bic)}, small = {.size = 8};

    assert_int_equal(mt940_bic_parse(NULL, 1, 0, &bic), MT940_E_ARGUMENT);
    assert_int_equal(mt940_bic_parse("TGBATRIS", 8, 4, &bic), MT940_E_ARGUMENT);
    assert_int_equal(mt940_bic_parse("TGBATRIS", 8, 0, NULL), MT940_E_ARGUMENT);
    assert_int_equal(mt940_bic_parse("TGBATRIS", 8, 0, &small), MT940_E_ARGUMENT);
    assert_int_equal(mt940_bic_check("TGBATRIS", 8, 8), MT940_E_ARGUMENT);
    assert_string_equal(mt940_bic_reason_name(MT940_BIC_BAD_COUNTRY), "BAD_COUNTRY");
    assert_null(mt940_bic_reason_name(4));
    assert_null(mt940_bic_reason_name(-1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_reason_has_its_place),     cmocka_unit_test(parts_are_taken_apart),
        cmocka_unit_test(no_branch_is_xxx),              cmocka_unit_test(each_is_found_where_it_stands),
        cmocka_unit_test(every_bic_of_the_lists_is_valid), cmocka_unit_test(misuse_is_refused),
    };

    if (!setlocale(LC_ALL, "tr_TR.UTF-8"))
        puts("# no locale tr_TR.UTF-8 here; run in the C locale");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
