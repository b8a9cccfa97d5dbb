/* SPDX-License-Identifier: Apache-2.0
 *
 * test_group.c: rows of one commit: what is refused does not hold back the others, what another
 * writer changed is decided anew, and each row sees what the ones before it do.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "world.h"

static struct world world;

static int open_world(void **state)
{
    (void)state;
    world_open(&world);
    return 0;
}

static int close_world(void **state)
{
    (void)state;
    world_close(&world);
    return 0;
}

#define OWN ":25:TR140006200119000001234567\n"
#define IN(day, cents, receipt, text) ":61:2601" day "01" day "C10," cents "NTRFNONREF//" receipt "\n:86:" text "\n"
#define A "GELEN EFT TR780006701000000011111111"

/* Six rows of customer 120.A but the third, which nobody knows. */
static const char six[] = ":20:1\n" OWN ":28C:1\n:60F:C260101TRY100,00\n" IN("02", "01", "R1", A) IN("02", "02", "R2", A)
    IN("02", "03", "R3", "KIM OLDUGU YAZMAYAN BIR GONDEREN") IN("02", "04", "R4", A) IN("02", "05", "R5", A)
    IN("02", "06", "R6", A) ":62F:C260102TRY160,21\n";

static int applied;

/* Counts commits. */
static int counting_apply(void *user, const struct mt940_batch *batches, size_t count,
                          struct mt940_batch_result *results)
{
    applied++;
    return world.store.apply(user, batches, count, results);
}

static struct mt940_store counting(void)
{
    struct mt940_store store = world.store;
    store.apply = counting_apply;
    applied = 0;
    return store;
}

static void a_refused_row_does_not_hold_back_its_commit(void **state)
{
    struct mt940_store store;
    (void)state;
    world_offer(&world, "six", six);
    world_receive(&world);
    store = counting();
    world_reopen(&world, NULL, &store);
    assert_int_equal(world_save(&world, 1, NULL, NULL, 0, 0), 0);
    assert_int_equal(applied, 1);
    assert_int_equal(world.saved.rows, 6);
    assert_int_equal(world.saved.saved, 5);
    assert_int_equal(world.saved.refused, 1);
    assert_int_equal(world.messages[2], MT940_M_NEEDS_CUSTOMER);
    assert_int_equal(world_count(&world, MT940_KIND_SLIP), 5);
}

static int asked;

static int asking_get(void *user, int32_t kind, const void *key, mt940_record_sink sink, void *sink_user)
{
    asked++;
    return world.store.get(user, kind, key, sink, sink_user);
}

static int asking_scan(void *user, int32_t kind, int32_t index, int32_t prefix, const void *from, int32_t after,
                       size_t limit, mt940_record_sink sink, void *sink_user)
{
    asked++;
    return world.store.scan(user, kind, index, prefix, from, after, limit, sink, sink_user);
}

/* Each look of its own, but the caller's question is one. */
static int asking_fetch(void *user, const struct mt940_lookup *lookups, size_t count)
{
    int status = 0;
    asked++;
    for (size_t i = 0; i < count && status == 0; i++)
        status = world.store.scan(user, lookups[i].kind, lookups[i].index, lookups[i].prefix, lookups[i].from, 0, 0,
                                  lookups[i].sink, lookups[i].sink_user);
    return status;
}

static int asked_by_show(int64_t number)
{
    asked = 0;
    world_show(&world, number);
    return asked;
}

static int asked_by_save(int64_t number)
{
    asked = 0;
    assert_int_equal(world_save(&world, number, NULL, NULL, 0, 0), 0);
    return asked;
}

#define B "GELEN EFT TR780006701000000011111111 FATURA ABC2026000000001"

/* Over a network each question is a way there and back. */
static void more_rows_ask_the_store_no_more_often(void **state)
{
    static const char one[] = ":20:2\n" OWN ":28C:2\n:60F:C260102TRY160,21\n" IN("03", "07", "R7", B)
        ":62F:C260103TRY170,28\n";
    static const char four[] = ":20:3\n" OWN ":28C:3\n:60F:C260103TRY170,28\n" IN("04", "08", "R8", B) IN(
        "04", "09", "R9", A) IN("04", "10", "S1", B "2") IN("04", "11", "S2", B) ":62F:C260104TRY210,66\n";
    struct mt940_store store = world.store;
    (void)state;
    world_offer(&world, "six", six);
    world_offer(&world, "one", one);
    world_offer(&world, "four", four);
    world_receive(&world);
    store.get = asking_get;
    store.scan = asking_scan;
    store.fetch = asking_fetch;
    world_reopen(&world, NULL, &store);
    (void)asked_by_show(1); /* reads the books */
    int of_one = asked_by_show(2);
    assert_in_range(asked_by_show(3), 1, of_one);
    of_one = asked_by_save(2);
    assert_int_equal(world.saved.saved, 1);
    assert_in_range(asked_by_save(3), 1, of_one);
    assert_int_equal(world.saved.saved, 4);
}

static void a_choice_for_a_refused_row_is_stored_with_the_commit(void **state)
{
    struct mt940_row_choice choice = {.size = sizeof choice, .row = 3, .set = MT940_CHOSE_CUSTOMER};
    struct mt940_store store;
    (void)state;
    mt940_view_from_string("120.NOBODY", &choice.customer);
    world_offer(&world, "six", six);
    world_receive(&world);
    store = counting();
    world_reopen(&world, NULL, &store);
    assert_int_equal(world_save(&world, 1, NULL, &choice, 0, 0), 0);
    assert_int_equal(applied, 1);
    assert_int_equal(world.messages[2], MT940_M_UNKNOWN_CUSTOMER);
    world_show(&world, 1);
    assert_int_equal(world.messages[2], MT940_M_UNKNOWN_CUSTOMER);
}

static bool is_raced;

/* Another user saves row 4 between our decision and our commit, once. */
static int racing_apply(void *user, const struct mt940_batch *batches, size_t count,
                        struct mt940_batch_result *results)
{
    const int64_t rows[] = {4, 0};
    applied++;
    if (!is_raced) {
        struct mt940_flow *ours = world.flow;
        is_raced = true;
        world.flow = NULL;
        world_reopen(&world, NULL, NULL);
        assert_int_equal(world_save(&world, 1, rows, NULL, 0, 0), 0);
        assert_int_equal(world.saved.saved, 1);
        mt940_flow_close(world.flow);
        world.flow = ours;
        world.message_count = 0;
    }
    return world.store.apply(user, batches, count, results);
}

static void a_rival_costs_a_second_look_and_no_slip(void **state)
{
    struct mt940_store store;
    (void)state;
    world_offer(&world, "six", six);
    world_receive(&world);
    store = world.store;
    store.apply = racing_apply;
    is_raced = false;
    world_reopen(&world, NULL, &store);
    assert_int_equal(world_save(&world, 1, NULL, NULL, 0, 0), 0);
    assert_true(is_raced);
    assert_int_equal(world.saved.saved, 4);
    assert_int_equal(world.saved.already, 1);
    assert_int_equal(world.messages[3], MT940_M_ALREADY_SAVED);
    assert_int_equal(world_count(&world, MT940_KIND_SLIP), 5);
}

/* Every commit meets a rival that changed nothing we want: the call ends, and tells so. */
static int refusing_apply(void *user, const struct mt940_batch *batches, size_t count,
                          struct mt940_batch_result *results)
{
    (void)user;
    (void)batches;
    applied++;
    for (size_t i = 0; i < count; i++)
        results[i].outcome = MT940_CONFLICT;
    return 0;
}

static void a_conflict_for_ever_ends(void **state)
{
    struct mt940_store store;
    (void)state;
    world_offer(&world, "six", six);
    world_receive(&world);
    store = world.store;
    store.apply = refusing_apply;
    applied = 0;
    world_reopen(&world, NULL, &store);
    assert_int_equal(world_save(&world, 1, NULL, NULL, 0, 0), MT940_E_CONFLICT);
    assert_in_range(applied, 2, 20);
    assert_int_equal(world.message_count, 0);
    assert_int_equal(world_count(&world, MT940_KIND_SLIP), 0);
}

struct linked {
    size_t slips, reversals, reversed;
};

static int count_links(void *user, const struct mt940_slip_view *view)
{
    struct linked *linked = user;
    linked->slips++;
    linked->reversals += view->slip->reverses.length > 0;
    linked->reversed += view->slip->reversed_by.length > 0;
    return 0;
}

/* A payment and the row that takes it back, of one day and one commit. */
static void a_reversal_finds_its_original_in_the_same_commit(void **state)
{
    static const uint32_t ways[] = {0, MT940_SAVE_ALL_OR_NOTHING};
    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct linked linked = {0, 0, 0};
        if (i) {
            world_close(&world);
            world_open(&world);
        }
        world_offer(&world, "both", ":20:1\n" OWN ":28C:1\n:60F:C260101TRY100,00\n" IN("02", "00", "R1", A)
                                    ":61:2601020102RC10,00NTRFNONREF//R2\n:86:IADE " A "\n:62F:C260102TRY100,00\n");
        world_receive(&world);
        assert_int_equal(world_save(&world, 1, NULL, NULL, ways[i], 0), 0);
        assert_int_equal(world.saved.saved, 2);
        assert_int_equal(mt940_flow_slips(world.flow, NULL, count_links, &linked, NULL), 0);
        assert_int_equal(linked.slips, 2);
        assert_int_equal(linked.reversals, 1);
        assert_int_equal(linked.reversed, 1);
    }
}

static int take_movement(void *user, const void *record)
{
    *(int64_t *)user = ((const struct mt940_movement *)record)->state;
    return 0;
}

static int64_t state_of(struct mt940_view item, int64_t row)
{
    struct mt940_movement from = {.inbox_item = item, .row = row};
    int64_t found = -1;
    mt940_view_from_string("1", &from.company);
    assert_int_equal(world.store.scan(world.store.user, MT940_KIND_MOVEMENT, MT940_MOVEMENT_BY_INBOX_ITEM, 3, &from, 0,
                                      0, take_movement, &found), 0);
    return found;
}

static void a_cancelled_slip_leaves_the_conflict_of_its_row(void **state)
{
    const int64_t rows[] = {1, 0};
    char id[32];
    struct mt940_view slip, item;
    int32_t message;
    (void)state;
    world_offer(&world, "one", ":20:1\n" OWN ":28C:1\n:60F:C260101TRY100,00\n" IN("02", "00", "R1", A)
                               ":62F:C260102TRY110,00\n");
    world_offer(&world, "two", ":20:9\n" OWN ":28C:7\n:60F:C260101TRY100,00\n" IN("02", "00", "R1", A " BASKA")
                               ":62F:C260102TRY110,00\n");
    world_receive(&world);
    assert_int_equal(world_save(&world, 2, rows, NULL, 0, MT940_M_SAME_MOVEMENT_DIFFERS), 0);
    assert_int_equal(world.saved.saved, 1);
    mt940_view_from_string(world.slips[0], &slip);
    assert_int_equal(mt940_flow_slip_cancel(world.flow, &slip, &message, NULL), 0);
    item = world_item(&world, 2, id);
    assert_int_equal(state_of(item, 1), MT940_MOVEMENT_STATE_CONFLICT);
    assert_int_equal(world_save(&world, 2, rows, NULL, 0, 0), 0);
    assert_int_equal(world.messages[0], MT940_M_SAME_MOVEMENT_DIFFERS);
}

static void a_linked_slip_is_no_duplicate_of_the_next_row(void **state)
{
    const int64_t rows[] = {1, 2, 0};
    struct mt940_row_choice choice = {.size = sizeof choice, .row = 1, .set = MT940_CHOSE_LINK};
    struct mt940_slip slip = {.type = MT940_SLIP_TYPE_INCOMING_TRANSFER, .date = {2026, 1, 2}, .amount = 1000};
    struct mt940_action action = {.revision = 0};
    struct mt940_change change = {.size = sizeof change, .op = MT940_PUT_NEW, .kind = MT940_KIND_SLIP, .record = &slip};
    struct mt940_batch batch = {sizeof batch, &action, &change, 1};
    struct mt940_batch_result result = {.size = sizeof result};
    (void)state;
    mt940_view_from_string("1", &slip.company);
    mt940_view_from_string("ELLE", &slip.id);
    mt940_view_from_string("102.01", &slip.bank_account);
    mt940_view_from_string("TRY", &slip.currency);
    action.company = slip.company;
    action.key = choice.link = slip.id;
    assert_int_equal(world.store.apply(world.store.user, &batch, 1, &result), 0);
    assert_int_equal(result.outcome, MT940_APPLIED);
    world_offer(&world, "two", ":20:1\n" OWN ":28C:1\n:60F:C260101TRY100,00\n" IN("02", "00", "R1", A)
                               IN("02", "00", "R2", A) ":62F:C260102TRY120,00\n");
    world_receive(&world);
    world_show(&world, 1);
    assert_int_equal(world.messages[1], MT940_M_POSSIBLE_DUPLICATE);
    assert_int_equal(world_save(&world, 1, rows, &choice, 0, 0), 0);
    assert_int_equal(world.messages[0], MT940_M_LINKED);
    assert_int_equal(world.messages[1], MT940_M_SAVED);
}

#define DAY(number, rows) ":20:1\n" OWN ":28C:" number "\n:60F:C260101TRY100,00\n" rows ":62F:C260102TRY100,00\n"

static int take_number(void *user, const void *record)
{
    int64_t *sum = user;
    *sum = *sum * 10 + ((const struct mt940_inbox_item *)record)->number_shown;
    return 0;
}

/* The same bytes twice, a statement again under another number, a file that is none: one commit, each told apart. */
static void small_files_share_a_commit(void **state)
{
    struct mt940_store store;
    int64_t numbers = 0;
    (void)state;
    store = counting();
    world_reopen(&world, NULL, &store);
    world_offer(&world, "1", DAY("1", IN("02", "01", "R1", A)));
    world_offer(&world, "2", DAY("1", IN("02", "01", "R1", A)));
    world_offer(&world, "3", DAY("2", IN("02", "01", "R1", A) IN("02", "02", "R2", A)));
    world_offer(&world, "4", "letter");
    world_offer(&world, "5", DAY("3", IN("02", "03", "R3", A)));
    world_receive(&world);
    assert_int_equal(applied, 1);
    assert_int_equal(world.received.accepted, 3);
    assert_int_equal(world.received.duplicate, 1);
    assert_int_equal(world.received.rejected, 1);
    assert_int_equal(world.received.movements, 3);
    assert_int_equal(world.files[1].settlement, MT940_SETTLED_DUPLICATE);
    assert_int_equal(mt940_flow_inbox(world.flow, 0, 0, take_number, &numbers, NULL), 0);
    assert_int_equal(numbers, 123);
}

/* Somebody receives the second file while we decide about all of them. */
static int racing_receive(void *user, const struct mt940_batch *batches, size_t count,
                          struct mt940_batch_result *results)
{
    applied++;
    if (!is_raced) {
        struct mt940_flow *ours = world.flow;
        struct mt940_receive_summary summary = world.received;
        struct world_file first = world.files[0];
        size_t files = world.file_count;
        is_raced = true;
        world.flow = NULL;
        world.files[0] = world.files[1];
        world.file_count = 1;
        world_reopen(&world, NULL, NULL);
        world_receive(&world);
        assert_int_equal(world.received.accepted, 1);
        mt940_flow_close(world.flow);
        world.flow = ours;
        world.received = summary;
        world.file_count = files;
        world.files[0] = first;
    }
    return world.store.apply(user, batches, count, results);
}

static void files_that_met_a_rival_are_stored_one_by_one(void **state)
{
    struct mt940_store store;
    (void)state;
    world_offer(&world, "1", DAY("1", IN("02", "01", "R1", A)));
    world_offer(&world, "2", DAY("2", IN("02", "02", "R2", A)));
    world_offer(&world, "3", DAY("3", IN("02", "03", "R3", A)));
    store = world.store;
    store.apply = racing_receive;
    is_raced = false;
    world_reopen(&world, NULL, &store);
    world_receive(&world);
    assert_true(is_raced);
    assert_int_equal(world.received.accepted, 2);
    assert_int_equal(world.received.duplicate, 1);
    assert_int_equal(world_count(&world, MT940_KIND_MOVEMENT), 3);
    assert_int_equal(world_count(&world, MT940_KIND_INBOX_ITEM), 3);
}

int main(void)
{
#define IN_A_WORLD(name) cmocka_unit_test_setup_teardown(name, open_world, close_world)
    const struct CMUnitTest tests[] = {
        IN_A_WORLD(a_refused_row_does_not_hold_back_its_commit),
        IN_A_WORLD(more_rows_ask_the_store_no_more_often),
        IN_A_WORLD(a_choice_for_a_refused_row_is_stored_with_the_commit),
        IN_A_WORLD(a_rival_costs_a_second_look_and_no_slip),
        IN_A_WORLD(a_conflict_for_ever_ends),
        IN_A_WORLD(a_reversal_finds_its_original_in_the_same_commit),
        IN_A_WORLD(a_cancelled_slip_leaves_the_conflict_of_its_row),
        IN_A_WORLD(a_linked_slip_is_no_duplicate_of_the_next_row),
        IN_A_WORLD(small_files_share_a_commit),
        IN_A_WORLD(files_that_met_a_rival_are_stored_one_by_one),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
