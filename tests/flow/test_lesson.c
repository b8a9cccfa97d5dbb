/* SPDX-License-Identifier: Apache-2.0
 *
 * test_lesson.c: a person's choices teach the flow, in the batch that stores them; what the
 * library chose by itself teaches nothing (docs/lesson.md).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "world.h"

#define HEAD ":20:1\n:25:TR140006200119000001234567\n:28C:1/1\n:60F:C260101TRY100,00\n"
#define UNKNOWN "TR200006400000012034000123"
#define OF_A "TR780006701000000011111111"
#define ROW(n, text) ":61:2601020102C10,00NTRFNONREF//A" n "\n:86:" text "\n"
#define TAIL(n) ":62F:C260102TRY" n ",00\n"
#define ROWS(text) ROW("1", text) ROW("2", text) ROW("3", text) ROW("4", text) ROW("5", text) ROW("6", text)

static struct world world;
static const int64_t only[][2] = {{0, 0}, {1, 0}, {2, 0}, {3, 0}, {4, 0}, {5, 0}, {6, 0}};

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

/* Saves one row, given to a customer ("" takes the choice away, NULL = no choice). */
static int32_t save(int64_t row, const char *customer)
{
    struct mt940_row_choice choice = {.size = sizeof choice, .row = row, .set = MT940_CHOSE_CUSTOMER};
    mt940_view_from_string(customer, &choice.customer);
    assert_int_equal(world_save(&world, 1, only[row], customer ? &choice : NULL, 0, 0), 0);
    return world.messages[0];
}

struct looking {
    int64_t row;
    char text[200];
};

/* "auto 120.A", "suggest 120.A !80": decision, best candidate, vetoes. */
static int look_at(void *user, const struct mt940_row *row)
{
    struct looking *looking = user;
    const struct mt940_match *match = row->match;
    const struct mt940_view *best = match->candidate_count ? &match->candidates[0].customer : NULL;
    if (row->movement->row != looking->row)
        return 0;
    (void)snprintf(looking->text, sizeof looking->text, "%s %.*s%s", mt940_match_decision_name(match->decision),
                   best ? (int)best->length : 1, best ? best->data : "-",
                   match->veto & MT940_VETO_REJECTED ? " rejected" : "");
    return 0;
}

static const char *look(int64_t row)
{
    static struct looking looking;
    char id[32];
    struct mt940_view item = world_item(&world, 1, id);
    looking.row = row;
    looking.text[0] = '\0';
    assert_int_equal(mt940_flow_show(world.flow, &item, look_at, &looking, NULL), 0);
    return looking.text;
}

static int take_lesson(void *user, const void *record)
{
    const struct mt940_lesson *lesson = record;
    char *text = user;
    size_t length = strlen(text);
    (void)snprintf(text + length, 400 - length, "%s%.*s %d-%d%s", length ? ", " : "", (int)lesson->customer.length,
                   lesson->customer.data, (int)lesson->confirmed, (int)lesson->rejected, lesson->refused ? " refused" : "");
    assert_int_equal(lesson->actor.length, 4);
    assert_true(lesson->movement.length > 0);
    return 0;
}

/* "120.A 3-0, 120.B 1-1 refused": choices and refusals. */
static const char *lessons(void)
{
    static char text[400];
    text[0] = '\0';
    assert_int_equal(mt940_flow_lessons(world.flow, NULL, take_lesson, text, NULL), 0);
    return text;
}

static void offer(const char *bytes)
{
    world_offer(&world, "one", bytes);
    world_receive(&world);
    assert_int_equal(world.received.statements, 1);
}

static void three_choices_decide_and_teach_no_more(void **state)
{
    (void)state;
    offer(HEAD ROWS("GELEN EFT " UNKNOWN) TAIL("160"));
    assert_string_equal(look(1), "none -");
    assert_int_equal(save(1, "120.A"), MT940_M_SAVED);
    assert_string_equal(look(2), "suggest 120.A");
    assert_int_equal(save(2, NULL), MT940_M_NEEDS_CUSTOMER);
    assert_string_equal(lessons(), "120.A 1-0");
    assert_int_equal(save(2, "120.A"), MT940_M_SAVED);
    assert_int_equal(save(3, "120.A"), MT940_M_SAVED);
    assert_string_equal(lessons(), "120.A 3-0");
    assert_string_equal(look(4), "auto 120.A");
    assert_int_equal(save(4, NULL), MT940_M_SAVED);
    assert_string_equal(lessons(), "120.A 3-0");
}

/* In one commit, each judged over what the ones before it teach; one record, one revision. */
static void choices_of_one_commit_add_up(void **state)
{
    struct mt940_row_choice choices[3];
    struct mt940_save_summary summary = {.size = sizeof summary};
    char id[32];
    struct mt940_save_request request = {.size = sizeof request, .choices = choices, .choice_count = 3,
                                         .flags = MT940_SAVE_OPEN_ROWS};
    (void)state;
    offer(HEAD ROWS("GELEN EFT " UNKNOWN) TAIL("160"));
    for (int i = 0; i < 3; i++) {
        choices[i] = (struct mt940_row_choice){.size = sizeof choices[i], .row = i + 1, .set = MT940_CHOSE_CUSTOMER};
        mt940_view_from_string("120.A", &choices[i].customer);
    }
    request.inbox_item = world_item(&world, 1, id);
    assert_int_equal(mt940_flow_save(world.flow, &request, NULL, NULL, &summary, NULL), 0);
    /* The three that were chosen, and those behind them by what they taught. */
    assert_int_equal(summary.saved, 6);
    assert_string_equal(lessons(), "120.A 3-0");
}

/* A statement with an error: choices stay, nothing is saved. */
static void a_choice_counts_once_and_is_taken_back(void **state)
{
    (void)state;
    offer(HEAD ROWS("GELEN EFT " UNKNOWN) TAIL("999"));
    assert_int_equal(save(1, "120.A"), MT940_M_STATEMENT_FAULTY);
    assert_int_equal(save(1, "120.A"), MT940_M_STATEMENT_FAULTY);
    assert_string_equal(lessons(), "120.A 1-0");
    assert_int_equal(save(1, "120.B"), MT940_M_STATEMENT_FAULTY);
    assert_string_equal(lessons(), "120.A 0-0, 120.B 1-0");
    assert_int_equal(save(1, ""), MT940_M_STATEMENT_FAULTY);
    assert_string_equal(lessons(), "120.A 0-0, 120.B 0-0");
    assert_string_equal(look(2), "none -");
}

static void who_was_refused_is_not_proposed_again(void **state)
{
    (void)state;
    offer(HEAD ROWS("GELEN EFT " OF_A) TAIL("160"));
    assert_string_equal(look(1), "auto 120.A");
    assert_int_equal(save(1, "120.B"), MT940_M_SAVED);
    assert_string_equal(lessons(), "120.A 0-1 refused, 120.B 1-0");
    assert_string_equal(look(2), "suggest 120.B rejected");
    assert_int_equal(save(2, NULL), MT940_M_NEEDS_CUSTOMER);
    /* The last word holds. */
    assert_int_equal(save(2, "120.A"), MT940_M_SAVED);
    assert_string_equal(lessons(), "120.A 1-1, 120.B 1-1 refused");
    assert_string_equal(look(3), "auto 120.A");
}

/* Names and texts are remembered where there is no IBAN; what is refused is what was proposed. */
static void texts_are_remembered_without_their_numbers(void **state)
{
    (void)state;
    offer(HEAD ROW("1", "DEPO KIRASI 01/2026") ROW("2", "DEPO K\xC4\xB0RASI 02/2026 45871") ROW("3", "BASKA")
          TAIL("130"));
    assert_int_equal(save(1, "120.C"), MT940_M_SAVED);
    assert_string_equal(look(2), "suggest 120.C");
    assert_string_equal(look(3), "none -");
}

static void lessons_are_forgotten_by_filter(void **state)
{
    struct mt940_lesson_filter filter = {.size = sizeof filter};
    size_t forgotten = 9;
    (void)state;
    offer(HEAD ROWS("GELEN EFT " UNKNOWN) TAIL("999"));
    assert_int_equal(save(1, "120.A"), MT940_M_STATEMENT_FAULTY);
    assert_int_equal(mt940_flow_lessons_forget(world.flow, &filter, &forgotten, NULL), MT940_E_ARGUMENT);
    mt940_view_from_string("120.B", &filter.customer);
    assert_int_equal(mt940_flow_lessons_forget(world.flow, &filter, &forgotten, NULL), 0);
    assert_int_equal(forgotten, 0);
    mt940_view_from_string("120.A", &filter.customer);
    mt940_view_from_string("TR20", &filter.value);
    for (int turn = 0; turn < 2; turn++) {
        assert_int_equal(mt940_flow_lessons_forget(world.flow, &filter, &forgotten, NULL), 0);
        assert_int_equal(forgotten, 1);
        assert_string_equal(lessons(), "");
        /* Learned anew, it begins at revision 1 again, and can be forgotten again. */
        assert_int_equal(save(2 + turn, "120.A"), MT940_M_STATEMENT_FAULTY);
    }
    assert_string_equal(lessons(), "120.A 1-0");
}

/* A store whose next apply() goes wrong. */
static struct failing {
    struct mt940_store *below;
    int32_t status;
    int stores;
} failing;

static int fail_apply(void *user, const struct mt940_batch *batches, size_t count, struct mt940_batch_result *results)
{
    const struct mt940_store *below = failing.below;
    int32_t status = failing.status;
    (void)user;
    failing.status = 0;
    if (status == 0 || failing.stores) {
        int stored = below->apply(below->user, batches, count, results);
        return status ? status : stored;
    }
    return status;
}

/* The lesson is in the batch of the choice: neither is there without the other. */
static void a_choice_and_its_lesson_stand_or_fall_together(void **state)
{
    struct mt940_store front = world.store;
    (void)state;
    offer(HEAD ROWS("GELEN EFT " UNKNOWN) TAIL("160"));
    failing.below = &world.store;
    front.apply = fail_apply;
    world_reopen(&world, NULL, &front);
    for (int stores = 0; stores < 2; stores++) {
        struct mt940_row_choice choice = {.size = sizeof choice, .row = 1 + stores, .set = MT940_CHOSE_CUSTOMER};
        mt940_view_from_string("120.A", &choice.customer);
        failing.status = stores ? MT940_E_UNKNOWN : MT940_E_IO;
        failing.stores = stores;
        int status = world_save(&world, 1, only[1 + stores], &choice, 0, 0);
        assert_int_equal(status, stores ? 0 : MT940_E_IO);
        assert_int_equal(world_count(&world, MT940_KIND_LESSON), stores);
        /* Asked again: once, whatever became of the first try. */
        assert_int_equal(world_save(&world, 1, only[1 + stores], &choice, 0, 0), 0);
    }
    assert_string_equal(lessons(), "120.A 2-0");
    assert_int_equal(world_count(&world, MT940_KIND_SLIP), 2);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(three_choices_decide_and_teach_no_more, open_world, close_world),
        cmocka_unit_test_setup_teardown(choices_of_one_commit_add_up, open_world, close_world),
        cmocka_unit_test_setup_teardown(a_choice_counts_once_and_is_taken_back, open_world, close_world),
        cmocka_unit_test_setup_teardown(who_was_refused_is_not_proposed_again, open_world, close_world),
        cmocka_unit_test_setup_teardown(texts_are_remembered_without_their_numbers, open_world, close_world),
        cmocka_unit_test_setup_teardown(lessons_are_forgotten_by_filter, open_world, close_world),
        cmocka_unit_test_setup_teardown(a_choice_and_its_lesson_stand_or_fall_together, open_world, close_world),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
