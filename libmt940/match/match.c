/* SPDX-License-Identifier: Apache-2.0
 *
 * match.c: decides whose money moved. Identifiers decide by rule: what every strong kind of
 * evidence agrees on is the answer, if that is one active card; weights rank the rest
 * (decisions 1-6, issue 7). Knows no text; evidence comes from evidence*.c.
 */
#include "match/match.h"

#include "base/export.h"
#include "base/failure.h"

/*
 * The customers that pieces of one kind agree on. Where they do not, each is possible: two tax
 * numbers in a text ask a question, they do not contradict each other.
 */
static uint64_t agreed_by_kind(const struct mt940_match_state *state, int32_t kind, bool strong)
{
    uint64_t all = 0, common = UINT64_MAX;
    bool seen = false;

    for (uint32_t i = 0; i < state->item_count; i++) {
        const struct mt940_match_item *item = &state->items[i];
        uint64_t customers = item->customers & ~state->rejected;

        if (item->evidence.kind != kind || (item->evidence.strong != 0) != strong || customers == 0)
            continue;
        seen = true;
        all |= customers;
        common &= customers;
    }
    if (!seen)
        return 0;
    return common ? common : all;
}

/* What the strong kinds say together. */
struct verdict {
    bool any;       /* there is strong evidence */
    uint64_t all;   /* customers of any of it */
    uint64_t agreed; /* customers of every kind of it; 0 = it is for different parties */
};

static struct verdict strong_verdict(const struct mt940_match_state *state)
{
    static const int32_t kinds[] = {MT940_EVIDENCE_RULE, MT940_EVIDENCE_IBAN, MT940_EVIDENCE_BANK_ACCOUNT,
                                    MT940_EVIDENCE_TAX_ID, MT940_EVIDENCE_INVOICE, MT940_EVIDENCE_MEMORY};
    struct verdict verdict = {false, 0, UINT64_MAX};

    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        uint64_t agreed = agreed_by_kind(state, kinds[i], true);

        if (agreed == 0)
            continue;
        verdict.any = true;
        verdict.all |= agreed;
        verdict.agreed &= agreed;
    }
    return verdict;
}

/* Active cards that nobody refused. */
static uint64_t active_customers(const struct mt940_match_state *state)
{
    uint64_t active = 0;

    for (uint32_t i = 0; i < state->working_count; i++)
        if (state->working[i].hit.active)
            active |= UINT64_C(1) << i;
    return active & ~state->rejected;
}

static uint64_t all_customers(const struct mt940_match_state *state)
{
    return state->working_count == MT940_MATCH_WORKING ? UINT64_MAX : (UINT64_C(1) << state->working_count) - 1;
}

/* Number of the only member, -1 for none or several. */
static int only_member(uint64_t set)
{
    int number = 0;

    if (set == 0 || (set & (set - 1)) != 0)
        return -1;
    while (!(set >> number & 1))
        number++;
    return number;
}

/* Cards whose side of the ledger money in this direction goes to (decision 6). */
static uint64_t fitting_direction(const struct mt940_match_state *state, uint64_t among)
{
    int32_t other = state->input->sign < 0 ? MT940_CUSTOMER_TYPE_BUYER : MT940_CUSTOMER_TYPE_SUPPLIER;
    uint64_t fitting = 0;

    for (uint32_t i = 0; i < state->working_count; i++)
        if ((among >> i & 1) && state->working[i].hit.type != other)
            fitting |= UINT64_C(1) << i;
    return state->input->sign == 0 ? 0 : fitting;
}

/* Says in the result that the direction chose between several cards. */
static void add_direction(struct mt940_match_state *state, int number)
{
    struct mt940_match_item *item = mt940_match_add_item(state, MT940_EVIDENCE_DIRECTION, MT940_WEIGHT_DIRECTION,
                                                         MT940_M_EVIDENCE_DIRECTION, false);

    if (item)
        mt940_match_add_hits(state, item, &state->working[number].hit, 1, 1);
}

static int32_t decide_strong(struct mt940_match_state *state, const struct verdict *verdict, int *chosen)
{
    uint64_t active = verdict->agreed & active_customers(state);
    int only = only_member(active);

    if (verdict->agreed == 0)
        return MT940_MATCH_CONFLICT;
    if (active == 0) {
        state->out->veto |= MT940_VETO_INACTIVE;
        return MT940_MATCH_SUGGEST;
    }
    if (state->crowded)
        return MT940_MATCH_ASK;
    if (only < 0) {
        only = only_member(fitting_direction(state, active));
        if (only < 0)
            return MT940_MATCH_ASK;
        add_direction(state, only);
    }
    if (state->out->veto & MT940_VETO_SECOND_IBAN)
        return MT940_MATCH_SUGGEST;
    *chosen = only;
    return MT940_MATCH_AUTO;
}

/* The unique active customer whose name leaves no other, with nobody else spoken for; else -1. */
static int sole_name(const struct mt940_match_state *state)
{
    uint64_t others = 0;
    int only = -1;

    for (uint32_t i = 0; i < state->item_count; i++) {
        const struct mt940_match_item *item = &state->items[i];

        uint64_t customers = item->customers & ~state->rejected;

        if (item->certain && customers)
            only = only == -1 ? only_member(customers) : -2;
        else if (item->evidence.kind != MT940_EVIDENCE_FUZZY_NAME)
            others |= customers;
    }
    if (only < 0 || !state->working[only].hit.active || (others & ~(UINT64_C(1) << only)) != 0)
        return -1;
    return only;
}

/*
 * A name that leaves no other customer, where the books' identifiers lead to somebody whose name
 * does not stand there at all: that is what a changed or forged IBAN looks like (trap 9).
 */
static bool name_contradicts(const struct mt940_match_state *state, uint64_t agreed, uint64_t *named)
{
    uint64_t any = 0;

    *named = 0;
    for (uint32_t i = 0; i < state->item_count; i++) {
        const struct mt940_match_item *item = &state->items[i];

        if (item->evidence.kind != MT940_EVIDENCE_NAME && item->evidence.kind != MT940_EVIDENCE_FUZZY_NAME)
            continue;
        any |= item->customers;
        if (item->certain && item->evidence.weight >= MT940_WEIGHT_NAME_CONTRADICTS)
            *named |= item->customers & ~state->rejected;
    }
    return *named != 0 && (any & agreed) == 0;
}

/* Active customers whose score comes near that of the best of them. */
static uint64_t near_best(const struct mt940_match_state *state, uint64_t active)
{
    int32_t best = INT32_MIN;
    uint64_t near = 0;

    for (uint32_t i = 0; i < state->working_count; i++)
        if ((active >> i & 1) && state->working[i].score > best)
            best = state->working[i].score;
    for (uint32_t i = 0; i < state->working_count; i++)
        if ((active >> i & 1) && best - state->working[i].score < MT940_WEIGHT_MARGIN)
            near |= UINT64_C(1) << i;
    return near;
}

/* Without strong evidence: at most a suggestion, unless the host trusts names (decision 5). */
static int32_t decide_weak(struct mt940_match_state *state, int *chosen)
{
    uint64_t active = active_customers(state), near = near_best(state, active);
    int only;

    if ((all_customers(state) & ~state->rejected) == 0)
        return MT940_MATCH_NONE;
    if (active == 0) {
        state->out->veto |= MT940_VETO_INACTIVE | MT940_VETO_WEAK;
        return MT940_MATCH_SUGGEST;
    }
    only = state->input->flags & MT940_MATCH_NAME_AUTO ? sole_name(state) : -1;
    if (only >= 0 && !(state->out->veto & MT940_VETO_SECOND_IBAN)) {
        *chosen = only;
        return MT940_MATCH_AUTO;
    }
    state->out->veto |= MT940_VETO_WEAK;
    if (only_member(near) >= 0)
        return MT940_MATCH_SUGGEST;
    only = only_member(fitting_direction(state, near));
    if (only < 0)
        return MT940_MATCH_ASK;
    add_direction(state, only);
    return MT940_MATCH_SUGGEST;
}

/*
 * Only an own account of the company on the other side, and no foreign IBAN: a transfer between
 * own accounts (decision 1), unless something strong names a customer all the same.
 */
static int32_t decide_transfer(struct mt940_match_state *state, const struct verdict *verdict)
{
    if (verdict->any)
        return MT940_MATCH_CONFLICT;
    if (state->transfer_undecided)
        return MT940_MATCH_ASK;
    state->out->own_account = state->transfer->code;
    return MT940_MATCH_TRANSFER;
}

static bool is_rule_only(const struct mt940_match_state *state, const struct verdict *verdict)
{
    uint64_t rule = agreed_by_kind(state, MT940_EVIDENCE_RULE, true);

    return rule != 0 && verdict->all == rule && verdict->agreed == rule;
}

static int32_t decide(struct mt940_match_state *state, const struct verdict *verdict, int *chosen)
{
    if (state->transfer && !state->foreign_iban && !is_rule_only(state, verdict))
        return decide_transfer(state, verdict);
    return verdict->any ? decide_strong(state, verdict, chosen) : decide_weak(state, chosen);
}

static void collect(struct mt940_match_state *state)
{
    mt940_match_collect_chosen(state);
    mt940_match_collect_ibans(state);
    mt940_match_collect_accounts(state);
    mt940_match_collect_tax_ids(state);
    mt940_match_collect_lessons(state);
    mt940_match_collect_codes(state);
    mt940_match_collect_names(state);
    mt940_match_collect_invoices(state);
    mt940_match_collect_open(state);
    state->rejected = mt940_match_rejected(state);
    if (state->rejected)
        state->out->veto |= MT940_VETO_REJECTED;
}

/*
 * A user's choice stays; evidence for somebody else is only pointed out (R36). The customer is
 * the first of the working set, since the choice is collected first.
 */
static void keep_choice(struct mt940_match_state *state, const struct verdict *verdict)
{
    struct mt940_match *out = state->out;

    out->decision = MT940_MATCH_AUTO;
    out->choice = MT940_CHOICE_USER;
    out->customer = state->input->chosen_customer;
    out->slot = state->input->chosen_slot ? state->input->chosen_slot : mt940_match_slot(state, 0);
    out->own_account.length = 0;
    out->veto &= MT940_VETO_COLLECTOR;
    if (verdict->any && !(verdict->agreed & 1))
        out->veto |= MT940_VETO_CONTRADICTION;
}

/* Customers that a name or a code leads to, and whose legal form does not contradict. */
static uint64_t named_customers(const struct mt940_match_state *state)
{
    uint64_t named = 0;

    for (uint32_t i = 0; i < state->item_count; i++) {
        int32_t kind = state->items[i].evidence.kind;

        if (kind == MT940_EVIDENCE_NAME || kind == MT940_EVIDENCE_FUZZY_NAME || kind == MT940_EVIDENCE_CUSTOMER_CODE)
            named |= state->items[i].customers;
    }
    for (uint32_t i = 0; i < state->working_count; i++)
        if (state->working[i].veto & MT940_VETO_LEGAL_FORM)
            named &= ~(UINT64_C(1) << i);
    return named;
}

/*
 * A number without a label may be anything that passes the check of a tax number by chance; beside the name of the
 * customer whose it is, it is no chance: two independent reasons (matching.md §3.1).
 */
static void confirm_tax_ids(struct mt940_match_state *state)
{
    const uint64_t named = named_customers(state);

    for (uint32_t i = 0; i < state->item_count; i++) {
        struct mt940_match_item *item = &state->items[i];

        if (item->evidence.kind == MT940_EVIDENCE_TAX_ID && item->customers & named &&
            item->evidence.shared <= MT940_MATCH_CANDIDATES)
            item->evidence.strong = 1;
    }
}

/* What identifiers say, unless a name says otherwise; a rule of the host stands above names. */
static struct verdict whole_verdict(const struct mt940_match_state *state)
{
    struct verdict verdict = strong_verdict(state);
    uint64_t named;

    if (verdict.any && verdict.agreed != 0 && !agreed_by_kind(state, MT940_EVIDENCE_RULE, true) &&
        name_contradicts(state, verdict.agreed, &named)) {
        verdict.all |= named;
        verdict.agreed = 0;
    }
    return verdict;
}

static void settle(struct mt940_match_state *state)
{
    struct mt940_match *out = state->out;
    uint64_t contradicted = 0;
    struct verdict verdict;
    int chosen = -1;

    confirm_tax_ids(state);
    verdict = whole_verdict(state);
    mt940_match_share(state);
    mt940_match_score(state);
    out->decision = decide(state, &verdict, &chosen);
    if (out->decision == MT940_MATCH_CONFLICT) {
        out->veto |= MT940_VETO_CONTRADICTION;
        contradicted = verdict.all;
    }
    /* Once more: the direction may have spoken. */
    mt940_match_score(state);
    mt940_match_fill(state, all_customers(state) & ~active_customers(state), contradicted);
    if (state->input->chosen_customer.length > 0) {
        keep_choice(state, &verdict);
    } else if (chosen >= 0) {
        out->choice = MT940_CHOICE_AUTOMATIC;
        out->customer = state->working[chosen].hit.customer;
        out->slot = mt940_match_slot(state, (uint32_t)chosen);
    }
}

MT940_EXPORT int mt940_match_scratch_new(const struct mt940_allocator *allocator, struct mt940_match_scratch **out)
{
    struct mt940_match_scratch *scratch;
    struct mt940_allocator memory;

    if (!out || mt940_memory_init(&memory, allocator) != MT940_OK)
        return MT940_E_ARGUMENT;
    scratch = mt940_memory_alloc(&memory, sizeof(*scratch));
    if (!scratch)
        return MT940_E_MEMORY;
    memset(scratch, 0, sizeof(*scratch));
    scratch->memory = memory;
    *out = scratch;
    return MT940_OK;
}

MT940_EXPORT void mt940_match_scratch_free(struct mt940_match_scratch *scratch)
{
    struct mt940_allocator memory;

    if (!scratch)
        return;
    memory = scratch->memory;
    mt940_memory_free(&memory, scratch, sizeof(*scratch));
}

MT940_EXPORT int mt940_match_movement(const struct mt940_directory *directory, const struct mt940_match_input *input,
                                      struct mt940_match *out)
{
    struct mt940_match_state state;

    if (!directory || !input || !out || out->size < sizeof(*out) ||
        mt940_check_size(input, input->size, sizeof(*input), sizeof(*input)) != MT940_OK || !input->facts ||
        input->facts->size < sizeof(*input->facts) || (input->payment_count > 0 && !input->payments) ||
        (input->lesson_count > 0 && !input->lessons) || (input->open_count > 0 && !input->open_rows) ||
        (input->flags & ~(uint32_t)MT940_MATCH_NAME_AUTO))
        return MT940_E_ARGUMENT;
    memset(out, 0, sizeof(*out));
    out->size = sizeof(*out);
    memset(&state, 0, sizeof(state));
    state.directory = directory;
    state.input = input;
    state.facts = input->facts;
    state.out = out;
    collect(&state);
    settle(&state);
    return MT940_OK;
}
