/* SPDX-License-Identifier: Apache-2.0
 *
 * test_slip.c: what slip a movement becomes, as a table: decisions 8-17 and 24, R28, R34, R40-R45,
 * R99, R107-R109; and exact arithmetic of rates.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "slip_case.h"

static const struct row rows[] = {
    {"R28, R31, R45", "TRF", "C", "GELEN EFT", 1250075, MATCHED, .expected =
     "3 code 2026-07-15 | bank debit GAR 1250075 TRY | customer credit 120.A 1250075 TRY slot 2 0067_00001 222 TR-A2"},
    {"R42 money out", "EFT", "D", "GIDEN EFT", -395725, MATCHED, .expected =
     "4 code 2026-07-15 | bank credit GAR 395725 TRY | customer debit 120.A 395725 TRY slot 2 0067_00001 222 TR-A2"},
    {"R34 no customer", "TRF", "C", "", 100, NOBODY, .expected =
     "3 code !NEEDS_CUSTOMER 2026-07-15 | bank debit GAR 100 TRY | customer credit  100 TRY"},
    {"R33 several", "TRF", "C", "", 100, AMBIGUOUS, .expected =
     "3 code !AMBIGUOUS_CUSTOMER 2026-07-15 | bank debit GAR 100 TRY | customer credit  100 TRY"},
    {"R36 the user's customer", "TRF", "C", "", 100, CHOSEN, .expected =
     "3 code user 2026-07-15 | bank debit GAR 100 TRY | customer credit 120.U 100 TRY"},
    {"R43 undefined code", "XYZ", "D", "", -100, MATCHED, .expected =
     "0 - !UNDEFINED_CODE 2026-07-15 | bank credit GAR 100 TRY"},
    {"R41 the user's type", "XYZ", "D", "", -100, MATCHED, .type = 1, .expected =
     "1 user 2026-07-15 | bank credit GAR 100 TRY"},
    {"R41 over the table", "TRF", "C", "", 100, NOBODY, .type = 1, .expected =
     "1 user 2026-07-15 | bank debit GAR 100 TRY"},
    {"the user's type keeps the rule's ledger account", "CHG", "D", "EFT MASRAFI", -1260, NOBODY, .type = 1, .expected =
     "1 user 2026-07-15 | bank credit GAR 1260 TRY | ledger debit 780.01 1260 TRY"},
    {"decision 12 charges", "CHG", "D", "EFT MASRAFI", -1260, NOBODY, .expected =
     "1 code 2026-07-15 | bank credit GAR 1260 TRY | ledger debit 780.01 1260 TRY"},
    {"decision 12 service invoice by rule", "COM", "D", "", -500, NOBODY, .expected =
     "16 code 2026-07-15 | bank credit GAR 500 TRY | customer debit 320.BANK 500 TRY gl 653.01 service HZM.01"},
    {"decision 12 a matched customer is not the rule's", "COM", "D", "", -500, MATCHED, .expected =
     "16 code 2026-07-15 | bank credit GAR 500 TRY | customer debit 120.A 500 TRY slot 2 0067_00001 222 TR-A2 gl "
     "653.01 "
     "service HZM.01"},
    {"decision 12 cheque", "CHK", "D", "", -65500, NOBODY, .expected =
     "99 code !ON_HOLD 2026-07-15 | bank credit GAR 65500 TRY"},
    {"decision 12 cheque by rule", "CHQ", "D", "", -65500, NOBODY, .expected =
     "18 code 2026-07-15 | bank credit GAR 65500 TRY | ledger debit 103.01 65500 TRY"},
    {"no customer needed", "SLR", "D", "", -100, NOBODY, .expected = "1 code 2026-07-15 | bank credit GAR 100 TRY"},
    {"informational code", "INF", "D", "", -100, NOBODY, .expected =
     "1 code !INFORMATIONAL 2026-07-15 | bank credit GAR 100 TRY"},
    {"informational text", "TRF", "C", "BLOKAJ", 100, MATCHED, .expected =
     "0 text !INFORMATIONAL 2026-07-15 | bank debit GAR 100 TRY"},
    {"a user saves it all the same", "TRF", "C", "BLOKAJ", 100, MATCHED, .type = 3, .expected =
     "3 user 2026-07-15 | bank debit GAR 100 TRY | customer credit 120.A 100 TRY slot 2 0067_00001 222 TR-A2"},
    {"decision 8 zero amount", "TRF", "C", "", 0, MATCHED, .expected =
     "3 code !INFORMATIONAL 2026-07-15 | bank debit GAR 0 TRY | customer credit 120.A 0 TRY slot 2 0067_00001 222 "
     "TR-A2"},
    {"text rule with a customer", "EFT", "D", "OFIS K\xC4\xB0RASI", -100, NOBODY, .expected =
     "4 text 2026-07-15 | bank credit GAR 100 TRY | customer debit 320.KIRA 100 TRY"},

    /* Transfers between own accounts: decisions 10, 11, 13 */
    {"R37 own account", "VRM", "D", "", -2500000, NOBODY, .transfer = "QNB", .expected =
     "2 own-account 2026-07-15 | bank credit GAR 2500000 TRY | bank debit QNB 2500000 TRY"},
    {"decision 10 own account over the code", "TRF", "C", "", 100, NOBODY, .transfer = "QNB", .expected =
     "2 own-account 2026-07-15 | bank debit GAR 100 TRY | bank credit QNB 100 TRY"},
    {"decision 10 text rule over the own account", "EFT", "D", "kira", -100, NOBODY, .transfer = "QNB", .expected =
     "4 text 2026-07-15 | bank credit GAR 100 TRY | customer debit 320.KIRA 100 TRY"},
    {"decision 13 unknown account", "VRM", "D", "", -100, NOBODY, .expected =
     "2 code !NEEDS_ACCOUNT 2026-07-15 | bank credit GAR 100 TRY"},
    {"decision 13 named account", "VRM", "D", "", -100, NOBODY, .counter = "QNB", .expected =
     "2 user 2026-07-15 | bank credit GAR 100 TRY | bank debit QNB 100 TRY"},
    {"named account without a type", "TRF", "D", "", -100, MATCHED, .counter = "QNB", .expected =
     "2 user 2026-07-15 | bank credit GAR 100 TRY | bank debit QNB 100 TRY"},
    {"named account that is not there", "VRM", "D", "", -100, NOBODY, .counter = "???", .expected =
     "2 user !NEEDS_ACCOUNT 2026-07-15 | bank credit GAR 100 TRY"},
    {"named account is the same", "VRM", "D", "", -100, NOBODY, .counter = "GAR", .expected =
     "2 user !NEEDS_ACCOUNT 2026-07-15 | bank credit GAR 100 TRY"},
    {"account of the rule", "TRF", "D", "SWEEP", -100, NOBODY, .expected =
     "2 text 2026-07-15 | bank credit GAR 100 TRY | bank debit QNB 100 TRY"},

    /* Currencies: decisions 11, 15 */
    {"foreign currency at the day's rate", "TRF", "C", "", 162500, MATCHED, .currency = "USD", .expected =
     "3 code 2026-07-15 | bank debit USD 162500 USD @4010000000 buying = 6516250 | customer credit 120.A 162500 USD "
     "@4010000000 buying = 6516250 slot 2 0067_00001 222 TR-A2"},
    {"exchange at the table's rate", "FEX", "D", "", -4012500, NOBODY, .transfer = "USD", .expected =
     "2 own-account 2026-07-15 | bank credit GAR 4012500 TRY | bank debit USD 100062 USD @4010000000 buying = 4012500"},
    {"exchange seen from the other side", "FEX", "C", "", 100000, NOBODY, .currency = "USD", .transfer = "GAR",
     .expected =
     "2 own-account 2026-07-15 | bank debit USD 100000 USD @4010000000 buying = 4010000 | bank credit GAR 4010000 TRY"},
    {"two foreign currencies", "FEX", "D", "", -100000, NOBODY, .currency = "USD", .transfer = "EUR", .expected =
     "2 own-account 2026-07-15 | bank credit USD 100000 USD @4010000000 buying = 4010000 | bank debit EUR 85319 EUR "
     "@4700000000 buying = 4010000"},

    /* Reversals: decision 17 */
    {"RD takes a payment back", "EFT", "RD", "", 500000, MATCHED, .expected =
     "3 code reversal 2026-07-15 | bank debit GAR 500000 TRY | customer credit 120.A 500000 TRY slot 2 0067_00001 222 "
     "TR-A2"},
    {"RC takes a receipt back", "DDB", "RC", "DBS", -25000, MATCHED, .flags = MT940_SLIP_SAYS_DBS,
     .expected =
     "4 code reversal 2026-07-15 | bank credit GAR 25000 TRY | customer debit 120.A 25000 TRY slot 2 0067_00001 222 "
     "TR-A2"},
    {"RD of a direct debit is no collection", "DDB", "RD", "DBS", 25000, MATCHED, .flags = MT940_SLIP_SAYS_DBS,
     .expected =
     "3 code reversal 2026-07-15 | bank debit GAR 25000 TRY | customer credit 120.A 25000 TRY slot 2 0067_00001 222 "
     "TR-A2"},
    {"a reversed charge", "CHG", "RD", "SWIFT MASRAFI IADE", 5000, NOBODY, .flags = MT940_SLIP_SAYS_REVERSAL,
     .expected =
     "1 code reversal 2026-07-15 | bank debit GAR 5000 TRY | ledger credit 780.01 5000 TRY"},
    {"a reversal the table does not know", "RTI", "RD", "IADE EFT", 500000, NOBODY, .expected =
     "3 reversal !NEEDS_CUSTOMER reversal 2026-07-15 | bank debit GAR 500000 TRY | customer credit  500000 TRY"},
    {"by its words alone", "TRF", "C", "IADE", 500000, MATCHED, .flags = MT940_SLIP_SAYS_REVERSAL, .expected =
     "3 code reversal 2026-07-15 | bank debit GAR 500000 TRY | customer credit 120.A 500000 TRY slot 2 0067_00001 222 "
     "TR-A2"},

    /* DBS mark: R99, decision 24 */
    {"R99 by code", "DDB", "C", "", 100000, MATCHED, .expected =
     "3 code dbs-2 2026-07-15 | bank debit GAR 100000 TRY | customer credit 120.A 100000 TRY slot 2 0067_00001 222 "
     "TR-A2 dbs"},
    {"R99 by text", "MSC", "C", "DBS Fatura Tahsilat\xC4\xB1", 100000, MATCHED, .flags = MT940_SLIP_SAYS_DBS,
     .expected =
     "3 code dbs-3 2026-07-15 | bank debit GAR 100000 TRY | customer credit 120.A 100000 TRY slot 2 0067_00001 222 "
     "TR-A2 dbs"},
    {"R99 by the payment", "TRF", "C", "", 100000, MATCHED, .flags = MT940_SLIP_PAYMENT_IS_DBS, .expected =
     "3 code dbs-4 2026-07-15 | bank debit GAR 100000 TRY | customer credit 120.A 100000 TRY slot 2 0067_00001 222 "
     "TR-A2 dbs"},
    {"decision 24 never on money that leaves", "DDB", "D", "DBS ODM", -100000, MATCHED, .flags = MT940_SLIP_SAYS_DBS,
     .expected =
     "4 code 2026-07-15 | bank credit GAR 100000 TRY | customer debit 120.A 100000 TRY slot 2 0067_00001 222 TR-A2"},
    {"R104 unticked, still recognised", "DDB", "C", "", 100000, MATCHED, .dbs = 2, .expected =
     "3 code dbs-2 2026-07-15 | bank debit GAR 100000 TRY | customer credit 120.A 100000 TRY slot 2 0067_00001 222 "
     "TR-A2"},
    {"ticked by the user", "TRF", "C", "", 100000, MATCHED, .dbs = 1, .expected =
     "3 code dbs-1 2026-07-15 | bank debit GAR 100000 TRY | customer credit 120.A 100000 TRY slot 2 0067_00001 222 "
     "TR-A2 dbs"},

    /* The statement */
    {"interim statements are listed", "TRF", "C", "", 100, MATCHED, .flags = MT940_SLIP_INTERIM, .expected =
     "3 code !NOT_POSTED_BY_DEFAULT 2026-07-15 | bank debit GAR 100 TRY | customer credit 120.A 100 TRY slot 2 "
     "0067_00001 "
     "222 TR-A2"},
};

static void proposals(void **state)
{
    int wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct call call;
        struct list list;

        prepare(&call, &rows[i]);
        assert_int_equal(mt940_slip_propose(rules, &call.input, &call.out), MT940_OK);
        describe_slip(&call.out, &list);
        if (strcmp(list.text, rows[i].expected) != 0) {
            print_error("%s\n  expected: %s\n  found:    %s\n", rows[i].what, rows[i].expected, list.text);
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
}

static void the_header_is_complete(void **state)
{
    struct call call;
    const struct mt940_slip *slip = &call.out.slip;

    (void)state;
    prepare(&call, &rows[0]);
    call.input.receipt = view("F1");
    propose(&call);
    assert_memory_equal(slip->company.data, "001", 3);
    assert_memory_equal(slip->movement.data, "1:abc", 5);
    assert_memory_equal(slip->bank_account.data, "GAR", 3);
    assert_int_equal(slip->bank_side, MT940_ENTRY_SIDE_DEBIT);
    assert_int_equal(slip->amount, 1250075);
    assert_int_equal(slip->document_number.length, 12); /* trimmed, belge no = dekont no */
    assert_memory_equal(slip->document_number.data, "DK0000123456", 12);
    assert_memory_equal(slip->description.data, "GELEN EFT", 9);
    assert_int_equal(slip->state, MT940_DOCUMENT_STATE_ACTIVE);
    assert_int_equal(call.out.lines[0].value_date.day, 15);
    assert_memory_equal(call.out.lines[1].transaction_code.data, "TRF", 3);
    call.movement.bank_reference = view(" ");
    propose(&call);
    assert_memory_equal(slip->document_number.data, "F1", 2);
    call.movement.code = view("CHG");
    call.movement.amount = -1;
    propose(&call);
    assert_memory_equal(slip->description.data, "Banka masraf", 12); /* the rule's */
    assert_memory_equal(slip->host_fields.data, "x=1", 3);
    assert_int_equal(slip->bank_side, MT940_ENTRY_SIDE_CREDIT);
}

/* Decision 16. */
static void dates(void **state)
{
    static const struct {
        int entry, closing, one_day, chosen, day;
    } cases[] = {{16, 17, 1, 0, 16}, {0, 17, 1, 0, 17}, {0, 17, 0, 0, 15}, {0, 0, 1, 0, 15}, {16, 17, 1, 20, 20}};
    struct mt940_slip_options options;
    struct mt940_slip_rules_builder *builder;
    struct mt940_slip_rules *by_value;
    struct call call;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        prepare(&call, &rows[0]);
        if (cases[i].entry)
            call.movement.entry_date = (struct mt940_date){2026, 7, (uint8_t)cases[i].entry};
        if (cases[i].closing)
            call.input.closing_date = (struct mt940_date){2026, 7, (uint8_t)cases[i].closing};
        if (cases[i].chosen)
            call.movement.chosen_date = (struct mt940_date){2026, 7, (uint8_t)cases[i].chosen};
        call.input.flags = cases[i].one_day ? MT940_SLIP_ONE_DAY : 0;
        propose(&call);
        assert_int_equal(call.out.slip.date.day, cases[i].day);
    }
    mt940_slip_options_init(&options);
    options.dating = MT940_SLIP_DATED_VALUE;
    assert_int_equal(mt940_slip_rules_builder_new(&options, NULL, &builder, NULL), MT940_OK);
    assert_int_equal(mt940_slip_rules_build(builder, &by_value, NULL), MT940_OK);
    mt940_slip_rules_builder_free(builder);
    prepare(&call, &rows[0]);
    call.movement.entry_date = (struct mt940_date){2026, 7, 16};
    assert_int_equal(mt940_slip_propose(by_value, &call.input, &call.out), MT940_OK);
    assert_int_equal(call.out.slip.date.day, 15);
    assert_int_equal(call.out.decided, MT940_SLIP_BY_BUILT_IN);
    mt940_slip_rules_free(by_value);
}

static void the_statement_s_account_is_checked(void **state)
{
    struct call call;

    (void)state;
    prepare(&call, &rows[0]);
    call.input.account = NULL;
    propose(&call);
    assert_int_equal(call.out.message, MT940_M_UNKNOWN_BANK_ACCOUNT);
    assert_int_equal(call.out.slip.type, MT940_SLIP_TYPE_INCOMING_TRANSFER); /* listing works (R38) */
    prepare(&call, &rows[0]);
    call.movement.currency = view("USD");
    propose(&call);
    assert_int_equal(call.out.message, MT940_M_CURRENCY_DIFFERS);
    assert_int_equal(call.out.arg_count, 2);
    assert_memory_equal(call.out.args[1].text.data, "TRY", 3);
    prepare(&call, &rows[0]);
    call.movement.value_date.year = 2025;
    propose(&call);
    assert_int_equal(call.out.message, MT940_M_BEFORE_START_DATE);
    assert_int_equal(call.out.args[0].date.year, 2026);
    call.movement.entry_date = (struct mt940_date){2026, 1, 1}; /* booked on the first day */
    propose(&call);
    assert_int_equal(call.out.message, 0);
}

/* Decision 15: the currency and the day are named, so that the caller can look the rate up. */
static void a_missing_rate_is_named(void **state)
{
    struct mt940_slip_options options;
    struct mt940_slip_rules_builder *builder;
    struct mt940_slip_rules *by_kind;
    struct call call;

    (void)state;
    prepare(&call, &rows[0]);
    call.movement.currency = view("USD");
    call.input.account = &accounts[2];
    call.input.rate_count = 0;
    propose(&call);
    assert_int_equal(call.out.message, MT940_M_NEEDS_RATE);
    assert_int_equal(call.out.arg_count, 2);
    assert_memory_equal(call.out.args[0].text.data, "USD", 3);
    assert_int_equal(call.out.args[1].date.day, 15);
    mt940_slip_options_init(&options);
    options.rate_kind = view("selling");
    assert_int_equal(mt940_slip_rules_builder_new(&options, NULL, &builder, NULL), MT940_OK);
    assert_int_equal(mt940_slip_rules_build(builder, &by_kind, NULL), MT940_OK);
    mt940_slip_rules_builder_free(builder);
    call.input.rate_count = COUNT(rates);
    assert_int_equal(mt940_slip_propose(by_kind, &call.input, &call.out), MT940_OK);
    assert_int_equal(call.out.message, 0);
    assert_int_equal(call.out.lines[0].rate, 4020000000);
    mt940_slip_rules_free(by_kind);
}

/* Decision 11, C15: both rows of an exchange are seen; else the rate in the narrative counts. */
static void an_exchange_with_its_other_row(void **state)
{
    struct mt940_movement other = {.id = TEXT("1:def"), .amount = 100000, .currency = TEXT("USD")};
    struct call call;

    (void)state;
    prepare(&call, &rows[0]);
    call.movement.code = view("FEX");
    call.movement.amount = -4012500;
    call.input.transfer_account = view("USD");
    call.input.rate_count = 0;
    propose(&call);
    assert_int_equal(call.out.message, MT940_M_NEEDS_RATE);
    call.input.stated_rate = 4012500000;
    propose(&call);
    expect(&call, "2 own-account 2026-07-15 | bank credit GAR 4012500 TRY | bank debit USD 100000 USD @4012500000 = "
     "4012500");
    call.input.stated_rate = 4000000000; /* what was booked counts more than what was written */
    call.input.other = &other;
    propose(&call);
    expect(&call, "2 own-account 2026-07-15 | bank credit GAR 4012500 TRY | bank debit USD 100000 USD @4012500000 = "
     "4012500");
    assert_memory_equal(call.out.slip.other_movement.data, "1:def", 5);
    other.amount = -100000; /* not the other side: same direction */
    propose(&call);
    assert_int_equal(call.out.lines[1].amount, 100313);

    prepare(&call, &rows[0]);
    call.movement.code = view("FEX");
    call.movement.amount = 100000;
    call.movement.currency = view("USD");
    call.input.account = &accounts[2];
    call.input.transfer_account = view("GAR");
    call.input.rate_count = 0;
    call.input.stated_rate = 4012500000;
    propose(&call);
    expect(&call, "2 own-account 2026-07-15 | bank debit USD 100000 USD @4012500000 = 4012500 | bank credit GAR "
     "4012500 TRY");
    other.amount = -4012500;
    other.currency = view("TRY");
    call.input.other = &other;
    propose(&call);
    expect(&call, "2 own-account 2026-07-15 | bank debit USD 100000 USD @4012500000 = 4012500 | bank credit GAR "
     "4012500 TRY");
}

/* Decision 17: the opposite of the slip that is taken back, for the same customer. */
static void a_known_original_decides(void **state)
{
    static const struct {
        int original, opposite;
    } cases[] = {{4, 3}, {3, 4}, {1, 1}, {16, 16}, {7, 8}};
    struct call call;

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct mt940_slip original = {.id = TEXT("S1"), .type = cases[i].original};

        prepare(&call, &rows[0]);
        call.movement.code = view("TRF");
        call.movement.narrative = view("kira");
        call.movement.amount = cases[i].original == 3 ? -5 : 5;
        call.input.original = &original;
        call.input.original_customer = view("120.A");
        call.input.original_slot = 1;
        call.input.customer = view("999");
        propose(&call);
        assert_int_equal(call.out.slip.type, cases[i].opposite);
        assert_int_equal(call.out.decided, MT940_SLIP_BY_ORIGINAL);
        assert_int_equal(call.out.is_reversal, 1);
        assert_int_equal(call.out.message, 0);
        assert_memory_equal(call.out.slip.reverses.data, "S1", 2);
        if (mt940_slip_type_needs_customer(cases[i].opposite)) {
            assert_memory_equal(call.out.lines[1].customer.data, "120.A", 5);
            assert_int_equal(call.out.lines[1].slot, 1);
        }
    }
}

/* Without a bank record the line says what the movement said (R31). */
static void what_the_movement_says_of_the_other_bank(void **state)
{
    struct call call;

    (void)state;
    prepare(&call, &rows[0]);
    call.input.slot = 0;
    call.input.counter_iban = view("TR-X");
    call.input.counter_number = view("999");
    propose(&call);
    assert_int_equal(call.out.lines[1].slot, 0);
    assert_memory_equal(call.out.lines[1].iban.data, "TR-X", 4);
    assert_memory_equal(call.out.lines[1].account.data, "999", 3);
}

static void descriptions_are_cut_between_characters(void **state)
{
    struct call call;
    char text[200] = "";

    (void)state;
    for (int i = 0; i < 60; i++)
        strcat(text, i == 48 ? " " : "\xC5\x9E");
    prepare(&call, &rows[0]);
    call.movement.narrative = view(text);
    propose(&call);
    assert_int_equal(call.out.slip.description.length, 48 * 2 + 1 + 2);
    call.movement.narrative.length = 48 * 2 + 1;
    propose(&call);
    assert_int_equal(call.out.slip.description.length, 48 * 2); /* no blank at its end */
    call.movement.narrative.length = 0;
    call.movement.supplementary = view("EK");
    propose(&call);
    assert_int_equal(call.out.slip.description.length, 2);
}

static void the_fallback_by_option(void **state)
{
    struct mt940_slip_options options;
    struct mt940_slip_rules_builder *builder;
    struct mt940_slip_rules *lenient;
    struct call call;

    (void)state;
    mt940_slip_options_init(&options);
    options.fallback = 1;
    options.dbs_by_text = 0;
    assert_int_equal(mt940_slip_rules_builder_new(&options, NULL, &builder, NULL), MT940_OK);
    assert_int_equal(mt940_slip_rules_build(builder, &lenient, NULL), MT940_OK);
    mt940_slip_rules_builder_free(builder);
    for (int sign = -1; sign <= 1; sign += 2) {
        prepare(&call, &rows[0]);
        call.movement.code = view("XYZ");
        call.movement.amount = sign;
        call.input.flags = MT940_SLIP_SAYS_DBS;
        assert_int_equal(mt940_slip_propose(lenient, &call.input, &call.out), MT940_OK);
        assert_int_equal(call.out.decided, MT940_SLIP_BY_FALLBACK);
        assert_int_equal(call.out.slip.type, sign > 0 ? 3 : 4);
        assert_int_equal(call.out.dbs, 0);
    }
    mt940_slip_rules_free(lenient);
}

static void misuse_is_refused(void **state)
{
    struct call call;

    (void)state;
    prepare(&call, &rows[0]);
    assert_int_equal(mt940_slip_propose(NULL, &call.input, &call.out), MT940_E_ARGUMENT);
    assert_int_equal(mt940_slip_propose(rules, NULL, &call.out), MT940_E_ARGUMENT);
    assert_int_equal(mt940_slip_propose(rules, &call.input, NULL), MT940_E_ARGUMENT);
    call.input.flags = 0x80000000u;
    assert_int_equal(mt940_slip_propose(rules, &call.input, &call.out), MT940_E_ARGUMENT);
    call.input.flags = 0;
    call.movement.amount = INT64_MIN;
    assert_int_equal(mt940_slip_propose(rules, &call.input, &call.out), MT940_E_ARGUMENT);
    call.movement.amount = 1;
    call.input.company = NULL;
    assert_int_equal(mt940_slip_propose(rules, &call.input, &call.out), MT940_E_ARGUMENT);
    assert_null(mt940_slip_decided_name(0));
    assert_null(mt940_slip_decided_name(MT940_SLIP_BY_FALLBACK + 1));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(proposals),
        cmocka_unit_test(the_header_is_complete),
        cmocka_unit_test(dates),
        cmocka_unit_test(the_statement_s_account_is_checked),
        cmocka_unit_test(a_missing_rate_is_named),
        cmocka_unit_test(an_exchange_with_its_other_row),
        cmocka_unit_test(a_known_original_decides),
        cmocka_unit_test(what_the_movement_says_of_the_other_bank),
        cmocka_unit_test(descriptions_are_cut_between_characters),
        cmocka_unit_test(the_fallback_by_option),
        cmocka_unit_test(misuse_is_refused),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
