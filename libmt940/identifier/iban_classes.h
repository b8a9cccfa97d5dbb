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

void mt940_iban_classify(const char *block, struct mt940_iban_classes *out);
/* The same in plain C; what others are compared with. */
void mt940_iban_classify_plain(const char *block, struct mt940_iban_classes *out);

#endif
