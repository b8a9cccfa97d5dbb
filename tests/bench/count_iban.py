#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Counts the instructions that judging and finding IBANs take, and compares them with a list that is committed.

usage: count_iban.py BENCH_IBAN BASELINE [--write]
Instructions do not depend on what else the machine does; they do on the compiler, which the list names in line 1. By the
same compiler none may take a tenth more than listed, by another half as much again. Valgrind has AVX2 but no AVX-512, so
"many" is the AVX2 way here. Exit 1 when one takes more, 77 without valgrind. --write makes the list anew.
"""
import re
import shutil
import subprocess
import sys


def instructions(bench, name):
    done = subprocess.run(["valgrind", "--tool=cachegrind", "--cache-sim=no", "--cachegrind-out-file=/dev/null", bench,
                           "--once", name], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, check=True)
    return int(re.search(rb"I\s+refs:\s+([\d,]+)", done.stderr)[1].replace(b",", b""))


def count(bench):
    """(compiler, {name: (instructions, unit)})"""
    listed = subprocess.run([bench, "--list"], stdout=subprocess.PIPE, check=True).stdout.decode().splitlines()
    prepared, counts = {}, {}
    for line in listed[1:]:
        name, source, units, unit = line.split()
        if source not in prepared:
            prepared[source] = instructions(bench, source)
        counts[name] = ((instructions(bench, name) - prepared[source]) / int(units), unit)
    return listed[0], counts


def main():
    bench, path = sys.argv[1:3]
    if shutil.which("valgrind") is None:
        print("valgrind is not here; instructions are not counted")
        sys.exit(77)
    compiler, counts = count(bench)
    if "--write" in sys.argv:
        with open(path, "w", encoding="ascii") as file:
            file.write(f"# {compiler}; tests/bench/count_iban.py --write\n")
            file.writelines(f"{name} {number:.2f} {unit}\n" for name, (number, unit) in counts.items())
        return
    lines = open(path, encoding="ascii").read().splitlines()
    same = lines[0].split("; ")[0] == f"# {compiler}"
    most = 1.1 if same else 1.5
    print(f"{compiler}; the list is of {lines[0][2:]}")
    worse = 0
    for name, number, unit in (line.split() for line in lines[1:]):
        now = counts[name][0] if name in counts else float("nan")
        bad = not now <= float(number) * most
        worse += bad
        print(f"{name}: {now:.2f} {unit}, listed {number}{'  TOO MANY' if bad else ''}")
    sys.exit(worse > 0)


if __name__ == "__main__":
    main()
