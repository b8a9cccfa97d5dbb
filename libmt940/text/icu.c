/* SPDX-License-Identifier: Apache-2.0
 *
 * icu.c: asks ICU's common library about single code points. Only functions on stack buffers: ICU
 * allocates behind our back otherwise, which the promise of the allocator forbids.
 */
#include "text/icu.h"

#include "text/fold_tables.h"

#ifdef MT940_HAVE_ICU

#include <unicode/uchar.h>
#include <unicode/unorm2.h>
#include <unicode/ustring.h>

int mt940_icu_kind(uint32_t point)
{
    uint32_t category = U_GET_GC_MASK((UChar32)point);

    if (category & (U_GC_CN_MASK | U_GC_CS_MASK | U_GC_CO_MASK))
        return MT940_ICU_UNKNOWN;
    if (category & (U_GC_L_MASK | U_GC_N_MASK))
        return MT940_ICU_LETTER;
    if (category & (U_GC_MN_MASK | U_GC_CF_MASK))
        return MT940_ICU_SILENT;
    return u_isUWhiteSpace((UChar32)point) ? MT940_ICU_BLANK : MT940_ICU_OTHER;
}

int mt940_icu_class(uint32_t point)
{
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *form = unorm2_getNFCInstance(&status);
    int class = u_getCombiningClass((UChar32)point);

    if (class || U_FAILURE(status))
        return class;
    if (!unorm2_hasBoundaryBefore(form, (UChar32)point))
        return MT940_FOLD_JOINS;
    return u_getIntPropertyValue((UChar32)point, UCHAR_NFC_QUICK_CHECK) == UNORM_YES ? 0 : MT940_FOLD_UNSTABLE;
}

/* `length` negative or a failure: the code point stands for itself. */
static size_t to_points(const UChar *units, int32_t length, uint32_t point, uint32_t out[MT940_ICU_LONGEST])
{
    int32_t at = 0;
    size_t count = 0;

    if (length < 0) {
        out[0] = point;
        return 1;
    }
    while (at < length && count < MT940_ICU_LONGEST) {
        UChar32 c;

        U16_NEXT(units, at, length, c);
        out[count++] = (uint32_t)c;
    }
    return count;
}

size_t mt940_icu_fold(uint32_t point, uint32_t out[MT940_ICU_LONGEST])
{
    UErrorCode status = U_ZERO_ERROR;
    UChar source[2], folded[8];
    int32_t count = 0, length;

    U16_APPEND_UNSAFE(source, count, point);
    length = u_strFoldCase(folded, 8, source, count, U_FOLD_CASE_EXCLUDE_SPECIAL_I, &status);
    return to_points(folded, U_SUCCESS(status) ? length : -1, point, out);
}

static size_t decompose(const UNormalizer2 *form, UErrorCode *status, uint32_t point, uint32_t *out)
{
    UChar units[2 * MT940_ICU_LONGEST];
    int32_t length = -1;

    if (U_SUCCESS(*status))
        length = unorm2_getDecomposition(form, (UChar32)point, units, 2 * MT940_ICU_LONGEST, status);
    return to_points(units, U_SUCCESS(*status) ? length : -1, point, out);
}

size_t mt940_icu_decompose(uint32_t point, uint32_t out[MT940_ICU_LONGEST])
{
    UErrorCode status = U_ZERO_ERROR;

    return decompose(unorm2_getNFCInstance(&status), &status, point, out);
}

size_t mt940_icu_decompose_compatible(uint32_t point, uint32_t out[MT940_ICU_LONGEST])
{
    UErrorCode status = U_ZERO_ERROR;

    return decompose(unorm2_getNFKDInstance(&status), &status, point, out);
}

uint32_t mt940_icu_compose(uint32_t first, uint32_t second)
{
    UErrorCode status = U_ZERO_ERROR;
    const UNormalizer2 *form = unorm2_getNFCInstance(&status);
    UChar32 composed = U_SUCCESS(status) ? unorm2_composePair(form, (UChar32)first, (UChar32)second) : -1;

    return composed > 0 ? (uint32_t)composed : 0;
}

#else

int mt940_icu_kind(uint32_t point)
{
    (void)point;
    return MT940_ICU_UNKNOWN;
}

int mt940_icu_class(uint32_t point)
{
    (void)point;
    return 0;
}

static size_t itself(uint32_t point, uint32_t *out)
{
    out[0] = point;
    return 1;
}

size_t mt940_icu_fold(uint32_t point, uint32_t out[MT940_ICU_LONGEST])
{
    return itself(point, out);
}

size_t mt940_icu_decompose(uint32_t point, uint32_t out[MT940_ICU_LONGEST])
{
    return itself(point, out);
}

size_t mt940_icu_decompose_compatible(uint32_t point, uint32_t out[MT940_ICU_LONGEST])
{
    return itself(point, out);
}

uint32_t mt940_icu_compose(uint32_t first, uint32_t second)
{
    (void)first;
    (void)second;
    return 0;
}

#endif
