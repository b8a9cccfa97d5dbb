/* SPDX-License-Identifier: Apache-2.0
 *
 * digest.h: sums up what two readings gave, to compare them: 128 bits, eight bytes at a step. Fuzzing compares a
 * reading five times for each input, and a cryptographic digest would take half of that time.
 */
#ifndef MT940_TESTS_DIGEST_H
#define MT940_TESTS_DIGEST_H

#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { DIGEST_TEXT = 33 };

struct digest {
    uint64_t one, other;
};

static inline void digest_number(struct digest *digest, uint64_t number)
{
    digest->one = (digest->one ^ number) * UINT64_C(0x9E3779B97F4A7C15);
    digest->one ^= digest->one >> 29;
    digest->other = (digest->other + number) * UINT64_C(0xC2B2AE3D27D4EB4F);
    digest->other ^= digest->other >> 31;
}

/* Bytes with their length, so that "ab", "c" is not "a", "bc". */
static inline void digest_bytes(struct digest *digest, const void *bytes, size_t length)
{
    const char *from = bytes;
    uint64_t word;

    digest_number(digest, length);
    for (; length > 0; from += sizeof word) {
        size_t step = length < sizeof word ? length : sizeof word;

        word = 0;
        memcpy(&word, from, step);
        digest_number(digest, word);
        length -= step;
    }
}

static inline void digest_text(const struct digest *digest, char out[DIGEST_TEXT])
{
    snprintf(out, DIGEST_TEXT, "%016llx%016llx", (unsigned long long)digest->one, (unsigned long long)digest->other);
}

#endif
