/* SPDX-License-Identifier: Apache-2.0
 *
 * iban_classes.h: which bytes of a block of text are digits, letters, line ends, blanks.
 */
#ifndef MT940_IDENTIFIER_IBAN_CLASSES_H
#define MT940_IDENTIFIER_IBAN_CLASSES_H

#include <stdint.h>

/* Bytes of a block; all of them are read. */
#define MT940_IBAN_BLOCK 64

/* A bit for each byte, the first lowest. */
struct mt940_iban_classes {
    uint64_t digits;
    uint64_t letters;  /* ASCII, either case */
    uint64_t controls; /* 0x0a to 0x0d, the line ends among them */
    uint64_t blanks;
};

typedef void mt940_iban_classify_function(const char *block, struct mt940_iban_classes *out);

/* In plain C for every processor; what others are compared with. */
mt940_iban_classify_function mt940_iban_classify_plain;

#if defined(__x86_64__) && defined(__GNUC__) && !defined(_WIN32)
#define MT940_IBAN_CLASSES_X86 1
mt940_iban_classify_function mt940_iban_classify_avx2;
mt940_iban_classify_function mt940_iban_classify_avx512;
int mt940_iban_classes_has_avx2(void);
int mt940_iban_classes_has_avx512(void);
#endif

/* The fastest that this processor has. It is asked each time: nothing is kept between calls. */
mt940_iban_classify_function *mt940_iban_classes_way(void);

#endif
