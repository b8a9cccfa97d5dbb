/* SPDX-License-Identifier: Apache-2.0
 *
 * name_choose.c: which words of the vocabulary a word of a text may be: the same, one with lost
 * letters, a beginning, an abbreviation, one or two edits away. Knows words, no customers.
 */
#include <string.h>

#include "match/name_query.h"

/* So many neighbours in the vocabulary are looked at from each end of a word. */
#define RANGE_MOST 3000
/* Words of each length that a cut word may be the beginning of. */
#define LONGER_MOST 200
/* Of the most common words so many are tried against lost letters. */
#define WILD_TRIED 4096
/* Words that are abbreviated are common ones. */
#define ABBREVIATED_AMONG 256

static void add_choice(struct mt940_name_term *term, uint32_t word, uint32_t likeness)
{
    uint32_t at = 0;

    while (at < term->choice_count && term->choices[at].word != word)
        at++;
    if (at < term->choice_count) {
        if (term->choices[at].likeness < likeness)
            term->choices[at].likeness = likeness;
        return;
    }
    if (at < MT940_NAME_CHOICES) {
        term->choice_count++;
    } else {
        /* The least likely gives way; of equals, the rarest: words are numbered by how common they are. */
        uint32_t least = 0;

        for (uint32_t i = 1; i < MT940_NAME_CHOICES; i++)
            if (term->choices[i].likeness < term->choices[least].likeness ||
                (term->choices[i].likeness == term->choices[least].likeness &&
                 term->choices[i].word > term->choices[least].word))
                least = i;
        if (term->choices[least].likeness > likeness ||
            (term->choices[least].likeness == likeness && term->choices[least].word < word))
            return;
        at = least;
    }
    term->choices[at].word = word;
    term->choices[at].likeness = likeness;
}

/* First place whose key is not below `key`. */
static uint32_t lower_bound(const uint64_t *keys, uint32_t count, uint64_t key)
{
    uint32_t low = 0;

    while (low < count) {
        uint32_t middle = low + (count - low) / 2;

        if (keys[middle] < key)
            low = middle + 1;
        else
            count = middle;
    }
    return low;
}

void mt940_name_place(struct mt940_name_term *term)
{
    const struct mt940_name_word *word = term->word;
    uint32_t lost = 0;

    memset(term->places, 0, sizeof(term->places));
    for (uint32_t i = 0; i < word->key_length; i++) {
        if (word->key[i] == '?')
            lost |= UINT32_C(1) << i;
        else
            term->places[mt940_name_code(word->key[i])] |= UINT32_C(1) << i;
    }
    for (uint32_t i = 0; lost && i < 32; i++)
        term->places[i] |= lost;
}

/*
 * Edits between a term and a word: another letter, one more, one less, two neighbours exchanged.
 * A column of the table at a time, as bits (H. Hyyrö, A bit-vector algorithm for computing
 * Levenshtein and Damerau edit distances, 2003). The word is its key, or where that is too
 * short, `text`; the places are those of the term's letters, or of both from the end. The first `shared` letters of
 * both are known to be the same; at least one is left.
 */
static uint32_t edits_between(const uint32_t places[32], uint32_t length, uint64_t key, struct mt940_view text,
                              uint32_t shared)
{
    uint32_t edits = length - shared, last = UINT32_C(1) << (edits - 1);
    uint32_t rises = UINT32_MAX, falls = 0, same = 0, before = 0;
    uint32_t letters = text.data ? (uint32_t)text.length : (uint32_t)(key >> 60);

    for (uint32_t i = shared; i < letters; i++) {
        uint32_t code = text.data ? mt940_name_code(text.data[i]) : (uint32_t)(key >> (55 - 5 * i)) & 0x1F;
        uint32_t fits = places[code] >> shared, exchanged = ((~same & fits) << 1) & before, more, less;

        same = (((fits & rises) + rises) ^ rises) | fits | falls | exchanged;
        more = falls | ~(same | rises);
        less = same & rises;
        edits += (more & last) != 0;
        edits -= (less & last) != 0;
        more = more << 1 | 1;
        less <<= 1;
        rises = less | ~(same | more);
        falls = more & same;
        before = fits;
    }
    return edits;
}

/* All letters lost: it fits every word of its length, and says nothing for any. */
static bool is_lost(const struct mt940_name_word *word)
{
    for (uint32_t i = 0; i < word->key_length; i++)
        if (word->key[i] != '?')
            return false;
    return true;
}

static bool fits_wild(const struct mt940_name_word *word, struct mt940_view text)
{
    if (word->key_length != text.length)
        return false;
    for (size_t i = 0; i < text.length; i++)
        if (word->key[i] != text.data[i] && word->key[i] != '?')
            return false;
    return true;
}

/* What edits are worth in words of this length. */
static uint32_t likeness_of_edits(uint32_t edits, size_t length)
{
    if (edits == 0)
        return MT940_LIKE_WILD;
    if (edits == 1 && length >= 2)
        return length >= 5 ? MT940_LIKE_ONE + 10 : MT940_LIKE_ONE - 12;
    return edits == 2 && length >= 6 ? MT940_LIKE_TWO : 0;
}

/* An abbreviation: same first letter, its letters in order, the first two of them side by side or a beginning. */
static bool abbreviates(const struct mt940_name_word *word, struct mt940_view text)
{
    size_t at = 0;

    if (word->key_length < 2 || word->key_length >= text.length || word->key[0] != text.data[0])
        return false;
    if (memcmp(word->key, text.data, word->key_length) == 0)
        return true;
    for (size_t i = 0; i < text.length && at < word->key_length; i++)
        at += text.data[i] == word->key[at];
    return at == word->key_length && word->key_length >= 3;
}

/* The length of a word with this key; its text is needed, and read, where the key does not hold all of it. */
static uint32_t length_of(const struct mt940_name_index *index, uint64_t key, uint32_t word, struct mt940_view *text)
{
    *text = mt940_view_of(NULL, 0);
    if (key >> 60 <= 12)
        return (uint32_t)(key >> 60);
    *text = mt940_name_text(index, word);
    return (uint32_t)text->length;
}

/* Likeness by edits alone. */
static uint32_t likeness_of_key(const struct mt940_name_index *index, const struct mt940_name_term *term, uint32_t word)
{
    uint64_t key = index->keys[word];
    struct mt940_view text;
    uint32_t length = term->word->key_length, other = length_of(index, key, word, &text);

    if (other + 2 < length || other > length + 2)
        return 0;
    return likeness_of_edits(edits_between(term->places, length, key, text, 0), length < other ? length : other);
}

uint32_t mt940_name_compare(const struct mt940_name_index *index, const struct mt940_name_term *term, uint32_t word)
{
    uint32_t likeness;

    if (term->word->flags & MT940_NAME_DIGITS || is_lost(term->word))
        return 0;
    if (term->word->flags & MT940_NAME_WILD && fits_wild(term->word, mt940_name_text(index, word)))
        return MT940_LIKE_WILD;
    likeness = likeness_of_key(index, term, word);
    if (likeness > 0)
        return likeness;
    if ((term->word->flags & MT940_NAME_DOT || term->word->key_length <= 4) &&
        term->word->kind == MT940_NAME_PLAIN && index->counts[word] > index->customers / 500 &&
        abbreviates(term->word, mt940_name_text(index, word)))
        return MT940_LIKE_SHORT;
    return 0;
}

/* Bits of a key that hold the length and the first `letters` letters. */
static uint64_t mask_of(size_t letters)
{
    return letters >= 12 ? UINT64_MAX : ~(UINT64_MAX >> (4 + 5 * letters));
}

/* A key with another length. */
static uint64_t with_length(uint64_t key, size_t length)
{
    return (key & UINT64_MAX >> 4) | (uint64_t)(length < 15 ? length : 15) << 60;
}

/* Where a term's letters stand, counted from its end. */
static void reverse_places(const struct mt940_name_term *term, uint32_t places[32])
{
    const struct mt940_name_word *word = term->word;

    memset(places, 0, 32 * sizeof(*places));
    for (uint32_t i = 0; i < word->key_length; i++)
        places[mt940_name_code(word->key[i])] |= UINT32_C(1) << (word->key_length - 1 - i);
}

/* Words of a length that share the first letters of a term, in one order or the other. */
struct range {
    const uint64_t *keys;
    const uint32_t *words;
    uint32_t at, end;
    uint64_t mask, key;
    bool backward;
};

static void begin_range(const struct mt940_name_index *index, const struct mt940_name_term *term, bool backward,
                        size_t letters, size_t length, struct range *out)
{
    uint64_t whole = backward ? mt940_name_pack_backward(term->word->key, term->word->key_length) : term->key;

    out->keys = backward ? index->backward : index->forward;
    out->words = backward ? index->backward_word : index->forward_word;
    out->backward = backward;
    out->mask = mask_of(letters);
    out->key = with_length(whole, length) & out->mask;
    out->at = lower_bound(out->keys, index->words, out->key);
    out->end = index->words - out->at < RANGE_MOST ? index->words : out->at + RANGE_MOST;
}

/*
 * Those of them that are one or two edits away. An edit is one from either end, so the key that stands here is enough
 * where it holds the whole word: nothing else need be read.
 */
static void walk_edits(const struct mt940_name_index *index, struct mt940_name_term *term, const struct range *range,
                       size_t letters)
{
    uint32_t reversed[32], length = term->word->key_length;

    if (range->backward)
        reverse_places(term, reversed);
    for (uint32_t at = range->at; at < range->end && (range->keys[at] & range->mask) == range->key; at++) {
        struct mt940_view text;
        uint32_t word = range->words[at], other, edits, likeness;

        if (word >= index->words)
            continue;
        other = length_of(index, range->keys[at], word, &text);
        if (other + 2 < length || other > length + 2)
            continue;
        if (range->backward && !text.data)
            edits = edits_between(reversed, length, range->keys[at], text, (uint32_t)letters);
        else
            edits = edits_between(term->places, length, range->keys[at], text, range->backward ? 0 : (uint32_t)letters);
        likeness = likeness_of_edits(edits, length < other ? length : other);
        if (likeness > 0)
            add_choice(term, word, likeness);
    }
}

static void walk_wild(const struct mt940_name_index *index, struct mt940_name_term *term, const struct range *range)
{
    for (uint32_t at = range->at; at < range->end && (range->keys[at] & range->mask) == range->key; at++)
        if (range->words[at] < index->words && fits_wild(term->word, mt940_name_text(index, range->words[at])))
            add_choice(term, range->words[at], MT940_LIKE_WILD);
}

/* Goes through the words of a length that share the first `letters` letters of the key, in one order or the other. */
static void walk(const struct mt940_name_index *index, struct mt940_name_term *term, bool backward, size_t letters,
                 size_t length)
{
    struct range range;

    begin_range(index, term, backward, letters, length, &range);
    if (term->word->flags & MT940_NAME_WILD)
        walk_wild(index, term, &range);
    else
        walk_edits(index, term, &range, letters);
}

/* Bits of a key that a word with lost letters says nothing about are 0 in the mask. */
static uint64_t wild_mask(const struct mt940_name_word *word)
{
    uint64_t mask = UINT64_MAX;

    for (size_t i = 0; i < word->key_length && i < 12; i++)
        if (word->key[i] == '?')
            mask &= ~(UINT64_C(0x1F) << (55 - 5 * i));
    return mask;
}

/*
 * Common words are compared one and all; for rare ones the letters before the first lost one lead
 * from the front, or those behind the last one from the back.
 */
static void choose_wild(const struct mt940_name_index *index, struct mt940_name_term *term)
{
    uint32_t common = index->words < WILD_TRIED ? index->words : WILD_TRIED;
    size_t front = 0, back = 0, length = term->word->key_length;
    uint64_t mask = wild_mask(term->word);

    while (front < length && term->word->key[front] != '?')
        front++;
    while (back < length && term->word->key[length - 1 - back] != '?')
        back++;
    if (is_lost(term->word))
        return;
    for (uint32_t word = 0; word < common; word++)
        if (((index->keys[word] ^ term->key) & mask) == 0 && fits_wild(term->word, mt940_name_text(index, word)))
            add_choice(term, word, MT940_LIKE_WILD);
    if (front + back > 1 && length > 2)
        walk(index, term, back > front, back > front ? back : front, length);
}

static bool begins_with(struct mt940_view text, const struct mt940_name_word *word)
{
    return text.length > word->key_length && memcmp(text.data, word->key, word->key_length) == 0;
}

/* Longer words that begin so: the last word of a cut name. Common ones first, then some of every length. */
static void choose_longer(const struct mt940_name_index *index, struct mt940_name_term *term)
{
    uint32_t common = index->words < MT940_NAME_TRIED ? index->words : MT940_NAME_TRIED;
    size_t letters = term->word->key_length;
    uint64_t mask = mask_of(letters);

    if (term->word->flags & MT940_NAME_WILD)
        return;
    for (uint32_t word = 0; word < common; word++)
        if (begins_with(mt940_name_text(index, word), term->word))
            add_choice(term, word, MT940_LIKE_CUT);
    for (size_t length = letters + 1; letters >= 3 && length <= 15; length++) {
        uint64_t key = with_length(term->key, length) & mask;
        uint32_t at = lower_bound(index->forward, index->words, key), end = at + LONGER_MOST;

        for (; at < index->words && at < end && (index->forward[at] & mask) == key; at++)
            if (index->forward_word[at] < index->words && begins_with(mt940_name_text(index, index->forward_word[at]), term->word))
                add_choice(term, index->forward_word[at], MT940_LIKE_CUT);
    }
}

static void choose_abbreviated(const struct mt940_name_index *index, struct mt940_name_term *term)
{
    uint32_t among = index->words < ABBREVIATED_AMONG ? index->words : ABBREVIATED_AMONG;

    for (uint32_t word = 0; word < among && index->counts[word] > index->customers / 500; word++)
        if (abbreviates(term->word, mt940_name_text(index, word)))
            add_choice(term, word, MT940_LIKE_SHORT);
}

/* Abbreviations have typing errors too: TVC for TİC. */
static void choose_edited_form(const struct mt940_name_index *index, struct mt940_name_term *term)
{
    for (uint32_t i = 0; i < mt940_name_form_count; i++) {
        const struct mt940_name_form *form = &mt940_name_forms[i];
        struct mt940_view text = mt940_view_of(form->words, form->first_length);
        uint32_t word;

        if (form->count > 1 || (form->kind != MT940_NAME_WORD && form->kind != MT940_NAME_LEGAL) || text.length > 6 ||
            text.length + 1 < term->word->key_length || text.length > term->word->key_length + 1u ||
            edits_between(term->places, term->word->key_length, 0, text, 0) != 1)
            continue;
        word = mt940_name_find_word(index, form->canonical, strlen(form->canonical));
        if (word != MT940_NAME_NO_WORD)
            add_choice(term, word, MT940_LIKE_SHORT - 25);
    }
}

static bool within(uint32_t letters, uint32_t edits)
{
    letters &= letters - 1;
    return edits == 1 ? letters == 0 : (letters & (letters - 1)) == 0;
}

/* An edit takes one letter away and brings one in at most: most words are passed without being compared. */
static void choose_edited_common(const struct mt940_name_index *index, struct mt940_name_term *term)
{
    uint32_t common = index->words < MT940_NAME_TRIED ? index->words : MT940_NAME_TRIED;
    uint32_t edits = term->word->key_length < 6 ? 1 : 2;
    uint32_t letters = mt940_name_letters(term->word->key, term->word->key_length);

    for (uint32_t word = 0; word < common; word++) {
        uint32_t likeness;

        if (!within(letters & ~index->letters[word], edits) || !within(index->letters[word] & ~letters, edits))
            continue;
        likeness = likeness_of_key(index, term, word);
        if (likeness > 0)
            add_choice(term, word, likeness);
    }
}

/* One edit in a word leaves one of its halves as it is; two in a long one, one end of it. */
static void choose_edited(const struct mt940_name_index *index, struct mt940_name_term *term)
{
    size_t length = term->word->key_length, half = length / 2;

    if (length < 2 || term->exhausted || term->word->flags & (MT940_NAME_WILD | MT940_NAME_DIGITS))
        return;
    term->exhausted = 1;
    if (length > 2)
        choose_edited_common(index, term);
    for (size_t other = length > 2 ? length - 1 : 2; other <= length + 1; other++) {
        walk(index, term, false, half, other);
        walk(index, term, true, half, other);
    }
    if (length <= 5 && term->number == MT940_NAME_NO_WORD)
        choose_edited_form(index, term);
}

static void choose_term(const struct mt940_name_index *index, struct mt940_name_finding *finding, uint32_t at,
                        bool edits)
{
    struct mt940_name_search *search = finding->search;
    struct mt940_name_term *term = &search->terms[at];
    const struct mt940_name_word *word = term->word;
    bool last = at + 1 == search->term_count;

    if (!edits) {
        term->choice_count = 0;
        if (term->number != MT940_NAME_NO_WORD)
            add_choice(term, term->number, MT940_LIKE_SAME);
        if (word->weak) {
            uint32_t written_out = mt940_name_find_word(index, word->weak, strlen(word->weak));

            if (written_out != MT940_NAME_NO_WORD)
                add_choice(term, written_out, MT940_LIKE_SHORT + 20);
        }
        if (word->flags & MT940_NAME_WILD)
            choose_wild(index, term);
        if (last && finding->cut)
            choose_longer(index, term);
        if (word->kind == MT940_NAME_PLAIN && (word->flags & MT940_NAME_DOT || word->key_length <= 4))
            choose_abbreviated(index, term);
    }
    if ((edits && word->kind == MT940_NAME_PLAIN) || (term->number == MT940_NAME_NO_WORD && term->choice_count == 0))
        choose_edited(index, term);
}

void mt940_name_choose(const struct mt940_name_index *index, struct mt940_name_finding *finding, bool edits)
{
    struct mt940_name_search *search = finding->search;
    for (uint32_t at = 0; at < search->term_count; at++) {
        struct mt940_name_term *term = &search->terms[at];

        choose_term(index, finding, at, edits);
        term->alike_bits = term->bits;
        for (uint32_t i = 0; i < term->choice_count; i++)
            if (mt940_name_bits(index, term->choices[i].word) < term->alike_bits)
                term->alike_bits = mt940_name_bits(index, term->choices[i].word);
    }
}
