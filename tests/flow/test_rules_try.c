/* SPDX-License-Identifier: Apache-2.0
 *
 * test_rules_try.c: what other transaction codes would change is told, and nothing is stored;
 * saved rows and a user's choices never change.
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
    world_offer(&world, "one",
                ":20:1\n:25:TR140006200119000001234567\n:28C:1/1\n:60F:C260101TRY100,00\n"
                ":61:2601020102D10,00NTRFNONREF//A1\n:86:DEPO KIRASI OCAK MARMARA PARK\n"
                ":61:2601020102D20,00NTRFNONREF//A2\n:86:DEPO KIRASI SUBAT MARMARA PARK\n"
                ":61:2601020102C30,00NTRFNONREF//A3\n:86:TR780006701000000011111111\n"
                ":61:2601020102D40,00NTRFNONREF//A4\n:86:BASKA\n:62F:C260102TRY60,00\n");
    world_receive(&world);
    return 0;
}

static int close_world(void **state)
{
    (void)state;
    world_close(&world);
    return 0;
}

static int note(void *user, const struct mt940_rule_change *change)
{
    char *text = user;
    size_t length = strlen(text);

    (void)snprintf(text + length, 400 - length, "%s%d %s %.*s>%s %.*s", length ? ", " : "", (int)change->movement->row,
                   mt940_match_decision_name(change->before.decision), (int)change->before.customer.length,
                   change->before.customer.length ? change->before.customer.data : "",
                   mt940_match_decision_name(change->after.decision), (int)change->after.customer.length,
                   change->after.customer.length ? change->after.customer.data : "");
    assert_int_equal(change->item->number_shown, 1);
    return 0;
}

static int refuse_to_store(void *user, const struct mt940_batch *batches, size_t count, struct mt940_batch_result *results)
{
    (void)user;
    (void)batches;
    (void)count;
    (void)results;
    fail_msg("a trial stored something");
    return MT940_E_IO;
}

static struct mt940_transaction_code rule(const char *text, const char *customer, int64_t type)
{
    struct mt940_transaction_code record = {.side = MT940_SIDE_BOTH, .priority = 1, .slip_type = type};

    mt940_view_from_string("1", &record.company);
    mt940_view_from_string(text, &record.text);
    mt940_view_from_string(customer, &record.customer);
    return record;
}

static const char *try_rules(const struct mt940_transaction_code *rules, size_t count)
{
    static char text[400];
    struct mt940_store front = world.store;
    struct mt940_error error = {.size = sizeof error};

    text[0] = '\0';
    front.apply = refuse_to_store;
    world_reopen(&world, NULL, &front);
    if (mt940_flow_rules_try(world.flow, rules, count, note, text, &error))
        fail_msg("try: %s", error.text);
    world_reopen(&world, NULL, NULL);
    return text;
}

static void a_trial_tells_what_would_change(void **state)
{
    const struct mt940_transaction_code records[] = {rule("KIRA*MARMARA", "320.D", MT940_SLIP_TYPE_OUTGOING_TRANSFER)};

    (void)state;
    /* Rows 3 and 4 lose the built-in table with the first record of the host's own: their type is another. */
    assert_string_equal(try_rules(records, 1),
                        "1 none >auto 320.D, 2 none >auto 320.D, 3 auto 120.A>auto 120.A, 4 none >none ");
    assert_string_equal(try_rules(NULL, 0), "");
}

static void what_is_saved_or_chosen_stays(void **state)
{
    const struct mt940_transaction_code records[] = {rule("KIRA*MARMARA", "320.D", MT940_SLIP_TYPE_OUTGOING_TRANSFER)};
    const void *put = &records[0];
    struct mt940_row_choice choice = {.size = sizeof choice, .row = 1, .set = MT940_CHOSE_CUSTOMER};
    int64_t rows[] = {1, 0};

    (void)state;
    mt940_view_from_string("120.C", &choice.customer);
    assert_int_equal(world_save(&world, 1, rows, &choice, 0, 0), 0);
    assert_int_equal(world.messages[0], MT940_M_SAVED);
    assert_null(strstr(try_rules(records, 1), "1 none"));
    /* Imported, the rule holds for what is open, and leaves the slip alone. */
    assert_int_equal(mt940_flow_put(world.flow, MT940_KIND_TRANSACTION_CODE, &put, 1, NULL, NULL), 0);
    world_show(&world, 1);
    assert_int_equal(world.messages[0], MT940_M_ALREADY_SAVED);
    assert_int_equal(world.messages[1], 0);
    assert_int_equal(world_count(&world, MT940_KIND_SLIP), 1);
}

static void rules_that_are_none_say_so(void **state)
{
    struct mt940_transaction_code records[] = {rule("***", "320.D", 4)};
    struct mt940_error error = {.size = sizeof error};
    char text[400] = "";

    (void)state;
    assert_int_equal(mt940_flow_rules_try(world.flow, records, 1, note, text, &error), MT940_E_ARGUMENT);
    assert_non_null(strstr(error.text, "a letter or a digit"));
    assert_int_equal(mt940_flow_rules_try(world.flow, NULL, 1, note, text, NULL), MT940_E_ARGUMENT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_trial_tells_what_would_change, open_world, close_world),
        cmocka_unit_test_setup_teardown(what_is_saved_or_chosen_stays, open_world, close_world),
        cmocka_unit_test_setup_teardown(rules_that_are_none_say_so, open_world, close_world),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
