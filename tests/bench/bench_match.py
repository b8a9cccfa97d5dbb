#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Asks rapidfuzz (PyPI) what bench_match asks, over the same names: its `ratio` against every customer.

Usage: bench_match.py BENCH_MATCH CUSTOMERS QUESTIONS SEED. Needs rapidfuzz; says so and stops where it is missing.
Both sides get folded upper-case ASCII names here, so that only searching is compared. Prints processor time a question.
"""
import subprocess
import sys
import tempfile
import time

try:
    from rapidfuzz import fuzz, process
except ImportError:
    sys.exit("bench_match.py: rapidfuzz is not installed")

PLAIN = str.maketrans("İŞĞÇÖÜışğçöüÝÞÐ", "ISGCOUISGCOUISG")


def fold(name):
    return name.translate(PLAIN).upper()


def main():
    bench, customers, questions, seed = sys.argv[1:5]
    with tempfile.NamedTemporaryFile() as file:
        subprocess.run([bench, customers, questions, seed, "dump", file.name], check=True)
        lines = open(file.name, encoding="utf-8").read().split("\n")
    count = int(lines[0])
    names = [fold(line) for line in lines[1:count + 1]]
    asked = [line.split("\t") for line in lines[count + 1:] if line]
    known = found = 0
    start = time.process_time()
    for _, truth, text in asked:
        best = process.extractOne(fold(text), names, scorer=fuzz.ratio)
        if int(truth) >= 0:
            known += 1
            found += best is not None and names[best[2]] == names[int(truth)]
    spent = time.process_time() - start
    print(f"rapidfuzz ratio over {count} names: {spent / len(asked) * 1e6:.0f} us a question, "
          f"{found / known:.3f} of {known} known payers first")


main()
