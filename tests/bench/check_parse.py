#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Counts with callgrind what `mt940connect parse` costs a byte, from the bytes of a file to JSON with ids: the difference
of two sizes, so that the start of the program does not count.

usage: check_parse.py COMMAND WRITE_STATEMENTS COMPILER BASELINE [--write]

As check_work.py, a byte may cost 5 % more than BASELINE says for this compiler and kind of processor; --write puts
today's counts there. callgrind offers AVX2 and no SHA-256 instructions. Exit 77 where valgrind is missing.
"""
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import check_work

MIXES = ((0, "parse German"), (1, "parse Turkish"))
SIZES = (100_000, 500_000)


def instructions(command, path, folder):
    out = folder / "callgrind.out"
    subprocess.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}", command, "parse", "--jobs", "1", path],
                   check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return int(re.search(r"^(?:summary|totals): (\d+)", out.read_text(), re.M)[1])


def cost(command, generator, mix):
    """Instructions a byte of a mix."""
    sizes, counts = [], []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for size in SIZES:
            path = folder / "statements.sta"
            path.write_bytes(subprocess.run([generator, str(mix), str(size)], check=True, stdout=subprocess.PIPE).stdout)
            sizes.append(path.stat().st_size)
            counts.append(instructions(command, path, folder))
    return (counts[1] - counts[0]) / (sizes[1] - sizes[0])


def main():
    if shutil.which("valgrind") is None:
        print("skipped: valgrind is not here")
        return 77
    command, generator = sys.argv[1:3]
    compiler, path = sys.argv[3] + check_work.way(), Path(sys.argv[4])
    costs = {name: cost(command, generator, mix) for mix, name in MIXES}
    if sys.argv[5:] == ["--write"]:
        check_work.write_baseline(path, compiler, "byte", costs)
    problems = check_work.compare(costs, check_work.read_baseline(path), compiler, "byte")
    print("\n".join(problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
