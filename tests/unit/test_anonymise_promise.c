/* SPDX-License-Identifier: Apache-2.0
 *
 * test_anonymise_promise.c: what anonymous files are made for: no word of a name or purpose is left anywhere, in any
 * dialect and character set; a name is replaced alike everywhere under one seed and otherwise under another; numbers with
 * a check keep it, be it right or wrong.
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
#include "mt940connect/charset.h"
#include "mt940connect/iban.h"
#include "mt940connect/tax_id.h"

enum { longest = 2048 };

/* Words of names, firms and purposes, none of which banks write into everybody's statements. */
static const char *const names[] = {
    "Şükrü", "ÖZGÜR", "Gülşah", "YILDIRIM", "ÇAĞLAR", "Işık", "İPEK", "Kasım", "EYLÜL", "Nisan", "AMİR", "Bob", "ALI",
    "Can", "Müller", "GROSSMANN", "Jansen", "KOWALSKI", "Dvořák", "KARTAL", "KIRAZ", "TRABZON", "EFTELYA", "NONREFIK",
    "Иванов", "ШЕВЧЕНКО",
};

/* Where names stand: two of them, as %1 and %2. */
static const char *const forms[] = {
    "GELEN EFT %1 %2 SORGU NO: 12", "GİDEN HAVALE %2/%1 ADINA", "166?00SEPA GUTSCHRIFT?20SVWZ+RECHNUNG %1?32%2?33%1",
    "020~00PRZELEW~20%1~32%2", "/EREF/NOTPROVIDED/BENM//NAME/%1 %2/REMI/%2", "NAAM: %1 %2 OMSCHRIJVING: %1",
    "%1%2", "%1\r\n%2", "166?20XX XX XX XX XX XX XX XX X%1?21%2", "FAT NO. %1-%2", "x%1 %2.", ":62F:%1 %2", ":25:%1\r\n-%2", "{1:%1}{2:I940%2}", "%1@%2.com",
};

static const int32_t charsets[] = {MT940_CHARSET_UTF8, MT940_CHARSET_WINDOWS_1254, MT940_CHARSET_CP857};

static size_t fill(const char *form, const char *first, const char *second, char *out)
{
    size_t length = 0;
    for (; *form != '\0'; form++) {
        const char *word = form[0] == '%' && form[1] == '1' ? first : form[0] == '%' && form[1] == '2' ? second : NULL;
        if (word == NULL) {
            out[length++] = *form;
            continue;
        }
        memcpy(out + length, word, strlen(word));
        length += strlen(word);
        form++;
    }
    return length;
}

/* A statement with a text as narrative, reference, information and behind its end, in a set; 0 = the set lacks a letter. */
static size_t statement_of(int32_t charset, const char *text, size_t length, char *out)
{
    static const char *const parts[] = {
        ":20:", "\r\n:25:1/2\r\n:28C:1/1\r\n:60F:C260101TRY0,00\r\n:61:260102C1,00NTRFNONREF\r\n:86:",
        "\r\n:62F:C260102TRY1,00\r\n:86:", "\r\n-\r\n"};
    char whole[longest];
    size_t at = 0, written;

    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++) {
        assert_true(at + strlen(parts[i]) + length < sizeof whole);
        memcpy(whole + at, parts[i], strlen(parts[i]));
        memcpy(whole + at + strlen(parts[i]), text, length);
        at += strlen(parts[i]) + length;
    }
    return mt940_charset_encode(charset, whole, at, 0, out, &written, NULL) == 0 ? written : 0;
}

static void anonymise(char *bytes, size_t length, uint64_t seed)
{
    struct mt940_anonymise_options options;

    mt940_anonymise_options_init(&options);
    options.seed = seed;
    assert_int_equal(mt940_anonymise(bytes, length, &options, NULL, bytes, NULL), 0);
}

static char upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

/* Whether a word stands in the bytes, in any case. */
static int holds(const char *bytes, size_t length, const char *word, size_t word_length)
{
    for (size_t at = 0; at + word_length <= length; at++) {
        size_t i = 0;
        while (i < word_length && upper(bytes[at + i]) == upper(word[i]))
            i++;
        if (i == word_length)
            return 1;
    }
    return 0;
}

static void no_name_is_left(void **state)
{
    enum { seeds = 3, count = sizeof names / sizeof names[0] };
    char text[longest], bytes[longest], word[longest];
    size_t looked_at = 0, word_length;
    (void)state;
    for (size_t i = 0; i < count * (sizeof forms / sizeof forms[0]) * (sizeof charsets / sizeof charsets[0]); i++) {
        const char *form = forms[i / count % (sizeof forms / sizeof forms[0])];
        int32_t charset = charsets[i / count / (sizeof forms / sizeof forms[0])];
        const char *pair[2] = {names[i % count], names[(i + 1 + i / count) % count]};
        size_t length = fill(form, pair[0], pair[1], text);
        for (uint64_t seed = 0; seed < seeds; seed++) {
            size_t written = statement_of(charset, text, length, bytes);
            anonymise(bytes, written, seed);
            for (size_t k = 0; written > 0 && k < 2; k++, looked_at++) {
                assert_int_equal(mt940_charset_encode(charset, pair[k], strlen(pair[k]), 0, word, &word_length, NULL), 0);
                if (holds(bytes, written, word, word_length))
                    fail_msg("%s is left of \"%s\" in set %d", pair[k], form, (int)charset);
            }
        }
    }
    assert_true(looked_at > seeds * count);
}

/* What a name became where it stands alone, in UTF-8. */
static void replacement(const char *name, uint64_t seed, char *out)
{
    static const char head[] = ":20:";
    char text[longest], bytes[longest];
    size_t length = fill("%1 %2", name, "QX", text);

    assert_true(statement_of(MT940_CHARSET_UTF8, text, length, bytes) > 0);
    anonymise(bytes, strlen(head) + length, seed);
    memcpy(out, bytes + strlen(head), strlen(name));
    out[strlen(name)] = '\0';
}

static void a_name_has_one_replacement_under_a_seed(void **state)
{
    /* Where a word ends as it does in every form. */
    static const char *const clear[] = {"GELEN EFT %1 %2 SORGU NO: 12", "166?20SVWZ+%1 ABC?32%2 %1", "NAAM: %2 %1",
                                        "/EREF/X1/BENM//NAME/%1 %2/REMI/%1"};
    char first[longest], other[longest], text[longest], bytes[longest];
    (void)state;
    for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
        size_t different = 0;
        for (uint64_t seed = 0; seed < 4; seed++) {
            replacement(names[i], seed, first);
            assert_string_not_equal(first, names[i]);
            replacement(names[i], seed + 100, other);
            different += strcmp(first, other) != 0;
            for (size_t k = 0; k < sizeof clear / sizeof clear[0]; k++) {
                size_t length = fill(clear[k], names[i], "QX", text);
                length = statement_of(MT940_CHARSET_UTF8, text, length, bytes);
                anonymise(bytes, length, seed);
                if (!holds(bytes, length, first, strlen(first)))
                    fail_msg("%s is %s elsewhere than in \"%s\"", names[i], first, clear[k]);
            }
        }
        assert_true(different >= 3);
    }
}

/* The word behind the head of a statement that holds nothing but it. */
static const char *disguised(const char *number, uint64_t seed)
{
    static char bytes[longest];
    size_t length = statement_of(MT940_CHARSET_ASCII, number, strlen(number), bytes);

    assert_true(length > 0);
    anonymise(bytes, length, seed);
    bytes[4 + strlen(number)] = '\0';
    return bytes + 4;
}

/* Right ones become right ones; ones with a digit too many by one wrong ones. */
static void a_check_stays_right_or_wrong(void **state)
{
    static const char *const ibans[] = {"TR140006200119000001234567", "DE89370400440532013000", "NL91ABNA0417164300",
                                        "FR1420041010050500013M02606", "PL61109010140000071219812874"};
    char number[64];
    (void)state;
    for (uint64_t seed = 0; seed < 8; seed++) {
        for (size_t i = 0; i < 2 * (sizeof ibans / sizeof ibans[0]); i++) {
            memcpy(number, ibans[i / 2], strlen(ibans[i / 2]) + 1);
            number[3] = (char)(i % 2 ? '0' + (number[3] - '0' + 1) % 10 : number[3]);
            int before = mt940_iban_check(number, strlen(number), 0) == MT940_IBAN_VALID;
            const char *after = disguised(number, seed);
            assert_int_equal(mt940_iban_check(after, strlen(after), 0) == MT940_IBAN_VALID, before);
            assert_string_not_equal(after, number);
        }
        for (int wrong = 0; wrong < 2; wrong++) {
            const char *vkn = wrong ? "1112223338" : "1112223339", *tckn = wrong ? "10000000147" : "10000000146";
            const char *after = disguised(vkn, seed);
            assert_int_equal(mt940_vkn_check(after, strlen(after)) == MT940_TAX_ID_VALID, !wrong);
            assert_string_not_equal(after, vkn);
            after = disguised(tckn, seed);
            assert_int_equal(mt940_tckn_check(after, strlen(after)) == MT940_TAX_ID_VALID, !wrong);
            assert_string_not_equal(after, tckn);
        }
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_name_is_left),
        cmocka_unit_test(a_name_has_one_replacement_under_a_seed),
        cmocka_unit_test(a_check_stays_right_or_wrong),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
