/* SPDX-License-Identifier: Apache-2.0
 *
 * character.h: what a byte is inside an IBAN. Tables, as letters and digits come in an order that no processor guesses.
 */
#ifndef MT940_IDENTIFIER_CHARACTER_H
#define MT940_IDENTIFIER_CHARACTER_H

#include <stdint.h>

/* Values from here on are no part of the electronic form. */
#define MT940_CHARACTER_OTHER 36

/* 0..9 and A=10..Z=35 (ISO 13616-1 §5.4), MT940_CHARACTER_OTHER for every other byte. */
extern const uint8_t mt940_character_values[256];
/* Decimals that the value takes in the number: 1 for digits, 2 for capitals, 0 for every other byte. */
extern const uint8_t mt940_character_widths[256];

static inline uint32_t mt940_character_value(char c)
{
    return mt940_character_values[(unsigned char)c];
}

static inline uint32_t mt940_character_width(char c)
{
    return mt940_character_widths[(unsigned char)c];
}

/* A number with a character's value appended. */
static inline uint64_t mt940_character_append(uint64_t number, char c)
{
    static const uint8_t factors[3] = {1, 10, 100};
    return number * factors[mt940_character_width(c)] + mt940_character_value(c);
}

#endif
