/* SPDX-License-Identifier: Apache-2.0
 *
 * tax_id.h: tax numbers: VKN (10 digits) and TCKN (11) of Türkiye, VÖEN (10) of Azerbaijan.
 * Source: turkish-banking §8.2-8.4, docs/tax_id.md.
 */
#ifndef MT940CONNECT_TAX_ID_H
#define MT940CONNECT_TAX_ID_H

#include "mt940connect/base.h"

#ifdef __cplusplus
extern "C" {
#endif

enum mt940_tax_id_kind { MT940_TAX_ID_NONE = 0, MT940_TAX_ID_VKN = 1, MT940_TAX_ID_TCKN = 2, MT940_TAX_ID_VOEN = 3 };

enum mt940_tax_id_reason {
    MT940_TAX_ID_VALID = 0,
    MT940_TAX_ID_BAD_LENGTH = 1,
    MT940_TAX_ID_BAD_CHARACTER = 2,
    MT940_TAX_ID_BAD_CHECKSUM = 3, /* for VÖEN a warning: the rule is not published */
    MT940_TAX_ID_BAD_FORM = 4      /* leading zero of a TCKN, last digit of a VÖEN other than 1 and 2 */
};

/*
 * Reason a number is refused, 0 = valid. ASCII digits only, no blanks. A VÖEN of nine digits has
 * lost its leading zero and is judged with it. No allocation, thread safe. @since 0.1
 */
int mt940_vkn_check(const char *text, size_t length);
int mt940_tckn_check(const char *text, size_t length);
int mt940_voen_check(const char *text, size_t length);

/* A tax number found in a text. */
struct mt940_tax_id_found {
    size_t offset;    /* of the digits */
    size_t length;
    int32_t kind;     /* enum mt940_tax_id_kind */
    int32_t labelled; /* 1 = a label (VKN, VERGI NO, TCKN, VOEN …) stands before it */
    int32_t reason;   /* MT940_TAX_ID_VALID, or BAD_CHECKSUM for a labelled VÖEN */
    char digits[12];  /* NUL-terminated; a VÖEN of nine digits with its zero */
};

/*
 * Finds numbers that pass their check: labelled ones, and bare ones that stand alone (no part of
 * a longer number or word). A labelled VÖEN counts even when only its checksum fails. Numbers
 * behind a trunk prefix (+90, 0) are telephone numbers. A bare number of ten digits that fits
 * both is called a VKN. UTF-8 or a single-byte Turkish set. In order; writes the first
 * `capacity`, returns how many there are. Linear time. @since 0.1
 */
size_t mt940_tax_id_scan(const char *text, size_t length, struct mt940_tax_id_found *found, size_t capacity);

#ifdef __cplusplus
}
#endif
#endif
