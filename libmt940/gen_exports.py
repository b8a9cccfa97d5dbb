#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Makes the linker's export lists from symbols.txt.

usage: gen_exports.py {map|def} symbols.txt > OUTPUT
symbols.txt holds "@VERSION" lines, each followed by the symbols that version added; a version's
list is never changed after its release.
"""
import sys


def read(path):
    versions = []
    for line in open(path, encoding="ascii"):
        word = line.split("#", 1)[0].strip()
        if word.startswith("@"):
            versions.append((word[1:], []))
        elif word:
            versions[-1][1].append(word)
    return versions


def as_map(versions):
    previous = ""
    for name, symbols in versions:
        body = "".join(f"    {symbol};\n" for symbol in sorted(symbols))
        local = "local:\n    *;\n" if not previous else ""
        yield f"{name} {{\nglobal:\n{body}{local}}}{previous};\n"
        previous = f" {name}"


def as_def(versions):
    yield "EXPORTS\n"
    for _, symbols in versions:
        yield from (f"    {symbol}\n" for symbol in sorted(symbols))


if __name__ == "__main__":
    sys.stdout.write("".join({"map": as_map, "def": as_def}[sys.argv[1]](read(sys.argv[2]))))
