/* SPDX-License-Identifier: Apache-2.0
 *
 * sixteen.h: a question to sixteen bytes at once, for processors that always can (SSE2 is part of x86-64), and in plain C
 * for the others. Both give the same.
 */
#ifndef MT940_BASE_SIXTEEN_H
#define MT940_BASE_SIXTEEN_H

#include "base/bytes.h"

/* A bit for each of the bytes that is `byte` (below 80), the first lowest. */
static inline uint32_t mt940_sixteen_equal_plain(const void *data, char byte)
{
    const char *bytes = data;
    uint64_t low = mt940_bytes_within(mt940_bytes_in_order(bytes), (unsigned char)byte, (unsigned char)byte);
    uint64_t high = mt940_bytes_within(mt940_bytes_in_order(bytes + 8), (unsigned char)byte, (unsigned char)byte);
    return (uint32_t)(mt940_bytes_bits(low) | mt940_bytes_bits(high) << 8);
}

#ifdef __SSE2__
#include <emmintrin.h>

static inline uint32_t mt940_sixteen_equal(const void *data, char byte)
{
    __m128i bytes = _mm_loadu_si128(data);
    return (uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(bytes, _mm_set1_epi8(byte)));
}
#else
static inline uint32_t mt940_sixteen_equal(const void *data, char byte)
{
    return mt940_sixteen_equal_plain(data, byte);
}
#endif

#endif
