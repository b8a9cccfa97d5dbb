/* SPDX-License-Identifier: Apache-2.0
 *
 * test_dbs_opening.c: thousands of open invoices at go-live: few calls of the store, each invoice once and told once, also
 * with twins, invoices that are there already, missing cards and a lost answer.
 */
#include "order_scene.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "mt940connect/dbs_total.h"

enum { MANY = 600 };

struct opened {
    int calls, saved, exists, refused;
};

static int take(void *user, const struct mt940_invoice_result *result)
{
    struct opened *opened = user;

    opened->calls++;
    opened->saved += result->saved;
    if (result->saved)
        return 0;
    assert_int_equal(result->notice_count, 1);
    opened->exists += result->notices[0].message == MT940_M_INVOICE_EXISTS;
    opened->refused += result->notices[0].message == MT940_M_UNKNOWN_CUSTOMER;
    return 0;
}

static int audit(void *user, const struct mt940_customer_bank *record, const struct mt940_dbs_audit *sums)
{
    *(int64_t *)user += record->dbs_total;
    assert_int_equal(sums->journal, record->dbs_total);
    return 0;
}

static int64_t total(struct scene *scene)
{
    int64_t sum = 0;
    size_t faulty = 9;

    assert_int_equal(mt940_flow_dbs_audit(scene->rival.other, audit, &sum, &faulty, NULL), 0);
    assert_int_equal(faulty, 0);
    return sum;
}

/* Invoices 0 … MANY-1 of 1.00 each; the last is the first again, the one before of nobody. */
static struct opened open_many(struct scene *scene)
{
    static struct mt940_invoice invoices[MANY];
    static struct mt940_invoice_request requests[MANY];
    static char numbers[MANY][8];
    struct opened opened = {0};

    for (int i = 0; i < MANY; i++) {
        snprintf(numbers[i], sizeof numbers[i], "%d", i == MANY - 1 ? MANY - 3 : i);
        invoices[i] = (struct mt940_invoice){.number = text(numbers[i]), .customer = text(i == MANY - 2 ? "X" : "C"),
                                             .kind = MT940_INVOICE_KIND_SALE, .amount = 100, .date = {2026, 7, 1}};
        requests[i] = (struct mt940_invoice_request){.size = sizeof requests[i], .verb = MT940_INVOICE_OPENING,
                                                     .invoice = &invoices[i]};
    }
    assert_int_equal(mt940_flow_openings(scene->flow, requests, MANY, take, &opened, NULL), 0);
    requests[0].verb = MT940_INVOICE_ADD;
    assert_int_equal(mt940_flow_openings(scene->flow, requests, 1, take, &opened, NULL), MT940_E_ARGUMENT);
    assert_int_equal(opened.calls, MANY);
    return opened;
}

static void many_openings_take_few_calls(void **state)
{
    struct scene scene;
    struct opened opened;

    (void)state;
    begin(&scene);
    add(&scene, "7", 5000);
    opened = open_many(&scene);
    assert_int_equal(opened.saved, MANY - 3);
    assert_int_equal(opened.exists, 2);
    assert_int_equal(opened.refused, 1);
    assert_in_range(scene.rival.calls, 1, 5);
    assert_int_equal(total(&scene), 5000 + 100 * (MANY - 3));
    opened = open_many(&scene);
    assert_int_equal(opened.saved, 0);
    assert_int_equal(total(&scene), 5000 + 100 * (MANY - 3));
    end(&scene);
}

static void a_lost_answer_is_looked_up_for_each(void **state)
{
    struct scene scene;
    struct opened opened;

    (void)state;
    begin(&scene);
    scene.rival.lose_answer = 1;
    opened = open_many(&scene);
    assert_int_equal(opened.saved + opened.exists, MANY - 1);
    scene.rival.lose_answer = 0;
    assert_int_equal(total(&scene), 100 * (MANY - 2));
    end(&scene);
}

/*
 * A name makes an adjustment happen once. Where the answer is lost, "done" is said of this call's own writing only: one of
 * the same name from before, of another amount or of another person is there already.
 */
static void a_lost_answer_is_not_taken_for_another_adjustment(void **state)
{
    static const struct {
        int64_t delta, total;
        int lose;
        int32_t message;
    } steps[] = {{250, 250, 1, 0},
                 {250, 250, 1, MT940_M_ADJUSTMENT_EXISTS},
                 {-300, 250, 1, MT940_M_ADJUSTMENT_EXISTS},
                 {-300, 250, 0, MT940_M_ADJUSTMENT_EXISTS}};
    const struct mt940_view customer = text("C"), name = text("first"), note = text("carried over");
    struct scene scene;

    (void)state;
    begin(&scene);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        int64_t sum = -1;
        int32_t message = -1;

        scene.rival.lose_answer = steps[i].lose;
        assert_int_equal(mt940_flow_dbs_adjust(scene.flow, &customer, 1, steps[i].delta, &name, &note, &sum, &message,
                                               NULL), 0);
        assert_int_equal(message, steps[i].message);
        assert_int_equal(sum, steps[i].total);
    }
    end(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(many_openings_take_few_calls),
        cmocka_unit_test(a_lost_answer_is_looked_up_for_each),
        cmocka_unit_test(a_lost_answer_is_not_taken_for_another_adjustment),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
