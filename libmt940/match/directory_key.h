/* SPDX-License-Identifier: Apache-2.0
 *
 * directory_key.h: the keys under which records are found.
 */
#ifndef MT940_MATCH_DIRECTORY_KEY_H
#define MT940_MATCH_DIRECTORY_KEY_H

#include "match/directory_record.h"

/* Codes by their bytes, the shorter first. */
int mt940_directory_compare_codes(struct mt940_view a, struct mt940_view b);

/* Longest keys; records with longer ones are not found by them. */
#define MT940_DIRECTORY_NUMBER 40

/* A number with its separators and leading zeros left out, letters upper case; empty when it is too long. */
struct mt940_directory_number {
    char text[MT940_DIRECTORY_NUMBER];
    size_t length;
};
void mt940_directory_normalise(const struct mt940_view *number, bool keep_zeros, struct mt940_directory_number *out);

/* The parts an account of a bank record is found by; false when it cannot be (no bank, number too short). */
struct mt940_directory_account_key {
    int32_t bank;
    int32_t branch; /* -1 = not known */
    struct mt940_directory_number number;
};
bool mt940_directory_bank_key(const struct mt940_directory_bank_card *bank, struct mt940_directory_account_key *out);
uint64_t mt940_directory_account_hash(int32_t bank, const struct mt940_directory_number *number);

/* Bank code in a Turkish IBAN, -1 for any other text. */
int32_t mt940_directory_bank_of_iban(const struct mt940_view *iban);

#endif
