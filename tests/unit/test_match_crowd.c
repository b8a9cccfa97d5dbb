/* SPDX-License-Identifier: Apache-2.0
 *
 * test_match_crowd.c: identifiers that many customers share, and more pieces of evidence than usual. What there is no
 * room for may cost an automatic choice, and never makes one.
 */
#include "describe.h"
#include "mt940connect/iban.h"

static struct mt940_view view(const char *text)
{
    struct mt940_view result;

    mt940_view_from_string(text, &result);
    return result;
}

#define FIRST_IBAN "TR780006701000000011111111"
#define SECOND_IBAN "TR590004600123888000022222"

static void add(struct mt940_directory_builder *builder, const char *letter, int count, const char *iban,
                const char *tax_id)
{
    for (int i = 0; i < count; i++) {
        struct mt940_customer card = {.tax_id = view(tax_id), .active = 1};
        struct mt940_customer_bank bank = {.slot = 1, .iban = view(iban)};
        char code[16];

        snprintf(code, sizeof(code), "%s%03d", letter, i);
        card.code = bank.customer = view(code);
        assert_int_equal(mt940_directory_builder_add(builder, MT940_KIND_CUSTOMER, &card, NULL), MT940_OK);
        assert_int_equal(mt940_directory_builder_add(builder, MT940_KIND_CUSTOMER_BANK, &bank, NULL), MT940_OK);
    }
}

/* Customers A have the first IBAN, B the second one; the only C has a tax number of his own. */
static struct mt940_directory *crowds(int first, int second)
{
    struct mt940_view company = view("001");
    struct mt940_directory_builder *builder;
    struct mt940_directory *directory;

    assert_int_equal(mt940_directory_builder_new(&company, NULL, &builder, NULL), MT940_OK);
    add(builder, "A", first, FIRST_IBAN, "");
    add(builder, "B", second, SECOND_IBAN, "");
    add(builder, "C", 1, "", "1112223339");
    assert_int_equal(mt940_directory_build(builder, &directory, NULL), MT940_OK);
    mt940_directory_builder_free(builder);
    return directory;
}

static void ask(const struct mt940_directory *directory, const char *text, const struct mt940_payment *payments,
                size_t count, struct mt940_match *out)
{
    static struct mt940_facts facts;
    struct mt940_facts_input texts = {.size = sizeof(texts), .sign = 1, .narrative = view(text)};
    struct mt940_match_input input = {.size = sizeof(input), .sign = 1, .facts = &facts, .amount = 5,
                                      .payments = payments, .payment_count = count};

    facts.size = sizeof(facts);
    out->size = sizeof(*out);
    assert_int_equal(mt940_facts_read(&texts, &facts), MT940_OK);
    assert_int_equal(mt940_match_movement(directory, &input, out), MT940_OK);
}

static void what_there_is_no_room_for(void **state)
{
    static const struct {
        int first, second;
        const char *text;
        int32_t decision;
    } cases[] = {
        {1, 0, FIRST_IBAN " VKN 1112223339", MT940_MATCH_CONFLICT},
        {63, 0, FIRST_IBAN " VKN 1112223339", MT940_MATCH_CONFLICT},
        /* The owner of the tax number is the 65th: not seen, but nobody is chosen without him. */
        {64, 0, FIRST_IBAN " VKN 1112223339", MT940_MATCH_ASK},
        /* An IBAN of 65 decides nothing and leaves room for who is named alone. */
        {65, 0, FIRST_IBAN " VKN 1112223339", MT940_MATCH_AUTO},
        {65, 65, FIRST_IBAN " " SECOND_IBAN " VKN 1112223339", MT940_MATCH_AUTO},
        {40, 40, FIRST_IBAN " " SECOND_IBAN " VKN 1112223339", MT940_MATCH_ASK},
        {200, 0, FIRST_IBAN, MT940_MATCH_ASK},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct mt940_directory *directory = crowds(cases[i].first, cases[i].second);
        struct mt940_match match;

        ask(directory, cases[i].text, NULL, 0, &match);
        if (match.decision != cases[i].decision)
            print_error("case %zu\n", i);
        assert_int_equal(match.decision, cases[i].decision);
        assert_true(match.candidate_count <= MT940_MATCH_CANDIDATES);
        if (match.decision == MT940_MATCH_AUTO)
            assert_memory_equal(match.customer.data, "C000", 4);
        mt940_directory_free(directory);
    }
}

#define BARE "71001 71002 71003 71004 71005 71006 71007 71008 71009 71010 71011 71012 71013 71014 71015 71016"

/* Sixteen bare numbers that are open invoices of A leave room for the one that a word names, of B: two parties. */
static void bare_numbers_take_no_room(void **state)
{
    struct mt940_directory *directory = crowds(1, 1);
    struct mt940_payment payments[17];
    struct mt940_match match;
    char numbers[17][8];

    (void)state;
    memset(payments, 0, sizeof(payments));
    for (int i = 0; i < 17; i++) {
        snprintf(numbers[i], sizeof(numbers[i]), "710%02d", i + 1);
        payments[i].invoice = view(numbers[i]);
        payments[i].customer = i == 16 ? view("B000") : view("A000");
        payments[i].currency = view("TRY");
        payments[i].amount = 5;
        payments[i].state = MT940_DOCUMENT_STATE_ACTIVE;
    }
    ask(directory, FIRST_IBAN " " BARE " FATURA NO: 71017", payments, 17, &match);
    assert_int_equal(match.decision, MT940_MATCH_CONFLICT);
    mt940_directory_free(directory);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_there_is_no_room_for),
        cmocka_unit_test(bare_numbers_take_no_room),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
