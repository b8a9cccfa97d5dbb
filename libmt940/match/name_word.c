/* SPDX-License-Identifier: Apache-2.0
 *
 * name_word.c: splits a text into words, repairs letters that were read in the wrong set, folds.
 * Knows bytes and the fold, no table of words.
 */
#include "match/name_word.h"

#include <string.h>

#include "mt940connect/fold.h"
#include "text/fold_tables.h"
#include "text/utf8.h"

/* Room for a word before it is folded; what is longer is cut anyway. */
#define WORD_BYTES (MT940_NAME_KEY * 4)

/* Letters of ISO 8859-9 that were read as ISO 8859-1, and what they were (matching.md §2.4). */
static uint32_t repaired(uint32_t point)
{
    switch (point) {
    case 0xDD: return 0x130; /* Ý -> İ */
    case 0xDE: return 0x15E; /* Þ -> Ş */
    case 0xD0: return 0x11E; /* Ð -> Ğ */
    case 0xFD: return 0x131;
    case 0xFE: return 0x15F;
    case 0xF0: return 0x11F;
    default: return point;
    }
}

/* Letters that Icelandic, Faroese and Nordic names have and Turkish ones have not. */
static bool is_nordic(uint32_t point)
{
    return point == 0xC6 || point == 0xE6 || point == 0xC5 || point == 0xE5 || point == 0xD8 || point == 0xF8 ||
           point == 0xC1 || point == 0xE1 || point == 0xC9 || point == 0xE9 || point == 0xCD || point == 0xED ||
           point == 0xD3 || point == 0xF3 || point == 0xDA || point == 0xFA;
}

void mt940_name_reader_begin(struct mt940_name_reader *reader, const struct mt940_view *text)
{
    const unsigned char *bytes = (const unsigned char *)text->data, *at = bytes;
    size_t left = text->length;
    bool damaged = false, nordic = false;

    reader->text = *text;
    reader->at = 0;
    while (left > 1 && (at = memchr(at, 0xC3, left - 1)) != NULL) {
        uint32_t point = 0xC0 | (*++at & 0x3Fu);

        left = text->length - (size_t)(at - bytes);
        damaged = damaged || repaired(point) != point;
        nordic = nordic || is_nordic(point);
    }
    reader->repair = damaged && !nordic;
}

static bool is_word_byte(unsigned char byte)
{
    return mt940_ascii_is_alnum((char)byte);
}

/* Blanks and punctuation beyond ASCII; U+FFFD stands for a lost letter and is part of a word. */
static bool is_word_point(uint32_t point)
{
    if (point < 0xC0)
        return point == 0xAA || point == 0xB5 || point == 0xBA;
    return !(point >= 0x2000 && point <= 0x206F) && !(point >= 0x20A0 && point <= 0x20CF) && point != 0x3000 &&
           point != 0xD7 && point != 0xF7;
}

/*
 * A '?' is a lost letter where a letter, a dot or another one of them is its neighbour; beside digits it is what banks
 * write around the numbers of sub-fields ("001?", "?32").
 */
static bool is_lost_letter(const struct mt940_view *text, size_t at)
{
    char before = at > 0 ? text->data[at - 1] : ' ', behind = at + 1 < text->length ? text->data[at + 1] : ' ';

    if (text->data[at] != '?' || mt940_ascii_is_digit(before) || mt940_ascii_is_digit(behind))
        return false;
    return is_word_byte((unsigned char)before) || is_word_byte((unsigned char)behind) || before == '?' ||
           behind == '?' || (before == '.' && behind == '.');
}

/* Length of the character of a word at `at`, 0 where something else stands; *point is '?' for a lost letter. */
static size_t word_character(const struct mt940_name_reader *reader, size_t at, uint32_t *point)
{
    const unsigned char *bytes = (const unsigned char *)reader->text.data;
    size_t taken;

    if (bytes[at] < 0x80) {
        *point = bytes[at];
        return is_word_byte(bytes[at]) || is_lost_letter(&reader->text, at) ? 1 : 0;
    }
    taken = mt940_utf8_read(bytes + at, reader->text.length - at, point);
    if (*point == MT940_UTF8_INVALID || *point == MT940_UTF8_REPLACEMENT)
        *point = '?';
    else if (!is_word_point(*point))
        return 0;
    else if (reader->repair)
        *point = repaired(*point);
    return taken;
}

static void push(struct mt940_name_word *word, char c)
{
    if (!mt940_ascii_is_digit(c))
        word->flags &= (uint8_t)~MT940_NAME_DIGITS;
    if (c == '?')
        word->flags |= MT940_NAME_WILD;
    if (word->key_length < MT940_NAME_KEY)
        word->key[word->key_length++] = c;
}

/* Folds what was gathered of a word that is not plain ASCII. Lost letters are kept apart from the fold. */
static void fold_part(struct mt940_name_word *word, const char *bytes, size_t length)
{
    char folded[WORD_BYTES * 2];
    size_t count = mt940_fold_skeleton(bytes, length, folded, sizeof(folded), NULL);

    for (size_t i = 0; i < count && i < sizeof(folded); i++)
        if (folded[i] != ' ')
            push(word, folded[i]);
}

/* A letter that the tables know needs none of the rest: its skeleton does not depend on its neighbours. */
static bool push_known(struct mt940_name_word *word, uint32_t point)
{
    uint32_t letters;

    if (point >= MT940_FOLD_END || mt940_fold_class(point) == MT940_FOLD_LACKING)
        return false;
    word->flags &= (uint8_t)~MT940_NAME_DIGITS;
    for (letters = mt940_fold_letters_of(point) & MT940_FOLD_TEXT; letters; letters >>= 8)
        if ((letters & 0xFF) != ' ')
            push(word, (char)(letters & 0xFF));
    return true;
}

/* Letters have it, digits have not. */
#define LETTER_BIT 0x40

/*
 * Most of a name is plain letters and those of Latin alphabets: as many as stand here and have room. Returns where they
 * end. One and two bytes alternate without pattern in Turkish, so nothing branches on which it is: what a byte is
 * follows from the one before it.
 */
static size_t push_plain(const struct mt940_name_reader *reader, size_t at, struct mt940_name_word *word)
{
    const unsigned char *data = (const unsigned char *)reader->text.data;
    size_t length = word->key_length, room = MT940_NAME_KEY - length, end = reader->text.length, behind = 0;
    unsigned seen = 0, least = reader->repair ? MT940_FOLD_LEADS : 0;

    if (end - at > room)
        end = at + room;
    for (; at < end; at++) {
        size_t byte = data[at], lead = byte - (MT940_FOLD_LEAD - 1);
        unsigned key = mt940_fold_plain[byte][behind];

        if (key <= least)
            break;
        word->key[length] = (char)key;
        length += key > MT940_FOLD_LEADS;
        seen |= key;
        behind = lead < MT940_FOLD_PLACES ? lead : 0;
    }
    word->key_length = (uint8_t)length;
    if (seen & LETTER_BIT)
        word->flags &= (uint8_t)~MT940_NAME_DIGITS;
    return at - (behind != 0);
}

/* Blanks, dots and dashes: what stands between most words, and in none. */
#define GAPS (UINT64_C(1) << ' ' | UINT64_C(1) << '.' | UINT64_C(1) << '-')

static inline bool is_gap(char c)
{
    return (unsigned char)c < 64 && (GAPS >> (unsigned char)c & 1);
}

/* Reads on from where no plain letters stand; returns where the word ends. */
static size_t read_rest(const struct mt940_name_reader *reader, size_t at, struct mt940_name_word *word)
{
    char part[WORD_BYTES];
    size_t used = 0, taken;
    uint32_t point;

    while (at < reader->text.length && !is_gap(reader->text.data[at])) {
        if (used == 0 && (taken = push_plain(reader, at, word)) != at) {
            at = taken;
            continue;
        }
        taken = word_character(reader, at, &point);
        if (taken == 0 && reader->text.data[at] == '\'' && at + 1 < reader->text.length &&
            word_character(reader, at + 1, &point) > 0 && !(word->flags & MT940_NAME_DIGITS)) {
            at++;
            continue;
        }
        if (taken == 0)
            break;
        if (point < 0x80) {
            if (used > 0)
                fold_part(word, part, used);
            used = 0;
            push(word, mt940_ascii_upper((char)point));
        } else if (used == 0 && push_known(word, point)) {
            /* nothing is left to fold */
        } else if (used + 4 <= sizeof(part)) {
            used += mt940_utf8_write(point, part + used);
            word->flags &= (uint8_t)~MT940_NAME_DIGITS;
        }
        at += taken;
    }
    if (used > 0)
        fold_part(word, part, used);
    return at;
}

/* Reads the word that begins at reader->at. */
static void read_word(struct mt940_name_reader *reader, struct mt940_name_word *word)
{
    const char *data = reader->text.data;
    size_t from = reader->at, at, end = reader->text.length;

    word->offset = (uint32_t)from;
    word->key_length = 0;
    word->kind = MT940_NAME_PLAIN;
    word->weak = NULL;
    word->flags = MT940_NAME_DIGITS;
    at = push_plain(reader, from, word);
    if (at < end && !is_gap(data[at]))
        at = read_rest(reader, at, word);
    word->length = (uint32_t)(at - from);
    if (at < end && data[at] == '.')
        word->flags |= MT940_NAME_DOT;
    reader->at = at;
}

/* ?21 to ?29, ?33 and ?61 to ?63 go on with the sub-field before them, maybe in the middle of a word. */
static bool goes_on_from_last(const char *code)
{
    return (code[1] == '2' && code[2] != '0') || (code[1] == '3' && code[2] == '3') ||
           (code[1] == '6' && code[2] >= '1' && code[2] <= '3');
}

/* Passes what is neither blanks, dots and dashes nor a word; true when something was there. */
static bool pass_others(struct mt940_name_reader *reader)
{
    bool broken = false;
    uint32_t point;

    while (reader->at < reader->text.length && word_character(reader, reader->at, &point) == 0) {
        char c = reader->text.data[reader->at];
        size_t code = mt940_subfield_code(reader->text.data, reader->text.length, reader->at);

        if (code > 0) {
            broken = broken || !goes_on_from_last(reader->text.data + reader->at);
            reader->at += code;
            continue;
        }
        broken = broken || c == ':' || c == '/' || c == ',' || c == ';' || c == '(' || c == ')' || c == '*' || c == '|';
        reader->at += (unsigned char)c < 0x80 ? 1
                                              : mt940_utf8_read((const unsigned char *)reader->text.data + reader->at,
                                                                reader->text.length - reader->at, &point);
    }
    return broken;
}

/* Passes what is no word; true when it is more than blanks, dots and dashes. */
static inline bool pass_gap(struct mt940_name_reader *reader)
{
    const char *data = reader->text.data;
    size_t at = reader->at, end = reader->text.length;

    while (at < end && is_gap(data[at]))
        at++;
    reader->at = at;
    return at < end && mt940_fold_plain[(unsigned char)data[at]][0] <= MT940_FOLD_LEADS && pass_others(reader);
}

size_t mt940_name_read(struct mt940_name_reader *reader, struct mt940_name_word *words, size_t capacity)
{
    size_t count = 0;

    while (count < capacity) {
        bool broken = pass_gap(reader);

        if (reader->at >= reader->text.length || reader->at >= UINT32_MAX)
            break;
        read_word(reader, &words[count]);
        if (broken)
            words[count].flags |= MT940_NAME_BREAK;
        count += words[count].key_length > 0;
    }
    return count;
}
