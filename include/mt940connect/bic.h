/* SPDX-License-Identifier: Apache-2.0
 *
 * bic.h: business identifier codes (BIC, SWIFT code, BI Kodu), ISO 9362:2022.
 * Whether a BIC is in use only SWIFT's directory knows; here its form is judged. Thread safe,
 * nothing is allocated.
 */
#ifndef MT940CONNECT_BIC_H
#define MT940CONNECT_BIC_H

#include "mt940connect/base.h"

#ifdef __cplusplus
extern "C" {
#endif

enum mt940_bic_flag {
    MT940_BIC_LOWER_CASE = 1, /* ASCII only */
    MT940_BIC_SPACES = 2      /* blanks around it and between its parts */
};

enum mt940_bic_reason {
    MT940_BIC_VALID = 0,
    MT940_BIC_BAD_LENGTH = 1,    /* neither 8 nor 11 characters */
    MT940_BIC_BAD_CHARACTER = 2,
    MT940_BIC_BAD_COUNTRY = 3    /* its fifth and sixth letter are no country of ISO 3166 */
};

enum mt940_bic_use {
    MT940_BIC_ORDINARY = 0,
    MT940_BIC_TEST = 1,            /* eighth character 0: tests and training only */
    MT940_BIC_NOT_CONNECTED = 2,   /* 1: its holder is not on the network */
    MT940_BIC_REVERSE_BILLING = 3  /* 2: the receiver pays */
};

struct mt940_bic {
    size_t size;        /* set by the caller */
    int32_t reason;     /* enum mt940_bic_reason */
    int32_t position;   /* 0-based in the input, where the reason stands; -1 = the whole */
    int32_t use;        /* enum mt940_bic_use, by custom of SWIFT */
    int32_t head_office; /* 1 = eight characters, or branch XXX */
    char canonical[12]; /* 8 or 11 characters and a NUL; "" unless valid */
    char party[5];
    char country[3];
    char location[3];
    char branch[4]; /* "XXX" when there is none */
};

/* Judges a text. MT940_OK whatever the verdict, MT940_E_ARGUMENT on misuse. @since 0.1 */
int mt940_bic_parse(const char *text, size_t length, uint32_t flags, struct mt940_bic *out);
/* The reason only, or MT940_E_ARGUMENT. @since 0.1 */
int mt940_bic_check(const char *text, size_t length, uint32_t flags);
/* "BAD_COUNTRY" …, "VALID" for 0; NULL for no reason. Static. @since 0.1 */
const char *mt940_bic_reason_name(int32_t reason);
/* 1 when both texts (any case) name the same party and branch, where no branch is XXX; else 0. @since 0.1 */
int mt940_bic_equal(const char *a, size_t a_length, const char *b, size_t b_length);

/* A BIC found in a text. */
struct mt940_bic_found {
    size_t offset;
    size_t length;
    int32_t labelled; /* 1 = a label (BIC, SWIFT, BI KODU …) stands before it */
    char canonical[12];
};

/*
 * Finds BICs in a text: words of 8 or 11 capitals and digits of right form behind a label, or of
 * a bank in the built-in directory. Other words of that form are too often just words. In order;
 * writes the first `capacity`, returns how many there are. Linear time. @since 0.1
 */
size_t mt940_bic_scan(const char *text, size_t length, struct mt940_bic_found *found, size_t capacity);

#ifdef __cplusplus
}
#endif
#endif
