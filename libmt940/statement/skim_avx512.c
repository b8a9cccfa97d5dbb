/* SPDX-License-Identifier: Apache-2.0
 *
 * skim_avx512.c: looks at blocks of 64 bytes on processors with AVX-512 BW, which compare them right into bits. Sees what
 * the plain way sees.
 */
#include "statement/skim.h"

#ifdef MT940_SKIM_X86

#include <immintrin.h>

#define SKIM_TARGET __attribute__((target("avx512f,avx512bw,bmi,popcnt")))

bool mt940_skim_has_avx512(void)
{
    return mt940_skim_has_avx2() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw");
}

SKIM_TARGET static inline void see(const char *bytes, struct mt940_seen *out)
{
    /* Of every lower half of a byte the one that may begin structure, if any does that is above a blank. */
    const __m512i table = _mm512_broadcast_i32x4(
        _mm_setr_epi8(' ', ' ', ' ', ' ', '$', ' ', ' ', ' ', ' ', ' ', ':', '{', ' ', '-', ' ', '\xEF'));
    __m512i all = _mm512_loadu_si512(bytes);
    __m512i named = _mm512_shuffle_epi8(table, _mm512_and_si512(all, _mm512_set1_epi8(0x0F)));
    out->feeds = _mm512_cmpeq_epi8_mask(all, _mm512_set1_epi8('\n'));
    out->backs = _mm512_cmpeq_epi8_mask(all, _mm512_set1_epi8('\r'));
    out->may_begin = _mm512_cmpeq_epi8_mask(all, named) | _mm512_cmple_epu8_mask(all, _mm512_set1_epi8(' '));
    out->above = _mm512_movepi8_mask(all);
}

#include "statement/skim_frame.h"

const struct mt940_skim_way mt940_skim_avx512 = {look, pass};

#endif
