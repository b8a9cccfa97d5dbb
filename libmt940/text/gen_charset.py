#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes charset_tables.c: what each byte of a character set is in UTF-8, and how typical of a language.

usage: gen_charset.py > libmt940/text/charset_tables.c
The bytes come from Python's codecs (the Unicode consortium's mapping files) and, for DIN 66003, from the standard's
own table. The weights come from the alphabets below: the letters that texts of a set's languages really hold.
The result is committed; tests/shape/check_generated.py fails when it is out of date.
"""
import sys

# Letters of languages: those of nearly every text, those of some texts, and those that come in foreign names only.
LANGUAGES = {
    "Turkish": ("ıİşŞğĞçÇöÖüÜâîûÂÎÛ", "", "éÉ"),
    "German": ("äöüßÄÖÜ", "", "éèÉ"),
    "French": ("éèàçêôîûùâÉÈÀÇÊÔÎÛÙÂ", "ëïœËÏŒ", "öü"),
    "Spanish": ("óíáéñúÓÍÁÉÑÚ", "üÜ", "çÇ"),
    "Portuguese": ("ãçáéêóíÃÇÁÉÊÓÍ", "âúõàôÂÚÕÀÔ", ""),
    "Italian": ("èàòùìÈÀÒÙÌ", "éÉ", ""),
    "Dutch": ("ëéïËÉÏ", "öüèÖÜÈ", ""),
    "Nordic": ("åäöøæÅÄÖØÆ", "éÉ", "ü"),
    "Polish": ("łąężóśćńŁĄĘŻÓŚĆŃ", "źŹ", ""),
    "Czech and Slovak": ("áíéěřščžůýÁÉĚŠČŽÝ", "ÍŘŮúóťďňľôäÚÓŤĎŇĽÔÄ", "ĺŕĹŔ"),
    "Hungarian": ("áéöóőíüÁÉÖÓŐÍÜ", "úűÚŰ", ""),
    "Romanian": ("ăşţîĂŞŢÎ", "âÂ", ""),
    "Croatian": ("čšžćČŠŽĆ", "đĐ", ""),
}
WESTERN = ("German", "French", "Spanish", "Portuguese", "Italian", "Dutch", "Nordic")
CENTRAL = ("Polish", "Czech and Slovak", "Hungarian", "Romanian", "Croatian")

# In the order of preference among equals (charset.h); the numbers are enum mt940_charset.
DETECTED = [
    (3, "WINDOWS_1254", "cp1254", ("Turkish",)),
    (4, "CP857", "cp857", ("Turkish",)),
    (5, "WINDOWS_1252", "cp1252", WESTERN),
    (6, "CP850", "cp850", WESTERN),
    (10, "WINDOWS_1250", "cp1250", CENTRAL),
    (8, "ISO_8859_2", "iso8859-2", CENTRAL),
    (7, "CP852", "cp852", CENTRAL),
]
# Stands beside letters in every language.
QUOTES = "‘’‚“”„…–—"
NEUTRAL = "€°§ºª´«»\u00a0\u00ad"
COMMON, SOME, NAMES, QUOTE, INDIFFERENT, FOREIGN, UNDEFINED = 4, 2, 0, 1, 0, -4, -8
PROFILES = 32  # a power of two, for the processor's sake; those above the last are empty

# DIN 66003:1974, the German variant of ISO 646; otherwise ASCII.
DIN_66003 = dict(zip("@[\\]{|}~", "§ÄÖÜäöüß"))


def decode(codec, byte):
    """The character, or None where the set defines none; a C1 control is none."""
    try:
        c = bytes([byte]).decode(codec)
    except UnicodeDecodeError:
        return None
    return None if 0x80 <= ord(c) < 0xA0 else c


def weight(codec, language, byte):
    c = decode(codec, byte)
    if c is None:
        return UNDEFINED
    for letters, points in zip(LANGUAGES[language], (COMMON, SOME, NAMES)):
        if c in letters:
            return points
    return QUOTE if c in QUOTES else INDIFFERENT if c in NEUTRAL else FOREIGN


def profiles():
    return [(number, codec, language) for number, _, codec, languages in DETECTED for language in languages]


def character(c):
    data = (c or "\ufffd").encode("utf-8")
    text = "".join(f"\\x{b:02X}" for b in data)
    return f'{{{len(data) if c else 0}, "{text}"}}'


def pair(c, which):
    """First or second byte of a letter that has two, else 0."""
    data = (c or "").encode("utf-8")
    return f"0x{data[which]:02X}" if len(data) == 2 else "0"


def rows(items, per_line):
    items = list(items)
    for start in range(0, len(items), per_line):
        yield "        " + ", ".join(items[start:start + per_line]) + ","


def tables():
    yield ("/* SPDX-License-Identifier: Apache-2.0\n *\n * charset_tables.c: bytes of character sets in UTF-8.\n"
           " * Made by libmt940/text/gen_charset.py; change that file.\n */\n"
           '#include "text/charset_tables.h"\n\n'
           "const struct mt940_charset_table mt940_charset_tables[MT940_CHARSET_TABLES] = {")
    for number, name, codec, _ in DETECTED:
        yield f"    {{\n        /* {name} ({codec}) */ {number},\n        {{"
        yield from rows((character(decode(codec, byte)) for byte in range(128, 256)), 5)
        yield "        },\n        {"
        yield from rows((pair(decode(codec, byte), 0) for byte in range(128, 256)), 16)
        yield "        },\n        {"
        yield from rows((pair(decode(codec, byte), 1) for byte in range(128, 256)), 16)
        yield "        },\n    },"
    known = profiles()
    assert len(known) <= PROFILES
    yield "};\n\nconst uint8_t mt940_charset_profiles[MT940_CHARSET_PROFILES] = {"
    yield from (row[4:] for row in rows([str(number) for number, _, _ in known] + ["0"] * (PROFILES - len(known)), 32))
    yield "};\n\nconst int16_t mt940_charset_weights[128][MT940_CHARSET_PROFILES] = {"
    for byte in range(128, 256):
        points = [weight(codec, language, byte) for _, codec, language in known] + [0] * (PROFILES - len(known))
        yield f"    {{{', '.join(map(str, points))}}},"
    yield "};\n\nconst struct mt940_charset_letter mt940_charset_din_66003[128] = {"
    yield from (row[4:] for row in rows((character(DIN_66003.get(chr(byte), chr(byte))) for byte in range(128)), 6))
    yield "};"


if __name__ == "__main__":
    sys.stdout.write("\n".join(tables()) + "\n")
