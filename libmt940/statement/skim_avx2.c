/* SPDX-License-Identifier: Apache-2.0
 *
 * skim_avx2.c: looks at blocks of 64 bytes on processors with AVX2. Sees what the plain way sees.
 */
#include "statement/skim.h"

#ifdef MT940_SKIM_X86

#include <immintrin.h>

#define SKIM_TARGET __attribute__((target("avx2,bmi,popcnt")))

enum { half = MT940_SIGHT_BYTES / 2 };

bool mt940_skim_has_avx2(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("popcnt");
}

/* A bit for each byte, the first lowest. */
SKIM_TARGET static inline uint64_t bits(__m256i low, __m256i high)
{
    return (uint32_t)_mm256_movemask_epi8(low) | (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << half;
}

SKIM_TARGET static inline uint64_t bits_of(__m256i low, __m256i high, __m256i byte)
{
    return bits(_mm256_cmpeq_epi8(low, byte), _mm256_cmpeq_epi8(high, byte));
}

/* Of every lower half of a byte the one that may begin structure, if any does that is above a blank. */
SKIM_TARGET static inline __m256i may_begin_table(void)
{
    return _mm256_broadcastsi128_si256(
        _mm_setr_epi8(' ', ' ', ' ', ' ', '$', ' ', ' ', ' ', ' ', ' ', ':', '{', ' ', '-', ' ', '\xEF'));
}

/* mt940_may_begin_structure() of 32 bytes. */
SKIM_TARGET static inline __m256i may_begin(__m256i bytes, __m256i table, __m256i lower, __m256i blank)
{
    __m256i named = _mm256_shuffle_epi8(table, _mm256_and_si256(bytes, lower));
    return _mm256_or_si256(_mm256_cmpeq_epi8(bytes, named), _mm256_cmpeq_epi8(bytes, _mm256_min_epu8(bytes, blank)));
}

SKIM_TARGET static inline void see(const char *bytes, struct mt940_seen *out)
{
    const __m256i table = may_begin_table(), lower = _mm256_set1_epi8(0x0F), blank = _mm256_set1_epi8(' ');
    __m256i low = _mm256_loadu_si256((const __m256i *)(const void *)bytes);
    __m256i high = _mm256_loadu_si256((const __m256i *)(const void *)(bytes + half));
    out->feeds = bits_of(low, high, _mm256_set1_epi8('\n'));
    out->backs = bits_of(low, high, _mm256_set1_epi8('\r'));
    out->may_begin = bits(may_begin(low, table, lower, blank), may_begin(high, table, lower, blank));
    out->above = bits(low, high);
}

#include "statement/skim_frame.h"

const struct mt940_skim_way mt940_skim_avx2 = {look, pass};

#endif
