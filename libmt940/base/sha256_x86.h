/* SPDX-License-Identifier: Apache-2.0
 *
 * sha256_x86.h: a block of SHA-256 by instructions that some processors have. MT940_SHA256_X86 says whether the
 * compiler knows them and how to ask for them (meson.build).
 */
#ifndef MT940_BASE_SHA256_X86_H
#define MT940_BASE_SHA256_X86_H

#include <stdbool.h>
#include <stdint.h>

#ifdef MT940_SHA256_X86
/* Whether this processor has them. */
bool mt940_sha256_x86_runs(void);
/* The state behind one block of 64 bytes; `constants` are those of FIPS 180-4 §4.2.2. */
void mt940_sha256_x86(uint32_t state[8], const uint8_t *block, const uint32_t constants[64]);
#endif

/* The reference for any processor, for the test that compares. */
void mt940_sha256_plain(uint32_t state[8], const uint8_t *block);

#endif
