/* SPDX-License-Identifier: Apache-2.0
 *
 * directory.h: banks and countries, as gen_directory.py writes them into directory_tables.c.
 */
#ifndef MT940_IDENTIFIER_DIRECTORY_H
#define MT940_IDENTIFIER_DIRECTORY_H

#include "mt940connect/bank_directory.h"

struct mt940_directory_row {
    const char *country;
    const char *code;
    const char *name;
    const char *bic;
    const char *correspondent_account;
    const char *voen;
    const char *head_office;
};

/* The rows of a country stand together, by code. */
struct mt940_directory_list {
    const char *country;
    const char *date;
    size_t first;
    size_t count;
};

extern const struct mt940_directory_list mt940_directory_lists[];
extern const size_t mt940_directory_list_count;
extern const struct mt940_directory_row mt940_directory_rows[];
extern const size_t mt940_directory_row_count;
/* ISO 3166: by first letter, a bit for each second one. */
extern const uint32_t mt940_directory_countries[26];

/* 1 when the two upper-case letters are a country, else 0. Any bytes may be asked for. */
int mt940_directory_is_country(char first, char second);
/* 1 when a bank of the built-in lists has this BIC (8 characters are compared), else 0. */
int mt940_directory_has_bic(const char *bic);

#endif
