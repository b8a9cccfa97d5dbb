/* SPDX-License-Identifier: Apache-2.0
 *
 * iban_pass_avx2.c: passes over blocks of text in which no IBAN begins, on processors with AVX2.
 */
#include "identifier/iban_pass.h"

#ifdef MT940_IBAN_CLASSES_X86

#include <immintrin.h>

#define PASS_TARGET __attribute__((target("avx2")))

/* Bytes whose distance from `low` is at most `span`. */
PASS_TARGET static inline __m256i within(__m256i bytes, char low, char span)
{
    __m256i distance = _mm256_sub_epi8(bytes, _mm256_set1_epi8(low));
    return _mm256_cmpeq_epi8(_mm256_min_epu8(distance, _mm256_set1_epi8(span)), distance);
}

PASS_TARGET static inline uint64_t bits(__m256i low, __m256i high)
{
    return (uint32_t)_mm256_movemask_epi8(low) | (uint64_t)(uint32_t)_mm256_movemask_epi8(high) << 32;
}

PASS_TARGET static inline int may_begin(const char *block, size_t seen)
{
    const __m256i small = _mm256_set1_epi8(0x20);
    __m256i low = _mm256_loadu_si256((const __m256i *)(const void *)block);
    __m256i high = _mm256_loadu_si256((const __m256i *)(const void *)(block + 32));
    uint64_t digits = bits(within(low, '0', 9), within(high, '0', 9)) >> seen;
    uint64_t letters = bits(within(_mm256_or_si256(low, small), 'a', 25), within(_mm256_or_si256(high, small), 'a', 25));
    uint64_t controls = bits(within(low, '\n', '\r' - '\n'), within(high, '\n', '\r' - '\n')) >> seen;
    return (controls | mt940_iban_plain_starts(letters >> seen, digits)) != 0;
}

#include "identifier/iban_pass_frame.h"

PASS_TARGET size_t mt940_iban_pass_avx2(const char *text, size_t length, size_t from)
{
    return pass(text, length, from);
}

#endif
