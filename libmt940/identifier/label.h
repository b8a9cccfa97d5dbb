/* SPDX-License-Identifier: Apache-2.0
 *
 * label.h: the words that people put before a number (VKN:, SWIFT KODU …).
 */
#ifndef MT940_IDENTIFIER_LABEL_H
#define MT940_IDENTIFIER_LABEL_H

#include <stdbool.h>
#include <stddef.h>

/* Bytes before a number that a label and what joins the two may take. */
#define MT940_LABEL_REACH 48

/* A label as it is folded: ASCII capitals without blanks, dots and hyphens. */
struct mt940_label {
    const char *text;
    int kind; /* the user's own number, not 0 */
};

/* Kind of the label that stands right before `start` and begins a word; 0 = none of them. */
int mt940_label_before(const char *text, size_t start, const struct mt940_label *labels, size_t count);
/* Whether a byte is part of a word: ASCII letters and digits, and every byte from 0x80. */
bool mt940_label_is_word(char c);

#endif
