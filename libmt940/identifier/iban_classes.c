/* SPDX-License-Identifier: Apache-2.0
 *
 * iban_classes.c: classifies bytes eight at a time in plain C, and sixteen at a time where every processor can. It must
 * not know what is made of the classes.
 */
#include <string.h>

#include "identifier/iban_classes.h"

#define EVERY_BYTE UINT64_C(0x0101010101010101)
#define LOW_BITS (EVERY_BYTE * 0x7f)

/* The first byte lowest, whatever the machine's order; compilers make one load of it. */
static uint64_t load(const char *text)
{
    const unsigned char *b = (const unsigned char *)text;
    uint64_t low = b[0] | (uint64_t)b[1] << 8 | (uint64_t)b[2] << 16 | (uint64_t)b[3] << 24;
    uint64_t high = b[4] | (uint64_t)b[5] << 8 | (uint64_t)b[6] << 16 | (uint64_t)b[7] << 24;

    return low | high << 32;
}

/* A bit for each of eight bytes within [low, high], both below 0x80. Bytes from 0x80 are never within. */
static uint64_t bits_within(uint64_t word, uint64_t low, uint64_t high)
{
    uint64_t base = word & LOW_BITS;
    uint64_t inside = (base + EVERY_BYTE * (0x80 - low)) & ~(base + EVERY_BYTE * (0x7f - high)) & ~word;

    /* The high bits, gathered in the top byte. */
    return (inside >> 7 & EVERY_BYTE) * UINT64_C(0x0102040810204080) >> 56;
}

void mt940_iban_classify_plain(const char *block, struct mt940_iban_classes *out)
{
    memset(out, 0, sizeof(*out));
    for (int at = 0; at < MT940_IBAN_BLOCK; at += 8) {
        uint64_t word = load(block + at);
        out->digits |= bits_within(word, '0', '9') << at;
        out->letters |= bits_within(word | EVERY_BYTE * 0x20, 'a', 'z') << at;
        out->controls |= bits_within(word, '\n', '\r') << at;
        out->blanks |= bits_within(word, ' ', ' ') << at;
    }
}

#ifdef __SSE2__

#include <emmintrin.h>

static uint64_t bytes_within(__m128i bytes, char low, char high)
{
    /* Signed, so that bytes from 0x80 are below every `low`. */
    __m128i inside = _mm_and_si128(_mm_cmpgt_epi8(bytes, _mm_set1_epi8((char)(low - 1))),
                                   _mm_cmplt_epi8(bytes, _mm_set1_epi8((char)(high + 1))));
    return (uint64_t)(uint32_t)_mm_movemask_epi8(inside);
}

void mt940_iban_classify(const char *block, struct mt940_iban_classes *out)
{
    memset(out, 0, sizeof(*out));
    for (int at = 0; at < MT940_IBAN_BLOCK; at += 16) {
        __m128i bytes = _mm_loadu_si128((const __m128i *)(const void *)(block + at));
        out->digits |= bytes_within(bytes, '0', '9') << at;
        out->letters |= bytes_within(_mm_or_si128(bytes, _mm_set1_epi8(0x20)), 'a', 'z') << at;
        out->controls |= bytes_within(bytes, '\n', '\r') << at;
        out->blanks |= bytes_within(bytes, ' ', ' ') << at;
    }
}

#else

void mt940_iban_classify(const char *block, struct mt940_iban_classes *out)
{
    mt940_iban_classify_plain(block, out);
}

#endif
