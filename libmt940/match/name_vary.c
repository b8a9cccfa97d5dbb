/* SPDX-License-Identifier: Apache-2.0
 *
 * name_vary.c: puts whole names together from the words each term may be and looks them up word
 * for word; also with two words exchanged. Finds what consists of common words, which lead to too
 * many customers one by one.
 */
#include "match/name_query.h"

/* Names put together for one stretch. */
#define VARIED_MOST 192

/* A name put together. */
struct varied {
    uint32_t words[MT940_NAME_TERMS];
    uint64_t hashes[MT940_NAME_TERMS];
};

static uint64_t hash_of(const struct varied *name, uint32_t count)
{
    uint64_t state = MT940_NAME_HASH_START;

    for (uint32_t i = 0; i < count; i++)
        state = mt940_name_hash_more(state, name->hashes[i]);
    return mt940_index_hash_finish(state);
}

static void look_up(const struct mt940_name_index *index, struct mt940_name_finding *finding, const struct varied *name)
{
    struct mt940_name_search *search = finding->search;
    const uint32_t *customers;
    uint32_t room[MT940_NAME_SHOWN];
    size_t count = mt940_name_find_exact(index, name->words, search->term_count, hash_of(name, search->term_count),
                                         &customers, room);
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

static void exchange(struct varied *name, uint32_t a, uint32_t b)
{
    uint32_t word = name->words[a];
    uint64_t hash = name->hashes[a];

    name->words[a] = name->words[b];
    name->words[b] = word;
    name->hashes[a] = name->hashes[b];
    name->hashes[b] = hash;
}

/* Neighbours exchanged; of three words also the last one first, and the first one last. */
static void look_up_moved(const struct mt940_name_index *index, struct mt940_name_finding *finding,
                          struct varied *name)
{
    struct mt940_name_search *search = finding->search;
    uint32_t count = search->term_count;

    for (uint32_t i = 0; i + 1 < count; i++) {
        exchange(name, i, i + 1);
        look_up(index, finding, name);
        exchange(name, i, i + 1);
    }
    if (count != 3)
        return;
    for (int turn = 0; turn < 2; turn++) {
        exchange(name, 0, 1);
        exchange(name, 1, 2);
        look_up(index, finding, name);
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

/* With their hashes; most likely first, then the most common: what is tried should be tried soon. */
static void prepare_choices(const struct mt940_name_index *index, struct mt940_name_term *term)
{
    for (uint32_t i = 0; i < term->choice_count; i++) {
        struct mt940_name_choice choice = term->choices[i];
        struct mt940_view text = mt940_name_text(index, choice.word);
        uint32_t at = i;

        choice.hash = mt940_index_hash(text.data, text.length);
        for (; at > 0 && comes_before(&choice, &term->choices[at - 1]); at--)
            term->choices[at] = term->choices[at - 1];
        term->choices[at] = choice;
    }
}

void mt940_name_vary(const struct mt940_name_index *index, struct mt940_name_finding *finding)
{
    struct mt940_name_search *search = finding->search;
    uint32_t chosen[MT940_NAME_TERMS] = {0};
    struct varied name;

    for (uint32_t i = 0; i < search->term_count; i++) {
        if (search->terms[i].choice_count == 0)
            return;
        prepare_choices(index, &search->terms[i]);
    }
    for (uint32_t tried = 0; tried < VARIED_MOST; tried++) {
        for (uint32_t i = 0; i < search->term_count; i++) {
            name.words[i] = search->terms[i].choices[chosen[i]].word;
            name.hashes[i] = search->terms[i].choices[chosen[i]].hash;
        }
        look_up(index, finding, &name);
        if (tried == 0)
            look_up_moved(index, finding, &name);
        if (!next(finding, chosen))
            return;
    }
}
