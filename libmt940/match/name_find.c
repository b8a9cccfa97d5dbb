/* SPDX-License-Identifier: Apache-2.0
 *
 * name_find.c: whose name a text is, or whose stands in it: first word for word, then by what is
 * alike. Splits words that were glued together at the end of a line. Knows no scores.
 */
#include <string.h>

#include "match/name_query.h"

/*
 * Bits beyond those that number all customers, and bits before the next name, that leave no other
 * customer: tuned with seeds 1 to 9 of the generator (tests/bench/bench_match.c).
 */
enum {
    CERTAIN_EXACT = 1,
    CERTAIN_ALIKE = 1,
    CERTAIN_EDITED = 4,
    CERTAIN_MARGIN = 3,
    CERTAIN_MARGIN_EDITED = 7
};

/* One word alone is a name in a bank's text from this length on. */
#define SHORTEST_ALONE 5
/* Characters after which fields are cut, and one less where the last one was a blank (matching.md §2.5). */
static const uint8_t cut_lengths[] = {26, 27, 31, 32, 34, 35, 64, 65, 69, 70};

static bool is_cut(const struct mt940_view *text)
{
    struct mt940_view trimmed = mt940_view_trim(*text);
    size_t characters = 0;

    for (size_t i = 0; i < trimmed.length; i++)
        characters += ((unsigned char)trimmed.data[i] & 0xC0) != 0x80;
    for (size_t i = 0; i < sizeof(cut_lengths); i++)
        if (characters == cut_lengths[i])
            return true;
    return false;
}

static uint32_t number_of(const struct mt940_name_index *index, const struct mt940_name_word *word)
{
    if (word->flags & MT940_NAME_WILD)
        return MT940_NAME_NO_WORD;
    return mt940_name_find_word(index, word->key, word->key_length);
}

/* How sure it is that a piece is a word of its own: 2 = of the table, 1 = many customers have it, 0 = it is not. */
static int piece_worth(const struct mt940_name_index *index, const struct mt940_name_word *word, size_t from, size_t to)
{
    struct mt940_name_word piece = *word;
    const struct mt940_name_form *form;
    uint32_t number;

    piece.key_length = (uint8_t)(to - from);
    memcpy(piece.key, word->key + from, to - from);
    form = mt940_name_form_find(&piece, 1);
    if (form && form->kind != MT940_NAME_WEAK && to - from >= 3)
        return 2;
    number = to - from >= 3 ? number_of(index, &piece) : MT940_NAME_NO_WORD;
    if (number == MT940_NAME_NO_WORD)
        return 0;
    return index->counts[number] > index->customers / 20000 ? 1 : -1;
}

/* Where a word was glued together from two; 0 when it was not. Digits at an end are cut off. */
static size_t split_at(const struct mt940_name_index *index, const struct mt940_name_word *word)
{
    size_t length = word->key_length, best = 0, digits = 0;
    int best_worth = 0;

    while (digits < length && mt940_ascii_is_digit(word->key[length - 1 - digits]))
        digits++;
    if (digits >= 3 && digits < length)
        return length - digits;
    for (size_t at = 2; at + 2 <= length; at++) {
        int left = piece_worth(index, word, 0, at), right, worth;

        if (left == 0)
            continue;
        right = piece_worth(index, word, at, length);
        if (right == 0 || (left < 0 && right < 2) || (right < 0 && left < 2))
            continue;
        worth = 4 * (left + right) + (left > 0 && right > 0);
        if (worth > best_worth) {
            best_worth = worth;
            best = at;
        }
    }
    return best;
}

/* Both halves keep the span of the whole where letters and bytes do not go together. */
static void split(struct mt940_name_word *word, struct mt940_name_word *second, size_t at)
{
    *second = *word;
    second->key_length = (uint8_t)(word->key_length - at);
    memcpy(second->key, word->key + at, second->key_length);
    second->flags = 0;
    word->key_length = (uint8_t)at;
    word->flags &= MT940_NAME_BREAK;
    for (size_t i = 0; i < second->key_length; i++)
        if (!mt940_ascii_is_digit(second->key[i]))
            return;
    second->flags = MT940_NAME_DIGITS;
}

static size_t split_words(const struct mt940_name_index *index, struct mt940_name_word *words, size_t count)
{
    bool done = false;

    for (size_t i = 0; i < count && count < MT940_NAME_TEXT; i++) {
        size_t at;

        if (words[i].kind != MT940_NAME_PLAIN || words[i].key_length < 6 || words[i].key_length == MT940_NAME_KEY ||
            words[i].flags & (MT940_NAME_WILD | MT940_NAME_DIGITS) ||
            number_of(index, &words[i]) != MT940_NAME_NO_WORD || (at = split_at(index, &words[i])) == 0)
            continue;
        memmove(&words[i + 2], &words[i + 1], (count - i - 1) * sizeof(*words));
        split(&words[i], &words[i + 1], at);
        count++;
        i++;
        done = true;
    }
    return done ? mt940_name_canonical(words, count) : count;
}

/* Nothing but legal forms names nobody (trap 14), even where some card has no better name. */
static bool is_form_only(const struct mt940_name_word *words, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (words[i].kind != MT940_NAME_LEGAL)
            return false;
    return true;
}

static void add_exact(const struct mt940_name_index *index, struct mt940_name_finding *finding,
                      const struct mt940_name_word *words, const uint32_t *numbers, size_t count,
                      const uint32_t *customers, size_t shared, uint32_t flags)
{
    struct mt940_name_hit hit = {0};

    if (is_form_only(words, count))
        return;
    for (size_t i = 0; i < count; i++)
        hit.whole += (int32_t)(256 * mt940_name_bits(index, numbers[i]));
    hit.score = hit.whole;
    hit.flags = MT940_HIT_EXACT | flags;
    hit.offset = words[0].offset;
    hit.length = words[count - 1].offset + words[count - 1].length - hit.offset;
    hit.words = (uint32_t)count;
    hit.shared = (uint32_t)shared;
    for (size_t i = 0; i < shared && finding->hit_count < MT940_NAME_HITS; i++) {
        hit.customer = customers[i];
        finding->hits[finding->hit_count++] = hit;
    }
}

/* Whether a name goes on here: neither a bank's word nor a number, an IBAN or a code. */
static bool goes_on(const struct mt940_name_word *word)
{
    uint32_t digits = 0;

    for (uint32_t i = 0; i < word->key_length; i++)
        digits += mt940_ascii_is_digit(word->key[i]);
    return word->kind != MT940_NAME_STOP && digits * 2 < word->key_length;
}

/* The longest exact name that begins at a word; its number of words, 0 = none. */
static size_t find_exact_at(const struct mt940_name_index *index, struct mt940_name_finding *finding,
                            const uint32_t *numbers, const uint64_t *hashes, size_t count, size_t at)
{
    const struct mt940_name_word *words = finding->words;
    uint64_t states[MT940_NAME_WORDS + 1] = {MT940_NAME_HASH_START};
    size_t run = 0;

    for (; at + run < count && run < MT940_NAME_WORDS && numbers[at + run] != MT940_NAME_NO_WORD; run++)
        states[run + 1] = mt940_name_hash_more(states[run], hashes[at + run]);
    for (; run > 0; run--) {
        const uint32_t *customers;
        uint32_t room[MT940_NAME_SHOWN], flags = 0;
        size_t shared;

        if (run == 1 && (words[at].key_length < SHORTEST_ALONE || !goes_on(&words[at])))
            continue;
        shared = mt940_name_find_exact(index, numbers + at, run, mt940_index_hash_finish(states[run]), &customers, room);
        if (shared == 0)
            continue;
        if ((at > 0 && goes_on(&words[at - 1]) && !(words[at].flags & MT940_NAME_BREAK)) ||
            (at + run < count && goes_on(&words[at + run]) && !(words[at + run].flags & MT940_NAME_BREAK)))
            flags = MT940_HIT_EXTRA;
        add_exact(index, finding, &words[at], numbers + at, run, customers, shared, flags);
        return run;
    }
    return 0;
}

/* The whole text is a name word for word: none of lost letters, and no number. */
static bool find_whole(const struct mt940_name_index *index, struct mt940_name_finding *finding, size_t count)
{
    uint32_t numbers[MT940_NAME_WORDS], room[MT940_NAME_SHOWN];
    const uint32_t *customers;
    size_t shared;

    for (size_t i = 0; i < count; i++)
        if (finding->words[i].flags & (MT940_NAME_DIGITS | MT940_NAME_WILD))
            return false;
    shared = mt940_name_find_whole(index, finding->words, count, numbers, &customers, room);
    if (shared > 0)
        add_exact(index, finding, finding->words, numbers, count, customers, shared, 0);
    return finding->hit_count > 0;
}

/* Names that stand in the text word for word; true when nothing more need be looked for. */
static bool find_exact(const struct mt940_name_index *index, struct mt940_name_finding *finding, size_t count)
{
    uint32_t numbers[MT940_NAME_TEXT];
    uint64_t hashes[MT940_NAME_TEXT];
    bool clean = false;

    if (!finding->text)
        return find_whole(index, finding, count);
    mt940_name_hash_words(finding->words, count, hashes);
    mt940_name_find_words(index, finding->words, hashes, count, numbers);
    for (size_t i = 0; i < count; i++)
        if (finding->words[i].flags & (MT940_NAME_DIGITS | MT940_NAME_WILD))
            numbers[i] = MT940_NAME_NO_WORD;
    for (size_t at = 0; at < count && finding->hit_count < MT940_NAME_HITS;) {
        uint32_t before = finding->hit_count;
        size_t run = find_exact_at(index, finding, numbers, hashes, count, at);

        if (finding->hit_count > before && !(finding->hits[before].flags & MT940_HIT_EXTRA) && run > 1)
            clean = true;
        at += run > 0 ? run : 1;
    }
    return clean;
}

static void add_term(const struct mt940_name_index *index, struct mt940_name_finding *finding,
                     const struct mt940_name_word *word, bool is_last)
{
    struct mt940_name_search *search = finding->search;
    struct mt940_name_term *term = &search->terms[search->term_count++];

    term->word = word;
    term->key = mt940_name_pack(word->key, word->key_length);
    term->number = number_of(index, word);
    /* A letter alone, unless a cut left it, is an initial of a person: it says nothing against a name without it. */
    term->bits = term->number == MT940_NAME_NO_WORD && word->key_length == 1 && !(finding->cut && is_last)
                     ? 0
                     : mt940_name_bits(index, term->number);
    term->choice_count = 0;
    term->exhausted = 0;
    mt940_name_place(term);
}

/* Most of what the best hit's name says is accounted for. */
static bool is_good(const struct mt940_name_finding *finding, int64_t part)
{
    return finding->hit_count > 0 && (int64_t)finding->hits[0].score * 256 >= (int64_t)finding->hits[0].whole * part;
}

/* A word of the text is left that may be a longer name's. */
static bool may_go_on(const struct mt940_name_finding *finding)
{
    return finding->hit_count > 0 && finding->hits[0].flags & MT940_HIT_EXTRA;
}

static void search_stretch(const struct mt940_name_index *index, struct mt940_name_finding *finding,
                           const struct mt940_name_word *words, size_t count)
{
    struct mt940_name_search *search = finding->search;
    search->term_count = 0;
    if (++search->stretch == 0) {
        memset(search->compared, 0, sizeof(search->compared));
        search->stretch = 1;
    }
    for (size_t i = 0; i < count && search->term_count < MT940_NAME_TERMS; i++)
        add_term(index, finding, &words[i], i + 1 == count);
    if (search->term_count == 0)
        return;
    mt940_name_choose(index, finding, false);
    mt940_name_vary(index, finding);
    if (is_good(finding, 240) && !may_go_on(finding))
        return;
    mt940_name_gather(index, finding->search);
    mt940_name_sift(index, finding);
    if (is_good(finding, 205))
        return;
    mt940_name_choose(index, finding, true);
    mt940_name_vary(index, finding);
    mt940_name_gather(index, finding->search);
    mt940_name_sift(index, finding);
}

static void search_alike(const struct mt940_name_index *index, struct mt940_name_finding *finding, size_t count)
{
    uint32_t stretches = 0;

    for (size_t from = 0, to; from < count && stretches < MT940_NAME_STRETCHES; from = to) {
        to = from + 1;
        if (finding->text && !goes_on(&finding->words[from]))
            continue;
        while (to < count && (!finding->text || (goes_on(&finding->words[to]) &&
                                                 !(finding->words[to].flags & MT940_NAME_BREAK))))
            to++;
        if (is_form_only(&finding->words[from], to - from))
            continue;
        search_stretch(index, finding, &finding->words[from], to - from);
        stretches++;
    }
}

/* How many customers have the same words as each hit. */
static void count_namesakes(const struct mt940_name_index *index, struct mt940_name_finding *finding)
{
    for (uint32_t i = 0; i < finding->hit_count; i++) {
        uint32_t words[MT940_NAME_WORDS], room[MT940_NAME_SHOWN];
        const uint32_t *customers;
        size_t count;

        if (finding->hits[i].shared > 0)
            continue;
        count = mt940_name_words_of(index, finding->hits[i].customer, words);
        finding->hits[i].shared = (uint32_t)mt940_name_find_exact(
            index, words, count, mt940_name_hash_of(index, words, count), &customers, room);
    }
}

static bool is_own_at(const struct mt940_name_finding *finding, const struct mt940_name_word *words, size_t count)
{
    if (count < finding->own_count)
        return false;
    for (size_t i = 0; i < finding->own_count; i++)
        if (words[i].key_length != finding->own[i].key_length ||
            memcmp(words[i].key, finding->own[i].key, words[i].key_length) != 0)
            return false;
    return true;
}

/* Takes the words of the own title out; no name goes across the place. */
static size_t pass_own(struct mt940_name_finding *finding, size_t count)
{
    struct mt940_name_word *words = finding->words;
    bool passed = false;
    size_t kept = 0;

    if (finding->own_count == 0)
        return count;
    for (size_t at = 0; at < count;) {
        if (is_own_at(finding, &words[at], count - at)) {
            at += finding->own_count;
            passed = true;
            continue;
        }
        if (kept != at)
            words[kept] = words[at];
        if (passed)
            words[kept].flags |= MT940_NAME_BREAK;
        passed = false;
        kept++;
        at++;
    }
    return kept;
}

size_t mt940_name_find(const struct mt940_name_index *index, const struct mt940_view *source, bool text,
                       struct mt940_name_finding *finding)
{
    struct mt940_name_reader reader;
    size_t count;

    finding->hit_count = 0;
    finding->text = text;
    mt940_name_reader_begin(&reader, source);
    count = mt940_name_canonical(finding->words, mt940_name_read(&reader, finding->words, MT940_NAME_TEXT));
    count = pass_own(finding, count);
    if (count == 0 || index->customers == 0)
        return 0;
    if (find_exact(index, finding, count))
        return finding->hit_count;
    count = pass_own(finding, split_words(index, finding->words, count));
    finding->hit_count = 0;
    if (find_exact(index, finding, count))
        return finding->hit_count;
    if (finding->search) {
        finding->cut = !text && is_cut(source);
        search_alike(index, finding, count);
        count_namesakes(index, finding);
    }
    return finding->hit_count;
}

/* The best hit of other words than the first one's, or NULL. */
static const struct mt940_name_hit *second_name(const struct mt940_name_index *index,
                                                const struct mt940_name_finding *finding)
{
    uint32_t words[MT940_NAME_WORDS], others[MT940_NAME_WORDS];
    size_t count = mt940_name_words_of(index, finding->hits[0].customer, words);

    for (uint32_t i = 1; i < finding->hit_count; i++)
        if (mt940_name_words_of(index, finding->hits[i].customer, others) != count ||
            memcmp(words, others, count * sizeof(*words)) != 0)
            return &finding->hits[i];
    return NULL;
}

/*
 * One customer only has these words; they say more than how many customers there are; and either
 * every word is there, or what is alike is far ahead of the next name.
 */
bool mt940_name_is_certain(const struct mt940_name_index *index, const struct mt940_name_finding *finding)
{
    const struct mt940_name_hit *best = &finding->hits[0], *second;
    int32_t bit = 8 * 256, all = (int32_t)mt940_name_bits_of_one(index) * 256, margin;

    if (finding->hit_count == 0 || best->shared != 1 ||
        best->flags & (MT940_HIT_EXTRA | MT940_HIT_MISSING | MT940_HIT_LEGAL))
        return false;
    second = second_name(index, finding);
    margin = second ? best->score - second->score : best->score;
    if (best->flags == MT940_HIT_EXACT)
        return best->score >= all + CERTAIN_EXACT * bit;
    if (best->words < 2 || best->flags & MT940_HIT_MOVED)
        return false;
    if (best->flags & MT940_HIT_EDITED)
        return best->words >= 3 && best->score >= all + CERTAIN_EDITED * bit && margin >= CERTAIN_MARGIN_EDITED * bit;
    return best->score >= all + CERTAIN_ALIKE * bit && margin >= CERTAIN_MARGIN * bit;
}
