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

/* A bank-branch code found in a text: [offset, offset + length) of the text as given. */
struct mt940_bank_branch_found {
    size_t offset;
    size_t length;
    int32_t labelled; /* 1 = a label (ŞUBE, ŞUBE KODU, BANKA-ŞUBE …) stands before it */
    int32_t reserved; /* 0 */
    struct mt940_bank_branch code;
};

/*
 * Finds bank-branch codes that stand alone: 0062_00119 anywhere, and two numbers with one of "_ - / ."
 * between them behind a label. UTF-8 or a single-byte Turkish set. In order; writes the first
 * `capacity`, returns how many there are. Linear time, nothing is allocated, thread safe. @since 0.1
 */
size_t mt940_bank_branch_scan(const char *text, size_t length, struct mt940_bank_branch_found *found,
                              size_t capacity);

#ifdef __cplusplus
}
#endif
#endif
