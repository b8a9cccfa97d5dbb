#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Counts the instructions of pieces of work with callgrind: what a byte of a statement costs, or a row that is received
and saved; and that hostile input costs no more a byte in the tenfold size.

usage: check_work.py PROGRAM COMPILER BASELINE [--write]

PROGRAM prints a line for each piece: name, how many, and of what unless of bytes, with tabs between; a dump of the
counters belongs to each. What comes once may cost 5 % more than BASELINE says for this compiler (and a processor
without AVX2, where it has none); --write puts today's counts there. What comes twice is hostile input in a size and in
the tenfold size: the work at 10 n is at most 1.1 times ten times that at n. Exit 77 where valgrind is missing.
"""
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

TOLERANCE, GROWTH = 1.05, 1.1


def way():
    cpu = Path("/proc/cpuinfo")
    return "" if not cpu.exists() or re.search(r"\bavx2\b", cpu.read_text()) else "-plain"


def count(program):
    """[(name, unit, instructions a unit)] of every piece of work, in order."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "out"
        names = subprocess.run(
            ["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}", program],
            check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True).stdout.splitlines()
        dumps = [(Path(folder) / f"out.{number + 1}").read_text() for number in range(len(names))]
        totals = [int(re.search(r"^(?:summary|totals): (\d+)", dump, re.M)[1]) for dump in dumps]
    pieces = []
    for line, total in zip(names, totals):
        name, number, unit = (*line.split("\t"), "byte")[:3]
        pieces.append((name, unit, total / int(number)))
    return pieces


def read_baseline(path):
    rows = (line.rsplit("\t", 2) for line in path.read_text().splitlines() if line and line[0] != "#")
    return {(compiler, name): float(cost) for compiler, name, cost in rows}


def write_baseline(path, compiler, unit, costs):
    known = read_baseline(path) if path.exists() else {}
    known.update({(compiler, name): cost for name, cost in costs.items()})
    path.write_text(f"# compiler, work, instructions a {unit}: tests/bench/check_work.py --write\n" + "".join(
        f"{compiler}\t{name}\t{cost:.2f}\n" for (compiler, name), cost in sorted(known.items())))


def compare(costs, baseline, compiler, unit):
    """What costs more than it may."""
    problems = []
    for name, cost in costs.items():
        before = baseline.get((compiler, name))
        print(f"{name}: {cost:.2f} instructions a {unit}, baseline {before or 'not known for ' + compiler}")
        if before and cost > TOLERANCE * before:
            problems.append(f"{name}: {cost:.2f} instructions a {unit}, {before:.2f} before")
    return problems


def main():
    if shutil.which("valgrind") is None:
        print("skipped: valgrind is not here")
        return 77
    compiler, path = sys.argv[2] + way(), Path(sys.argv[3])
    problems, costs = [], {}
    for name, unit, cost in count(sys.argv[1]):
        if name not in costs:
            costs[name] = cost
            continue
        small = costs.pop(name)
        print(f"{name}: {small:.1f} instructions a {unit}, {cost:.1f} in the tenfold size")
        if cost > GROWTH * small:
            problems.append(f"{name}: the work grows faster than the input")
    if sys.argv[4:] == ["--write"]:
        write_baseline(path, compiler, unit, costs)
    problems += compare(costs, read_baseline(path), compiler, unit)
    print("\n".join(problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
