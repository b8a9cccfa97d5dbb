/* SPDX-License-Identifier: Apache-2.0
 *
 * bank_branch.h: the bank-branch code XXXX_YYYYY (Banka-Şube Kodu, Şube No) of Turkish books.
 * Source: R49, turkish-banking §2.4.
 */
#ifndef MT940CONNECT_BANK_BRANCH_H
#define MT940CONNECT_BANK_BRANCH_H

#include "mt940connect/base.h"

#ifdef __cplusplus
extern "C" {
#endif

struct mt940_bank_branch {
    int32_t bank;   /* 0..9999 */
    int32_t branch; /* 0..99999 */
};

/*
 * Reads bank and branch with any of "_ - / ." or a blank between them, leading zeros free
 * ("62_119", "00062_00119"). MT940_E_FORMAT for anything else; such texts are compared as text.
 */
int mt940_bank_branch_parse(const char *text, size_t length, struct mt940_bank_branch *out);
/* Writes "0062_00119" and a NUL. MT940_E_RANGE outside the ranges. */
int mt940_bank_branch_format(const struct mt940_bank_branch *code, char out[11]);
/* 1 when both texts name the same branch: by parsed pair, else as trimmed texts; else 0. */
int mt940_bank_branch_equal(const char *a, size_t a_length, const char *b, size_t b_length);

#ifdef __cplusplus
}
#endif
#endif
