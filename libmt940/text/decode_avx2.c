/* SPDX-License-Identifier: Apache-2.0
 *
 * decode_avx2.c: decodes 32 bytes at a time, on processors with AVX2: printing ASCII and pairs of UTF-8 are copied, and
 * letters of a single-byte set are put between the runs of ASCII. Copies write more than they must, where there is room.
 * It goes on over the ends of full lines, for narratives are made of these.
 */
#include "text/decode_end.h"

#ifdef MT940_DECODE_X86

#include <immintrin.h>

#define TARGET __attribute__((target("avx2,bmi")))

/* A block may become three times as long, a break may follow, and behind that a whole block more may be written. */
enum { block = 32, longest = 3 * block + block + 1 };

bool mt940_decode_has_avx2(void)
{
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi");
}

TARGET static inline __m256i load(const void *bytes)
{
    return _mm256_loadu_si256((const __m256i *)bytes);
}

TARGET static inline uint32_t bits(__m256i yes)
{
    return (uint32_t)_mm256_movemask_epi8(yes);
}

/* Bytes from `first` to `first` + `span`. */
TARGET static inline uint32_t bits_within(__m256i bytes, unsigned first, unsigned span)
{
    __m256i distance = _mm256_sub_epi8(bytes, _mm256_set1_epi8((char)first));
    return bits(_mm256_cmpeq_epi8(_mm256_min_epu8(distance, _mm256_set1_epi8((char)span)), distance));
}

/* Control bytes, and with them those above 7F: as numbers with a sign these are below a blank too. */
TARGET static inline uint32_t bits_of_odd(__m256i bytes)
{
    __m256i printing = _mm256_cmpgt_epi8(bytes, _mm256_set1_epi8(' ' - 1));
    return bits(_mm256_cmpeq_epi8(bytes, _mm256_set1_epi8(0x7F))) | ~bits(printing);
}

/* The lowest `count` bits, 32 at most. */
static inline uint32_t lowest(size_t count)
{
    return (uint32_t)((UINT64_C(1) << count) - 1);
}

/* Of the first `count` bytes so many as are ASCII or UTF-8 of two bytes. */
TARGET static inline size_t whole_pairs(__m256i bytes, uint32_t high, size_t count)
{
    uint32_t leads = bits_within(bytes, 0xC2, 0xDF - 0xC2), behind = bits_within(bytes, 0x80, 0xBF - 0x80);
    uint32_t pairs = leads & behind >> 1;
    uint32_t odd = high & ~(pairs | pairs << 1) & lowest(count);
    size_t whole = _tzcnt_u32(odd);
    return whole < count ? whole : count;
}

/* Puts the first `count` bytes, whose letters are `high`; returns how many: fewer where a letter is not defined. */
TARGET static inline size_t put_letters(const struct mt940_charset_letter *letters, const unsigned char *bytes,
                                        uint32_t high, size_t count, char **out)
{
    char *to = *out;
    size_t from = 0;
    for (high &= lowest(count); high; high = _blsr_u32(high)) {
        size_t at = _tzcnt_u32(high);
        const struct mt940_charset_letter *letter = &letters[bytes[at] - 0x80];
        _mm256_storeu_si256((__m256i *)(void *)to, load(bytes + from));
        to += at - from;
        from = at;
        if (letter->length == 0)
            break;
        memcpy(to, letter->utf8, sizeof letter->utf8);
        to += letter->length;
        from++;
    }
    if (!high) {
        _mm256_storeu_si256((__m256i *)(void *)to, load(bytes + from));
        to += count - from;
        from = count;
    }
    *out = to;
    return from;
}

/*
 * One block, behind which `behind` bytes more can be read; `odd` are its control bytes and those above 7F. Returns what
 * was read of it.
 */
TARGET static inline size_t put_block(const struct mt940_decoder *decoder, const unsigned char *bytes, size_t behind,
                                      __m256i loaded, uint32_t odd, char **out)
{
    unsigned char room[2 * block];
    uint32_t high = bits(loaded), controls = odd & ~high;
    size_t count = _tzcnt_u32(controls); /* the whole block where there are none */
    if (high & lowest(count)) {
        if (decoder->letters) {
            if (behind < block) {
                memset(room + block, 0, block);
                bytes = memcpy(room, bytes, block);
            }
            return put_letters(decoder->letters, bytes, high, count, out);
        }
        count = decoder->charset == MT940_CHARSET_UTF8 ? whole_pairs(loaded, high, count) : _tzcnt_u32(high);
    }
    _mm256_storeu_si256((__m256i *)(void *)*out, loaded);
    *out += count;
    return count;
}

/* The last bytes of a text, fewer than a block: behind them it goes on in zeros, which are control bytes. */
TARGET static inline size_t put_rest(const struct mt940_decoder *decoder, const unsigned char *bytes, size_t length,
                                     char **out)
{
    unsigned char room[2 * block];
    memset(room, 0, sizeof room);
    memcpy(room, bytes, length);
    __m256i loaded = load(room);
    return put_block(decoder, room, block, loaded, bits_of_odd(loaded), out);
}

TARGET size_t mt940_decode_avx2(struct mt940_decoder *decoder, const unsigned char *bytes, size_t length,
                                struct mt940_sink *sink)
{
    size_t at = 0, room = mt940_sink_room(sink);
    if (room < longest)
        return mt940_decode_plain(decoder, bytes, length, sink);
    char *start = sink->out + sink->length, *out = start, *last = start + (room - longest);
    while (at < length && out <= last) {
        size_t count;
        if (length - at >= block) {
            __m256i loaded = load(bytes + at);
            uint32_t odd = bits_of_odd(loaded);
            if (!odd) {
                _mm256_storeu_si256((__m256i *)(void *)out, loaded);
                out += block;
                at += block;
                continue;
            }
            count = put_block(decoder, bytes + at, length - at - block, loaded, odd, &out);
        } else {
            count = put_rest(decoder, bytes + at, length - at, &out);
        }
        at += count;
        /* A pair of UTF-8 may lie across the end of a block. */
        if (count >= block - 1 || at == length)
            continue;
        size_t passed = mt940_decode_pass_end(decoder, bytes, at, length, &out);
        if (passed == 0)
            break;
        at += passed;
    }
    sink->length += (size_t)(out - start);
    return out <= last || at == length ? at : at + mt940_decode_plain(decoder, bytes + at, length - at, sink);
}

#endif
