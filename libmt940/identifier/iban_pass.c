/* SPDX-License-Identifier: Apache-2.0
 *
 * iban_pass.c: passes over blocks of text in which no IBAN begins, in plain C; and the choice among the ways. It must
 * not know what an IBAN is made of beyond its first four characters.
 */
#include "identifier/iban_pass.h"

#define PASS_TARGET

static inline int may_begin(const char *block, size_t seen)
{
    struct mt940_iban_classes classes;
    mt940_iban_classify_plain(block, &classes);
    return classes.controls >> seen || mt940_iban_plain_starts(classes.letters >> seen, classes.digits >> seen);
}

#include "identifier/iban_pass_frame.h"

size_t mt940_iban_pass_plain(const char *text, size_t length, size_t from)
{
    return pass(text, length, from);
}

mt940_iban_pass_function *mt940_iban_pass_way(void)
{
#ifdef MT940_IBAN_CLASSES_X86
    if (mt940_iban_classes_has_avx512())
        return mt940_iban_pass_avx512;
    if (mt940_iban_classes_has_avx2())
        return mt940_iban_pass_avx2;
#endif
    return mt940_iban_pass_plain;
}
