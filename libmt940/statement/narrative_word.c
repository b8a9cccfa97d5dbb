/* SPDX-License-Identifier: Apache-2.0
 *
 * narrative_word.c: sub-fields that begin with a word: "EREF+…", "NAAM: …", "VS 123". The search looks for the few
 * places where a word can end, a plus or a colon, and reads backwards from there. The words stand in
 * narrative_words.def.
 */
#include "base/bytes.h"
#include "base/search.h"
#include "statement/narrative_tables.h"

enum { PLUS = 1, COLON = 2, DIGITS = 4 };
enum { IN_SEPA = 1, IN_DUTCH = 2, IN_POLISH = 4, IN_CZECH = 8, IN_ALL = 15 };
enum ends { ends_TEXT, ends_LINE, ends_BLANK, ends_NUMBER };
enum {
    party_ANYBODY = mt940_party_anybody,
    party_SENDER = mt940_party_sender,
    party_RECEIVER = mt940_party_receiver
};
enum {
    meaning_NOTHING = MT940_NARRATIVE_NOTHING,
    meaning_NAME = MT940_NARRATIVE_NAME,
    meaning_ULTIMATE_NAME = MT940_NARRATIVE_ULTIMATE_NAME,
    meaning_ACCOUNT = MT940_NARRATIVE_ACCOUNT,
    meaning_END_TO_END = MT940_NARRATIVE_END_TO_END,
    meaning_CUSTOMER_REFERENCE = MT940_NARRATIVE_CUSTOMER_REFERENCE,
    meaning_MANDATE = MT940_NARRATIVE_MANDATE,
    meaning_CREDITOR_ID = MT940_NARRATIVE_CREDITOR_ID,
    meaning_PURPOSE = MT940_NARRATIVE_PURPOSE,
    meaning_PURPOSE_CODE = MT940_NARRATIVE_PURPOSE_CODE,
    meaning_CREDITOR_REFERENCE = MT940_NARRATIVE_CREDITOR_REFERENCE,
    meaning_RETURN_REASON = MT940_NARRATIVE_RETURN_REASON,
    meaning_ORIGINAL_AMOUNT = MT940_NARRATIVE_ORIGINAL_AMOUNT,
    meaning_CHARGES = MT940_NARRATIVE_CHARGES,
    meaning_BANK = mt940_meaning_bank
};

struct word {
    struct mt940_view text;
    uint8_t endings, dialects, weight, ends;
    int32_t meaning, party;
};

static const struct word words[] = {
#define MT940_WORD(word, endings, dialects, weight, ends, meaning, party) \
    {MT940_LITERAL(word), endings, dialects, weight, ends_##ends, meaning_##meaning, party_##party},
#include "statement/narrative_words.def"
};

static const struct {
    int32_t dialect;
    uint8_t bit;
} dialects[] = {
    {MT940_NARRATIVE_SEPA, IN_SEPA},
    {MT940_NARRATIVE_DUTCH, IN_DUTCH},
    {MT940_NARRATIVE_POLISH_WORDS, IN_POLISH},
    {MT940_NARRATIVE_CZECH, IN_CZECH},
};

enum { dialect_count = sizeof dialects / sizeof dialects[0] };

/* A word in a text: it begins at `start`, its value at `value`. */
struct found {
    const struct word *word;
    size_t start, length, value;
};

/* Where `word` begins that ends at `end`; SIZE_MAX = it does not. A blank in it stands for any number of them. */
static size_t begins(struct mt940_view text, size_t end, struct mt940_view word, bool any_case)
{
    size_t at = end, left = word.length;

    while (left > 0) {
        char wanted = word.data[--left];
        if (at == 0)
            return SIZE_MAX;
        char c = text.data[--at];
        if (wanted == ' ' && (unsigned char)c <= ' ')
            while (at > 0 && end - at < 64 && (unsigned char)text.data[at - 1] <= ' ')
                at--;
        else if (c != wanted && !(any_case && mt940_ascii_upper(c) == mt940_ascii_upper(wanted)))
            return SIZE_MAX;
    }
    return at;
}

/* The same for a word without blanks, letter by letter. */
static size_t begins_exactly(struct mt940_view text, size_t end, struct mt940_view word)
{
    size_t start = end - word.length;

    return end < word.length || memcmp(text.data + start, word.data, word.length) != 0 ? SIZE_MAX : start;
}

/*
 * The same with what must not stand in front of it. A word with a plus, or before digits, may follow digits; bytes above
 * 7F are letters.
 */
static size_t word_begins(struct mt940_view text, size_t end, const struct word *word, uint8_t ending)
{
    size_t start = ending == PLUS ? begins_exactly(text, end, word->text) : begins(text, end, word->text, ending == COLON);
    char before = start > 0 && start != SIZE_MAX ? text.data[start - 1] : ' ';

    bool high = (unsigned char)before >= 0x80;
    bool part = ending == PLUS    ? mt940_ascii_is_upper(before)
              : ending == DIGITS ? mt940_ascii_is_letter(before) || high
                                 : mt940_ascii_is_alnum(before) || high;

    return part ? SIZE_MAX : start;
}

/* Where the digits begin that stand behind a word at `at`, with at most a sign and blanks between; 0 = none do. */
static size_t digits_after(struct mt940_view text, size_t at)
{
    size_t limit = at + 4;

    while (at < text.length && at < limit && memchr(":=/. \n", text.data[at], 6))
        at++;
    return at < text.length && mt940_ascii_is_digit(text.data[at]) ? at : 0;
}

/* The four characters that end at `at`, zeros in front where there are fewer. */
static uint32_t four_before(struct mt940_view text, size_t at)
{
    return at >= 4 ? (uint32_t)mt940_bytes_four_in_order(text.data + at - 4)
                   : (uint32_t)(mt940_bytes_number(text.data, at) << 8 * (4 - at));
}

/* Whether any word of those that end alike has what stands before `at`: nearly every colon is told off by that. */
static bool may_stand_before(struct mt940_view text, size_t at, uint32_t letters)
{
    char before = at > 0 ? mt940_ascii_upper(text.data[at - 1]) : '\0';

    return letters >> 26 & 1 || (mt940_ascii_is_upper(before) && letters >> (before - 'A') & 1);
}

/* A word of four letters whose plus is at `at`: nearly all that there are. */
static inline bool plus_word_at(struct mt940_view text, size_t at, uint8_t mask, struct found *found)
{
    if (at < 4)
        return false;
    uint32_t four = (uint32_t)mt940_bytes_four_in_order(text.data + at - 4);
    size_t number = mt940_narrative_plus_words[(four * MT940_NARRATIVE_PLUS_FACTOR) >> (32 - MT940_NARRATIVE_PLUS_BITS)];
    if (number == 0)
        return false;
    const struct word *word = &words[number - 1];
    if ((uint32_t)mt940_bytes_four_in_order(word->text.data) != four || !(word->dialects & mask) ||
        (at > 4 && mt940_ascii_is_upper(text.data[at - 5])))
        return false;
    *found = (struct found){word, at - 4, 4, at + 1};
    return true;
}

/* The word whose end is at `at`, a plus, a colon, or the place behind the S of VS, KS and SS. */
static bool word_at(struct mt940_view text, size_t at, uint8_t ending, uint8_t mask, struct found *found)
{
    size_t value = ending == DIGITS ? digits_after(text, at) : at + 1;

    if (value == 0 || at == 0)
        return false;
    /* All words end in a letter, a dot or a digit ("REF. MT103"); those of the last two are one list. */
    char last = mt940_ascii_upper(text.data[at - 1]);
    if (!mt940_ascii_is_upper(last) && last != '.' && !mt940_ascii_is_digit(last))
        return false;
    size_t end = mt940_ascii_is_upper(last) ? (size_t)(last - 'A') : 26;
    if (!may_stand_before(text, at - 1, mt940_narrative_before_last[end]))
        return false;
    uint32_t four = four_before(text, at);
    size_t number = mt940_narrative_first_word[end];
    for (; number > 0; number = mt940_narrative_next_word[number - 1]) {
        const struct word *word = &words[number - 1];
        const struct mt940_narrative_tail *tail = &mt940_narrative_tails[number - 1];
        if ((four & tail->mask) != tail->text || !(word->endings & ending) || !(word->dialects & mask))
            continue;
        size_t start = word_begins(text, at, word, ending);
        if (start != SIZE_MAX) {
            *found = (struct found){word, start, at - start, value};
            return true;
        }
    }
    return false;
}

/* Looks for the bytes that may stand at the end of a word of these dialects. */
static void search_ends(struct mt940_search *ends, struct mt940_view text, uint8_t mask)
{
    if (mask & IN_CZECH)
        mt940_search_begin_pairs(ends, text, '+', ':', "VKS", 'S');
    else
        mt940_search_begin(ends, text, 0, '+', ':');
}

/* "eref+", "EREF +": the same word, in small letters or with a blank before the plus at `at`. */
static bool bent_word_at(struct mt940_view text, size_t at, uint8_t mask, struct found *found)
{
    enum { letters = 4, with_one_before = 5 };
    char room[with_one_before];
    size_t end = at - (at > 0 && text.data[at - 1] == ' '), before = end > letters;

    if (end < letters)
        return false;
    for (size_t i = 0; i < letters + before; i++)
        room[i] = mt940_ascii_upper(text.data[end - letters - before + i]);
    if (!plus_word_at(mt940_view_of(room, letters + before), letters + before, mask, found) || found->word->weight < 2)
        return false;
    found->start = end - letters;
    found->value = at + 1;
    return true;
}

/* The word that the byte at `at` ends. */
static inline bool word_ended(struct mt940_view text, size_t at, uint8_t mask, struct found *found)
{
    switch (text.data[at]) {
    case '+':
        return plus_word_at(text, at, mask, found) || word_at(text, at, PLUS, mask, found) ||
               bent_word_at(text, at, mask, found);
    case ':':
        return word_at(text, at, COLON, mask, found);
    default:
        return word_at(text, at + 1, DIGITS, mask, found);
    }
}

/* The first word at or behind `from`; one that is in front of digits may begin before. */
static inline bool next_word(struct mt940_search *ends, size_t from, uint8_t mask, struct found *found)
{
    struct mt940_view text = ends->text;

    for (size_t at = mt940_search_next(ends, from); at < text.length; at = mt940_search_next(ends, at + 1))
        if (word_ended(text, at, mask, found) && (text.data[at] == 'S' || found->start >= from))
            return true;
    return false;
}

bool mt940_word_before(struct mt940_view text, size_t at)
{
    struct found found;

    return word_ended(text, at, IN_SEPA, &found);
}

bool mt940_word_in_front(struct mt940_view text)
{
    enum { longest = 4 };
    struct found found;

    if (text.length <= 1)
        return false;
    size_t length = text.length - 1 < longest ? text.length - 1 : longest;
    uint64_t pluses = mt940_bytes_equal(mt940_bytes_number(text.data + 1, length), '+');
    if (!pluses)
        return false;
    size_t at = 1 + mt940_search_lowest(pluses) / 8;
    return word_ended(text, at, IN_SEPA, &found) && found.start == 0;
}

/* SEPA words have at most four letters, so the eight bytes around the seam hold any with its plus. */
bool mt940_word_across(struct mt940_view before, struct mt940_view after)
{
    enum { reach = 4 };
    char seam[2 * reach + 1];
    size_t left = before.length < reach ? before.length : reach;
    size_t right = after.length < reach ? after.length : reach;
    struct found found;

    if (left == 0 || right == 0)
        return false;
    /* One more on the left, so that the word's beginning can be told. */
    left += before.length > left;
    memcpy(seam, before.data + before.length - left, left);
    memcpy(seam + left, after.data, right);
    struct mt940_view text = mt940_view_of(seam, left + right);
    for (size_t at = left; at < text.length; at++)
        if (text.data[at] == '+' && word_ended(text, at, IN_SEPA, &found) && found.start < left)
            return true;
    return false;
}

int32_t mt940_word_detect(struct mt940_view text, int32_t *score)
{
    uint64_t weights[dialect_count] = {0}, hits = 0;
    struct mt940_search ends;
    struct found found;
    size_t best = 0;

    search_ends(&ends, text, IN_ALL);
    for (size_t at = 0; next_word(&ends, at, IN_ALL, &found); at = found.value) {
        hits++;
        for (size_t i = 0; i < dialect_count; i++)
            if (found.word->dialects & dialects[i].bit)
                weights[i] += found.word->weight;
    }
    for (size_t i = 1; i < dialect_count; i++)
        if (weights[i] > weights[best])
            best = i;
    if (weights[best] < 2)
        return MT940_NARRATIVE_FREE;
    *score = (int32_t)(weights[best] >= 2 * hits ? 100 : 50 + 25 * weights[best] / hits);
    return dialects[best].dialect;
}

static size_t skip_blanks(const char *data, size_t length)
{
    size_t at = 0;

    while (at < length && (unsigned char)data[at] <= ' ')
        at++;
    return at;
}

/* Whether a blank or a break is among eight bytes. */
static inline bool has_gap(const char *data)
{
    uint64_t bytes = mt940_bytes_at(data);

    return (mt940_bytes_equal(bytes, ' ') | mt940_bytes_equal(bytes, '\n')) != 0;
}

/* The end of a value that ends with its line. A sub-field padded with blanks to its full length ends as well. */
static size_t line_length(const char *data, size_t length)
{
    enum { word = 8, most_blanks = 2 };
    size_t blanks = 0;

    for (size_t at = skip_blanks(data, length); at < length; at++) {
        /* Eight bytes at once, while they are all of the value; at its end some of them again. */
        for (; blanks == 0 && length - at > word; at += word)
            if (has_gap(data + at))
                break;
        if (blanks == 0 && length - at <= word && length >= word && !has_gap(data + length - word))
            return length;
        blanks = data[at] == ' ' ? blanks + 1 : 0;
        if (data[at] == '\n' || blanks > most_blanks)
            return at;
    }
    return length;
}

/* Length of a value of at most `length` bytes, by where such values end. */
static inline size_t value_length(const char *data, size_t length, uint8_t ends)
{
    if (ends == ends_TEXT)
        return length;
    if (ends == ends_LINE)
        return line_length(data, length);
    size_t at = skip_blanks(data, length);
    while (at < length && (ends == ends_BLANK ? (unsigned char)data[at] > ' ' : mt940_ascii_is_digit(data[at])))
        at++;
    return at;
}

/* Values of the Dutch and the Poles end in the sign that divides them from the next word. */
static inline struct mt940_view without_divider(struct mt940_view value, int32_t dialect)
{
    value = mt940_view_trim(value);
    if (dialect != MT940_NARRATIVE_DUTCH && dialect != MT940_NARRATIVE_POLISH_WORDS)
        return value;
    while (value.length > 0 && strchr("/;, ", value.data[value.length - 1]))
        value.length--;
    return mt940_view_trim(value);
}

/* An IBAN goes as far as it must, across the end of a sub-field or up to the text behind it; else what `length` says. */
static size_t account_length(struct mt940_view text, size_t length)
{
    struct mt940_view value = mt940_view_trim(mt940_view_slice(text, 0, length));
    size_t whole = 0;

    if (length < text.length || (value.length > 0 && memchr(value.data, ' ', value.length)))
        whole = mt940_narrative_iban_length(text);
    return whole > 0 ? whole : length;
}

static inline void read_value(struct mt940_narrative_reading *reading, struct mt940_view text, const struct found *found,
                       size_t end, int32_t dialect, int32_t level)
{
    size_t length = value_length(text.data + found->value, end - found->value, found->word->ends);
    if (found->word->meaning == MT940_NARRATIVE_ACCOUNT)
        length = account_length(mt940_view_slice(text, found->value, end - found->value), length);
    struct mt940_view value = without_divider(mt940_view_slice(text, found->value, length), dialect);
    struct mt940_view code = mt940_view_slice(text, found->start, found->length);

    mt940_narrative_add(reading, code, value, found->word->meaning, level);
    if (found->word->party == mt940_party_anybody)
        mt940_narrative_take(reading, found->word->meaning, value);
    else
        mt940_narrative_take_of(reading, found->word->party, found->word->meaning, value);
    if (length == end - found->value)
        return;
    struct mt940_view rest = mt940_view_trim(mt940_view_slice(text, found->value + length, end - found->value - length));
    if (rest.length == 0)
        return;
    mt940_narrative_add(reading, mt940_view_slice(rest, 0, 0), rest, MT940_NARRATIVE_NOTHING, level);
    if (reading->lead.length == 0)
        reading->lead = rest;
}

bool mt940_word_read(struct mt940_narrative_reading *reading, struct mt940_view text, int32_t dialect, int32_t level)
{
    struct mt940_search ends;
    struct found found, next;
    uint8_t mask = 0;

    for (size_t i = 0; i < dialect_count; i++)
        if (dialects[i].dialect == dialect)
            mask = dialects[i].bit;
    search_ends(&ends, text, mask);
    if (!next_word(&ends, 0, mask, &found))
        return false;
    struct mt940_view lead = without_divider(mt940_view_slice(text, 0, found.start), dialect);
    bool own_line = level == 0 && dialect == MT940_NARRATIVE_SEPA && found.start > 0 && text.data[found.start - 1] == '\n';
    if (lead.length > 0)
        mt940_narrative_add(reading, mt940_view_slice(text, 0, 0), lead, MT940_NARRATIVE_NOTHING, level);
    if (dialect == MT940_NARRATIVE_SEPA || dialect == MT940_NARRATIVE_CZECH)
        reading->lead = lead;
    else
        mt940_narrative_take(reading, MT940_NARRATIVE_BOOKING_TEXT, lead);
    for (bool more = true; more; found = next) {
        more = next_word(&ends, found.value, mask, &next);
        read_value(reading, text, &found, more ? next.start : text.length, dialect, level);
    }
    /* What stands in front is the purpose only where no word says one; on a line of its own it names the business. */
    if (own_line && reading->out->values[MT940_NARRATIVE_PURPOSE].length > 0)
        mt940_narrative_take(reading, MT940_NARRATIVE_BOOKING_TEXT, lead);
    return true;
}
