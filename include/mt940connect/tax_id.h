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
    MT940_TAX_ID_BAD_FORM = 4      /* leading zero of a TCKN, last digit of a VÖEN */
};

/* Reason a number is refused, 0 = valid. No allocation, thread safe. @since 0.1 */
int mt940_vkn_check(const char *text, size_t length);
int mt940_tckn_check(const char *text, size_t length);
int mt940_voen_check(const char *text, size_t length);

/* A tax number found in a text. */
struct mt940_tax_id_found {
    size_t offset;
    size_t length;
    int32_t kind;    /* enum mt940_tax_id_kind */
    int32_t labelled; /* 1 = a label (VKN, VERGI NO, TCKN, VOEN …) stands before it */
    char digits[12];
};

/*
 * Finds numbers that pass their check: labelled ones, and bare ones that stand alone (not part
 * of a longer number). In order; writes up to `capacity`, returns how many there are.
 */
size_t mt940_tax_id_scan(const char *text, size_t length, struct mt940_tax_id_found *found, size_t capacity);

#ifdef __cplusplus
}
#endif
#endif
