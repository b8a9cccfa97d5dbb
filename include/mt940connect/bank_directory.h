/* SPDX-License-Identifier: Apache-2.0
 *
 * bank_directory.h: which bank a code, an IBAN or a BIC belongs to (Banka Kodları, R61).
 *
 * The library knows the banks of Türkiye and Azerbaijan; the host's own records (its bank_codes)
 * override and add. An unknown bank is never an invalid IBAN. Every function is a pure function
 * of its arguments: thread safe, nothing is allocated.
 */
#ifndef MT940CONNECT_BANK_DIRECTORY_H
#define MT940CONNECT_BANK_DIRECTORY_H

#include "mt940connect/base.h"
#include "mt940connect/record.h"

#ifdef __cplusplus
extern "C" {
#endif

enum mt940_bank_source {
    MT940_BANK_BUILT_IN = 1,
    MT940_BANK_HOST = 2 /* the host has a record of it; what that leaves empty is built in */
};

/*
 * A bank. Views point into static text or into the host's records and live as long as those;
 * what is not known is empty.
 */
struct mt940_bank {
    size_t size;    /* set by the caller */
    int32_t source; /* enum mt940_bank_source */
    int32_t reserved;
    struct mt940_view country; /* ISO 3166 letters */
    struct mt940_view code;    /* as in the IBAN: five digits in TR, four letters in AZ; else the host's */
    struct mt940_view name;
    struct mt940_view bic; /* eight characters */
    struct mt940_view correspondent_account; /* muxbir hesab, Muhbir Hesap: at the Central Bank (AZ) */
    struct mt940_view voen;        /* of the bank itself (AZ) */
    struct mt940_view head_office; /* six-digit code of the head office (AZ) */
};

/*
 * Finds a bank by country and code: Turkish codes as four or five digits or without their zeros,
 * Azerbaijani ones as letters in either case or as the code of the head office. `own` are the
 * host's records, in any order, or NULL. MT940_OK, MT940_E_NOT_FOUND, MT940_E_ARGUMENT. @since 0.1
 */
int mt940_bank_find(const struct mt940_bank_code *own, size_t own_count, const char *country, const char *code,
                    size_t length, struct mt940_bank *out);
/* By an IBAN in electronic form; its validity is not asked for. @since 0.1 */
int mt940_bank_find_iban(const struct mt940_bank_code *own, size_t own_count, const char *iban, size_t length,
                         struct mt940_bank *out);
/* By a BIC of 8 or 11 characters in either case; branches count as their bank. @since 0.1 */
int mt940_bank_find_bic(const struct mt940_bank_code *own, size_t own_count, const char *bic, size_t length,
                        struct mt940_bank *out);

/* The built-in banks by number from 0. @since 0.1 */
size_t mt940_bank_count(void);
int mt940_bank_at(size_t number, struct mt940_bank *out);
/* Day or month at which the built-in list of a country was read ("2026-08-03"), NULL for others. Static. @since 0.1 */
const char *mt940_bank_directory_date(const char *country);

enum mt940_correspondent_reason {
    MT940_CORRESPONDENT_VALID = 0,
    MT940_CORRESPONDENT_BAD_IBAN = 1,
    MT940_CORRESPONDENT_NOT_CENTRAL_BANK = 2, /* not an account at the Central Bank of Azerbaijan (NABZ) */
    MT940_CORRESPONDENT_UNUSUAL = 3 /* a warning: valid, but not of the form 01350100000000nnn944 */
};

/* Judges a correspondent account of Azerbaijan in electronic form. @since 0.1 */
int mt940_correspondent_account_check(const char *text, size_t length);

#ifdef __cplusplus
}
#endif
#endif
