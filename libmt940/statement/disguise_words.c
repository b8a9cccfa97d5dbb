/* SPDX-License-Identifier: Apache-2.0
 *
 * disguise_words.c: which words everybody's statements have: those of disguise_words.def, currencies, and reasons of
 * returns. Must not know what is done with the others.
 */
#include "statement/disguise.h"

static const struct mt940_view vocabulary[] = {
#define MT940_VOCABULARY(word) MT940_LITERAL(word),
#include "statement/disguise_words.def"
};

static const struct mt940_view reasons[] = {
#define MT940_REASON(code) MT940_LITERAL(code),
#include "statement/narrative_reasons.def"
};

/* Letters that have a Turkish, German or Polish form above 7F. */
static const char with_marks[] = "ACEGILNOSUZ";

enum { vocabulary_count = sizeof vocabulary / sizeof vocabulary[0], longest = 40 };

/* Bytes of a letter above 7F: two in UTF-8, one in a set of one byte. */
static size_t letter_length(struct mt940_view word, size_t at)
{
    unsigned char lead = (unsigned char)word.data[at];
    bool pair = lead >= 0xC3 && lead <= 0xC5 && at + 1 < word.length && ((unsigned char)word.data[at + 1] & 0xC0) == 0x80;

    return pair ? 2 : 1;
}

static bool fits(struct mt940_view word, struct mt940_view known)
{
    size_t at = 0;

    for (size_t i = 0; i < known.length; i++) {
        if (at >= word.length)
            return false;
        if (mt940_ascii_upper(word.data[at]) == known.data[i])
            at++;
        else if ((unsigned char)word.data[at] >= 0x80 && memchr(with_marks, known.data[i], sizeof with_marks - 1))
            at += letter_length(word, at);
        else
            return false;
    }
    return at == word.length;
}

/* The first word that begins with `letter` or a later one. */
static size_t first_of(char letter)
{
    size_t low = 0, high = vocabulary_count;

    while (low < high) {
        size_t middle = (low + high) / 2;
        if (vocabulary[middle].data[0] < letter)
            low = middle + 1;
        else
            high = middle;
    }
    return low;
}

static bool is_listed(struct mt940_view word, char letter)
{
    for (size_t i = first_of(letter); i < vocabulary_count && vocabulary[i].data[0] == letter; i++)
        if (fits(word, vocabulary[i]))
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

bool mt940_is_vocabulary(struct mt940_view word)
{
    if (word.length == 0 || word.length > longest)
        return false;
    if (is_currency(word) || is_reason(word))
        return true;
    if ((unsigned char)word.data[0] < 0x80)
        return is_listed(word, mt940_ascii_upper(word.data[0]));
    for (size_t i = 0; i + 1 < sizeof with_marks; i++)
        if (is_listed(word, with_marks[i]))
            return true;
    return false;
}
