/* SPDX-License-Identifier: Apache-2.0
 *
 * name_word.h: the words of a name, or of a text with a name in it, in canonical form: folded,
 * repaired, abbreviations of trades and legal forms written out, "VE" left out (matching.md §2.4,
 * §2.5). Every word keeps its span of the source.
 */
#ifndef MT940_MATCH_NAME_WORD_H
#define MT940_MATCH_NAME_WORD_H

#include <stdbool.h>

#include "base/view.h"
#include "match/name_forms.h"

/* Longer words are cut here, on both sides of a comparison. */
#define MT940_NAME_KEY 24

enum mt940_name_word_flag {
    MT940_NAME_WILD = 1,   /* has a '?' for a lost letter */
    MT940_NAME_DIGITS = 2, /* nothing but digits */
    MT940_NAME_BREAK = 4,  /* something more than blanks, dots and dashes stands before it */
    MT940_NAME_DOT = 8,    /* a dot stands behind it: an abbreviation */
    MT940_NAME_SOUNDED = 16 /* spelt anew by name_sounds.def, which is done once */
};

struct mt940_name_word {
    uint32_t offset; /* in the source */
    uint32_t length;
    uint8_t key_length;
    uint8_t flags; /* bits of enum mt940_name_word_flag */
    uint8_t kind;  /* enum mt940_name_class */
    uint8_t reserved;
    const char *weak; /* canonical word it may stand for; NULL = none */
    char key[MT940_NAME_KEY]; /* [A-Z0-9?], no NUL */
};

/* Where a walk over the words of a text is. */
struct mt940_name_reader {
    struct mt940_view text;
    size_t at;
    bool repair; /* Ý Þ Ð are İ Ş Ğ read in the wrong set */
};

/* Looks at the whole text once: no letter of another language that has Ý, Þ or Ð may stand in it. */
void mt940_name_reader_begin(struct mt940_name_reader *reader, const struct mt940_view *text);
/* Reads up to `capacity` words as they are written; 0 at the end. */
size_t mt940_name_read(struct mt940_name_reader *reader, struct mt940_name_word *words, size_t capacity);
/*
 * Brings words into canonical form in place and returns how many remain. A legal form is none as
 * the first word: AS MADENCİLİK is a brand.
 */
size_t mt940_name_canonical(struct mt940_name_word *words, size_t count);
/* Brings a surname of Azerbaijan to one spelling: ALIEV, ALIYEV and ELIYEV are one. */
void mt940_name_sound(struct mt940_name_word *word);
/* The longest form of the table at words[0]; NULL when none fits. */
const struct mt940_name_form *mt940_name_form_find(const struct mt940_name_word *words, size_t count);

#endif
