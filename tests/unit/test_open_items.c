/* SPDX-License-Identifier: Apache-2.0
 *
 * test_open_items.c: which open rows add up to an amount: examples, trap 15 (equal amounts, sets
 * with two solutions), and small cases against every subset there is.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "mt940connect/open_items.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

enum { ROWS = 30 };

static int64_t room[MT940_OPEN_ITEMS_ROOM(ROWS) / sizeof(int64_t)];
static struct mt940_payment rows[ROWS];
static uint32_t chosen[ROWS];

static struct mt940_view view(const char *text)
{
    struct mt940_view result;

    mt940_view_from_string(text, &result);
    return result;
}

/* Rows of these amounts, the first one due last. */
static void set_rows(const int64_t *amounts, size_t count)
{
    memset(rows, 0, sizeof(rows));
    for (size_t i = 0; i < count; i++) {
        rows[i].amount = amounts[i];
        rows[i].currency = view("TRY");
        rows[i].state = MT940_DOCUMENT_STATE_ACTIVE;
        rows[i].due_date.year = 2026;
        rows[i].due_date.month = 7;
        rows[i].due_date.day = (int)(count - i);
    }
}

static struct mt940_open_items find(size_t count, int64_t amount)
{
    struct mt940_open_items found = {.size = sizeof(found)};
    struct mt940_view currency = view("TRY");

    assert_int_equal(mt940_open_items_find(rows, count, amount, &currency, room, sizeof(room), chosen, ROWS, &found),
                     MT940_OK);
    return found;
}

static void amounts_are_explained(void **state)
{
    static const int64_t amounts[] = {100, 250, 400, 250, 70};
    static const struct {
        int64_t amount;
        const char *expected;
    } cases[] = {
        {400, "one 1: 2"},         {250, "one 2: 3"},          {1070, "all 1: 4 3 2 1 0"}, {320, "oldest 1: 4 3"},
        {720, "oldest 1: 4 3 2"},  {170, "set 1: 4 0"},        {650, "set 2:"},            {470, "set 1: 4 2"},
        {1, "none 0:"},            {5000, "none 0:"},          {70, "one 1: 4"},
    };

    (void)state;
    set_rows(amounts, COUNT(amounts));
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct mt940_open_items found = find(COUNT(amounts), cases[i].amount);
        char text[100];
        int used = snprintf(text, sizeof(text), "%s %u:", mt940_open_items_fit_name(found.fit), found.solutions);

        for (uint32_t k = 0; k < found.count; k++)
            used += snprintf(text + used, sizeof(text) - (size_t)used, " %u", chosen[k]);
        assert_string_equal(text, cases[i].expected);
        assert_int_equal(found.open, COUNT(amounts));
    }
}

static void what_is_not_open_does_not_count(void **state)
{
    static const int64_t amounts[] = {100, 200, -50, 300, 400};

    (void)state;
    set_rows(amounts, COUNT(amounts));
    rows[0].paid = 100;
    rows[1].currency = view("USD");
    rows[3].state = MT940_DOCUMENT_STATE_CANCELLED;
    rows[4].paid = 150;
    assert_int_equal(find(COUNT(amounts), 100).fit, MT940_OPEN_ITEMS_NONE);
    assert_int_equal(find(COUNT(amounts), 200).fit, MT940_OPEN_ITEMS_NONE);
    assert_int_equal(find(COUNT(amounts), 250).fit, MT940_OPEN_ITEMS_ONE);
    assert_int_equal(chosen[0], 4);
    assert_int_equal(find(COUNT(amounts), 250).open, 1);
    assert_int_equal(find(0, 250).fit, MT940_OPEN_ITEMS_NONE);
}

/* Every subset of small sets of rows, and what the function says of its sum. */
static void sets_agree_with_all_subsets(void **state)
{
    uint64_t random = 7;

    (void)state;
    for (int round = 0; round < 300; round++) {
        int64_t amounts[10], wanted = 0, sum;
        size_t count = 2 + (size_t)round % 9, solutions = 0;
        struct mt940_open_items found;

        for (size_t i = 0; i < count; i++) {
            random = random * UINT64_C(6364136223846793005) + 1442695040888963407u;
            amounts[i] = 1 + (int64_t)(random >> 33) % 60;
            wanted += random >> 62 ? amounts[i] : 0;
        }
        if (wanted == 0)
            continue;
        set_rows(amounts, count);
        found = find(count, wanted);
        for (unsigned set = 1; set < 1u << count; set++) {
            sum = 0;
            for (size_t i = 0; i < count; i++)
                sum += set >> i & 1 ? amounts[i] : 0;
            solutions += sum == wanted;
        }
        assert_int_not_equal(found.fit, MT940_OPEN_ITEMS_NONE);
        if (found.fit == MT940_OPEN_ITEMS_SET)
            assert_int_equal(found.solutions, solutions < 2 ? solutions : 2);
        sum = 0;
        for (uint32_t k = 0; k < found.count; k++)
            sum += amounts[chosen[k]];
        assert_true(sum == wanted || found.count == 0);
    }
}

static void many_rows_are_bounded(void **state)
{
    int64_t amounts[ROWS];

    (void)state;
    for (size_t i = 0; i < ROWS; i++)
        amounts[i] = (INT64_MAX >> 6) + (int64_t)i;
    set_rows(amounts, ROWS);
    assert_int_equal(find(ROWS, INT64_MAX).fit, MT940_OPEN_ITEMS_NONE);
    assert_int_equal(find(MT940_OPEN_ITEMS_SET_MOST, INT64_MAX).fit, MT940_OPEN_ITEMS_NONE);
    assert_int_equal(find(ROWS, amounts[7]).fit, MT940_OPEN_ITEMS_ONE);
}

static void misuse_is_refused(void **state)
{
    struct mt940_open_items found = {.size = sizeof(found)};
    struct mt940_view currency = view("TRY");

    (void)state;
    assert_int_equal(mt940_open_items_find(NULL, 1, 1, &currency, room, sizeof(room), chosen, 1, &found),
                     MT940_E_ARGUMENT);
    assert_int_equal(mt940_open_items_find(rows, 1, 0, &currency, room, sizeof(room), chosen, 1, &found),
                     MT940_E_ARGUMENT);
    assert_int_equal(mt940_open_items_find(rows, 1, 1, &currency, room, 100, chosen, 1, &found), MT940_E_ARGUMENT);
    found.size = 4;
    assert_int_equal(mt940_open_items_find(rows, 1, 1, &currency, room, sizeof(room), chosen, 1, &found),
                     MT940_E_ARGUMENT);
    assert_null(mt940_open_items_fit_name(-1));
    assert_null(mt940_open_items_fit_name(MT940_OPEN_ITEMS_SET + 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(amounts_are_explained),
        cmocka_unit_test(what_is_not_open_does_not_count),
        cmocka_unit_test(sets_agree_with_all_subsets),
        cmocka_unit_test(many_rows_are_bounded),
        cmocka_unit_test(misuse_is_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
