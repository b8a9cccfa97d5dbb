/* SPDX-License-Identifier: Apache-2.0
 *
 * evidence_names.c: evidence by names, word for word and alike (matching.md §3.1, evidence 7 and
 * 8). Turns what name_find.c found into pieces of evidence; decides nothing.
 */
#include "match/directory_arrays.h"
#include "match/directory_find.h"
#include "match/match.h"
#include "match/name_query.h"
#include "mt940connect/fold.h"

/* Hundredths of a decibel in a bit, whose unit is 8 * 256: 10 * log10(2) = 3.01. */
static int32_t weight_of(int32_t score, int32_t most)
{
    int64_t weight = (int64_t)score * 301 / (8 * 256);

    return weight > most ? most : (int32_t)weight;
}

/* How far the letters as written speak against equal skeletons (docs/fold.md). */
static int32_t letter_weight(struct mt940_view a, struct mt940_view b)
{
    int relation = mt940_fold_relate(a.data, a.length, b.data, b.length);

    return relation == MT940_FOLD_CONFLICT_LETTER ? MT940_WEIGHT_NAME_LETTER
           : relation == MT940_FOLD_CONFLICT_I    ? MT940_WEIGHT_NAME_I
                                                  : 0;
}

/* Worth showing: most of the name is there, and it says more than that some customer has such words. */
static bool is_worth(const struct mt940_match_state *state, const struct mt940_name_finding *finding,
                     const struct mt940_name_hit *hit)
{
    int32_t all = (int32_t)mt940_name_bits_of_one(&state->directory->names) * 256;

    if (hit->flags & MT940_HIT_EXACT)
        return true;
    return hit->score >= all / 2 && (int64_t)hit->score * 100 >= (int64_t)hit->whole * 53 &&
           (int64_t)finding->hits[0].score - hit->score <= 4 * 8 * 256;
}

static void note_vetoes(struct mt940_match_state *state, const struct mt940_directory_hit *hit, uint32_t flags)
{
    for (uint32_t i = 0; i < state->working_count; i++) {
        if (!mt940_view_equal(&state->working[i].hit.customer, &hit->customer))
            continue;
        if (flags & MT940_HIT_LEGAL)
            state->working[i].veto |= MT940_VETO_LEGAL_FORM;
        if (!(flags & MT940_HIT_EXACT) && flags & (MT940_HIT_EXTRA | MT940_HIT_MISSING | MT940_HIT_EDITED))
            state->working[i].veto |= MT940_VETO_COVERAGE;
    }
}

static void add_hit(struct mt940_match_state *state, const struct mt940_name_hit *found, int32_t field, bool certain)
{
    bool exact = found->flags & MT940_HIT_EXACT;
    struct mt940_fact where = {mt940_view_slice(state->facts->text[field], found->offset, found->length), field,
                               found->offset};
    struct mt940_directory_hit hit;
    struct mt940_customer customer;
    struct mt940_match_item *item;
    int32_t weight;

    mt940_directory_fill_hit(state->directory, found->customer, &hit);
    if (mt940_directory_customer(state->directory, &hit.customer, &customer) != MT940_OK ||
        !mt940_match_has_room(state))
        return;
    weight = weight_of(found->score, exact ? MT940_WEIGHT_NAME_MOST : MT940_WEIGHT_FUZZY_NAME_MOST) +
             letter_weight(where.text, customer.name);
    item = mt940_match_add_item(state, exact ? MT940_EVIDENCE_NAME : MT940_EVIDENCE_FUZZY_NAME, weight,
                                exact ? MT940_M_EVIDENCE_NAME : MT940_M_EVIDENCE_FUZZY_NAME, false);
    if (!item)
        return;
    mt940_match_place(item, &where, customer.name);
    item->certain = certain;
    mt940_match_add_hits(state, item, &hit, 1, found->shared);
    note_vetoes(state, &hit, found->flags);
}

/* Whether a card has a piece of this kind already: a name twice in a text counts once. */
static bool is_said(const struct mt940_match_state *state, uint32_t customer)
{
    struct mt940_directory_hit hit;

    mt940_directory_fill_hit(state->directory, customer, &hit);
    for (uint32_t i = 0; i < state->working_count; i++)
        for (uint32_t k = 0; k < state->working[i].item_count; k++) {
            int32_t kind = state->items[state->working[i].items[k]].evidence.kind;

            if ((kind == MT940_EVIDENCE_NAME || kind == MT940_EVIDENCE_FUZZY_NAME) &&
                mt940_view_equal(&state->working[i].hit.customer, &hit.customer))
                return true;
        }
    return false;
}

/* How many of the first hits are cards of one firm (decision 6): one name and one tax number; 1 where they are not. */
static uint32_t cards_of_firm(const struct mt940_match_state *state, const struct mt940_name_finding *finding)
{
    const uint32_t count = finding->hits[0].shared;
    struct mt940_directory_hit hit;
    struct mt940_customer first, other;

    for (uint32_t i = 0; i < count; i++) {
        if (i == finding->hit_count || finding->hits[i].score != finding->hits[0].score)
            return 1;
        mt940_directory_fill_hit(state->directory, finding->hits[i].customer, &hit);
        if (mt940_directory_customer(state->directory, &hit.customer, i == 0 ? &first : &other) != MT940_OK ||
            first.tax_id.length == 0 || (i > 0 && !mt940_view_equal(&first.tax_id, &other.tax_id)))
            return 1;
    }
    return count;
}

/* Of how many of the first hits the name leaves no other customer, or no other firm; 0 = it may be somebody else's. */
static uint32_t certain_hits(const struct mt940_match_state *state, struct mt940_name_finding *finding)
{
    const uint32_t cards = cards_of_firm(state, finding), shared = finding->hits[0].shared;
    bool certain;

    if (cards > 1)
        finding->hits[0].shared = 1;
    certain = mt940_name_is_certain(&state->directory->names, finding);
    finding->hits[0].shared = shared;
    return certain ? cards : 0;
}

/* Reads one text; returns whether it named anybody. */
static bool read_names(struct mt940_match_state *state, struct mt940_name_finding *finding, struct mt940_view text,
                       int32_t field, bool is_name)
{
    const struct mt940_name_index *names = &state->directory->names;
    uint32_t start, certain;
    bool named = false;

    if (text.length == 0 || mt940_name_find(names, &text, !is_name, finding) == 0)
        return false;
    start = (uint32_t)(text.data - state->facts->text[field].data);
    certain = certain_hits(state, finding);
    for (uint32_t i = 0; i < finding->hit_count; i++) {
        if (!is_worth(state, finding, &finding->hits[i]))
            continue;
        named = true;
        if (is_said(state, finding->hits[i].customer))
            continue;
        finding->hits[i].offset += start;
        add_hit(state, &finding->hits[i], field, i < certain);
    }
    return named;
}

/* Own title is no evidence (decision 4). A field that is a name speaks instead of the whole narrative. */
void mt940_match_collect_names(struct mt940_match_state *state)
{
    const struct mt940_fact *name = &state->facts->name;
    struct mt940_name_word own[MT940_NAME_WORDS];
    struct mt940_name_finding finding;

    finding.search = state->input->scratch ? &state->input->scratch->names : NULL;
    finding.own = own;
    finding.own_count = mt940_name_words_of_text(&state->directory->company.title, own);
    if (name->field != MT940_FACT_NOWHERE && read_names(state, &finding, name->text, name->field, true))
        return;
    (void)read_names(state, &finding, state->facts->text[MT940_FACT_NARRATIVE], MT940_FACT_NARRATIVE, false);
    (void)read_names(state, &finding, state->facts->text[MT940_FACT_SUPPLEMENTARY], MT940_FACT_SUPPLEMENTARY, false);
}
