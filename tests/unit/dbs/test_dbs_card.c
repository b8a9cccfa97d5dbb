/* SPDX-License-Identifier: Apache-2.0
 *
 * test_dbs_card.c: two people at one card: whoever is second decides on what the first one left.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#include "mt940connect/adapters/memory.h"
#include "mt940connect/customer_card.h"
#include "mt940connect/dbs_total.h"

/* A store in front of another; before the next write somebody else does something. */
struct rival {
    struct mt940_store store;
    struct mt940_flow *other;
    void (*before)(struct rival *rival);
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
    void (*before)(struct rival *) = rival->before;

    rival->before = NULL;
    if (before)
        before(rival);
    return rival->store.apply(rival->store.user, batches, count, results);
}

static int now(void *user, int64_t *seconds)
{
    (void)user;
    *seconds = 1784000000;
    return 0;
}

static struct mt940_flow *open_flow(const struct mt940_store *store)
{
    static const struct mt940_clock clock_port = {sizeof(clock_port), NULL, now};
    const struct mt940_flow_options options = {.size = sizeof(options), .company = "1", .actor = "me", .store = store,
                                               .clock = &clock_port, .retries = 3};
    struct mt940_flow *flow = NULL;

    assert_int_equal(mt940_flow_open(&options, &flow, NULL), 0);
    return flow;
}

struct answer {
    int32_t outcome, message;
    int64_t slot, limit;
};

static int take(void *user, const struct mt940_card_result *result)
{
    struct answer *answer = user;

    answer->outcome = result->outcome;
    answer->message = result->notice_count > 0 ? result->notices[0].message : 0;
    answer->slot = result->record->slot;
    answer->limit = result->record->dbs_limit;
    return 0;
}

static int change(struct mt940_flow *flow, int32_t verb, int64_t slot, int64_t limit, struct answer *answer)
{
    const struct mt940_customer_bank record = {.customer = {"C", 1}, .slot = slot, .dbs = 1, .dbs_limit = limit};
    const struct mt940_card_request request = {.size = sizeof(request), .verb = verb, .record = &record};

    return mt940_flow_card_change(flow, &request, take, answer, NULL);
}

struct scene {
    struct rival rival;
    struct mt940_store front;
    struct mt940_flow *flow;
};

static void begin(struct scene *scene)
{
    const struct mt940_company company = {.code = {"1", 1}, .local_currency = {"TRY", 3}};
    const struct mt940_customer customer = {.company = {"1", 1}, .code = {"C", 1}, .active = 1};
    const void *records[] = {&company, &customer};
    struct answer answer;

    memset(scene, 0, sizeof(*scene));
    assert_int_equal(mt940_memory_store_open(NULL, &scene->rival.store, NULL), 0);
    scene->front = (struct mt940_store){.size = sizeof(scene->front), .user = &scene->rival, .get = get, .scan = scan,
                                        .apply = apply};
    scene->flow = open_flow(&scene->front);
    scene->rival.other = open_flow(&scene->rival.store);
    assert_int_equal(mt940_flow_put(scene->flow, MT940_KIND_COMPANY, &records[0], 1, NULL, NULL), 0);
    assert_int_equal(mt940_flow_put(scene->flow, MT940_KIND_CUSTOMER, &records[1], 1, NULL, NULL), 0);
    assert_int_equal(change(scene->flow, MT940_CARD_ADD, 0, 100, &answer), 0);
    assert_int_equal(answer.slot, 1);
}

static void finish(struct scene *scene)
{
    mt940_flow_close(scene->flow);
    mt940_flow_close(scene->rival.other);
    scene->rival.store.close(scene->rival.store.user);
}

static void add_too(struct rival *rival)
{
    struct answer answer;

    assert_int_equal(change(rival->other, MT940_CARD_ADD, 0, 100, &answer), 0);
    assert_int_equal(answer.slot, 2);
}

static void burden(struct rival *rival)
{
    const struct mt940_view customer = {"C", 1}, name = {"n", 1};
    int64_t total;
    int32_t message;

    assert_int_equal(mt940_flow_dbs_adjust(rival->other, &customer, 1, 50, &name, NULL, &total, &message, NULL), 0);
    assert_int_equal(total, 50);
}

static void both_records_are_kept(void **state)
{
    struct answer answer;
    struct scene scene;

    (void)state;
    begin(&scene);
    scene.rival.before = add_too;
    assert_int_equal(change(scene.flow, MT940_CARD_ADD, 0, 100, &answer), 0);
    assert_int_equal(answer.outcome, MT940_DBS_PROCEED);
    assert_int_equal(answer.slot, 3);
    finish(&scene);
}

static void a_total_that_comes_meanwhile_holds_its_record(void **state)
{
    struct answer answer;
    struct scene scene;

    (void)state;
    begin(&scene);
    scene.rival.before = burden;
    assert_int_equal(change(scene.flow, MT940_CARD_DELETE, 1, 0, &answer), 0);
    assert_int_equal(answer.outcome, MT940_DBS_BLOCK);
    assert_int_equal(answer.message, MT940_M_SLOT_HAS_TOTAL);
    finish(&scene);
}

static void an_edit_keeps_the_total(void **state)
{
    const struct mt940_view customer = {"C", 1};
    struct mt940_dbs_figure figure;
    struct answer answer;
    struct scene scene;
    int32_t message;

    (void)state;
    begin(&scene);
    scene.rival.before = burden;
    assert_int_equal(change(scene.flow, MT940_CARD_EDIT, 1, 700, &answer), 0);
    assert_int_equal(answer.limit, 700);
    assert_int_equal(mt940_flow_dbs_check(scene.flow, &customer, 1, 1, &figure, &message, NULL), 0);
    assert_int_equal(figure.before, 50);
    assert_int_equal(figure.limit, 700);
    finish(&scene);
}

static void what_makes_no_sense_is_an_argument(void **state)
{
    struct answer answer;
    struct scene scene;

    (void)state;
    begin(&scene);
    assert_int_equal(change(scene.flow, 0, 1, 0, &answer), MT940_E_ARGUMENT);
    assert_int_equal(change(scene.flow, MT940_CARD_EDIT, 0, 0, &answer), MT940_E_ARGUMENT);
    assert_int_equal(change(scene.flow, MT940_CARD_ADD, MT940_CARD_SLOTS + 1, 0, &answer), MT940_E_ARGUMENT);
    assert_int_equal(change(scene.flow, MT940_CARD_ADD, MT940_CARD_SLOTS, 0, &answer), 0);
    assert_int_equal(change(scene.flow, MT940_CARD_ADD, 0, 0, &answer), MT940_E_LIMIT);
    finish(&scene);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(both_records_are_kept), cmocka_unit_test(a_total_that_comes_meanwhile_holds_its_record),
        cmocka_unit_test(an_edit_keeps_the_total), cmocka_unit_test(what_makes_no_sense_is_an_argument)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
