/* SPDX-License-Identifier: Apache-2.0
 *
 * name_score.c: compares the words of a text with the whole name of a customer: what fits, what
 * is left over on either side (matching.md §3.1, evidence 8), and keeps the best. Integers only.
 */
#include <string.h>

#include "match/name_query.h"

#define NOT_ALIGNED 0xFF

/* Which word of the customer stands for which of the text. */
struct alignment {
    uint32_t words[MT940_NAME_WORDS];
    uint32_t count;
    uint32_t used; /* bits of words */
    uint8_t at[MT940_NAME_TERMS];
    uint16_t likeness[MT940_NAME_TERMS];
};

static void align(struct alignment *alignment, uint32_t term, uint32_t word, uint32_t likeness)
{
    alignment->at[term] = (uint8_t)word;
    alignment->likeness[term] = (uint16_t)likeness;
    alignment->used |= UINT32_C(1) << word;
}

static void align_same(const struct mt940_name_finding *finding, struct alignment *alignment)
{
    const struct mt940_name_search *search = finding->search;
    uint32_t next = 0;

    for (uint32_t i = 0; i < search->term_count; i++) {
        uint32_t number = search->terms[i].number, found = NOT_ALIGNED;

        for (uint32_t k = 0; number != MT940_NAME_NO_WORD && k < alignment->count; k++)
            if (alignment->words[k] == number && !(alignment->used >> k & 1) && (found == NOT_ALIGNED || found < next))
                found = k;
        if (found == NOT_ALIGNED)
            continue;
        align(alignment, i, found, MT940_LIKE_SAME);
        next = found + 1;
    }
}

static uint32_t likeness_of(const struct mt940_name_index *index, struct mt940_name_finding *finding, uint32_t at,
                            uint32_t word)
{
    struct mt940_name_search *search = finding->search;
    const struct mt940_name_term *term = &search->terms[at];
    struct mt940_name_compared *compared = &search->compared[(word * 13 + at) & (MT940_NAME_COMPARED - 1)];

    for (uint32_t i = 0; i < term->choice_count; i++)
        if (term->choices[i].word == word)
            return term->choices[i].likeness;
    if (compared->word != word || compared->stretch != search->stretch || compared->term != at) {
        compared->word = word;
        compared->stretch = search->stretch;
        compared->term = (uint8_t)at;
        compared->likeness = (uint8_t)mt940_name_compare(index, term, word);
    }
    return compared->likeness;
}

static void align_like(const struct mt940_name_index *index, struct mt940_name_finding *finding,
                       struct alignment *alignment)
{
    struct mt940_name_search *search = finding->search;
    for (uint32_t i = 0; i < search->term_count; i++) {
        uint32_t best = 0, best_gain = 0, best_likeness = 0;

        if (alignment->at[i] != NOT_ALIGNED || alignment->used == (UINT32_C(1) << alignment->count) - 1)
            continue;
        for (uint32_t k = 0; k < alignment->count; k++) {
            uint32_t likeness, gain;

            if (alignment->used >> k & 1)
                continue;
            likeness = likeness_of(index, finding, i, alignment->words[k]);
            gain = likeness * (mt940_name_bits_said(index, &search->terms[i], alignment->words[k], likeness) + 1);
            if (gain > best_gain) {
                best_gain = gain;
                best = k;
                best_likeness = likeness;
            }
        }
        if (best_gain > 0)
            align(alignment, i, best, best_likeness);
    }
}

static bool joins(const char *whole, size_t length, const char *a, size_t a_length, const char *b, size_t b_length)
{
    return length == a_length + b_length && memcmp(whole, a, a_length) == 0 &&
           memcmp(whole + a_length, b, b_length) == 0;
}

/* GÜL SAN of the text for GÜLSAN of the books, and the other way round. */
static void align_joined(const struct mt940_name_index *index, const struct mt940_name_finding *finding,
                         struct alignment *alignment)
{
    const struct mt940_name_search *search = finding->search;
    for (uint32_t i = 0; i < search->term_count; i++) {
        const struct mt940_name_word *word = search->terms[i].word;
        const struct mt940_name_word *next = i + 1 < search->term_count ? word + 1 : NULL;

        if (alignment->at[i] != NOT_ALIGNED)
            continue;
        for (uint32_t k = 0; k < alignment->count; k++) {
            struct mt940_view text = mt940_name_text(index, alignment->words[k]), second;

            if (alignment->used >> k & 1)
                continue;
            if (next && alignment->at[i + 1] == NOT_ALIGNED &&
                joins(text.data, text.length, word->key, word->key_length, next->key, next->key_length)) {
                align(alignment, i + 1, k, MT940_LIKE_SAME);
                align(alignment, i, k, MT940_LIKE_SAME);
                break;
            }
            if (k + 1 == alignment->count || alignment->used >> (k + 1) & 1)
                continue;
            second = mt940_name_text(index, alignment->words[k + 1]);
            if (joins(word->key, word->key_length, text.data, text.length, second.data, second.length)) {
                align(alignment, i, k + 1, MT940_LIKE_SAME);
                align(alignment, i, k, MT940_LIKE_SAME);
                break;
            }
        }
    }
}

/* The first and last term that fits, and the last word of the name that does. */
struct extent {
    uint32_t first, last;
    uint32_t last_word;
    uint32_t fitting;
};

static struct extent extent_of(const struct mt940_name_finding *finding, const struct alignment *alignment)
{
    const struct mt940_name_search *search = finding->search;
    struct extent extent = {UINT32_MAX, 0, 0, 0};

    for (uint32_t i = 0; i < search->term_count; i++) {
        if (alignment->at[i] == NOT_ALIGNED)
            continue;
        if (extent.first == UINT32_MAX)
            extent.first = i;
        extent.last = i;
        extent.fitting++;
        if (alignment->at[i] > extent.last_word)
            extent.last_word = alignment->at[i];
    }
    return extent;
}

/* What the terms say for the customer, and what those left over say against. */
static int32_t weigh_terms(const struct mt940_name_index *index, const struct mt940_name_finding *finding,
                           const struct alignment *alignment, const struct extent *extent, struct mt940_name_hit *hit)
{
    const struct mt940_name_search *search = finding->search;
    uint32_t counted = 0, next = 0;
    int32_t score = 0;

    for (uint32_t i = 0; i < search->term_count; i++) {
        uint32_t at = alignment->at[i], likeness = alignment->likeness[i], bits = search->terms[i].bits;

        if (at == NOT_ALIGNED) {
            bool edge = finding->text && (i < extent->first || i > extent->last);

            score -= (int32_t)((bits < MT940_NAME_EXTRA_MOST ? bits : MT940_NAME_EXTRA_MOST) * (edge ? MT940_NAME_EXTRA_EDGE_COST : MT940_NAME_EXTRA_COST));
            hit->flags |= MT940_HIT_EXTRA;
            continue;
        }
        if (!(counted >> at & 1))
            score += (int32_t)(likeness * mt940_name_bits_said(index, &search->terms[i], alignment->words[at], likeness));
        counted |= UINT32_C(1) << at;
        if (at < next) {
            hit->flags |= MT940_HIT_MOVED;
            score -= MT940_NAME_MOVED_COST;
        }
        next = at;
        if (likeness == MT940_LIKE_ONE + 10 || likeness == MT940_LIKE_ONE - 12 || likeness == MT940_LIKE_TWO)
            hit->flags |= MT940_HIT_EDITED;
        else if (likeness == MT940_LIKE_CUT)
            hit->flags |= MT940_HIT_CUT;
        else if (likeness != MT940_LIKE_SAME)
            hit->flags |= MT940_HIT_BOUND;
    }
    return score;
}

static int32_t weigh_missing(const struct mt940_name_index *index, const struct mt940_name_finding *finding,
                             const struct alignment *alignment, const struct extent *extent, struct mt940_name_hit *hit)
{
    int32_t cost = 0;

    for (uint32_t k = 0; k < alignment->count; k++) {
        if (alignment->used >> k & 1)
            continue;
        if (finding->cut && k > extent->last_word) {
            hit->flags |= MT940_HIT_CUT;
            continue;
        }
        hit->flags |= MT940_HIT_MISSING;
        cost += (int32_t)(mt940_name_bits(index, alignment->words[k]) * MT940_NAME_MISSING_COST);
    }
    return cost;
}

/* Both sides name a legal form, and not the same one. */
static bool contradicts(const struct mt940_name_index *index, const struct mt940_name_finding *finding,
                        const struct alignment *alignment)
{
    const struct mt940_name_search *search = finding->search;
    bool theirs = false, ours = false, common = false;

    for (uint32_t i = 0; i < search->term_count; i++)
        if (search->terms[i].word->kind == MT940_NAME_LEGAL) {
            ours = true;
            common = common || alignment->at[i] != NOT_ALIGNED;
        }
    for (uint32_t k = 0; k < alignment->count; k++)
        theirs = theirs || mt940_name_is_legal(index, alignment->words[k]);
    return ours && theirs && !common;
}

void mt940_name_score_one(const struct mt940_name_index *index, struct mt940_name_finding *finding, uint32_t customer,
                          struct mt940_name_hit *hit)
{
    struct mt940_name_search *search = finding->search;
    struct alignment alignment = {.count = 0};
    struct extent extent;

    memset(hit, 0, sizeof(*hit));
    hit->customer = customer;
    memset(alignment.at, NOT_ALIGNED, sizeof(alignment.at));
    alignment.count = (uint32_t)mt940_name_words_of(index, customer, alignment.words);
    align_same(finding, &alignment);
    align_like(index, finding, &alignment);
    align_joined(index, finding, &alignment);
    extent = extent_of(finding, &alignment);
    for (uint32_t k = 0; k < alignment.count; k++)
        hit->whole += (int32_t)(256 * mt940_name_bits(index, alignment.words[k]));
    if (extent.fitting == 0) {
        hit->score = INT32_MIN;
        return;
    }
    hit->score = weigh_terms(index, finding, &alignment, &extent, hit);
    hit->score -= weigh_missing(index, finding, &alignment, &extent, hit);
    if (contradicts(index, finding, &alignment)) {
        hit->flags |= MT940_HIT_LEGAL;
        hit->score -= MT940_NAME_LEGAL_COST;
    }
    if (hit->flags == 0)
        hit->flags = MT940_HIT_EXACT;
    hit->words = extent.fitting;
    hit->offset = search->terms[extent.first].word->offset;
    hit->length = search->terms[extent.last].word->offset + search->terms[extent.last].word->length - hit->offset;
}

/* By score; of equal ones the more common name, then the customer who comes first. */
static bool comes_before(const struct mt940_name_hit *a, const struct mt940_name_hit *b)
{
    if (a->score != b->score)
        return a->score > b->score;
    return a->whole != b->whole ? a->whole < b->whole : a->customer < b->customer;
}

void mt940_name_keep(struct mt940_name_finding *finding, const struct mt940_name_hit *hit)
{
    uint32_t at = finding->hit_count;

    for (uint32_t i = 0; i < finding->hit_count; i++)
        if (finding->hits[i].customer == hit->customer) {
            if (finding->hits[i].score >= hit->score)
                return;
            memmove(&finding->hits[i], &finding->hits[i + 1], (finding->hit_count - i - 1) * sizeof(*hit));
            at = --finding->hit_count;
            break;
        }
    while (at > 0 && comes_before(hit, &finding->hits[at - 1]))
        at--;
    if (at == MT940_NAME_HITS)
        return;
    if (finding->hit_count < MT940_NAME_HITS)
        finding->hit_count++;
    memmove(&finding->hits[at + 1], &finding->hits[at], (finding->hit_count - at - 1) * sizeof(*hit));
    finding->hits[at] = *hit;
}
