#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compares the names a DLL exports with symbols.txt. usage: check_dll.py DLL symbols.txt OBJDUMP"""
import re
import subprocess
import sys


def main(dll, symbols, objdump):
    wanted = {line.split("#")[0].strip() for line in open(symbols, encoding="ascii")}
    wanted = {name for name in wanted if name and not name.startswith("@")}
    text = subprocess.run([objdump, "-p", dll], check=True, capture_output=True, text=True).stdout
    table = text[text.index("[Ordinal/Name Pointer] Table"):]
    found = set(re.findall(r"^\s*\[\s*\d+\]\s+(?:\+base\[\s*\d+\]\s+)?(?:[0-9a-f]{4}\s+)?(mt940_\w+)$", table, re.M))
    for name in sorted(wanted ^ found):
        print(f"{name}: {'missing in' if name in wanted else 'unknown but exported by'} {dll}")
    print(f"{dll}: {len(found)} symbols exported, {len(wanted)} wanted")
    return 0 if found == wanted else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
