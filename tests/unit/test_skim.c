/* SPDX-License-Identifier: Apache-2.0
 *
 * test_skim.c: every way of passing over lines gives the answers of one that looks at each byte.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "statement/skim.h"

enum { rounds = 20000, longest = 300 };

static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

/* Byte by byte; `high` is exact here, the others may see a little further. */
static void skim_slowly(const char *bytes, size_t from, size_t length, struct mt940_skim *out)
{
    out->at = out->last = from;
    out->lines = 0;
    out->high = false;
    for (size_t i = from; i < length; i++) {
        bool crlf = bytes[i] == '\r' && i + 1 < length && bytes[i + 1] == '\n';
        out->high = out->high || (unsigned char)bytes[i] > 0x7F;
        if ((bytes[i] != '\n' && bytes[i] != '\r') || (bytes[i] == '\r' && i + 1 == length))
            continue;
        if (out->lines++ == 0) {
            out->first_end = i;
            out->first_next = i + 1 + crlf;
        }
        i += crlf;
        out->last = i + 1;
        if (i + 1 == length || mt940_may_begin_structure(bytes[i + 1])) {
            out->at = i + 1;
            return;
        }
    }
    out->at = length;
}

static void compare(mt940_skim_function *way, const char *bytes, size_t from, size_t length)
{
    struct mt940_skim expected, got;
    skim_slowly(bytes, from, length, &expected);
    way(bytes, from, length, &got);
    assert_int_equal(got.at, expected.at);
    assert_int_equal(got.last, expected.last);
    assert_int_equal(got.lines, expected.lines);
    assert_true(got.high || !expected.high);
    if (got.lines) {
        assert_int_equal(got.first_end, expected.first_end);
        assert_int_equal(got.first_next, expected.first_next);
    }
}

static void all_ways_agree(void **state)
{
    static const char alphabet[] = "\r\n\n\r:-{$ \t\x01zA0?\x7f\x80\xff";
    uint64_t random = 65;
    (void)state;
    for (int round = 0; round < rounds; round++) {
        size_t length = next_random(&random) % longest, from = next_random(&random) % (length + 1);
        /* A block of precisely this size, so that sanitizers see its end. */
        char *bytes = malloc(length + 1);
        unsigned rare = 1 + (unsigned)(next_random(&random) % 60);
        assert_non_null(bytes);
        for (size_t i = 0; i < length; i++) {
            uint64_t number = next_random(&random);
            bytes[i] = number % rare ? 'x' : alphabet[(number >> 8) % (sizeof alphabet - 1)];
        }
        compare(mt940_skim_plain, bytes, from, length);
        compare(mt940_skim_best(), bytes, from, length);
        assert_true(length == 0 || mt940_find_line_end(bytes, from, length) >= from);
        free(bytes);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(all_ways_agree)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
