/* SPDX-License-Identifier: Apache-2.0
 *
 * icu.h: the one door to ICU: properties of single code points that the fold tables lack. In a
 * build without ICU every code point is MT940_ICU_UNKNOWN and nothing else is asked.
 */
#ifndef MT940_TEXT_ICU_H
#define MT940_TEXT_ICU_H

#include <stddef.h>
#include <stdint.h>

#define MT940_ICU_UNKNOWN 0 /* no ICU, or not assigned in its version of Unicode */
#define MT940_ICU_LETTER 1  /* letters and digits of any script */
#define MT940_ICU_SILENT 2  /* non-spacing marks and format characters */
#define MT940_ICU_BLANK 3   /* white space */
#define MT940_ICU_OTHER 4
/* Longest result below: the compatibility decomposition of U+FDFA. */
#define MT940_ICU_LONGEST 18

int mt940_icu_kind(uint32_t point);
/* As the classes of fold_tables.h. */
int mt940_icu_class(uint32_t point);
/* Full case folding, I and U+0130 as in Turkish; returns the number of code points. */
size_t mt940_icu_fold(uint32_t point, uint32_t out[MT940_ICU_LONGEST]);
size_t mt940_icu_decompose(uint32_t point, uint32_t out[MT940_ICU_LONGEST]);
size_t mt940_icu_decompose_compatible(uint32_t point, uint32_t out[MT940_ICU_LONGEST]);
/* 0 where the two do not compose. */
uint32_t mt940_icu_compose(uint32_t first, uint32_t second);

#endif
