/* SPDX-License-Identifier: Apache-2.0
 *
 * decode_avx512.c: decodes 64 bytes at a time, on processors with AVX-512 VBMI2: letters of a single-byte set are looked
 * up in tables of 128 bytes, put between the others as pairs, and pushed together, so that nothing depends on where they
 * stand. What is rare, letters of three bytes and sequences that are none, is left to the slow way.
 */
#include "text/decode_end.h"

#ifdef MT940_DECODE_X86

#include <immintrin.h>

#define TARGET __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi,avx512vbmi2,bmi,bmi2,popcnt")))

/* A block may become twice as long, a byte and a break may follow, and behind that a whole block more may be written. */
enum { block = 64, longest = 2 * block + block + 2 };

bool mt940_decode_has_avx512(void)
{
    return mt940_decode_has_avx2() && __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt") &&
           __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
           __builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("avx512vbmi2");
}

/* The lowest `count` bits, 64 at most. */
TARGET static inline uint64_t lowest(size_t count)
{
    return _bzhi_u64(UINT64_MAX, (unsigned)count);
}

/* Up to 64 bytes, and what is behind them as zeros, which are control bytes. */
struct piece {
    __m512i bytes;
    uint64_t high;
    size_t printing; /* bytes in front of the first control byte, or all */
};

TARGET static inline void look(const unsigned char *bytes, size_t left, struct piece *out)
{
    out->bytes = _mm512_maskz_loadu_epi8(lowest(left < block ? left : block), bytes);
    out->high = _mm512_movepi8_mask(out->bytes);
    uint64_t controls = _mm512_cmplt_epu8_mask(out->bytes, _mm512_set1_epi8(' ')) |
                        _mm512_cmpeq_epi8_mask(out->bytes, _mm512_set1_epi8(0x7F));
    out->printing = _tzcnt_u64(controls);
}

/* Of the printing bytes so many as are ASCII or UTF-8 of two bytes. */
TARGET static inline size_t whole_pairs(const struct piece *piece)
{
    uint64_t leads = piece->high & _mm512_cmpge_epu8_mask(piece->bytes, _mm512_set1_epi8((char)0xC2)) &
                     _mm512_cmple_epu8_mask(piece->bytes, _mm512_set1_epi8((char)0xDF));
    uint64_t behind = piece->high & _mm512_cmple_epu8_mask(piece->bytes, _mm512_set1_epi8((char)0xBF));
    uint64_t pairs = leads & behind >> 1;
    uint64_t odd = (piece->high & ~(pairs | pairs << 1)) | ~lowest(piece->printing);
    return _tzcnt_u64(odd);
}

/* Puts bytes and what comes behind each, where it is not 0. */
TARGET static inline void put_half(__m256i first, __m256i second, uint64_t kept, char **out)
{
    __m512i both = _mm512_or_si512(_mm512_cvtepu8_epi16(first), _mm512_slli_epi16(_mm512_cvtepu8_epi16(second), 8));
    kept &= _mm512_test_epi8_mask(both, both);
    _mm512_storeu_si512(*out, _mm512_maskz_compress_epi8(kept, both));
    *out += _mm_popcnt_u64(kept);
}

/* Puts the printing bytes up to a letter that has not two bytes; returns how many these are. */
TARGET static inline size_t put_letters(const struct mt940_charset_table *table, const struct piece *piece, char **out)
{
    const void *first = table->first, *second = table->second, *first_end = table->first + block,
               *second_end = table->second + block;
    __m512i firsts = _mm512_mask2_permutex2var_epi8(_mm512_loadu_si512(first), piece->bytes, piece->high,
                                                    _mm512_loadu_si512(first_end));
    __m512i seconds = _mm512_maskz_permutex2var_epi8(piece->high, _mm512_loadu_si512(second), piece->bytes,
                                                     _mm512_loadu_si512(second_end));
    /* Behind the printing bytes there is a control byte, which is no pair either. */
    uint64_t other = _mm512_testn_epi8_mask(firsts, firsts) | ~lowest(piece->printing);
    size_t count = _tzcnt_u64(other), rest = count > block / 2 ? count - block / 2 : 0;
    put_half(_mm512_castsi512_si256(firsts), _mm512_castsi512_si256(seconds), lowest(2 * (count - rest)), out);
    put_half(_mm512_extracti64x4_epi64(firsts, 1), _mm512_extracti64x4_epi64(seconds, 1), lowest(2 * rest), out);
    return count;
}

/* Puts of a piece what is usual in it; returns how many bytes that are. */
TARGET static inline size_t put_piece(const struct mt940_decoder *decoder, const struct piece *piece, char **out)
{
    size_t count = piece->printing;
    if (piece->high & lowest(count)) {
        if (decoder->table)
            return put_letters(decoder->table, piece, out);
        count = decoder->charset == MT940_CHARSET_UTF8 ? whole_pairs(piece) : _tzcnt_u64(piece->high);
    }
    _mm512_storeu_si512(*out, piece->bytes);
    *out += count;
    return count;
}

/* Lines of 65 are a block and one byte more: whether that is one of ASCII, and the line ends behind it. */
static inline bool is_last_of_line(const unsigned char *bytes, size_t left)
{
    return left > 1 && bytes[1] == '\r' && bytes[0] < 0x80 && !mt940_is_control(bytes[0]);
}

TARGET size_t mt940_decode_avx512(struct mt940_decoder *decoder, const unsigned char *bytes, size_t length,
                                  struct mt940_sink *sink)
{
    size_t at = 0, room = mt940_sink_room(sink);
    if (room < longest)
        return mt940_decode_avx2(decoder, bytes, length, sink);
    char *start = sink->out + sink->length, *out = start, *last = start + (room - longest);
    struct piece piece;
    while (at < length && out <= last) {
        look(bytes + at, length - at, &piece);
        size_t count = put_piece(decoder, &piece, &out);
        at += count;
        /* A pair of UTF-8 may lie across the end of a block. */
        if (count == block && is_last_of_line(bytes + at, length - at))
            *out++ = (char)bytes[at++];
        else if (count >= block - 1 || at == length)
            continue;
        size_t passed = mt940_decode_pass_end(decoder, bytes, at, length, &out);
        if (passed == 0)
            break;
        at += passed;
    }
    sink->length += (size_t)(out - start);
    return out <= last || at == length ? at : at + mt940_decode_avx2(decoder, bytes + at, length - at, sink);
}

#endif
