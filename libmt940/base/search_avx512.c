/* SPDX-License-Identifier: Apache-2.0
 *
 * search_avx512.c: finds characters in blocks of 64 bytes on processors with AVX-512 BW, which compare them right into
 * bits.
 */
#include "base/search.h"

#ifdef MT940_SEARCH_X86

#include <immintrin.h>

#define SEARCH_TARGET __attribute__((target("avx512f,avx512bw")))

bool mt940_search_has_avx512(void)
{
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw");
}

SEARCH_TARGET static inline uint64_t equal(__m512i bytes, char c)
{
    return _mm512_cmpeq_epi8_mask(bytes, _mm512_set1_epi8(c));
}

SEARCH_TARGET static inline uint64_t search_block(const struct mt940_search *search, const char *block, char carried)
{
    __m512i bytes = _mm512_loadu_si512(block);
    uint64_t places = equal(bytes, search->any[0]) | equal(bytes, search->any[1]);
    if (!search->pairs)
        return places;
    uint64_t before = equal(bytes, search->before[0]) | equal(bytes, search->before[1]) | equal(bytes, search->before[2]);
    return places | (equal(bytes, search->last) & (before << 1 | mt940_search_is_before(search, carried)));
}

#include "base/search_frame.h"

SEARCH_TARGET void mt940_search_avx512(struct mt940_search *search)
{
    search_fill(search);
}

#endif
