/* SPDX-License-Identifier: Apache-2.0
 *
 * search_avx2.c: finds characters in blocks of 64 bytes, on processors with AVX2.
 */
#include "base/search.h"

#ifdef MT940_SEARCH_X86

#include <immintrin.h>

#define TARGET __attribute__((target("avx2")))

TARGET static inline uint64_t find_any(__m256i low, __m256i high, const char *any)
{
    __m256i wanted = _mm256_set1_epi8(any[0]);
    __m256i low_places = _mm256_cmpeq_epi8(low, wanted), high_places = _mm256_cmpeq_epi8(high, wanted);
    while (*++any) {
        wanted = _mm256_set1_epi8(*any);
        low_places = _mm256_or_si256(low_places, _mm256_cmpeq_epi8(low, wanted));
        high_places = _mm256_or_si256(high_places, _mm256_cmpeq_epi8(high, wanted));
    }
    return (uint32_t)_mm256_movemask_epi8(low_places) | (uint64_t)(uint32_t)_mm256_movemask_epi8(high_places) << 32;
}

TARGET uint64_t mt940_search_avx2(const struct mt940_search *search, const char *block, char carried)
{
    __m256i low = _mm256_loadu_si256((const __m256i *)(const void *)block);
    __m256i high = _mm256_loadu_si256((const __m256i *)(const void *)(block + 32));
    uint64_t places = find_any(low, high, search->any);
    uint64_t last = search->last ? find_any(low, high, search->last) : 0;
    if (!last)
        return places;
    uint64_t before = find_any(low, high, search->before) << 1;
    return places | (last & (before | mt940_search_is_before(search, carried)));
}

#endif
