/* SPDX-License-Identifier: Apache-2.0
 *
 * iban_suggest.c: what a refused IBAN may have been meant to be. Tries the mistakes that people and scanners make, one
 * at a time, and keeps what passes every check: at most a few thousand trials, whatever the text. It must not know
 * which accounts exist; a suggestion is a question to a person.
 */
#include <string.h>

#include "base/export.h"
#include "base/view.h"
#include "identifier/character.h"
#include "identifier/iban.h"

#define SUGGESTIONS_MAX 64
/* Ways to read several look-alikes that are tried. */
#define READINGS_MAX 64
/* Stands for a character that no IBAN has. */
#define UNREADABLE '?'

static const char digits[] = "0123456789";
static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

struct search {
    uint32_t flags;
    char text[MT940_IBAN_MAX + 2]; /* capitals, digits and UNREADABLE */
    size_t count;
    struct mt940_iban_suggestion *out;
    size_t capacity;
    size_t found;
};

/* What a character is taken for where a digit must be a letter, or a letter a digit. */
static const char *lookalikes_of(char c)
{
    static const struct {
        char c;
        char others[4];
    } table[] = {
        {'0', "ODQ"}, {'1', "IL"}, {'2', "Z"}, {'4', "A"}, {'5', "S"}, {'6', "G"}, {'7', "T"}, {'8', "B"}, {'9', "G"},
        {'A', "4"},   {'B', "8"},  {'D', "0"}, {'G', "69"}, {'I', "1"}, {'L', "1"}, {'O', "0"}, {'Q', "09"}, {'S', "5"},
        {'T', "7"},   {'Z', "2"},
    };

    for (size_t i = 0; i < sizeof(table) / sizeof(table[0]); i++)
        if (table[i].c == c)
            return table[i].others;
    return "";
}

/* A byte behind the first of a character in UTF-8. */
static bool is_continuation(char c)
{
    return ((unsigned char)c & 0xc0) == 0x80;
}

/* The text without separators; characters outside ASCII count once. */
static void read_text(struct search *search, const char *text, size_t length)
{
    struct mt940_view rest = mt940_view_trim(mt940_view_of(text, text ? length : 0));

    if (rest.length > 4 && mt940_view_is_nocase(mt940_view_of(rest.data, 4), mt940_view_of("IBAN", 4)))
        rest = mt940_view_of(rest.data + 4, rest.length - 4);
    for (size_t i = 0; i < rest.length && search->count <= MT940_IBAN_MAX; i++) {
        char c = mt940_ascii_upper(rest.data[i]);
        if (c == ' ' || c == '-' || (c == ':' && search->count == 0) || is_continuation(c))
            continue;
        search->text[search->count++] = mt940_character_value(c) < MT940_CHARACTER_OTHER ? c : UNREADABLE;
    }
}

static void offer(struct search *search, const char *canonical, size_t count, int32_t mistake, size_t position)
{
    struct mt940_iban_verdict verdict;
    struct mt940_iban_suggestion *next;

    if (search->found >= search->capacity || memchr(canonical, UNREADABLE, count))
        return;
    mt940_iban_judge(canonical, count, search->flags, &verdict);
    if (verdict.reason != MT940_IBAN_VALID)
        return;
    for (size_t i = 0; i < search->found; i++)
        if (strlen(search->out[i].canonical) == count && memcmp(search->out[i].canonical, canonical, count) == 0)
            return;
    next = &search->out[search->found++];
    memset(next, 0, sizeof(*next));
    memcpy(next->canonical, canonical, count);
    next->mistake = mistake;
    next->position = (int32_t)position;
}

/* Whether a country has `c` at this place of its IBANs. */
static bool fits(const struct mt940_registry_row *row, size_t at, char c)
{
    uint64_t wanted = mt940_character_value(c) < 10 ? row->digits : row->letters;
    return (wanted | row->either) >> at & 1;
}

/* Whether a character is to be read as a look-alike: it cannot stand there, or digits are taken to be meant. */
static bool is_suspect(const struct mt940_registry_row *row, size_t at, char c, bool digits_meant)
{
    if (c == UNREADABLE || !fits(row, at, c))
        return true;
    return digits_meant && mt940_ascii_is_upper(c) && (row->either >> at & 1) && *lookalikes_of(c);
}

/* Reads the suspect characters as their look-alikes, in every combination up to a limit. */
static void try_readings(struct search *search, const struct mt940_registry_row *row, bool digits_meant)
{
    char text[MT940_IBAN_MAX + 2];
    size_t first = row->length;

    for (unsigned reading = 0; reading < READINGS_MAX; reading++) {
        unsigned rest = reading;
        for (size_t i = 0; i < row->length; i++) {
            const char *others = lookalikes_of(search->text[i]);
            size_t choices = strlen(others);
            text[i] = search->text[i];
            if (!is_suspect(row, i, text[i], digits_meant))
                continue;
            if (choices == 0)
                return;
            first = i < first ? i : first;
            text[i] = others[rest % choices];
            rest /= (unsigned)choices;
        }
        if (rest > 0 || first == row->length)
            return;
        offer(search, text, row->length, MT940_IBAN_MISTAKE_LOOKALIKE, first);
    }
}

/* Letters behind the check digits: whoever wrote it may have meant another one. */
static bool has_letters(const struct search *search)
{
    for (size_t i = 4; i < search->count; i++)
        if (mt940_ascii_is_upper(search->text[i]))
            return true;
    return false;
}

/* The country's letters may be look-alikes themselves. */
static void try_lookalikes(struct search *search)
{
    char first[5] = {search->text[0]}, second[5] = {search->text[1]};

    memcpy(first + 1, lookalikes_of(first[0]), strlen(lookalikes_of(first[0])));
    memcpy(second + 1, lookalikes_of(second[0]), strlen(lookalikes_of(second[0])));
    for (size_t i = 0; first[i]; i++)
        for (size_t k = 0; second[k]; k++) {
            const struct mt940_registry_row *row = mt940_registry_find(first[i], second[k]);
            if (!row || row->length != search->count)
                continue;
            try_readings(search, row, false);
            try_readings(search, row, true);
        }
}

/* One look-alike where both letters and digits may stand: a letter read as a digit, or a digit as a letter. */
static void try_one_lookalike(struct search *search, bool to_letter)
{
    char text[MT940_IBAN_MAX + 2];

    memcpy(text, search->text, sizeof(text));
    for (size_t i = 0; i < search->count; i++) {
        for (const char *other = lookalikes_of(search->text[i]); *other; other++) {
            if (mt940_ascii_is_upper(*other) != to_letter)
                continue;
            text[i] = *other;
            offer(search, text, search->count, MT940_IBAN_MISTAKE_LOOKALIKE, i);
        }
        text[i] = search->text[i];
    }
}

static void try_swaps(struct search *search)
{
    char text[MT940_IBAN_MAX + 2];

    for (size_t i = 0; i + 1 < search->count; i++) {
        memcpy(text, search->text, sizeof(text));
        text[i] = search->text[i + 1];
        text[i + 1] = search->text[i];
        offer(search, text, search->count, MT940_IBAN_MISTAKE_SWAPPED, i);
    }
}

/* Another digit for a digit and another letter for a letter, or (`across`) one for the other. */
static void try_changes(struct search *search, bool across)
{
    char text[MT940_IBAN_MAX + 2];

    memcpy(text, search->text, sizeof(text));
    for (size_t i = 0; i < search->count; i++) {
        for (const char *c = mt940_ascii_is_upper(text[i]) != across ? letters : digits; *c; c++) {
            text[i] = *c;
            offer(search, text, search->count, MT940_IBAN_MISTAKE_CHANGED, i);
        }
        text[i] = search->text[i];
    }
}

static void try_without(struct search *search)
{
    char text[MT940_IBAN_MAX + 2];

    for (size_t i = 0; i < search->count; i++) {
        memcpy(text, search->text, i);
        memcpy(text + i, search->text + i + 1, search->count - i - 1);
        offer(search, text, search->count - 1, MT940_IBAN_MISTAKE_EXTRA, i);
    }
}

static void try_inserted(struct search *search, const char *alphabet)
{
    char text[MT940_IBAN_MAX + 3];

    for (size_t i = 0; i <= search->count; i++) {
        memcpy(text, search->text, i);
        memcpy(text + i + 1, search->text + i, search->count - i);
        for (const char *c = alphabet; *c; c++) {
            text[i] = *c;
            offer(search, text, search->count + 1, MT940_IBAN_MISTAKE_MISSING, i);
        }
    }
}

/*
 * The likeliest first. Where letters may stand too, most banks use digits only, those of Türkiye always: to a number
 * written in digits, what brings a first letter in is offered last.
 */
static void try_all(struct search *search)
{
    bool letters_likely = has_letters(search);

    try_lookalikes(search);
    try_one_lookalike(search, false);
    if (letters_likely)
        try_one_lookalike(search, true);
    try_swaps(search);
    try_without(search);
    try_changes(search, false);
    try_inserted(search, digits);
    if (!letters_likely)
        try_one_lookalike(search, true);
    try_changes(search, true);
    try_inserted(search, letters);
}

MT940_EXPORT size_t mt940_iban_suggest(const char *text, size_t length, uint32_t flags,
                                       struct mt940_iban_suggestion *out, size_t capacity)
{
    struct search search = {flags & ~(uint32_t)MT940_IBAN_PRINT, {0}, 0, out, capacity, 0};
    struct mt940_iban_verdict verdict;

    if ((flags & ~(uint32_t)MT940_IBAN_ALL_FLAGS) || !out || capacity == 0)
        return 0;
    if (search.capacity > SUGGESTIONS_MAX)
        search.capacity = SUGGESTIONS_MAX;
    read_text(&search, text, length);
    if (search.count < 2 || search.count > MT940_IBAN_MAX)
        return 0;
    if (!memchr(search.text, UNREADABLE, search.count)) {
        mt940_iban_judge(search.text, search.count, search.flags, &verdict);
        if (verdict.reason == MT940_IBAN_VALID)
            return 0;
    }
    try_all(&search);
    return search.found;
}
