#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Texts of every length come out of parse as they are, wherever a letter stands that JSON escapes or ASCII lacks.

usage: check_text.py PROGRAM          output: TAP
"""
import json
import subprocess
import sys
import tempfile

LETTERS = ('"', "\\", "É", "~")
NARRATIVE, SUPPLEMENTARY = 150, 34
ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"


def texts(longest):
    for length in range(1, longest + 1):
        plain = (ALPHABET * 3)[:length]
        for letter in LETTERS:
            for at in {0, length // 3, length // 2, max(length - 8, 0), length - 1}:
                yield plain[:at] + letter + plain[at + 1:]


def parse(program, entries):
    with tempfile.NamedTemporaryFile(suffix=".sta") as file:
        file.write((":20:R\r\n:25:A\r\n:28C:1\r\n:60F:C260101TRY0,00\r\n" + "".join(entries) +
                    f":62F:C260101TRY{len(entries)},00\r\n-\r\n").encode())
        file.flush()
        done = subprocess.run([program, "parse", file.name], stdout=subprocess.PIPE, check=False)
    return json.loads(done.stdout)["entries"]


def judge(name, program, wanted, entry, told):
    found = [told(one) for one in parse(program, [entry(text) for text in wanted])]
    wrong = [pair for pair in zip(wanted, found) if pair[0] != pair[1]]
    good = len(found) == len(wanted) and not wrong
    print(f"{'ok' if good else 'not ok'} - {name}: {len(wanted)} texts{'' if good else ', ' + repr(wrong[:3])}")
    return good


def main():
    move = ":61:2601010101C1,00NTRFREF//B1\r\n"
    print("1..2")
    good = [judge("narratives", sys.argv[1], list(texts(NARRATIVE)), lambda text: f"{move}:86:{text}\r\n",
                  lambda entry: entry["details"]["text"]),
            judge("supplementary lines", sys.argv[1], list(texts(SUPPLEMENTARY)), lambda text: f"{move}{text}\r\n",
                  lambda entry: entry["supplementary"])]
    return 0 if all(good) else 1


sys.exit(main())
