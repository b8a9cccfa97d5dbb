#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes narrative_tables.c from narrative_codes.def and narrative_words.def: look-ups without a search.

usage: gen_narrative.py CODES_DEF WORDS_DEF > OUTPUT
"""
import re
import sys

CODE = re.compile(r"^MT940_CODE\((\w+), (0|'.'), (\d+), (\d+), (\w+)\)", re.M)
WORD = re.compile(r'^MT940_WORD\("([^"]*)", ([A-Z| ]+),', re.M)
OF_THE_ROOM = {"BANK": "mt940_meaning_bank", "OTHER_NAME": "mt940_meaning_other_name"}
# As in narrative_tables.h.
PLUS_FACTOR, PLUS_BITS = 0x9E3779B1, 6
# A row of the table for each dialect, and for each separator where it matters.
ROWS = [("GVC", "0"), ("TRIODOS", "0"), ("NS", "0"), ("POLISH", "'~'"), ("POLISH", "'<'")]


NONE = "0"


def meanings(codes, dialect, separator):
    row = [NONE] * 100
    for name, own, first, last, meaning in codes:
        if name == dialect and own in ("0", separator):
            for code in range(int(first), int(last) + 1):
                row[code] = OF_THE_ROOM.get(meaning, f"MT940_NARRATIVE_{meaning}")
    return row


def wrapped(names):
    line = "       "
    for name in names:
        if len(line) + len(name) + 2 > 118:
            yield line
            line = "       "
        line += f" {name},"
    yield line


def ending(word):
    """The list that a word is in: 0 to 25 by its last letter, 26 with a dot or a digit there."""
    return 26 if word[-1] in ".0123456789" else "ABCDEFGHIJKLMNOPQRSTUVWXYZ".index(word[-1])


def chains(words):
    """For each last character the first word, and for each word the next one with the same; counted from 1, 0 = none."""
    first, following, latest = [0] * 27, [0] * len(words), {}
    for number, word in enumerate(words):
        last = ending(word)
        if last in latest:
            following[latest[last]] = number + 1
        else:
            first[last] = number + 1
        latest[last] = number
    return first, following


def before_last(words):
    """For each last character the letters that stand before it, a bit each; bit 26 = something else does."""
    masks = [0] * 27
    for word in words:
        masks[ending(word)] |= 1 << (ord(word[-2]) - ord("A") if "A" <= word[-2] <= "Z" else 26)
    return masks


def tail(word):
    """The last four characters, as far as they stand alone in the text, and which these are; capitals or not."""
    text = mask = 0
    for place, character in zip((3, 2, 1, 0), reversed(literal(word))):
        if character == ord(" "):
            break
        text |= (character & 0xDF) << 8 * place
        mask |= 0xDF << 8 * place
    return f"{{{text:#x}, {mask:#x}}}"


def literal(word):
    """The bytes of a C string."""
    return re.sub(rb"\\([0-7]{3})", lambda octal: bytes([int(octal[1], 8)]), word.encode())


def plus_words(words, endings):
    """Slots of the words of four letters with a plus. Where two want the same one, another factor is needed."""
    slots = [0] * 2**PLUS_BITS
    for number, word in enumerate(words):
        if "PLUS" in endings[number] and len(word) == 4:
            slot = int.from_bytes(word.encode(), "little") * PLUS_FACTOR % 2**32 >> 32 - PLUS_BITS
            assert slots[slot] == 0, word
            slots[slot] = number + 1
    return slots


def main():
    codes = CODE.findall(open(sys.argv[1], encoding="utf-8").read())
    words, endings = zip(*WORD.findall(open(sys.argv[2], encoding="utf-8").read()))
    first, following = chains(words)
    print("/* SPDX-License-Identifier: Apache-2.0\n *\n * narrative_tables.c: what numbers of sub-fields mean, and words by "
          "their last letter.\n * Made by libmt940/statement/gen_narrative.py from the lists narrative_*.def; change "
          "those.\n */\n#include \"statement/narrative_tables.h\"\n")
    print("const unsigned char mt940_narrative_meanings[MT940_NARRATIVE_TABLES][100] = {")
    for dialect, separator in ROWS:
        print(f"    /* {dialect}{'' if separator == '0' else ' with ' + separator} */\n    {{")
        print("\n".join(wrapped(meanings(codes, dialect, separator))))
        print("    },")
    print("};\n\nconst unsigned char mt940_narrative_known[256] = {")
    german = meanings(codes, "GVC", "0")
    print("\n".join(wrapped(str(int(n % 16 < 10 and n < 160 and german[n // 16 * 10 + n % 16] != NONE))
                            for n in range(256))))
    print("};\n\nconst unsigned char mt940_narrative_first_word[27] = {")
    print("\n".join(wrapped(map(str, first))))
    print("};\n\nconst unsigned char mt940_narrative_next_word[] = {")
    print("\n".join(wrapped(map(str, following))))
    print("};\n\nconst uint32_t mt940_narrative_before_last[27] = {")
    print("\n".join(wrapped(map(hex, before_last(words)))))
    print("};\n\nconst struct mt940_narrative_tail mt940_narrative_tails[] = {")
    print("\n".join(wrapped(map(tail, words))))
    print("};\n\nconst unsigned char mt940_narrative_plus_words[MT940_NARRATIVE_PLUS_SLOTS] = {")
    print("\n".join(wrapped(map(str, plus_words(words, endings)))))
    print("};")


if __name__ == "__main__":
    main()
