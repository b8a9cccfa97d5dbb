/* SPDX-License-Identifier: Apache-2.0
 *
 * test_save.c: saving over a memory store: nothing twice, nothing half, whoever answers late or not at all.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
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

static void saving_twice_makes_one_slip(void **state)
{
    const int64_t rows[] = {1, 3, 0};
    (void)state;
    world_offer_fragment(&world, "C01");
    world_receive(&world);
    assert_int_equal(world_save(&world, 1, rows, NULL, 0, 0), 0);
    assert_int_equal(world.saved.saved, 2);
    assert_int_equal(world_save(&world, 1, rows, NULL, 0, 0), 0);
    assert_int_equal(world.saved.saved, 0);
    assert_int_equal(world.messages[0], MT940_M_ALREADY_SAVED);
    assert_int_equal(world_count(&world, MT940_KIND_SLIP), 2);
    assert_int_equal(world_save(&world, 1, NULL, NULL, 0, 0), 0);
    assert_int_equal(world.saved.saved, 1);
    assert_int_equal(world_count(&world, MT940_KIND_SLIP), 3);
}

static void an_unknown_row_is_told(void **state)
{
    const int64_t rows[] = {7, 0};
    (void)state;
    world_offer_fragment(&world, "C01");
    world_receive(&world);
    assert_int_equal(world_save(&world, 1, rows, NULL, 0, 0), 0);
    assert_int_equal(world.messages[0], MT940_M_UNKNOWN_ROW);
}

static void a_faulty_row_does_not_prevent_the_others(void **state)
{
    (void)state;
    world_offer_fragment(&world, "C02");
    world_offer_fragment(&world, "C01");
    world_receive(&world);
    /* C02 is of an account nobody defined. */
    assert_int_equal(world_save(&world, 1, NULL, NULL, 0, 0), 0);
    assert_int_equal(world.messages[0], MT940_M_UNKNOWN_BANK_ACCOUNT);
    assert_int_equal(world.saved.saved, 0);
    assert_int_equal(world_save(&world, 2, NULL, NULL, 0, 0), 0);
    assert_int_equal(world.saved.saved, 3);
}

static void all_or_nothing_holds_back_the_good_rows(void **state)
{
    const int64_t rows[] = {1, 2, 9, 0};
    const int64_t good[] = {1, 2, 3, 0};
    (void)state;
    world_offer_fragment(&world, "C01");
    world_receive(&world);
    assert_int_equal(world_save(&world, 1, rows, NULL, MT940_SAVE_ALL_OR_NOTHING, 0), 0);
    assert_int_equal(world_count(&world, MT940_KIND_SLIP), 0);
    assert_int_equal(world.messages[0], MT940_M_NOT_SAVED_OTHERS_FAILED);
    assert_int_equal(world_save(&world, 1, good, NULL, MT940_SAVE_ALL_OR_NOTHING, 0), 0);
    assert_int_equal(world_count(&world, MT940_KIND_SLIP), 3);
}

static void a_cancelled_slip_can_be_saved_again(void **state)
{
    const int64_t rows[] = {1, 0};
    char first[32];
    int32_t message;
    struct mt940_view slip;
    (void)state;
    world_offer_fragment(&world, "C01");
    world_receive(&world);
    assert_int_equal(world_save(&world, 1, rows, NULL, 0, 0), 0);
    (void)snprintf(first, sizeof first, "%s", world.slips[0]);
    mt940_view_from_string(first, &slip);
    assert_int_equal(mt940_flow_slip_cancel(world.flow, &slip, &message, NULL), 0);
    assert_int_equal(message, MT940_M_SLIP_CANCELLED);
    assert_int_equal(mt940_flow_slip_cancel(world.flow, &slip, &message, NULL), 0);
    assert_int_equal(message, MT940_M_UNKNOWN_SLIP);
    assert_int_equal(world_save(&world, 1, rows, NULL, 0, 0), 0);
    assert_int_equal(world.saved.saved, 1);
    assert_string_not_equal(world.slips[0], first);
}

static void a_choice_is_remembered(void **state)
{
    const int64_t rows[] = {1, 0};
    struct mt940_row_choice choice = {.size = sizeof choice, .row = 1, .set = MT940_CHOSE_CUSTOMER};
    (void)state;
    mt940_view_from_string("120.NOBODY", &choice.customer);
    world_offer_fragment(&world, "C01");
    world_receive(&world);
    assert_int_equal(world_save(&world, 1, rows, &choice, 0, 0), 0);
    assert_int_equal(world.messages[0], MT940_M_UNKNOWN_CUSTOMER);
    world_show(&world, 1);
    assert_int_equal(world.messages[0], MT940_M_UNKNOWN_CUSTOMER);
    mt940_view_from_string("120.B", &choice.customer);
    assert_int_equal(world_save(&world, 1, rows, &choice, 0, 0), 0);
    assert_int_equal(world.messages[0], MT940_M_SAVED);
}

/* A store that applies and then loses the answer, once. */
static int apply_and_forget(void *user, const struct mt940_batch *batches, size_t count,
                            struct mt940_batch_result *results)
{
    static int lost;
    int status = world.store.apply(user, batches, count, results);
    return lost++ ? status : MT940_E_UNKNOWN;
}

static void a_lost_answer_does_not_save_twice(void **state)
{
    const int64_t rows[] = {1, 0};
    struct mt940_store store;
    (void)state;
    world_offer_fragment(&world, "C01");
    world_receive(&world);
    store = world.store;
    store.apply = apply_and_forget;
    world_reopen(&world, NULL, &store);
    assert_int_equal(world_save(&world, 1, rows, NULL, 0, 0), 0);
    assert_int_equal(world.messages[0], MT940_M_SAVED);
    assert_int_equal(world_save(&world, 1, rows, NULL, 0, 0), 0);
    assert_int_equal(world.messages[0], MT940_M_ALREADY_SAVED);
    assert_int_equal(world_count(&world, MT940_KIND_SLIP), 1);
}

/* An ERP that numbers its own slips. */
struct erp {
    char keys[8][32];
    size_t count;
    int refuse, die_after_posting;
};

static int erp_find(void *user, const char *key, char *id, size_t capacity)
{
    struct erp *erp = user;
    for (size_t i = 0; i < erp->count; i++) {
        if (strcmp(erp->keys[i], key) == 0) {
            (void)snprintf(id, capacity, "ERP-%zu", i + 1);
            return MT940_POST_DONE;
        }
    }
    return MT940_POST_ABSENT;
}

static int erp_put(void *user, const struct mt940_posting *posting, const char *key, char *id, size_t capacity)
{
    struct erp *erp = user;
    assert_true(posting->line_count >= 1);
    if (erp->refuse) {
        (void)snprintf(id, capacity, "closed period");
        return MT940_POST_REFUSED;
    }
    if (erp_find(user, key, id, capacity) == MT940_POST_DONE)
        return MT940_POST_ALREADY;
    (void)snprintf(erp->keys[erp->count++], 32, "%s", key);
    if (erp->die_after_posting)
        return MT940_POST_UNKNOWN;
    (void)snprintf(id, capacity, "ERP-%zu", erp->count);
    return MT940_POST_DONE;
}

static void the_erp_posts_every_movement_once(void **state)
{
    const int64_t rows[] = {1, 0};
    struct erp erp = {.refuse = 1};
    struct mt940_post post = {sizeof post, &erp, erp_put, erp_find, NULL};
    (void)state;
    world_offer_fragment(&world, "C01");
    world_receive(&world);
    world_reopen(&world, &post, NULL);
    assert_int_equal(world_save(&world, 1, rows, NULL, 0, 0), 0);
    assert_int_equal(world.messages[0], MT940_M_HOST_REFUSED);
    erp.refuse = 0;
    erp.die_after_posting = 1;
    assert_int_equal(world_save(&world, 1, rows, NULL, 0, 0), 0);
    assert_int_equal(world.messages[0], MT940_M_POSTING_PENDING);
    erp.die_after_posting = 0;
    assert_int_equal(world_save(&world, 1, rows, NULL, 0, 0), 0);
    assert_int_equal(world.messages[0], MT940_M_SAVED);
    assert_int_equal(erp.count, 1);
    assert_int_equal(world_count(&world, MT940_KIND_SLIP), 1);
}

#define OWN_A ":25:TR140006200119000001234567\n"
#define OWN_B ":25:TR550011100000000012345678\n"

static struct mt940_row_choice choose(int64_t row, uint32_t set, const char *code)
{
    struct mt940_row_choice choice = {.size = sizeof choice, .row = row, .set = set};
    mt940_view_from_string(code, set == MT940_CHOSE_ACCOUNT ? &choice.account : &choice.customer);
    return choice;
}

/* Saves rows 1 and 2 with a choice for each, in one batch. */
static void save_two(int64_t number, uint32_t set, const char *code)
{
    const int64_t rows[] = {1, 2};
    struct mt940_row_choice choices[2] = {choose(1, set, code), choose(2, set, code)};
    char id[32];
    struct mt940_save_request request = {.size = sizeof request, .inbox_item = world_item(&world, number, id),
                                         .rows = rows, .row_count = 2, .choices = choices, .choice_count = 2,
                                         .flags = MT940_SAVE_ALL_OR_NOTHING};
    world.saved.size = sizeof world.saved;
    assert_int_equal(mt940_flow_save(world.flow, &request, NULL, NULL, &world.saved, NULL), 0);
}

static int take_open(void *user, const void *record)
{
    *(int64_t *)user = ((const struct mt940_inbox_item *)record)->open_entries;
    return 0;
}

/* Slips that book two rows, and slips that take another back. */
static int count_special(void *user, const struct mt940_slip_view *view)
{
    size_t *counts = user;
    counts[0] += view->slip->other_movement.length > 0;
    counts[1] += view->slip->reverses.length > 0;
    return 0;
}

static void two_rows_of_a_batch_do_not_share_their_other_side(void **state)
{
    int64_t open = -1;
    size_t counts[2] = {0, 0};
    (void)state;
    world_offer(&world, "a", ":20:1\n" OWN_A ":28C:1\n:60F:C260101TRY100,00\n:61:2601020102C10,00NTRFNONREF//Y1\n"
                             ":86:VIRMAN\n:61:2601020102C10,00NTRFNONREF//Y2\n:86:VIRMAN\n:62F:C260102TRY120,00\n");
    world_offer(&world, "b", ":20:1\n" OWN_B ":28C:1\n:60F:C260101TRY100,00\n:61:2601020102D10,00NTRFNONREF//X1\n"
                             ":86:VIRMAN\n:62F:C260102TRY90,00\n");
    world_receive(&world);
    save_two(1, MT940_CHOSE_ACCOUNT, "102.02");
    assert_int_equal(world.saved.saved, 2);
    assert_int_equal(mt940_flow_slips(world.flow, NULL, count_special, counts, NULL), 0);
    assert_int_equal(counts[0], 1);
    assert_int_equal(mt940_flow_find(world.flow, "2", 1, take_open, &open, NULL), 0);
    assert_int_equal(open, 0);
}

static void two_rows_of_a_batch_do_not_share_the_slip_of_the_other_side(void **state)
{
    const int64_t first[] = {1, 0};
    struct mt940_row_choice choice = choose(1, MT940_CHOSE_ACCOUNT, "102.02");
    (void)state;
    world_offer(&world, "a", ":20:1\n" OWN_A ":28C:1\n:60F:C260101TRY100,00\n:61:2601020102D10,00NTRFNONREF//X1\n"
                             ":86:VIRMAN\n:62F:C260102TRY90,00\n");
    world_receive(&world);
    assert_int_equal(world_save(&world, 1, first, &choice, 0, 0), 0);
    assert_int_equal(world.saved.saved, 1);
    world_offer(&world, "b", ":20:1\n" OWN_B ":28C:1\n:60F:C260101TRY100,00\n:61:2601020102C10,00NTRFNONREF//Y1\n"
                             ":86:VIRMAN\n:61:2601020102C10,00NTRFNONREF//Y2\n:86:VIRMAN\n:62F:C260102TRY120,00\n");
    world_receive(&world);
    save_two(2, MT940_CHOSE_ACCOUNT, "102.01");
    assert_int_equal(world.saved.saved, 1);
    assert_int_equal(world_count(&world, MT940_KIND_SLIP), 2);
}

#define TAKEN ":20:1\n" OWN_A ":28C:1\n:60F:C260101TRY100,00\n:61:2601020102C10,00NTRFNONREF//X1\n:86:GELEN\n"       \
              ":62F:C260102TRY110,00\n"
#define TAKEN_BACK ":20:2\n" OWN_A ":28C:2\n:60F:C260102TRY110,00\n:61:2601030103RC10,00NTRFNONREF//Z1\n:86:BIR\n"   \
                   ":61:2601030103RC10,00NTRFNONREF//Z2\n:86:IKI\n:62F:C260103TRY90,00\n"

static void a_slip_is_reversed_once_in_a_batch_too(void **state)
{
    const int64_t first[] = {1, 0};
    struct mt940_row_choice choice = choose(1, MT940_CHOSE_CUSTOMER, "120.A");
    size_t counts[2] = {0, 0};
    (void)state;
    world_offer(&world, "taken", TAKEN);
    world_offer(&world, "back", TAKEN_BACK);
    world_receive(&world);
    assert_int_equal(world_save(&world, 1, first, &choice, 0, 0), 0);
    save_two(2, MT940_CHOSE_CUSTOMER, "120.A");
    assert_int_equal(world.saved.saved, 2);
    assert_int_equal(mt940_flow_slips(world.flow, NULL, count_special, counts, NULL), 0);
    assert_int_equal(counts[1], 1);
}

static void a_reversal_of_another_customer_takes_nothing_back(void **state)
{
    const int64_t first[] = {1, 0};
    struct mt940_row_choice taken = choose(1, MT940_CHOSE_CUSTOMER, "120.A");
    struct mt940_row_choice other = choose(1, MT940_CHOSE_CUSTOMER, "120.B");
    size_t counts[2] = {0, 0};
    (void)state;
    world_offer(&world, "taken", TAKEN);
    world_offer(&world, "back", TAKEN_BACK);
    world_receive(&world);
    assert_int_equal(world_save(&world, 1, first, &taken, 0, 0), 0);
    assert_int_equal(world_save(&world, 2, first, &other, 0, 0), 0);
    assert_int_equal(world.saved.saved, 1);
    assert_int_equal(mt940_flow_slips(world.flow, NULL, count_special, counts, NULL), 0);
    assert_int_equal(counts[1], 0);
}

static void a_row_named_twice_is_saved_once(void **state)
{
    const int64_t rows[] = {1, 1, 0};
    (void)state;
    world_offer_fragment(&world, "C01");
    world_receive(&world);
    assert_int_equal(world_save(&world, 1, rows, NULL, MT940_SAVE_ALL_OR_NOTHING, 0), 0);
    assert_int_equal(world.saved.saved, 1);
    assert_int_equal(world.messages[1], MT940_M_ALREADY_SAVED);
}

int main(void)
{
#define IN_A_WORLD(name) cmocka_unit_test_setup_teardown(name, open_world, close_world)
    const struct CMUnitTest tests[] = {
        IN_A_WORLD(saving_twice_makes_one_slip),
        IN_A_WORLD(an_unknown_row_is_told),
        IN_A_WORLD(a_faulty_row_does_not_prevent_the_others),
        IN_A_WORLD(all_or_nothing_holds_back_the_good_rows),
        IN_A_WORLD(a_cancelled_slip_can_be_saved_again),
        IN_A_WORLD(a_choice_is_remembered),
        IN_A_WORLD(a_lost_answer_does_not_save_twice),
        IN_A_WORLD(the_erp_posts_every_movement_once),
        IN_A_WORLD(two_rows_of_a_batch_do_not_share_their_other_side),
        IN_A_WORLD(two_rows_of_a_batch_do_not_share_the_slip_of_the_other_side),
        IN_A_WORLD(a_slip_is_reversed_once_in_a_batch_too),
        IN_A_WORLD(a_reversal_of_another_customer_takes_nothing_back),
        IN_A_WORLD(a_row_named_twice_is_saved_once),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
