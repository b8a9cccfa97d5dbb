/* SPDX-License-Identifier: Apache-2.0
 *
 * test_movement.c: from the bytes of a statement to the proposed slip: the fragments of
 * tests/cases/fragments with the books of tests/cases/movements/books.txt give, row for row, the
 * facts, the match and the slip that tests/cases/movements/fragments.txt says (turkish-banking
 * §6.2 as decisions.md changes it). To add a row, write it there; what was found is printed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "describe.h"
#include "mt940connect/statement.h"

#define CASES "tests/cases/"
#define PARTS 9
#define MOST 16

/* Everything the functions are given besides the movement. Texts point into `text`. */
static struct {
    char *text;
    struct mt940_company company;
    struct mt940_bank_account accounts[MOST];
    size_t account_count;
    struct mt940_payment payments[MOST];
    size_t payment_count;
    struct mt940_rate rates[MOST];
    size_t rate_count;
    struct mt940_directory *directory;
    struct mt940_slip_rules *rules;
} books;

static struct mt940_view view(const char *text)
{
    struct mt940_view result;

    mt940_view_from_string(text, &result);
    return result;
}

static char *read_file(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    char *bytes = malloc(1 << 20);
    size_t count;

    assert_non_null(bytes);
    if (!file)
        fail_msg("%s cannot be opened", path);
    count = fread(bytes, 1, (1 << 20) - 1, file);
    assert_true(feof(file) && !ferror(file));
    fclose(file);
    bytes[count] = '\0';
    if (length)
        *length = count;
    return bytes;
}

/* Cuts a text at a character; the next piece, or NULL. */
static char *cut(char *text, char at)
{
    char *end = strchr(text, at);

    if (!end)
        return NULL;
    *end = '\0';
    return end + 1;
}

static void add(struct mt940_directory_builder *builder, const char *const part[PARTS])
{
    if (strcmp(part[0], "own") == 0) {
        struct mt940_bank_account *account = &books.accounts[books.account_count++];

        *account = (struct mt940_bank_account){.code = view(part[1]), .iban = view(part[2]), .branch = view(part[3]),
                                               .account = view(part[4]), .currency = view(part[5])};
        assert_int_equal(mt940_directory_builder_add(builder, MT940_KIND_BANK_ACCOUNT, account, NULL), MT940_OK);
    } else if (strcmp(part[0], "customer") == 0) {
        struct mt940_customer customer = {.code = view(part[1]), .type = atoi(part[2]), .active = atoi(part[3]),
                                          .tax_id = view(part[4]), .name = view(part[5])};

        assert_int_equal(mt940_directory_builder_add(builder, MT940_KIND_CUSTOMER, &customer, NULL), MT940_OK);
    } else if (strcmp(part[0], "bank") == 0) {
        struct mt940_customer_bank bank = {.customer = view(part[1]), .slot = atoi(part[2]), .branch = view(part[3]),
                                           .account = view(part[4]), .iban = view(part[5]), .currency = view(part[6]),
                                           .collector = atoi(part[7]), .dbs = atoi(part[8])};

        assert_int_equal(mt940_directory_builder_add(builder, MT940_KIND_CUSTOMER_BANK, &bank, NULL), MT940_OK);
    } else if (strcmp(part[0], "payment") == 0) {
        books.payments[books.payment_count++] =
            (struct mt940_payment){.invoice = view(part[1]), .line = 1, .customer = view(part[2]),
                                   .amount = atoll(part[3]), .currency = view("TRY"), .type = atoi(part[4])};
    } else {
        assert_string_equal(part[0], "rate");
        books.rates[books.rate_count++] =
            (struct mt940_rate){.date = {2026, 1, 1}, .currency = view(part[1]), .rate = atoll(part[2])};
    }
    assert_true(books.account_count < MOST && books.payment_count < MOST && books.rate_count < MOST);
}

static int set_up(void **state)
{
    struct mt940_directory_builder *builder;
    struct mt940_slip_rules_builder *codes;

    (void)state;
    books.company = (struct mt940_company){.code = view("001"), .title = view("\xC3\x96rnek G\xC4\xB1" "da San. ve "
     "Tic. A.\xC5\x9E."),
                                           .tax_id = view("9998887774"), .local_currency = view("TRY")};
    books.text = read_file(CASES "movements/books.txt", NULL);
    assert_int_equal(mt940_directory_builder_new(&books.company.code, NULL, &builder, NULL), MT940_OK);
    assert_int_equal(mt940_directory_builder_add(builder, MT940_KIND_COMPANY, &books.company, NULL), MT940_OK);
    for (char *line = books.text, *next; line && *line; line = next) {
        const char *part[PARTS] = {"", "", "", "", "", "", "", "", ""};

        next = cut(line, '\n');
        if (line[0] == '#')
            continue;
        for (int i = 0; line && i < PARTS; i++) {
            part[i] = line;
            line = cut(line, '|');
        }
        add(builder, part);
    }
    assert_int_equal(mt940_directory_build(builder, &books.directory, NULL), MT940_OK);
    mt940_directory_builder_free(builder);
    assert_int_equal(mt940_slip_rules_builder_new(NULL, NULL, &codes, NULL), MT940_OK);
    assert_int_equal(mt940_slip_rules_build(codes, &books.rules, NULL), MT940_OK);
    mt940_slip_rules_builder_free(codes);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    mt940_directory_free(books.directory);
    mt940_slip_rules_free(books.rules);
    free(books.text);
    return 0;
}

/* A movement as the flow makes it out of an entry, with room for its decoded texts. */
struct subject {
    struct mt940_movement movement;
    char narrative[4096];
    char reference[512];
    char supplementary[512];
    struct mt940_account_parts parts;
    const struct mt940_bank_account *account;
    struct mt940_facts facts;
    struct mt940_match match;
    struct mt940_slip_proposal slip;
};

static void decode(int32_t charset, const struct mt940_view *raw, char *room, size_t size, struct mt940_view *out)
{
    out->data = room;
    out->length = mt940_charset_decode(charset, raw->data, raw->length, room, size, NULL);
    assert_true(out->length <= size);
}

static void make_movement(const struct mt940_statement *statement, const struct mt940_entry *entry,
                          struct subject *subject)
{
    struct mt940_movement *movement = &subject->movement;
    const struct mt940_amount *amount = &entry->reading.amount;
    int32_t charset = statement->trailer.charset;

    memset(subject, 0, sizeof(*subject));
    movement->id = view("1:test");
    movement->value_date = entry->value_date;
    movement->entry_date = entry->entry_date;
    movement->mark = view(mt940_mark_name(entry->mark));
    assert_int_equal(amount->scale, 2);
    movement->amount = amount->units * mt940_mark_sign(entry->mark);
    movement->currency = view(statement->header.opening.reading.amount.currency);
    movement->code = view(entry->code);
    movement->chosen_dbs = -1;
    decode(charset, &entry->customer_reference, subject->reference, sizeof(subject->reference),
           &movement->customer_reference);
    decode(charset, &entry->supplementary, subject->supplementary, sizeof(subject->supplementary),
           &movement->supplementary);
    movement->bank_reference = entry->bank_reference;
    movement->narrative.data = subject->narrative;
    movement->narrative.length =
        mt940_narrative_text(&entry->narrative, charset, subject->narrative, sizeof(subject->narrative));
    assert_true(movement->narrative.length <= sizeof(subject->narrative));
}

static void find_account(const struct mt940_statement *statement, struct subject *subject)
{
    struct mt940_directory_account account = {.size = sizeof(account), .currency = subject->movement.currency};

    assert_int_equal(mt940_account_split(statement->header.account.data, statement->header.account.length,
                                         &subject->parts), MT940_OK);
    account.iban = view(subject->parts.iban);
    account.bank = view(subject->parts.bank_code);
    account.branch = view(subject->parts.branch_code);
    account.number = view(subject->parts.number);
    assert_true(mt940_directory_resolve(books.directory, &account, &subject->account) <= 1);
}

static void find_facts(struct subject *subject)
{
    const struct mt940_movement *movement = &subject->movement;
    struct mt940_facts_input input = {.size = sizeof(input), .own_tax_id = books.company.tax_id,
                                      .sign = movement->amount < 0 ? -1 : 1, .narrative = movement->narrative,
                                      .customer_reference = movement->customer_reference,
                                      .bank_reference = movement->bank_reference,
                                      .supplementary = movement->supplementary};

    input.own_iban = subject->account ? subject->account->iban : view(subject->parts.iban);
    input.own_bank = view(subject->parts.bank_code);
    input.own_account = subject->account ? subject->account->account : view(subject->parts.number);
    subject->facts.size = sizeof(subject->facts);
    assert_int_equal(mt940_facts_read(&input, &subject->facts), MT940_OK);
}

static void find_match(struct subject *subject)
{
    struct mt940_match_input input = {.size = sizeof(input), .facts = &subject->facts,
                                      .currency = subject->movement.currency, .amount = subject->movement.amount,
                                      .sign = subject->facts.sign, .payments = books.payments,
                                      .payment_count = books.payment_count};

    if (subject->account)
        input.own_account = subject->account->code;
    subject->match.size = sizeof(subject->match);
    assert_int_equal(mt940_match_movement(books.directory, &input, &subject->match), MT940_OK);
}

static void find_slip(const struct mt940_statement *statement, bool one_day, struct subject *subject)
{
    struct mt940_customer_bank banks[MOST];
    const struct mt940_facts *facts = &subject->facts;
    const struct mt940_match *match = &subject->match;
    struct mt940_slip_input input = {.size = sizeof(input), .movement = &subject->movement, .company = &books.company,
                                     .account = subject->account, .closing_date = statement->trailer.closing.date,
                                     .customer = match->customer, .slot = match->slot, .banks = banks,
                                     .transfer_account = match->own_account, .own_accounts = books.accounts,
                                     .own_account_count = books.account_count, .rates = books.rates,
                                     .rate_count = books.rate_count, .stated_rate = facts->rate};

    input.flags = (one_day ? MT940_SLIP_ONE_DAY : 0) | (facts->kinds & MT940_FACT_DBS ? MT940_SLIP_SAYS_DBS : 0) |
                  (facts->kinds & MT940_FACT_REVERSAL ? MT940_SLIP_SAYS_REVERSAL : 0) |
                  (match->decision == MT940_MATCH_ASK ? MT940_SLIP_AMBIGUOUS : 0);
    input.bank_count = mt940_directory_customer_banks(books.directory, &match->customer, banks, MOST);
    if (facts->counter_iban >= 0)
        input.counter_iban = view(facts->ibans[facts->counter_iban].canonical);
    subject->slip.size = sizeof(subject->slip);
    assert_int_equal(mt940_slip_propose(books.rules, &input, &subject->slip), MT940_OK);
}

static bool is_one_day(const struct mt940_statement *statement)
{
    for (size_t i = 1; i < statement->entry_count; i++)
        if (mt940_date_compare(&statement->entries[i].entry_date, &statement->entries[0].entry_date) != 0)
            return false;
    return true;
}

/* Lines expected for a fragment, in order; `at` is the next. */
struct expectation {
    char *text;
    char *at;
    int wrong;
};

/* Compares one line; comments and empty lines between are passed over. */
static void expect(struct expectation *expectation, const char *found)
{
    char *line = expectation->at ? expectation->at : expectation->text + strlen(expectation->text);

    while (*line == '#' || *line == '\n') {
        char *next = strchr(line, '\n');

        line = next ? next + 1 : line + strlen(line);
    }
    expectation->at = cut(line, '\n');
    if (strcmp(line, found) != 0) {
        print_error("expected: %s\nfound:    %s\n", line, found);
        expectation->wrong++;
    }
}

static void expect_entry(struct expectation *expectation, const char *name, int row,
                         const struct mt940_statement *statement, const struct mt940_entry *entry)
{
    struct subject subject;
    struct list list, line;

    make_movement(statement, entry, &subject);
    find_account(statement, &subject);
    find_facts(&subject);
    find_match(&subject);
    find_slip(statement, is_one_day(statement), &subject);
    say_nothing(&line);
    say(&line, "%s %d", name, row);
    expect(expectation, line.text);
    describe_facts(&subject.facts, &list);
    say_nothing(&line);
    say(&line, "  facts%s%s", gap(&list), list.text);
    expect(expectation, line.text);
    describe_match(&subject.match, &list);
    say_nothing(&line);
    say(&line, "  match %s", list.text);
    expect(expectation, line.text);
    describe_slip(&subject.slip, &list);
    say_nothing(&line);
    say(&line, "  slip %s", list.text);
    expect(expectation, line.text);
}

static void expect_file(struct expectation *expectation, const char *name)
{
    struct mt940_input input = {.size = sizeof(input)};
    struct mt940_document *document;
    char path[64];
    char *bytes;
    int row = 0;

    snprintf(path, sizeof(path), CASES "fragments/%s.sta", name);
    bytes = read_file(path, &input.length);
    input.data = bytes;
    assert_int_equal(mt940_document_parse(&input, NULL, NULL, &document, NULL), MT940_OK);
    for (size_t s = 0; s < mt940_document_statement_count(document); s++) {
        const struct mt940_statement *statement = mt940_document_statement(document, s);

        for (size_t i = 0; i < statement->entry_count; i++)
            expect_entry(expectation, name, ++row, statement, &statement->entries[i]);
    }
    mt940_document_free(document);
    free(bytes);
}

static void fragments(void **state)
{
    struct expectation expectation = {.text = read_file(CASES "movements/fragments.txt", NULL)};
    char name[8];

    (void)state;
    expectation.at = expectation.text;
    for (int i = 1; i <= 20; i++) {
        snprintf(name, sizeof(name), "C%02d", i);
        expect_file(&expectation, name);
    }
    while (expectation.at && (*expectation.at == '#' || *expectation.at == '\n'))
        expectation.at = cut(expectation.at, '\n');
    assert_true(!expectation.at || !*expectation.at);
    free(expectation.text);
    assert_int_equal(expectation.wrong, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(fragments)};

    return cmocka_run_group_tests(tests, set_up, tear_down);
}
