/* SPDX-License-Identifier: Apache-2.0
 *
 * narrative_tables.h: the lists of narratives (narrative_*.def) made ready for looking up.
 */
#ifndef MT940_STATEMENT_NARRATIVE_TABLES_H
#define MT940_STATEMENT_NARRATIVE_TABLES_H

#include "statement/narrative.h"

enum {
    mt940_table_gvc,
    mt940_table_triodos,
    mt940_table_ns,
    mt940_table_polish_tilde,
    mt940_table_polish_angle,
    MT940_NARRATIVE_TABLES
};

/* What a number means; one that is none of the dialect's means nothing. */
extern const unsigned char mt940_narrative_meanings[MT940_NARRATIVE_TABLES][100];
/* Whether the German table has a number, the tens times 16 and the ones: all dialects but NS keep within it. */
extern const unsigned char mt940_narrative_known[256];

/* Words by their last character, 'A' to 'Z' and '.': the first, and behind each the next; counted from 1, 0 = none. */
extern const unsigned char mt940_narrative_first_word[27];
extern const unsigned char mt940_narrative_next_word[];
/* By the same last character the letters that may stand before it, 'A' the lowest bit; bit 26 = any character may. */
extern const uint32_t mt940_narrative_before_last[27];

/* The last four characters of each word, in order, the bit of small letters left out; nothing from a blank on. */
struct mt940_narrative_tail {
    uint32_t text, mask;
};
extern const struct mt940_narrative_tail mt940_narrative_tails[];

/* Words of four letters with a plus: their bytes in order times the factor, and of that the highest bits. */
#define MT940_NARRATIVE_PLUS_FACTOR UINT32_C(0x9e3779b1)
enum { MT940_NARRATIVE_PLUS_BITS = 6, MT940_NARRATIVE_PLUS_SLOTS = 1 << MT940_NARRATIVE_PLUS_BITS };
extern const unsigned char mt940_narrative_plus_words[MT940_NARRATIVE_PLUS_SLOTS];

#endif
