/* SPDX-License-Identifier: Apache-2.0
 *
 * search_avx2.c: finds characters in blocks of 64 bytes, on processors with AVX2.
 */
#include "base/search.h"

#ifdef MT940_SEARCH_X86

#include <immintrin.h>

#define SEARCH_TARGET __attribute__((target("avx2")))

SEARCH_TARGET static inline __m256i equal(__m256i bytes, char c)
{
    return _mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(c));
}

SEARCH_TARGET static inline uint64_t bits(__m256i low, __m256i high)
{
    return (uint32_t)_mm256_movemask_epi8(low) | (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << 32;
}

SEARCH_TARGET static inline __m256i equal_before(const struct mt940_search *search, __m256i bytes)
{
    __m256i first_two = _mm256_or_si256(equal(bytes, search->before[0]), equal(bytes, search->before[1]));
    return _mm256_or_si256(first_two, equal(bytes, search->before[2]));
}

SEARCH_TARGET static inline uint64_t search_block(const struct mt940_search *search, const char *block, char carried)
{
    __m256i low = _mm256_loadu_si256((const __m256i *)(const void *)block);
    __m256i high = _mm256_loadu_si256((const __m256i *)(const void *)(block + 32));
    uint64_t places = bits(_mm256_or_si256(equal(low, search->any[0]), equal(low, search->any[1])),
                           _mm256_or_si256(equal(high, search->any[0]), equal(high, search->any[1])));
    if (!search->pairs)
        return places;
    uint64_t before = bits(equal_before(search, low), equal_before(search, high)) << 1;
    before |= mt940_search_is_before(search, carried);
    return places | (bits(equal(low, search->last), equal(high, search->last)) & before);
}

#include "base/search_frame.h"

SEARCH_TARGET void mt940_search_avx2(struct mt940_search *search)
{
    search_fill(search);
}

#endif
