/* SPDX-License-Identifier: Apache-2.0
 *
 * registry.h: the country tables of IBANs, as gen_registry.py writes them into registry_tables.c.
 */
#ifndef MT940_IDENTIFIER_REGISTRY_H
#define MT940_IDENTIFIER_REGISTRY_H

#include "mt940connect/iban.h"

#define MT940_BBAN_OFFSET 4 /* country letters and check digits stand before the BBAN */

/* How a national check works; national.c has one function for each. */
enum mt940_national_method {
    MT940_NATIONAL_METHOD_MOD97_1 = 0, /* the part as a number, letters as in an IBAN: mod 97 = 1 */
    MT940_NATIONAL_METHOD_RIB = 1,     /* letters by the RIB table: mod 97 = 0 */
    MT940_NATIONAL_METHOD_SUM = 2,     /* weighted sum is a multiple of the modulus */
    MT940_NATIONAL_METHOD_BE = 3,
    MT940_NATIONAL_METHOD_ES = 4,
    MT940_NATIONAL_METHOD_LUHN = 5,
    MT940_NATIONAL_METHOD_MOD11_10 = 6,
    MT940_NATIONAL_METHOD_CIN = 7,
    MT940_NATIONAL_METHOD_NO = 8,
    MT940_NATIONAL_METHOD_RU = 9
};

struct mt940_national_rule {
    uint8_t method;
    uint8_t inferred; /* 1 = judges only when asked for */
    uint8_t first;    /* 0-based in the BBAN */
    uint8_t count;
    uint8_t check;       /* where in the BBAN the digits stand that the rule decides */
    uint8_t check_count; /* 1 or 2 */
    uint8_t modulus;
    uint8_t weights[23];
};

struct mt940_registry_row {
    char code[3];
    char prefix[3];
    uint8_t kind; /* enum mt940_iban_country_kind */
    uint8_t length;
    uint8_t pads; /* 1 = short account numbers get zeros on the left */
    uint8_t sepa_registry;
    uint8_t sepa_epc;
    uint8_t rule;       /* first of the country's national rules */
    uint8_t rule_count; /* 0 = none */
    struct mt940_iban_part bank, branch, account, check;
    struct mt940_iban_part zeros; /* holds zeros unless one knows better: reserve digit, account prefix */
    /* Which characters of the IBAN (bit 0 = the first) may hold what. */
    uint64_t digits;  /* digits only */
    uint64_t letters; /* upper-case letters only */
    uint64_t either;  /* both */
    const char *name;
    const char *structure;
    const char *example;
};

/*
 * The same row for judging many at once, with answers worked out beforehand. Where a national rule is mod 97 over the
 * whole BBAN, the check digits of the IBAN are the same for all its numbers.
 */
struct mt940_registry_brief {
    uint64_t digits, letters, either;
    uint8_t length;
    uint8_t kind;   /* 1 << enum mt940_iban_country_kind */
    uint8_t rules;  /* 1 = documented, 2 = inferred, 0 = none */
    uint8_t fixed;  /* the only check digits that satisfy the rules, 0 = ask them */
    uint8_t fixed_without_letters; /* 1 = only of a BBAN without letters */
    uint8_t head;    /* the country's letters times 100, mod 97 */
    uint8_t reserve; /* character that must be 0, 0 = none */
    uint8_t row;
    uint8_t sum; /* of mt940_national_sums, 0 = none */
};

/* What stands for a character in a national sum, by its value. */
enum mt940_national_alphabet {
    MT940_NATIONAL_ALPHABET_PLAIN = 0,
    MT940_NATIONAL_ALPHABET_RIB = 1,
    MT940_NATIONAL_ALPHABET_LUHN = 2, /* doubled: the digits of the double added */
    MT940_NATIONAL_ALPHABET_CIN = 3   /* doubled: odd places */
};

/*
 * The national rules of a country as one or two weighted sums over the IBAN. When all are multiples of the modulus the
 * rules hold; when not they may hold all the same (Spain writes 10 as 1, Norway has a second rule).
 */
struct mt940_national_sum {
    uint8_t weights[2][32];
    uint32_t doubled;  /* characters that take the alphabet's other column */
    uint32_t multiple; /* 2^32 / modulus, rounded up: x * this < this (mod 2^32) for multiples x below 2^16 */
    uint8_t alphabet;
};

extern const int mt940_registry_release;
extern const char mt940_registry_date[];
extern const char mt940_registry_epc_date[];
extern const size_t mt940_registry_row_count;
extern const struct mt940_registry_row mt940_registry_rows[];
extern const struct mt940_registry_brief mt940_registry_briefs[];
extern const struct mt940_national_rule mt940_national_rules[];
extern const struct mt940_national_sum mt940_national_sums[];
/* Row number + 1 of each pair of letters, 0 = none: [(first - 'A') * 26 + (second - 'A')]. Briefs have the +1, too. */
extern const uint8_t mt940_registry_index[26 * 26];

/* Row of two upper-case letters, or NULL. Any bytes may be asked for. */
const struct mt940_registry_row *mt940_registry_find(char first, char second);
/* 1 when `flags` allow the country's kind. */
int mt940_registry_allows(const struct mt940_registry_row *row, uint32_t flags);

#endif
