/* SPDX-License-Identifier: Apache-2.0
 *
 * name_vary.c: puts whole names together from the words each term may be and looks them up word
 * for word; also with two words exchanged. Finds what consists of common words, which lead to too
 * many customers one by one.
 */
#include "match/name_query.h"

/* Names put together for one stretch. */
#define VARIED_MOST 192

static void look_up(const struct mt940_name_index *index, struct mt940_name_finding *finding, const uint32_t *words)
{
    struct mt940_name_search *search = finding->search;
    const uint32_t *customers;
    uint32_t room[MT940_NAME_SHOWN];
    size_t count = mt940_name_find_exact(index, words, search->term_count, &customers, room);
    struct mt940_name_hit hit;

    if (count == 0)
        return;
    mt940_name_score_one(index, finding, customers[0], &hit);
    hit.shared = (uint32_t)count;
    for (size_t i = 0; i < count && i < MT940_NAME_HITS && hit.score > 0; i++) {
        hit.customer = customers[i];
        mt940_name_keep(finding, &hit);
    }
}

static void exchange(uint32_t *words, uint32_t a, uint32_t b)
{
    uint32_t word = words[a];

    words[a] = words[b];
    words[b] = word;
}

/* Neighbours exchanged; of three words also the last one first, and the first one last. */
static void look_up_moved(const struct mt940_name_index *index, struct mt940_name_finding *finding, uint32_t *words)
{
    struct mt940_name_search *search = finding->search;
    uint32_t count = search->term_count;

    for (uint32_t i = 0; i + 1 < count; i++) {
        exchange(words, i, i + 1);
        look_up(index, finding, words);
        exchange(words, i, i + 1);
    }
    if (count != 3)
        return;
    for (int turn = 0; turn < 2; turn++) {
        exchange(words, 0, 1);
        exchange(words, 1, 2);
        look_up(index, finding, words);
    }
}

/* The next choice of every term, the last term fastest; false after the last of all. */
static bool next(const struct mt940_name_finding *finding, uint32_t *chosen)
{
    const struct mt940_name_search *search = finding->search;
    for (uint32_t i = search->term_count; i-- > 0;) {
        if (++chosen[i] < search->terms[i].choice_count)
            return true;
        chosen[i] = 0;
    }
    return false;
}

static bool comes_before(const struct mt940_name_choice *a, const struct mt940_name_choice *b)
{
    return a->likeness != b->likeness ? a->likeness > b->likeness : a->word < b->word;
}

/* Most likely first, then the most common: what is tried should be tried soon. */
static void sort_choices(struct mt940_name_term *term)
{
    for (uint32_t i = 1; i < term->choice_count; i++) {
        struct mt940_name_choice choice = term->choices[i];
        uint32_t at = i;

        for (; at > 0 && comes_before(&choice, &term->choices[at - 1]); at--)
            term->choices[at] = term->choices[at - 1];
        term->choices[at] = choice;
    }
}

void mt940_name_vary(const struct mt940_name_index *index, struct mt940_name_finding *finding)
{
    struct mt940_name_search *search = finding->search;
    uint32_t words[MT940_NAME_TERMS], chosen[MT940_NAME_TERMS] = {0};

    for (uint32_t i = 0; i < search->term_count; i++) {
        if (search->terms[i].choice_count == 0)
            return;
        sort_choices(&search->terms[i]);
    }
    for (uint32_t tried = 0; tried < VARIED_MOST; tried++) {
        for (uint32_t i = 0; i < search->term_count; i++)
            words[i] = search->terms[i].choices[chosen[i]].word;
        look_up(index, finding, words);
        if (tried == 0)
            look_up_moved(index, finding, words);
        if (!next(finding, chosen))
            return;
    }
}
