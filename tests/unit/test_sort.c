/* SPDX-License-Identifier: Apache-2.0
 *
 * test_sort.c: sorting element numbers: order, stability, every small size, and no more than
 * n log n comparisons.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/sort.h"

enum { MOST = 4096 };

struct keys {
    uint32_t key[MOST];
    size_t compared;
};

static int compare(const void *context, uint32_t a, uint32_t b)
{
    struct keys *keys = (struct keys *)(uintptr_t)context;

    keys->compared++;
    return keys->key[a] < keys->key[b] ? -1 : keys->key[a] > keys->key[b];
}

static void expect_sorted(struct keys *keys, size_t count)
{
    static uint32_t items[MOST], scratch[MOST];
    size_t rounds = 0;

    for (size_t width = 1; width < count; width *= 2)
        rounds++;
    for (size_t i = 0; i < count; i++)
        items[i] = (uint32_t)i;
    keys->compared = 0;
    mt940_sort(items, scratch, count, compare, keys);
    assert_true(keys->compared <= count * rounds);
    for (size_t i = 1; i < count; i++) {
        assert_true(keys->key[items[i - 1]] <= keys->key[items[i]]);
        /* Equal ones keep their order, which also says that none is lost or doubled among them. */
        if (keys->key[items[i - 1]] == keys->key[items[i]])
            assert_true(items[i - 1] < items[i]);
    }
}

static void every_size(void **state)
{
    static struct keys keys;

    (void)state;
    for (size_t count = 0; count <= 130; count++)
        for (uint32_t kinds = 1; kinds <= 64; kinds *= 4) {
            uint32_t seed = (uint32_t)count * 31 + kinds;

            for (size_t i = 0; i < count; i++) {
                seed = seed * 1664525u + 1013904223u;
                keys.key[i] = (seed >> 16) % kinds;
            }
            expect_sorted(&keys, count);
        }
}

static void ordered_and_reversed(void **state)
{
    static struct keys keys;

    (void)state;
    for (uint32_t i = 0; i < MOST; i++)
        keys.key[i] = i;
    expect_sorted(&keys, MOST);
    for (uint32_t i = 0; i < MOST; i++)
        keys.key[i] = MOST - i;
    expect_sorted(&keys, MOST);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(every_size), cmocka_unit_test(ordered_and_reversed)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
