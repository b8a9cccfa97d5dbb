/* SPDX-License-Identifier: Apache-2.0
 *
 * iban_classes.c: classifies bytes eight at a time in plain C, and 32 or 64 at a time where the processor can. It must
 * not know what is made of the classes.
 */
#include <string.h>

#include "identifier/iban_classes.h"

#include "base/bytes.h"

/* A bit for each of eight bytes within [low, high], both below 0x80. Bytes from 0x80 are never within. */
static uint64_t bits_within(uint64_t word, unsigned char low, unsigned char high)
{
    return mt940_bytes_bits(mt940_bytes_within(word, low, high));
}

void mt940_iban_classify_plain(const char *block, struct mt940_iban_classes *out)
{
    memset(out, 0, sizeof(*out));
    for (int at = 0; at < MT940_IBAN_BLOCK; at += 8) {
        uint64_t word = mt940_bytes_in_order(block + at);
        out->digits |= bits_within(word, '0', '9') << at;
        out->letters |= bits_within(word | MT940_BYTES_ONES * 0x20, 'a', 'z') << at;
        out->controls |= bits_within(word, '\n', '\r') << at;
        out->blanks |= bits_within(word, ' ', ' ') << at;
    }
}

#ifdef MT940_IBAN_CLASSES_X86

#include <immintrin.h>

#define AVX2 __attribute__((target("avx2")))
#define AVX512 __attribute__((target("avx512f,avx512bw")))

/* Bytes whose distance from `low` is at most `span`. */
AVX2 static inline uint64_t within_avx2(__m256i bytes, char low, char span)
{
    __m256i distance = _mm256_sub_epi8(bytes, _mm256_set1_epi8(low));
    __m256i inside = _mm256_cmpeq_epi8(_mm256_min_epu8(distance, _mm256_set1_epi8(span)), distance);

    return (uint32_t)_mm256_movemask_epi8(inside);
}

AVX2 void mt940_iban_classify_avx2(const char *block, struct mt940_iban_classes *out)
{
    __m256i low = _mm256_loadu_si256((const __m256i *)(const void *)block);
    __m256i high = _mm256_loadu_si256((const __m256i *)(const void *)(block + 32));
    __m256i small = _mm256_set1_epi8(0x20);

    out->digits = within_avx2(low, '0', 9) | within_avx2(high, '0', 9) << 32;
    out->letters = within_avx2(_mm256_or_si256(low, small), 'a', 25) |
                   within_avx2(_mm256_or_si256(high, small), 'a', 25) << 32;
    out->controls = within_avx2(low, '\n', '\r' - '\n') | within_avx2(high, '\n', '\r' - '\n') << 32;
    out->blanks = within_avx2(low, ' ', 0) | within_avx2(high, ' ', 0) << 32;
}

AVX512 static inline uint64_t within_avx512(__m512i bytes, char low, char span)
{
    return _mm512_cmple_epu8_mask(_mm512_sub_epi8(bytes, _mm512_set1_epi8(low)), _mm512_set1_epi8(span));
}

AVX512 void mt940_iban_classify_avx512(const char *block, struct mt940_iban_classes *out)
{
    __m512i bytes = _mm512_loadu_si512(block);

    out->digits = within_avx512(bytes, '0', 9);
    out->letters = within_avx512(_mm512_or_si512(bytes, _mm512_set1_epi8(0x20)), 'a', 25);
    out->controls = within_avx512(bytes, '\n', '\r' - '\n');
    out->blanks = within_avx512(bytes, ' ', 0);
}

int mt940_iban_classes_has_avx2(void)
{
    return __builtin_cpu_supports("avx2");
}

int mt940_iban_classes_has_avx512(void)
{
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw");
}

#endif

mt940_iban_classify_function *mt940_iban_classes_way(void)
{
#ifdef MT940_IBAN_CLASSES_X86
    if (mt940_iban_classes_has_avx512())
        return mt940_iban_classify_avx512;
    if (mt940_iban_classes_has_avx2())
        return mt940_iban_classify_avx2;
#endif
    return mt940_iban_classify_plain;
}
