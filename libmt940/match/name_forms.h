/* SPDX-License-Identifier: Apache-2.0
 *
 * name_forms.h: the table of words that names of firms share: legal forms, trades, abbreviations
 * (name_forms.tsv). Data only.
 */
#ifndef MT940_MATCH_NAME_FORMS_H
#define MT940_MATCH_NAME_FORMS_H

#include <stdint.h>

enum mt940_name_class {
    MT940_NAME_PLAIN = 0, /* not in the table */
    MT940_NAME_LEGAL = 1,
    MT940_NAME_WORD = 2,
    MT940_NAME_WEAK = 3,
    MT940_NAME_DROP = 4,
    MT940_NAME_STOP = 5
};

struct mt940_name_form {
    const char *words;     /* skeletons, one blank between them */
    const char *canonical; /* as many bytes as a key has room for, those behind the word 0 */
    uint64_t first;        /* the first eight letters of the first word, the first one lowest */
    uint64_t second;       /* the same of the second word, 0 where there is none */
    uint8_t count;         /* words */
    uint8_t first_length;  /* of the first word */
    uint8_t canonical_length;
    uint8_t alike;         /* forms from here on that begin with this word */
    uint8_t kind;          /* enum mt940_name_class */
};

#define MT940_NAME_FORM_SLOTS 1024
#define MT940_NAME_FORM_SHIFT 54 /* leaves ten bits */

extern const uint32_t mt940_name_forms_version;
extern const uint32_t mt940_name_form_count;
/* In order of their first word, those of more words first. */
extern const struct mt940_name_form mt940_name_forms[];
/* By a hash of the length and the first eight letters of the first word, linear probing: number of the first form + 1. */
extern const uint16_t mt940_name_form_slots[MT940_NAME_FORM_SLOTS];

#endif
