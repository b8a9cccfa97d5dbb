/* SPDX-License-Identifier: Apache-2.0
 *
 * iban_pass.c: passes over blocks of text in which no IBAN begins, in plain C; and the choice among the ways. It must
 * not know what an IBAN is made of beyond its first four characters.
 */
#include "identifier/iban_pass.h"

/* Whether an IBAN may begin in a block, or a line ends there, its first `seen` bytes aside. */
static int may_begin(const char *block, size_t seen)
{
    struct mt940_iban_classes classes;
    mt940_iban_classify_plain(block, &classes);
    return classes.controls >> seen || mt940_iban_plain_starts(classes.letters >> seen, classes.digits >> seen);
}

size_t mt940_iban_pass_plain(const char *text, size_t length, size_t from)
{
    for (; from < length && length - from >= MT940_IBAN_BLOCK; from += MT940_IBAN_STARTS)
        if (may_begin(text + from, 0))
            return from;
    if (from >= length || length < MT940_IBAN_BLOCK)
        return from;
    /* The block that ends with the text. */
    size_t seen = MT940_IBAN_BLOCK - (length - from);
    return may_begin(text + length - MT940_IBAN_BLOCK, seen) ? from : length;
}

mt940_iban_pass_function *mt940_iban_pass_way(void)
{
#ifdef MT940_IBAN_CLASSES_X86
    if (mt940_iban_classes_has_avx2())
        return mt940_iban_pass_avx2;
#endif
    return mt940_iban_pass_plain;
}
