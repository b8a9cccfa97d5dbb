/* SPDX-License-Identifier: Apache-2.0
 *
 * evidence_avx512.c: the usual letters of a text 64 bytes at a time, on processors with AVX-512 VBMI2, which look them up
 * in tables of 128 and push letters together. Bits of a class are taken from the top, for which no number is needed.
 */
#include "text/evidence_window.h"

#ifdef MT940_USUAL_X86

#include <immintrin.h>

#define USUAL_TARGET __attribute__((target("avx512f,avx512bw,avx512vbmi,avx512vbmi2,bmi,bmi2,popcnt,lzcnt")))

/* LZCNT came with BMI2, or before it, as in evidence_avx2.c. */
bool mt940_usual_has_avx512(void)
{
    return mt940_usual_has_avx2() && __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
           __builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("avx512vbmi2");
}

/* What a byte is, from the highest bit on; bytes above 7F have their signs in the low bits. */
enum { LETTER = 0x80, CONTROL = 0x40 };
enum { LEAD_PAIR = 0x80, END_PAIR = 0x40, LEAD_LONG = 0x20 };

#define FOUR(x) x, x, x, x
#define FIFTEEN(x) FOUR(x), FOUR(x), FOUR(x), x, x, x
#define M MT940_LETTERS_MISFIT
#define T MT940_LETTERS_TWICE
#define C MT940_LETTERS_CP857
#define E END_PAIR
#define P LEAD_PAIR

static const unsigned char ascii_classes[128] = {
    FIFTEEN(CONTROL), CONTROL, FIFTEEN(CONTROL), CONTROL,
    FIFTEEN(0), 0, FIFTEEN(0), 0,
    0, FIFTEEN(LETTER), FOUR(LETTER), FOUR(LETTER), LETTER, LETTER, LETTER, 0, FOUR(0),
    0, FIFTEEN(LETTER), FOUR(LETTER), FOUR(LETTER), LETTER, LETTER, LETTER, 0, FOUR(0),
};
static const unsigned char high_classes[128] = {
    E, E | M, E, E | T, E | T, E | T, E, E, FOUR(E), E, E | M, E | M, E | M,
    E | M, E, E, E, E | T, E, E, E, FOUR(E), E, E | M, E | M, E,
    FIFTEEN(E), E, FIFTEEN(E), E,
    0, 0, P, P, FOUR(P), FOUR(P), FOUR(P),
    FOUR(P), P, P | C, P, P, FOUR(P), FOUR(P),
    FOUR(LEAD_LONG), LEAD_LONG, LEAD_LONG, LEAD_LONG, LEAD_LONG | C, FOUR(LEAD_LONG), FOUR(LEAD_LONG),
    LEAD_LONG, LEAD_LONG, LEAD_LONG | C, LEAD_LONG, FOUR(LEAD_LONG), FOUR(LEAD_LONG), FOUR(LEAD_LONG),
};

struct window {
    __m512i bytes, classes; /* these of bytes above 7F */
    __m512i signs;
    uint64_t valid;
    size_t count;
};

USUAL_TARGET static inline void begin(struct window *window)
{
    window->signs = _mm512_setzero_si512();
}

USUAL_TARGET static inline void look(const unsigned char *data, size_t at, size_t length, struct window *out)
{
    size_t left = length - at;
    out->count = left < 64 ? left : 64;
    out->valid = left < 64 ? _bzhi_u64(UINT64_MAX, (unsigned)left) : UINT64_MAX;
    out->bytes = _mm512_maskz_loadu_epi8(out->valid, data + at);
}

USUAL_TARGET static inline uint64_t high_bits(const struct window *window)
{
    return _mm512_movepi8_mask(window->bytes);
}

USUAL_TARGET static inline __m512i look_up(const unsigned char *table, uint64_t which, __m512i bytes)
{
    return _mm512_maskz_permutex2var_epi8(which, _mm512_loadu_si512(table), bytes, _mm512_loadu_si512(table + 64));
}

USUAL_TARGET static inline void find_bits(struct window *window, uint64_t high, struct mt940_usual_window *out)
{
    __m512i ascii = look_up(ascii_classes, window->valid & ~high, window->bytes);
    __m512i above = window->classes = look_up(high_classes, high, window->bytes);
    __m512i next = _mm512_add_epi8(above, above);
    out->count = window->count;
    out->high = high;
    out->lead_pair = _mm512_movepi8_mask(above);
    out->end_pair = _mm512_movepi8_mask(next);
    out->lead_long = _mm512_movepi8_mask(_mm512_add_epi8(next, next));
    out->letters = _mm512_movepi8_mask(ascii);
    out->control = _mm512_movepi8_mask(_mm512_add_epi8(ascii, ascii));
}

USUAL_TARGET static inline void put_found(struct window *window, const unsigned char *bytes, uint64_t found,
                                          unsigned char *list)
{
    (void)bytes;
    _mm512_storeu_si512(list, _mm512_maskz_compress_epi8(found, window->bytes));
    window->signs = _mm512_or_si512(window->signs, _mm512_maskz_mov_epi8(found, window->classes));
}

USUAL_TARGET static inline uint32_t signs_seen(const struct window *window)
{
    return (_mm512_test_epi8_mask(window->signs, _mm512_set1_epi8(M)) ? M : 0u) |
           (_mm512_test_epi8_mask(window->signs, _mm512_set1_epi8(T)) ? T : 0u) |
           (_mm512_test_epi8_mask(window->signs, _mm512_set1_epi8(C)) ? C : 0u);
}

#include "text/evidence_frame.h"

USUAL_TARGET size_t mt940_usual_avx512(struct mt940_charset_evidence *evidence, struct mt940_letters *letters,
                                       const unsigned char *data, size_t at, size_t length)
{
    return usual_letters(evidence, letters, data, at, length);
}

#endif
