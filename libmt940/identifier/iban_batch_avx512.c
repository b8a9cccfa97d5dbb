/* SPDX-License-Identifier: Apache-2.0
 *
 * iban_batch_avx512.c: judges IBANs without a loop over their characters, on processors with AVX-512 VBMI, BITALG,
 * VPOPCNTDQ and VNNI.
 *
 * The number mod 97 is a sum of values times powers of ten. The power of a character depends on how many letters stand
 * right of it, as each takes two decimals: those are counted for all characters at once.
 */
#include "identifier/iban_batch.h"

#ifdef MT940_IBAN_BATCH_X86

#include <immintrin.h>

#include "identifier/iban_alphabets.h"
#include "identifier/iban_powers.h"

#define BATCH_TARGET                                                                                                   \
    __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi,avx512bitalg,avx512vpopcntdq,avx512vnni,bmi2")))
#define BATCH_LONGEST 32

/* The first four characters count through brief->head and as a number. */
#define BBAN_LANES 0xfffffff0u

struct batch_characters {
    uint64_t digits, letters;
    __m256i values; /* of the BBAN, 0 elsewhere */
};

int mt940_iban_batch_has_avx512(void)
{
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512vl") &&
           __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vbmi") &&
           __builtin_cpu_supports("avx512bitalg") && __builtin_cpu_supports("avx512vpopcntdq") &&
           __builtin_cpu_supports("avx512vnni") && __builtin_cpu_supports("bmi2");
}

/* Bytes past the end are never touched and count as no character. */
BATCH_TARGET static inline void batch_load(const char *text, size_t length, struct batch_characters *out)
{
    __mmask32 inside = _bzhi_u32(UINT32_MAX, (uint32_t)length);
    __m256i bytes = _mm256_maskz_loadu_epi8(inside, text);
    __m256i as_digits = _mm256_sub_epi8(bytes, _mm256_set1_epi8('0'));
    __m256i as_letters = _mm256_sub_epi8(bytes, _mm256_set1_epi8('A'));
    __mmask32 letters = _mm256_cmple_epu8_mask(as_letters, _mm256_set1_epi8(25));

    out->digits = _mm256_cmple_epu8_mask(as_digits, _mm256_set1_epi8(9));
    out->letters = letters;
    out->values = _mm256_maskz_mov_epi8(
        inside & BBAN_LANES, _mm256_mask_add_epi8(as_digits, letters, as_letters, _mm256_set1_epi8(10)));
}

/* How many letters stand right of each character: in its own group of eight, and in the groups after it. */
BATCH_TARGET static inline __m256i letters_right_of(uint64_t letters)
{
    const __m256i own_byte = _mm256_setr_epi64x(0, 0x0101010101010101, 0x0202020202020202, 0x0303030303030303);
    const __m256i above = _mm256_set1_epi64x(0x0080c0e0f0f8fcfe);
    const __m256i beyond = _mm256_setr_epi64x(0xffffff00, 0xffff0000, 0xff000000, 0);
    const __m256i spread = _mm256_setr_epi64x(0, 0x0808080808080808, 0, 0x0808080808080808);
    __m256i all = _mm256_set1_epi64x((long long)letters);
    __m256i near = _mm256_popcnt_epi8(_mm256_and_si256(_mm256_shuffle_epi8(all, own_byte), above));
    __m256i far = _mm256_popcnt_epi64(_mm256_and_si256(all, beyond));

    return _mm256_add_epi8(near, _mm256_shuffle_epi8(far, spread));
}

BATCH_TARGET static inline uint32_t sum_of_lanes(__m256i lanes)
{
    __m128i sum = _mm_add_epi32(_mm256_castsi256_si128(lanes), _mm256_extracti128_si256(lanes, 1));
    sum = _mm_add_epi32(sum, _mm_shuffle_epi32(sum, 0x4e));
    sum = _mm_add_epi32(sum, _mm_shuffle_epi32(sum, 0xb1));
    return (uint32_t)_mm_cvtsi128_si32(sum);
}

BATCH_TARGET static inline uint32_t batch_sum(const struct batch_characters *characters, size_t length)
{
    const __m256i lane = _mm256_setr_epi8(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
                                          22, 23, 24, 25, 26, 27, 28, 29, 30, 31);
    const __m256i low = _mm256_load_si256((const __m256i *)mt940_iban_powers);
    const __m256i high = _mm256_load_si256((const __m256i *)mt940_iban_powers + 1);
    /* The last character of the BBAN stands before six decimals: two letters and two check digits. */
    __m256i digits_right = _mm256_sub_epi8(_mm256_set1_epi8((char)(length + 5)), lane);
    __m256i exponents = _mm256_add_epi8(digits_right, letters_right_of(characters->letters));
    __m256i weights = _mm256_permutex2var_epi8(low, exponents, high);

    return sum_of_lanes(_mm256_dpbusd_epi32(_mm256_setzero_si256(), weights, characters->values));
}

BATCH_TARGET static inline int batch_holds(const struct batch_characters *characters,
                                           const struct mt940_national_sum *sum)
{
    const __m256i *columns = (const __m256i *)mt940_iban_alphabets[sum->alphabet];
    const __m256i *weights = (const __m256i *)sum->weights;
    const __m256i zero = _mm256_setzero_si256();
    __m256i plain = _mm256_permutex2var_epi8(columns[0], characters->values, columns[1]);
    __m256i doubled = _mm256_permutex2var_epi8(columns[2], characters->values, columns[3]);
    __m256i values = _mm256_mask_mov_epi8(plain, sum->doubled, doubled);
    uint32_t first = sum_of_lanes(_mm256_dpbusd_epi32(zero, _mm256_loadu_si256(weights), values));
    uint32_t second = sum_of_lanes(_mm256_dpbusd_epi32(zero, _mm256_loadu_si256(weights + 1), values));

    return (first * sum->multiple < sum->multiple) & (second * sum->multiple < sum->multiple);
}

#include "identifier/iban_batch_frame.h"

BATCH_TARGET size_t mt940_iban_batch_avx512(const struct mt940_iban_batch *batch, const struct mt940_view *texts,
                                            size_t count, uint8_t *reasons)
{
    return batch_judge_all(batch, texts, count, reasons);
}

#endif
