/* SPDX-License-Identifier: Apache-2.0
 *
 * candidate.c: the working set of customers: adding evidence, scoring, and the ranking that the
 * caller gets. Must not decide anything.
 */
#include "match/match.h"

#include "match/directory_account.h"

/* Pieces of evidence that names and codes leave for invoice numbers, which weigh more. */
#define ITEMS_LEFT 28

/* 10 * log10 of 1..9 in hundredths, rounded. */
static const int32_t logs[] = {0, 0, 301, 477, 602, 699, 778, 845, 903, 954};

int32_t mt940_match_log(uint32_t count)
{
    int32_t whole = 0;

    for (; count >= 10; count /= 10)
        whole += 1000;
    return whole + logs[count];
}

struct mt940_match_item *mt940_match_add_item(struct mt940_match_state *state, int32_t kind, int32_t weight,
                                              int32_t message, bool strong)
{
    struct mt940_match_item *item;

    if (state->item_count == MT940_MATCH_ITEMS)
        return NULL;
    item = &state->items[state->item_count++];
    memset(item, 0, sizeof(*item));
    item->evidence.kind = kind;
    item->evidence.weight = weight;
    item->evidence.message = message;
    item->evidence.strong = strong;
    return item;
}

bool mt940_match_has_room(const struct mt940_match_state *state)
{
    return state->item_count + ITEMS_LEFT < MT940_MATCH_ITEMS;
}

bool mt940_match_may_add(const struct mt940_match_state *state, int32_t kind, struct mt940_view value)
{
    if (!mt940_match_has_room(state))
        return false;
    for (uint32_t i = 0; i < state->item_count; i++)
        if (state->items[i].evidence.kind == kind && mt940_view_is_nocase(state->items[i].evidence.value, value))
            return false;
    return true;
}

void mt940_match_place(struct mt940_match_item *item, const struct mt940_fact *where, struct mt940_view value)
{
    item->evidence.field = where->field;
    item->evidence.offset = where->offset;
    item->evidence.length = (uint32_t)where->text.length;
    item->evidence.value = value;
}

/* Number in the working set, added when new; -1 when there is no room. */
static int find_working(struct mt940_match_state *state, const struct mt940_directory_hit *hit)
{
    struct mt940_match_working *working;

    for (uint32_t i = 0; i < state->working_count; i++)
        if (mt940_view_equal(&state->working[i].hit.customer, &hit->customer))
            return (int)i;
    if (state->working_count == MT940_MATCH_WORKING) {
        state->left_out++;
        return -1;
    }
    working = &state->working[state->working_count++];
    memset(working, 0, sizeof(*working));
    working->hit = *hit;
    working->hit.slot = 0;
    return (int)state->working_count - 1;
}

/* Whether a bank record is in the movement's currency; records without one are in the company's. */
static bool currency_fits(const struct mt940_match_state *state, const struct mt940_view *customer, int64_t slot,
                          struct mt940_view *branch)
{
    struct mt940_customer_bank bank;
    struct mt940_view currency;

    branch->length = 0;
    if (mt940_directory_customer_bank(state->directory, customer, slot, &bank) != MT940_OK)
        return false;
    *branch = bank.branch;
    currency = mt940_directory_currency(state->directory, &bank.currency);
    return state->input->currency.length == 0 || currency.length == 0 ||
           mt940_view_equal(&currency, &state->input->currency);
}

/* Of two records of a card with the same identifier: the one in the right currency, else the first. */
static int64_t better_slot(const struct mt940_match_state *state, const struct mt940_view *customer, int64_t a,
                           int64_t b)
{
    struct mt940_view branch;
    bool a_fits, b_fits;

    if (a == 0 || b == 0 || a == b)
        return a ? a : b;
    a_fits = currency_fits(state, customer, a, &branch);
    b_fits = currency_fits(state, customer, b, &branch);
    if (a_fits != b_fits)
        return a_fits ? a : b;
    return a < b ? a : b;
}

static void link_item(struct mt940_match_state *state, struct mt940_match_working *working, uint32_t item, int64_t slot)
{
    for (uint32_t i = 0; i < working->item_count; i++)
        if (working->items[i] == item) {
            working->slots[i] = better_slot(state, &working->hit.customer, working->slots[i], slot);
            return;
        }
    if (working->item_count == MT940_MATCH_EVIDENCE)
        return;
    working->items[working->item_count] = (uint8_t)item;
    working->slots[working->item_count++] = slot;
}

void mt940_match_add_hits(struct mt940_match_state *state, struct mt940_match_item *item,
                          const struct mt940_directory_hit *hits, size_t count, size_t total)
{
    uint32_t number = (uint32_t)(item - state->items), customers = 0;

    /* What so many share decides nothing: a few are shown, and the room is left to what names fewer. */
    if (total > count) {
        item->evidence.strong = 0;
        state->left_out += (uint32_t)(count < MT940_MATCH_CANDIDATES ? 0 : count - MT940_MATCH_CANDIDATES);
        count = count < MT940_MATCH_CANDIDATES ? count : MT940_MATCH_CANDIDATES;
    }
    for (size_t i = 0; i < count; i++) {
        int at = find_working(state, &hits[i]);

        state->crowded = state->crowded || (at < 0 && item->evidence.strong);
        if (at < 0)
            continue;
        if (!(item->customers >> at & 1))
            customers++;
        item->customers |= UINT64_C(1) << at;
        link_item(state, &state->working[at], number, hits[i].slot);
    }
    item->evidence.shared = total > count ? (uint32_t)(total < UINT32_MAX ? total : UINT32_MAX) : customers;
}

void mt940_match_share(struct mt940_match_state *state)
{
    for (uint32_t i = 0; i < state->item_count; i++) {
        struct mt940_evidence *evidence = &state->items[i].evidence;

        /* What everybody shares says nothing; it never speaks against anybody. */
        if (evidence->shared > 1) {
            int32_t less = mt940_match_log(evidence->shared);

            evidence->weight -= evidence->weight < less ? evidence->weight : less;
        }
    }
}

void mt940_match_score(struct mt940_match_state *state)
{
    for (uint32_t i = 0; i < state->working_count; i++) {
        struct mt940_match_working *working = &state->working[i];

        working->score = 0;
        for (uint32_t k = 0; k < working->item_count; k++) {
            working->score += state->items[working->items[k]].evidence.weight;
            if (working->hit.slot == 0)
                working->hit.slot = working->slots[k];
        }
    }
}

static bool comes_before(const struct mt940_match_working *a, const struct mt940_match_working *b)
{
    size_t common;
    int order;

    if (a->score != b->score)
        return a->score > b->score;
    common = a->hit.customer.length < b->hit.customer.length ? a->hit.customer.length : b->hit.customer.length;
    order = memcmp(a->hit.customer.data, b->hit.customer.data, common);
    return order != 0 ? order < 0 : a->hit.customer.length < b->hit.customer.length;
}

/*
 * A record in another currency gives way to one of the same branch in the movement's (R50): its
 * account is the one the money can have come from.
 */
int64_t mt940_match_slot(const struct mt940_match_state *state, uint32_t number)
{
    const struct mt940_view *customer = &state->working[number].hit.customer;
    int64_t slot = state->working[number].hit.slot;
    struct mt940_customer_bank banks[16];
    struct mt940_view branch, ignored;
    size_t count;

    if (slot == 0 || currency_fits(state, customer, slot, &branch) || branch.length == 0)
        return slot;
    count = mt940_directory_customer_banks(state->directory, customer, banks, sizeof(banks) / sizeof(banks[0]));
    for (size_t i = 0; i < count && i < sizeof(banks) / sizeof(banks[0]); i++)
        if (mt940_view_equal(&banks[i].branch, &branch) && currency_fits(state, customer, banks[i].slot, &ignored))
            return banks[i].slot;
    return slot;
}

static void fill_candidate(struct mt940_match_state *state, uint32_t at, struct mt940_match_candidate *out)
{
    const struct mt940_match_working *working = &state->working[at];
    struct mt940_customer customer;

    out->customer = working->hit.customer;
    if (mt940_directory_customer(state->directory, &out->customer, &customer) == MT940_OK)
        out->name = customer.name;
    out->slot = mt940_match_slot(state, at);
    out->score = working->score;
    out->evidence_count = working->item_count;
    for (uint32_t i = 0; i < working->item_count; i++) {
        out->evidence[i] = state->items[working->items[i]].evidence;
        out->evidence[i].slot = working->slots[i];
    }
}

void mt940_match_fill(struct mt940_match_state *state, uint64_t veto_inactive, uint64_t veto_contradiction)
{
    struct mt940_match *out = state->out;
    uint64_t done = state->rejected;
    uint32_t left = state->working_count;

    for (uint32_t i = 0; i < state->working_count; i++)
        left -= state->rejected >> i & 1;
    out->candidate_total = left + state->left_out;
    for (; out->candidate_count < MT940_MATCH_CANDIDATES && left > 0; left--) {
        struct mt940_match_candidate *candidate = &out->candidates[out->candidate_count];
        uint32_t best = MT940_MATCH_WORKING;

        for (uint32_t i = 0; i < state->working_count; i++)
            if (!(done >> i & 1) &&
                (best == MT940_MATCH_WORKING || comes_before(&state->working[i], &state->working[best])))
                best = i;
        done |= UINT64_C(1) << best;
        fill_candidate(state, best, candidate);
        candidate->veto |= state->working[best].veto;
        if (veto_inactive >> best & 1)
            candidate->veto |= MT940_VETO_INACTIVE;
        if (veto_contradiction >> best & 1)
            candidate->veto |= MT940_VETO_CONTRADICTION;
        out->candidate_count++;
    }
}
