/* SPDX-License-Identifier: Apache-2.0
 *
 * test_bank_directory.c: the built-in banks, and the host's records over them.
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
#include "mt940connect/iban.h"
#include "mt940connect/tax_id.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct mt940_view view(const char *text)
{
    struct mt940_view out = {text, strlen(text)};
    return out;
}

#define assert_view(actual, expected)                                                                                  \
    do {                                                                                                               \
        assert_int_equal((actual).length, strlen(expected));                                                           \
        assert_memory_equal((actual).data, expected, strlen(expected));                                                \
    } while (0)

static void a_code_is_found_however_it_is_written(void **state)
{
    static const struct {
        const char *country, *code, *listed, *bic; /* listed NULL = not found */
    } rows[] = {
        {"TR", "0062", "00062", "TGBATRIS"}, {"TR", "00062", "00062", "TGBATRIS"}, {"TR", "62", "00062", "TGBATRIS"},
        {"TR", " 0062 ", "00062", "TGBATRIS"}, {"TR", "0010", "00010", "TCZBTR2A"}, {"TR", "0067", "00067", "YAPITRIS"},
        {"TR", "0807", "00807", ""},         {"AZ", "NABZ", "NABZ", ""},           {"AZ", "nabz", "NABZ", ""},
        {"AZ", "TCZB", "TCZB", "TCZBAZ22"},  {"AZ", "805250", "IBAZ", "IBAZAZ2X"}, {"TR", "9999", NULL, NULL},
        {"TR", "0825", NULL, NULL},          {"TR", "", NULL, NULL},               {"TR", "000062A", NULL, NULL},
        {"TR", "100062", NULL, NULL},        {"AZ", "NAB", NULL, NULL},            {"AZ", "0062", NULL, NULL},
        {"AZ", "", NULL, NULL},              {"DE", "37040044", NULL, NULL},       {"tr", "0062", NULL, NULL},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct mt940_bank bank = {.size = sizeof(bank)};
        int status = mt940_bank_find(NULL, 0, rows[i].country, rows[i].code, strlen(rows[i].code), &bank);

        assert_int_equal(status, rows[i].listed ? MT940_OK : MT940_E_NOT_FOUND);
        if (!rows[i].listed)
            continue;
        assert_view(bank.code, rows[i].listed);
        assert_view(bank.bic, rows[i].bic);
        assert_view(bank.country, rows[i].country);
        assert_int_equal(bank.source, MT940_BANK_BUILT_IN);
    }
}

static void every_listed_bank_finds_itself(void **state)
{
    size_t turkish = 0, azerbaijani = 0, with_bic = 0;

    for (size_t i = 0; i < mt940_bank_count(); i++) {
        struct mt940_bank bank = {.size = sizeof(bank)}, again = {.size = sizeof(again)};
        char country[3] = "";

        assert_int_equal(mt940_bank_at(i, &bank), MT940_OK);
        memcpy(country, bank.country.data, 2);
        *(country[0] == 'T' ? &turkish : &azerbaijani) += 1;
        assert_true(bank.name.length > 0);
        assert_int_equal(mt940_bank_find(NULL, 0, country, bank.code.data, bank.code.length, &again), MT940_OK);
        assert_ptr_equal(again.name.data, bank.name.data);
        if (bank.bic.length == 0)
            continue;
        with_bic++;
        assert_int_equal(mt940_bank_find_bic(NULL, 0, bank.bic.data, 8, &again), MT940_OK);
        assert_ptr_equal(again.name.data, bank.name.data);
        assert_memory_equal(bank.bic.data + 4, country, 2);
    }
    assert_int_equal(turkish, 76);
    assert_int_equal(azerbaijani, 24);
    assert_true(with_bic > 70);
}

/* The list of Azerbaijan carries numbers that prove themselves. */
static void accounts_and_tax_numbers_of_the_list_are_right(void **state)
{
    size_t seen = 0;

    for (size_t i = 0; i < mt940_bank_count(); i++) {
        struct mt940_bank bank = {.size = sizeof(bank)};

        assert_int_equal(mt940_bank_at(i, &bank), MT940_OK);
        if (bank.voen.length == 0)
            continue;
        seen++;
        assert_int_equal(mt940_voen_check(bank.voen.data, bank.voen.length), MT940_TAX_ID_VALID);
        assert_int_equal(mt940_correspondent_account_check(bank.correspondent_account.data,
                                                           bank.correspondent_account.length),
                         MT940_CORRESPONDENT_VALID);
        assert_memory_equal(bank.code.data, bank.bic.data, 4);
    }
    assert_int_equal(seen, 22);
}

static void an_iban_names_its_bank(void **state)
{
    struct mt940_bank bank = {.size = sizeof(bank)};

    assert_int_equal(mt940_bank_find_iban(NULL, 0, "TR780006701000000011111111", 26, &bank), MT940_OK);
    assert_view(bank.bic, "YAPITRIS");
    assert_int_equal(mt940_bank_find_iban(NULL, 0, "AZ27NABZ01350100000000007944", 28, &bank), MT940_OK);
    assert_view(bank.code, "NABZ");
    /* Unknown banks are valid IBANs all the same. */
    assert_int_equal(mt940_iban_check("TR330006100519786457841326", 26, 0), MT940_IBAN_VALID);
    assert_int_equal(mt940_bank_find_iban(NULL, 0, "TR330006100519786457841326", 26, &bank), MT940_E_NOT_FOUND);
    assert_int_equal(mt940_bank_find_iban(NULL, 0, "TR78", 4, &bank), MT940_E_NOT_FOUND);
    assert_int_equal(mt940_bank_find_iban(NULL, 0, "", 0, &bank), MT940_E_NOT_FOUND);
    assert_view(bank.code, "NABZ");
}

static void the_host_overrides_and_adds(void **state)
{
    struct mt940_bank_code own[4];
    struct mt940_bank bank = {.size = sizeof(bank)};

    memset(own, 0, sizeof(own));
    own[0].country = view("TR"), own[0].code = view("0062"), own[0].name = view("Garantim");
    own[1].country = view("TR"), own[1].code = view("825"), own[1].name = view("Yeni Bank");
    own[2].country = view("DE"), own[2].code = view("37040044"), own[2].bic = view("COBADEFFXXX");
    own[3].country = view("AZ"), own[3].code = view("IBAZ"), own[3].voen = view("1401555071");
    assert_int_equal(mt940_bank_find(own, 4, "TR", "00062", 5, &bank), MT940_OK);
    assert_int_equal(bank.source, MT940_BANK_HOST);
    assert_view(bank.name, "Garantim");
    assert_view(bank.bic, "TGBATRIS"); /* left empty: as built in */
    assert_view(bank.code, "00062");
    assert_int_equal(mt940_bank_find(own, 4, "TR", "0825", 4, &bank), MT940_OK);
    assert_view(bank.name, "Yeni Bank");
    assert_view(bank.code, "825");
    assert_int_equal(mt940_bank_find_iban(own, 4, "DE89370400440532013000", 22, &bank), MT940_OK);
    assert_view(bank.bic, "COBADEFFXXX");
    assert_int_equal(mt940_bank_find_bic(own, 4, "cobadeff", 8, &bank), MT940_OK);
    assert_view(bank.country, "DE");
    assert_int_equal(mt940_bank_find_bic(own, 4, "TGBATRISXXX", 11, &bank), MT940_OK);
    assert_view(bank.name, "Garantim");
    assert_int_equal(mt940_bank_find(own, 4, "AZ", "805250", 6, &bank), MT940_OK);
    assert_view(bank.voen, "1401555071");
    assert_view(bank.correspondent_account, "AZ03NABZ01350100000000002944");
    assert_int_equal(mt940_bank_find_bic(own, 4, "TGBATRI", 7, &bank), MT940_E_NOT_FOUND);
    assert_int_equal(mt940_bank_find_bic(own, 4, "", 0, &bank), MT940_E_NOT_FOUND);
}

static void a_correspondent_account_is_at_the_central_bank(void **state)
{
    assert_int_equal(mt940_correspondent_account_check("AZ27NABZ01350100000000007944", 28), MT940_CORRESPONDENT_VALID);
    assert_int_equal(mt940_correspondent_account_check("AZ27NABZ01350100000000007945", 28),
                     MT940_CORRESPONDENT_BAD_IBAN);
    assert_int_equal(mt940_correspondent_account_check("AZ16JBBK00003801000000449914", 28),
                     MT940_CORRESPONDENT_NOT_CENTRAL_BANK);
    assert_int_equal(mt940_correspondent_account_check("TR780006701000000011111111", 26),
                     MT940_CORRESPONDENT_NOT_CENTRAL_BANK);
    assert_int_equal(mt940_correspondent_account_check("AZ21NABZ00000000137010001944", 28),
                     MT940_CORRESPONDENT_UNUSUAL);
    assert_int_equal(mt940_correspondent_account_check(NULL, 0), MT940_CORRESPONDENT_BAD_IBAN);
}

static void misuse_is_refused(void **state)
{
    struct mt940_bank bank = {.size = sizeof(bank)}, small = {.size = 8};

    assert_int_equal(mt940_bank_find(NULL, 1, "TR", "1", 1, &bank), MT940_E_ARGUMENT);
    assert_int_equal(mt940_bank_find(NULL, 0, NULL, "1", 1, &bank), MT940_E_ARGUMENT);
    assert_int_equal(mt940_bank_find(NULL, 0, "TR", NULL, 1, &bank), MT940_E_ARGUMENT);
    assert_int_equal(mt940_bank_find(NULL, 0, "TR", "1", 1, &small), MT940_E_ARGUMENT);
    assert_int_equal(mt940_bank_find_iban(NULL, 0, NULL, 1, &bank), MT940_E_ARGUMENT);
    assert_int_equal(mt940_bank_find_bic(NULL, 0, "TGBATRIS", 8, NULL), MT940_E_ARGUMENT);
    assert_int_equal(mt940_bank_at(0, &small), MT940_E_ARGUMENT);
    assert_int_equal(mt940_bank_at(mt940_bank_count(), &bank), MT940_E_NOT_FOUND);
    assert_string_equal(mt940_bank_directory_date("TR"), "2026-08-03");
    assert_string_equal(mt940_bank_directory_date("AZ"), "2026-08");
    assert_null(mt940_bank_directory_date("DE"));
    assert_null(mt940_bank_directory_date(NULL));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_code_is_found_however_it_is_written),
        cmocka_unit_test(every_listed_bank_finds_itself),
        cmocka_unit_test(accounts_and_tax_numbers_of_the_list_are_right),
        cmocka_unit_test(an_iban_names_its_bank),
        cmocka_unit_test(the_host_overrides_and_adds),
        cmocka_unit_test(a_correspondent_account_is_at_the_central_bank),
        cmocka_unit_test(misuse_is_refused),
    };

    /* Where i and I are no pair; nothing here may notice. */
    if (!setlocale(LC_ALL, "tr_TR.UTF-8"))
        puts("# no locale tr_TR.UTF-8 here; run in the C locale");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
