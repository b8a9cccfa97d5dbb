/* SPDX-License-Identifier: Apache-2.0
 *
 * sha256.h: SHA-256 (FIPS 180-4) in pieces. Our own because the core links ICU and nothing else.
 */
#ifndef MT940_BASE_SHA256_H
#define MT940_BASE_SHA256_H

#include "mt940connect/base.h"

struct mt940_sha256 {
    uint32_t state[8];
    uint64_t length;
    uint8_t block[64];
};

void mt940_sha256_init(struct mt940_sha256 *hash);
void mt940_sha256_update(struct mt940_sha256 *hash, const void *data, size_t length);
void mt940_sha256_final(struct mt940_sha256 *hash, uint8_t digest[32]);
/* Feeds the length (8 bytes, big endian) and then the bytes: unambiguous for lists of parts. */
void mt940_sha256_part(struct mt940_sha256 *hash, const void *data, size_t length);
/* A number as a part: 8 bytes, big endian. */
void mt940_sha256_number(struct mt940_sha256 *hash, int64_t number);
/* 64 lower-case hex digits and a NUL. */
void mt940_hex(const uint8_t *bytes, size_t length, char *out);

#endif
