/* SPDX-License-Identifier: Apache-2.0
 *
 * name_sift.c: which of the customers that were touched are worth a comparison in full: first by
 * the lists that led to them, then by their words against the choices, looked up and not compared.
 * Comparing a name in full costs some ten times as much.
 */
#include <string.h>

#include "base/prefetch.h"
#include "match/name_query.h"

/* So many names ahead their bytes are asked for; where they stand, twice as many. */
#define AHEAD 8

/* A customer and what the look-up of his words promises. */
struct promise {
    uint32_t customer;
    int32_t score;
};

#define BUCKETS 512

struct sieve {
    uint32_t count;
    struct promise best[MT940_NAME_SCORED];
    uint32_t candidate_count;
    uint32_t candidates[MT940_NAME_SIFTED]; /* numbers of touched customers, by weight, highest first */
};

static uint32_t gain_slot(uint32_t word)
{
    return (word * 0x9E3779B1u) >> 24;
}

static void put_gain(struct mt940_name_search *search, uint32_t word, uint32_t term, int32_t gain)
{
    uint32_t at = gain_slot(word);

    while (search->gains[at].stamp == search->gain_stamp)
        at = (at + 1) & (MT940_NAME_GAINS - 1);
    search->gains[at].stamp = search->gain_stamp;
    search->gains[at].word = word;
    search->gains[at].term = (uint8_t)term;
    search->gains[at].gain = gain;
}

/* What a term is not charged with once it finds its word. */
static uint32_t spared(const struct mt940_name_finding *finding, const struct mt940_name_term *term)
{
    uint32_t bits = term->bits < MT940_NAME_EXTRA_MOST ? term->bits : MT940_NAME_EXTRA_MOST;

    return bits * (finding->text ? MT940_NAME_EXTRA_EDGE_COST : MT940_NAME_EXTRA_COST);
}

/* A term that finds its word gains what the word says, and is not charged as one too many. */
static void fill_gains(const struct mt940_name_index *index, const struct mt940_name_finding *finding)
{
    struct mt940_name_search *search = finding->search;

    if (++search->gain_stamp == 0) {
        memset(search->gains, 0, sizeof(search->gains));
        search->gain_stamp = 1;
    }
    for (uint32_t i = 0; i < search->term_count; i++) {
        const struct mt940_name_term *term = &search->terms[i];

        for (uint32_t k = 0; k < term->choice_count; k++) {
            const struct mt940_name_choice *choice = &term->choices[k];

            put_gain(search, choice->word, i,
                     (int32_t)(choice->likeness * mt940_name_bits_said(index, term, choice->word, choice->likeness) +
                               spared(finding, term)));
        }
    }
}

/* The most that a word gains with a term that is still free; -1 = none. */
static int32_t best_gain(const struct mt940_name_search *search, uint32_t word, uint32_t *used)
{
    uint32_t term = 0;
    int32_t best = -1;

    for (uint32_t at = gain_slot(word); search->gains[at].stamp == search->gain_stamp;
         at = (at + 1) & (MT940_NAME_GAINS - 1)) {
        const struct mt940_name_gain *gain = &search->gains[at];

        if (gain->word == word && gain->gain > best && !(*used >> gain->term & 1)) {
            best = gain->gain;
            term = gain->term;
        }
    }
    if (best >= 0)
        *used |= UINT32_C(1) << term;
    return best;
}

/* What the comparison in full will come to where no word merely resembles one beyond the choices. */
static int32_t promise_of(const struct mt940_name_index *index, const struct mt940_name_finding *finding,
                          uint32_t customer)
{
    uint32_t words[MT940_NAME_WORDS], used = 0;
    size_t count = mt940_name_words_of(index, customer, words);
    int32_t score = 0, missing = 0;

    for (size_t i = 0; i < count; i++) {
        int32_t gain = best_gain(finding->search, words[i], &used);

        if (gain < 0) {
            missing += (int32_t)(mt940_name_bits(index, words[i]) * MT940_NAME_MISSING_COST);
            continue;
        }
        score += gain - missing;
        missing = 0;
    }
    return finding->cut ? score : score - missing;
}

/* Keeps the best; of equals those that come first. */
static void keep(struct sieve *sieve, uint32_t customer, int32_t score)
{
    uint32_t at = sieve->count;

    if (at == MT940_NAME_SCORED && sieve->best[at - 1].score >= score)
        return;
    if (at < MT940_NAME_SCORED)
        sieve->count++;
    else
        at--;
    for (; at > 0 && sieve->best[at - 1].score < score; at--)
        sieve->best[at] = sieve->best[at - 1];
    sieve->best[at].customer = customer;
    sieve->best[at].score = score;
}

static uint32_t bucket_of(uint32_t weight)
{
    return weight / 2 < BUCKETS - 1 ? weight / 2 : BUCKETS - 1;
}

/*
 * The customers of the highest weights, as many as fit, and none of less than two fifths of the highest where not all can
 * be compared: a long name with words twice may outweigh a short one that is there whole. Of one weight they stay in the
 * order they were touched.
 */
static void take_heaviest(const struct mt940_name_search *search, struct sieve *sieve)
{
    uint32_t buckets[BUCKETS] = {0}, most = 0, least = BUCKETS, sum = 0, worth;

    for (uint32_t i = 0; i < search->touched_count; i++) {
        uint32_t bucket = bucket_of(search->touched[i].weight);

        buckets[bucket]++;
        most = bucket > most ? bucket : most;
    }
    worth = search->touched_count > MT940_NAME_SCORED ? most * 2 / 5 : 0;
    while (least > worth && sum < MT940_NAME_SIFTED) {
        uint32_t count = buckets[--least];

        buckets[least] = sum;
        sum += count;
    }
    for (uint32_t i = 0; i < search->touched_count; i++) {
        uint32_t bucket;

        if (search->touched[i].weight < 2 * least)
            continue;
        bucket = bucket_of(search->touched[i].weight);
        if (buckets[bucket] < MT940_NAME_SIFTED)
            sieve->candidates[buckets[bucket]++] = i;
    }
    sieve->candidate_count = sum < MT940_NAME_SIFTED ? sum : MT940_NAME_SIFTED;
}

/*
 * The most that a promise may come to besides the weight: what every term is spared, and words too common to have led
 * to anybody. One more for each term, as weights are rounded down.
 */
static int32_t most_besides(const struct mt940_name_index *index, const struct mt940_name_finding *finding)
{
    const struct mt940_name_search *search = finding->search;
    int32_t most = 0;

    for (uint32_t i = 0; i < search->term_count; i++) {
        const struct mt940_name_term *term = &search->terms[i];
        uint32_t best = 0;

        for (uint32_t k = 0; k < term->choice_count; k++) {
            const struct mt940_name_choice *choice = &term->choices[k];
            uint32_t gain = choice->likeness * mt940_name_bits_said(index, term, choice->word, choice->likeness);

            if (index->counts[choice->word] > MT940_NAME_DIRECT && gain > best)
                best = gain;
        }
        most += (int32_t)(best + 256 + spared(finding, term));
    }
    return most;
}

/*
 * From the highest weight down to where none can promise more than what is kept. The names stand all over memory: asked
 * for ahead, they are there when they are read.
 */
static void sift(const struct mt940_name_index *index, const struct mt940_name_finding *finding, struct sieve *sieve)
{
    const struct mt940_name_touched *touched = finding->search->touched;
    int32_t besides = most_besides(index, finding);

    for (uint32_t i = 0; i < sieve->candidate_count + 2 * AHEAD; i++) {
        const struct mt940_name_touched *now;

        if (!index->layer && i < sieve->candidate_count)
            MT940_PREFETCH(&index->name_at[touched[sieve->candidates[i]].customer / MT940_NAME_GROUP]);
        if (!index->layer && i >= AHEAD && i - AHEAD < sieve->candidate_count)
            mt940_name_prefetch(index, touched[sieve->candidates[i - AHEAD]].customer);
        if (i < 2 * AHEAD)
            continue;
        now = &touched[sieve->candidates[i - 2 * AHEAD]];
        if (sieve->count == MT940_NAME_SCORED &&
            (int32_t)now->weight * 256 + besides <= sieve->best[MT940_NAME_SCORED - 1].score)
            return;
        keep(sieve, now->customer, promise_of(index, finding, now->customer));
    }
}

void mt940_name_sift(const struct mt940_name_index *index, struct mt940_name_finding *finding)
{
    struct sieve sieve;

    sieve.count = 0;
    take_heaviest(finding->search, &sieve);
    fill_gains(index, finding);
    sift(index, finding, &sieve);
    for (uint32_t i = 0; i < sieve.count; i++) {
        struct mt940_name_hit hit;

        mt940_name_score_one(index, finding, sieve.best[i].customer, &hit);
        if (hit.score > 0)
            mt940_name_keep(finding, &hit);
    }
}
