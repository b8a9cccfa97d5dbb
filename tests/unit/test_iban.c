/* SPDX-License-Identifier: Apache-2.0
 *
 * test_iban.c: judging, printing and computing IBANs. Vectors are the registry's examples and numbers computed by the
 * published rules.
 */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "identifier/registry.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static int check(const char *text, uint32_t flags)
{
    return mt940_iban_check(text, strlen(text), flags);
}

static void every_example_is_valid(void **state)
{
    size_t official = 0, unofficial = 0, territories = 0;

    for (size_t i = 0; i < mt940_registry_row_count; i++) {
        const struct mt940_registry_row *row = &mt940_registry_rows[i];
        struct mt940_iban iban = {.size = sizeof(iban)};

        if (row->kind == MT940_IBAN_TERRITORY) {
            territories++;
            continue;
        }
        assert_int_equal(check(row->example, MT940_IBAN_UNOFFICIAL | MT940_IBAN_INFERRED_NATIONAL), MT940_IBAN_VALID);
        assert_int_equal(mt940_iban_parse(row->example, strlen(row->example), MT940_IBAN_UNOFFICIAL, &iban), MT940_OK);
        assert_string_equal(iban.canonical, row->example);
        assert_string_equal(iban.country, row->code);
        assert_int_equal(iban.position, -1);
        *(row->kind == MT940_IBAN_OFFICIAL_COUNTRY ? &official : &unofficial) += 1;
        if (row->kind == MT940_IBAN_UNOFFICIAL_COUNTRY)
            assert_int_equal(check(row->example, 0), MT940_IBAN_BAD_COUNTRY);
    }
    assert_int_equal(official, 89);
    assert_int_equal(unofficial, 22);
    assert_int_equal(territories, 16);
}

static const struct verdict {
    const char *text;
    uint32_t flags;
    int reason;
    int position;
} verdicts[] = {
    {"TR330006100519786457841326", 0, MT940_IBAN_VALID, -1},
    {"TR470000100100000350930001", 0, MT940_IBAN_VALID, -1}, /* TCMB's own example */
    {"TR980012300882101517977799", 0, MT940_IBAN_VALID, -1},
    {"TR010012300882101517977799", 0, MT940_IBAN_BAD_CHECK_RANGE, 2}, /* printed by a bank */
    {"TR010012300882101517977799", MT940_IBAN_ANY_CHECK_DIGITS, MT940_IBAN_VALID, -1},
    {"TR080006110519786457841326", 0, MT940_IBAN_BAD_RESERVE, 9},
    {"TR080006110519786457841326", MT940_IBAN_NO_RESERVE, MT940_IBAN_VALID, -1},
    {"TR3300061005197864578413", 0, MT940_IBAN_BAD_LENGTH, 24},
    {"TR3300061005197864578413267", 0, MT940_IBAN_BAD_LENGTH, 26},
    {"TR33000610051978645784132\xc4\xb0", 0, MT940_IBAN_BAD_CHARACTER, 25}, /* İ */
    {"TR33000610051978645784132\xc4\xb1", MT940_IBAN_PRINT, MT940_IBAN_BAD_CHARACTER, 25}, /* ı */
    {"TR340006100519786457841326", 0, MT940_IBAN_BAD_CHECKSUM, -1},
    {"TR440006200119000006672315", 0, MT940_IBAN_BAD_CHECKSUM, -1},
    {"TR33000A100519786457841326", 0, MT940_IBAN_BAD_STRUCTURE, 7},
    {"TRA30006100519786457841326", 0, MT940_IBAN_BAD_STRUCTURE, 2},
    {"AZ21NABZ00000000137010001944", 0, MT940_IBAN_VALID, -1},
    {"AZ16JBBK00003801000000449914", 0, MT940_IBAN_VALID, -1},
    {"AZ27CTRE00000000000002577701", 0, MT940_IBAN_VALID, -1},
    {"AZ95CTRE00000000000002077703", 0, MT940_IBAN_VALID, -1},
    {"AZ21NABZ00000000137010001945", 0, MT940_IBAN_BAD_CHECKSUM, -1},
    {"AZ21N1BZ00000000137010001944", 0, MT940_IBAN_BAD_STRUCTURE, 5},
    {"AZ21NABZ0000000013701000194", 0, MT940_IBAN_BAD_LENGTH, 27},
    {"az21nabz00000000137010001944", 0, MT940_IBAN_BAD_CHARACTER, 0},
    {"az21nabz00000000137010001944", MT940_IBAN_LOWER_CASE, MT940_IBAN_VALID, -1},
    {"GF1420041010050500013M02606", 0, MT940_IBAN_BAD_COUNTRY, 0},
    {"ZZ330006100519786457841326", 0, MT940_IBAN_BAD_COUNTRY, 0},
    {"33", 0, MT940_IBAN_BAD_COUNTRY, 0},
    {"", 0, MT940_IBAN_BAD_LENGTH, 0},
    {"T", 0, MT940_IBAN_BAD_LENGTH, 1},
    {"IT33X0542811101000000123457", 0, MT940_IBAN_BAD_NATIONAL, 4},
    {"IT33X0542811101000000123457", MT940_IBAN_NO_NATIONAL, MT940_IBAN_VALID, -1},
    {"BI5142100010000100003320451810", MT940_IBAN_INFERRED_NATIONAL, MT940_IBAN_BAD_LENGTH, 27},
    {"TR33 0006 1005 1978 6457 8413 26", 0, MT940_IBAN_BAD_CHARACTER, 4},
    {"TR33 0006 1005 1978 6457 8413 26", MT940_IBAN_SPACES, MT940_IBAN_VALID, -1},
    {"  TR330006100519786457841326 ", MT940_IBAN_SPACES, MT940_IBAN_VALID, -1},
    {"TR33 0006 1005 1978 6457 8413 27", MT940_IBAN_SPACES, MT940_IBAN_BAD_CHECKSUM, -1},
    {"TR33 0006 A005 1978 6457 8413 26", MT940_IBAN_SPACES, MT940_IBAN_BAD_STRUCTURE, 10},
    {"TR33-0006-1005-1978-6457-8413-26", MT940_IBAN_SPACES, MT940_IBAN_BAD_CHARACTER, 4},
    {"TR33-0006-1005-1978-6457-8413-26", MT940_IBAN_HYPHENS, MT940_IBAN_VALID, -1},
    {"-TR330006100519786457841326", MT940_IBAN_HYPHENS, MT940_IBAN_BAD_CHARACTER, 0},
    {"TR330006100519786457841326-", MT940_IBAN_HYPHENS, MT940_IBAN_BAD_CHARACTER, 26},
    {"IBAN TR330006100519786457841326", 0, MT940_IBAN_BAD_CHARACTER, 4},
    {"IBAN TR330006100519786457841326", MT940_IBAN_PREFIX, MT940_IBAN_VALID, -1},
    {"IBANTR330006100519786457841326", MT940_IBAN_PREFIX, MT940_IBAN_VALID, -1},
    {"iban: tr33 0006 1005 1978 6457 8413 26", MT940_IBAN_PRINT, MT940_IBAN_VALID, -1},
    {"iban: TR330006100519786457841326", MT940_IBAN_PREFIX, MT940_IBAN_BAD_CHARACTER, 0},
    {"TR33.0006.1005.1978.6457.8413.26", MT940_IBAN_PRINT, MT940_IBAN_BAD_CHARACTER, 4},
    {"TR33\xc2\xa0" "0006100519786457841326", MT940_IBAN_PRINT, MT940_IBAN_BAD_CHARACTER, 4},
    {"TR33\t0006100519786457841326", MT940_IBAN_PRINT, MT940_IBAN_BAD_CHARACTER, 4},
    {"TR330006100519786457841326TR330006100519786457841326", 0, MT940_IBAN_BAD_LENGTH, 26},
    {"RU0304452522540817810538091310419", 0, MT940_IBAN_VALID, -1},
    {"RU0204452560040702810412345678901", MT940_IBAN_INFERRED_NATIONAL, MT940_IBAN_VALID, -1},
};

static void each_reason_has_its_place(void **state)
{
    for (size_t i = 0; i < COUNT(verdicts); i++) {
        const struct verdict *v = &verdicts[i];
        struct mt940_iban iban = {.size = sizeof(iban)};

        print_message("# %s, flags %u\n", v->text, (unsigned)v->flags);
        assert_int_equal(mt940_iban_parse(v->text, strlen(v->text), v->flags, &iban), MT940_OK);
        assert_int_equal(iban.reason, v->reason);
        assert_int_equal(iban.position, v->position);
        assert_int_equal(check(v->text, v->flags), v->reason);
    }
}

/* What a refused text still tells: its country and how long it ought to be. */
static void a_refused_text_tells_what_was_read(void **state)
{
    struct mt940_iban iban = {.size = sizeof(iban)};

    assert_int_equal(mt940_iban_parse("TR33 0006\x80", 10, MT940_IBAN_SPACES, &iban), MT940_OK);
    assert_int_equal(iban.reason, MT940_IBAN_BAD_CHARACTER);
    assert_int_equal(iban.position, 9);
    assert_string_equal(iban.canonical, "TR330006");
    assert_string_equal(iban.country, "TR");
    assert_int_equal(iban.expected_length, 26);
    assert_int_equal(mt940_iban_parse("JE29 NWBK", 9, 0, &iban), MT940_OK);
    assert_int_equal(iban.reason, MT940_IBAN_BAD_CHARACTER);
    assert_string_equal(iban.country, "");
    assert_int_equal(mt940_iban_parse("JE29NWBK60161331926819", 22, 0, &iban), MT940_OK);
    assert_int_equal(iban.reason, MT940_IBAN_BAD_COUNTRY);
    assert_string_equal(iban.country, "");
    assert_int_equal(iban.expected_length, 0);
}

static void parts_stand_where_the_registry_says(void **state)
{
    static const struct {
        const char *text, *bank, *branch, *account, *check;
        int sepa_registry, sepa_epc;
    } rows[] = {
        {"TR330006100519786457841326", "00061", "", "0519786457841326", "", 0, 0},
        {"AZ21NABZ00000000137010001944", "NABZ", "", "00000000137010001944", "", 0, 0},
        {"FR1420041010050500013M02606", "20041", "01005", "0500013M026", "06", 1, 1},
        {"BE68539007547034", "539", "", "0075470", "34", 1, 1},
        {"IT60X0542811101000000123456", "05428", "11101", "000000123456", "X", 1, 1},
        {"AL47212110090000000235698741", "212", "11009", "0000000235698741", "9", 0, 1},
        {"GB29NWBK60161331926819", "NWBK", "601613", "31926819", "", 1, 1},
        {"RS35260005601001611379", "260", "", "0056010016113", "79", 0, 1},
    };

    for (size_t i = 0; i < COUNT(rows); i++) {
        struct mt940_iban iban = {.size = sizeof(iban)};
        const char *expected[4] = {rows[i].bank, rows[i].branch, rows[i].account, rows[i].check};
        const struct mt940_iban_part *parts[4] = {&iban.bank, &iban.branch, &iban.account, &iban.check};

        assert_int_equal(mt940_iban_parse(rows[i].text, strlen(rows[i].text), 0, &iban), MT940_OK);
        for (int n = 0; n < 4; n++) {
            assert_int_equal(parts[n]->length, strlen(expected[n]));
            assert_memory_equal(iban.canonical + parts[n]->offset, expected[n], parts[n]->length);
        }
        assert_int_equal(iban.sepa_registry, rows[i].sepa_registry);
        assert_int_equal(iban.sepa_epc, rows[i].sepa_epc);
    }
}

/*
 * ISO 7064 MOD 97-10 finds every change of a digit to a digit and of a letter to a letter. A letter in place of a digit
 * makes the number longer, and one such change in 97 is not found: that is the standard's limit, not ours.
 */
static void every_single_change_is_refused(void **state)
{
    static const char all[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    const uint32_t flags = MT940_IBAN_UNOFFICIAL | MT940_IBAN_NO_NATIONAL | MT940_IBAN_NO_RESERVE;
    size_t tried = 0, mixed = 0, missed = 0;

    for (size_t i = 0; i < mt940_registry_row_count; i++) {
        const struct mt940_registry_row *row = &mt940_registry_rows[i];
        char text[MT940_IBAN_MAX + 1];

        for (size_t at = 0; row->example[0] && at < row->length; at++) {
            memcpy(text, row->example, row->length + 1u);
            for (const char *c = all; *c; c++) {
                if (*c == row->example[at])
                    continue;
                text[at] = *c;
                if ((*c <= '9') == (row->example[at] <= '9')) {
                    assert_int_not_equal(check(text, flags), MT940_IBAN_VALID);
                    tried++;
                } else {
                    mixed += row->either >> at & 1;
                    missed += check(text, flags) == MT940_IBAN_VALID;
                }
            }
        }
    }
    assert_true(tried > 30000);
    assert_true(missed > 0 && missed < mixed / 50);
    print_message("# %zu changes refused; of %zu between letter and digit %zu are not found\n", tried, mixed, missed);
}

static void territories_are_their_own_prefix_only_when_asked(void **state)
{
    size_t seen = 0;

    for (size_t i = 0; i < mt940_iban_country_count(); i++) {
        struct mt940_iban_country country = {.size = sizeof(country)}, parent = {.size = sizeof(parent)};
        char bban[MT940_IBAN_MAX + 1], text[MT940_IBAN_MAX + 1];

        assert_int_equal(mt940_iban_country_at(i, &country), MT940_OK);
        if (country.kind != MT940_IBAN_TERRITORY)
            continue;
        seen++;
        assert_int_equal(mt940_iban_country_find(country.prefix, 2, &parent), MT940_OK);
        strcpy(bban, parent.example + 4);
        assert_int_equal(mt940_iban_compute(country.code, bban, strlen(bban), text), MT940_E_NOT_FOUND);
        /* By hand: the remainder of the parent's number with other letters. */
        for (int digits = 2; digits <= 98; digits++) {
            memcpy(text, country.code, 2);
            text[2] = (char)('0' + digits / 10);
            text[3] = (char)('0' + digits % 10);
            strcpy(text + 4, bban);
            if (check(text, MT940_IBAN_TERRITORIES) == MT940_IBAN_VALID)
                break;
        }
        assert_int_equal(check(text, MT940_IBAN_TERRITORIES), MT940_IBAN_VALID);
        assert_int_equal(check(text, 0), MT940_IBAN_BAD_COUNTRY);
    }
    assert_int_equal(seen, 16);
}

static void countries_can_be_asked_for(void **state)
{
    struct mt940_iban_country country = {.size = sizeof(country)};

    assert_int_equal(mt940_iban_registry_release(), 102);
    assert_string_equal(mt940_iban_registry_date(), "2026-06");
    assert_string_equal(mt940_iban_epc_date(), "2026");
    assert_int_equal(mt940_iban_country_find("TR", 2, &country), MT940_OK);
    assert_int_equal(country.length, 26);
    assert_int_equal(country.kind, MT940_IBAN_OFFICIAL_COUNTRY);
    assert_string_equal(country.structure, "5!n1!n16!c");
    assert_int_equal(country.national, MT940_IBAN_RULE_NONE);
    assert_int_equal(mt940_iban_country_find("GF", 2, &country), MT940_OK);
    assert_string_equal(country.prefix, "FR");
    assert_int_equal(country.national, MT940_IBAN_RULE_DOCUMENTED);
    assert_int_equal(country.sepa_epc, 1);
    assert_int_equal(mt940_iban_country_find("NC", 2, &country), MT940_OK);
    assert_int_equal(country.sepa_epc, 0);
    assert_int_equal(mt940_iban_country_find("XK", 2, &country), MT940_OK);
    assert_int_equal(country.national, MT940_IBAN_RULE_INFERRED);
    assert_int_equal(mt940_iban_country_find("tr", 2, &country), MT940_E_NOT_FOUND);
    assert_int_equal(mt940_iban_country_find("TRY", 3, &country), MT940_E_NOT_FOUND);
    assert_int_equal(mt940_iban_country_find(NULL, 2, &country), MT940_E_ARGUMENT);
    assert_int_equal(mt940_iban_country_at(mt940_iban_country_count(), &country), MT940_E_NOT_FOUND);
    country.size = 4;
    assert_int_equal(mt940_iban_country_at(0, &country), MT940_E_ARGUMENT);
}

static void print_and_parse_are_a_round_trip(void **state)
{
    char out[44], untouched[44] = "#";

    assert_int_equal(mt940_iban_print("TR330006100519786457841326", 26, out), MT940_OK);
    assert_string_equal(out, "TR33 0006 1005 1978 6457 8413 26");
    assert_int_equal(mt940_iban_print("NO93 ", 5, untouched), MT940_E_FORMAT);
    assert_string_equal(untouched, "#");
    assert_int_equal(mt940_iban_print("0123456789012345678901234567890123", 34, out), MT940_OK);
    assert_int_equal(strlen(out), 42);
    assert_int_equal(mt940_iban_print("01234567890123456789012345678901234", 35, out), MT940_E_FORMAT);
    assert_int_equal(mt940_iban_print(NULL, 0, out), MT940_E_FORMAT);
    for (size_t i = 0; i < mt940_registry_row_count; i++) {
        struct mt940_iban iban = {.size = sizeof(iban)};
        const char *example = mt940_registry_rows[i].example;

        if (!*example)
            continue;
        assert_int_equal(mt940_iban_print(example, strlen(example), out), MT940_OK);
        assert_int_equal(mt940_iban_parse(out, strlen(out), MT940_IBAN_PRINT | MT940_IBAN_UNOFFICIAL, &iban), 0);
        assert_string_equal(iban.canonical, example);
    }
}

static void mask_keeps_head_and_tail(void **state)
{
    char out[36] = "";

    assert_int_equal(mt940_iban_mask("TR330006100519786457841326", 26, 4, 4, out), MT940_OK);
    assert_string_equal(out, "TR33******************1326");
    assert_int_equal(mt940_iban_mask("TR330006", 8, 0, 0, out), MT940_OK);
    assert_string_equal(out, "********");
    assert_int_equal(mt940_iban_mask("TR330006", 8, 5, 5, out), MT940_OK);
    assert_string_equal(out, "TR330006");
    assert_int_equal(mt940_iban_mask("TR330006", 8, 0, SIZE_MAX, out), MT940_OK);
    assert_string_equal(out, "TR330006");
    assert_int_equal(mt940_iban_mask("tr33", 4, 1, 1, out), MT940_E_FORMAT);
}

static void check_digits_are_computed(void **state)
{
    char out[MT940_IBAN_MAX + 1] = "#";

    assert_int_equal(mt940_iban_compute("TR", "0000100100000350930001", 22, out), MT940_OK);
    assert_string_equal(out, "TR470000100100000350930001");
    strcpy(out, "#");
    assert_int_equal(mt940_iban_compute("TR", "000010010000035093000", 21, out), MT940_E_FORMAT);
    assert_int_equal(mt940_iban_compute("TR", "A000100100000350930001", 22, out), MT940_E_FORMAT);
    assert_int_equal(mt940_iban_compute("TR", "000010010000035093000a", 22, out), MT940_E_FORMAT);
    assert_int_equal(mt940_iban_compute("TR", NULL, 22, out), MT940_E_FORMAT);
    assert_int_equal(mt940_iban_compute("ZZ", "0", 1, out), MT940_E_NOT_FOUND);
    assert_int_equal(mt940_iban_compute("T", "0", 1, out), MT940_E_NOT_FOUND);
    assert_int_equal(mt940_iban_compute("", "0", 1, out), MT940_E_NOT_FOUND);
    assert_int_equal(mt940_iban_compute("TRY", "0", 1, out), MT940_E_NOT_FOUND);
    assert_int_equal(mt940_iban_compute(NULL, "0", 1, out), MT940_E_NOT_FOUND);
    assert_string_equal(out, "#");
}

static void qr_ibans_are_told_apart(void **state)
{
    char out[MT940_IBAN_MAX + 1];
    static const struct {
        const char *country, *bban;
        int qr;
    } rows[] = {{"CH", "29999000000000000", 0}, {"CH", "30000000000000000", 1}, {"LI", "31999000000000000", 1},
                {"CH", "32000000000000000", 0}, {"LT", "3100000000000000", 0}};

    for (size_t i = 0; i < COUNT(rows); i++) {
        assert_int_equal(mt940_iban_compute(rows[i].country, rows[i].bban, strlen(rows[i].bban), out), MT940_OK);
        assert_int_equal(mt940_iban_is_qr(out, strlen(out)), rows[i].qr);
    }
    assert_int_equal(mt940_iban_is_qr("CH4431999123000889012", 21), 1); /* of the Swiss Payment Standards */
    assert_int_equal(mt940_iban_is_qr("CH4531999123000889012", 21), 0);
}

static void misuse_is_refused(void **state)
{
    struct mt940_iban iban = {.size = sizeof(iban)}, small = {.size = 8};

    assert_int_equal(mt940_iban_parse(NULL, 1, 0, &iban), MT940_E_ARGUMENT);
    assert_int_equal(mt940_iban_parse("TR", 2, 1024, &iban), MT940_E_ARGUMENT);
    assert_int_equal(mt940_iban_parse("TR", 2, 0, NULL), MT940_E_ARGUMENT);
    assert_int_equal(mt940_iban_parse("TR", 2, 0, &small), MT940_E_ARGUMENT);
    assert_int_equal(mt940_iban_check("TR", 2, 1u << 31), MT940_E_ARGUMENT);
    assert_int_equal(mt940_iban_check(NULL, 0, 0), MT940_IBAN_BAD_LENGTH);
    assert_string_equal(mt940_iban_reason_name(0), "VALID");
    assert_string_equal(mt940_iban_reason_name(MT940_IBAN_BAD_RESERVE), "BAD_RESERVE");
    assert_null(mt940_iban_reason_name(9));
    assert_null(mt940_iban_reason_name(-1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_example_is_valid),
        cmocka_unit_test(each_reason_has_its_place),
        cmocka_unit_test(a_refused_text_tells_what_was_read),
        cmocka_unit_test(parts_stand_where_the_registry_says),
        cmocka_unit_test(every_single_change_is_refused),
        cmocka_unit_test(territories_are_their_own_prefix_only_when_asked),
        cmocka_unit_test(countries_can_be_asked_for),
        cmocka_unit_test(print_and_parse_are_a_round_trip),
        cmocka_unit_test(mask_keeps_head_and_tail),
        cmocka_unit_test(check_digits_are_computed),
        cmocka_unit_test(qr_ibans_are_told_apart),
        cmocka_unit_test(misuse_is_refused),
    };

    /* Where i and I are no pair; nothing here may notice. */
    if (!setlocale(LC_ALL, "tr_TR.UTF-8"))
        puts("# no locale tr_TR.UTF-8 here; run in the C locale");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
