/* SPDX-License-Identifier: Apache-2.0
 *
 * bytes.h: questions to eight bytes at once. An answer is a word whose highest bit in a byte says yes; it may also
 * say yes for bytes behind, in the order of the number, one that is rightly answered so.
 */
#ifndef MT940_BASE_BYTES_H
#define MT940_BASE_BYTES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#define MT940_BYTES_ONES (UINT64_MAX / 255)
#define MT940_BYTES_HIGH (MT940_BYTES_ONES * 0x80)
#define MT940_BYTES_LOW (MT940_BYTES_ONES * 0x7F)

static inline uint64_t mt940_bytes_at(const void *data)
{
    uint64_t word;
    memcpy(&word, data, sizeof word);
    return word;
}

/* The first byte lowest, whatever the machine's order; compilers make one load of it. */
static inline uint64_t mt940_bytes_in_order(const void *data)
{
    const unsigned char *b = data;
    uint64_t low = b[0] | (uint64_t)b[1] << 8 | (uint64_t)b[2] << 16 | (uint64_t)b[3] << 24;
    uint64_t high = b[4] | (uint64_t)b[5] << 8 | (uint64_t)b[6] << 16 | (uint64_t)b[7] << 24;

    return low | high << 32;
}

static inline uint64_t mt940_bytes_four_in_order(const void *data)
{
    const unsigned char *b = data;

    return b[0] | (uint64_t)b[1] << 8 | (uint64_t)b[2] << 16 | (uint64_t)b[3] << 24;
}

/* Up to eight bytes in that order, none beyond them read: two loads that overlap instead of a loop. */
static inline uint64_t mt940_bytes_number(const void *data, size_t length)
{
    const unsigned char *b = data;

    if (length >= 8)
        return mt940_bytes_in_order(b);
    if (length >= 4)
        return mt940_bytes_four_in_order(b) | mt940_bytes_four_in_order(b + length - 4) << 8 * (length - 4);
    if (length == 0)
        return 0;
    return b[0] | (uint64_t)b[length / 2] << 8 * (length / 2) | (uint64_t)b[length - 1] << 8 * (length - 1);
}

/*
 * Copies bytes to a place with room for them. Where there is room for 32, so many are copied of what is shorter, which
 * takes no guess at its length: all of them must be readable, and what lies behind the copy is of no use.
 */
static inline void mt940_bytes_put(char *to, size_t room, const char *from, size_t length)
{
    enum { most = 32 };

    if (length > most || room < most) {
        memcpy(to, from, length);
        return;
    }
    uint64_t words[4] = {mt940_bytes_at(from), mt940_bytes_at(from + 8), mt940_bytes_at(from + 16),
                         mt940_bytes_at(from + 24)};
    memcpy(to, words, most);
}

/* Bytes equal to `byte`. */
static inline uint64_t mt940_bytes_equal(uint64_t word, char byte)
{
    uint64_t rest = word ^ MT940_BYTES_ONES * (unsigned char)byte;
    return (rest - MT940_BYTES_ONES) & ~rest & MT940_BYTES_HIGH;
}

/* Precisely the bytes from `low` to `high`, both below 80. */
static inline uint64_t mt940_bytes_within(uint64_t word, unsigned char low, unsigned char high)
{
    uint64_t base = word & MT940_BYTES_LOW;
    uint64_t least = base + MT940_BYTES_ONES * (0x80u - low), more = base + MT940_BYTES_ONES * (0x7Fu - high);
    return least & ~more & ~word & MT940_BYTES_HIGH;
}

/* An answer as eight bits, the lowest byte's first: its highest bits put together by one product. */
static inline uint64_t mt940_bytes_bits(uint64_t answer)
{
    return (answer >> 7) * UINT64_C(0x0102040810204080) >> 56;
}

/* Where in memory the first byte is that an answer says yes for; there is one. 0 where the compiler cannot tell. */
static inline size_t mt940_bytes_first(uint64_t answer)
{
#if defined(__GNUC__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
    return (size_t)__builtin_ctzll(answer) / 8;
#else
    (void)answer;
    return 0;
#endif
}

/* Of the eight bytes at `data` those that are no digits, the first lowest; an answer that is precise. */
static inline uint64_t mt940_bytes_no_digits(const void *data)
{
    uint64_t number = mt940_bytes_in_order(data) ^ MT940_BYTES_ONES * '0';
    return (((number & MT940_BYTES_LOW) + MT940_BYTES_ONES * (0x80 - 10)) | number) & MT940_BYTES_HIGH;
}

/* Whether the first `count` of eight bytes, 1 to 8, are digits. */
static inline bool mt940_bytes_are_digits(const void *data, size_t count)
{
    return mt940_bytes_no_digits(data) << 8 * (8 - count) == 0;
}

/* How many of the eight bytes at `data` are digits, up to the first that is none. */
static inline size_t mt940_bytes_digits(const void *data)
{
    uint64_t others = mt940_bytes_no_digits(data);
    size_t count = 0;
#ifdef __GNUC__
    count = others ? (size_t)__builtin_ctzll(others) / 8 : 8;
#else
    for (; count < 8 && !(others & 0x80); others >>= 8)
        count++;
#endif
    return count;
}

/* The number that the first `count` digits of a word make, 1 to 8. */
static inline uint32_t mt940_bytes_decimal_of(uint64_t word, size_t count)
{
    uint64_t number = word << 8 * (8 - count) & MT940_BYTES_ONES * 0x0F;
    number = number * (10 << 8 | 1) >> 8 & UINT64_C(0x00FF00FF00FF00FF);
    number = number * (100 << 16 | 1) >> 16 & UINT64_C(0x0000FFFF0000FFFF);
    return (uint32_t)(number * (UINT64_C(10000) << 32 | 1) >> 32);
}

static inline uint32_t mt940_bytes_decimal(const void *data, size_t count)
{
    return mt940_bytes_decimal_of(mt940_bytes_in_order(data), count);
}

/* Length of the ASCII run in front, eight bytes at a time, and four times that: statements are nearly all ASCII. */
static inline size_t mt940_bytes_ascii_run(const unsigned char *bytes, size_t length)
{
    size_t at = 0;

    while (length - at >= 32 && !((mt940_bytes_at(bytes + at) | mt940_bytes_at(bytes + at + 8) |
                                   mt940_bytes_at(bytes + at + 16) | mt940_bytes_at(bytes + at + 24)) & MT940_BYTES_HIGH))
        at += 32;
    for (; length - at >= 8; at += 8) {
        uint64_t high = mt940_bytes_at(bytes + at) & MT940_BYTES_HIGH;

        if (high) {
            at += mt940_bytes_first(high);
            break;
        }
    }
    while (at < length && bytes[at] < 0x80)
        at++;
    return at;
}

#endif
