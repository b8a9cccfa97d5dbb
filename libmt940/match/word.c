/* SPDX-License-Identifier: Apache-2.0
 *
 * word.c: splits a text into words and folds each. Knows bytes and the fold, not what the words
 * mean.
 */
#include "match/word.h"

#include "mt940connect/fold.h"

/* Room for the skeleton of a word before it is cut: no character folds to more than 4 bytes. */
#define FOLD_ROOM (MT940_WORD_KEY * 4)

/* Blanks and punctuation beyond ASCII; every other character above U+007F counts as a letter. */
static bool is_separator(uint32_t code)
{
    if (code < 0xC0)
        return code != 0xAA && code != 0xB5 && code != 0xBA;
    return (code >= 0x2000 && code <= 0x2018) || (code >= 0x201A && code <= 0x206F) ||
           (code >= 0x20A0 && code <= 0x20CF) || code == 0x3000;
}

/* The character at `at` and its length; bytes that are no UTF-8 are letters of one byte. */
static size_t read_character(const struct mt940_view *text, size_t at, uint32_t *code)
{
    const unsigned char *bytes = (const unsigned char *)text->data + at;
    size_t left = text->length - at;

    *code = 0xFFFD;
    if (left >= 2 && bytes[0] >= 0xC2 && bytes[0] < 0xE0 && (bytes[1] & 0xC0) == 0x80) {
        *code = (uint32_t)(bytes[0] & 0x1F) << 6 | (bytes[1] & 0x3F);
        return 2;
    }
    if (left >= 3 && bytes[0] >= 0xE0 && bytes[0] < 0xF0 && (bytes[1] & 0xC0) == 0x80 && (bytes[2] & 0xC0) == 0x80) {
        *code = (uint32_t)(bytes[0] & 0x0F) << 12 | (uint32_t)(bytes[1] & 0x3F) << 6 | (bytes[2] & 0x3F);
        return 3;
    }
    return 1;
}

/* Length of the word character at `at`, 0 where something else stands. */
static size_t word_character(const struct mt940_view *text, size_t at)
{
    uint32_t code;
    size_t length;

    if (at >= text->length)
        return 0;
    if ((unsigned char)text->data[at] < 0x80)
        return mt940_ascii_is_alnum(text->data[at]) ? 1 : 0;
    length = read_character(text, at, &code);
    return is_separator(code) || code == 0x2019 ? 0 : length;
}

/* Length of an apostrophe, straight or typographic: it joins "NO'LU" but not "4300099010'LU". */
static size_t apostrophe(const struct mt940_view *text, size_t at)
{
    uint32_t code;

    if (at < text->length && text->data[at] == '\'')
        return 1;
    if (at < text->length && (unsigned char)text->data[at] >= 0x80) {
        size_t length = read_character(text, at, &code);

        return code == 0x2019 ? length : 0;
    }
    return 0;
}

static void push_key(struct mt940_word *word, char c)
{
    if (mt940_ascii_is_digit(c))
        word->has_digit = true;
    else
        word->all_digits = false;
    if (word->key_length < MT940_WORD_KEY)
        word->key[word->key_length++] = c;
}

static void fold_word(const struct mt940_view *text, struct mt940_word *word)
{
    const char *bytes = text->data + word->offset;
    size_t taken = word->length < FOLD_ROOM ? word->length : FOLD_ROOM;
    char folded[FOLD_ROOM];
    size_t length, i = 0;

    word->key_length = 0;
    word->all_digits = true;
    word->has_digit = false;
    while (i < word->length && (unsigned char)bytes[i] < 0x80)
        i++;
    if (i == word->length) {
        for (i = 0; i < word->length; i++)
            if (bytes[i] != '\'')
                push_key(word, mt940_ascii_upper(bytes[i]));
        return;
    }
    /* Half a character at the cut becomes one unknown character of a key that is cut anyway. */
    length = mt940_fold_skeleton(bytes, taken, folded, sizeof(folded), NULL);
    for (i = 0; i < length && i < sizeof(folded); i++)
        if (folded[i] != ' ')
            push_key(word, folded[i]);
    if (word->key_length == 0)
        word->all_digits = false;
}

/* What an ASCII byte is in a key: itself, in upper case; 0 = it is no part of a word. */
static const char key_bytes[128] = {
    ['0'] = '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', ['A'] = 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J',
    'K', 'L', 'M', 'N', 'O', 'P', 'Q', 'R', 'S', 'T', 'U', 'V', 'W', 'X', 'Y', 'Z', ['a'] = 'A', 'B', 'C', 'D', 'E', 'F',
    'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N', 'O', 'P', 'Q', 'R', 'S', 'T', 'U', 'V', 'W', 'X', 'Y', 'Z'};

/* Most words are letters and digits of ASCII with something else of ASCII behind; false = this one is not. */
static bool read_plain(struct mt940_words *words, size_t start, struct mt940_word *out)
{
    const unsigned char *bytes = (const unsigned char *)words->text.data;
    size_t at = start, length = words->text.length;
    uint32_t used = 0;
    bool digits = false, letters = false;

    for (; at < length && bytes[at] < 0x80 && key_bytes[bytes[at]]; at++) {
        char c = key_bytes[bytes[at]];

        digits |= c <= '9';
        letters |= c > '9';
        if (used < MT940_WORD_KEY)
            out->key[used++] = c;
    }
    if (at == start || at > UINT32_MAX || (at < length && (bytes[at] >= 0x80 || bytes[at] == '\'')))
        return false;
    words->at = at;
    out->length = (uint32_t)(at - start);
    out->key_length = used;
    out->has_digit = digits;
    out->all_digits = !letters;
    return true;
}

bool mt940_words_next(struct mt940_words *words, struct mt940_word *out)
{
    const struct mt940_view *text = &words->text;
    size_t at = words->at, step, skip;
    bool digits = true;

    while (at < text->length) {
        unsigned char byte = (unsigned char)text->data[at];
        uint32_t code;

        if (byte < 0x80 ? key_bytes[byte] != 0 : word_character(text, at) != 0)
            break;
        skip = byte == '?' ? mt940_subfield_code(text->data, text->length, at) : 0;
        at += skip > 0 ? skip : byte < 0x80 ? 1 : read_character(text, at, &code);
    }
    if (at >= text->length || at > UINT32_MAX)
        return false;
    out->offset = (uint32_t)at;
    if (read_plain(words, at, out))
        return true;
    for (;;) {
        step = word_character(text, at);
        if (step == 0) {
            skip = digits ? 0 : apostrophe(text, at);
            if (skip == 0 || word_character(text, at + skip) == 0)
                break;
            step = skip;
        } else if (!mt940_ascii_is_digit(text->data[at])) {
            digits = false;
        }
        at += step;
    }
    words->at = at;
    if (at > UINT32_MAX)
        return false;
    out->length = (uint32_t)(at - out->offset);
    fold_word(text, out);
    return true;
}
