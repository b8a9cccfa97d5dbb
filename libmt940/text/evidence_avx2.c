/* SPDX-License-Identifier: Apache-2.0
 *
 * evidence_avx2.c: the usual letters of a text 64 bytes at a time, on processors with AVX2. Letters come in an order
 * that no processor guesses, so they are gathered as bits and counted together.
 */
#include "text/evidence.h"

#ifdef MT940_USUAL_X86

#include <immintrin.h>

#define TARGET __attribute__((target("avx2,bmi,popcnt,lzcnt")))

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
};

TARGET static inline void look(const unsigned char *data, size_t at, size_t length, struct window *out)
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
TARGET static inline uint64_t bits(const struct window *window, __m256i low, __m256i high)
{
    uint64_t above = (uint32_t)_mm256_movemask_epi8(high);
    return ((uint32_t)_mm256_movemask_epi8(low) | above << window->shift) >> window->drop;
}

/* Bytes from `first` to `first` + `span`. */
TARGET static inline __m256i within(__m256i bytes, unsigned first, unsigned span)
{
    __m256i distance = _mm256_sub_epi8(bytes, _mm256_set1_epi8((char)first));
    return _mm256_cmpeq_epi8(_mm256_min_epu8(distance, _mm256_set1_epi8((char)span)), distance);
}

TARGET static inline uint64_t bits_from(const struct window *window, unsigned first)
{
    __m256i least = _mm256_set1_epi8((char)first);
    return bits(window, _mm256_cmpeq_epi8(_mm256_max_epu8(window->low, least), window->low),
                _mm256_cmpeq_epi8(_mm256_max_epu8(window->high, least), window->high));
}

TARGET static inline uint64_t bits_up_to(const struct window *window, unsigned last)
{
    __m256i most = _mm256_set1_epi8((char)last);
    return bits(window, _mm256_cmpeq_epi8(_mm256_min_epu8(window->low, most), window->low),
                _mm256_cmpeq_epi8(_mm256_min_epu8(window->high, most), window->high));
}

TARGET static inline uint64_t ascii_letters(const struct window *window)
{
    __m256i small = _mm256_set1_epi8(0x20);
    return bits(window, within(_mm256_or_si256(window->low, small), 'a', 'z' - 'a'),
                within(_mm256_or_si256(window->high, small), 'a', 'z' - 'a'));
}

/* The lowest `count` bits, 64 at most. */
static inline uint64_t lowest(size_t count)
{
    return count < block ? (UINT64_C(1) << count) - 1 : UINT64_MAX;
}

/*
 * Counts the letters of the window's first bytes, as many as are certain without what stands behind: up to the last
 * ASCII before a sequence of UTF-8 that is longer or cut by a line end, or altogether. How many bytes these are.
 */
TARGET static inline size_t count_letters(struct mt940_charset_evidence *evidence, const unsigned char *data,
                                          const struct window *window, uint64_t high, bool letter_before)
{
    uint64_t two_or_more = bits_from(window, 0xC2), three_or_more = bits_from(window, 0xE0);
    uint64_t stops = (three_or_more & high >> 1) | (two_or_more & bits_up_to(window, 0x1F) >> 1);
    uint64_t ascii = ~high & lowest(window->count) & (stops ? _blsmsk_u64(stops) : UINT64_MAX);
    if (!ascii)
        return 0;
    size_t count = block - (size_t)_lzcnt_u64(ascii);
    high &= lowest(count);
    uint64_t letters = ascii_letters(window) | high;
    uint64_t leads = two_or_more & ~three_or_more, behind = high & ~bits_from(window, 0xC0);
    uint64_t pairs = (uint64_t)_mm_popcnt_u64(leads & behind >> 1 & high), total = (uint64_t)_mm_popcnt_u64(high);
    evidence->high += total;
    evidence->utf8_sequences += pairs;
    evidence->utf8_errors += total - 2 * pairs;
    for (uint64_t rest = high & (letters << 1 | letters >> 1 | letter_before); rest; rest = _blsr_u64(rest))
        evidence->letters[data[_tzcnt_u64(rest)] - 0x80]++;
    return count;
}

static inline bool is_letter(unsigned byte)
{
    return (byte | 0x20) - 'a' <= 'z' - 'a';
}

TARGET size_t mt940_usual_avx2(struct mt940_charset_evidence *evidence, const unsigned char *data, size_t at,
                               size_t length)
{
    struct window window;
    if (length < half)
        return mt940_usual_plain(evidence, data, at, length);
    while (at < length) {
        look(data, at, length, &window);
        uint64_t high = bits(&window, window.low, window.high);
        size_t count = window.count;
        if (high)
            count = count_letters(evidence, data + at, &window, high, is_letter(evidence->previous));
        if (count == 0)
            break;
        at += count;
        evidence->previous = data[at - 1];
    }
    return at;
}

#endif
