#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every name in backticks in the last column of the tables of PLACES is a case, a file or a place that exists.

usage: check_tables.py DIRECTORY        DIRECTORY is tests/cases; "*" stands for anything, "../" leads out; speaks TAP
"""
import re
import sys
from pathlib import Path

PLACES = ("charsets", "wild")


def names(readme):
    """The names in the last cells of table rows, with the line they stand in."""
    for number, line in enumerate(readme.read_text(encoding="utf-8").splitlines(), 1):
        cells = line.strip().strip("|").split("|")
        if line.startswith("|") and len(cells) > 1:
            yield from ((number, name) for name in re.findall(r"`([^`]+)`", cells[-1]))


def exists(place, name):
    while name.startswith("../"):
        place, name = place.parent, name[3:]
    return any(place.glob(name)) or any(place.glob(name + ".sta"))


def main(directory):
    readmes = [Path(directory).resolve() / place / "README.md" for place in PLACES]
    total = 0
    for number, readme in enumerate(readmes, 1):
        found = list(names(readme))
        missing = [f"{readme.parent.name}/README.md:{line}: no {name}" for line, name in found
                   if not exists(readme.parent, name)]
        total += len(found)
        print(f"{'not ok' if missing else 'ok'} {number} - {readme.parent.name}: {len(found)} names")
        print("".join(f"# {text}\n" for text in missing), end="")
    print(f"1..{number}")
    return 0 if total else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
