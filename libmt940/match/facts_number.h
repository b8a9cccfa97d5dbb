/* SPDX-License-Identifier: Apache-2.0
 *
 * facts_number.h: how far a number goes, and what the words behind it call it.
 */
#ifndef MT940_MATCH_FACTS_NUMBER_H
#define MT940_MATCH_FACTS_NUMBER_H

#include "match/facts_reading.h"

/* What may stand inside a number besides hyphens and slashes before digits; bits. */
enum {
    MT940_NUMBER_DOTS = 1,   /* 120.01.001 */
    MT940_NUMBER_LETTERS = 2 /* 2026-DK-00077: up to four, between two hyphens or slashes */
};

/* A number of several words, from window[at] on: it goes on where a digit follows, or letters if asked. */
struct mt940_view mt940_facts_number_text(const struct mt940_facts_reading *reading, uint32_t at, uint32_t parts);
/* Whether it says a number: zeros alone stand for "no number". */
bool mt940_facts_holds_number(struct mt940_view text);
/* What the words behind window[at] call it ("SORGU NOLU"), 0 = nothing. */
uint32_t mt940_facts_named_behind(const struct mt940_facts_reading *reading, uint32_t at);
/* Whether only blanks and a colon stand before window[at], on the side of the word before it. */
bool mt940_facts_behind_colon(const struct mt940_facts_reading *reading, uint32_t at);

#endif
