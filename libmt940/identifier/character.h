/* SPDX-License-Identifier: Apache-2.0
 *
 * character.h: what a byte is inside an IBAN. A table, as letters and digits come in an order that no processor guesses.
 */
#ifndef MT940_IDENTIFIER_CHARACTER_H
#define MT940_IDENTIFIER_CHARACTER_H

#include <stdint.h>

/* Values from here on are no part of the electronic form. */
#define MT940_CHARACTER_OTHER 36

/* 0..9 and A=10..Z=35 (ISO 13616-1 §5.4), MT940_CHARACTER_OTHER for every other byte. */
extern const uint8_t mt940_character_values[256];

static inline uint32_t mt940_character_value(char c)
{
    return mt940_character_values[(unsigned char)c];
}

#endif
