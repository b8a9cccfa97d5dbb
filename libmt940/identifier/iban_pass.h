/* SPDX-License-Identifier: Apache-2.0
 *
 * iban_pass.h: passes over text in which no IBAN begins: nearly all of it.
 */
#ifndef MT940_IDENTIFIER_IBAN_PASS_H
#define MT940_IDENTIFIER_IBAN_PASS_H

#include <stddef.h>

#include "identifier/iban_classes.h"

/* How many bytes of a block a start may be: what must follow it lies within the rest. */
enum { MT940_IBAN_STARTS = MT940_IBAN_BLOCK - 6 };

/* Two letters and two digits behind them, and no line end near: the starts among the first bytes of a block. */
static inline uint64_t mt940_iban_plain_starts(uint64_t letters, uint64_t digits)
{
    return letters & letters >> 1 & digits >> 2 & digits >> 3 & ((UINT64_C(1) << MT940_IBAN_STARTS) - 1);
}

/*
 * From `from` on goes from block to block, MT940_IBAN_STARTS bytes each, while none has a start or a control byte like
 * a line end. Returns where the first one that has begins, or the length of the text; of the last bytes, when they are
 * fewer than a block and so is the text, it says nothing. One function per kind of processor.
 */
typedef size_t mt940_iban_pass_function(const char *text, size_t length, size_t from);

/* In plain C for every processor; what others are compared with. */
mt940_iban_pass_function mt940_iban_pass_plain;
#ifdef MT940_IBAN_CLASSES_X86
mt940_iban_pass_function mt940_iban_pass_avx2;
mt940_iban_pass_function mt940_iban_pass_avx512;
#endif

/* The fastest that this processor has. */
mt940_iban_pass_function *mt940_iban_pass_way(void);

#endif
