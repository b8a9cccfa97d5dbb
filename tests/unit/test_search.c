/* SPDX-License-Identifier: Apache-2.0
 *
 * test_search.c: every way of searching finds the places that looking at one byte after the other finds.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/search.h"

enum { rounds = 20000, longest = 300 };

static uint64_t next_random(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static const char before[] = "VKS", last = 'S';

static bool is_place(const char *bytes, size_t at, const char *any, bool pairs)
{
    if (bytes[at] != '\0' && strchr(any, bytes[at]))
        return true;
    return pairs && at > 0 && bytes[at] == last && bytes[at - 1] != '\0' && strchr(before, bytes[at - 1]);
}

static size_t next_slowly(const char *bytes, size_t length, size_t from, const char *any, bool pairs)
{
    while (from < length && !is_place(bytes, from, any, pairs))
        from++;
    return from;
}

static void compare(mt940_search_function *way, const char *bytes, size_t length, size_t from, const char *any,
                    uint64_t *random)
{
    struct mt940_search search;
    bool pairs = from == 0;
    if (pairs)
        mt940_search_begin_pairs(&search, mt940_view_of(bytes, length), any[0], any[1], before, last);
    else
        mt940_search_begin(&search, mt940_view_of(bytes, length), from, any[0], any[1]);
    search.way = way ? way : search.way;
    while (from < length) {
        size_t expected = next_slowly(bytes, length, from, any, pairs);
        assert_int_equal(mt940_search_next(&search, from), expected);
        /* The same question again, the next byte, or somewhere behind. */
        from = expected + (size_t)(next_random(random) % 3 ? 1 : next_random(random) % 100);
    }
    assert_int_equal(mt940_search_next(&search, length), length);
}

static void all_ways_agree(void **state)
{
    static const char *const sets[] = {"+:", "+:", "??", "\n\n", "\xFF\x80"};
    static const char alphabet[] = "+:SSVK?\n\xFF\x80\x7F\x01*;,>@TR";
    uint64_t random = 86;
    (void)state;
    for (int round = 0; round < rounds; round++) {
        size_t length = next_random(&random) % longest, from = round % 2 ? next_random(&random) % (length + 1) : 0;
        const char *any = sets[round % (int)(sizeof sets / sizeof sets[0])];
        unsigned rare = 1 + (unsigned)(next_random(&random) % 90);
        /* A block of precisely this size, so that sanitizers see its end. */
        char *bytes = malloc(length + !length);
        assert_non_null(bytes);
        for (size_t i = 0; i < length; i++) {
            uint64_t number = next_random(&random);
            bytes[i] = number % rare ? 'x' : alphabet[(number >> 8) % sizeof alphabet];
        }
        compare(mt940_search_plain, bytes, length, from, any, &random);
        compare(NULL, bytes, length, from, any, &random);
#ifdef MT940_SEARCH_X86
        if (__builtin_cpu_supports("avx2"))
            compare(mt940_search_avx2, bytes, length, from, any, &random);
#endif
        free(bytes);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(all_ways_agree)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
