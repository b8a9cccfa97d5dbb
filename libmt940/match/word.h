/* SPDX-License-Identifier: Apache-2.0
 *
 * word.h: the words of a UTF-8 text with their keys. A word's key is its skeleton (fold.h), so
 * that "Gönderen", "GONDEREN" and "gönderen" are one; its span stays that of the text.
 */
#ifndef MT940_MATCH_WORD_H
#define MT940_MATCH_WORD_H

#include <stdbool.h>

#include "base/view.h"

/* No phrase of the tables has a longer word; longer ones are cut, and flagged by key_length. */
#define MT940_WORD_KEY 24

struct mt940_word {
    uint32_t offset; /* in the text */
    uint32_t length;
    uint32_t key_length; /* at most MT940_WORD_KEY; 0 = nothing of the word is left */
    bool all_digits;
    bool has_digit;
    char key[MT940_WORD_KEY]; /* [A-Z0-9], no NUL */
};

/* A walk over the words of a text. */
struct mt940_words {
    struct mt940_view text;
    size_t at;
};

/* Reads the next word; false at the end. Linear in the bytes passed. */
bool mt940_words_next(struct mt940_words *words, struct mt940_word *out);

#endif
