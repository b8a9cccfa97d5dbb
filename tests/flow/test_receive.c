/* SPDX-License-Identifier: Apache-2.0
 *
 * test_receive.c: receiving over a memory store: nothing twice, nothing lost, in whatever files it comes.
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

static void receiving_twice_adds_nothing(void **state)
{
    (void)state;
    world_offer_fragment(&world, "C01");
    world_offer_fragment(&world, "C10");
    world_offer_fragment(&world, "C11");
    world_offer_fragment(&world, "C04");
    world_receive(&world);
    assert_int_equal(world.received.accepted, 4);
    assert_int_equal(world.received.statements, 1 + 3 + 1 + 1);
    assert_int_equal(world.received.movements, 3 + 2 + 2 + 3);
    size_t movements = world_count(&world, MT940_KIND_MOVEMENT);
    world_receive(&world);
    assert_int_equal(world.received.duplicate, 4);
    assert_int_equal(world.received.statements, 0);
    assert_int_equal(world_count(&world, MT940_KIND_MOVEMENT), movements);
}

static void each_file_has_its_own_outcome(void **state)
{
    (void)state;
    world_offer(&world, "empty", "");
    world_offer(&world, "letter.pdf", "%PDF-1.7\n1 0 obj\n");
    world_offer_fragment(&world, "C17");
    world_offer_fragment(&world, "C16");
    world_receive(&world);
    assert_int_equal(world.received.rejected, 2);
    assert_int_equal(world.received.incomplete, 1);
    assert_int_equal(world.received.accepted, 1);
    assert_int_equal(world.files[2].settlement, MT940_SETTLED_INCOMPLETE);
    /* Its balance is wrong: saving needs a consent. */
    world_show(&world, 1);
    assert_int_equal(world.messages[0], MT940_M_STATEMENT_FAULTY);
}

#define HEAD ":20:1\n:25:TR140006200119000001234567\n:28C:1/1\n:60F:C260101TRY100,00\n"
#define ROW1 ":61:2601020102C10,00NTRFNONREF//A1\n:86:BIR\n"
#define ROW2 ":61:2601020102C20,00NTRFNONREF//A2\n:86:IKI\n"

static void a_longer_copy_brings_only_what_is_new(void **state)
{
    (void)state;
    world_offer(&world, "noon", HEAD ROW1 ":62F:C260102TRY110,00\n");
    world_receive(&world);
    assert_int_equal(world.received.movements, 1);
    world_offer(&world, "evening", HEAD ROW1 ROW2 ":62F:C260102TRY130,00\n");
    world_receive(&world);
    assert_int_equal(world.received.movements, 1);
    assert_int_equal(world_count(&world, MT940_KIND_MOVEMENT), 2);
}

/* The same day in a monthly statement, with the account in its other form. */
static void a_monthly_copy_brings_nothing(void **state)
{
    (void)state;
    world_offer(&world, "day", HEAD ROW1 ROW2 ":62F:C260102TRY130,00\n");
    world_receive(&world);
    world_offer(&world, "month", ":20:M\n:25:0062-00119/1234567\n:28C:900\n:60F:C251231TRY90,00\n"
                                 ":61:2601010101C10,00NTRFNONREF//A0\n:86:YENI\n" ROW1 ROW2 ":62F:C260131TRY130,00\n");
    world_receive(&world);
    assert_int_equal(world.received.movements, 1);
    assert_int_equal(world_count(&world, MT940_KIND_MOVEMENT), 3);
}

/* Rows alike in consecutive statements are real; a statement that begins where the last ended cannot overlap it. */
static void equal_rows_of_consecutive_statements_are_kept(void **state)
{
    (void)state;
    world_offer(&world, "first", HEAD ":61:2601020102C10,00NDDBNONREF\n:86:DBS\n:62F:C260102TRY110,00\n");
    world_offer(&world, "second", ":20:2\n:25:TR140006200119000001234567\n:28C:1/2\n:60F:C260102TRY110,00\n"
                                  ":61:2601020102C10,00NDDBNONREF\n:86:DBS\n:62F:C260102TRY120,00\n");
    world_receive(&world);
    assert_int_equal(world.received.movements, 2);
    world.files[0].name = "first again";
    world_receive(&world);
    assert_int_equal(world.received.statements, 0);
    assert_int_equal(world_count(&world, MT940_KIND_MOVEMENT), 2);
}

/* A row of the day's list (MT942) is shown and never saved; the statement brings it again, and that one is. */
static void a_row_of_an_interim_list_is_saved_from_the_statement(void **state)
{
    const char *interim = ":20:I\n:25:TR140006200119000001234567\n:28C:1\n:34F:TRY0,\n:13D:2601021200+0300\n" ROW1
                          ":90C:1TRY10,00\n";
    (void)state;
    world_offer(&world, "interim", interim);
    world_receive(&world);
    assert_int_equal(world.received.movements, 1);
    world_offer(&world, "final", HEAD ROW1 ROW2 ":62F:C260102TRY130,00\n");
    world_receive(&world);
    assert_int_equal(world.received.movements, 2);
    /* The list that comes after it brings nothing. */
    world.files[0].bytes = ":20:J\n:25:TR140006200119000001234567\n:28C:2\n:34F:TRY0,\n:13D:2601021300+0300\n" ROW1;
    world.files[0].length = strlen(world.files[0].bytes);
    world_receive(&world);
    assert_int_equal(world.received.movements, 0);
    world_show(&world, 1);
    assert_int_not_equal(world.messages[0], 0);
    world_show(&world, 2);
    assert_int_equal(world.message_count, 2);
}

static void the_same_movement_with_another_text_asks(void **state)
{
    (void)state;
    world_offer(&world, "one", HEAD ROW1 ":62F:C260102TRY110,00\n");
    world_offer(&world, "two", ":20:9\n:25:TR140006200119000001234567\n:28C:7\n:60F:C260101TRY100,00\n"
                               ":61:2601020102C10,00NTRFNONREF//A1\n:86:BASKA\n:62F:C260102TRY110,00\n");
    world_receive(&world);
    assert_int_equal(world.received.movements, 2);
    world_show(&world, 2);
    assert_int_equal(world.messages[0], MT940_M_SAME_MOVEMENT_DIFFERS);
}

#define OWN_A ":25:TR140006200119000001234567\n"
#define FEE ":61:2601020102D5,00NCHGNONREF\n:86:MASRAF\n"

/* Three statements a day: the fee of the evening is not that of the morning, in whatever order they come. */
static void equal_rows_of_one_day_are_kept_over_other_statements(void **state)
{
    (void)state;
    world_offer(&world, "3", ":20:3\n" OWN_A ":28C:1/3\n:60F:C260102TRY145,00\n" FEE ":62F:C260102TRY140,00\n");
    world_offer(&world, "2", ":20:2\n" OWN_A ":28C:1/2\n:60F:C260102TRY95,00\n"
                             ":61:2601020102C50,00NTRFNONREF//Q\n:86:GELEN\n:62F:C260102TRY145,00\n");
    world_offer(&world, "1", ":20:1\n" OWN_A ":28C:1/1\n:60F:C260102TRY100,00\n" FEE ":62F:C260102TRY95,00\n");
    world_receive(&world);
    assert_int_equal(world.received.movements, 3);
    /* The whole day once more brings nothing: it begins where the first began. */
    world_offer(&world, "day", ":20:4\n" OWN_A ":28C:2\n:60F:C260102TRY100,00\n" FEE
                               ":61:2601020102C50,00NTRFNONREF//Q\n:86:GELEN\n:62F:C260102TRY145,00\n");
    world_receive(&world);
    assert_int_equal(world.received.movements, 0);
}

static void an_empty_statement_twice_in_a_file_comes_once(void **state)
{
    (void)state;
    world_offer(&world, "twice", HEAD ":62F:C260101TRY100,00\n-\n" HEAD ":62F:C260101TRY100,00\n-\n");
    world_offer(&world, "other", HEAD ROW1 ":62F:C260102TRY110,00\n");
    world_receive(&world);
    assert_int_equal(world.received.statements, 2);
}

/* "\xF6deme", as a Turkish Windows names it. */
static void a_file_name_may_be_in_any_character_set(void **state)
{
    (void)state;
    world_offer(&world, "\xF6" "deme.sta", HEAD ROW1 ":62F:C260102TRY110,00\n");
    world_receive(&world);
    assert_int_equal(world.files[0].settlement, MT940_SETTLED_ACCEPTED);
}

static void an_amount_that_both_readings_fit_is_not_guessed(void **state)
{
    (void)state;
    world_offer(&world, "both", HEAD ":61:2601020102C1.234NTRFNONREF//A1\n:61:2601020102D1.234NTRFNONREF//A2\n"
                                ":62F:C260102TRY100,00\n");
    world_receive(&world);
    world_show(&world, 1);
    assert_int_equal(world.messages[0], MT940_M_AMOUNT_AMBIGUOUS);
}

enum { day = 24 * 60 * 60, long_ago = 1000 };

/* Now is a year after the beginning of time. */
static void offer_rested(const char *name, const char *bytes, int64_t modified)
{
    *(int64_t *)world.clock.user = 365 * (int64_t)day;
    world_offer(&world, name, bytes);
    world.files[world.file_count - 1].modified = modified;
}

static void a_file_that_rests_is_fetched_once(void **state)
{
    (void)state;
    offer_rested("rested", HEAD ROW1 ":62F:C260102TRY110,00\n", long_ago);
    world_receive(&world);
    assert_int_equal(world.received.accepted, 1);
    world.files[0].settlement = 0;
    world_receive(&world);
    assert_int_equal(world.files[0].opened, 1);
    assert_int_equal(world.received.duplicate, 1);
    assert_int_equal(world.received.unchanged, 1);
    assert_int_equal(world.files[0].settlement, MT940_SETTLED_DUPLICATE);
    /* Another time, another size: fetched, and remembered anew. */
    world.files[0].modified++;
    world_receive(&world);
    world_receive(&world);
    assert_int_equal(world.files[0].opened, 2);
    world.files[0].bytes = HEAD ROW1 ROW2 ":62F:C260102TRY130,00\n";
    world.files[0].length = strlen(world.files[0].bytes);
    world_receive(&world);
    assert_int_equal(world.received.movements, 1);
    world_receive(&world);
    assert_int_equal(world.files[0].opened, 3);
    /* A file of another name with the same bytes is another file. */
    offer_rested("copy", world.files[0].bytes, long_ago);
    world_receive(&world);
    assert_int_equal(world.files[1].opened, 1);
}

static void what_may_still_change_is_fetched_again(void **state)
{
    (void)state;
    offer_rested("young", HEAD ROW1 ":62F:C260102TRY110,00\n", 365 * (int64_t)day - day / 2);
    offer_rested("ahead", HEAD ROW2 ":62F:C260102TRY120,00\n", 366 * (int64_t)day);
    offer_rested("without a time", HEAD ":62F:C260101TRY100,00\n", -1);
    offer_rested("no statement", "%PDF-1.7\n", long_ago);
    offer_rested("cut", HEAD ROW1, long_ago);
    world_receive(&world);
    world_receive(&world);
    assert_int_equal(world.received.unchanged, 0);
    for (size_t i = 0; i < world.file_count; i++)
        assert_int_equal(world.files[i].opened, 2);
    /* A day later the first has rested: once more, and it is remembered. */
    for (int i = 0; i < 3; i++) {
        *(int64_t *)world.clock.user = 366 * (int64_t)day;
        world_receive(&world);
    }
    assert_int_equal(world.files[0].opened, 3);
    assert_int_equal(world.received.unchanged, 1);
}

/* A connection without a name cannot be told from another, and a host may not want it. */
static void nothing_is_remembered_without_a_name_or_against_the_option(void **state)
{
    struct mt940_flow_options options = {.size = sizeof options, .company = "1", .store = &world.store,
                                         .clock = &world.clock, .rest_seconds = -1};
    struct mt940_flow *flow;
    (void)state;
    offer_rested("rested", HEAD ROW1 ":62F:C260102TRY110,00\n", long_ago);
    for (int i = 0; i < 2; i++)
        assert_int_equal(mt940_flow_receive(world.flow, &world.transport, NULL, NULL, NULL, NULL, NULL), 0);
    assert_int_equal(world.files[0].opened, 2);
    assert_int_equal(mt940_flow_open(&options, &flow, NULL), 0);
    for (int i = 0; i < 2; i++)
        assert_int_equal(mt940_flow_receive(flow, &world.transport, "test", NULL, NULL, NULL, NULL), 0);
    mt940_flow_close(flow);
    assert_int_equal(world.files[0].opened, 4);
    assert_int_equal(world_count(&world, MT940_KIND_TAKEN_FILE), 0);
}

int main(void)
{
#define IN_A_WORLD(name) cmocka_unit_test_setup_teardown(name, open_world, close_world)
    const struct CMUnitTest tests[] = {
        IN_A_WORLD(receiving_twice_adds_nothing),
        IN_A_WORLD(each_file_has_its_own_outcome),
        IN_A_WORLD(a_longer_copy_brings_only_what_is_new),
        IN_A_WORLD(a_monthly_copy_brings_nothing),
        IN_A_WORLD(equal_rows_of_consecutive_statements_are_kept),
        IN_A_WORLD(a_row_of_an_interim_list_is_saved_from_the_statement),
        IN_A_WORLD(the_same_movement_with_another_text_asks),
        IN_A_WORLD(equal_rows_of_one_day_are_kept_over_other_statements),
        IN_A_WORLD(an_empty_statement_twice_in_a_file_comes_once),
        IN_A_WORLD(a_file_name_may_be_in_any_character_set),
        IN_A_WORLD(an_amount_that_both_readings_fit_is_not_guessed),
        IN_A_WORLD(a_file_that_rests_is_fetched_once),
        IN_A_WORLD(what_may_still_change_is_fetched_again),
        IN_A_WORLD(nothing_is_remembered_without_a_name_or_against_the_option),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
