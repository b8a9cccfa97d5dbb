/* SPDX-License-Identifier: Apache-2.0
 *
 * slip_case.h: a company with accounts, bank records, rates and transaction codes, and a movement
 * to propose a slip for. For tests only.
 */
#ifndef MT940_TEST_SLIP_CASE_H
#define MT940_TEST_SLIP_CASE_H

#include "describe.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define TEXT(text) {(text), sizeof(text) - 1}

static inline struct mt940_view view(const char *text)
{
    struct mt940_view result;

    mt940_view_from_string(text, &result);
    return result;
}

static const struct mt940_company company = {.code = TEXT("001"), .local_currency = TEXT("TRY")};

static const struct mt940_bank_account accounts[] = {
    {.code = TEXT("GAR"), .branch = TEXT("0062_00119"), .start_date = {2026, 1, 1}},
    {.code = TEXT("QNB"), .branch = TEXT("0111_01024"), .currency = TEXT("TRY")},
    {.code = TEXT("USD"), .branch = TEXT("0062_00119"), .currency = TEXT("USD")},
    {.code = TEXT("EUR"), .branch = TEXT("0062_00119"), .currency = TEXT("EUR")},
};

static const struct mt940_customer_bank banks[] = {
    {.customer = TEXT("120.A"), .slot = 1, .branch = TEXT("0062_00119"), .account = TEXT("111"), .iban = TEXT("TR-A1")},
    {.customer = TEXT("120.A"), .slot = 2, .branch = TEXT("0067_00001"), .account = TEXT("222"), .iban = TEXT("TR-A2")},
};

static const struct mt940_rate rates[] = {
    {.date = {2026, 7, 14}, .currency = TEXT("USD"), .kind = TEXT("selling"), .rate = 4020000000},
    {.date = {2026, 7, 14}, .currency = TEXT("USD"), .kind = TEXT("buying"), .rate = 4000000000},
    {.date = {2026, 7, 15}, .currency = TEXT("USD"), .kind = TEXT("buying"), .rate = 4010000000},
    {.date = {2026, 7, 16}, .currency = TEXT("USD"), .kind = TEXT("buying"), .rate = 4990000000},
    {.date = {2026, 7, 15}, .currency = TEXT("EUR"), .kind = TEXT("buying"), .rate = 4700000000},
};

static const struct mt940_transaction_code codes[] = {
    {.code = TEXT("TRF"), .slip_type = 3},
    {.code = TEXT("EFT"), .slip_type = 3},
    {.code = TEXT("MSC"), .slip_type = 3},
    {.code = TEXT("DDB"), .slip_type = 3, .dbs = 1},
    {.code = TEXT("CHG"), .slip_type = 1, .gl_account = TEXT("780.01"), .description = TEXT("Banka masraf\xC4\xB1"),
     .host_fields = TEXT("x=1")},
    {.code = TEXT("COM"), .side = MT940_SIDE_DEBIT, .slip_type = 16, .customer = TEXT("320.BANK"),
     .service = TEXT("HZM.01"), .gl_account = TEXT("653.01")},
    {.code = TEXT("VRM"), .slip_type = 2},
    {.code = TEXT("FEX"), .slip_type = 2},
    {.code = TEXT("CHK"), .slip_type = 99},
    {.code = TEXT("SLR"), .slip_type = 1},
    {.code = TEXT("INF"), .slip_type = 1, .informational = 1},
    {.code = TEXT("CHQ"), .side = MT940_SIDE_DEBIT, .slip_type = 18, .gl_account = TEXT("103.01")},
    {.priority = 1, .text = TEXT("kira"), .side = MT940_SIDE_DEBIT, .slip_type = 4, .customer = TEXT("320.KIRA")},
    {.priority = 2, .text = TEXT("blokaj"), .informational = 1},
    {.priority = 3, .text = TEXT("sweep"), .slip_type = 2, .counter_account = TEXT("QNB")},
};

enum who { NOBODY, MATCHED, CHOSEN, AMBIGUOUS };

/* A movement and what is known about it; what is left out is as in `base_input`. */
struct row {
    const char *what;
    const char *code, *mark, *text;
    int64_t amount;
    enum who who;
    const char *currency; /* and account; NULL = TRY */
    const char *transfer; /* the matcher's own account */
    uint32_t flags;
    int type;             /* chosen by the user */
    int dbs;              /* chosen: 1 yes, 2 no, 0 not */
    const char *counter;  /* chosen own account */
    const char *expected;
};

struct call {
    struct mt940_movement movement;
    struct mt940_slip_input input;
    struct mt940_slip_proposal out;
};

static inline void prepare(struct call *call, const struct row *row)
{
    memset(call, 0, sizeof(*call));
    call->movement.company = view("001");
    call->movement.id = view("1:abc");
    call->movement.value_date.year = 2026;
    call->movement.value_date.month = 7;
    call->movement.value_date.day = 15;
    call->movement.mark = view(row->mark);
    call->movement.amount = row->amount;
    call->movement.currency = view(row->currency ? row->currency : "TRY");
    call->movement.code = view(row->code);
    call->movement.bank_reference = view("DK0000123456 ");
    call->movement.narrative = view(row->text);
    call->movement.chosen_type = row->type;
    call->movement.chosen_dbs = row->dbs == 0 ? -1 : row->dbs == 1;
    call->movement.counter_account = view(row->counter);
    call->input.size = sizeof(call->input);
    call->input.movement = &call->movement;
    call->input.company = &company;
    call->input.account = row->currency ? &accounts[2] : &accounts[0];
    call->input.flags = row->flags | (row->who == AMBIGUOUS ? MT940_SLIP_AMBIGUOUS : 0);
    if (row->who == MATCHED) {
        call->input.customer = view("120.A");
        call->input.slot = 2;
    }
    if (row->who == CHOSEN) {
        call->movement.customer_choice = MT940_CHOICE_USER;
        call->movement.customer = view("120.U");
    }
    call->input.banks = banks;
    call->input.bank_count = COUNT(banks);
    call->input.transfer_account = view(row->transfer);
    call->input.own_accounts = accounts;
    call->input.own_account_count = COUNT(accounts);
    call->input.rates = rates;
    call->input.rate_count = COUNT(rates);
    call->out.size = sizeof(call->out);
}

static struct mt940_slip_rules *rules;

static inline int set_up(void **state)
{
    struct mt940_slip_rules_builder *builder;

    (void)state;
    assert_int_equal(mt940_slip_rules_builder_new(NULL, NULL, &builder, NULL), MT940_OK);
    for (size_t i = 0; i < COUNT(codes); i++)
        assert_int_equal(mt940_slip_rules_builder_add(builder, &codes[i], NULL), MT940_OK);
    assert_int_equal(mt940_slip_rules_build(builder, &rules, NULL), MT940_OK);
    mt940_slip_rules_builder_free(builder);
    return 0;
}

static inline int tear_down(void **state)
{
    (void)state;
    mt940_slip_rules_free(rules);
    return 0;
}

static inline void expect(const struct call *call, const char *expected)
{
    struct list list;

    describe_slip(&call->out, &list);
    assert_string_equal(list.text, expected);
}

static inline void propose(struct call *call)
{
    call->out.size = sizeof(call->out);
    assert_int_equal(mt940_slip_propose(rules, &call->input, &call->out), MT940_OK);
}

#endif
