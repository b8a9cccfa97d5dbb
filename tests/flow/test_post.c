/* SPDX-License-Identifier: Apache-2.0
 *
 * test_post.c: an ERP that numbers its own slips, refuses, answers late or not at all; and a host
 * that dies in between. Every movement becomes one slip of the ERP, as it was handed over.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "world.h"

enum { SLIPS = 32 };

struct erp {
    struct {
        char key[32], customer[32];
        int64_t amount;
    } slips[SLIPS];
    size_t count;
    bool refuses, is_silent, loses_answers; /* silent: nothing is posted; loses: posted, but nobody hears of it */
};

static struct world world;
static struct erp erp;
static struct mt940_post post;

static int find(void *user, const char *key, char *id, size_t capacity)
{
    (void)user;
    if (erp.is_silent)
        return MT940_POST_UNKNOWN;
    for (size_t i = 0; i < erp.count; i++) {
        if (strcmp(erp.slips[i].key, key) == 0) {
            (void)snprintf(id, capacity, "ERP-%zu", i + 1);
            return MT940_POST_DONE;
        }
    }
    return MT940_POST_ABSENT;
}

static int put(void *user, const struct mt940_posting *posting, const char *key, char *id, size_t capacity)
{
    (void)user;
    if (erp.is_silent)
        return MT940_POST_UNKNOWN;
    if (erp.refuses) {
        (void)snprintf(id, capacity, "donem kapali");
        return MT940_POST_REFUSED;
    }
    assert_int_equal(find(user, key, id, capacity), MT940_POST_ABSENT);
    assert_true(erp.count < SLIPS);
    (void)snprintf(erp.slips[erp.count].key, 32, "%s", key);
    for (size_t i = 0; i < posting->line_count; i++)
        if (posting->lines[i].customer.length)
            (void)mt940_view_copy(&posting->lines[i].customer, erp.slips[erp.count].customer, 32);
    erp.slips[erp.count++].amount = posting->slip->amount;
    (void)snprintf(id, capacity, "ERP-%zu", erp.count);
    return erp.loses_answers ? MT940_POST_UNKNOWN : MT940_POST_DONE;
}

static int open_world(void **state)
{
    (void)state;
    world_open(&world);
    memset(&erp, 0, sizeof erp);
    post = (struct mt940_post){sizeof post, NULL, put, find, NULL};
    return 0;
}

static int close_world(void **state)
{
    (void)state;
    world_close(&world);
    return 0;
}

static void receive_c01(void)
{
    world_offer_fragment(&world, "C01");
    world_receive(&world);
    world_reopen(&world, &post, NULL);
}

struct states {
    size_t active, posting;
    char external[32], customer[32];
};

static int count_states(void *user, const struct mt940_slip_view *view)
{
    struct states *states = user;
    states->active += view->slip->state == MT940_DOCUMENT_STATE_ACTIVE;
    states->posting += view->slip->state == MT940_DOCUMENT_STATE_POSTING;
    (void)mt940_view_copy(&view->slip->external_id, states->external, sizeof states->external);
    for (size_t i = 0; i < view->line_count; i++)
        if (view->lines[i].customer.length)
            (void)mt940_view_copy(&view->lines[i].customer, states->customer, sizeof states->customer);
    return 0;
}

static struct states states(void)
{
    struct states out = {0, 0, "", ""};
    assert_int_equal(mt940_flow_slips(world.flow, NULL, count_states, &out, NULL), 0);
    return out;
}

static void a_commit_of_rows_is_posted_once_each(void **state)
{
    (void)state;
    receive_c01();
    assert_int_equal(world_save(&world, 1, NULL, NULL, 0, 0), 0);
    assert_int_equal(world.saved.saved, 3);
    assert_int_equal(erp.count, 3);
    assert_int_equal(states().active, 3);
    assert_int_equal(world_save(&world, 1, NULL, NULL, 0, 0), 0);
    assert_int_equal(erp.count, 3);
}

static void a_refusal_leaves_no_reservation(void **state)
{
    const int64_t rows[] = {1, 0};
    (void)state;
    receive_c01();
    erp.refuses = true;
    assert_int_equal(world_save(&world, 1, rows, NULL, 0, 0), 0);
    assert_int_equal(world.messages[0], MT940_M_HOST_REFUSED);
    assert_int_equal(world_count(&world, MT940_KIND_SLIP), 0);
    assert_int_equal(world_count(&world, MT940_KIND_SLIP_LINE), 0);
    erp.refuses = false;
    assert_int_equal(world_save(&world, 1, rows, NULL, 0, 0), 0);
    assert_int_equal(world.messages[0], MT940_M_SAVED);
    assert_int_equal(erp.count, 1);
}

/* Posted, but the answer got lost; then the user chooses another customer, and the card itself changes. */
static void a_row_the_erp_has_keeps_what_was_handed_over(void **state)
{
    const int64_t rows[] = {1, 0};
    struct mt940_row_choice choice = {.size = sizeof choice, .row = 1, .set = MT940_CHOSE_CUSTOMER};
    (void)state;
    mt940_view_from_string("120.B", &choice.customer);
    receive_c01();
    erp.loses_answers = true;
    assert_int_equal(world_save(&world, 1, rows, NULL, 0, 0), 0);
    assert_int_equal(world.messages[0], MT940_M_POSTING_PENDING);
    assert_int_equal(states().posting, 1);
    assert_int_equal(world_save(&world, 1, rows, &choice, 0, 0), 0);
    assert_int_equal(world.messages[0], MT940_M_SAVED);
    assert_int_equal(erp.count, 1);
    assert_string_equal(erp.slips[0].customer, "120.A");
    assert_string_equal(states().customer, "120.A");
    assert_string_equal(states().external, "ERP-1");
    assert_int_equal(states().active, 1);
}

/* Nothing reached the ERP: what was reserved is handed over, not what is chosen now. */
static void a_silent_erp_gets_the_reserved_slip_later(void **state)
{
    const int64_t rows[] = {1, 0};
    struct mt940_row_choice choice = {.size = sizeof choice, .row = 1, .set = MT940_CHOSE_CUSTOMER};
    (void)state;
    mt940_view_from_string("120.B", &choice.customer);
    receive_c01();
    erp.is_silent = true;
    assert_int_equal(world_save(&world, 1, rows, NULL, 0, 0), 0);
    assert_int_equal(world_save(&world, 1, rows, &choice, 0, 0), 0);
    assert_int_equal(world.messages[0], MT940_M_POSTING_PENDING);
    erp.is_silent = false;
    assert_int_equal(world_save(&world, 1, rows, NULL, 0, 0), 0);
    assert_int_equal(world.messages[0], MT940_M_SAVED);
    assert_string_equal(erp.slips[0].customer, "120.A");
}

/* Without the port nobody can ask the ERP: the row waits. */
static void a_reserved_row_is_not_saved_past_the_erp(void **state)
{
    const int64_t rows[] = {1, 0};
    (void)state;
    receive_c01();
    erp.is_silent = true;
    assert_int_equal(world_save(&world, 1, rows, NULL, 0, 0), 0);
    world_reopen(&world, NULL, NULL);
    assert_int_equal(world_save(&world, 1, rows, NULL, 0, 0), 0);
    assert_int_equal(world.messages[0], MT940_M_POSTING_PENDING);
    assert_int_equal(states().active, 0);
}

/* The store fails in the commit after the ERP's answers: a host that died there. */
static int failing_after;

static int fail_later(void *user, const struct mt940_batch *batches, size_t count, struct mt940_batch_result *results)
{
    return failing_after-- > 0 ? world.store.apply(user, batches, count, results) : MT940_E_IO;
}

static void a_death_at_any_commit_posts_nothing_twice(void **state)
{
    struct mt940_store store;
    (void)state;
    for (int after = 0; after < 3; after++) {
        if (after) {
            (void)close_world(state);
            (void)open_world(state);
        }
        world_offer_fragment(&world, "C01");
        world_receive(&world);
        store = world.store;
        store.apply = fail_later;
        failing_after = after;
        world_reopen(&world, &post, &store);
        assert_int_equal(world_save(&world, 1, NULL, NULL, 0, 0), after < 2 ? MT940_E_IO : 0);
        world_reopen(&world, &post, NULL);
        assert_int_equal(world_save(&world, 1, NULL, NULL, 0, 0), 0);
        assert_int_equal(erp.count, 3);
        assert_int_equal(states().active, 3);
        assert_int_equal(states().posting, 0);
    }
}

#define OWN_A ":25:TR140006200119000001234567\n"
#define OWN_B ":25:TR550011100000000012345678\n"

/* Both rows of a transfer are reserved by one slip: the other row is no second one, while the ERP is silent or after. */
static void a_transfer_is_posted_once_for_both_rows(void **state)
{
    const int64_t rows[] = {1, 0};
    struct mt940_row_choice choice = {.size = sizeof choice, .row = 1, .set = MT940_CHOSE_ACCOUNT};
    (void)state;
    mt940_view_from_string("102.02", &choice.account);
    world_offer(&world, "a", ":20:1\n" OWN_A ":28C:1\n:60F:C260101TRY100,00\n:61:2601020102D10,00NTRFNONREF//X1\n"
                             ":86:VIRMAN\n:62F:C260102TRY90,00\n");
    world_offer(&world, "b", ":20:1\n" OWN_B ":28C:1\n:60F:C260101TRY100,00\n:61:2601020102C10,00NTRFNONREF//Y1\n"
                             ":86:VIRMAN\n:62F:C260102TRY110,00\n");
    world_receive(&world);
    world_reopen(&world, &post, NULL);
    erp.is_silent = true;
    assert_int_equal(world_save(&world, 1, rows, &choice, 0, 0), 0);
    mt940_view_from_string("102.01", &choice.account);
    assert_int_equal(world_save(&world, 2, rows, &choice, 0, 0), 0);
    assert_int_equal(world.messages[0], MT940_M_POSTING_PENDING);
    assert_int_equal(states().posting, 1);
    erp.is_silent = false;
    assert_int_equal(world_save(&world, 2, rows, NULL, 0, 0), 0);
    assert_int_equal(world.messages[0], MT940_M_PAIRED);
    assert_int_equal(world_save(&world, 1, rows, NULL, 0, 0), 0);
    assert_int_equal(world.messages[0], MT940_M_ALREADY_SAVED);
    assert_int_equal(erp.count, 1);
}

/* Another clerk's call, made while the first one waits for the ERP; it dies before it can store what the ERP said. */
static struct {
    struct mt940_store store;
    char item[32]; /* id of the statement */
    int applies;   /* before it dies */
    bool was_there;
} rival;

static int rival_apply(void *user, const struct mt940_batch *batches, size_t count, struct mt940_batch_result *results)
{
    return rival.applies-- > 0 ? world.store.apply(user, batches, count, results) : MT940_E_IO;
}

static void rival_saves(void)
{
    struct mt940_flow_options options = {.size = sizeof options, .company = "1", .actor = "rival",
                                         .store = &rival.store, .clock = &world.clock, .post = &post};
    struct mt940_save_request request = {.size = sizeof request, .flags = MT940_SAVE_OPEN_ROWS};
    struct mt940_flow *flow;
    mt940_view_from_string(rival.item, &request.inbox_item);
    assert_int_equal(mt940_flow_open(&options, &flow, NULL), 0);
    int status = mt940_flow_save(flow, &request, NULL, NULL, NULL, NULL);
    assert_int_equal(status, rival.applies < 0 ? MT940_E_IO : 0);
    mt940_flow_close(flow);
}

/* Refuses the first clerk, but only after the other one was there. */
static int put_then_refuse(void *user, const struct mt940_posting *posting, const char *key, char *id, size_t capacity)
{
    if (rival.was_there)
        return put(user, posting, key, id, capacity);
    rival.was_there = true;
    rival_saves();
    (void)snprintf(id, capacity, "donem kapali");
    return MT940_POST_REFUSED;
}

/* The ERP refuses the one and takes the slip from the other, whose process dies then: nobody forgets that slip. */
static void an_erp_that_changes_its_mind_between_two_clerks_loses_no_slip(void **state)
{
    const int64_t rows[] = {1, 0};
    (void)state;
    for (int applies = 0; applies < 4; applies++) {
        if (applies) {
            (void)close_world(state);
            (void)open_world(state);
        }
        receive_c01();
        post.put = put_then_refuse;
        rival.store = world.store;
        rival.store.apply = rival_apply;
        rival.applies = applies;
        rival.was_there = false;
        (void)world_item(&world, 1, rival.item);
        world_reopen(&world, &post, NULL);
        assert_int_equal(world_save(&world, 1, rows, NULL, 0, 0), 0);
        assert_true(rival.was_there);
        assert_int_equal(states().posting + states().active, erp.count);
        assert_int_equal(world_save(&world, 1, NULL, NULL, 0, 0), 0);
        assert_int_equal(erp.count, 3);
        assert_int_equal(states().active, 3);
        assert_int_equal(states().posting, 0);
    }
}

/* Between the first clerk's look at a slip and at its lines another one hears that the ERP refuses, and takes it back. */
static int scan_behind_a_rival(void *user, int32_t kind, int32_t index, int32_t prefix, const void *from, int32_t after,
                               size_t limit, mt940_record_sink sink, void *sink_user)
{
    if (kind == MT940_KIND_SLIP_LINE && !rival.was_there) {
        rival.was_there = true;
        erp.is_silent = false;
        erp.refuses = true;
        rival_saves();
        erp.refuses = false;
    }
    return world.store.scan(user, kind, index, prefix, from, after, limit, sink, sink_user);
}

static void a_slip_taken_back_while_it_is_read_is_no_damage(void **state)
{
    const int64_t rows[] = {1, 0};
    struct mt940_store store = world.store;
    (void)state;
    receive_c01();
    erp.is_silent = true;
    assert_int_equal(world_save(&world, 1, rows, NULL, 0, 0), 0);
    assert_int_equal(states().posting, 1);
    rival.store = world.store;
    rival.was_there = false;
    (void)world_item(&world, 1, rival.item);
    rival.store.apply = world.store.apply;
    rival.applies = 0;
    store.scan = scan_behind_a_rival;
    world_reopen(&world, &post, &store);
    assert_int_equal(world_save(&world, 1, rows, NULL, 0, 0), 0);
    assert_true(rival.was_there);
    assert_int_equal(world.messages[0], MT940_M_SAVED);
    assert_int_equal(erp.count, 1);
    assert_int_equal(states().active, 1);
}

int main(void)
{
#define IN_A_WORLD(name) cmocka_unit_test_setup_teardown(name, open_world, close_world)
    const struct CMUnitTest tests[] = {
        IN_A_WORLD(a_commit_of_rows_is_posted_once_each),
        IN_A_WORLD(a_refusal_leaves_no_reservation),
        IN_A_WORLD(a_row_the_erp_has_keeps_what_was_handed_over),
        IN_A_WORLD(a_silent_erp_gets_the_reserved_slip_later),
        IN_A_WORLD(a_reserved_row_is_not_saved_past_the_erp),
        IN_A_WORLD(a_death_at_any_commit_posts_nothing_twice),
        IN_A_WORLD(a_transfer_is_posted_once_for_both_rows),
        IN_A_WORLD(an_erp_that_changes_its_mind_between_two_clerks_loses_no_slip),
        IN_A_WORLD(a_slip_taken_back_while_it_is_read_is_no_damage),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
