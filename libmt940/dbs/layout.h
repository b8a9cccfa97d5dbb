/* SPDX-License-Identifier: Apache-2.0
 *
 * layout.h: looking words up in a layout.
 */
#ifndef MT940_DBS_LAYOUT_H
#define MT940_DBS_LAYOUT_H

#include "mt940connect/dbs_exchange.h"

/* Bytes of the longest word that is compared; a longer one is none. */
enum { MT940_DBS_WORD = 64 };

/* A word as it is compared: A-Z and 0-9 only. */
struct mt940_dbs_word_key {
    char text[MT940_DBS_WORD];
    size_t length; /* 0 = nothing to compare */
};

void mt940_dbs_word_key(const struct mt940_view *word, struct mt940_dbs_word_key *out);
int mt940_dbs_word_is(const struct mt940_dbs_word_key *key, const char *word);

#endif
