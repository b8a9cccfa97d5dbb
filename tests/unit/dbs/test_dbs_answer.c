/* SPDX-License-Identifier: Apache-2.0
 *
 * test_dbs_answer.c: a bank's answers through a store: twice, late, from another bank, about an earlier run, line upon
 * line, and with a rival between reading and writing (decision 31).
 */
#include "order_scene.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void an_answer_is_taken_once(void **state)
{
    static const char file[] = "reference,state\nF1,accepted\nF2,rejected\nF9,accepted\n";
    struct scene scene;
    struct heard heard;

    (void)state;
    begin(&scene);
    add(&scene, "F1", 100);
    add(&scene, "F2", 200);
    assert_int_equal(orders(&scene, "0062", 0).pending, MT940_DBS_ORDER_RECORD_NEW);
    export(&scene, "0062", 0);
    heard = answer(&scene, file, 1);
    assert_int_equal(heard.summary.changed, 2);
    heard = answer(&scene, file, 0);
    assert_int_equal(heard.summary.changed, 2);
    assert_int_equal(heard.summary.lines, 2);
    assert_int_equal(heard.summary.errors, 1);
    assert_int_equal(heard.finding, MT940_M_DBS_ORDER_UNKNOWN);
    assert_int_equal(heard.line, 4);
    assert_int_equal(heard.message, MT940_M_DBS_REJECTED);
    heard = answer(&scene, file, 0);
    assert_int_equal(heard.summary.changed, 0);
    assert_int_equal(heard.summary.same, 2);
    /* What came meanwhile is not undone by an old file. */
    assert_int_equal(answer(&scene, "reference,state,paid\nF1,paid,1.00\n", 0).summary.changed, 1);
    heard = answer(&scene, file, 0);
    assert_int_equal(heard.summary.changed, 0);
    assert_int_equal(heard.findings, 2);
    assert_int_equal(orders(&scene, "0062", 0).rows, 2); /* the slip has not come */
    assert_int_equal(orders(&scene, NULL, 1).rows, 2);
    assert_int_equal(export(&scene, "0062", 0).rows, 0);
    assert_int_equal(export(&scene, "0062", MT940_DBS_EXPORT_AGAIN).added, 1); /* the rejected one */
    assert_int_equal(orders(&scene, "0111", 1).rows, 0);
    end(&scene);
}

/* After an update the old file would answer it; its bytes are known. */
static void an_old_file_answers_no_update(void **state)
{
    static const char file[] = "reference,state\nF1,accepted\n";
    struct scene scene;
    struct heard heard;

    (void)state;
    begin(&scene);
    add(&scene, "F1", 100);
    export(&scene, "0062", 0);
    assert_int_equal(answer(&scene, file, 0).summary.changed, 1);
    event(scene.rival.other, MT940_INVOICE_CHANGE, "F1", 90, "A", 0);
    export(&scene, "0062", 0);
    heard = answer(&scene, file, 0);
    assert_int_equal(heard.summary.already, 1);
    assert_int_equal(heard.summary.changed, 0);
    assert_int_equal(orders(&scene, "0062", 0).state, MT940_DBS_ORDER_STATE_SENT);
    heard = answer(&scene, "reference,state,run\nF1,accepted,1\n", 0);
    assert_int_equal(heard.finding, MT940_M_DBS_ANSWER_OTHER_RUN);
    assert_int_equal(answer(&scene, "reference,state,run\nF1,accepted,2\n", 0).summary.changed, 1);
    end(&scene);
}

static void lines_of_one_file_build_on_each_other(void **state)
{
    struct scene scene;
    struct heard heard;

    (void)state;
    begin(&scene);
    add(&scene, "F1", 10000);
    export(&scene, "0062", 0);
    heard = answer(&scene, "invoice;state;paid;bank\nF1;accepted;;0062\nF1;partly-paid;40,00;\nF1;partly-paid;30,00;\n"
                           "F1;paid;100,00;\nF1;accepted;;0111\nF1;paid;1,001;\n", 0);
    assert_int_equal(heard.summary.changed, 3);
    assert_int_equal(heard.findings, 3); /* late; of another bank; ambiguous */
    assert_int_equal(heard.summary.errors, 2);
    assert_int_equal(heard.state, MT940_DBS_ORDER_STATE_PAID);
    assert_int_equal(orders(&scene, "0062", 1).state, MT940_DBS_ORDER_STATE_PAID);
    /* Bad amounts for the currency are the line's own trouble. */
    heard = answer(&scene, "invoice;state;paid\nF1;payment-cancelled;0,0001\n", 0);
    assert_int_equal(heard.finding, MT940_M_CSV_VALUE);
    assert_int_equal(heard.summary.changed, 0);
    end(&scene);
}

static void answer_meanwhile(struct rival *rival)
{
    const struct mt940_dbs_answer_request request = {.size = sizeof request, .bank = text("0062"),
                                                     .bytes = "reference,state\nF1,paid\n", .length = 24};

    assert_int_equal(mt940_flow_dbs_answer(rival->other, &request, NULL, NULL, NULL, NULL, NULL), 0);
}

static void a_rival_answer_is_seen(void **state)
{
    struct scene scene;
    struct heard heard;

    (void)state;
    begin(&scene);
    add(&scene, "F1", 100);
    export(&scene, "0062", 0);
    scene.rival.before = answer_meanwhile;
    scene.rival.times = 1;
    heard = answer(&scene, "reference,state\nF1,accepted\n", 0);
    assert_int_equal(heard.summary.changed, 0);
    assert_int_equal(heard.finding, MT940_M_DBS_ANSWER_LATE);
    end(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(an_answer_is_taken_once),         cmocka_unit_test(an_old_file_answers_no_update),
        cmocka_unit_test(lines_of_one_file_build_on_each_other), cmocka_unit_test(a_rival_answer_is_seen),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
