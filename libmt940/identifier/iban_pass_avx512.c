/* SPDX-License-Identifier: Apache-2.0
 *
 * iban_pass_avx512.c: passes over blocks of text in which no IBAN begins, on processors with AVX-512 BW, which compare
 * bytes right into bits.
 */
#include "identifier/iban_pass.h"

#ifdef MT940_IBAN_CLASSES_X86

#include <immintrin.h>

#define PASS_TARGET __attribute__((target("avx512f,avx512bw")))

/* Bytes whose distance from `low` is at most `span`. */
PASS_TARGET static inline uint64_t within(__m512i bytes, char low, char span)
{
    return _mm512_cmple_epu8_mask(_mm512_sub_epi8(bytes, _mm512_set1_epi8(low)), _mm512_set1_epi8(span));
}

PASS_TARGET static inline int may_begin(const char *block, size_t seen)
{
    __m512i bytes = _mm512_loadu_si512(block);
    uint64_t letters = within(_mm512_or_si512(bytes, _mm512_set1_epi8(0x20)), 'a', 25) >> seen;
    uint64_t controls = within(bytes, '\n', '\r' - '\n') >> seen;
    return (controls | mt940_iban_plain_starts(letters, within(bytes, '0', 9) >> seen)) != 0;
}

#include "identifier/iban_pass_frame.h"

PASS_TARGET size_t mt940_iban_pass_avx512(const char *text, size_t length, size_t from)
{
    return pass(text, length, from);
}

#endif
