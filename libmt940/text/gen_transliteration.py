#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""transliteration_tables.c: letters of U+00A0 to U+017F and marks of U+2010 to U+203A in ASCII, as Unicode decomposes them.

Usage: gen_transliteration.py
What Unicode leaves whole (ø, ß, ı …) stands below; nothing is longer than the letter in UTF-8.
"""
import unicodedata

WHOLE = {"ß": "ss", "Æ": "AE", "æ": "ae", "Œ": "OE", "œ": "oe", "Ø": "O", "ø": "o", "Ð": "D", "ð": "d", "Þ": "TH",
         "þ": "th", "Đ": "D", "đ": "d", "Ħ": "H", "ħ": "h", "ı": "i", "ĸ": "k", "Ł": "L", "ł": "l", "Ŋ": "N", "ŋ": "n",
         "Ŧ": "T", "ŧ": "t", "ŉ": "'n", "\u00a0": " ", "\u00ad": "-", "«": '"', "»": '"', "´": "'", "·": ".", "×": "x",
         "÷": "/", "‐": "-", "‑": "-", "‒": "-", "–": "-", "—": "-", "―": "-", "‘": "'", "’": "'", "‚": "'", "‛": "'",
         "“": '"', "”": '"', "„": '"', "•": "*", "…": "...", "‹": "'", "›": "'"}


def ascii_of(point):
    letter = chr(point)
    if letter in WHOLE:
        return WHOLE[letter]
    plain = "".join(c for c in unicodedata.normalize("NFKD", letter) if not unicodedata.combining(c))
    return plain if plain.isascii() and plain.isalnum() and len(plain) <= len(letter.encode()) else ""


def table(name, first, last):
    print(f"const char mt940_transliteration_{name}[{last - first + 1}][4] = {{")
    row = "   "
    for point in range(first, last + 1):
        text = ascii_of(point).replace("\\", "\\\\").replace('"', '\\"')
        entry = f' "{text}",'
        if len(row) + len(entry) > 118:
            print(row)
            row = "   "
        row += entry
    print(row + "\n};")


print("""/* SPDX-License-Identifier: Apache-2.0
 *
 * transliteration_tables.c: letters and marks in ASCII, "" where there is no such form.
 * Made by libmt940/text/gen_transliteration.py; change that file.
 */
#include "text/charset_tables.h"
""")
table("letters", 0xA0, 0x17F)
print()
table("marks", 0x2010, 0x203A)
