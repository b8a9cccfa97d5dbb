/* SPDX-License-Identifier: Apache-2.0
 *
 * skim_avx2.c: passes over lines 32 bytes at a time, on processors with AVX2.
 */
#include "statement/skim.h"

#ifdef MT940_SKIM_X86

#include <immintrin.h>

#define SKIM_TARGET __attribute__((target("avx2")))

SKIM_TARGET static inline size_t find(const char *bytes, size_t from, size_t length, uint64_t *high)
{
    const __m256i lf = _mm256_set1_epi8('\n'), cr = _mm256_set1_epi8('\r');
    size_t at = from;
    for (; length - at >= 32; at += 32) {
        __m256i block = _mm256_loadu_si256((const __m256i *)(const void *)(bytes + at));
        __m256i ends = _mm256_or_si256(_mm256_cmpeq_epi8(block, lf), _mm256_cmpeq_epi8(block, cr));
        unsigned mask = (unsigned)_mm256_movemask_epi8(ends);
        *high |= (unsigned)_mm256_movemask_epi8(block);
        if (mask)
            return at + (size_t)__builtin_ctz(mask);
    }
    for (; at < length && bytes[at] != '\n' && bytes[at] != '\r'; at++)
        *high |= bytes[at] & 0x80;
    return at;
}

SKIM_TARGET void mt940_skim_avx2(const char *bytes, size_t from, size_t length, struct mt940_skim *out)
{
    mt940_skim_lines(find, bytes, from, length, out);
}

#endif
