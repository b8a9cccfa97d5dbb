/* SPDX-License-Identifier: Apache-2.0
 *
 * test_index.c: a flow with a directory of the host's that the books have left behind: what it
 * chooses is looked up before it is saved (issue 7).
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "world.h"

#define OF_A "TR780006701000000011111111"
#define OTHER "TR200006400000012034000123"
#define STATEMENT                                                                                                     \
    ":20:1\n:25:TR140006200119000001234567\n:28C:1/1\n:60F:C260101TRY100,00\n"                                        \
    ":61:2601020102C10,00NTRFNONREF//A1\n:86:GELEN EFT " OF_A "\n"                                                    \
    ":61:2601020102C11,00NTRFNONREF//A2\n:86:GELEN EFT " OF_A "\n:62F:C260102TRY121,00\n"

static struct world world;
static struct mt940_directory *directory;
static struct mt940_directory_overlay *overlay;
static const int64_t both[] = {1, 2, 0};

static struct mt940_view view(const char *text)
{
    struct mt940_view out;
    mt940_view_from_string(text, &out);
    return out;
}

static int open_world(void **state)
{
    (void)state;
    world_open(&world);
    assert_int_equal(mt940_flow_build_directory(world.flow, NULL, NULL), MT940_E_ARGUMENT);
    assert_int_equal(mt940_flow_build_directory(world.flow, &directory, NULL), 0);
    assert_int_equal(mt940_directory_overlay_new(directory, NULL, NULL, &overlay, NULL), 0);
    mt940_flow_use_directory(world.flow, directory);
    world_offer(&world, "one", STATEMENT);
    world_receive(&world);
    assert_int_equal(world.received.statements, 1);
    return 0;
}

static int close_world(void **state)
{
    (void)state;
    world_close(&world);
    mt940_directory_overlay_free(overlay);
    mt940_directory_free(directory);
    return 0;
}

/* Writes a record into the books, behind the directory. */
static void put(int32_t kind, const void *record)
{
    assert_int_equal(mt940_flow_put(world.flow, kind, &record, 1, NULL, NULL), 0);
}

static struct mt940_customer_bank bank_of(const char *customer, const char *iban)
{
    struct mt940_customer_bank bank = {.company = view("1"), .customer = view(customer), .slot = 1};
    bank.iban = view(iban);
    return bank;
}

static struct mt940_customer card_of_a(int active)
{
    struct mt940_customer card = {.company = view("1"), .code = view("120.A"), .type = MT940_CUSTOMER_TYPE_BUYER,
                                  .active = active};
    card.name = view("Yıldız Market Ltd. Şti.");
    return card;
}

static void expect_messages(int32_t first, int32_t second)
{
    assert_int_equal(world.message_count, 2);
    assert_int_equal(world.messages[0], first);
    assert_int_equal(world.messages[1], second);
}

static void saves_what_still_holds(void **state)
{
    (void)state;
    world_show(&world, 1);
    expect_messages(0, 0);
    assert_int_equal(world_save(&world, 1, both, NULL, 0, 0), 0);
    expect_messages(MT940_M_SAVED, MT940_M_SAVED);
}

static void a_closed_card_is_not_posted_to(void **state)
{
    struct mt940_customer card = card_of_a(0);
    (void)state;
    put(MT940_KIND_CUSTOMER, &card);
    world_show(&world, 1);
    expect_messages(MT940_M_INDEX_OUTDATED, MT940_M_INDEX_OUTDATED);
    assert_int_equal(world_save(&world, 1, both, NULL, 0, 0), 0);
    expect_messages(MT940_M_INDEX_OUTDATED, MT940_M_INDEX_OUTDATED);
    assert_int_equal(world_count(&world, MT940_KIND_SLIP), 0);
}

/* The IBAN is another customer's now: nothing is posted to the old one; the overlay finds the new one. */
static void a_moved_iban_is_not_posted_to_the_old_one(void **state)
{
    struct mt940_customer_bank of_a = bank_of("120.A", OTHER), of_b = bank_of("120.B", OF_A);
    const struct mt940_directory *changed;
    (void)state;
    put(MT940_KIND_CUSTOMER_BANK, &of_a);
    put(MT940_KIND_CUSTOMER_BANK, &of_b);
    assert_int_equal(world_save(&world, 1, both, NULL, 0, 0), 0);
    expect_messages(MT940_M_INDEX_OUTDATED, MT940_M_INDEX_OUTDATED);
    assert_int_equal(world_count(&world, MT940_KIND_SLIP), 0);
    assert_int_equal(mt940_directory_overlay_put(overlay, MT940_KIND_CUSTOMER_BANK, &of_a, NULL), 0);
    assert_int_equal(mt940_directory_overlay_put(overlay, MT940_KIND_CUSTOMER_BANK, &of_b, NULL), 0);
    assert_int_equal(mt940_directory_overlay_read(overlay, &changed, NULL), 0);
    mt940_flow_use_directory(world.flow, changed);
    assert_int_equal(world_save(&world, 1, both, NULL, 0, 0), 0);
    expect_messages(MT940_M_SAVED, MT940_M_SAVED);
    assert_int_equal(world_count(&world, MT940_KIND_SLIP), 2);
}

/* A person decides all the same; and without the host's directory the books are asked. */
static void a_person_may_choose(void **state)
{
    struct mt940_row_choice choice = {.size = sizeof choice, .row = 1, .set = MT940_CHOSE_CUSTOMER};
    struct mt940_customer_bank of_a = bank_of("120.A", OTHER);
    static const int64_t first[] = {1, 0};
    (void)state;
    put(MT940_KIND_CUSTOMER_BANK, &of_a);
    choice.customer = view("120.A");
    assert_int_equal(world_save(&world, 1, first, &choice, 0, 0), 0);
    assert_int_equal(world.messages[0], MT940_M_SAVED);
    mt940_flow_use_directory(world.flow, NULL);
    assert_int_equal(world_save(&world, 1, both, NULL, 0, 0), 0);
    expect_messages(MT940_M_ALREADY_SAVED, MT940_M_NEEDS_CUSTOMER);
}

/* A name is no reason to refuse where an IBAN chose. */
static void a_renamed_firm_keeps_its_iban(void **state)
{
    struct mt940_customer card = card_of_a(1);
    (void)state;
    card.name = view("Kutup Market A.Ş.");
    put(MT940_KIND_CUSTOMER, &card);
    assert_int_equal(world_save(&world, 1, both, NULL, 0, 0), 0);
    expect_messages(MT940_M_SAVED, MT940_M_SAVED);
}

/* ---- With an index and without: the same answers ---- */

enum { FRAGMENTS = 20, ROWS = 256, SAID = 64 + MT940_MATCH_CANDIDATES * 64 };

struct said {
    size_t count;
    char rows[ROWS][SAID];
};

static size_t say_view(char *at, const struct mt940_view *text)
{
    size_t length = text->length < 40 ? text->length : 40;
    if (length)
        memcpy(at, text->data, length);
    at[length] = '|';
    return length + 1;
}

/* Everything that a directory decides of a row, as bytes. */
static int hear(void *user, const struct mt940_row *row)
{
    struct said *said = user;
    char *at = said->rows[said->count++];
    assert_true(said->count < ROWS);
    memset(at, 0, SAID);
    const int32_t numbers[] = {row->message, row->warning, row->match ? row->match->decision : -1,
                               row->proposal ? (int32_t)row->proposal->slip.type : -1};
    memcpy(at, numbers, sizeof numbers);
    at += sizeof numbers;
    if (!row->match)
        return 0;
    at += say_view(at, &row->match->customer);
    for (uint32_t i = 0; i < row->match->candidate_count; i++) {
        const struct mt940_match_candidate *candidate = &row->match->candidates[i];
        const int64_t figures[] = {candidate->slot, candidate->score, (int64_t)candidate->veto};
        at += say_view(at, &candidate->customer);
        memcpy(at, figures, sizeof figures - sizeof figures[2]);
        at += 2 * sizeof figures[0];
    }
    return 0;
}

static void receive_fragments(struct world *to)
{
    static char names[FRAGMENTS][4];
    world_open(to);
    for (int i = 0; i < FRAGMENTS; i++) {
        names[i][0] = 'C';
        names[i][1] = (char)('0' + (i + 1) / 10);
        names[i][2] = (char)('0' + (i + 1) % 10);
        world_offer_fragment(to, names[i]);
    }
    world_receive(to);
    assert_true(to->received.statements > 10);
}

static void compare_shown(struct world *without, struct world *with)
{
    static struct said expected, found;
    size_t rows = 0;
    for (int64_t item = 1; item <= (int64_t)without->received.statements; item++) {
        char id[32];
        struct mt940_view view = world_item(without, item, id);
        expected.count = found.count = 0;
        assert_int_equal(mt940_flow_show(without->flow, &view, hear, &expected, NULL), 0);
        view = world_item(with, item, id);
        assert_int_equal(mt940_flow_show(with->flow, &view, hear, &found, NULL), 0);
        assert_int_equal(found.count, expected.count);
        assert_memory_equal(found.rows, expected.rows, expected.count * SAID);
        rows += found.count;
    }
    assert_true(rows > 20);
}

/* Every statement of the fragments, shown and saved over an image of the books, which was mapped, and over the books. */
static void an_index_changes_no_answer(void **state)
{
    static struct world without;
    static uint64_t image[1 << 17];
    struct mt940_directory *opened;
    size_t length = 0;
    (void)state;
    receive_fragments(&without);
    receive_fragments(&world);
    assert_int_equal(mt940_flow_build_directory(world.flow, NULL, NULL), MT940_E_ARGUMENT);
    assert_int_equal(mt940_flow_build_directory(world.flow, &directory, NULL), 0);
    assert_int_equal(mt940_directory_image(directory, NULL, image, sizeof image, &length), 0);
    assert_int_equal(mt940_directory_open(image, length, 1, NULL, &opened, NULL), 0);
    mt940_flow_use_directory(world.flow, opened);
    compare_shown(&without, &world);
    for (int64_t item = 1; item <= (int64_t)without.received.statements; item++) {
        assert_int_equal(world_save(&without, item, NULL, NULL, 0, 0), 0);
        assert_int_equal(world_save(&world, item, NULL, NULL, 0, 0), 0);
        assert_int_equal(world.message_count, without.message_count);
        assert_memory_equal(world.messages, without.messages, world.message_count * sizeof world.messages[0]);
    }
    assert_true(world_count(&world, MT940_KIND_SLIP) > 3);
    assert_int_equal(world_count(&world, MT940_KIND_SLIP), world_count(&without, MT940_KIND_SLIP));
    compare_shown(&without, &world);
    world_close(&without);
    world_close(&world);
    mt940_directory_free(opened);
    mt940_directory_free(directory);
}

/* The state tells cards and accounts that changed from what changes every day. */
static void the_state_of_the_books_follows_the_cards(void **state)
{
    struct mt940_rate rate = {.company = view("1"), .currency = view("EUR"), .kind = view("A")};
    struct mt940_customer card = card_of_a(1);
    char before[MT940_BOOKS_STATE + 1], now[MT940_BOOKS_STATE + 1];
    (void)state;
    assert_int_equal(mt940_flow_books_state(world.flow, NULL, NULL), MT940_E_ARGUMENT);
    assert_int_equal(mt940_flow_books_state(world.flow, before, NULL), 0);
    rate.date = (struct mt940_date){2026, 1, 2};
    rate.rate = 10000;
    put(MT940_KIND_RATE, &rate);
    put(MT940_KIND_CUSTOMER, &card); /* as it is: nothing is written */
    assert_int_equal(mt940_flow_books_state(world.flow, now, NULL), 0);
    assert_string_equal(now, before);
    card.active = 0;
    put(MT940_KIND_CUSTOMER, &card);
    assert_int_equal(mt940_flow_books_state(world.flow, now, NULL), 0);
    assert_int_equal(strlen(now), MT940_BOOKS_STATE);
    assert_string_not_equal(now, before);
    memcpy(before, now, sizeof now);
    card.active = 1;
    put(MT940_KIND_CUSTOMER, &card);
    assert_int_equal(mt940_flow_books_state(world.flow, now, NULL), 0);
    assert_string_not_equal(now, before);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(saves_what_still_holds, open_world, close_world),
        cmocka_unit_test_setup_teardown(a_closed_card_is_not_posted_to, open_world, close_world),
        cmocka_unit_test_setup_teardown(a_moved_iban_is_not_posted_to_the_old_one, open_world, close_world),
        cmocka_unit_test_setup_teardown(a_person_may_choose, open_world, close_world),
        cmocka_unit_test_setup_teardown(a_renamed_firm_keeps_its_iban, open_world, close_world),
        cmocka_unit_test_setup_teardown(the_state_of_the_books_follows_the_cards, open_world, close_world),
        cmocka_unit_test(an_index_changes_no_answer),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
