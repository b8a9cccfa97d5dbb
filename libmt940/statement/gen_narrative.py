#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes narrative_tables.c from narrative_codes.def and narrative_words.def: look-ups without a search.

usage: gen_narrative.py CODES_DEF WORDS_DEF > OUTPUT
"""
import re
import sys

CODE = re.compile(r"^MT940_CODE\((\w+), (0|'.'), (\d+), (\d+), (\w+)\)", re.M)
WORD = re.compile(r'^MT940_WORD\("([^"]*)"', re.M)
OF_THE_ROOM = {"BANK": "mt940_meaning_bank", "OTHER_NAME": "mt940_meaning_other_name"}
# A row of the table for each dialect, and for each separator where it matters.
ROWS = [("GVC", "0"), ("TRIODOS", "0"), ("NS", "0"), ("POLISH", "'~'"), ("POLISH", "'<'")]


def meanings(codes, dialect, separator):
    row = ["NONE"] * 100
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


def chains(words):
    """For each last character the first word, and for each word the next one with the same; counted from 1, 0 = none."""
    first, following, latest = [0] * 27, [0] * len(words), {}
    for number, word in enumerate(words):
        last = 26 if word[-1] == "." else ord(word[-1]) - ord("A")
        if not 0 <= last <= 26:
            continue
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
        last = 26 if word[-1] == "." else ord(word[-1]) - ord("A")
        if 0 <= last <= 26:
            masks[last] |= 1 << (ord(word[-2]) - ord("A") if "A" <= word[-2] <= "Z" else 26)
    return masks


def main():
    codes = CODE.findall(open(sys.argv[1], encoding="utf-8").read())
    words = WORD.findall(open(sys.argv[2], encoding="utf-8").read())
    first, following = chains(words)
    print("/* SPDX-License-Identifier: Apache-2.0\n *\n * narrative_tables.c: what numbers of sub-fields mean, and words by "
          "their last letter.\n * Made by libmt940/statement/gen_narrative.py from the lists narrative_*.def; change "
          "those.\n */\n#include \"statement/narrative_tables.h\"\n\n#define NONE (-1)\n")
    print("const signed char mt940_narrative_meanings[MT940_NARRATIVE_TABLES][100] = {")
    for dialect, separator in ROWS:
        print(f"    /* {dialect}{'' if separator == '0' else ' with ' + separator} */\n    {{")
        print("\n".join(wrapped(meanings(codes, dialect, separator))))
        print("    },")
    print("};\n\nconst unsigned char mt940_narrative_first_word[27] = {")
    print("\n".join(wrapped(map(str, first))))
    print("};\n\nconst unsigned char mt940_narrative_next_word[] = {")
    print("\n".join(wrapped(map(str, following))))
    print("};\n\nconst uint32_t mt940_narrative_before_last[27] = {")
    print("\n".join(wrapped(map(hex, before_last(words)))))
    print("};")


if __name__ == "__main__":
    main()
