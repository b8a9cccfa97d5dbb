#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The table of traps in docs/match.md is true: fifteen of them, each held by a test that is run, and by rows of
test_trap.c where it says so."""
import re

import source

ROW = re.compile(r"^\| (\d+) [^|]*\| (.*) \|$", re.M)
TESTS = source.ROOT / "tests"


def find(file):
    return TESTS / file if "/" in file else TESTS / "unit" / file


def missing(number, cell):
    for file, names in re.findall(r"`([\w/]+\.c)`([^`]*)", cell):
        if not find(file).exists():
            yield f"trap {number}: {file} is not there"
            continue
        text = source.read(find(file))
        names = re.findall(r"\w+", names)
        if not names and not re.search(rf"^    {{{number}, \S", text, re.M):
            yield f"trap {number}: no row of {file}"
        for name in names:
            if not re.search(rf"cmocka_unit_test\w*\({name}\b", text):
                yield f"trap {number}: {file} does not run {name}"


def main():
    rows = ROW.findall(source.read(source.ROOT / "docs/match.md").partition("## The fifteen traps")[2])
    problems = [problem for number, cell in rows for problem in missing(number, cell)]
    if [int(number) for number, _ in rows] != list(range(1, 16)):
        problems.append("docs/match.md: not the traps 1 to 15")
    source.report(f"traps ({len(rows)})", problems)


main()
