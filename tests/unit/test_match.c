/* SPDX-License-Identifier: Apache-2.0
 *
 * test_match.c: who is matched and why, as a table over a small set of books: decisions 1-6,
 * R30-R37, Q4, and the traps of matching.md §5 that do not need fuzzy names.
 */
#include "describe.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))
#define BUYER MT940_CUSTOMER_TYPE_BUYER
#define SUPPLIER MT940_CUSTOMER_TYPE_SUPPLIER

static struct mt940_view view(const char *text)
{
    struct mt940_view result;

    mt940_view_from_string(text, &result);
    return result;
}

static const struct {
    const char *code, *name, *tax_id;
    int type, active;
} customers[] = {
    {"120.A", "YILDIZ MARKET LTD.\xC5\x9ET\xC4\xB0.", "1112223339", BUYER, 1},
    {"120.B", "DO\xC4\x9E" "AN GIDA A.\xC5\x9E.", "2223334447", BUYER, 1},
    {"320.B", "DO\xC4\x9E" "AN GIDA A.\xC5\x9E.", "2223334447", SUPPLIER, 1},
    {"120.C", "\xC4\xB0SMA\xC4\xB0L \xC3\x87" "A\xC4\x9ERI \xC3\x96ZT\xC3\x9CRK", "12345678950", 0, 1},
    {"120.D1", "KAYA \xC4\xB0N\xC5\x9E" "AAT", "", BUYER, 1},
    {"120.D2", "KAYA IN\xC5\x9E" "AAT", "", BUYER, 1},
    {"120.E", "ESK\xC4\xB0 M\xC3\x9C\xC5\x9ETER\xC4\xB0 A\xC5\x9E", "4540536920", BUYER, 0},
    {"120.F", "F T\xC4\xB0" "CARET", "", 0, 1},
    {"120.G", "HESAP", "", BUYER, 1},
    {"320.S", "S TEDAR\xC4\xB0K", "", SUPPLIER, 1},
    {"BY00000001", "BAY\xC4\xB0 B\xC4\xB0R", "", BUYER, 1},
    {"120.OWN", "\xC3\x96RNEK GIDA SAN. VE T\xC4\xB0" "C. A.\xC5\x9E.", "", BUYER, 1},
};

static const struct {
    const char *customer;
    int slot;
    const char *branch, *account, *iban, *currency;
    int collector;
} banks[] = {
    {"120.A", 2, "0067_00001", "", "TR780006701000000011111111", "", 0},
    {"120.A", 4, "0067_00001", "", "TR780006701000000011111111", "USD", 0},
    {"120.B", 1, "0046_00123", "", "TR590004600123888000022222", "", 0},
    {"320.B", 1, "0046_00123", "", "TR590004600123888000022222", "", 0},
    {"120.C", 1, "", "", "TR670001000999000000333333", "", 0},
    {"120.D1", 1, "", "", "TR330006100519786457841326", "", 0},
    {"120.D2", 1, "", "", "TR330006100519786457841326", "", 0},
    {"120.E", 1, "", "", "TR660013400000444400000001", "", 0},
    {"120.F", 1, "", "", "TR930005900214000000077701", "", 1},
    {"320.S", 1, "", "", "TR930005900214000000077701", "", 0},
    {"320.S", 2, "0062_00121", "0790020874", "", "", 0},
    {"320.S", 3, "0062_00121", "0790020875", "", "USD", 0},
    {"120.F", 3, "0012_00001", "1000000099999999", "", "", 0},
};

static const struct mt940_bank_account own_accounts[] = {
    {.code = {"GAR", 3}, .iban = {"TR140006200119000001234567", 26}, .branch = {"0062_00119", 10},
     .account = {"1234567", 7}},
    {.code = {"QNB", 3}, .iban = {"TR550011100000000012345678", 26}},
    {.code = {"SEK", 3}, .iban = {"TR980005900000000777000111", 26}},
    {.code = {"GA2", 3}, .branch = {"0062_00119", 10}, .account = {"7654321", 7}},
};

static const struct mt940_payment payments[] = {
    {.invoice = {"4300099001", 10}, .line = 1, .customer = {"120.A", 5}, .amount = 278729, .currency = {"TRY", 3}},
    {.invoice = {"4300099001", 10}, .line = 2, .customer = {"120.A", 5}, .amount = 100, .currency = {"TRY", 3}},
    {.invoice = {"4300099002", 10}, .line = 1, .customer = {"120.C", 5}, .amount = 1000000, .paid = 1,
     .currency = {"TRY", 3}},
    {.invoice = {"ABC2026000000117", 16}, .line = 1, .customer = {"120.C", 5}, .amount = 500, .currency = {"TRY", 3}},
    {.invoice = {"4300099003", 10}, .line = 1, .customer = {"120.C", 5}, .amount = 500, .paid = 500,
     .currency = {"TRY", 3}},
    {.invoice = {"4300099004", 10}, .line = 1, .customer = {"120.C", 5}, .amount = 500, .state = 1,
     .currency = {"TRY", 3}},
    {.invoice = {"99005", 5}, .line = 1, .customer = {"120.D1", 6}, .amount = 777, .currency = {"TRY", 3}},
    {.invoice = {"99006", 5}, .line = 1, .customer = {"120.E", 5}, .amount = 888, .currency = {"TRY", 3}},
    {.invoice = {"99007", 5}, .line = 1, .customer = {"999", 3}, .amount = 888, .currency = {"TRY", 3}},
};

/*
 * Expected: decision, the chosen customer/slot or own account, vetoes after '!', then the
 * candidates in order with their evidence kinds.
 */
static const struct row {
    const char *what, *text, *reference;
    int32_t sign;
    int64_t amount;
    const char *expected;
} rows[] = {
    {"R30 one IBAN", "GELEN EFT TR780006701000000011111111", "", 1, 1, "auto 120.A/2 | 120.A iban"},
    {"R30 with its tax number", "TR780006701000000011111111 VKN 1112223339", "", 1, 1,
     "auto 120.A/2 | 120.A iban tax-id"},
    {"R30 in the reference", "EFT", "TR780006701000000011111111", 1, 1, "auto 120.A/2 | 120.A iban"},
    {"R32 unknown IBAN", "GELEN EFT TR200006400000012034000123", "", 1, 1, "none + TR200006400000012034000123"},
    {"decision 2: unknown in the reference", "DBS", "TR200006400000012034000123", 1, 1, "none"},
    {"decision 2: collector", " - DBS Aktar\xC4\xB1m", "TR930005900214000000077701", 1, 1, "none !collector"},
    {"collector with a tax number", "TR930005900214000000077701 VKN 1112223339", "", 1, 1,
     "auto 120.A/0 !collector | 120.A tax-id"},
    {"R33 two cards of one side", "TR330006100519786457841326", "", 1, 1, "ask | 120.D1 iban | 120.D2 iban"},
    {"R33 a name does not decide", "TR330006100519786457841326 KAYA IN\xC5\x9E" "AAT", "", 1, 1,
     "ask | 120.D2 iban name | 120.D1 iban name"},
    {"decision 6 buyer", "TR590004600123888000022222", "", 1, 1,
     "auto 120.B/1 | 120.B iban direction | 320.B iban"},
    {"decision 6 supplier", "TR590004600123888000022222", "", -1, 1,
     "auto 320.B/1 | 320.B iban direction | 120.B iban"},
    {"decision 6 no direction", "TR590004600123888000022222", "", 0, 1, "ask | 120.B iban | 320.B iban"},
    {"decision 6 by tax number", "VKN 2223334447", "", -1, 1,
     "auto 320.B/0 | 320.B tax-id direction | 120.B tax-id"},
    {"IBAN of one, tax number of another", "TR780006701000000011111111 VKN 2223334447", "", 1, 1,
     "conflict !contradiction | 120.A iban !contradiction | 120.B tax-id !contradiction | 320.B tax-id !contradiction"},
    {"IBAN and invoice of different parties", "TR780006701000000011111111 FATURA NO 4300099002", "", 1, 1,
     "conflict !contradiction | 120.A iban !contradiction | 120.C invoice !contradiction"},
    {"inactive card", "TR660013400000444400000001", "", 1, 1, "suggest !inactive | 120.E iban !inactive"},
    {"decision 1 own account", "HESAPLAR ARASI V\xC4\xB0RMAN TR550011100000000012345678 \xC3\x96RNEK GIDA SAN. VE "
     "T\xC4\xB0"
     "C. A.\xC5\x9E.", "", -1, 1, "transfer QNB"},
    {"decision 1 own one twice", "TR550011100000000012345678 TR55 0011 1000 0000 0012 3456 78", "", -1, 1, "transfer "
     "QNB"},
    {"decision 1 own beside a foreign one", "TR550011100000000012345678 TR780006701000000011111111", "", 1, 1,
     "auto 120.A/2 | 120.A iban"},
    {"decision 1 the statement's own account", "TR140006200119000001234567", "", 1, 1, "none"},
    {"two own accounts", "TR550011100000000012345678 TR980005900000000777000111", "", 1, 1, "ask"},
    {"own account and a tax number", "TR550011100000000012345678 VKN 1112223339", "", 1, 1,
     "conflict !contradiction | 120.A tax-id !contradiction"},
    {"own account by number", "V\xC4\xB0RMAN 0062-00119/7654321", "", 1, 1, "transfer GA2"},
    {"bank account", "00121 9008494 0790020874 INT-HVL-", "", 1, 1, "auto 320.S/2 | 320.S bank-account"},
    {"bank account of another branch", "00122 9008494 0790020874 INT-HVL-", "", 1, 1, "none"},
    {"R50 record in the movement's currency", "00121 9008494 0790020875 INT-HVL-", "", 1, 1,
     "auto 320.S/2 | 320.S bank-account"},
    {"IBAN of a record kept by number", "TR740001201000000099999999", "", 1, 1, "auto 120.F/3 | 120.F bank-account"},
    {"decision 5 bare tax number", "REF 1112223339", "", 1, 1, "suggest !weak | 120.A tax-id"},
    {"decision 5 name", "GELEN EFT YILDIZ MARKET LTD.STI.", "", 1, 1, "suggest !weak | 120.A name"},
    {"name across a folded spelling", "\xC4\xB0smail \xC3\x87" "a\xC4\x9Fr\xC4\xB1 \xC3\x96zt\xC3\xBCrk "
     "sipari\xC5\x9F", "", 1, 1,
     "suggest !weak | 120.C name"},
    {"part of a name is none", "YILDIZ MARKETING LTD.STI.", "", 1, 1, "none"},
    {"trap 10 a word of every narrative", "HESAP OZETI", "", 1, 1, "none"},
    {"trap 8 two of one name", "KAYA INSAAT HAVALE", "", 1, 1, "ask !weak | 120.D1 name | 120.D2 name"},
    {"name twice counts once", "YILDIZ MARKET LTD STI YILDIZ MARKET LTD STI", "", 1, 1, "suggest !weak | 120.A name"},
    {"inactive by name", "ESKI MUSTERI AS", "", 1, 1, "suggest !inactive,weak | 120.E name !inactive"},
    {"decision 4 own title", "\xC3\x96RNEK GIDA SAN. VE T\xC4\xB0" "C. A.\xC5\x9E.", "", 1, 1, "none"},
    {"customer code", "CARI 120.D1 ODEMESI", "", 1, 1, "suggest !weak | 120.D1 customer-code"},
    {"dealer number is a code", "Bayi Referans: by00000001", "", 1, 1, "suggest !weak | BY00000001 customer-code"},
    {"invoice", "FATURA NO: 4300099001", "", 1, 5, "auto 120.A/0 | 120.A invoice"},
    {"invoice with its amount", "FATURA NO: 4300099001", "", 1, 278729, "auto 120.A/0 | 120.A invoice amount"},
    {"two invoices of one customer", "FATURA NO: 4300099002, ABC2026000000117", "", 1, 5,
     "auto 120.C/0 | 120.C invoice invoice"},
    {"two invoices of two customers", "FATURA NO: 4300099001, 4300099002", "", 1, 5, "ask | 120.A invoice | 120.C "
     "invoice"},
    {"e-invoice without a word", "abc2026000000117", "", 1, 5, "auto 120.C/0 | 120.C invoice"},
    {"trap 7 a number inside another", "FATURA NO: 14300099001", "", 1, 5, "none"},
    {"paid invoice", "FATURA NO: 4300099003", "", 1, 5, "none"},
    {"cancelled invoice", "FATURA NO: 4300099004", "", 1, 5, "none"},
    {"bare number alone", "99005", "", 1, 5, "none"},
    {"bare number with its amount", "99005", "", 1, 777, "suggest !weak | 120.D1 invoice amount"},
    {"bare number of an inactive card", "99006", "", 1, 888, "suggest !inactive,weak | 120.E invoice amount !inactive"},
    {"bare number and the party", "99005 KAYA INSAAT", "", 1, 5,
     "suggest !weak | 120.D1 name invoice | 120.D2 name"},
    {"invoice of a customer who is not there", "FATURA NO: 99007", "", 1, 5, "none"},
    {"two foreign IBANs, one unknown", "TR780006701000000011111111 TR200006400000012034000123", "", 1, 1,
     "suggest !second-iban | 120.A iban"},
    {"two foreign IBANs, the words choose", "GONDEREN TR780006701000000011111111 ALICI "
     "TR200006400000012034000123", "", 1,
     1, "auto 120.A/2 | 120.A iban"},
    {"two foreign IBANs, the words choose the other", "GONDEREN TR780006701000000011111111 ALICI "
     "TR200006400000012034000123",
     "", -1, 1, "none + TR200006400000012034000123"},
    {"two foreign IBANs of two customers", "TR780006701000000011111111 TR670001000999000000333333", "", 1, 1,
     "ask | 120.A iban | 120.C iban"},
    {"wrong check digits", "TR440006200119000006672315", "", 1, 1, "none"},
    {"nothing", "GELEN HAVALE", "", 1, 1, "none"},
    {"empty", "", "", 1, 0, "none"},
};

static struct mt940_directory *directory;

static int set_up(void **state)
{
    struct mt940_company company = {.code = view("001"), .local_currency = view("TRY"), .tax_id = view("9998887774"),
                                    .title = view("\xC3\x96rnek G\xC4\xB1" "da San. ve Tic. A.\xC5\x9E.")};
    struct mt940_directory_builder *builder;

    (void)state;
    assert_int_equal(mt940_directory_builder_new(&company.code, NULL, &builder, NULL), MT940_OK);
    assert_int_equal(mt940_directory_builder_add(builder, MT940_KIND_COMPANY, &company, NULL), MT940_OK);
    for (size_t i = 0; i < COUNT(own_accounts); i++)
        assert_int_equal(mt940_directory_builder_add(builder, MT940_KIND_BANK_ACCOUNT, &own_accounts[i], NULL), 0);
    for (size_t i = 0; i < COUNT(customers); i++) {
        struct mt940_customer record = {.code = view(customers[i].code), .name = view(customers[i].name),
                                        .tax_id = view(customers[i].tax_id), .type = customers[i].type,
                                        .active = customers[i].active};

        assert_int_equal(mt940_directory_builder_add(builder, MT940_KIND_CUSTOMER, &record, NULL), MT940_OK);
    }
    for (size_t i = 0; i < COUNT(banks); i++) {
        struct mt940_customer_bank record = {
            .customer = view(banks[i].customer), .slot = banks[i].slot, .branch = view(banks[i].branch),
            .account = view(banks[i].account), .iban = view(banks[i].iban), .currency = view(banks[i].currency),
            .collector = banks[i].collector};

        assert_int_equal(mt940_directory_builder_add(builder, MT940_KIND_CUSTOMER_BANK, &record, NULL), MT940_OK);
    }
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

/* Everything one match needs; texts must outlive it. */
struct call {
    struct mt940_facts_input text;
    struct mt940_facts facts;
    struct mt940_match_input input;
    struct mt940_match match;
};

static void prepare(struct call *call, const char *narrative, const char *reference, int32_t sign, int64_t amount)
{
    memset(call, 0, sizeof(*call));
    call->text.size = sizeof(call->text);
    call->text.own_iban = view("TR140006200119000001234567");
    call->text.own_bank = view("0062");
    call->text.sign = sign;
    call->text.narrative = view(narrative);
    call->text.customer_reference = view(reference);
    call->facts.size = sizeof(call->facts);
    assert_int_equal(mt940_facts_read(&call->text, &call->facts), MT940_OK);
    call->input.size = sizeof(call->input);
    call->input.facts = &call->facts;
    call->input.own_account = view("GAR");
    call->input.currency = view("TRY");
    call->input.sign = sign;
    call->input.amount = sign < 0 ? -amount : amount;
    call->input.payments = payments;
    call->input.payment_count = COUNT(payments);
    call->match.size = sizeof(call->match);
}

static void movements(void **state)
{
    int wrong = 0;

    (void)state;
    for (size_t i = 0; i < COUNT(rows); i++) {
        struct call call;
        struct list list;

        prepare(&call, rows[i].text, rows[i].reference, rows[i].sign, rows[i].amount);
        assert_int_equal(mt940_match_movement(directory, &call.input, &call.match), MT940_OK);
        describe_match(&call.match, &list);
        if (strcmp(list.text, rows[i].expected) != 0) {
            print_error("%s: %s\n  expected: %s\n  found:    %s\n", rows[i].what, rows[i].text, rows[i].expected,
                        list.text);
            wrong++;
        }
    }
    assert_int_equal(wrong, 0);
}

/* R36: what a user chose stays, and evidence for somebody else is pointed out. */
static void a_choice_is_never_overwritten(void **state)
{
    struct call call;
    struct list list;

    (void)state;
    prepare(&call, "TR780006701000000011111111", "", 1, 1);
    call.input.chosen_customer = view("120.C");
    assert_int_equal(mt940_match_movement(directory, &call.input, &call.match), MT940_OK);
    describe_match(&call.match, &list);
    assert_string_equal(list.text, "auto 120.C/0 !contradiction | 120.C user | 120.A iban");
    assert_int_equal(call.match.choice, MT940_CHOICE_USER);

    prepare(&call, "TR780006701000000011111111", "", 1, 1);
    call.input.chosen_customer = view("120.A");
    assert_int_equal(mt940_match_movement(directory, &call.input, &call.match), MT940_OK);
    describe_match(&call.match, &list);
    assert_string_equal(list.text, "auto 120.A/2 | 120.A user iban");

    call.match.size = sizeof(call.match);
    call.input.chosen_slot = 4; /* the user's, whatever its currency */
    assert_int_equal(mt940_match_movement(directory, &call.input, &call.match), MT940_OK);
    assert_int_equal(call.match.slot, 4);

    prepare(&call, "TR550011100000000012345678", "", 1, 1);
    call.input.chosen_customer = view("999"); /* a card the directory does not have */
    assert_int_equal(mt940_match_movement(directory, &call.input, &call.match), MT940_OK);
    describe_match(&call.match, &list);
    assert_string_equal(list.text, "auto 999/0 | 999 user");
}

static void a_rule_names_its_customer(void **state)
{
    static const struct {
        const char *text, *customer, *expected;
    } cases[] = {
        {"KIRA", "320.S", "auto 320.S/0 | 320.S rule"},
        {"TR780006701000000011111111", "320.S",
         "conflict !contradiction | 320.S rule !contradiction | 120.A iban !contradiction"},
        {"TR780006701000000011111111", "120.A", "auto 120.A/2 | 120.A rule iban"},
        {"TR550011100000000012345678", "320.S", "auto 320.S/0 | 320.S rule"},
        {"KIRA", "120.E", "suggest !inactive | 120.E rule !inactive"},
        {"KIRA", "999", "none"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct call call;
        struct list list;

        prepare(&call, cases[i].text, "", -1, 1);
        call.input.rule_customer = view(cases[i].customer);
        call.input.rule_code = view("MSC");
        assert_int_equal(mt940_match_movement(directory, &call.input, &call.match), MT940_OK);
        describe_match(&call.match, &list);
        assert_string_equal(list.text, cases[i].expected);
    }
}

/* Decision 5: a name alone is AUTO only where the host says so, and only a unique one. */
static void names_alone_by_option(void **state)
{
    static const struct {
        const char *text, *expected;
    } cases[] = {
        {"YILDIZ MARKET LTD STI", "auto 120.A/0 | 120.A name"},
        {"KAYA INSAAT", "ask !weak | 120.D1 name | 120.D2 name"},
        {"ESKI MUSTERI AS", "suggest !inactive,weak | 120.E name !inactive"},
        {"YILDIZ MARKET LTD STI 120.D1", "suggest !weak | 120.A name | 120.D1 customer-code"},
        {"REF 1112223339", "suggest !weak | 120.A tax-id"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct call call;
        struct list list;

        prepare(&call, cases[i].text, "", 1, 1);
        call.input.flags = MT940_MATCH_NAME_AUTO;
        assert_int_equal(mt940_match_movement(directory, &call.input, &call.match), MT940_OK);
        describe_match(&call.match, &list);
        assert_string_equal(list.text, cases[i].expected);
    }
}

static void reasons_are_sentences(void **state)
{
    static const struct {
        const char *text, *language, *sentence;
    } cases[] = {
        {"TR780006701000000011111111", "en", "IBAN TR780006701000000011111111 is on the card of 120.A, bank record 2"},
        {"TR780006701000000011111111", "tr", "IBAN TR780006701000000011111111, 120.A kart\xC4\xB1n\xC4\xB1n 2. banka "
         "kayd\xC4\xB1nda"},
        {"VKN 1112223339", "en", "tax number 1112223339 is that of 120.A"},
        {"FATURA NO 4300099001", "en", "invoice 4300099001 is open with 120.A"},
        {"YILDIZ MARKET LTD STI", "en", "the text names YILDIZ MARKET LTD.\xC5\x9ET\xC4\xB0."},
        {"CARI 120.D1", "en", "the text names customer code 120.D1"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct mt940_message_arg args[4];
        const struct mt940_match_candidate *candidate;
        struct call call;
        char sentence[256];
        size_t count;

        prepare(&call, cases[i].text, "", 1, 1);
        assert_int_equal(mt940_match_movement(directory, &call.input, &call.match), MT940_OK);
        candidate = &call.match.candidates[0];
        count = mt940_evidence_args(candidate, &candidate->evidence[0], args);
        assert_true(mt940_message_format(candidate->evidence[0].message, args, count, cases[i].language, sentence,
                                         sizeof(sentence)) > 0);
        assert_string_equal(sentence, cases[i].sentence);
    }
}

/* Every kind, decision and veto has a name. */
static void names_are_complete(void **state)
{
    (void)state;
    for (int32_t kind = MT940_EVIDENCE_IBAN; kind <= MT940_EVIDENCE_RULE; kind++)
        assert_non_null(mt940_evidence_kind_name(kind));
    assert_null(mt940_evidence_kind_name(MT940_EVIDENCE_RULE + 1));
    assert_null(mt940_evidence_kind_name(0));
    assert_null(mt940_match_decision_name(-1));
    assert_null(mt940_match_decision_name(MT940_MATCH_TRANSFER + 1));
    for (uint32_t bit = MT940_VETO_INACTIVE; bit <= MT940_VETO_REJECTED; bit <<= 1)
        assert_non_null(mt940_veto_name(bit));
    for (uint32_t bit = MT940_VETO_INACTIVE; bit <= MT940_VETO_WEAK; bit <<= 1)
        assert_non_null(mt940_message_name(mt940_veto_message(bit)));
    assert_null(mt940_veto_name(3));
    assert_int_equal(mt940_veto_message(3), 0);
}

static void spans_point_into_the_text(void **state)
{
    const char *text = "G\xC3\x96NDEREN YILDIZ MARKET LTD.STI. TR78 0006 7010 0000 0011 1111 11";
    struct call call;
    const struct mt940_evidence *evidence;

    (void)state;
    prepare(&call, text, "", 1, 1);
    assert_int_equal(mt940_match_movement(directory, &call.input, &call.match), MT940_OK);
    evidence = call.match.candidates[0].evidence;
    assert_int_equal(evidence[0].field, MT940_FACT_NARRATIVE);
    assert_memory_equal(text + evidence[0].offset, "TR78 0006", 9);
    assert_int_equal(evidence[0].length, 32);
    assert_int_equal(evidence[0].slot, 2);
    assert_int_equal(evidence[1].kind, MT940_EVIDENCE_NAME);
    assert_memory_equal(text + evidence[1].offset, "YILDIZ MARKET LTD.STI", evidence[1].length);
    assert_int_equal(evidence[1].length, 21);
}

/* Trap 13 and 15: what many share is worth less and decides nothing; the result stays bounded. */
static void what_many_share_decides_nothing(void **state)
{
    enum { MANY = 100000 };
    struct mt940_view company = view("001");
    struct mt940_directory_builder *builder;
    struct mt940_directory *many;
    struct call call;
    char code[16];

    (void)state;
    assert_int_equal(mt940_directory_builder_new(&company, NULL, &builder, NULL), MT940_OK);
    for (int i = 0; i < MANY; i++) {
        struct mt940_customer customer = {.name = view("AHMET YILMAZ"), .tax_id = view("1112223339"), .active = 1};

        snprintf(code, sizeof(code), "C%06d", i);
        customer.code = view(code);
        assert_int_equal(mt940_directory_builder_add(builder, MT940_KIND_CUSTOMER, &customer, NULL), MT940_OK);
    }
    assert_int_equal(mt940_directory_build(builder, &many, NULL), MT940_OK);
    mt940_directory_builder_free(builder);
    prepare(&call, "VKN 1112223339 AHMET YILMAZ", "", 1, 1);
    assert_int_equal(mt940_match_movement(many, &call.input, &call.match), MT940_OK);
    assert_int_equal(call.match.decision, MT940_MATCH_ASK);
    assert_int_equal(call.match.candidate_count, MT940_MATCH_CANDIDATES);
    assert_true(call.match.candidate_total > MT940_MATCH_CANDIDATES);
    assert_memory_equal(call.match.candidates[0].customer.data, "C000000", 7);
    assert_int_equal(call.match.candidates[0].evidence[0].shared, MANY);
    mt940_directory_free(many);
}

static void misuse_is_refused(void **state)
{
    struct call call;

    (void)state;
    prepare(&call, "EFT", "", 1, 1);
    assert_int_equal(mt940_match_movement(NULL, &call.input, &call.match), MT940_E_ARGUMENT);
    assert_int_equal(mt940_match_movement(directory, NULL, &call.match), MT940_E_ARGUMENT);
    assert_int_equal(mt940_match_movement(directory, &call.input, NULL), MT940_E_ARGUMENT);
    call.input.flags = 0x80;
    assert_int_equal(mt940_match_movement(directory, &call.input, &call.match), MT940_E_ARGUMENT);
    call.input.flags = 0;
    call.match.size = 4;
    assert_int_equal(mt940_match_movement(directory, &call.input, &call.match), MT940_E_ARGUMENT);
    call.match.size = sizeof(call.match);
    call.input.payments = NULL;
    assert_int_equal(mt940_match_movement(directory, &call.input, &call.match), MT940_E_ARGUMENT);
    call.input.payment_count = 0;
    assert_int_equal(mt940_match_movement(directory, &call.input, &call.match), MT940_OK);
    call.input.facts = NULL;
    assert_int_equal(mt940_match_movement(directory, &call.input, &call.match), MT940_E_ARGUMENT);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(movements),
        cmocka_unit_test(a_choice_is_never_overwritten),
        cmocka_unit_test(a_rule_names_its_customer),
        cmocka_unit_test(names_alone_by_option),
        cmocka_unit_test(reasons_are_sentences),
        cmocka_unit_test(names_are_complete),
        cmocka_unit_test(spans_point_into_the_text),
        cmocka_unit_test(what_many_share_decides_nothing),
        cmocka_unit_test(misuse_is_refused),
    };

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
