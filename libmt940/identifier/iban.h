/* SPDX-License-Identifier: Apache-2.0
 *
 * iban.h: what the files about IBANs share: judging characters that are in canonical form already.
 */
#ifndef MT940_IDENTIFIER_IBAN_H
#define MT940_IDENTIFIER_IBAN_H

#include "identifier/registry.h"

/* Every flag there is; others are refused. */
#define MT940_IBAN_ALL_FLAGS                                                                                           \
    (MT940_IBAN_PRINT | MT940_IBAN_UNOFFICIAL | MT940_IBAN_TERRITORIES | MT940_IBAN_ANY_CHECK_DIGITS |                 \
     MT940_IBAN_NO_NATIONAL | MT940_IBAN_INFERRED_NATIONAL | MT940_IBAN_NO_RESERVE)

/* A text taken apart: its letters (upper case) and digits, and where each stood. */
struct mt940_iban_reading {
    char canonical[MT940_IBAN_MAX + 2];
    size_t at[MT940_IBAN_MAX + 2]; /* of each character; at[count] = where the text ends or the surplus begins */
    size_t count;                  /* at most MT940_IBAN_MAX + 1: one more says "too long" */
};

/* Returns MT940_IBAN_VALID, or BAD_CHARACTER with the offset of the illegal byte in *position. */
int mt940_iban_read(const char *text, size_t length, uint32_t flags, struct mt940_iban_reading *out, size_t *position);

struct mt940_iban_verdict {
    const struct mt940_registry_row *row; /* NULL = country not known */
    int reason;                           /* enum mt940_iban_reason */
    int place;                            /* character the reason stands at; -1 = the whole */
    int national;                         /* enum mt940_national_check */
};

/* Judges upper-case letters and digits; any `count`. */
void mt940_iban_judge(const char *canonical, size_t count, uint32_t flags, struct mt940_iban_verdict *out);

/* First character that is not what the country has there, or -1. All of `row->length` are looked at. */
int mt940_iban_misfit(const struct mt940_registry_row *row, const char *canonical);

/* The IBAN's number mod 97 with the check digits as they stand; 1 is right. */
uint32_t mt940_iban_mod97(const char *canonical, size_t count);

/* Puts the right check digits into `canonical`. */
void mt940_iban_set_check_digits(char *canonical, size_t count);

#endif
