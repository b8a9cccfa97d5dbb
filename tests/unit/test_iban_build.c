/* SPDX-License-Identifier: Apache-2.0
 *
 * test_iban_build.c: IBANs made of bank, branch and account, and IBANs made for tests.
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

static const struct {
    const char *country, *bank, *branch, *account;
    int status;
    const char *iban;
} rows[] = {
    {"TR", "00001", NULL, "0100000350930001", MT940_OK, "TR470000100100000350930001"}, /* TCMB's example */
    {"TR", "1", NULL, "100000350930001", MT940_OK, "TR470000100100000350930001"},
    {"DE", "37040044", NULL, "532013000", MT940_OK, "DE89370400440532013000"},
    {"BE", "539", NULL, "75470", MT940_OK, "BE68539007547034"},
    {"FR", "20041", "01005", "0500013M026", MT940_OK, "FR1420041010050500013M02606"},
    {"IT", "05428", "11101", "123456", MT940_OK, "IT60X0542811101000000123456"},
    {"ES", "2100", "0418", "0200051332", MT940_OK, "ES9121000418450200051332"},
    {"CZ", "0800", NULL, "2000145399", MT940_OK, "CZ7908000000002000145399"},
    {"CZ", "0800", NULL, "2000145398", MT940_E_FORMAT, NULL}, /* its own check digit is wrong */
    {"FI", "123", NULL, "4560000078", MT940_OK, "FI2112345600000785"},
    {"FI", "123", NULL, "456000078", MT940_E_FORMAT, NULL}, /* is not padded from the left */
    {"NO", "8601", NULL, "111794", MT940_OK, "NO9386011117947"},
    {"NO", "8601", NULL, "111799", MT940_OK, "NO7486011117998"},
    {"PT", "0002", "0123", "12345678901", MT940_OK, "PT50000201231234567890154"},
    {"TR", "000011", NULL, "1", MT940_E_FORMAT, NULL},
    {"TR", "A0001", NULL, "1", MT940_E_FORMAT, NULL},
    {"TR", "1", "1", "1", MT940_E_FORMAT, NULL},
    {"TR", NULL, NULL, "1", MT940_E_FORMAT, NULL},
    {"TR", "1", NULL, "x", MT940_E_FORMAT, NULL},
    {"TR", "1", NULL, NULL, MT940_E_FORMAT, NULL},
    {"IS", "01", "59", "007654", MT940_E_UNSUPPORTED, NULL},
    {"ST", "0001", "0001", "00518453101", MT940_E_UNSUPPORTED, NULL},
    {"RU", "044525225", "40817", "1", MT940_E_UNSUPPORTED, NULL},
    {"GF", "20041", "01005", "0500013M026", MT940_E_NOT_FOUND, NULL},
    {"ZZ", "1", NULL, "1", MT940_E_NOT_FOUND, NULL},
    {NULL, "1", NULL, "1", MT940_E_NOT_FOUND, NULL},
};

static const struct mt940_view *view(const char *text, struct mt940_view *out)
{
    out->data = text;
    out->length = text ? strlen(text) : 0;
    return text ? out : NULL;
}

static void parts_make_an_iban(void **state)
{
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct mt940_view bank, branch, account;
        char out[MT940_IBAN_MAX + 1] = "#";
        int status = mt940_iban_build(rows[i].country, view(rows[i].bank, &bank), view(rows[i].branch, &branch),
                                      view(rows[i].account, &account), out);

        print_message("# row %zu: %s\n", i, out);
        assert_int_equal(status, rows[i].status);
        assert_string_equal(out, rows[i].iban ? rows[i].iban : "#");
    }
}

static void samples_are_valid_by_every_rule_and_build_again(void **state)
{
    const uint32_t flags = MT940_IBAN_UNOFFICIAL | MT940_IBAN_INFERRED_NATIONAL;
    size_t built = 0;

    for (size_t i = 0; i < mt940_iban_country_count(); i++) {
        struct mt940_iban_country country = {.size = sizeof(country)};

        mt940_iban_country_at(i, &country);
        for (uint64_t seed = 0; seed < 200; seed++) {
            struct mt940_iban iban = {.size = sizeof(iban)};
            struct mt940_view bank, branch, account;
            char text[MT940_IBAN_MAX + 1] = "", again[MT940_IBAN_MAX + 1] = "";
            int status = mt940_iban_sample(country.code, seed, text);

            assert_int_equal(status, country.kind == MT940_IBAN_TERRITORY ? MT940_E_NOT_FOUND : MT940_OK);
            if (status)
                break;
            assert_int_equal(mt940_iban_parse(text, strlen(text), flags, &iban), MT940_OK);
            assert_int_equal(iban.reason, MT940_IBAN_VALID);
            assert_int_equal(iban.national_check,
                             country.national ? MT940_NATIONAL_PASS : MT940_NATIONAL_NOT_APPLICABLE);
            assert_int_equal(mt940_iban_sample(country.code, seed, again), MT940_OK);
            assert_string_equal(again, text);
            bank.data = text + iban.bank.offset, bank.length = iban.bank.length;
            branch.data = text + iban.branch.offset, branch.length = iban.branch.length;
            account.data = text + iban.account.offset, account.length = iban.account.length;
            status = mt940_iban_build(country.code, &bank, &branch, &account, again);
            assert_true(status == MT940_OK || status == MT940_E_UNSUPPORTED);
            assert_string_equal(again, text);
            built += status == MT940_OK;
        }
    }
    assert_int_equal(built, 200 * (89 + 22 - 8));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(parts_make_an_iban),
        cmocka_unit_test(samples_are_valid_by_every_rule_and_build_again),
    };

    /* Where i and I are no pair; nothing here may notice. */
    if (!setlocale(LC_ALL, "tr_TR.UTF-8"))
        puts("# no locale tr_TR.UTF-8 here; run in the C locale");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
