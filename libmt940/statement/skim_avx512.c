/* SPDX-License-Identifier: Apache-2.0
 *
 * skim_avx512.c: looks at blocks of 64 bytes on processors with AVX-512 BW, which compare them right into bits. Sees what
 * the plain way sees.
 */
#include "statement/skim.h"

#ifdef MT940_SKIM_X86

#include <immintrin.h>

#define TARGET __attribute__((target("avx512f,avx512bw,bmi,popcnt")))

enum { block = MT940_SIGHT_BYTES, ahead = MT940_SIGHT_COUNT * block };

bool mt940_skim_has_avx512(void)
{
    return mt940_skim_has_avx2() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw");
}

TARGET static void look(const char *bytes, size_t count, char before, uint64_t lines, struct mt940_sight *out)
{
    /* Of every lower half of a byte the one that may begin structure, if any does that is above a blank. */
    const __m512i table = _mm512_broadcast_i32x4(
        _mm_setr_epi8(' ', ' ', ' ', ' ', '$', ' ', ' ', ' ', ' ', ' ', ':', '{', ' ', '-', ' ', '\xEF'));
    const __m512i feed = _mm512_set1_epi8('\n'), back = _mm512_set1_epi8('\r');
    const __m512i lower = _mm512_set1_epi8(0x0F), blank = _mm512_set1_epi8(' ');
    uint64_t after_feed = before == '\n', after_back = before == '\r';
    for (const struct mt940_sight *end = out + count; out < end; out++, bytes += block) {
        /* What is looked at next time shall be here by then; the processor itself does not look beyond a page. */
        _mm_prefetch((const char *)((uintptr_t)bytes + ahead), _MM_HINT_T0);
        __m512i all = _mm512_loadu_si512(bytes);
        __m512i named = _mm512_shuffle_epi8(table, _mm512_and_si512(all, lower));
        uint64_t feeds = _mm512_cmpeq_epi8_mask(all, feed), backs = _mm512_cmpeq_epi8_mask(all, back);
        uint64_t starts = feeds << 1 | after_feed | ((backs << 1 | after_back) & ~feeds);
        out->starts = starts;
        out->structure = starts & (_mm512_cmpeq_epi8_mask(all, named) | _mm512_cmple_epu8_mask(all, blank));
        out->above = _mm512_movepi8_mask(all);
        out->lines = lines;
        lines += (uint64_t)_mm_popcnt_u64(starts);
        after_feed = feeds >> 63;
        after_back = backs >> 63;
    }
}

const struct mt940_skim_way mt940_skim_avx512 = {look, mt940_skim_pass_avx2};

#endif
