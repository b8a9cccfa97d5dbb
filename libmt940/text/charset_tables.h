/* SPDX-License-Identifier: Apache-2.0
 *
 * charset_tables.h: the shape of the generated tables (gen_charset.py).
 */
#ifndef MT940_TEXT_CHARSET_TABLES_H
#define MT940_TEXT_CHARSET_TABLES_H

#include <stddef.h>
#include <stdint.h>

#define MT940_CHARSET_TABLES 7
#define MT940_CHARSET_PROFILES 32

/* length 0: the set does not define the byte; the bytes are then U+FFFD. */
struct mt940_charset_letter {
    uint8_t length;
    char utf8[4];
};

struct mt940_charset_table {
    int32_t charset; /* enum mt940_charset */
    struct mt940_charset_letter letters[128];
    uint8_t first[128], second[128]; /* of letters that have two bytes in UTF-8, else 0 */
};

extern const struct mt940_charset_table mt940_charset_tables[MT940_CHARSET_TABLES];
/*
 * A profile is a language in a set, in the order in which the verdict prefers equals: the set, 0 behind the last, and what
 * byte 80 + i beside a letter speaks for it.
 */
extern const uint8_t mt940_charset_profiles[MT940_CHARSET_PROFILES];
extern const int16_t mt940_charset_weights[128][MT940_CHARSET_PROFILES];
extern const struct mt940_charset_letter mt940_charset_din_66003[128];

/* The byte above 7F of a character in one of the tables; -1 = the set has none. */
int mt940_charset_byte_of(int32_t charset, const char *character, size_t length);

/* U+00A0 to U+017F and U+2010 to U+203A in ASCII, "" where there is no such form (gen_transliteration.py). */
extern const char mt940_transliteration_letters[224][4];
extern const char mt940_transliteration_marks[43][4];

#endif
