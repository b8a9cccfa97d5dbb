/* SPDX-License-Identifier: Apache-2.0
 *
 * iban.h: International Bank Account Numbers, ISO 13616 and the SWIFT IBAN registry.
 *
 * Nothing here allocates, keeps state or looks at a locale; every function is thread safe.
 * Letters are ASCII only: İ and ı are illegal characters, never another form of I.
 * A bank that is in no directory never makes an IBAN invalid. docs/iban.md explains the rules.
 */
#ifndef MT940CONNECT_IBAN_H
#define MT940CONNECT_IBAN_H

#include "mt940connect/base.h"

#ifdef __cplusplus
extern "C" {
#endif

#define MT940_IBAN_MAX 34

/* Release number of the registry the tables were made from (102), and its month "2026-06". @since 0.1 */
int mt940_iban_registry_release(void);
const char *mt940_iban_registry_date(void);
/* Year of the European Payments Council's list of SEPA countries, "2026"; it is ahead of the registry. @since 0.1 */
const char *mt940_iban_epc_date(void);

/* Leniencies; the default (0) takes the electronic form only: upper case, no blanks. */
enum mt940_iban_flag {
    MT940_IBAN_SPACES = 1,       /* blanks before, between and after characters (print form) */
    MT940_IBAN_HYPHENS = 2,      /* hyphens between characters */
    MT940_IBAN_LOWER_CASE = 4,   /* ASCII only */
    MT940_IBAN_PREFIX = 8,       /* a leading word "IBAN", with optional colon and blanks behind it */
    MT940_IBAN_UNOFFICIAL = 16,  /* the 22 countries outside the registry */
    MT940_IBAN_TERRITORIES = 32, /* GF, JE, AX … as their own prefix */
    MT940_IBAN_ANY_CHECK_DIGITS = 64, /* 00, 01 and 99 too */
    MT940_IBAN_NO_NATIONAL = 128, /* do not judge by national check digits */
    MT940_IBAN_INFERRED_NATIONAL = 256, /* also rules that were inferred, not documented */
    MT940_IBAN_NO_RESERVE = 512, /* do not ask the Turkish reserve digit to be 0 */
    MT940_IBAN_PRINT = 15        /* all of the written forms */
};

/* Why an IBAN is refused; 0 = valid. They are looked for in the order 3, 1, 2, 4, 5, 6, 8, 7. */
enum mt940_iban_reason {
    MT940_IBAN_VALID = 0,
    MT940_IBAN_BAD_COUNTRY = 1,
    MT940_IBAN_BAD_LENGTH = 2,
    MT940_IBAN_BAD_CHARACTER = 3,   /* never part of an IBAN, or not with these flags */
    MT940_IBAN_BAD_STRUCTURE = 4,   /* a letter where the country has digits, or the reverse */
    MT940_IBAN_BAD_CHECK_RANGE = 5, /* check digits 00, 01 or 99 */
    MT940_IBAN_BAD_CHECKSUM = 6,    /* mod 97 */
    MT940_IBAN_BAD_NATIONAL = 7,    /* made from a wrong domestic number */
    MT940_IBAN_BAD_RESERVE = 8      /* TR: reserve digit not 0 (TCMB 2008/6) */
};

enum mt940_national_check { MT940_NATIONAL_NOT_APPLICABLE = 0, MT940_NATIONAL_PASS = 1, MT940_NATIONAL_FAIL = 2 };

/* A part of the canonical form by offset and length; length 0 = the country has none. */
struct mt940_iban_part {
    uint8_t offset;
    uint8_t length;
};

struct mt940_iban {
    size_t size;            /* set by the caller to sizeof(struct mt940_iban) */
    int32_t reason;         /* enum mt940_iban_reason */
    int32_t position;       /* 0-based in the input as given, where the reason stands (for a text that is too
                               short: its length); -1 = the whole */
    int32_t national_check; /* enum mt940_national_check; NOT_APPLICABLE as long as mod 97 fails */
    int32_t sepa_registry;  /* 1 = SEPA country by the registry */
    int32_t sepa_epc;       /* 1 = by the EPC's list (mt940_iban_epc_date()) */
    int32_t expected_length; /* 0 = country not known */
    char canonical[MT940_IBAN_MAX + 2]; /* electronic form as far as it could be read, NUL */
    char country[3];        /* its first two letters when the country is known, else "" */
    struct mt940_iban_part bank, branch, account, check; /* of the country; fit once structure is right */
};

/*
 * Judges `text`. Returns MT940_OK whatever the verdict (read out->reason), MT940_E_ARGUMENT on
 * misuse (no text with a length, a wrong size, unknown flags). Source: ISO 13616-1:2020,
 * registry release 102. @since 0.1
 */
int mt940_iban_parse(const char *text, size_t length, uint32_t flags, struct mt940_iban *out);
/* Short form of it: the reason only, or MT940_E_ARGUMENT. @since 0.1 */
int mt940_iban_check(const char *text, size_t length, uint32_t flags);
/*
 * Judges `count` texts at once, many times faster than one by one, with the same verdicts:
 * writes one enum mt940_iban_reason per text to `reasons` and returns how many are valid. With
 * unknown flags every reason is BAD_CHARACTER and the result 0. @since 0.1
 */
size_t mt940_iban_check_many(const struct mt940_view *texts, size_t count, uint32_t flags, uint8_t *reasons);
/* "BAD_CHECKSUM" …, "VALID" for 0; NULL for no reason. Static. @since 0.1 */
const char *mt940_iban_reason_name(int32_t reason);

/* Writes the print form (groups of four) of up to 34 letters and digits, NUL-terminated; MT940_E_FORMAT for others. */
int mt940_iban_print(const char *canonical, size_t length, char out[44]);
/* Writes it with all but the first `head` and last `tail` characters as '*'. Customary is 4 and 4. */
int mt940_iban_mask(const char *canonical, size_t length, size_t head, size_t tail, char out[36]);
/*
 * Writes the IBAN of a country's BBAN with its check digits; MT940_E_NOT_FOUND for a country
 * without IBANs (territories take the letters of their IBANs, see mt940_iban_country), E_FORMAT
 * when the BBAN has not the country's structure. National digits are the caller's. @since 0.1
 */
int mt940_iban_compute(const char *country, const char *bban, size_t length, char out[MT940_IBAN_MAX + 1]);
/*
 * Builds an IBAN from bank, branch and account (each may be NULL where the country has none):
 * pads digits with zeros from the left, solves national check digits. MT940_E_NOT_FOUND as
 * above; E_FORMAT when a part is too long, missing or has wrong characters; E_UNSUPPORTED for
 * countries whose numbers have further fields: use mt940_iban_compute. @since 0.1
 */
int mt940_iban_build(const char *country, const struct mt940_view *bank, const struct mt940_view *branch,
                     const struct mt940_view *account, char out[MT940_IBAN_MAX + 1]);
/* 1 for a Swiss or Liechtenstein QR-IBAN (bank id 30000 to 31999) in electronic form, else 0. @since 0.1 */
int mt940_iban_is_qr(const char *canonical, size_t length);
/*
 * Writes an IBAN for tests and examples: valid by every rule known, the same for the same seed,
 * of nobody in particular (but it may exist). E_NOT_FOUND as above. @since 0.1
 */
int mt940_iban_sample(const char *country, uint64_t seed, char out[MT940_IBAN_MAX + 1]);

enum mt940_iban_country_kind {
    MT940_IBAN_OFFICIAL_COUNTRY = 1,
    MT940_IBAN_UNOFFICIAL_COUNTRY = 2, /* not in the registry; needs MT940_IBAN_UNOFFICIAL */
    MT940_IBAN_TERRITORY = 3           /* its accounts have the IBANs of `prefix` */
};

enum mt940_iban_national_rule {
    MT940_IBAN_RULE_NONE = 0,
    MT940_IBAN_RULE_DOCUMENTED = 1,
    MT940_IBAN_RULE_INFERRED = 2
};

/* What the tables know of a country. Strings are static. */
struct mt940_iban_country {
    size_t size; /* set by the caller */
    char code[3];
    char prefix[3]; /* what its IBANs begin with: FR for GF */
    int32_t kind;   /* enum mt940_iban_country_kind */
    int32_t length;
    int32_t national; /* enum mt940_iban_national_rule */
    int32_t sepa_registry, sepa_epc;
    struct mt940_iban_part bank, branch, account, check;
    const char *name;
    const char *structure; /* of the BBAN, in the registry's notation: "5!n1!n16!c" */
    const char *example;   /* "" for territories */
};

/* Countries by number from 0, in alphabetic order within a kind; and by their two upper-case letters. @since 0.1 */
size_t mt940_iban_country_count(void);
int mt940_iban_country_at(size_t number, struct mt940_iban_country *out);
int mt940_iban_country_find(const char *code, size_t length, struct mt940_iban_country *out);

/* An IBAN found in a text: [offset, offset + length) of the text as given. */
struct mt940_iban_found {
    size_t offset;
    size_t length;
    char canonical[MT940_IBAN_MAX + 2];
};

/*
 * Finds the valid IBANs (by the default flags) of official countries in a text: in either case,
 * glued to words, grouped by single blanks after the first four characters (in UTF-8 also those
 * of Unicode that do not break or are thin, and soft hyphens), and cut by one line end (CR, LF or
 * CRLF with at most one blank on either side) anywhere. From left to right; what lies inside one
 * that was found is not looked at. Writes the first `capacity` and returns how many there are.
 * Linear time; bytes outside ASCII are no letters. @since 0.1
 */
size_t mt940_iban_scan(const char *text, size_t length, struct mt940_iban_found *found, size_t capacity);

enum mt940_iban_mistake {
    MT940_IBAN_MISTAKE_LOOKALIKE = 1, /* characters that look alike: O and 0, I and 1 … */
    MT940_IBAN_MISTAKE_CHANGED = 2,   /* one wrong character */
    MT940_IBAN_MISTAKE_SWAPPED = 3,   /* two neighbours exchanged */
    MT940_IBAN_MISTAKE_MISSING = 4,   /* one character left out */
    MT940_IBAN_MISTAKE_EXTRA = 5      /* one character too many */
};

/* What a refused IBAN may have been meant to be. */
struct mt940_iban_suggestion {
    char canonical[MT940_IBAN_MAX + 2];
    int32_t mistake;  /* enum mt940_iban_mistake */
    int32_t position; /* 0-based in the input without its separators */
};

/*
 * Suggests valid IBANs (by `flags`; written forms are always read) that differ from `text` by
 * one mistake, or by look-alikes alone; the likeliest first, without repetitions. Writes up to
 * `capacity`, at most 64, and returns their number; 0 for a valid text. They are guesses
 * to show to a person, never to be taken by themselves. Bounded work. @since 0.1
 */
size_t mt940_iban_suggest(const char *text, size_t length, uint32_t flags, struct mt940_iban_suggestion *out,
                          size_t capacity);

#ifdef __cplusplus
}
#endif
#endif
