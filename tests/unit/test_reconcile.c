/* SPDX-License-Identifier: Apache-2.0
 *
 * test_reconcile.c: whatever is told of movements and slips, the parts and the rest add up to the
 * difference; sums that do not fit are refused.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "mt940connect/reconcile.h"

static const struct mt940_date day = {2026, 1, 10}, before = {2026, 1, 9}, after = {2026, 1, 11};

static struct mt940_reconciliation begin(void)
{
    struct mt940_reconciliation out = {.size = sizeof out};
    assert_int_equal(mt940_reconcile_begin(&out, &day), 0);
    return out;
}

static void tell(struct mt940_reconciliation *out, int64_t amount, const struct mt940_date *booked,
                 const struct mt940_date *slip_date)
{
    struct mt940_movement movement = {.amount = amount, .entry_date = *booked};
    struct mt940_slip slip = {.revision = 0};
    struct mt940_slip_line line = {.amount = amount < 0 ? -amount : amount,
                                   .side = amount < 0 ? MT940_ENTRY_SIDE_CREDIT : MT940_ENTRY_SIDE_DEBIT};
    assert_int_equal(mt940_reconcile_movement(out, &movement, NULL, slip_date), 0);
    if (!slip_date)
        return;
    slip.date = *slip_date;
    assert_int_equal(mt940_reconcile_line(out, &slip, &line, 1), 0);
}

static void every_part_is_told_apart(void **state)
{
    struct mt940_reconciliation out = begin();
    struct mt940_movement fee = {.amount = -7, .entry_date = before, .state = MT940_MOVEMENT_STATE_INFORMATIONAL};
    struct mt940_slip slip = {.date = day};
    struct mt940_slip_line line = {.amount = 40, .side = MT940_ENTRY_SIDE_CREDIT};
    (void)state;
    tell(&out, 100, &day, &day);     /* on both sides */
    tell(&out, 30, &before, NULL);   /* not saved */
    tell(&out, 5, &after, NULL);     /* not yet */
    tell(&out, -20, &day, &after);   /* saved later */
    tell(&out, 60, &after, &before); /* in the books before it is at the bank */
    assert_int_equal(mt940_reconcile_movement(&out, &fee, NULL, NULL), 0);
    assert_int_equal(mt940_reconcile_line(&out, &slip, &line, 0), 0); /* by hand */
    out.has_bank = 1;
    out.opening = 1000;
    out.bank = 1000 + 100 + 30 - 20 - 7 + 3; /* 3 nobody knows of */
    assert_int_equal(mt940_reconcile_end(&out, NULL), 0);
    assert_int_equal(out.books, 1000 + 100 + 60 - 40);
    assert_int_equal(out.parts[MT940_RECONCILE_UNSAVED], 30);
    assert_int_equal(out.parts[MT940_RECONCILE_INFORMATIONAL], -7);
    assert_int_equal(out.parts[MT940_RECONCILE_LATER], -20);
    assert_int_equal(out.parts[MT940_RECONCILE_EARLIER], -60);
    assert_int_equal(out.parts[MT940_RECONCILE_BOOKS_ONLY], 40);
    assert_int_equal(out.difference, out.bank - out.books);
    assert_int_equal(out.unexplained, 3);
}

static void rows_before_the_start_date_are_informational(void **state)
{
    struct mt940_reconciliation out = begin();
    struct mt940_movement movement = {.amount = 9, .value_date = before};
    (void)state;
    assert_int_equal(mt940_reconcile_movement(&out, &movement, &day, NULL), 0);
    assert_int_equal(out.counts[MT940_RECONCILE_INFORMATIONAL], 1);
    assert_int_equal(out.counts[MT940_RECONCILE_UNSAVED], 0);
}

static void a_balance_that_is_given_counts_instead(void **state)
{
    struct mt940_reconciliation out = begin();
    int64_t books = 950;
    (void)state;
    tell(&out, 100, &day, &day);
    out.has_bank = 1;
    out.bank = 1000;
    assert_int_equal(mt940_reconcile_end(&out, &books), 0);
    assert_int_equal(out.books, 950);
    assert_int_equal(out.unexplained, 50);
}

static void sums_that_do_not_fit_are_refused(void **state)
{
    struct mt940_reconciliation out = begin();
    struct mt940_movement movement = {.amount = INT64_MAX, .entry_date = before};
    int64_t books = INT64_MIN;
    (void)state;
    assert_int_equal(mt940_reconcile_movement(&out, &movement, NULL, NULL), 0);
    assert_int_equal(mt940_reconcile_movement(&out, &movement, NULL, NULL), MT940_E_RANGE);
    out = begin();
    out.has_bank = 1;
    assert_int_equal(mt940_reconcile_end(&out, &books), MT940_E_RANGE);
}

static void misuse_is_told(void **state)
{
    struct mt940_reconciliation out = {.size = 8};
    struct mt940_date none = {0, 0, 0};
    (void)state;
    assert_int_equal(mt940_reconcile_begin(&out, &day), MT940_E_ARGUMENT);
    out.size = sizeof out;
    assert_int_equal(mt940_reconcile_begin(&out, &none), MT940_E_ARGUMENT);
    assert_int_equal(mt940_reconcile_movement(&out, NULL, NULL, NULL), MT940_E_ARGUMENT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_part_is_told_apart),
        cmocka_unit_test(rows_before_the_start_date_are_informational),
        cmocka_unit_test(a_balance_that_is_given_counts_instead),
        cmocka_unit_test(sums_that_do_not_fit_are_refused),
        cmocka_unit_test(misuse_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
