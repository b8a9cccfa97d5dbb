/* SPDX-License-Identifier: Apache-2.0
 *
 * test_dbs_order.c: rows to a bank through a store: each row once for each of its states, a file that can be had again
 * byte for byte, cancellations and changes of exported invoices (decision 25), and a rival between reading and writing.
 */
#include "order_scene.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static int same_file(void *user, const void *record)
{
    const struct mt940_dbs_run *run = record;
    struct told *told = user;

    assert_int_equal(run->content.length, told->length);
    assert_memory_equal(run->content.data, told->file, told->length);
    assert_int_equal(run->rows, told->rows);
    told->calls++;
    return 0;
}

#define HEAD                                                                                                          \
    "run,row,record,bank,customer,reference,invoice,line,invoice_date,due_date,amount,currency,branch,account,iban,"  \
    "collection_account,collection_iban\r\n"
#define TAIL "TRY,0062_00119,11111111,TR780006701000000011111111,A,TR140006200119000001234567\r\n"

static void each_row_goes_once_to_its_bank(void **state)
{
    const struct mt940_view bank = {"0062", 4}, other = {"0111", 4};
    struct scene scene;
    struct told told;

    (void)state;
    begin(&scene);
    event(scene.rival.other, MT940_INVOICE_ADD, "F1", 100000, "A", 2);
    event(scene.rival.other, MT940_INVOICE_ADD, "F2", 700, "B", 0);
    told = export(&scene, "0062", MT940_DBS_EXPORT_CHECK);
    assert_int_equal(told.saved, 0);
    told = export(&scene, "0062", 0);
    assert_string_equal(told.file, HEAD "1,1,new,0062,C,F1,F1,1,2026-07-01,2026-07-15,500.00," TAIL
                                        "1,2,new,0062,C,F1-2,F1,2,2026-07-01,2026-08-15,500.00," TAIL);
    assert_int_equal(told.saved, 1);
    assert_int_equal(told.added, 2);
    assert_int_equal(mt940_flow_dbs_run(scene.flow, &bank, 1, same_file, &told, NULL), 0);
    assert_int_equal(told.calls, 2);
    assert_int_equal(mt940_flow_dbs_run(scene.flow, &other, 1, same_file, &told, NULL), MT940_E_NOT_FOUND);
    assert_int_equal(export(&scene, "0062", 0).rows, 0);
    told = export(&scene, "0111", 0);
    assert_int_equal(told.number, 1);
    assert_int_equal(told.rows, 1);
    told.calls = 0;
    assert_int_equal(mt940_flow_dbs_runs(scene.flow, &other, same_file, &told, NULL), 0);
    assert_int_equal(told.calls, 1);
    end(&scene);
}

static void changes_and_cancellations_follow(void **state)
{
    struct scene scene;
    struct told told;

    (void)state;
    begin(&scene);
    event(scene.rival.other, MT940_INVOICE_ADD, "F1", 100000, "A", 2);
    add(&scene, "F2", 20000);
    export(&scene, "0062", 0);
    event(scene.rival.other, MT940_INVOICE_CHANGE, "F1", 90000, "A", 0); /* one row of 900: the second is gone */
    event(scene.rival.other, MT940_INVOICE_CANCEL, "F2", 0, "", 0);
    told = export(&scene, "0062", 0);
    assert_string_equal(told.file, HEAD "2,1,update,0062,C,F1,F1,1,2026-07-01,2026-07-15,900.00," TAIL
                                        "2,2,cancel,0062,C,F1-2,F1,2,2026-07-01,2026-08-15,500.00," TAIL
                                        "2,3,cancel,0062,C,F2,F2,1,2026-07-01,2026-07-15,200.00," TAIL);
    assert_int_equal(export(&scene, "0062", 0).rows, 0);
    event(scene.rival.other, MT940_INVOICE_RESTORE, "F2", 0, "", 0);
    event(scene.rival.other, MT940_INVOICE_WITHDRAW, "F1", 0, "", 0);
    told = export(&scene, "0062", 0);
    assert_int_equal(told.added, 1);
    assert_int_equal(told.cancelled, 1);
    /* Moved to another bank: the one is told to forget it, the other to collect it. */
    event(scene.rival.other, MT940_INVOICE_CHANGE, "F2", 20000, "B", 0);
    assert_int_equal(export(&scene, "0062", 0).cancelled, 1);
    assert_int_equal(export(&scene, "0111", 0).added, 1);
    end(&scene);
}

static void what_cannot_stand_in_a_file_is_said(void **state)
{
    struct scene scene;
    struct told told;
    const struct mt940_dbs_export_request few = {.size = sizeof few, .bank = text("0062"), .max_rows = 1};
    const struct mt940_dbs_export_request late = {.size = sizeof late, .bank = text("0062"), .since = {2026, 7, 2}};
    const struct mt940_dbs_export_request narrow = {.size = sizeof narrow, .bank = text("0062"),
                                                    .layout = mt940_dbs_layout_find("vakifbank", NULL)};
    const struct mt940_dbs_export_request nowhere = {.size = sizeof nowhere, .bank = text("62")};

    (void)state;
    begin(&scene);
    event(scene.rival.other, MT940_INVOICE_ADD, "A", 200, "A", 2);
    add(&scene, "A-2", 100);
    event(scene.rival.other, MT940_INVOICE_ADD, "Z", 100, "M", 0);
    memset(&told, 0, sizeof told);
    assert_int_equal(mt940_flow_dbs_export(scene.flow, &few, tell, find, &told, NULL), MT940_E_LIMIT);
    assert_int_equal(mt940_flow_dbs_export(scene.flow, &nowhere, tell, find, &told, NULL), MT940_E_ARGUMENT);
    assert_int_equal(mt940_flow_dbs_export(scene.flow, &late, tell, find, &told, NULL), 0);
    assert_int_equal(told.rows, 0);
    told = export(&scene, "0062", 0);
    assert_int_equal(told.rows, 2);
    assert_int_equal(told.left_out, 1);
    assert_int_equal(told.findings, 2);
    assert_int_equal(told.finding, MT940_M_DBS_REFERENCE_TAKEN);
    told = export(&scene, "0062", 0); /* it is found again while it stands so */
    assert_int_equal(told.rows, 0);
    assert_int_equal(told.left_out, 1);
    add(&scene, "A-NUMBER-OF-21-CHARS", 100);
    add(&scene, "A-NUMBER-OF-21-CHARS!", 100);
    memset(&told, 0, sizeof told);
    assert_int_equal(mt940_flow_dbs_export(scene.flow, &narrow, tell, find, &told, NULL), 0);
    assert_int_equal(told.rows, 1);
    assert_int_equal(told.left_out, 2);
    end(&scene);
}

static void cancel_meanwhile(struct rival *rival)
{
    event(rival->other, MT940_INVOICE_CANCEL, "F1", 0, "", 0);
}

static void export_meanwhile(struct rival *rival)
{
    const struct mt940_dbs_export_request request = {.size = sizeof request, .bank = text("0062")};
    struct told told = {0};

    assert_int_equal(mt940_flow_dbs_export(rival->other, &request, tell, find, &told, NULL), 0);
    assert_int_equal(told.number, 1);
}

static void a_rival_is_seen(void **state)
{
    struct scene scene;
    struct told told;

    (void)state;
    begin(&scene);
    add(&scene, "F1", 100);
    add(&scene, "F2", 200);
    scene.rival.before = cancel_meanwhile;
    scene.rival.times = 1;
    told = export(&scene, "0062", 0); /* decided again: F1 is not in it */
    assert_int_equal(told.rows, 1);
    assert_int_equal(told.number, 1);
    end(&scene);
    begin(&scene);
    add(&scene, "F1", 100);
    scene.rival.before = export_meanwhile;
    scene.rival.times = 1;
    told = export(&scene, "0062", 0); /* the rival's file has it */
    assert_int_equal(told.rows, 0);
    end(&scene);
    begin(&scene);
    add(&scene, "F1", 100);
    scene.rival.lose_answer = 1;
    told = export(&scene, "0062", 0); /* stored all the same, which its key tells */
    assert_int_equal(told.saved, 1);
    scene.rival.lose_answer = 0;
    assert_int_equal(export(&scene, "0062", 0).rows, 0);
    end(&scene);
}

static int count_rows(void *user, const struct mt940_dbs_export_result *result)
{
    *(int64_t *)user += result->run->rows * (result->saved + 1);
    return 0;
}

/* An invoice of one row at bank 0062 as it lies in a store; `paid` of 100. */
static void put_row(struct scene *scene, const char *name, int64_t paid)
{
    struct mt940_invoice invoice = {.company = {"1", 1}, .customer = {"C", 1}, .amount = 100, .number = text(name),
                                    .kind = MT940_INVOICE_KIND_SALE, .date = {2026, 7, 1}};
    struct mt940_payment row = {.company = {"1", 1}, .line = 1, .customer = {"C", 1}, .amount = 100,
                                .currency = {"TRY", 3}, .type = MT940_PAYMENT_TYPE_DBS, .slot = 1, .paid = paid,
                                .invoice = text(name), .branch = text("62_119"), .due_date = {2026, 7, 15}};

    put(scene->rival.other, MT940_KIND_INVOICE, &invoice);
    put(scene->rival.other, MT940_KIND_PAYMENT, &row);
}

/* A file of many rows is one batch, and too many are none. */
static void many_rows_are_one_run(void **state)
{
    enum { rows = 3000 };
    const struct mt940_dbs_export_request request = {.size = sizeof request, .bank = text("0062")};
    struct scene scene;
    struct told told = {0};
    char number[16];

    (void)state;
    begin(&scene);
    for (int i = 0; i < rows; i++) {
        snprintf(number, sizeof number, "N%d", i);
        put_row(&scene, number, 0);
    }
    struct mt940_dbs_export_request limited = request;
    limited.max_rows = rows - 1;
    assert_int_equal(mt940_flow_dbs_export(scene.flow, &limited, tell, find, &told, NULL), MT940_E_LIMIT);
    struct seen seen = orders(&scene, "0062", 0);
    assert_int_equal(seen.rows, rows);
    assert_int_equal(told.calls, 0);
    int64_t saved_rows = 0;
    assert_int_equal(mt940_flow_dbs_export(scene.flow, &request, count_rows, NULL, &saved_rows, NULL), 0);
    assert_int_equal(saved_rows, 2 * rows);
    assert_int_equal(orders(&scene, "0062", 0).pending, 0);
    end(&scene);
}

/* What is read grows with what is open and with the orders a bank may still act on, not with the years behind. */
static void history_is_not_read(void **state)
{
    enum { years = 20000, told_before = 20 };
    struct scene scene;
    char number[16];
    int reads, all;

    (void)state;
    begin(&scene);
    for (int i = 0; i < told_before; i++) {
        snprintf(number, sizeof number, "T%d", i);
        add(&scene, number, 100);
    }
    assert_int_equal(export(&scene, "0062", 0).rows, told_before);
    answer(&scene, "reference;state;paid\r\nT1;paid;1.00\r\nT2;paid;1.00\r\nT3;rejected;\r\n", 0);
    scene.rival.reads = 0;
    assert_int_equal(orders(&scene, "0062", 0).rows, told_before);
    reads = scene.rival.reads;
    for (int i = 0; i < years; i++) {
        snprintf(number, sizeof number, "H%d", i);
        put_row(&scene, number, 100);
    }
    scene.rival.reads = 0;
    assert_int_equal(orders(&scene, "0062", 0).rows, told_before);
    assert_int_equal(scene.rival.reads, reads);
    scene.rival.reads = 0;
    assert_int_equal(orders(&scene, NULL, 0).rows, told_before);
    assert_true(scene.rival.reads <= 2 * reads + 2);
    scene.rival.reads = 0;
    assert_int_equal(export(&scene, "0062", 0).rows, 0);
    assert_true(scene.rival.reads <= reads + 10);
    /* Every row and every invoice when all is asked for. */
    scene.rival.reads = 0;
    all = orders(&scene, "0062", 1).rows;
    assert_int_equal(all, years + told_before);
    assert_true(scene.rival.reads > 2 * years);
    /* What changes is seen all the same: a told row cancelled, a rejected one, one the bank has paid. */
    event(scene.rival.other, MT940_INVOICE_CANCEL, "T0", 0, "", 0);
    event(scene.rival.other, MT940_INVOICE_CANCEL, "T2", 0, "", 0);
    event(scene.rival.other, MT940_INVOICE_CHANGE, "T3", 80, "A", 1);
    event(scene.rival.other, MT940_INVOICE_WITHDRAW, "T4", 0, "", 0);
    struct told told = export(&scene, "0062", 0);
    assert_int_equal(told.cancelled, 2);
    assert_int_equal(told.added, 1);
    assert_int_equal(told.rows, 3);
    end(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_row_goes_once_to_its_bank),  cmocka_unit_test(changes_and_cancellations_follow),
        cmocka_unit_test(what_cannot_stand_in_a_file_is_said), cmocka_unit_test(a_rival_is_seen),
        cmocka_unit_test(many_rows_are_one_run),           cmocka_unit_test(history_is_not_read),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
