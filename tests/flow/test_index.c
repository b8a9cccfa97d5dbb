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

struct feeding {
    struct mt940_directory_builder *builder;
    int32_t kind;
};

static int feed(void *user, const void *record)
{
    const struct feeding *feeding = user;
    return mt940_directory_builder_add(feeding->builder, feeding->kind, record, NULL);
}

static void build_directory(void)
{
    static const int32_t kinds[] = {MT940_KIND_COMPANY, MT940_KIND_BANK_ACCOUNT, MT940_KIND_CUSTOMER,
                                    MT940_KIND_CUSTOMER_BANK};
    struct feeding feeding;
    struct mt940_view company = view("1");
    assert_int_equal(mt940_directory_builder_new(&company, NULL, &feeding.builder, NULL), 0);
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
        feeding.kind = kinds[i];
        assert_int_equal(world.store.scan(world.store.user, kinds[i], 0, 0, NULL, 0, 0, feed, &feeding), 0);
    }
    assert_int_equal(mt940_directory_build(feeding.builder, &directory, NULL), 0);
    mt940_directory_builder_free(feeding.builder);
}

static int open_world(void **state)
{
    (void)state;
    world_open(&world);
    build_directory();
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

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(saves_what_still_holds, open_world, close_world),
        cmocka_unit_test_setup_teardown(a_closed_card_is_not_posted_to, open_world, close_world),
        cmocka_unit_test_setup_teardown(a_moved_iban_is_not_posted_to_the_old_one, open_world, close_world),
        cmocka_unit_test_setup_teardown(a_person_may_choose, open_world, close_world),
        cmocka_unit_test_setup_teardown(a_renamed_firm_keeps_its_iban, open_world, close_world),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
