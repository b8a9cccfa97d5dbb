/* SPDX-License-Identifier: Apache-2.0
 *
 * test_dbs_invoice.c: an invoice event among other writers and a store in trouble: a rival acts between reading and
 * writing, the answer of the store is lost, the store fails. The rules themselves are in the stories.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "mt940connect/adapters/memory.h"
#include "mt940connect/dbs_total.h"
#include "mt940connect/invoice.h"

/* A store in front of another one: `before` runs once, just before a batch is applied. */
struct rival {
    struct mt940_store store;
    struct mt940_flow *other; /* another writer on the same store */
    void (*before)(struct rival *rival);
    int times;       /* how often it still acts */
    int lose_answer; /* apply, but say E_UNKNOWN */
    int fail;        /* status to return instead of applying */
    int applied;
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
    if (rival->fail)
        return rival->fail;
    status = rival->store.apply(rival->store.user, batches, count, results);
    rival->applied += status == 0 && results[0].outcome == MT940_APPLIED;
    return rival->lose_answer ? MT940_E_UNKNOWN : status;
}

static int now(void *user, int64_t *seconds)
{
    (void)user;
    *seconds = 1784000000;
    return 0;
}

static const struct mt940_clock clock_port = {sizeof(clock_port), NULL, now};

static struct mt940_flow *open_flow(const struct mt940_store *store, const char *actor)
{
    const struct mt940_flow_options options = {.size = sizeof(options), .company = "1", .actor = actor, .store = store,
                                               .clock = &clock_port, .retries = 3};
    struct mt940_flow *flow = NULL;

    assert_int_equal(mt940_flow_open(&options, &flow, NULL), 0);
    return flow;
}

static void put(struct mt940_flow *flow, int32_t kind, const void *record)
{
    assert_int_equal(mt940_flow_put(flow, kind, &record, 1, NULL, NULL), 0);
}

static void put_bank(struct mt940_flow *flow, int64_t limit, int64_t control)
{
    const struct mt940_customer_bank bank = {.company = {"1", 1}, .customer = {"C", 1}, .slot = 1,
                                             .branch = {"0062_00119", 10}, .dbs = 1, .dbs_limit = limit,
                                             .dbs_control = control};

    put(flow, MT940_KIND_CUSTOMER_BANK, &bank);
}

struct scene {
    struct rival rival;
    struct mt940_store front;
    struct mt940_flow *flow;
};

static void begin(struct scene *scene, int64_t limit, int64_t control)
{
    const struct mt940_company company = {.code = {"1", 1}, .local_currency = {"TRY", 3}};
    const struct mt940_customer customer = {.company = {"1", 1}, .code = {"C", 1},
                                            .payment_type = MT940_PAYMENT_TYPE_DBS,
                                            .default_bank_account = {"A", 1}, .active = 1};
    const struct mt940_bank_account account = {.company = {"1", 1}, .code = {"A", 1}, .branch = {"0062_00119", 10}};

    memset(scene, 0, sizeof(*scene));
    assert_int_equal(mt940_memory_store_open(NULL, &scene->rival.store, NULL), 0);
    scene->front = (struct mt940_store){.size = sizeof(scene->front), .user = &scene->rival, .get = get, .scan = scan,
                                        .apply = apply};
    scene->flow = open_flow(&scene->front, "first");
    scene->rival.other = open_flow(&scene->rival.store, "second");
    put(scene->rival.other, MT940_KIND_COMPANY, &company);
    put(scene->rival.other, MT940_KIND_CUSTOMER, &customer);
    put(scene->rival.other, MT940_KIND_BANK_ACCOUNT, &account);
    put_bank(scene->rival.other, limit, control);
}

static int count_record(void *user, const struct mt940_customer_bank *record, const struct mt940_dbs_audit *audit)
{
    assert_int_equal(audit->journal, record->dbs_total);
    ++*(int *)user;
    return 0;
}

/* Whatever happened, the totals are their journal and their documents. */
static void end(struct scene *scene)
{
    size_t faulty = 9;
    int records = 0;

    assert_int_equal(mt940_flow_dbs_audit(scene->rival.other, count_record, &records, &faulty, NULL), 0);
    assert_int_equal(faulty, 0);
    assert_int_equal(records, 1);
    mt940_flow_close(scene->flow);
    mt940_flow_close(scene->rival.other);
    scene->rival.store.close(scene->rival.store.user);
}

/* What the sink was told. */
struct told {
    int calls;
    int32_t outcome, saved, message;
    int64_t excess;
};

static int tell(void *user, const struct mt940_invoice_result *result)
{
    struct told *told = user;

    told->calls++;
    told->outcome = result->outcome;
    told->saved = result->saved;
    told->message = result->notice_count > 0 ? result->notices[0].message : 0;
    told->excess = result->notice_count > 0 ? result->notices[0].excess : 0;
    return 0;
}

static int sell(struct mt940_flow *flow, const char *number, int64_t amount, int64_t accepted, struct told *told)
{
    const struct mt940_dbs_consent consent = {.message = MT940_M_OVER_LIMIT, .excess = accepted};
    struct mt940_invoice invoice = {.customer = {"C", 1}, .kind = MT940_INVOICE_KIND_SALE, .date = {2026, 7, 1},
                                    .amount = amount};
    const struct mt940_invoice_request request = {.size = sizeof(request), .verb = MT940_INVOICE_ADD,
                                                  .invoice = &invoice, .consents = &consent,
                                                  .consent_count = accepted > 0};

    memset(told, 0, sizeof(*told));
    mt940_view_from_string(number, &invoice.number);
    return mt940_flow_invoice(flow, &request, tell, told, NULL);
}

static int take_total(void *user, const void *record)
{
    *(int64_t *)user = ((const struct mt940_customer_bank *)record)->dbs_total;
    return 0;
}

static int64_t total(struct scene *scene)
{
    const struct mt940_customer_bank key = {.company = {"1", 1}, .customer = {"C", 1}, .slot = 1};
    int64_t out = -1;

    assert_int_equal(scene->rival.store.get(scene->rival.store.user, MT940_KIND_CUSTOMER_BANK, &key, take_total, &out),
                     0);
    return out;
}

static void sell_60(struct rival *rival)
{
    struct told told;

    assert_int_equal(sell(rival->other, "RIVAL", 60, 0, &told), 0);
    assert_int_equal(told.saved, 1);
}

/* Both saw 100 free; together they would be at 120: the second one is told the truth of the instant. */
static void a_rival_takes_the_limit(void **state)
{
    struct scene scene;
    struct told told;

    (void)state;
    begin(&scene, 100, MT940_DBS_CONTROL_BLOCK);
    scene.rival.before = sell_60;
    scene.rival.times = 1;
    assert_int_equal(sell(scene.flow, "F1", 60, 0, &told), 0);
    assert_int_equal(told.calls, 1);
    assert_int_equal(told.outcome, MT940_DBS_BLOCK);
    assert_int_equal(told.message, MT940_M_LIMIT_BLOCKED);
    assert_int_equal(told.excess, 20);
    assert_int_equal(total(&scene), 60);
    end(&scene);
}

/* A consent to an excess of 10 is none to 20 (decision 29), also when the 10 become 20 at the last instant. */
static void a_rival_makes_the_excess_larger(void **state)
{
    struct scene scene;
    struct told told;

    (void)state;
    begin(&scene, 100, MT940_DBS_CONTROL_WARN);
    scene.rival.before = sell_60;
    scene.rival.times = 1;
    assert_int_equal(sell(scene.flow, "F1", 110, 10, &told), 0);
    assert_int_equal(told.outcome, MT940_DBS_WARN);
    assert_int_equal(told.saved, 0);
    assert_int_equal(told.excess, 70);
    assert_int_equal(total(&scene), 60);
    assert_int_equal(sell(scene.flow, "F1", 110, 70, &told), 0);
    assert_int_equal(told.saved, 1);
    assert_int_equal(total(&scene), 170);
    end(&scene);
}

/* Nobody consented to a warning that was not there when it was decided. */
static void a_rival_makes_a_warning_necessary(void **state)
{
    struct scene scene;
    struct told told;

    (void)state;
    begin(&scene, 100, MT940_DBS_CONTROL_WARN);
    scene.rival.before = sell_60;
    scene.rival.times = 1;
    assert_int_equal(sell(scene.flow, "F1", 60, 0, &told), 0);
    assert_int_equal(told.outcome, MT940_DBS_WARN);
    assert_int_equal(total(&scene), 60);
    end(&scene);
}

static void lower_limit(struct rival *rival)
{
    put_bank(rival->other, 50, MT940_DBS_CONTROL_BLOCK);
}

static void a_rival_changes_the_card(void **state)
{
    struct scene scene;
    struct told told;

    (void)state;
    begin(&scene, 100, MT940_DBS_CONTROL_PROCEED);
    scene.rival.before = lower_limit;
    scene.rival.times = 1;
    assert_int_equal(sell(scene.flow, "F1", 60, 0, &told), 0);
    assert_int_equal(told.outcome, MT940_DBS_BLOCK);
    assert_int_equal(total(&scene), 0);
    end(&scene);
}

static void sell_same(struct rival *rival)
{
    struct told told;

    assert_int_equal(sell(rival->other, "F1", 10, 0, &told), 0);
}

static void a_rival_has_the_same_number(void **state)
{
    struct scene scene;
    struct told told;

    (void)state;
    begin(&scene, 100, MT940_DBS_CONTROL_BLOCK);
    scene.rival.before = sell_same;
    scene.rival.times = 1;
    assert_int_equal(sell(scene.flow, "F1", 60, 0, &told), 0);
    assert_int_equal(told.outcome, MT940_DBS_BLOCK);
    assert_int_equal(told.message, MT940_M_INVOICE_EXISTS);
    assert_int_equal(total(&scene), 10);
    end(&scene);
}

static void touch_card(struct rival *rival)
{
    static int64_t limit = 1000;

    put_bank(rival->other, ++limit, MT940_DBS_CONTROL_BLOCK);
}

static void a_restless_rival_ends_in_conflict(void **state)
{
    struct scene scene;
    struct told told;

    (void)state;
    begin(&scene, 1000, MT940_DBS_CONTROL_BLOCK);
    scene.rival.before = touch_card;
    scene.rival.times = 3;
    assert_int_equal(sell(scene.flow, "F1", 60, 0, &told), 0);
    assert_int_equal(told.saved, 1);
    scene.rival.times = 99;
    assert_int_equal(sell(scene.flow, "F2", 60, 0, &told), MT940_E_CONFLICT);
    assert_int_equal(told.calls, 0);
    assert_int_equal(total(&scene), 60);
    end(&scene);
}

/* The batch is stored but the answer is lost: its key says so, and nothing happens twice. */
static void a_lost_answer_is_looked_up(void **state)
{
    struct scene scene;
    struct told told;

    (void)state;
    begin(&scene, 100, MT940_DBS_CONTROL_BLOCK);
    scene.rival.lose_answer = 1;
    assert_int_equal(sell(scene.flow, "F1", 60, 0, &told), 0);
    assert_int_equal(told.saved, 1);
    assert_int_equal(total(&scene), 60);
    scene.rival.lose_answer = 0;
    assert_int_equal(sell(scene.flow, "F1", 60, 0, &told), 0);
    assert_int_equal(told.message, MT940_M_INVOICE_EXISTS);
    assert_int_equal(total(&scene), 60);
    assert_int_equal(scene.rival.applied, 1);
    end(&scene);
}

static void a_failing_store_changes_nothing(void **state)
{
    struct scene scene;
    struct told told;

    (void)state;
    begin(&scene, 100, MT940_DBS_CONTROL_BLOCK);
    scene.rival.fail = MT940_E_STORE;
    assert_int_equal(sell(scene.flow, "F1", 60, 0, &told), MT940_E_STORE);
    assert_int_equal(told.calls, 0);
    scene.rival.fail = MT940_E_UNKNOWN;
    assert_int_equal(sell(scene.flow, "F1", 60, 0, &told), MT940_E_STORE);
    assert_int_equal(total(&scene), 0);
    scene.rival.fail = 0;
    assert_int_equal(sell(scene.flow, "F1", 60, 0, &told), 0);
    assert_int_equal(total(&scene), 60);
    end(&scene);
}

static void what_is_missing_is_said(void **state)
{
    struct mt940_invoice invoice = {.number = {"F9", 2}, .customer = {"NOBODY", 6}, .kind = MT940_INVOICE_KIND_SALE,
                                    .amount = 1};
    struct mt940_invoice_request request = {.size = sizeof(request), .verb = MT940_INVOICE_CANCEL, .invoice = &invoice};
    struct scene scene;
    struct told told = {0};

    (void)state;
    begin(&scene, 100, MT940_DBS_CONTROL_BLOCK);
    assert_int_equal(mt940_flow_invoice(scene.flow, &request, tell, &told, NULL), 0);
    assert_int_equal(told.message, MT940_M_UNKNOWN_INVOICE);
    request.verb = MT940_INVOICE_ADD;
    assert_int_equal(mt940_flow_invoice(scene.flow, &request, tell, &told, NULL), 0);
    assert_int_equal(told.message, MT940_M_UNKNOWN_CUSTOMER);
    assert_int_equal(sell(scene.flow, "F1", 1, 0, &told), 0);
    invoice.number = (struct mt940_view){"F1", 2};
    request.verb = MT940_INVOICE_RESTORE;
    assert_int_equal(mt940_flow_invoice(scene.flow, &request, tell, &told, NULL), 0);
    assert_int_equal(told.message, MT940_M_INVOICE_STATE);
    request.verb = 7;
    assert_int_equal(mt940_flow_invoice(scene.flow, &request, tell, &told, NULL), MT940_E_ARGUMENT);
    request.verb = MT940_INVOICE_ADD;
    request.instalments = MT940_INVOICE_ROWS + 1;
    invoice.number = (struct mt940_view){"F2", 2};
    assert_int_equal(mt940_flow_invoice(scene.flow, &request, tell, &told, NULL), MT940_E_LIMIT);
    end(&scene);
}

/* Opening totals come once; a second import changes nothing (decision 30). */
static void an_opening_total_comes_once(void **state)
{
    const struct mt940_view customer = {"C", 1};
    struct scene scene;
    struct told told;
    int32_t message = 9;

    (void)state;
    begin(&scene, 100, MT940_DBS_CONTROL_BLOCK);
    assert_int_equal(sell(scene.flow, "F1", 60, 0, &told), 0);
    assert_int_equal(mt940_flow_dbs_opening(scene.flow, &customer, 1, 75, &message, NULL), 0);
    assert_int_equal(message, 0);
    assert_int_equal(total(&scene), 75);
    assert_int_equal(mt940_flow_dbs_opening(scene.flow, &customer, 1, 99, &message, NULL), 0);
    assert_int_equal(message, MT940_M_ADJUSTMENT_EXISTS);
    assert_int_equal(total(&scene), 75);
    assert_int_equal(mt940_flow_dbs_opening(scene.flow, &customer, 2, 99, &message, NULL), 0);
    assert_int_equal(message, MT940_M_NOT_A_DBS_SLOT);
    end(&scene);
}

/* Memory that runs out after so many requests. */
struct short_memory {
    int left;
    int64_t taken;
};

static void *resize(void *user, void *old, size_t old_size, size_t new_size)
{
    struct short_memory *memory = user;
    void *block = NULL;

    if (new_size > 0 && memory->left-- <= 0)
        return NULL;
    if (new_size > 0) {
        block = malloc(new_size);
        assert_non_null(block);
        if (old)
            memcpy(block, old, old_size < new_size ? old_size : new_size);
    }
    memory->taken += (int64_t)new_size - (int64_t)old_size;
    free(old);
    return block;
}

/* A return that closes part of an invoice, with each request for memory refused once: nothing or all happens. */
static int return_with(struct scene *scene, struct short_memory *memory, struct told *told)
{
    const struct mt940_allocator allocator = {sizeof(allocator), memory, resize};
    const struct mt940_flow_options options = {.size = sizeof(options), .company = "1", .actor = "third",
                                               .store = &scene->rival.store, .clock = &clock_port,
                                               .allocator = &allocator};
    const struct mt940_invoice invoice = {.number = {"R1", 2}, .customer = {"C", 1}, .returns = {"F1", 2},
                                          .kind = MT940_INVOICE_KIND_SALE_RETURN, .date = {2026, 7, 1}, .amount = 40};
    const struct mt940_invoice_request request = {.size = sizeof(request), .verb = MT940_INVOICE_ADD,
                                                  .invoice = &invoice, .instalments = 3, .interval_months = 1};
    struct mt940_flow *flow = NULL;
    int status = mt940_flow_open(&options, &flow, NULL);

    memset(told, 0, sizeof(*told));
    if (status == 0)
        status = mt940_flow_invoice(flow, &request, tell, told, NULL);
    mt940_flow_close(flow);
    assert_int_equal(memory->taken, 0);
    return status;
}

static void a_refused_allocation_changes_nothing(void **state)
{
    struct scene scene;
    struct told told;
    int status = MT940_E_MEMORY;

    (void)state;
    begin(&scene, 100, MT940_DBS_CONTROL_BLOCK);
    assert_int_equal(sell(scene.flow, "F1", 60, 0, &told), 0);
    for (int left = 0; status != 0 && left < 1000; left++) {
        struct short_memory memory = {left, 0};

        status = return_with(&scene, &memory, &told);
        assert_int_equal(status == 0 ? 0 : MT940_E_MEMORY, status);
        assert_int_equal(total(&scene), status == 0 ? 20 : 60);
    }
    assert_int_equal(status, 0);
    assert_int_equal(told.saved, 1);
    end(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_rival_takes_the_limit),           cmocka_unit_test(a_rival_makes_the_excess_larger),
        cmocka_unit_test(a_rival_makes_a_warning_necessary), cmocka_unit_test(a_rival_changes_the_card),
        cmocka_unit_test(a_rival_has_the_same_number),       cmocka_unit_test(a_restless_rival_ends_in_conflict),
        cmocka_unit_test(a_lost_answer_is_looked_up),        cmocka_unit_test(a_failing_store_changes_nothing),
        cmocka_unit_test(what_is_missing_is_said),           cmocka_unit_test(an_opening_total_comes_once),
        cmocka_unit_test(a_refused_allocation_changes_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
