/* SPDX-License-Identifier: Apache-2.0
 *
 * iban.h: International Bank Account Numbers, ISO 13616 and the SWIFT IBAN registry.
 * Nothing here allocates or looks at a locale; letters are ASCII only (İ and ı are illegal).
 */
#ifndef MT940CONNECT_IBAN_H
#define MT940CONNECT_IBAN_H

#include "mt940connect/base.h"

#ifdef __cplusplus
extern "C" {
#endif

#define MT940_IBAN_MAX 34

/* Release number of the registry the tables were made from (102), and its month "2026-06". */
int mt940_iban_registry_release(void);
const char *mt940_iban_registry_date(void);

/* Leniencies; the default (0) takes the electronic form only: upper case, no blanks. */
enum mt940_iban_flag {
    MT940_IBAN_SPACES = 1,       /* blanks between characters (print form) */
    MT940_IBAN_HYPHENS = 2,
    MT940_IBAN_LOWER_CASE = 4,   /* ASCII only */
    MT940_IBAN_PREFIX = 8,       /* a leading word "IBAN" with optional colon */
    MT940_IBAN_UNOFFICIAL = 16,  /* the 22 countries outside the registry */
    MT940_IBAN_TERRITORIES = 32, /* GF, JE, AX … as their own prefix */
    MT940_IBAN_ANY_CHECK_DIGITS = 64, /* 00, 01 and 99 too */
    MT940_IBAN_NO_NATIONAL = 128, /* do not judge by national check digits */
    MT940_IBAN_INFERRED_NATIONAL = 256, /* also rules that were inferred, not documented */
    MT940_IBAN_NO_RESERVE = 512, /* do not ask the Turkish reserve digit to be 0 */
    MT940_IBAN_PRINT = 15        /* all of the written forms */
};

/* Why an IBAN is refused; 0 = valid. */
enum mt940_iban_reason {
    MT940_IBAN_VALID = 0,
    MT940_IBAN_BAD_COUNTRY = 1,
    MT940_IBAN_BAD_LENGTH = 2,
    MT940_IBAN_BAD_CHARACTER = 3,
    MT940_IBAN_BAD_STRUCTURE = 4,
    MT940_IBAN_BAD_CHECK_RANGE = 5, /* check digits 00, 01 or 99 */
    MT940_IBAN_BAD_CHECKSUM = 6,    /* mod 97 */
    MT940_IBAN_BAD_NATIONAL = 7,
    MT940_IBAN_BAD_RESERVE = 8 /* TR: reserve digit not 0 */
};

enum mt940_national_check { MT940_NATIONAL_NOT_APPLICABLE = 0, MT940_NATIONAL_PASS = 1, MT940_NATIONAL_FAIL = 2 };

/* A part of the canonical form by offset and length; length 0 = the country has none. */
struct mt940_iban_part {
    uint8_t offset;
    uint8_t length;
};

struct mt940_iban {
    size_t size; /* set by the caller */
    int32_t reason;         /* enum mt940_iban_reason */
    int32_t position;       /* 0-based in the input as given, where the reason stands; -1 = the whole */
    int32_t national_check; /* enum mt940_national_check */
    int32_t sepa_registry;  /* 1 = SEPA country by the registry */
    int32_t sepa_epc;       /* 1 = by the EPC's list of the same year */
    int32_t expected_length;
    char canonical[MT940_IBAN_MAX + 2]; /* electronic form as far as it could be read, NUL */
    char country[3];
    struct mt940_iban_part bank, branch, account, check;
};

/*
 * Judges `text`. Returns MT940_OK whatever the verdict (read out->reason), MT940_E_ARGUMENT on
 * misuse. Thread safe, no allocation. Source: ISO 13616-1:2020, registry release 102. @since 0.1
 */
int mt940_iban_parse(const char *text, size_t length, uint32_t flags, struct mt940_iban *out);
/* Short form of it: the reason only. */
int mt940_iban_check(const char *text, size_t length, uint32_t flags);
/* "BAD_CHECKSUM" …; NULL for no reason. Static. */
const char *mt940_iban_reason_name(int32_t reason);
/* Writes the print form (groups of four) of a canonical IBAN, NUL-terminated. */
int mt940_iban_print(const char *canonical, size_t length, char out[44]);
/* Writes it with all but the first `head` and last `tail` characters as '*'. */
int mt940_iban_mask(const char *canonical, size_t length, size_t head, size_t tail, char out[36]);
/* Two check digits for a country and a BBAN; MT940_E_FORMAT when the structure is wrong. */
int mt940_iban_compute(const char *country, const char *bban, size_t length, char out[MT940_IBAN_MAX + 1]);

/* An IBAN found in a text: [offset, offset + length) of the text as given. */
struct mt940_iban_found {
    size_t offset;
    size_t length;
    char canonical[MT940_IBAN_MAX + 2];
};

/*
 * Finds every valid IBAN in a text: glued to words, grouped by blanks, cut by a line end, in
 * lower case. Only those that pass length, structure and mod 97. Calls nothing, allocates
 * nothing: writes up to `capacity` and returns how many there are, in order, not overlapping.
 * Linear time.
 */
size_t mt940_iban_scan(const char *text, size_t length, struct mt940_iban_found *found, size_t capacity);

#ifdef __cplusplus
}
#endif
#endif
