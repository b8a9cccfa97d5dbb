/* SPDX-License-Identifier: Apache-2.0
 *
 * sha256_x86.c: the same blocks by the processor's own SHA-256 instructions (SHA-NI), four rounds at a step. Chosen at
 * run time; sha256.c is the reference, and a test holds them together. Source: FIPS 180-4 §6.2.2, and Intel's
 * description of SHA256RNDS2, SHA256MSG1 and SHA256MSG2.
 */
#include "base/sha256_x86.h"

#ifdef MT940_SHA256_X86

#include <immintrin.h>

bool mt940_sha256_x86_runs(void)
{
    return __builtin_cpu_supports("sha") && __builtin_cpu_supports("sse4.1") && __builtin_cpu_supports("ssse3");
}

/* The state is kept in two registers, as the instructions want it: a b e f, and c d g h. */
__attribute__((target("sha,sse4.1,ssse3"))) void mt940_sha256_x86(uint32_t state[8], const uint8_t *block,
                                                                  const uint32_t constants[64])
{
    const __m128i order = _mm_set_epi64x(0x0c0d0e0f08090a0bLL, 0x0405060700010203LL);
    __m128i words[4];
    __m128i badc = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)(const void *)state), 0xB1);
    __m128i efgh = _mm_shuffle_epi32(_mm_loadu_si128((const __m128i *)(const void *)(state + 4)), 0x1B);
    __m128i abef = _mm_alignr_epi8(badc, efgh, 8), cdgh = _mm_blend_epi16(efgh, badc, 0xF0);
    const __m128i abef_before = abef, cdgh_before = cdgh;

    for (int i = 0; i < 4; i++)
        words[i] = _mm_shuffle_epi8(_mm_loadu_si128((const __m128i *)(const void *)(block + 16 * i)), order);
    for (int i = 0; i < 16; i++) {
        __m128i here = words[i & 3], next = words[(i + 1) & 3], before = words[(i + 3) & 3];
        __m128i sum = _mm_add_epi32(here, _mm_loadu_si128((const __m128i *)(const void *)(constants + 4 * i)));

        cdgh = _mm_sha256rnds2_epu32(cdgh, abef, sum);
        if (i >= 3 && i < 15)
            words[(i + 1) & 3] = _mm_sha256msg2_epu32(_mm_add_epi32(next, _mm_alignr_epi8(here, before, 4)), here);
        abef = _mm_sha256rnds2_epu32(abef, cdgh, _mm_shuffle_epi32(sum, 0x0E));
        if (i >= 1 && i < 13)
            words[(i + 3) & 3] = _mm_sha256msg1_epu32(before, here);
    }
    abef = _mm_add_epi32(abef, abef_before);
    cdgh = _mm_add_epi32(cdgh, cdgh_before);
    __m128i feba = _mm_shuffle_epi32(abef, 0x1B), dchg = _mm_shuffle_epi32(cdgh, 0xB1);
    _mm_storeu_si128((__m128i *)(void *)state, _mm_blend_epi16(feba, dchg, 0xF0));
    _mm_storeu_si128((__m128i *)(void *)(state + 4), _mm_alignr_epi8(dchg, feba, 8));
}

#endif
