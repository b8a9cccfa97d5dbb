/* SPDX-License-Identifier: Apache-2.0
 *
 * test_dbs_order.c: rows to a bank and its answers through a store: each row once for each of its states, a file that can
 * be had again byte for byte, cancellations and changes of exported invoices (decision 25), answers that come twice, late
 * or from another bank, and a rival between reading and writing.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "mt940connect/adapters/memory.h"
#include "mt940connect/dbs_order.h"
#include "mt940connect/invoice.h"
#include "mt940connect/schema.h"

/* A store in front of another one: `before` runs once, just before a batch is applied. */
struct rival {
    struct mt940_store store;
    struct mt940_flow *other;
    void (*before)(struct rival *rival);
    int times;
    int lose_answer;
};

static int get(void *user, int32_t kind, const void *key, mt940_record_sink sink, void *sink_user)
{
    struct rival *rival = user;

    return rival->store.get(rival->store.user, kind, key, sink, sink_user);
}

static int scan(void *user, int32_t kind, int32_t index, int32_t prefix, const void *from, int32_t after, size_t limit,
                mt940_record_sink sink, void *sink_user)
{
    struct rival *rival = user;

    return rival->store.scan(rival->store.user, kind, index, prefix, from, after, limit, sink, sink_user);
}

static int apply(void *user, const struct mt940_batch *batches, size_t count, struct mt940_batch_result *results)
{
    struct rival *rival = user;
    int status;

    if (rival->before && rival->times > 0) {
        rival->times--;
        rival->before(rival);
    }
    status = rival->store.apply(rival->store.user, batches, count, results);
    return rival->lose_answer ? MT940_E_UNKNOWN : status;
}

static int now(void *user, int64_t *seconds)
{
    (void)user;
    *seconds = 1784000000;
    return 0;
}

static const struct mt940_clock clock_port = {sizeof(clock_port), NULL, now};

struct scene {
    struct rival rival;
    struct mt940_store front;
    struct mt940_flow *flow;
};

static struct mt940_flow *open_flow(const struct mt940_store *store)
{
    const struct mt940_flow_options options = {.size = sizeof(options), .company = "1", .actor = "tester",
                                               .store = store, .clock = &clock_port, .retries = 3};
    struct mt940_flow *flow = NULL;

    assert_int_equal(mt940_flow_open(&options, &flow, NULL), 0);
    return flow;
}

static void put(struct mt940_flow *flow, int32_t kind, const void *record)
{
    assert_int_equal(mt940_flow_put(flow, kind, &record, 1, NULL, NULL), 0);
}

static struct mt940_view text(const char *string)
{
    struct mt940_view view;

    mt940_view_from_string(string, &view);
    return view;
}

static void put_bank(struct mt940_flow *flow, int64_t slot, const char *branch)
{
    const struct mt940_customer_bank bank = {.company = {"1", 1}, .customer = {"C", 1}, .slot = slot,
                                             .branch = text(branch), .iban = text("TR780006701000000011111111"),
                                             .account = text("11111111"), .dbs = 1, .dbs_limit = 100000000};
    const struct mt940_bank_account account = {.company = {"1", 1}, .code = text(slot == 1 ? "A" : slot == 2 ? "B" : "M"),
                                               .branch = text(branch), .iban = text("TR140006200119000001234567")};

    put(flow, MT940_KIND_CUSTOMER_BANK, &bank);
    put(flow, MT940_KIND_BANK_ACCOUNT, &account);
}

static void begin(struct scene *scene)
{
    const struct mt940_company company = {.code = {"1", 1}, .local_currency = {"TRY", 3}};
    const struct mt940_customer customer = {.company = {"1", 1}, .code = {"C", 1}, .active = 1,
                                            .payment_type = MT940_PAYMENT_TYPE_DBS, .default_bank_account = {"A", 1}};

    memset(scene, 0, sizeof(*scene));
    assert_int_equal(mt940_memory_store_open(NULL, &scene->rival.store, NULL), 0);
    scene->front = (struct mt940_store){.size = sizeof(scene->front), .user = &scene->rival, .get = get, .scan = scan,
                                        .apply = apply};
    scene->flow = open_flow(&scene->front);
    scene->rival.other = open_flow(&scene->rival.store);
    put(scene->rival.other, MT940_KIND_COMPANY, &company);
    put(scene->rival.other, MT940_KIND_CUSTOMER, &customer);
    put_bank(scene->rival.other, 1, "0062_00119");
    put_bank(scene->rival.other, 2, "0111_01024");
    put_bank(scene->rival.other, 3, "Merkez");
}

static void end(struct scene *scene)
{
    mt940_flow_close(scene->flow);
    mt940_flow_close(scene->rival.other);
    scene->rival.store.close(scene->rival.store.user);
}

static int saved(void *user, const struct mt940_invoice_result *result)
{
    assert_int_equal(result->saved, 1);
    ++*(int *)user;
    return 0;
}

static void event(struct mt940_flow *flow, int32_t verb, const char *number, int64_t amount, const char *account,
                  int32_t instalments)
{
    const struct mt940_invoice invoice = {.number = text(number), .customer = {"C", 1}, .amount = amount,
                                          .kind = MT940_INVOICE_KIND_SALE, .date = {2026, 7, 1},
                                          .due_date = {2026, 7, 15}};
    struct mt940_invoice_request request = {.size = sizeof request, .verb = verb, .invoice = &invoice,
                                            .instalments = instalments, .interval_months = 1};
    int count = 0;

    request.bank_account = text(account);
    assert_int_equal(mt940_flow_invoice(flow, &request, saved, &count, NULL), 0);
    assert_int_equal(count, 1);
}

static void add(struct scene *scene, const char *number, int64_t amount)
{
    event(scene->rival.other, MT940_INVOICE_ADD, number, amount, "A", 0);
}

/* ---- Exporting ---- */

struct told {
    int calls;
    int32_t saved;
    int64_t rows, number;
    uint32_t added, updated, cancelled, left_out;
    char file[4096];
    size_t length;
    int findings;
    int32_t finding;
};

static int tell(void *user, const struct mt940_dbs_export_result *result)
{
    struct told *told = user;

    told->calls++;
    told->saved = result->saved;
    told->rows = result->run->rows;
    told->number = result->run->number;
    told->added = result->added;
    told->updated = result->updated;
    told->cancelled = result->cancelled;
    told->left_out = result->left_out;
    told->length = result->run->content.length;
    assert_true(told->length < sizeof told->file);
    if (told->length > 0)
        memcpy(told->file, result->run->content.data, told->length);
    told->file[told->length] = '\0';
    return 0;
}

static int find(void *user, const struct mt940_dbs_finding *finding)
{
    struct told *told = user;

    told->findings++;
    told->finding = finding->message;
    return 0;
}

static struct told export(struct scene *scene, const char *bank, uint32_t flags)
{
    const struct mt940_dbs_export_request request = {.size = sizeof request, .bank = text(bank), .flags = flags};
    struct told told = {0};

    assert_int_equal(mt940_flow_dbs_export(scene->flow, &request, tell, find, &told, NULL), 0);
    assert_int_equal(told.calls, 1);
    return told;
}

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

/* ---- Answers ---- */

struct heard {
    struct mt940_dbs_answer_summary summary;
    int results, findings;
    int32_t finding, message;
    uint32_t line;
    int64_t state;
};

static int hear(void *user, const struct mt940_dbs_answer_result *result)
{
    struct heard *heard = user;

    heard->results++;
    heard->message = result->message;
    heard->state = result->after->state;
    return 0;
}

static int hear_finding(void *user, const struct mt940_dbs_finding *finding)
{
    struct heard *heard = user;

    heard->findings++;
    heard->finding = finding->message;
    heard->line = finding->line;
    return 0;
}

static struct heard answer(struct scene *scene, const char *file, int32_t check)
{
    const struct mt940_dbs_answer_request request = {.size = sizeof request, .bank = text("0062"), .bytes = file,
                                                     .length = strlen(file), .check = check};
    struct heard heard = {0};

    assert_int_equal(mt940_flow_dbs_answer(scene->flow, &request, hear, hear_finding, &heard, &heard.summary, NULL), 0);
    return heard;
}

struct seen {
    int rows;
    int32_t pending;
    int64_t open, state;
};

static int see(void *user, const struct mt940_dbs_order_view *order)
{
    struct seen *seen = user;

    seen->rows++;
    seen->pending = order->pending;
    seen->open = order->open;
    seen->state = order->order ? order->order->state : -1;
    return 0;
}

static struct seen orders(struct scene *scene, const char *bank, int32_t all)
{
    const struct mt940_view view = text(bank);
    struct seen seen = {0};

    assert_int_equal(mt940_flow_dbs_orders(scene->flow, bank ? &view : NULL, all, see, &seen, NULL), 0);
    return seen;
}

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

static int count_rows(void *user, const struct mt940_dbs_export_result *result)
{
    *(int64_t *)user += result->run->rows * (result->saved + 1);
    return 0;
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
        struct mt940_invoice invoice = {.company = {"1", 1}, .customer = {"C", 1}, .amount = 100,
                                        .kind = MT940_INVOICE_KIND_SALE, .date = {2026, 7, 1}};
        struct mt940_payment row = {.company = {"1", 1}, .line = 1, .customer = {"C", 1}, .amount = 100,
                                    .currency = {"TRY", 3}, .type = MT940_PAYMENT_TYPE_DBS, .slot = 1,
                                    .branch = text("62_119"), .due_date = {2026, 7, 15}};

        snprintf(number, sizeof number, "N%d", i);
        invoice.number = row.invoice = text(number);
        put(scene.rival.other, MT940_KIND_INVOICE, &invoice);
        put(scene.rival.other, MT940_KIND_PAYMENT, &row);
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_row_goes_once_to_its_bank),  cmocka_unit_test(changes_and_cancellations_follow),
        cmocka_unit_test(what_cannot_stand_in_a_file_is_said), cmocka_unit_test(a_rival_is_seen),
        cmocka_unit_test(an_answer_is_taken_once),         cmocka_unit_test(an_old_file_answers_no_update),
        cmocka_unit_test(lines_of_one_file_build_on_each_other), cmocka_unit_test(a_rival_answer_is_seen),
        cmocka_unit_test(many_rows_are_one_run),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
