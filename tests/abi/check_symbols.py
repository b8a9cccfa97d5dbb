#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""What a shared library exports = its symbols.txt = what its public headers declare.

usage: check_symbols.py LIBRARY symbols.txt HEADER-OR-DIRECTORY... [-HEADER-TO-LEAVE-OUT...]
"""
import re
import subprocess
import sys
from pathlib import Path

DECLARATION = re.compile(r"^(?:const\s+)?(?:struct\s+\w+|\w+)[\s*]+?\**(mt940_\w+)\s*\(", re.M)


def exported(library):
    lines = subprocess.run(["nm", "-D", "--defined-only", library], check=True, capture_output=True,
                           text=True).stdout.splitlines()
    # "address type name@@VERSION"; the version nodes themselves have type A.
    return {line.split()[2].split("@")[0] for line in lines if line.split()[1] != "A"}


def listed(path):
    words = [line.split("#")[0].strip() for line in open(path, encoding="ascii")]
    return [word for word in words if word and not word.startswith("@")]


def declared(paths):
    found = set()
    left_out = {path[1:] for path in paths if path.startswith("-")}
    given = [Path(path) for path in paths if not path.startswith("-")]
    headers = [p for path in given for p in (path.glob("*.h") if path.is_dir() else [path])]
    for header in headers:
        if header.name in left_out:
            continue
        text = re.sub(r"/\*.*?\*/", " ", header.read_text(encoding="utf-8"), flags=re.S)
        found |= set(DECLARATION.findall(text))
    return found


def main(library, symbols, *headers):
    names = listed(symbols)
    sets = {"exported": exported(library), "listed": set(names), "declared": declared(headers)}
    problems = [f"{name}: listed twice" for name in set(names) if names.count(name) > 1]
    for name in sorted(set().union(*sets.values())):
        absent = [what for what, those in sets.items() if name not in those]
        if absent:
            problems.append(f"{name}: not {' and not '.join(absent)}")
    print("\n".join(problems) or f"{len(names)} symbols")
    return 1 if problems or not names else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
