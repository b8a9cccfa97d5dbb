/* SPDX-License-Identifier: Apache-2.0
 *
 * search_avx2.c: finds characters in blocks of 64 bytes, on processors with AVX2.
 */
#include "base/search.h"

#ifdef MT940_SEARCH_X86

#include <immintrin.h>

__attribute__((target("avx2"))) uint64_t mt940_search_avx2(const char *block, const char *any)
{
    __m256i first = _mm256_loadu_si256((const __m256i *)(const void *)block);
    __m256i second = _mm256_loadu_si256((const __m256i *)(const void *)(block + 32));
    __m256i low = _mm256_setzero_si256(), high = low;
    for (; *any; any++) {
        __m256i wanted = _mm256_set1_epi8(*any);
        low = _mm256_or_si256(low, _mm256_cmpeq_epi8(first, wanted));
        high = _mm256_or_si256(high, _mm256_cmpeq_epi8(second, wanted));
    }
    return (uint32_t)_mm256_movemask_epi8(low) | (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << 32;
}

#endif
