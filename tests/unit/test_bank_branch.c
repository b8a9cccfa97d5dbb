/* SPDX-License-Identifier: Apache-2.0
 *
 * test_bank_branch.c: the code XXXX_YYYYY in the writings of R49.
 */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "mt940connect/bank_branch.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct {
    const char *text;
    int bank, branch; /* -1 = no code */
} codes[] = {
    {"0062_00119", 62, 119}, {"62_119", 62, 119},       {"00062_00119", 62, 119},  {"0062-00119", 62, 119},
    {"0062/00119", 62, 119}, {"0062.00119", 62, 119},   {"0062 00119", 62, 119},   {" 0062_00119 ", 62, 119},
    {"0062 - 00119", 62, 119}, {"0000_00000", 0, 0},    {"9999_99999", 9999, 99999}, {"000000009999_0", 9999, 0},
    {"10000_1", -1, -1},     {"1_100000", -1, -1},      {"0062__00119", -1, -1},   {"0062_", -1, -1},
    {"_00119", -1, -1},      {"006200119", -1, -1},     {"", -1, -1},              {"   ", -1, -1},
    {"0062_00119/777", -1, -1}, {"0062_0011A", -1, -1}, {"TR62_119", -1, -1},      {"-62_119", -1, -1},
    {"99999999999999999999_1", -1, -1},
};

static void each_writing_is_read(void **state)
{
    for (size_t i = 0; i < COUNT(codes); i++) {
        struct mt940_bank_branch code = {-7, -7};
        int status = mt940_bank_branch_parse(codes[i].text, strlen(codes[i].text), &code);

        assert_int_equal(status, codes[i].bank < 0 ? MT940_E_FORMAT : MT940_OK);
        assert_int_equal(code.bank, codes[i].bank < 0 ? -7 : codes[i].bank);
        assert_int_equal(code.branch, codes[i].bank < 0 ? -7 : codes[i].branch);
    }
    {
        struct mt940_bank_branch code;
        assert_int_equal(mt940_bank_branch_parse(NULL, 0, &code), MT940_E_FORMAT);
    }
}

static void format_and_parse_are_a_round_trip(void **state)
{
    char out[11] = "#";

    for (int bank = 0; bank <= 9999; bank += 101)
        for (int branch = 0; branch <= 99999; branch += 991) {
            struct mt940_bank_branch code = {bank, branch}, back;
            assert_int_equal(mt940_bank_branch_format(&code, out), MT940_OK);
            assert_int_equal(mt940_bank_branch_parse(out, 10, &back), MT940_OK);
            assert_int_equal(back.bank, bank);
            assert_int_equal(back.branch, branch);
        }
    {
        struct mt940_bank_branch garanti = {62, 119};
        static const struct mt940_bank_branch wrong[] = {{-1, 0}, {10000, 0}, {0, -1}, {0, 100000}};

        assert_int_equal(mt940_bank_branch_format(&garanti, out), MT940_OK);
        assert_string_equal(out, "0062_00119");
        for (size_t i = 0; i < COUNT(wrong); i++)
            assert_int_equal(mt940_bank_branch_format(&wrong[i], out), MT940_E_RANGE);
        assert_string_equal(out, "0062_00119");
    }
}

static int equal(const char *a, const char *b)
{
    return mt940_bank_branch_equal(a, strlen(a), b, strlen(b));
}

static void the_same_branch_in_two_writings_is_equal(void **state)
{
    assert_int_equal(equal("0062_00119", "0062-00119"), 1); /* the card and the :25: of the bank */
    assert_int_equal(equal("62_119", "00062/00119"), 1);
    assert_int_equal(equal("0062_00119", "0062_00118"), 0);
    assert_int_equal(equal("0062_00119", "0063_00119"), 0);
    assert_int_equal(equal("Merkez", " Merkez "), 1);
    assert_int_equal(equal("Merkez", "MERKEZ"), 0);
    assert_int_equal(equal("Merkez", "0062_00119"), 0);
    assert_int_equal(equal("", ""), 0);
    assert_int_equal(equal("", " "), 0);
    assert_int_equal(mt940_bank_branch_equal(NULL, 0, NULL, 0), 0);
}

static const struct {
    const char *text;
    const char *expected; /* offset+length bank branch label; … */
} found_in[] = {
    {"", ""},
    {"HESAP 0062_00119 TL", "6+10 62 119 0;"},
    {"0062_00119/777000111", "0+10 62 119 0;"},
    {"(0062_00119),0046_00001.", "1+10 62 119 0;13+10 46 1 0;"},
    {"\xc5\x9eube Kodu: 0062_00119", "12+10 62 119 1;"},
    {"\xdeUBE NO:62-119 GARANT\xdd", "8+6 62 119 1;"}, /* windows-1254 */
    {"BANKA-\xc5\x9fUBE 62/119", "12+6 62 119 1;"},
    {"branch code 0062.00119", "12+10 62 119 1;"},
    {"SUBE 0062_00119", "5+10 62 119 1;"},
    /* Too short, too long, part of a word or of another number. */
    {"62_119", ""},
    {"0062-00119", ""},
    {"0062_0011", ""},
    {"00062_00119", ""},
    {"0062_001190", ""},
    {"X0062_00119", ""},
    {"0062_00119X", ""},
    {"0062_00119_1", ""},
    {"1_0062_00119", ""},
    {"0062_", ""},
    {"_00119", ""},
    {"\xc5\x9eUBE 15.07.2026", ""},
    {"\xc5\x9eUBE 12345/119", ""},
    {"RUBE 62/119", ""},
    {"KURUSUBE 62/119", ""},
};

static void each_is_found_where_it_stands(void **state)
{
    for (size_t i = 0; i < COUNT(found_in); i++) {
        struct mt940_bank_branch_found found[4];
        size_t length = strlen(found_in[i].text), written = 0;
        /* A block of precisely this size, so that a sanitizer sees a read of one byte too many. */
        char *text = malloc(length ? length : 1), got[200] = "";
        size_t count;

        assert_non_null(text);
        memcpy(text, found_in[i].text, length);
        count = mt940_bank_branch_scan(text, length, found, COUNT(found));
        for (size_t n = 0; n < count; n++)
            written += (size_t)snprintf(got + written, sizeof(got) - written, "%zu+%zu %d %d %d;", found[n].offset,
                                        found[n].length, (int)found[n].code.bank, (int)found[n].code.branch,
                                        (int)found[n].labelled);
        assert_string_equal(got, found_in[i].expected);
        assert_int_equal(mt940_bank_branch_scan(text, length, NULL, 0), count);
        free(text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_writing_is_read),
        cmocka_unit_test(format_and_parse_are_a_round_trip),
        cmocka_unit_test(the_same_branch_in_two_writings_is_equal),
        cmocka_unit_test(each_is_found_where_it_stands),
    };

    /* Where i and I are no pair; nothing here may notice. */
    if (!setlocale(LC_ALL, "tr_TR.UTF-8"))
        puts("# no locale tr_TR.UTF-8 here; run in the C locale");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
