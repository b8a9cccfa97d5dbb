/* SPDX-License-Identifier: Apache-2.0
 *
 * test_anonymise.c: what stays, what is replaced, by what, and what an anonymiser refuses. That a reader finds the same
 * before and after is tested over all cases and the corpus by fuzz/anonymise.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "mt940connect/anonymise.h"
#include "mt940connect/bic.h"
#include "mt940connect/iban.h"
#include "mt940connect/tax_id.h"
#include "statement/disguise.h"

#define HEAD ":20:R\r\n:25:1/2\r\n:28C:1/1\r\n:60F:C260101TRY0,00\r\n:61:260102C1,00NTRFNONREF\r\n:86:"
#define TAIL "\r\n:62F:C260102TRY1,00\r\n-\r\n"

/* A narrative as it looks in a statement made anonymous; the text of the last call only. */
static const char *narrative(const char *text, uint64_t seed)
{
    static char bytes[4096];
    struct mt940_anonymise_options options;
    int length = snprintf(bytes, sizeof bytes, "%s%s%s", HEAD, text, TAIL);

    mt940_anonymise_options_init(&options);
    options.seed = seed;
    assert_int_equal(mt940_anonymise(bytes, (size_t)length, &options, NULL, bytes, NULL), 0);
    assert_memory_equal(bytes, HEAD, strlen(HEAD));
    bytes[(size_t)length - strlen(TAIL)] = '\0';
    return bytes + strlen(HEAD);
}

static const char *const staying[] = {
    "GELEN EFT", "GİDEN HAVALE", "G\335DEN HAVALE", "DBS TAHSILATI", "SORGU NO: 12", "15.07.2026", "2026-07-15 12:30:45",
    "1.5.2026", "TRY 12,50", "1.234,56", "12.345.678,90", "A.Ş.", "15 EYLÜL", "000000000", "EREF+NOTPROVIDED", "166?00SEPA GUTSCHRIFT?20SVWZ+RECHNUNG",
    "/EREF/NOTPROVIDED/REMI/", "GLÄUBIGER-ID: ", "RETURN AC04", "", " ", "-", ":12:30", "{1:F01",
};

static void what_everybody_has_stays(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof staying / sizeof staying[0]; i++)
        assert_string_equal(narrative(staying[i], 1), staying[i]);
}

static const struct {
    const char *text, *form; /* A letter, 9 digit, anything else itself */
} replaced[] = {
    {"MEHMET YILMAZ", "AAAAAA AAAAAA"},
    {"Mehmet Yilmaz", "Aaaaaa Aaaaaa"},
    {"INV2026000123 EFT", "AAA9999999999 AAA"},
    {"12500,75", "99999,99"},
    {"00012345", "00099999"},
    {"0532 123 45 67", "0999 999 99 99"},
    {"532.123.45.67", "999.999.99.99"},
    {"20260715", "99999999"},
    {"166?20EREF+ABCD1234?32MUSTERMANN", "166?20AAAA+AAAA9999?32AAAAAAAAAA"},
};

static char form_of(char c)
{
    if (c >= 'a' && c <= 'z')
        return 'a';
    return c >= 'A' && c <= 'Z' ? 'A' : c >= '1' && c <= '9' ? '9' : c;
}

static void the_rest_has_another_value_and_the_same_form(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof replaced / sizeof replaced[0]; i++) {
        const char *text = narrative(replaced[i].text, 7);
        assert_string_not_equal(text, replaced[i].text);
        assert_int_equal(strlen(text), strlen(replaced[i].text));
        for (size_t k = 0; text[k] != '\0'; k++) {
            char form = replaced[i].form[k];
            if (form == '9' && text[k] == '0')
                continue;
            if (form == 'A' || form == 'a' || form == '9')
                assert_int_equal(form_of(text[k]), form);
            else
                assert_int_equal(text[k], replaced[i].text[k]);
        }
    }
}

static void keep(char *to, size_t capacity, const char *from)
{
    assert_true(strlen(from) < capacity);
    memcpy(to, from, strlen(from) + 1);
}

static void a_name_is_replaced_alike_wherever_it_stands(void **state)
{
    char first[64], other[64], cut[160];
    (void)state;
    keep(first, sizeof first, narrative("YILDIRIM", 5));
    assert_non_null(strstr(narrative("ACME YILDIRIM 12", 5), first));
    keep(other, sizeof other, narrative("Yildirim", 5));
    assert_int_equal(other[0], first[0]);
    assert_string_not_equal(narrative("YILDIRIM", 6), first);
    /* Cut at the end of a full line, and between two sub-fields. */
    keep(cut, sizeof cut, narrative("XX XX XX XX XX XX XX XX XX XX XX XX XX XX XX XX XX XX XX XX YILDI\r\nRIM", 5));
    assert_memory_equal(cut + 60, first, 5);
    assert_string_equal(cut + 67, first + 5);
    keep(cut, sizeof cut, narrative("166?20XX XX XX XX XX XX XX XX YIL?21DIRIM?32XX", 5));
    assert_memory_equal(cut + 30, first, 3);
    assert_memory_equal(cut + 36, first + 3, 5);
}

static const char *const ibans[] = {
    "TR140006200119000001234567", "DE89370400440532013000", "GB29NWBK60161331926819", "NL91ABNA0417164300",
    "FR1420041010050500013M02606", "IT60X0542811101000000123456", "BE68539007547034", "AZ21NABZ00000000137010001944",
    "PL61109010140000071219812874", "ES9121000418450200051332", "NO9386011117947", "CH9300762011623852957",
};

static void ibans_become_valid_ones_of_the_same_country(void **state)
{
    char plain[64], print[64], cut[64];
    (void)state;
    for (size_t i = 0; i < sizeof ibans / sizeof ibans[0]; i++) {
        keep(plain, sizeof plain, narrative(ibans[i], 3));
        assert_int_equal(mt940_iban_check(plain, strlen(plain), 0), MT940_IBAN_VALID);
        assert_memory_equal(plain, ibans[i], 2);
        assert_string_not_equal(plain, ibans[i]);
        assert_int_equal(mt940_iban_print(ibans[i], strlen(ibans[i]), print), 0);
        keep(cut, sizeof cut, narrative(print, 3));
        assert_int_equal(mt940_iban_print(plain, strlen(plain), print), 0);
        assert_string_equal(cut, print);
    }
    /* The bank stays: its manners are why files are shown. */
    assert_memory_equal(narrative("TR140006200119000001234567", 3) + 4, "00062", 5);
}

static void numbers_with_a_check_keep_it(void **state)
{
    const char *text;
    (void)state;
    for (uint64_t seed = 0; seed < 20; seed++) {
        text = narrative("1112223339", seed);
        assert_int_equal(mt940_vkn_check(text, strlen(text)), MT940_TAX_ID_VALID);
        assert_string_not_equal(text, "1112223339");
        text = narrative("10000000146", seed);
        assert_int_equal(mt940_tckn_check(text, strlen(text)), MT940_TAX_ID_VALID);
        assert_string_not_equal(text, "10000000146");
        text = narrative("BIC: TGBATRIS", seed);
        assert_memory_equal(text, "BIC: ", 5);
        assert_int_equal(mt940_bic_check(text + 5, 8, 0), MT940_BIC_VALID);
        assert_memory_equal(text + 9, "TR", 2);
        assert_memory_not_equal(text + 5, "TGBA", 4);
    }
}

/* Every word that makes a dialect stays, for the dialect has to. */
static void the_vocabulary_has_the_words_of_dialects(void **state)
{
    static const char *const words[] = {
#define MT940_SLASH(word, meaning, party) word,
#define MT940_WORD(word, endings, dialects, weight, ends, meaning, party) word,
#include "statement/narrative_words.def"
    };
    (void)state;
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++) {
        for (const char *at = words[i]; *at != '\0';) {
            size_t length = strcspn(at, " ./-");
            struct mt940_view word = {at, length};
            if (length > 1 && !mt940_is_vocabulary(word))
                fail_msg("%s of \"%s\" is no vocabulary", at, words[i]);
            at += length + (at[length] != '\0');
        }
    }
}

static void the_vocabulary_is_in_order(void **state)
{
    static const char *const words[] = {
#define MT940_VOCABULARY(word) word,
#include "statement/disguise_words.def"
    };
    (void)state;
    for (size_t i = 1; i < sizeof words / sizeof words[0]; i++)
        assert_true(strcmp(words[i - 1], words[i]) < 0);
}

static int stop(void *user, const void *bytes, size_t length)
{
    (void)user;
    (void)bytes;
    (void)length;
    return 42;
}

static void misuse_and_limits_are_told(void **state)
{
    struct mt940_output output = {sizeof output, NULL, stop};
    struct mt940_error error = {.size = sizeof error};
    struct mt940_anonymise_options options;
    struct mt940_anonymiser *anonymiser;
    static char line[200000];
    (void)state;
    mt940_anonymise_options_init(&options);
    assert_int_equal(mt940_anonymiser_new(&options, NULL, NULL, &anonymiser, NULL), MT940_E_ARGUMENT);
    options.size = 3;
    assert_int_equal(mt940_anonymiser_new(&options, &output, NULL, &anonymiser, NULL), MT940_E_ARGUMENT);
    assert_int_equal(mt940_anonymiser_new(NULL, &output, NULL, &anonymiser, NULL), 0);
    assert_int_equal(mt940_anonymiser_feed(anonymiser, ":20:X\r\n", 7, NULL), 0);
    assert_int_equal(mt940_anonymiser_finish(anonymiser, &error), MT940_E_CALLBACK);
    assert_int_equal(error.detail, 42);
    assert_int_equal(mt940_anonymiser_feed(anonymiser, "x", 1, NULL), MT940_E_STATE);
    mt940_anonymiser_free(anonymiser);
    mt940_anonymiser_free(NULL);
    memset(line, 'x', sizeof line);
    memcpy(line, ":20:", 4);
    mt940_anonymise_options_init(&options);
    options.max_field = 1000;
    assert_int_equal(mt940_anonymise(line, sizeof line, &options, NULL, line, &error), MT940_E_LIMIT);
    assert_int_equal(error.detail, MT940_LIMIT_FIELD);
    assert_int_equal(mt940_anonymise(NULL, 0, NULL, NULL, NULL, NULL), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_everybody_has_stays),
        cmocka_unit_test(the_rest_has_another_value_and_the_same_form),
        cmocka_unit_test(a_name_is_replaced_alike_wherever_it_stands),
        cmocka_unit_test(ibans_become_valid_ones_of_the_same_country),
        cmocka_unit_test(numbers_with_a_check_keep_it),
        cmocka_unit_test(the_vocabulary_has_the_words_of_dialects),
        cmocka_unit_test(the_vocabulary_is_in_order),
        cmocka_unit_test(misuse_and_limits_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
