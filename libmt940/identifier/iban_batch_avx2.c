/* SPDX-License-Identifier: Apache-2.0
 *
 * iban_batch_avx2.c: judges IBANs without a loop over their characters, on processors with AVX2. The idea is that of
 * iban_batch_avx512.c, with more steps.
 */
#include "identifier/iban_batch.h"

#ifdef MT940_IBAN_BATCH_X86

#include <immintrin.h>
#include <string.h>

#include "identifier/iban_alphabets.h"
#include "identifier/iban_powers.h"

#define BATCH_TARGET __attribute__((target("avx2,bmi2")))
#define BATCH_LONGEST 32

struct batch_characters {
    uint64_t digits, letters;
    __m256i is_letter; /* all bits of a letter's byte */
    __m256i values;    /* of the BBAN; nothing of use elsewhere */
};

int mt940_iban_batch_has_avx2(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2");
}

/* The text with zeros behind it, without touching a byte past its end: its first 16 bytes, and its last 16 moved. */
BATCH_TARGET static inline __m256i load(const char *text, size_t length)
{
    static const uint8_t move[32] = {0,   1,   2,   3,   4,   5,   6,   7,   8,   9,   10,  11,  12,  13,  14,  15,
                                     128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128, 128};
    char copy[16] = {0};
    __m128i first, last;

    if (length < sizeof(copy)) {
        memcpy(copy, text, length);
        return _mm256_zextsi128_si256(_mm_loadu_si128((const __m128i *)copy));
    }
    first = _mm_loadu_si128((const __m128i *)text);
    last = _mm_loadu_si128((const __m128i *)(text + length - 16));
    last = _mm_shuffle_epi8(last, _mm_loadu_si128((const __m128i *)(move + 32 - length)));
    return _mm256_inserti128_si256(_mm256_castsi128_si256(first), last, 1);
}

/* All bits in each byte that is at most `most`. */
BATCH_TARGET static inline __m256i at_most(__m256i bytes, char most)
{
    return _mm256_cmpeq_epi8(_mm256_min_epu8(bytes, _mm256_set1_epi8(most)), bytes);
}

BATCH_TARGET static inline void batch_load(const char *text, size_t length, struct batch_characters *out)
{
    __m256i bytes = load(text, length);
    __m256i as_digits = _mm256_sub_epi8(bytes, _mm256_set1_epi8('0'));
    __m256i as_letters = _mm256_sub_epi8(bytes, _mm256_set1_epi8('A'));

    out->is_letter = at_most(as_letters, 25);
    out->letters = (uint32_t)_mm256_movemask_epi8(out->is_letter);
    out->digits = (uint32_t)_mm256_movemask_epi8(at_most(as_digits, 9));
    out->values = _mm256_blendv_epi8(as_digits, _mm256_add_epi8(as_letters, _mm256_set1_epi8(10)), out->is_letter);
}

/* How many letters stand right of each character: sums within groups of eight, then those of the groups after it. */
BATCH_TARGET static inline __m256i letters_right_of(__m256i is_letter)
{
    const __m256i spread = _mm256_setr_epi64x(0, 0x0808080808080808, 0, 0x0808080808080808);
    const __m256i not_last = _mm256_setr_epi64x(-1, -1, -1, 0);
    const __m256i first = _mm256_setr_epi64x(-1, 0, 0, 0);
    __m256i ones = _mm256_sub_epi8(_mm256_setzero_si256(), is_letter);
    __m256i group = _mm256_sad_epu8(ones, _mm256_setzero_si256());
    __m256i near = _mm256_srli_epi64(ones, 8), far;

    near = _mm256_add_epi8(near, _mm256_srli_epi64(near, 8));
    near = _mm256_add_epi8(near, _mm256_srli_epi64(near, 16));
    near = _mm256_add_epi8(near, _mm256_srli_epi64(near, 32));
    /* Groups 1, 2, 3 and none; with their right neighbours 1+2, 2+3, 3 and none; and the third to the first. */
    far = _mm256_and_si256(_mm256_permute4x64_epi64(group, 0x39), not_last);
    far = _mm256_add_epi64(far, _mm256_and_si256(_mm256_permute4x64_epi64(far, 0x39), not_last));
    far = _mm256_add_epi64(far, _mm256_and_si256(_mm256_permute4x64_epi64(group, 0x03), first));
    return _mm256_add_epi8(near, _mm256_shuffle_epi8(far, spread));
}

/* Bytes of a table of 16 * `parts`: sixteen at a time, where a shuffle gives 0 for the indexes of the others. */
BATCH_TARGET static inline __m256i look_up(const uint8_t *table, int parts, __m256i indexes)
{
    __m256i out = _mm256_setzero_si256();

    for (int part = 0; part < parts; part++) {
        __m256i bytes = _mm256_broadcastsi128_si256(_mm_load_si128((const __m128i *)table + part));
        __m256i index = _mm256_sub_epi8(indexes, _mm256_set1_epi8((char)(16 * part)));
        out = _mm256_or_si256(out, _mm256_shuffle_epi8(bytes, _mm256_adds_epu8(index, _mm256_set1_epi8(0x70))));
    }
    return out;
}

BATCH_TARGET static inline uint32_t sum_of_lanes(__m256i lanes)
{
    __m128i sum = _mm_add_epi32(_mm256_castsi256_si128(lanes), _mm256_extracti128_si256(lanes, 1));
    sum = _mm_add_epi32(sum, _mm_shuffle_epi32(sum, 0x4e));
    sum = _mm_add_epi32(sum, _mm_shuffle_epi32(sum, 0xb1));
    return (uint32_t)_mm_cvtsi128_si32(sum);
}

/* Weights count 0 to 255, values to 35 and only where weights stand. */
BATCH_TARGET static inline uint32_t weigh(__m256i weights, __m256i values)
{
    return sum_of_lanes(_mm256_madd_epi16(_mm256_maddubs_epi16(weights, values), _mm256_set1_epi16(1)));
}

BATCH_TARGET static inline uint32_t batch_sum(const struct batch_characters *characters, size_t length)
{
    const __m256i lane = _mm256_setr_epi8(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
                                          22, 23, 24, 25, 26, 27, 28, 29, 30, 31);
    __m256i end = _mm256_set1_epi8((char)length);
    __m256i in_bban = _mm256_and_si256(_mm256_cmpgt_epi8(end, lane),
                                       _mm256_cmpgt_epi8(lane, _mm256_set1_epi8(MT940_BBAN_OFFSET - 1)));
    /* The last character of the BBAN stands before six decimals: two letters and two check digits. */
    __m256i digits_right = _mm256_sub_epi8(_mm256_add_epi8(end, _mm256_set1_epi8(5)), lane);
    __m256i exponents = _mm256_add_epi8(digits_right, letters_right_of(characters->is_letter));

    return weigh(look_up(mt940_iban_powers, 4, exponents), _mm256_and_si256(characters->values, in_bban));
}

BATCH_TARGET static inline int batch_holds(const struct batch_characters *characters,
                                           const struct mt940_national_sum *sum)
{
    const __m256i bit_of_byte = _mm256_set1_epi64x((long long)0x8040201008040201);
    const __m256i own_byte = _mm256_setr_epi64x(0, 0x0101010101010101, 0x0202020202020202, 0x0303030303030303);
    const __m256i *weights = (const __m256i *)sum->weights;
    __m256i bits = _mm256_shuffle_epi8(_mm256_set1_epi32((int32_t)sum->doubled), own_byte);
    __m256i is_doubled = _mm256_cmpeq_epi8(_mm256_and_si256(bits, bit_of_byte), bit_of_byte);
    __m256i plain = look_up(mt940_iban_alphabets[sum->alphabet][0], 3, characters->values);
    __m256i doubled = look_up(mt940_iban_alphabets[sum->alphabet][1], 3, characters->values);
    __m256i values = _mm256_blendv_epi8(plain, doubled, is_doubled);
    uint32_t first = weigh(_mm256_loadu_si256(weights), values);
    uint32_t second = weigh(_mm256_loadu_si256(weights + 1), values);

    return (first * sum->multiple < sum->multiple) & (second * sum->multiple < sum->multiple);
}

#include "identifier/iban_batch_frame.h"

BATCH_TARGET size_t mt940_iban_batch_avx2(const struct mt940_iban_batch *batch, const struct mt940_view *texts,
                                          size_t count, uint8_t *reasons)
{
    return batch_judge_all(batch, texts, count, reasons);
}

#endif
