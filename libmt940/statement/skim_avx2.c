/* SPDX-License-Identifier: Apache-2.0
 *
 * skim_avx2.c: looks at blocks of 64 bytes on processors with AVX2. Sees what the plain way sees.
 */
#include "statement/skim.h"

#ifdef MT940_SKIM_X86

#include <immintrin.h>

#define TARGET __attribute__((target("avx2,bmi,popcnt")))

enum { block = MT940_SIGHT_BYTES, half = block / 2, ahead = MT940_SIGHT_COUNT * block };

bool mt940_skim_has_avx2(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("popcnt");
}

/* A bit for each byte, the first lowest. */
TARGET static inline uint64_t bits(__m256i low, __m256i high)
{
    return (uint32_t)_mm256_movemask_epi8(low) | (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << half;
}

TARGET static inline uint64_t bits_of(__m256i low, __m256i high, __m256i byte)
{
    return bits(_mm256_cmpeq_epi8(low, byte), _mm256_cmpeq_epi8(high, byte));
}

/* Of every lower half of a byte the one that may begin structure, if any does that is above a blank. */
TARGET static inline __m256i may_begin_table(void)
{
    return _mm256_broadcastsi128_si256(
        _mm_setr_epi8(' ', ' ', ' ', ' ', '$', ' ', ' ', ' ', ' ', ' ', ':', '{', ' ', '-', ' ', '\xEF'));
}

/* mt940_may_begin_structure() of 32 bytes. */
TARGET static inline __m256i may_begin(__m256i bytes, __m256i table, __m256i lower, __m256i blank)
{
    __m256i named = _mm256_shuffle_epi8(table, _mm256_and_si256(bytes, lower));
    return _mm256_or_si256(_mm256_cmpeq_epi8(bytes, named), _mm256_cmpeq_epi8(bytes, _mm256_min_epu8(bytes, blank)));
}

TARGET static void look(const char *bytes, size_t count, char before, uint64_t lines, struct mt940_sight *out)
{
    const __m256i feed = _mm256_set1_epi8('\n'), back = _mm256_set1_epi8('\r');
    const __m256i table = may_begin_table(), lower = _mm256_set1_epi8(0x0F), blank = _mm256_set1_epi8(' ');
    uint64_t after_feed = before == '\n', after_back = before == '\r';
    for (const struct mt940_sight *end = out + count; out < end; out++, bytes += block) {
        /* What is looked at next time shall be here by then; the processor itself does not look beyond a page. */
        _mm_prefetch((const char *)((uintptr_t)bytes + ahead), _MM_HINT_T0);
        __m256i low = _mm256_loadu_si256((const __m256i *)(const void *)bytes);
        __m256i high = _mm256_loadu_si256((const __m256i *)(const void *)(bytes + half));
        uint64_t feeds = bits_of(low, high, feed), backs = bits_of(low, high, back);
        uint64_t starts = feeds << 1 | after_feed | ((backs << 1 | after_back) & ~feeds);
        out->starts = starts;
        out->structure = starts & bits(may_begin(low, table, lower, blank), may_begin(high, table, lower, blank));
        out->above = bits(low, high);
        out->lines = lines;
        lines += (uint64_t)_mm_popcnt_u64(starts);
        after_feed = feeds >> 63;
        after_back = backs >> 63;
    }
}

TARGET void mt940_skim_pass_avx2(struct mt940_skim *skim, size_t from, struct mt940_passed *out)
{
    const struct mt940_sight *sight = skim->sights + (from - skim->base) / block, *end = skim->sights + skim->count;
    if (from < skim->base || sight >= end) {
        mt940_skim_pass(skim, from, out);
        return;
    }
    uint64_t here = UINT64_MAX << from % block, structure = sight->structure & here << 1, above = 0;
    uint64_t behind = sight->lines + (uint64_t)_mm_popcnt_u64(sight->starts & ~(here << 1));
    while (!structure) {
        above |= sight->above & here;
        here = UINT64_MAX;
        if (++sight == end) {
            mt940_skim_pass(skim, from, out);
            return;
        }
        structure = sight->structure;
    }
    uint64_t front = ~structure & (structure - 1);
    out->at = out->last = skim->base + (size_t)(sight - skim->sights) * block + (size_t)_tzcnt_u64(structure);
    out->lines = (uint32_t)(sight->lines + (uint64_t)_mm_popcnt_u64(sight->starts & front) + 1 - behind);
    out->high = (above | (sight->above & here & front)) != 0;
}

const struct mt940_skim_way mt940_skim_avx2 = {look, mt940_skim_pass_avx2};

#endif
