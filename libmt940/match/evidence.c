/* SPDX-License-Identifier: Apache-2.0
 *
 * evidence.c: evidence by identifiers: what a user or a rule named, IBANs, bank accounts, tax
 * numbers (matching.md §3.1, decisions 1-4). Collects; decides nothing.
 */
#include "match/match.h"

#include "match/directory_account.h"
#include "match/directory_arrays.h"
#include "match/directory_find.h"
#include "match/directory_key.h"
#include "match/directory_layer.h"
#include "match/facts_iban.h"

/* Records of one identifier that are looked at; more than the working set holds decide nothing. */
#define HITS MT940_MATCH_WORKING

/* One customer named from outside; one the directory does not know is named all the same. */
static void collect_named(struct mt940_match_state *state, struct mt940_view code, int64_t slot, int32_t kind,
                          struct mt940_view value)
{
    bool user = kind == MT940_EVIDENCE_USER;
    struct mt940_directory_hit hit = {.customer = code, .slot = slot, .active = 1};
    int64_t number = mt940_directory_customer_number(state->directory, &code);
    struct mt940_match_item *item;

    if (code.length == 0 || (number < 0 && !user))
        return;
    if (number >= 0) {
        mt940_directory_fill_hit(state->directory, (uint32_t)number, &hit);
        hit.slot = slot;
    }
    item = mt940_match_add_item(state, kind, user ? MT940_WEIGHT_USER : MT940_WEIGHT_RULE,
                                user ? MT940_M_EVIDENCE_USER : MT940_M_EVIDENCE_RULE, true);
    if (!item)
        return;
    item->evidence.value = value;
    mt940_match_add_hits(state, item, &hit, 1, 1);
}

void mt940_match_collect_chosen(struct mt940_match_state *state)
{
    const struct mt940_match_input *input = state->input;

    collect_named(state, input->chosen_customer, input->chosen_slot, MT940_EVIDENCE_USER, input->chosen_customer);
    collect_named(state, input->rule_customer, 0, MT940_EVIDENCE_RULE, input->rule_code);
}

/* Takes collectors out: what goes through them says nothing about who pays (one marked record is enough). */
static size_t without_collectors(struct mt940_match_state *state, const struct mt940_directory_hit *hits, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (hits[i].collector) {
            state->out->veto |= MT940_VETO_COLLECTOR;
            return 0;
        }
    return count;
}

/*
 * Adds a piece of evidence for customers found through bank records. Returns false when the
 * books do not hold it; an identifier of a collector is held, but no evidence.
 */
static bool add_bank_hits(struct mt940_match_state *state, int32_t kind, const struct mt940_fact *where,
                          struct mt940_view value, const struct mt940_directory_hit *hits, size_t total)
{
    size_t count = total < HITS ? total : HITS;
    struct mt940_match_item *item;
    bool iban = kind == MT940_EVIDENCE_IBAN;

    if (total == 0)
        return false;
    if (without_collectors(state, hits, count) == 0)
        return true;
    item = mt940_match_add_item(state, kind, iban ? MT940_WEIGHT_IBAN : MT940_WEIGHT_BANK_ACCOUNT,
                                iban ? MT940_M_EVIDENCE_IBAN : MT940_M_EVIDENCE_BANK_ACCOUNT, true);
    if (item) {
        mt940_match_place(item, where, value);
        mt940_match_add_hits(state, item, hits, count, total);
    }
    return true;
}

/* An IBAN that no record holds may still be of a record kept by bank and account number. */
static bool add_iban_as_account(struct mt940_match_state *state, const struct mt940_fact_iban *iban,
                                struct mt940_view canonical)
{
    struct mt940_directory_hit hits[HITS];
    struct mt940_view number = mt940_view_slice(canonical, 10, 16);
    int32_t bank = mt940_directory_bank_of_iban(&canonical);
    size_t total = mt940_directory_by_account(state->directory, bank, -1, &number, hits, HITS);

    return add_bank_hits(state, MT940_EVIDENCE_BANK_ACCOUNT, &iban->where, canonical, hits, total);
}

static bool add_iban(struct mt940_match_state *state, const struct mt940_fact_iban *iban)
{
    struct mt940_directory_hit hits[HITS];
    struct mt940_view canonical = mt940_view_of(iban->canonical, strlen(iban->canonical));
    size_t total = mt940_directory_by_iban(state->directory, &canonical, hits, HITS);

    if (total > 0)
        return add_bank_hits(state, MT940_EVIDENCE_IBAN, &iban->where, canonical, hits, total);
    return add_iban_as_account(state, iban, canonical);
}

/* Remembers an own account on the other side; two different ones leave it open. */
static void see_transfer(struct mt940_match_state *state, const struct mt940_bank_account *account)
{
    if (state->transfer && state->transfer != account)
        state->transfer_undecided = true;
    state->transfer = account;
}

/* The own account this IBAN is of; the statement's own one counts as none. */
static bool is_own(struct mt940_match_state *state, const struct mt940_fact_iban *iban)
{
    struct mt940_view canonical = mt940_view_of(iban->canonical, strlen(iban->canonical));
    const struct mt940_bank_account *own = mt940_directory_own_iban(state->directory, &canonical);

    if (!own)
        return false;
    if (!mt940_view_equal(&own->code, &state->input->own_account)) {
        see_transfer(state, own);
        state->out->own_iban = canonical;
    }
    return true;
}

/*
 * Own IBANs are never evidence for a customer; among the foreign ones the words beside them
 * choose (turkish-banking §1.5). Where they do not, all count, and one that the books do not
 * hold keeps the choice from being automatic.
 */
void mt940_match_collect_ibans(struct mt940_match_state *state)
{
    const struct mt940_facts *facts = state->facts;
    uint32_t foreign = 0, unknown = 0, count = 0;
    int32_t chosen;

    for (uint32_t i = 0; i < facts->iban_count; i++)
        if (!is_own(state, &facts->ibans[i])) {
            foreign |= UINT32_C(1) << i;
            count++;
        }
    state->foreign_iban = foreign != 0;
    chosen = mt940_facts_choose_iban(facts, foreign);
    if (chosen >= 0)
        foreign = UINT32_C(1) << chosen;
    for (uint32_t i = 0; i < facts->iban_count; i++)
        if ((foreign >> i & 1) && !add_iban(state, &facts->ibans[i]))
            unknown |= UINT32_C(1) << i;
    if (chosen < 0 && count > 1 && unknown != 0)
        state->out->veto |= MT940_VETO_SECOND_IBAN;
    /* What stands in a reference only is unproven and never offered for storing (decision 2). */
    if (chosen >= 0 && unknown != 0 && facts->ibans[chosen].where.field != MT940_FACT_CUSTOMER_REFERENCE)
        state->out->new_iban = mt940_view_of(facts->ibans[chosen].canonical, strlen(facts->ibans[chosen].canonical));
}

/* An own account named by bank, branch and number. */
static bool is_own_account(struct mt940_match_state *state, const struct mt940_fact_account *account)
{
    const struct mt940_bank_account *own =
        mt940_directory_own_number(state->directory, account->bank, account->branch, &account->number);

    if (!own)
        return false;
    if (!mt940_view_equal(&own->code, &state->input->own_account))
        see_transfer(state, own);
    return true;
}

void mt940_match_collect_accounts(struct mt940_match_state *state)
{
    for (uint32_t i = 0; i < state->facts->account_count; i++) {
        const struct mt940_fact_account *account = &state->facts->accounts[i];
        struct mt940_directory_hit hits[HITS];
        size_t total;

        if (account->number.length == 0 || is_own_account(state, account))
            continue;
        total = mt940_directory_by_account(state->directory, account->bank, account->branch, &account->number, hits,
                                           HITS);
        (void)add_bank_hits(state, MT940_EVIDENCE_BANK_ACCOUNT, &account->where, account->number, hits, total);
    }
}

static void add_tax_id(struct mt940_match_state *state, const struct mt940_fact_tax_id *tax_id)
{
    struct mt940_directory_hit hits[HITS];
    struct mt940_view digits = mt940_view_of(tax_id->digits, strlen(tax_id->digits));
    /* Without a label it decides nothing: as many as are shown leave room for what does. */
    size_t most = tax_id->labelled ? HITS : MT940_MATCH_CANDIDATES, total;
    struct mt940_match_item *item;

    if (mt940_view_equal(&digits, &state->directory->company.tax_id))
        return;
    total = mt940_directory_by_tax_id(state->directory, &digits, hits, most);
    if (total == 0)
        return;
    item = mt940_match_add_item(state, MT940_EVIDENCE_TAX_ID,
                                tax_id->labelled ? MT940_WEIGHT_TAX_ID : MT940_WEIGHT_BARE_TAX_ID,
                                MT940_M_EVIDENCE_TAX_ID, tax_id->labelled != 0);
    if (!item)
        return;
    mt940_match_place(item, &tax_id->where, digits);
    mt940_match_add_hits(state, item, hits, total < most ? total : most, total);
}

/* A number without a label is a candidate only: one of ten such numbers passes the check. Those with one come first. */
void mt940_match_collect_tax_ids(struct mt940_match_state *state)
{
    const struct mt940_facts *facts = state->facts;

    for (int labelled = 1; labelled >= 0; labelled--)
        for (uint32_t i = 0; i < facts->tax_id_count; i++)
            if ((facts->tax_ids[i].labelled != 0) == (labelled != 0))
                add_tax_id(state, &facts->tax_ids[i]);
}
