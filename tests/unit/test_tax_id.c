/* SPDX-License-Identifier: Apache-2.0
 *
 * test_tax_id.c: VKN, TCKN and VÖEN, judged and found in text. Vectors are made by the rules of docs/tax_id.md.
 */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "mt940connect/tax_id.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const struct vector {
    const char *text;
    int reason;
} vkns[] = {
    {"4540536920", 0}, {"4530536922", 0}, {"1234567890", 0}, {"9876543217", 0}, {"0123456789", 0}, {"0080541237", 0},
    {"5555555553", 0}, {"1111111114", 0}, {"9999999994", 0}, {"0000000001", 0}, {"1112223339", 0},
    {"4540536921", MT940_TAX_ID_BAD_CHECKSUM}, {"454053692", MT940_TAX_ID_BAD_LENGTH},
    {"45405369200", MT940_TAX_ID_BAD_LENGTH}, {"454053692A", MT940_TAX_ID_BAD_CHARACTER},
    {"", MT940_TAX_ID_BAD_LENGTH}, {" 454053692", MT940_TAX_ID_BAD_CHARACTER},
}, tckns[] = {
    {"10000000146", 0}, {"17291716060", 0}, {"12345678950", 0}, {"98765432150", 0}, {"10000000078", 0},
    {"55555555550", 0}, {"24681357994", 0}, {"99000000042", 0}, {"99123456740", 0}, {"11111111110", 0},
    {"17291716050", MT940_TAX_ID_BAD_CHECKSUM}, {"10000000147", MT940_TAX_ID_BAD_CHECKSUM},
    {"07291716092", MT940_TAX_ID_BAD_FORM}, {"1729171606", MT940_TAX_ID_BAD_LENGTH},
    {"00000000000", MT940_TAX_ID_BAD_FORM}, {"1234567895A", MT940_TAX_ID_BAD_CHARACTER},
}, voens[] = {
    {"1401555071", 0}, {"1400057421", 0}, {"0300725012", 0}, {"300725012", 0}, {"9900003611", 0}, {"1700792251", 0},
    {"1401555081", MT940_TAX_ID_BAD_CHECKSUM}, {"1525855852", MT940_TAX_ID_BAD_CHECKSUM},
    {"1400057424", MT940_TAX_ID_BAD_FORM}, {"12345", MT940_TAX_ID_BAD_LENGTH},
    {"14015550710", MT940_TAX_ID_BAD_LENGTH}, {"14015550x1", MT940_TAX_ID_BAD_CHARACTER},
};

static void judge_all(const struct vector *vectors, size_t count, int (*check)(const char *, size_t))
{
    for (size_t i = 0; i < count; i++)
        assert_int_equal(check(vectors[i].text, strlen(vectors[i].text)), vectors[i].reason);
    assert_int_equal(check(NULL, 0), MT940_TAX_ID_BAD_LENGTH);
}

static void each_number_has_its_reason(void **state)
{
    judge_all(vkns, COUNT(vkns), mt940_vkn_check);
    judge_all(tckns, COUNT(tckns), mt940_tckn_check);
    judge_all(voens, COUNT(voens), mt940_voen_check);
}

/* The other published wording of the VKN: a sum of 9 counts 9, all others times 2^k mod 9. */
static char other_vkn_digit(const char *digits)
{
    int sum = 0;

    for (int i = 1; i <= 9; i++) {
        int t = (digits[i - 1] - '0' + 10 - i) % 10;
        sum += t == 9 ? 9 : t * (1 << (10 - i)) % 9;
    }
    return (char)('0' + (10 - sum % 10) % 10);
}

/* The wording of turkish-banking: 3 times the odd places and the even ones. */
static char other_tckn_digit(const char *digits)
{
    int sum = 0;

    for (int i = 0; i < 9; i++)
        sum += (digits[i] - '0') * (i % 2 ? 1 : 3);
    return (char)('0' + (10 - sum % 10) % 10);
}

static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static void both_wordings_give_the_same_digits(void **state)
{
    uint64_t random = 27;

    for (int n = 0; n < 100000; n++) {
        char digits[12];
        int valid = 0;

        snprintf(digits, sizeof(digits), "%09u", (unsigned)(next_random(&random) % 1000000000));
        digits[9] = other_vkn_digit(digits);
        assert_int_equal(mt940_vkn_check(digits, 10), MT940_TAX_ID_VALID);
        digits[0] = digits[0] == '0' ? '1' : digits[0];
        digits[9] = other_tckn_digit(digits);
        for (char c = '0'; c <= '9'; c++) {
            digits[10] = c;
            valid += mt940_tckn_check(digits, 11) == MT940_TAX_ID_VALID;
        }
        assert_int_equal(valid, 1);
    }
}

/* Expected: "offset kind(labelled?) digits" each; kinds V, T, O. */
static const struct {
    const char *text;
    const char *expected;
} texts[] = {
    {"", ""},
    {"SORGU NO:1414049 VKN:1112223339 FATURA 2026000000117", "21 VL 1112223339;"},
    {"SORGU NO 0001414051 VKN 1112223339 ACIKLAM", "24 VL 1112223339;"},
    {"TCKN 12345678950 S\xddPAR\xdd\xde", "5 TL 12345678950;"},
    {"V.K.N. 4540536920", "7 VL 4540536920;"},
    {"V.NO:4540536920", "5 VL 4540536920;"},
    {"Vergi No : 4540536920", "11 VL 4540536920;"},
    {"VERG\xc4\xb0 NO 4540536920", "10 VL 4540536920;"},
    {"VERG\xdd NO 4540536920", "9 VL 4540536920;"},
    {"vergi kimlik numaras\xc4\xb1 4540536920", "23 VL 4540536920;"},
    {"T.C. K\xc4\xb0ML\xc4\xb0K NO: 17291716060", "18 TL 17291716060;"},
    {"T.C. NO 17291716060", "8 TL 17291716060;"},
    {"TC NO:17291716060", "6 TL 17291716060;"},
    {"T.C.KIMLIK 17291716060", "11 TL 17291716060;"},
    {"VKN/TCKN: 17291716060", "10 TL 17291716060;"},
    {"VKN 17291716060", "4 TL 17291716060;"}, /* people have no VKN of their own */
    {"VKN4540536920", "3 VL 4540536920;"},
    {"VKN\r\n4540536920", "5 VL 4540536920;"},
    {"VKN 4540536921", ""},
    {"V\xc3\x96" "EN 1401555071", "6 OL 1401555071;"},
    {"V\xd6" "EN:1401555071", "5 OL 1401555071;"},
    {"VOEN 1401555081", "5 OL! 1401555081;"}, /* only its checksum fails */
    {"VOEN 300725012", "5 OL 0300725012;"},
    {"VOEN 1400057424", ""},
    {"4540536920", "0 V 4540536920;"},
    {"17291716060 ve 4540536920.", "0 T 17291716060;15 V 4540536920;"},
    {"1401555071", "0 O 1401555071;"}, /* no VKN, but a VÖEN */
    {"REVNO 4540536920", "6 V 4540536920;"}, /* ends like V.NO, but is another word */
    {"A4540536920", ""},
    {"4540536920B", ""},
    {"4540536920\xc4\xb0", ""},
    {"VKN 4540536920B", ""},
    {"14540536920", ""},
    {"4540536920,50 TRY", ""},
    {"12/4540536920", ""},
    {"4540536920-1", ""},
    {"SON: 4540536920, 1", "5 V 4540536920;"},
    {"00119\n4540536920", ""}, /* may be the rest of a wrapped number */
    {"\n4540536920\n", "1 V 4540536920;"},
    {"+90 4540536920", ""},
    {"+904540536920", ""},
    {"0 4540536920", ""},
    {"0(4540536920)", ""},
    {"0090 4540536920", ""},
    {"05321234567", ""},
    {"TEL: 4540536920", ""},
    {"GSM 17291716060", ""},
    {"190 4540536920", "4 V 4540536920;"},
    {"IBAN TR33 0006100519 7864578413 26", ""},
};

static void each_is_found_where_it_stands(void **state)
{
    for (size_t i = 0; i < COUNT(texts); i++) {
        struct mt940_tax_id_found found[8];
        size_t count = mt940_tax_id_scan(texts[i].text, strlen(texts[i].text), found, COUNT(found)), written = 0;
        char got[200] = "";

        assert_true(count <= COUNT(found));
        for (size_t n = 0; n < count; n++)
            written += (size_t)snprintf(got + written, sizeof(got) - written, "%zu %c%s%s %s;", found[n].offset,
                                        "-VTO"[found[n].kind], found[n].labelled ? "L" : "",
                                        found[n].reason ? "!" : "", found[n].digits);
        assert_string_equal(got, texts[i].expected);
    }
}

static void counts_more_than_fit(void **state)
{
    struct mt940_tax_id_found found[2] = {{0}, {77, 0, 0, 0, 0, ""}};

    assert_int_equal(mt940_tax_id_scan("4540536920 4540536920 4540536920", 32, found, 1), 3);
    assert_int_equal(found[1].offset, 77);
    assert_int_equal(mt940_tax_id_scan(NULL, 0, NULL, 0), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_number_has_its_reason),
        cmocka_unit_test(both_wordings_give_the_same_digits),
        cmocka_unit_test(each_is_found_where_it_stands),
        cmocka_unit_test(counts_more_than_fit),
    };

    if (!setlocale(LC_ALL, "tr_TR.UTF-8"))
        puts("# no locale tr_TR.UTF-8 here; run in the C locale");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
