/* SPDX-License-Identifier: Apache-2.0
 *
 * test_match_open.c: what is open with a candidate as evidence (matching.md §3.1 evidence 9,
 * trap 15): ranks, says in how many ways, decides nothing.
 */
#include "describe.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct mt940_view view(const char *text)
{
    struct mt940_view result;

    mt940_view_from_string(text, &result);
    return result;
}

static struct mt940_directory *directory;

static int set_up(void **state)
{
    const struct mt940_company company = {.code = view("001"), .local_currency = view("TRY")};
    const struct mt940_customer customers[] = {{.code = view("120.A"), .name = view("YILDIZ MARKET"), .active = 1},
                                               {.code = view("120.D1"), .name = view("KAYA INSAAT"), .active = 1},
                                               {.code = view("120.D2"), .name = view("KAYA INSAAT"), .active = 1}};
    struct mt940_directory_builder *builder;

    (void)state;
    assert_int_equal(mt940_directory_builder_new(&company.code, NULL, &builder, NULL), MT940_OK);
    assert_int_equal(mt940_directory_builder_add(builder, MT940_KIND_COMPANY, &company, NULL), MT940_OK);
    for (size_t i = 0; i < COUNT(customers); i++)
        assert_int_equal(mt940_directory_builder_add(builder, MT940_KIND_CUSTOMER, &customers[i], NULL), MT940_OK);
    assert_int_equal(mt940_directory_build(builder, &directory, NULL), MT940_OK);
    mt940_directory_builder_free(builder);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    mt940_directory_free(directory);
    return 0;
}

/* Rows of what is open as "CUSTOMER DAY AMOUNT CURRENCY"; what the amount 1000 says of two namesakes. */
static const struct {
    const char *what;
    struct {
        const char *customer;
        int day;
        int64_t amount;
        const char *currency;
    } rows[6];
    const char *expected;
    int32_t message; /* of the amount, 0 = none */
    uint32_t count, solutions;
} open_cases[] = {
    {"nothing open", {{0}}, "ask !weak | 120.D1 name | 120.D2 name", 0, 0, 0},
    {"one item of one of them", {{"120.D2", 1, 1000, "TRY"}}, "suggest !weak | 120.D2 name amount | 120.D1 name",
     MT940_M_EVIDENCE_AMOUNT, 0, 1},
    {"in another currency", {{"120.D2", 1, 1000, "USD"}}, "ask !weak | 120.D1 name | 120.D2 name", 0, 0, 0},
    {"all of it", {{"120.D2", 1, 400, "TRY"}, {"120.D2", 2, 600, "TRY"}},
     "suggest !weak | 120.D2 name amount | 120.D1 name", MT940_M_EVIDENCE_AMOUNT_ALL, 2, 1},
    {"the oldest: less than a difference", {{"120.D2", 1, 400, "TRY"}, {"120.D2", 2, 600, "TRY"}, {"120.D2", 3, 7, "TRY"}},
     "ask !weak | 120.D2 name amount | 120.D1 name", MT940_M_EVIDENCE_AMOUNT_OLDEST, 2, 1},
    {"the only set", {{"120.D2", 1, 7, "TRY"}, {"120.D2", 2, 400, "TRY"}, {"120.D2", 3, 600, "TRY"}},
     "suggest !weak | 120.D2 name amount | 120.D1 name", MT940_M_EVIDENCE_AMOUNT_SET, 2, 1},
    {"trap 15: a set of two solutions",
     {{"120.D2", 1, 7, "TRY"}, {"120.D2", 2, 400, "TRY"}, {"120.D2", 3, 600, "TRY"}, {"120.D2", 4, 600, "TRY"}},
     "ask !weak | 120.D2 name amount | 120.D1 name", MT940_M_EVIDENCE_AMOUNT_SETS, 0, 2},
    {"trap 15: equal amounts", {{"120.D2", 1, 1000, "TRY"}, {"120.D2", 2, 1000, "TRY"}},
     "suggest !weak | 120.D2 name amount | 120.D1 name", MT940_M_EVIDENCE_AMOUNT_SEVERAL, 2, 2},
    {"both", {{"120.D1", 1, 1000, "TRY"}, {"120.D2", 1, 1000, "TRY"}},
     "ask !weak | 120.D1 name amount | 120.D2 name amount", MT940_M_EVIDENCE_AMOUNT, 0, 1},
    {"somebody whom nothing else leads to", {{"120.A", 1, 1000, "TRY"}}, "ask !weak | 120.D1 name | 120.D2 name", 0, 0, 0},
};

static const struct mt940_evidence *amount_of(const struct mt940_match *match)
{
    for (uint32_t i = 0; i < match->candidates[0].evidence_count; i++)
        if (match->candidates[0].evidence[i].kind == MT940_EVIDENCE_AMOUNT)
            return &match->candidates[0].evidence[i];
    return NULL;
}

/* Evidence 9: what is open ranks those whom a name leads to; it names nobody by itself, and is never AUTO. */
static void open_items_rank(void **state)
{
    struct mt940_facts_input text = {.size = sizeof(text), .sign = 1, .narrative = view("KAYA INSAAT HAVALE")};
    struct mt940_facts facts = {.size = sizeof(facts)};
    struct mt940_match_scratch *scratch;

    (void)state;
    assert_int_equal(mt940_facts_read(&text, &facts), MT940_OK);
    assert_int_equal(mt940_match_scratch_new(NULL, &scratch), MT940_OK);
    for (size_t i = 0; i < COUNT(open_cases); i++) {
        struct mt940_payment open[6];
        struct mt940_match match = {.size = sizeof(match)};
        struct mt940_match_input input = {.size = sizeof(input), .facts = &facts, .sign = 1, .amount = 1000,
                                          .currency = view("TRY"), .scratch = scratch, .open_rows = open};
        struct list list;

        memset(open, 0, sizeof(open));
        for (; input.open_count < 6 && open_cases[i].rows[input.open_count].customer; input.open_count++) {
            struct mt940_payment *row = &open[input.open_count];

            row->customer = view(open_cases[i].rows[input.open_count].customer);
            row->currency = view(open_cases[i].rows[input.open_count].currency);
            row->amount = open_cases[i].rows[input.open_count].amount;
            row->due_date = (struct mt940_date){2026, 1, (uint8_t)open_cases[i].rows[input.open_count].day};
            row->invoice = view("F1");
        }
        assert_int_equal(mt940_match_movement(directory, &input, &match), MT940_OK);
        describe_match(&match, &list);
        if (strcmp(list.text, open_cases[i].expected) != 0)
            fail_msg("%s: %s", open_cases[i].what, list.text);
        const struct mt940_evidence *amount = amount_of(&match);
        assert_int_equal(amount ? amount->message : 0, open_cases[i].message);
        if (amount && (amount->count != open_cases[i].count || amount->solutions != open_cases[i].solutions))
            fail_msg("%s: %u items, %u solutions", open_cases[i].what, amount->count, amount->solutions);
    }
    mt940_match_scratch_free(scratch);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(open_items_rank)};

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
