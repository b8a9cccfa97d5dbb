/* SPDX-License-Identifier: Apache-2.0
 *
 * phrase.h: the table of meaningful words (facts_words.def) and its look-up.
 */
#ifndef MT940_MATCH_PHRASE_H
#define MT940_MATCH_PHRASE_H

#include "match/word.h"

enum mt940_phrase_type {
    MT940_PHRASE_KIND = 1,
    MT940_PHRASE_NOTHING = 2,
    MT940_PHRASE_LABEL = 4,
    MT940_PHRASE_AFTER = 8,
    MT940_PHRASE_ROLE_BEFORE = 16,
    MT940_PHRASE_ROLE_AFTER = 32
};

/* What a labelled number is. */
enum mt940_number {
    MT940_NUMBER_QUERY = 1,
    MT940_NUMBER_INVOICE = 2,
    MT940_NUMBER_PLAIN_INVOICE = 3, /* "FATURA 123…" without NO: the number must look like one */
    MT940_NUMBER_RECEIPT = 4,
    MT940_NUMBER_DEALER = 5,
    MT940_NUMBER_CHEQUE = 6,
    MT940_NUMBER_BIC = 7,
    MT940_NUMBER_RATE = 8,
    MT940_NUMBER_DBS = 9,
    MT940_NUMBER_OTHER = 10, /* something that is none of these: an amount, an account, a telephone number */
    MT940_NUMBER_COUNT = 11, /* so many of a thing, or a day of a month: short, else it says nothing */
    MT940_NUMBER_BEHIND_COLON = 0x100 /* flag: the words name a number only with a colon, "BAYI: 120" */
};

/* What fits at a place. */
struct mt940_phrase_found {
    uint32_t words; /* 0 = nothing fits */
    int32_t type;
    uint32_t meaning;
};

/* Phrases by the characters they begin with: the first of each chain, and behind each the next; from 1, 0 = none. */
enum { MT940_PHRASE_CHAINS = 256 };
extern const uint16_t mt940_phrase_first[MT940_PHRASE_CHAINS];
extern const uint16_t mt940_phrase_next[];

/* The longest phrase of one of the types (bits) at words[0]. */
void mt940_phrase_find(const struct mt940_word *words, size_t count, int32_t types, struct mt940_phrase_found *out);

#endif
