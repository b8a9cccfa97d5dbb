/* SPDX-License-Identifier: Apache-2.0
 *
 * evidence_avx2.c: the usual letters of a text 64 bytes at a time, on processors with AVX2.
 */
#include "text/evidence_window.h"

#ifdef MT940_USUAL_X86

#include <immintrin.h>

#define USUAL_TARGET __attribute__((target("avx2,bmi,popcnt,lzcnt")))

enum { half = 32, block = 64 };

/* clang 14 has no word for LZCNT here; it came with BMI2, or before it. */
bool mt940_usual_has_avx2(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2") &&
           __builtin_cpu_supports("popcnt");
}

/* Up to 64 bytes of a text that has at least 32: two loads that may overlap, and how their bits are put together. */
struct window {
    __m256i low, high;
    unsigned shift, drop;
    size_t count;
    uint32_t signs;
};

static inline void begin(struct window *window)
{
    window->signs = 0;
}

USUAL_TARGET static inline void look(const unsigned char *data, size_t at, size_t length, struct window *out)
{
    size_t left = length - at, low = left < half ? length - half : at, high = low;
    if (left >= block)
        high = at + half;
    else if (left >= half)
        high = length - half;
    out->low = _mm256_loadu_si256((const __m256i *)(const void *)(data + low));
    out->high = _mm256_loadu_si256((const __m256i *)(const void *)(data + high));
    out->shift = (unsigned)(high - low);
    out->drop = (unsigned)(at - low);
    out->count = left < block ? left : block;
}

/* A bit for each byte of the window, the first lowest. */
USUAL_TARGET static inline uint64_t bits(const struct window *window, __m256i low, __m256i high)
{
    uint64_t above = (uint32_t)_mm256_movemask_epi8(high);
    return ((uint32_t)_mm256_movemask_epi8(low) | above << window->shift) >> window->drop;
}

/* Bytes from `first` to `first` + `span`. */
USUAL_TARGET static inline __m256i within(__m256i bytes, unsigned first, unsigned span)
{
    __m256i distance = _mm256_sub_epi8(bytes, _mm256_set1_epi8((char)first));
    return _mm256_cmpeq_epi8(_mm256_min_epu8(distance, _mm256_set1_epi8((char)span)), distance);
}

/* As numbers with a sign bytes above 7F are the lowest ones: those from `first` on, if ASCII does not matter. */
USUAL_TARGET static inline uint64_t high_from(const struct window *window, unsigned first)
{
    __m256i before = _mm256_set1_epi8((char)(first - 1));
    return bits(window, _mm256_cmpgt_epi8(window->low, before), _mm256_cmpgt_epi8(window->high, before));
}

USUAL_TARGET static inline uint64_t ascii_letters(const struct window *window)
{
    __m256i small = _mm256_set1_epi8(0x20);
    return bits(window, within(_mm256_or_si256(window->low, small), 'a', 'z' - 'a'),
                within(_mm256_or_si256(window->high, small), 'a', 'z' - 'a'));
}

USUAL_TARGET static inline void find_bits(const struct window *window, uint64_t high, struct mt940_usual_window *out)
{
    out->count = window->count;
    out->high = high;
    uint64_t pair = high & high_from(window, 0xC2);
    out->lead_long = high & high_from(window, 0xE0);
    out->lead_pair = pair & ~out->lead_long;
    out->end_pair = high & ~high_from(window, 0xC0);
    out->control = ~high & ~high_from(window, 0x20) & mt940_usual_lowest(window->count);
    out->letters = ascii_letters(window);
}

USUAL_TARGET static inline uint64_t high_bits(const struct window *window)
{
    return bits(window, window->low, window->high);
}

/* The first letter that was found, or where there is none left, the first byte of all; returns the others. */
USUAL_TARGET static inline uint64_t put_first(const unsigned char *bytes, uint64_t found, unsigned char *list,
                                              uint32_t *signs)
{
    unsigned byte = bytes[_tzcnt_u64(found) % block];
    *list = (unsigned char)byte;
    *signs |= mt940_letters_sign_of[byte];
    return _blsr_u64(found);
}

/* Four at a time without a guess. */
USUAL_TARGET static inline void put_found(struct window *window, const unsigned char *bytes, uint64_t found,
                                          unsigned char *list)
{
    uint32_t signs = window->signs;
    for (; found; list += 4) {
        found = put_first(bytes, found, list, &signs);
        found = put_first(bytes, found, list + 1, &signs);
        found = put_first(bytes, found, list + 2, &signs);
        found = put_first(bytes, found, list + 3, &signs);
    }
    window->signs = signs;
}

static inline uint32_t signs_seen(const struct window *window)
{
    return window->signs;
}

#include "text/evidence_frame.h"

USUAL_TARGET size_t mt940_usual_avx2(struct mt940_charset_evidence *evidence, struct mt940_letters *letters,
                                     const unsigned char *data, size_t at, size_t length)
{
    if (length < half)
        return mt940_usual_plain(evidence, letters, data, at, length);
    return usual_letters(evidence, letters, data, at, length);
}

#endif
