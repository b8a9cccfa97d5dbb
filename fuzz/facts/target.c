/* SPDX-License-Identifier: Apache-2.0
 *
 * Facts and the matcher on any text: every fact is a piece of the text it names and passes its own check; words that
 * mean a kind of business are found exactly where a plain search over the folded text finds them; an IBAN of the
 * books is matched if, and only if, it stands in the text and nothing speaks for somebody else; slips keep their
 * sides. The last byte chooses direction and own account, so that a corpus file stays a narrative.
 */
#include <stdlib.h>
#include <string.h>

#include "mt940connect/fold.h"
#include "mt940connect/iban.h"
#include "mt940connect/match.h"
#include "mt940connect/slip.h"
#include "mt940connect/tax_id.h"

enum { folded_most = 1 << 16 };

static const char own_iban[] = "TR140006200119000001234567";
static const char held_iban[] = "TR780006701000000011111111";

static void check(int good)
{
    if (!good)
        abort();
}

static struct mt940_view view(const char *text)
{
    struct mt940_view result;

    mt940_view_from_string(text, &result);
    return result;
}

static void check_piece(const struct mt940_facts *facts, const struct mt940_fact *fact)
{
    const struct mt940_view *text;

    if (fact->field == MT940_FACT_NOWHERE)
        return;
    check(fact->field > 0 && fact->field < MT940_FACT_FIELD_COUNT);
    text = &facts->text[fact->field];
    check(fact->offset <= text->length && fact->text.length <= text->length - fact->offset);
    check(fact->text.data == text->data + fact->offset && fact->text.length > 0);
}

/* The characters of an IBAN stand in the text in order, with nothing but what groups them between. */
static void check_iban(const struct mt940_facts *facts, const struct mt940_fact_iban *iban)
{
    size_t at = 0;

    check_piece(facts, &iban->where);
    check(mt940_iban_check(iban->canonical, strlen(iban->canonical), 0) == MT940_IBAN_VALID);
    check(strcmp(iban->canonical, own_iban) != 0);
    for (size_t i = 0; i < iban->where.text.length; i++) {
        char c = iban->where.text.data[i];

        if (c >= 'a' && c <= 'z')
            c = (char)(c - 'a' + 'A');
        if (iban->canonical[at] == c)
            at++;
    }
    check(iban->canonical[at] == '\0');
}

static void check_tax_id(const struct mt940_facts *facts, const struct mt940_fact_tax_id *tax_id)
{
    size_t length = strlen(tax_id->digits);
    int reason = tax_id->kind == MT940_TAX_ID_VKN    ? mt940_vkn_check(tax_id->digits, length)
                 : tax_id->kind == MT940_TAX_ID_TCKN ? mt940_tckn_check(tax_id->digits, length)
                                                     : mt940_voen_check(tax_id->digits, length);

    check_piece(facts, &tax_id->where);
    /* The check digit of a VÖEN is a warning only: its rule is not published (tax_id.h). */
    check(reason == MT940_TAX_ID_VALID || (tax_id->kind == MT940_TAX_ID_VOEN && reason == MT940_TAX_ID_BAD_CHECKSUM));
}

static void check_facts(const struct mt940_facts *facts)
{
    check(facts->iban_count <= MT940_FACT_IBANS && facts->tax_id_count <= MT940_FACT_TAX_IDS);
    check(facts->account_count <= MT940_FACT_ACCOUNTS && facts->invoice_count <= MT940_FACT_INVOICES);
    check(facts->counter_iban >= -1 && facts->counter_iban < (int32_t)facts->iban_count);
    check(facts->counter_tax_id >= -1 && facts->counter_tax_id < (int32_t)facts->tax_id_count);
    check(facts->iban_count != 1 || facts->counter_iban == 0);
    check(facts->rate >= 0);
    for (uint32_t i = 0; i < facts->iban_count; i++)
        check_iban(facts, &facts->ibans[i]);
    for (uint32_t i = 0; i < facts->tax_id_count; i++)
        check_tax_id(facts, &facts->tax_ids[i]);
    for (uint32_t i = 0; i < facts->account_count; i++)
        check_piece(facts, &facts->accounts[i].where);
    for (uint32_t i = 0; i < facts->invoice_count; i++)
        check_piece(facts, &facts->invoices[i].where);
    check_piece(facts, &facts->query_number);
    check_piece(facts, &facts->receipt);
    check_piece(facts, &facts->dealer);
    check_piece(facts, &facts->dbs_reference);
    check_piece(facts, &facts->cheque);
    check_piece(facts, &facts->bic);
    check_piece(facts, &facts->name);
}

/* Whether a folded text has this word between blanks. */
static int has_word(const char *folded, size_t length, const char *word)
{
    size_t size = strlen(word);

    for (size_t i = 0; i + size <= length; i++)
        if ((i == 0 || folded[i - 1] == ' ') && (i + size == length || folded[i + size] == ' ') &&
            memcmp(folded + i, word, size) == 0)
            return 1;
    return 0;
}

/*
 * Single words that no longer phrase takes the meaning of, against the skeleton of the whole text. Apostrophes join
 * and IBANs swallow words, so texts with either are left out.
 */
static void compare_kinds(const struct mt940_facts *facts, const struct mt940_view *text)
{
    static const struct {
        const char *word;
        uint32_t kind;
    } words[] = {{"FAST", MT940_FACT_FAST}, {"DBS", MT940_FACT_DBS}, {"SWIFT", MT940_FACT_SWIFT},
                 {"KMH", MT940_FACT_OVERDRAFT}};
    static char folded[folded_most];
    size_t length;

    if (text->length > folded_most / 4 || facts->iban_count > 0 || facts->own_iban_seen ||
        memchr(text->data, '\'', text->length))
        return;
    for (size_t i = 0; i < text->length; i++)
        if ((unsigned char)text->data[i] >= 0x80)
            return;
    length = mt940_fold_skeleton(text->data, text->length, folded, sizeof folded, NULL);
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (has_word(folded, length, words[i].word))
            check((facts->kinds & words[i].kind) != 0);
    if (!has_word(folded, length, "FAST"))
        check((facts->kinds & MT940_FACT_FAST) == 0);
    if (!has_word(folded, length, "SWIFT"))
        check((facts->kinds & MT940_FACT_SWIFT) == 0);
}

static struct mt940_directory *directory;
static struct mt940_slip_rules *rules;

static void make_books(void)
{
    struct mt940_company company = {.code = view("1"), .local_currency = view("TRY")};
    struct mt940_bank_account account = {.code = view("GAR"), .iban = view(own_iban)};
    struct mt940_customer customer = {.code = view("120.A"), .name = view("A LTD"), .tax_id = view("1112223339"),
                                      .active = 1};
    struct mt940_customer_bank bank = {.customer = view("120.A"), .slot = 1, .iban = view(held_iban)};
    struct mt940_directory_builder *builder;
    struct mt940_slip_rules_builder *codes;

    check(mt940_directory_builder_new(&company.code, NULL, &builder, NULL) == MT940_OK);
    check(mt940_directory_builder_add(builder, MT940_KIND_COMPANY, &company, NULL) == MT940_OK);
    check(mt940_directory_builder_add(builder, MT940_KIND_BANK_ACCOUNT, &account, NULL) == MT940_OK);
    check(mt940_directory_builder_add(builder, MT940_KIND_CUSTOMER, &customer, NULL) == MT940_OK);
    check(mt940_directory_builder_add(builder, MT940_KIND_CUSTOMER_BANK, &bank, NULL) == MT940_OK);
    check(mt940_directory_build(builder, &directory, NULL) == MT940_OK);
    mt940_directory_builder_free(builder);
    check(mt940_slip_rules_builder_new(NULL, NULL, &codes, NULL) == MT940_OK);
    check(mt940_slip_rules_build(codes, &rules, NULL) == MT940_OK);
    mt940_slip_rules_builder_free(codes);
}

/* Books of one card: it is chosen exactly when its IBAN is the counterparty's or its labelled tax number stands there. */
static void compare_match(const struct mt940_facts *facts, struct mt940_match *match)
{
    struct mt940_match_input input = {.size = sizeof input, .facts = facts, .own_account = view("GAR"),
                                      .currency = view("TRY"), .sign = facts->sign};
    int expected = 0, unknown = 0;

    match->size = sizeof *match;
    check(mt940_match_scratch_new(NULL, &input.scratch) == MT940_OK);
    check(mt940_match_movement(directory, &input, match) == MT940_OK);
    mt940_match_scratch_free(input.scratch);
    for (uint32_t i = 0; i < facts->iban_count; i++) {
        int held = strcmp(facts->ibans[i].canonical, held_iban) == 0;

        if (facts->counter_iban >= 0 && facts->counter_iban != (int32_t)i)
            continue;
        expected |= held;
        unknown |= !held && facts->counter_iban < 0;
    }
    for (uint32_t i = 0; i < facts->tax_id_count; i++)
        expected |= facts->tax_ids[i].labelled && strcmp(facts->tax_ids[i].digits, "1112223339") == 0;
    check((match->decision == MT940_MATCH_AUTO) == (expected && !unknown));
    check(match->decision != MT940_MATCH_TRANSFER && match->decision != MT940_MATCH_CONFLICT);
    check(match->candidate_count <= 1);
}

static void check_slip(const struct mt940_facts *facts, const struct mt940_match *match)
{
    struct mt940_company company = {.code = view("1"), .local_currency = view("TRY")};
    struct mt940_bank_account account = {.code = view("GAR"), .iban = view(own_iban)};
    struct mt940_movement movement = {.value_date = {2026, 7, 15}, .amount = facts->sign < 0 ? -100 : 100,
                                      .currency = view("TRY"), .code = view("TRF"), .chosen_dbs = -1,
                                      .narrative = facts->text[MT940_FACT_NARRATIVE]};
    struct mt940_slip_input input = {.size = sizeof input, .movement = &movement, .company = &company,
                                     .account = &account, .customer = match->customer, .slot = match->slot};
    struct mt940_slip_proposal slip = {.size = sizeof slip};
    int64_t balance = 0;

    check(mt940_slip_propose(rules, &input, &slip) == MT940_OK);
    check(slip.message == (match->customer.length ? 0 : MT940_M_NEEDS_CUSTOMER));
    check(slip.line_count == 2);
    for (uint32_t i = 0; i < slip.line_count; i++)
        balance += slip.lines[i].side == MT940_ENTRY_SIDE_DEBIT ? slip.lines[i].amount : -slip.lines[i].amount;
    check(balance == 0);
    check(slip.slip.description.length <= movement.narrative.length);
}

/* The short way says the same of the counterparty. */
static void compare_counterparty(const struct mt940_facts *full, const struct mt940_facts *brief)
{
    check((full->counter_iban < 0) == (brief->counter_iban < 0));
    if (full->counter_iban >= 0)
        check(!strcmp(full->ibans[full->counter_iban].canonical, brief->ibans[brief->counter_iban].canonical));
    check((full->counter_tax_id < 0) == (brief->counter_tax_id < 0));
    if (full->counter_tax_id >= 0)
        check(!strcmp(full->tax_ids[full->counter_tax_id].digits, brief->tax_ids[brief->counter_tax_id].digits));
    check(mt940_view_equal(&full->name.text, &brief->name.text) == 1);
    check(mt940_view_equal(&full->bic.text, &brief->bic.text) == 1);
}

/* What is known need not be right, everything else of the counterparty is. */
static void compare_flags(struct mt940_facts_input *input, const struct mt940_facts *full)
{
    const uint32_t known = MT940_FACTS_IBAN_KNOWN | MT940_FACTS_BIC_KNOWN;
    struct mt940_facts brief = {.size = sizeof brief};

    for (uint32_t flags = 0; flags <= known; flags += MT940_FACTS_IBAN_KNOWN) {
        input->flags = MT940_FACTS_COUNTERPARTY | flags;
        check(mt940_facts_read(input, &brief) == MT940_OK);
        if (flags & MT940_FACTS_IBAN_KNOWN) {
            memcpy(brief.ibans, full->ibans, sizeof brief.ibans);
            brief.counter_iban = full->counter_iban;
        }
        if (flags & MT940_FACTS_BIC_KNOWN)
            brief.bic = full->bic;
        compare_counterparty(full, &brief);
    }
    input->flags = 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    uint8_t choice = size ? data[size - 1] : 0;
    struct mt940_facts_input input = {.size = sizeof input, .own_iban = view(own_iban), .sign = choice & 1 ? -1 : 1};
    struct mt940_facts facts = {.size = sizeof facts}, again = {.size = sizeof again};
    struct mt940_match match;

    if (!directory)
        make_books();
    if (choice & 2)
        input.own_bank = view("0062");
    input.narrative.data = (const char *)data;
    input.narrative.length = size;
    if (choice & 4) {
        input.customer_reference = input.narrative;
        input.customer_reference.length = size / 2;
        input.narrative.data += size / 2;
        input.narrative.length -= size / 2;
    }
    check(mt940_facts_read(&input, &facts) == MT940_OK && mt940_facts_read(&input, &again) == MT940_OK);
    check(memcmp(&facts, &again, sizeof facts) == 0);
    check_facts(&facts);
    compare_flags(&input, &facts);
    if (!(choice & 4))
        compare_kinds(&facts, &input.narrative);
    compare_match(&facts, &match);
    check_slip(&facts, &match);
    return 0;
}
