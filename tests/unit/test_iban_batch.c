/* SPDX-License-Identifier: Apache-2.0
 *
 * test_iban_batch.c: every way of judging many at once gives the verdicts of judging one. (The inputs of
 * tests/differential are judged by all ways, too.)
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

#include "identifier/iban_batch.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define TEXTS 4000

static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

/* A block of precisely this size, so that sanitizers see its end. */
static struct mt940_view copy_of(const char *text, size_t length)
{
    char *copy = malloc(length ? length : 1);
    struct mt940_view out = {copy, length};

    assert_non_null(copy);
    memcpy(copy, text, length);
    return out;
}

/* An IBAN of a random country, mostly with a mistake. */
static struct mt940_view make_text(uint64_t *random)
{
    static const char all[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ/:@[`az{ -\x7f\x80\xb0\xff";
    struct mt940_iban_country country = {.size = sizeof(country)};
    char text[MT940_IBAN_MAX + 8] = "";
    size_t length;

    mt940_iban_country_at(next_random(random) % mt940_iban_country_count(), &country);
    if (mt940_iban_sample(country.code, next_random(random), text))
        assert_int_equal(mt940_iban_sample(country.prefix, next_random(random), text), MT940_OK);
    memcpy(text, country.code, 2);
    length = strlen(text);
    for (uint64_t mistakes = next_random(random) % 3; mistakes; mistakes--)
        text[next_random(random) % length] = all[next_random(random) % (sizeof(all) - 1)];
    return copy_of(text, next_random(random) % 8 ? length : next_random(random) % (MT940_IBAN_MAX + 4));
}

static void compare(const struct mt940_view *texts, uint32_t flags, mt940_iban_batch_function *way)
{
    struct mt940_iban_batch batch;
    uint8_t reasons[TEXTS];
    size_t valid, expected = 0;

    mt940_iban_batch_prepare(&batch, flags);
    valid = way(&batch, texts, TEXTS, reasons);
    for (size_t i = 0; i < TEXTS; i++) {
        assert_int_equal(reasons[i], mt940_iban_check(texts[i].data, texts[i].length, flags));
        expected += reasons[i] == MT940_IBAN_VALID;
    }
    assert_int_equal(valid, expected);
}

static void every_way_gives_the_same_verdicts(void **state)
{
    static const uint32_t flags[] = {0, MT940_IBAN_PRINT, MT940_IBAN_UNOFFICIAL, MT940_IBAN_TERRITORIES, 1023 & ~128,
                                     MT940_IBAN_ANY_CHECK_DIGITS, MT940_IBAN_NO_NATIONAL, MT940_IBAN_NO_RESERVE,
                                     MT940_IBAN_UNOFFICIAL | MT940_IBAN_INFERRED_NATIONAL};
    static struct mt940_view texts[TEXTS];
    uint64_t random = 97;

    for (size_t i = 0; i < TEXTS - 1; i++)
        texts[i] = make_text(&random);
    texts[TEXTS - 1] = copy_of("TR080006110519786457841326", 26); /* reserve digit */
    for (size_t i = 0; i < COUNT(flags); i++) {
        compare(texts, flags[i], mt940_iban_batch_plain);
#ifdef MT940_IBAN_BATCH_X86
        if (mt940_iban_batch_has_avx2())
            compare(texts, flags[i], mt940_iban_batch_avx2);
        if (mt940_iban_batch_has_avx512())
            compare(texts, flags[i], mt940_iban_batch_avx512);
#endif
    }
    for (size_t i = 0; i < TEXTS; i++)
        free((void *)texts[i].data);
}

static void the_exported_one_counts_and_refuses(void **state)
{
    struct mt940_view texts[] = {{"TR330006100519786457841326", 26}, {"TR340006100519786457841326", 26}, {NULL, 0},
                                 {NULL, 26}, {"NO9386011117947", 15}, {"RU0304452522540817810538091310419", 33}};
    const uint8_t expected[] = {MT940_IBAN_VALID, MT940_IBAN_BAD_CHECKSUM, MT940_IBAN_BAD_LENGTH,
                                MT940_IBAN_BAD_CHARACTER, MT940_IBAN_VALID, MT940_IBAN_VALID};
    uint8_t reasons[COUNT(texts)];

    assert_int_equal(mt940_iban_check_many(texts, COUNT(texts), 0, reasons), 3);
    assert_memory_equal(reasons, expected, sizeof(expected));
    assert_int_equal(mt940_iban_check_many(texts, COUNT(texts), 1024, reasons), 0);
    for (size_t i = 0; i < COUNT(texts); i++)
        assert_int_equal(reasons[i], MT940_IBAN_BAD_CHARACTER);
    assert_int_equal(mt940_iban_check_many(NULL, 0, 0, NULL), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_way_gives_the_same_verdicts),
        cmocka_unit_test(the_exported_one_counts_and_refuses),
    };

    /* Where i and I are no pair; nothing here may notice. */
    if (!setlocale(LC_ALL, "tr_TR.UTF-8"))
        puts("# no locale tr_TR.UTF-8 here; run in the C locale");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
