/* SPDX-License-Identifier: Apache-2.0
 *
 * test_rates.c: the books a store answers for give the last rate of each kind, on whatever day
 * each was published; none from the future, none of a fortnight and more ago.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "world.h"

static struct world world;

static void put(const char *kind, int32_t day, int64_t rate)
{
    struct mt940_rate record = {.date = {2026, 3, day}, .rate = rate};
    const void *records[] = {&record};
    mt940_view_from_string("1", &record.company);
    mt940_view_from_string("USD", &record.currency);
    mt940_view_from_string(kind, &record.kind);
    assert_int_equal(mt940_flow_put(world.flow, MT940_KIND_RATE, records, 1, NULL, NULL), 0);
}

struct found {
    size_t count;
    int64_t sum;
};

static int take(void *user, const void *record)
{
    struct found *found = user;
    found->count++;
    found->sum += ((const struct mt940_rate *)record)->rate;
    return 0;
}

static struct found ask(int32_t day)
{
    struct mt940_date date = {2026, 3, day};
    struct mt940_books books;
    struct mt940_view company, currency;
    struct found found = {0, 0};
    mt940_view_from_string("1", &company);
    mt940_view_from_string("USD", &currency);
    assert_int_equal(mt940_books_from_store(&world.store, &books), 0);
    assert_int_equal(books.rates(books.user, &company, &currency, &date, take, &found), 0);
    return found;
}

static void each_kind_has_its_own_last_day(void **state)
{
    (void)state;
    world_open(&world);
    put("buying", 2, 1);
    put("buying", 10, 10);
    put("selling", 9, 100);
    put("customs", 1, 1000);
    assert_int_equal(ask(10).sum, 1110);
    assert_int_equal(ask(10).count, 3);
    assert_int_equal(ask(9).sum, 1101); /* the tenth is the future */
    assert_int_equal(ask(16).sum, 110); /* the first is too long ago */
    assert_int_equal(ask(25).count, 0);
    world_close(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_kind_has_its_own_last_day)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
