/* SPDX-License-Identifier: Apache-2.0
 *
 * test_skim.c: passing over lines gives the answers of a loop over the bytes, whichever way blocks are looked at.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "statement/skim.h"

enum { rounds = 20000, longest = 300, longest_of_all = 20000 };

static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

/* Byte by byte. */
static void skim_slowly(const char *bytes, size_t from, size_t length, struct mt940_passed *out, size_t *next)
{
    out->at = out->last = from;
    out->lines = 0;
    out->high = false;
    for (size_t i = from; i < length; i++) {
        bool crlf = bytes[i] == '\r' && i + 1 < length && bytes[i + 1] == '\n';
        out->high = out->high || (unsigned char)bytes[i] > 0x7F;
        if ((bytes[i] != '\n' && bytes[i] != '\r') || (bytes[i] == '\r' && i + 1 == length))
            continue;
        if (out->lines++ == 0)
            *next = i + 1 + crlf;
        i += crlf;
        out->last = i + 1;
        if (i + 1 == length || mt940_may_begin_structure(bytes[i + 1])) {
            out->at = i + 1;
            return;
        }
    }
    out->at = length;
}

static void compare(struct mt940_skim *skim, size_t from, struct mt940_passed *got)
{
    struct mt940_passed expected;
    size_t next = 0;
    skim_slowly(skim->bytes, from, skim->length, &expected, &next);
    skim->way->pass(skim, from, got);
    assert_int_equal(got->at, expected.at);
    assert_int_equal(got->last, expected.last);
    assert_int_equal(got->lines, expected.lines);
    assert_int_equal(got->high, expected.high);
    if (got->lines)
        assert_int_equal(mt940_skim_next(skim, from), next);
}

/* From line to line, as the scanner goes, and now and then from inside one. */
static void walk(const struct mt940_skim_way *way, const char *bytes, size_t from, size_t length)
{
    struct mt940_skim skim;
    struct mt940_passed passed;
    size_t at = from;
    mt940_skim_init(&skim, way, bytes, length);
    do {
        compare(&skim, at, &passed);
        at = passed.at;
        if (at < length)
            at += at % 3;
    } while (at < length);
}

static void all_ways_agree(void **state)
{
    static const char alphabet[] = "\r\n\n\r:-{$ \t\x01zA0?\x7f\x80\xff";
    const struct mt940_skim_way *ways[3] = {&mt940_skim_plain, mt940_skim_best()};
    uint64_t random = 65;
    (void)state;
#ifdef MT940_SKIM_X86
    ways[2] = mt940_skim_has_avx2() ? &mt940_skim_avx2 : NULL;
#endif
    for (int round = 0; round < rounds; round++) {
        size_t length = next_random(&random) % (round % 50 ? longest : longest_of_all), from = next_random(&random) % (length + 1);
        /* A block of precisely this size, so that sanitizers see its end. */
        char *bytes = malloc(length + 1);
        unsigned rare = 1 + (unsigned)(next_random(&random) % (round % 3 ? 60 : 3000));
        assert_non_null(bytes);
        for (size_t i = 0; i < length; i++) {
            uint64_t number = next_random(&random);
            bytes[i] = number % rare ? 'x' : alphabet[(number >> 8) % (sizeof alphabet - 1)];
        }
        for (size_t i = 0; i < sizeof ways / sizeof ways[0] && ways[i]; i++)
            walk(ways[i], bytes, from, length);
        assert_true(length == 0 || mt940_find_line_end(bytes, from, length) >= from);
        free(bytes);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(all_ways_agree)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
