/* SPDX-License-Identifier: Apache-2.0
 *
 * test_iban_scan.c: IBANs found in text, as banks wrap and glue them, against a scanner that tries every position.
 */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "identifier/iban_pass.h"
#include "mt940connect/iban.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define TR78 "TR780006701000000011111111"
#define TR67 "TR670001000999000000333333"

/* Expected: "offset+length IBAN" each. */
static const struct row {
    const char *text;
    const char *expected;
} rows[] = {
    {"", ""},
    {"GELEN EFT YILDIZ MARKET " TR78 " SORGU NO:1414049", "24+26 " TR78 ";"},
    /* Wrapped at 65 characters, C07. */
    {"GELEN EFT YAPI KREDI BANKASI YILDIZ MARKET LTD.STI.GOND.IBAN TR78\r\n0006701000000011111111 SORGU NO 1",
     "61+28 " TR78 ";"},
    {"TR78\n0006701000000011111111", "0+27 " TR78 ";"},
    {"TR78\r0006701000000011111111", "0+27 " TR78 ";"},
    {"TR78 \r\n 0006701000000011111111", "0+30 " TR78 ";"},
    /* Anywhere, also in the first four characters. */
    {"T\r\nR780006701000000011111111", "0+28 " TR78 ";"},
    {"xTR\n780006701000000011111111", "1+27 " TR78 ";"},
    {"IBANTR7\n80006701000000011111111", "4+27 " TR78 ";"},
    {"TR \n 780006701000000011111111", "0+29 " TR78 ";"},
    {"TR7800067010000000111111\n11", "0+27 " TR78 ";"},
    /* But once, with one blank at most. */
    {"TR78\n00067010000000\n11111111", ""},
    {"TR78\n\n0006701000000011111111", ""},
    {"TR78  0006701000000011111111", ""},
    {"TR78\n  0006701000000011111111", ""},
    {"TR 780006701000000011111111", ""},
    {"T R780006701000000011111111", ""},
    /* Groups, C20: groups and a line end together. */
    {"ALICI TR78 0006 7010 0000 0011 1111 11\r\nGONDEREN", "6+32 " TR78 ";"},
    {"TR78 0006 7010 0000\r\n0011 1111 11", "0+33 " TR78 ";"},
    {"TR78 00067 0 1000000011111111", "0+29 " TR78 ";"},
    /* Blanks of Unicode, and what is not seen. */
    {"TR78\xC2\xA0" "0006\xE2\x80\xAF" "7010\xE2\x80\x89" "0000 0011 1111 11", "0+37 " TR78 ";"},
    {"TR78\xC2\xAD" "0006\xE2\x80\x8B" "7010\xE2\x81\xA0" "0000\xEF\xBB\xBF" "001111\xE2\x80\x80" "1111", "0+40 " TR78 ";"},
    {"TR78\xC2\xA0\xC2\xA0" "0006701000000011111111", ""},
    {"TR\xC2\xA0" "780006701000000011111111", ""},
    {"TR78\xE2\x80\x8C" "0006701000000011111111", ""},
    /* Glued to words and numbers. */
    {"IBAN" TR78 "SORGU", "4+26 " TR78 ";"},
    {"NDDBTR930005900214000000077701//", "4+26 TR930005900214000000077701;"},
    {"0123" TR78 "999", "4+26 " TR78 ";"},
    {TR78 TR67, "0+26 " TR78 ";26+26 " TR67 ";"},
    {TR78 "/" TR67, "0+26 " TR78 ";27+26 " TR67 ";"},
    {"iban tr780006701000000011111111", "5+26 " TR78 ";"},
    {"\xddTR780006701000000011111111\xfe", "1+26 " TR78 ";"},
    /* Not valid, not found. */
    {"TR790006701000000011111111", ""},
    {"TR440006200119000006672315", ""},
    {"TR080006110519786457841326", ""}, /* reserve digit */
    {"TR010012300882101517977799", ""}, /* check digits 01 */
    {"IT33X0542811101000000123457", ""}, /* national check */
    {"BJ66BJ0610100100144390000769", ""}, /* not in the registry */
    {"TR78000670100000001111111", ""},
    {"TR78000670100000001111111\xc4\xb1", ""},
    {"FATURA NO 14140510123456", ""},
    /* Others. */
    {"NO9386011117947", "0+15 NO9386011117947;"},
    {"MT84 MALT 0110 0001 2345 MTLC AST0 01S", "0+38 MT84MALT011000012345MTLCAST001S;"},
    {"ru0304452522540817810538091310419", "0+33 RU0304452522540817810538091310419;"},
    /* Nothing inside one that was found: this one holds 16 characters of form FK. */
    {"GB29NWBK60161331926819", "0+22 GB29NWBK60161331926819;"},
};

static void describe(const char *text, size_t length, char *out, size_t capacity)
{
    struct mt940_iban_found found[8];
    size_t count = mt940_iban_scan(text, length, found, COUNT(found)), written = 0;

    out[0] = '\0';
    assert_true(count <= COUNT(found));
    for (size_t i = 0; i < count; i++)
        written += (size_t)snprintf(out + written, capacity - written, "%zu+%zu %s;", found[i].offset, found[i].length,
                                    found[i].canonical);
}

static void each_is_found_where_it_stands(void **state)
{
    char got[400], text[300], expected[400];

    for (size_t i = 0; i < COUNT(rows); i++) {
        describe(rows[i].text, strlen(rows[i].text), got, sizeof(got));
        assert_string_equal(got, rows[i].expected);
    }
    /* At every place of a block, and where the text ends inside one. */
    for (size_t shift = 0; shift < 140; shift++) {
        memset(text, 'x', shift);
        strcpy(text + shift, "GOND TR7\r\n8 0006701000000011111111");
        snprintf(expected, sizeof(expected), "%zu+29 " TR78 ";", shift + 5);
        describe(text, strlen(text), got, sizeof(got));
        assert_string_equal(got, expected);
        for (size_t cut = shift; cut + 1 < strlen(text); cut++)
            assert_int_equal(mt940_iban_scan(text, cut, NULL, 0), 0);
    }
}

static void counts_more_than_fit(void **state)
{
    struct mt940_iban_found found[2] = {{0, 0, ""}, {77, 77, "#"}};

    assert_int_equal(mt940_iban_scan(TR78 " " TR67 " " TR78, 80, found, 1), 3);
    assert_string_equal(found[0].canonical, TR78);
    assert_int_equal(found[1].offset, 77);
    assert_int_equal(mt940_iban_scan(NULL, 0, NULL, 0), 0);
}

/* The grammar of iban.h, one start after the other. */
static size_t naive_match(const char *text, size_t length, size_t start, char *canonical)
{
    struct mt940_iban_country country = {.size = sizeof(country)};
    size_t i = start, have = 0, wanted = 4;
    int wrapped = 0;

    while (have < wanted) {
        if (have > 0) {
            size_t next = i;
            if (next < length && text[next] == ' ')
                next++;
            if (next < length && !wrapped && (text[next] == '\r' || text[next] == '\n')) {
                next += text[next] == '\r' && next + 1 < length && text[next + 1] == '\n' ? 2 : 1;
                wrapped = 1;
                if (next < length && text[next] == ' ')
                    next++;
                i = next;
            } else if (have >= 4) {
                i = next;
            }
        }
        if (i >= length)
            return 0;
        if (text[i] >= 'a' && text[i] <= 'z')
            canonical[have++] = (char)(text[i++] - 32);
        else if ((text[i] >= 'A' && text[i] <= 'Z') || (text[i] >= '0' && text[i] <= '9'))
            canonical[have++] = text[i++];
        else
            return 0;
        if (have == 4) {
            if (mt940_iban_country_find(canonical, 2, &country) != MT940_OK)
                return 0;
            wanted = (size_t)country.length;
        }
    }
    canonical[have] = '\0';
    return mt940_iban_check(canonical, have, 0) == MT940_IBAN_VALID ? i - start : 0;
}

static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

/* IBANs of every country with noise between and inside them. */
static size_t make_text(uint64_t *random, char *text, size_t capacity)
{
    static const char *const noise[] = {" ", "\n", "\r\n", "  ", "\r", "a", "TR", "12", "\xc4\xb0", "IBAN", ":86:",
                                        "T"};
    size_t length = 0;

    while (length + 120 < capacity) {
        struct mt940_iban_country country = {.size = sizeof(country)};
        char iban[MT940_IBAN_MAX + 1];

        mt940_iban_country_at(next_random(random) % 89, &country);
        assert_int_equal(mt940_iban_sample(country.code, next_random(random), iban), MT940_OK);
        for (const char *c = iban; *c; c++) {
            const char *between = noise[next_random(random) % COUNT(noise)];
            text[length++] = next_random(random) % 8 ? *c : (char)(*c | (*c >= 'A' ? 0x20 : 0));
            if (next_random(random) % 24 == 0)
                length += (size_t)snprintf(text + length, 8, "%s", between);
            else if (next_random(random) % 16 == 0)
                text[length++] = ' ';
        }
        if (next_random(random) % 3)
            length += (size_t)snprintf(text + length, 8, "%s", noise[next_random(random) % COUNT(noise)]);
    }
    return length;
}

static void finds_what_trying_every_start_finds(void **state)
{
    uint64_t random = 940;
    size_t total = 0;

    for (int round = 0; round < 300; round++) {
        char room[2000], canonical[MT940_IBAN_MAX + 2];
        struct mt940_iban_found found[200];
        size_t length = make_text(&random, room, 200 + next_random(&random) % 1700), seen = 0, size;
        size_t count;
        /* A block of precisely this size, so that a sanitizer sees a read of one byte too many. */
        char *text = malloc(length);

        assert_non_null(text);
        memcpy(text, room, length);
        count = mt940_iban_scan(text, length, found, COUNT(found));
        for (size_t i = 0; i < length; i += size ? size : 1) {
            size = naive_match(text, length, i, canonical);
            if (size == 0)
                continue;
            assert_true(seen < count);
            assert_int_equal(found[seen].offset, i);
            assert_int_equal(found[seen].length, size);
            assert_string_equal(found[seen].canonical, canonical);
            seen++;
        }
        assert_int_equal(seen, count);
        total += count;
        free(text);
    }
    assert_true(total > 500);
}

static void expect_classes(mt940_iban_classify_function *way, const char *block)
{
    struct mt940_iban_classes got;

    way(block, &got);
    for (size_t i = 0; i < MT940_IBAN_BLOCK; i++) {
        unsigned char c = (unsigned char)block[i];
        assert_int_equal(got.digits >> i & 1, c >= '0' && c <= '9');
        assert_int_equal(got.letters >> i & 1, (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'));
        assert_int_equal(got.controls >> i & 1, c >= 0x0a && c <= 0x0d);
        assert_int_equal(got.blanks >> i & 1, c == ' ');
    }
}

static void every_way_to_classify_is_one(void **state)
{
    uint64_t random = 64;

    for (int round = 0; round < 10000; round++) {
        char block[MT940_IBAN_BLOCK];

        for (size_t i = 0; i < sizeof(block); i++)
            block[i] = (char)(round < 256 ? (unsigned)round : (unsigned)next_random(&random));
        expect_classes(mt940_iban_classify_plain, block);
#ifdef MT940_IBAN_CLASSES_X86
        if (mt940_iban_classes_has_avx2())
            expect_classes(mt940_iban_classify_avx2, block);
        if (mt940_iban_classes_has_avx512())
            expect_classes(mt940_iban_classify_avx512, block);
#endif
    }
}

/* Whether a block of this text, cut at its end, begins at `at` that cannot be passed over. */
static bool stops(const char *text, size_t length, size_t at)
{
    struct mt940_iban_classes classes;
    char block[MT940_IBAN_BLOCK] = {0};

    memcpy(block, text + at, length - at < sizeof(block) ? length - at : sizeof(block));
    mt940_iban_classify_plain(block, &classes);
    return classes.controls || mt940_iban_plain_starts(classes.letters, classes.digits);
}

static void expect_pass(mt940_iban_pass_function *way, const char *text, size_t length, size_t from)
{
    size_t expected = from;

    while (expected < length && !stops(text, length, expected))
        expected += MT940_IBAN_STARTS;
    size_t got = way(text, length, from);
    if (length >= MT940_IBAN_BLOCK || got == expected)
        assert_int_equal(got < length ? got : length, expected < length ? expected : length);
    else
        assert_int_equal(got, from); /* nothing is said of so short a text */
}

static void every_way_passes_as_far(void **state)
{
    static const char alphabet[] = "TR12TR12 x\xC4\n";
    uint64_t random = 58;

    (void)state;
    for (int round = 0; round < 20000; round++) {
        size_t length = 1 + next_random(&random) % 300, from = next_random(&random) % length;
        unsigned rare = 1 + (unsigned)(next_random(&random) % 300);
        /* A block of precisely this size, so that sanitizers see its end. */
        char *text = malloc(length);
        assert_non_null(text);
        for (size_t i = 0; i < length; i++) {
            uint64_t number = next_random(&random);
            text[i] = number % rare ? (number >> 8 & 1 ? 'A' : '.') : alphabet[(number >> 16) % (sizeof(alphabet) - 1)];
        }
        if (length > 10 && round % 3 == 0)
            memcpy(text + next_random(&random) % (length - 4), "TR78", 4);
        expect_pass(mt940_iban_pass_plain, text, length, from);
        expect_pass(mt940_iban_pass_way(), text, length, from);
#ifdef MT940_IBAN_CLASSES_X86
        if (mt940_iban_classes_has_avx2())
            expect_pass(mt940_iban_pass_avx2, text, length, from);
#endif
        free(text);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_is_found_where_it_stands),
        cmocka_unit_test(counts_more_than_fit),
        cmocka_unit_test(finds_what_trying_every_start_finds),
        cmocka_unit_test(every_way_to_classify_is_one),
        cmocka_unit_test(every_way_passes_as_far),
    };

    if (!setlocale(LC_ALL, "tr_TR.UTF-8"))
        puts("# no locale tr_TR.UTF-8 here; run in the C locale");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
