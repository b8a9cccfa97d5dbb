/* SPDX-License-Identifier: Apache-2.0
 *
 * sha256.c: SHA-256 as in FIPS 180-4 §5.3.3 and §6.2; the names a..h, w and ch are the
 * standard's. Portable C: bytes are put together by shifts, so byte order does not matter.
 */
#include "base/sha256.h"

#include <string.h>

#include "base/export.h"
#include "base/sha256_x86.h"

/* FIPS 180-4 §4.2.2. */
static const uint32_t constants[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
};

#define ROTATE(x, n) (((x) >> (n)) | ((x) << (32 - (n))))
#define CH(e, f, g) ((g) ^ ((e) & ((f) ^ (g))))
/* Rotations by 2, 13 and 22, by 6, 11 and 25, by 7 and 18, by 17 and 19: one inside the other, no copies are needed. */
#define BIG_SIGMA0(x) ROTATE(ROTATE(ROTATE(x, 9) ^ (x), 11) ^ (x), 2)
#define BIG_SIGMA1(x) ROTATE(ROTATE(ROTATE(x, 14) ^ (x), 5) ^ (x), 6)
#define SMALL_SIGMA0(x) (ROTATE(ROTATE(x, 11) ^ (x), 7) ^ ((x) >> 3))
#define SMALL_SIGMA1(x) (ROTATE(ROTATE(x, 2) ^ (x), 17) ^ ((x) >> 10))

/*
 * One round; the caller turns the names instead of moving eight values. The majority is b but where a and b differ, and
 * b and c, which were a and b in the round before.
 */
#define ROUND(a, b, c, d, e, f, g, h, i)                                                      \
    do {                                                                                      \
        uint32_t t1 = (h) + BIG_SIGMA1(e) + CH(e, f, g) + constants[t + (i)] + w[(i)];        \
        uint32_t differ = (a) ^ (b);                                                          \
        (d) += t1;                                                                            \
        (h) = t1 + BIG_SIGMA0(a) + ((b) ^ (differ & differed));                               \
        differed = differ;                                                                    \
    } while (0)

/* The schedule of sixteen rounds later, in place: only sixteen words are ever needed. */
#define EXPAND(i) \
    (w[(i)] += SMALL_SIGMA1(w[((i) + 14) & 15]) + w[((i) + 9) & 15] + SMALL_SIGMA0(w[((i) + 1) & 15]))

#define LOAD(i) (w[(i)] = load(block + 4 * (i)))

/* Written out, so that every index is a constant and the words stay in registers. */
#define EIGHT_ROUNDS(i)                       \
    do {                                      \
        ROUND(a, b, c, d, e, f, g, h, (i));     \
        ROUND(h, a, b, c, d, e, f, g, (i) + 1); \
        ROUND(g, h, a, b, c, d, e, f, (i) + 2); \
        ROUND(f, g, h, a, b, c, d, e, (i) + 3); \
        ROUND(e, f, g, h, a, b, c, d, (i) + 4); \
        ROUND(d, e, f, g, h, a, b, c, (i) + 5); \
        ROUND(c, d, e, f, g, h, a, b, (i) + 6); \
        ROUND(b, c, d, e, f, g, h, a, (i) + 7); \
    } while (0)

static uint32_t load(const uint8_t *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

void mt940_sha256_plain(uint32_t state[8], const uint8_t *block)
{
    uint32_t w[16];
    uint32_t a = state[0], b = state[1], c = state[2], d = state[3];
    uint32_t e = state[4], f = state[5], g = state[6], h = state[7];
    uint32_t differed = b ^ c;

    LOAD(0), LOAD(1), LOAD(2), LOAD(3), LOAD(4), LOAD(5), LOAD(6), LOAD(7);
    LOAD(8), LOAD(9), LOAD(10), LOAD(11), LOAD(12), LOAD(13), LOAD(14), LOAD(15);
    for (int t = 0; t < 64; t += 16) {
        if (t > 0) {
            EXPAND(0), EXPAND(1), EXPAND(2), EXPAND(3), EXPAND(4), EXPAND(5), EXPAND(6), EXPAND(7);
            EXPAND(8), EXPAND(9), EXPAND(10), EXPAND(11), EXPAND(12), EXPAND(13), EXPAND(14), EXPAND(15);
        }
        EIGHT_ROUNDS(0);
        EIGHT_ROUNDS(8);
    }
    state[0] += a, state[1] += b, state[2] += c, state[3] += d;
    state[4] += e, state[5] += f, state[6] += g, state[7] += h;
}

static void compress(uint32_t state[8], const uint8_t *block)
{
#ifdef MT940_SHA256_X86
    if (mt940_sha256_x86_runs()) {
        mt940_sha256_x86(state, block, constants);
        return;
    }
#endif
    mt940_sha256_plain(state, block);
}

void mt940_sha256_init(struct mt940_sha256 *hash)
{
    /* FIPS 180-4 §5.3.3. */
    static const uint32_t initial[8] = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
                                        0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

    memcpy(hash->state, initial, sizeof(hash->state));
    hash->length = 0;
}

void mt940_sha256_update(struct mt940_sha256 *hash, const void *data, size_t length)
{
    const uint8_t *bytes = data;
    size_t filled = (size_t)(hash->length % sizeof(hash->block));

    if (length == 0)
        return;
    hash->length += length;
    if (filled > 0) {
        size_t take = sizeof(hash->block) - filled;

        if (take > length)
            take = length;
        memcpy(hash->block + filled, bytes, take);
        bytes += take;
        length -= take;
        if (filled + take < sizeof(hash->block))
            return;
        compress(hash->state, hash->block);
    }
    for (; length >= sizeof(hash->block); length -= sizeof(hash->block), bytes += sizeof(hash->block))
        compress(hash->state, bytes);
    if (length > 0)
        memcpy(hash->block, bytes, length);
}

static void store64(uint8_t out[8], uint64_t value)
{
    for (int i = 7; i >= 0; i--, value >>= 8)
        out[i] = (uint8_t)value;
}

/* Padding, FIPS 180-4 §5.1.1: a one bit, zeros, the length in bits as 64 bits. */
void mt940_sha256_final(struct mt940_sha256 *hash, uint8_t digest[32])
{
    static const uint8_t padding[64] = {0x80};
    uint8_t bits[8];
    size_t filled = (size_t)(hash->length % 64);

    store64(bits, hash->length * 8);
    mt940_sha256_update(hash, padding, filled < 56 ? 56 - filled : 120 - filled);
    mt940_sha256_update(hash, bits, sizeof(bits));
    for (int i = 0; i < 8; i++)
        for (int k = 0; k < 4; k++)
            digest[4 * i + k] = (uint8_t)(hash->state[i] >> (24 - 8 * k));
}

void mt940_sha256_part(struct mt940_sha256 *hash, const void *data, size_t length)
{
    uint8_t prefix[8];

    store64(prefix, length);
    mt940_sha256_update(hash, prefix, sizeof(prefix));
    mt940_sha256_update(hash, data, length);
}

void mt940_sha256_number(struct mt940_sha256 *hash, int64_t number)
{
    uint8_t bytes[8];

    store64(bytes, (uint64_t)number);
    mt940_sha256_part(hash, bytes, sizeof(bytes));
}

/* Eight digits in a word, the first one lowest: each nibble in a byte of its own, then its letter in all of them at once. */
static uint64_t hex_digits(const uint8_t bytes[4])
{
    const uint64_t ones = UINT64_C(0x0101010101010101);
    uint64_t word = bytes[0] | (uint64_t)bytes[1] << 16 | (uint64_t)bytes[2] << 32 | (uint64_t)bytes[3] << 48;
    uint64_t nibbles = (word >> 4 | word << 8) & ones * 15;
    uint64_t letters = (nibbles + ones * 6) >> 4 & ones;

    return nibbles + ones * '0' + letters * ('a' - '0' - 10);
}

void mt940_hex(const uint8_t *bytes, size_t length, char *out)
{
    static const char digits[] = "0123456789abcdef";

    for (; length >= 4; length -= 4, bytes += 4) {
        uint64_t word = hex_digits(bytes);

        for (size_t i = 0; i < 8; i++)
            *out++ = (char)(word >> 8 * i);
    }
    for (size_t i = 0; i < length; i++) {
        *out++ = digits[bytes[i] >> 4];
        *out++ = digits[bytes[i] & 15];
    }
    *out = '\0';
}

MT940_EXPORT void mt940_sha256_hex(const void *data, size_t length, char out[65])
{
    struct mt940_sha256 hash;
    uint8_t digest[32];

    mt940_sha256_init(&hash);
    mt940_sha256_update(&hash, data, length);
    mt940_sha256_final(&hash, digest);
    mt940_hex(digest, sizeof(digest), out);
}
