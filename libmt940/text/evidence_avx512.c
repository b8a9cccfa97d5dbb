/* SPDX-License-Identifier: Apache-2.0
 *
 * evidence_avx512.c: the usual letters of a text 64 bytes at a time, on processors with AVX-512 BW, which compare them
 * right into bits.
 */
#include "text/evidence_window.h"

#ifdef MT940_USUAL_X86

#include <immintrin.h>

#define USUAL_TARGET __attribute__((target("avx512f,avx512bw,bmi,popcnt,lzcnt")))

/* LZCNT came with BMI2, or before it, as in evidence_avx2.c. */
bool mt940_usual_has_avx512(void)
{
    return mt940_usual_has_avx2() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw");
}

USUAL_TARGET static inline uint64_t bits_from(__m512i bytes, unsigned first)
{
    return _mm512_cmpge_epu8_mask(bytes, _mm512_set1_epi8((char)first));
}

struct window {
    __m512i bytes;
    uint64_t valid;
    size_t count;
};

USUAL_TARGET static inline void look(const unsigned char *data, size_t at, size_t length, struct window *out)
{
    out->count = length - at < 64 ? length - at : 64;
    out->valid = mt940_usual_lowest(out->count);
    out->bytes = _mm512_maskz_loadu_epi8(out->valid, data + at);
}

USUAL_TARGET static inline uint64_t high_bits(const struct window *window)
{
    return _mm512_movepi8_mask(window->bytes);
}

USUAL_TARGET static inline void find_bits(const struct window *window, uint64_t high, struct mt940_usual_window *out)
{
    __m512i bytes = window->bytes, small = _mm512_or_si512(bytes, _mm512_set1_epi8(0x20));
    __m512i distance = _mm512_sub_epi8(small, _mm512_set1_epi8('a'));
    out->count = window->count;
    out->high = high;
    out->c0_up = bits_from(bytes, 0xC0);
    out->c2_up = bits_from(bytes, 0xC2);
    out->e0_up = bits_from(bytes, 0xE0);
    out->control = window->valid & ~bits_from(bytes, 0x20);
    out->letters = _mm512_cmple_epu8_mask(distance, _mm512_set1_epi8('z' - 'a'));
}

#include "text/evidence_frame.h"

USUAL_TARGET size_t mt940_usual_avx512(struct mt940_charset_evidence *evidence, const unsigned char *data, size_t at,
                                 size_t length)
{
    return usual_letters(evidence, data, at, length);
}

#endif
