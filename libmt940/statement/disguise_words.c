/* SPDX-License-Identifier: Apache-2.0
 *
 * disguise_words.c: which words everybody's statements have: those of disguise_words.def, currencies, and reasons of
 * returns. Must not know what is done with the others.
 */
#include "statement/disguise.h"
#include "text/utf8.h"

static const struct mt940_view vocabulary[] = {
#define MT940_VOCABULARY(word) MT940_LITERAL(word),
#include "statement/disguise_words.def"
};

static const struct mt940_view names_too[] = {
#define MT940_NAME_TOO(word) MT940_LITERAL(word),
#include "statement/disguise_words.def"
};

static const struct mt940_view reasons[] = {
#define MT940_REASON(code) MT940_LITERAL(code),
#include "statement/narrative_reasons.def"
};

/* Letters that have a Turkish, German or Polish form above 7F. */
static const char with_marks[] = "ACEGILNOSUZ";

/* The letters of U+00C0 to U+017F without their marks; '.' = none. */
static const char without_marks[] = "AAAAAAACEEEEIIIIDNOOOOO.OUUUUY.SAAAAAAACEEEEIIIIDNOOOOO.OUUUUY.Y"
                                    "AAAAAACCCCCCCCDDDDEEEEEEEEEEGGGGGGGGHHHHIIIIIIIIIIIIJJKKKLLLLLLL"
                                    "LLLNNNNNNNNNOOOOOOOORRRRRRSSSSSSSSTTTTTTUUUUUUUUUUUUWWYYYZZZZZZS";

/*
 * Bytes of a letter above 7F that is this one with a mark, 0 = it is another. In a set of one byte, which is not known
 * here, it may be any that has some.
 */
static size_t marked_length(struct mt940_view word, size_t at, char letter)
{
    enum { first = 0xC0, last = 0x17F };
    uint32_t point;
    size_t length = mt940_utf8_read((const unsigned char *)word.data + at, word.length - at, &point);

    if (point == MT940_UTF8_INVALID)
        return memchr(with_marks, letter, sizeof with_marks - 1) != NULL;
    return point >= first && point <= last && without_marks[point - first] == letter ? length : 0;
}

static bool fits(struct mt940_view word, struct mt940_view known)
{
    size_t at = 0;

    for (size_t i = 0; i < known.length; i++) {
        if (at >= word.length)
            return false;
        bool plain = mt940_ascii_upper(word.data[at]) == known.data[i];
        size_t length = plain ? 1 : (unsigned char)word.data[at] < 0x80 ? 0 : marked_length(word, at, known.data[i]);
        if (length == 0)
            return false;
        at += length;
    }
    return at == word.length;
}

/* A word as its place in the alphabet: below 0, 0 or above; in any case. */
static int order(struct mt940_view word, struct mt940_view known)
{
    for (size_t i = 0; i < word.length && i < known.length; i++) {
        int difference = (unsigned char)mt940_ascii_upper(word.data[i]) - (unsigned char)known.data[i];
        if (difference)
            return difference;
    }
    return word.length < known.length ? -1 : word.length > known.length;
}

struct list {
    const struct mt940_view *words;
    size_t count;
};

/* The first word of the list that is not before `word`. */
static size_t find(const struct list *list, struct mt940_view word)
{
    size_t low = 0, high = list->count;

    while (low < high) {
        size_t middle = (low + high) / 2;
        if (order(word, list->words[middle]) > 0)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

/* Whether a word of so many characters fits one that begins with `letter`. */
static bool fits_any(const struct list *list, struct mt940_view word, size_t characters, char letter)
{
    struct mt940_view first = {&letter, 1};

    for (size_t i = find(list, first); i < list->count && list->words[i].data[0] == letter; i++)
        if (list->words[i].length == characters && fits(word, list->words[i]))
            return true;
    return false;
}

/* Characters of a word, a byte that is no UTF-8 counted as one; *high how many are not ASCII. */
static size_t count_characters(struct mt940_view word, size_t *high)
{
    size_t count = 0, taken;
    uint32_t point;

    for (size_t at = 0; at < word.length; at += taken, count++) {
        taken = mt940_utf8_read((const unsigned char *)word.data + at, word.length - at, &point);
        taken = point == MT940_UTF8_INVALID ? 1 : taken;
        *high += (unsigned char)word.data[at] >= 0x80;
    }
    return count;
}

/* Of ASCII there is only one word that it can be; a word without any letter of ASCII could be too many. */
static bool is_in(const struct list *list, struct mt940_view word)
{
    enum { longest = 40 };
    size_t high = 0, characters = word.length <= longest ? count_characters(word, &high) : 0, at;

    if (high == characters)
        return false;
    if (high == 0) {
        at = find(list, word);
        return at < list->count && order(word, list->words[at]) == 0;
    }
    if ((unsigned char)word.data[0] < 0x80)
        return fits_any(list, word, characters, mt940_ascii_upper(word.data[0]));
    for (char letter = 'A'; letter <= 'Z'; letter++)
        if (marked_length(word, 0, letter) && fits_any(list, word, characters, letter))
            return true;
    return false;
}

static bool is_currency(struct mt940_view word)
{
    return word.length == 3 && mt940_currency_digits(word.data, word.length) >= 0;
}

static bool is_reason(struct mt940_view word)
{
    for (size_t i = 0; word.length == 4 && i < sizeof reasons / sizeof reasons[0]; i++)
        if (memcmp(word.data, reasons[i].data, 4) == 0)
            return true;
    return false;
}

static const struct list all_words = {vocabulary, sizeof vocabulary / sizeof vocabulary[0]},
                         all_names = {names_too, sizeof names_too / sizeof names_too[0]};

bool mt940_is_name_too(struct mt940_view word)
{
    return is_in(&all_names, word) || (is_currency(word) && !is_in(&all_words, word));
}

bool mt940_is_vocabulary(struct mt940_view word)
{
    return word.length > 0 &&
           (is_currency(word) || is_reason(word) || is_in(&all_words, word) || is_in(&all_names, word));
}
