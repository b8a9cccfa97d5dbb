#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""name_tables.c: the forms of name_forms.tsv with an open hash over their first words.

Usage: gen_name.py name_forms.tsv
"""
import sys

CLASSES = ("legal", "word", "weak", "drop", "stop")
SLOTS = 1024
LONGEST = 23  # MT940_NAME_KEY and a NUL


def letters_of(word):
    return int.from_bytes(word.encode("ascii")[:8], "little")


def slot_of(word):
    return ((letters_of(word) + len(word)) * 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFFFFFF) >> 54


def read(path):
    version, rows, seen = None, [], set()
    for number, line in enumerate(open(path, encoding="utf-8"), 1):
        line = line.rstrip("\n")
        if not line or line.startswith("#"):
            continue
        cells = line.split("\t")
        if cells[0] == "version":
            version = int(cells[1])
            continue
        kind, canonical, forms = cells
        if kind not in CLASSES:
            sys.exit(f"{path}:{number}: no class {kind}")
        if len(canonical) > LONGEST:
            sys.exit(f"{path}:{number}: {canonical} is too long")
        for form in forms.split("|"):
            if form in seen:
                sys.exit(f"{path}:{number}: {form} a second time")
            seen.add(form)
            rows.append((form.split(" "), canonical, kind))
    return version, sorted(rows, key=lambda row: (row[0][0], -len(row[0]), row[0]))


def main():
    version, rows = read(sys.argv[1])
    slots = [0] * SLOTS
    for at, (words, _, _) in enumerate(rows):
        if at and rows[at - 1][0][0] == words[0]:
            continue
        slot = slot_of(words[0])
        while slots[slot]:
            slot = (slot + 1) % SLOTS
        slots[slot] = at + 1
    print("/* SPDX-License-Identifier: Apache-2.0\n *")
    print(" * Made by libmt940/match/gen_name.py from name_forms.tsv. Do not edit.\n */")
    print('#include "match/name_word.h"\n')
    print(f"const uint32_t mt940_name_forms_version = {version};")
    print(f"const uint32_t mt940_name_form_count = {len(rows)};\n")
    places = {canonical: at for at, canonical in enumerate(sorted({row[1] for row in rows}))}
    print("static const char canonicals[][MT940_NAME_KEY] = {")
    for canonical in places:
        print(f'    "{canonical}",')
    print("};\n")
    print("const struct mt940_name_form mt940_name_forms[] = {")
    for at, (words, canonical, kind) in enumerate(rows):
        second = letters_of(words[1]) if len(words) > 1 else 0
        alike = sum(other[0][0] == words[0] for other in rows[at:])
        print(f'    {{"{" ".join(words)}", canonicals[{places[canonical]}], {letters_of(words[0]):#x}, {second:#x}, '
              f'{len(words)}, {len(words[0])}, {len(canonical)}, {alike}, MT940_NAME_{kind.upper()}}},')
    print("};\n")
    print("const uint16_t mt940_name_form_slots[MT940_NAME_FORM_SLOTS] = {")
    for start in range(0, SLOTS, 20):
        print("    " + " ".join(f"{value}," for value in slots[start:start + 20]))
    print("};")


main()
