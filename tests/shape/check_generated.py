#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every generated file equals a fresh run of its generator. With --write it is made anew.

The list is generated.txt: "PATH: COMMAND", the command run by Python from the root, its output being the file.
"""
import os
import re
import shlex
import subprocess
import sys

import source


def fresh(command):
    return subprocess.run([sys.executable, *shlex.split(command)], cwd=source.ROOT, check=True, stdout=subprocess.PIPE,
                          env={**os.environ, "PYTHONUTF8": "1"}).stdout


def main():
    write = sys.argv[1:] == ["--write"]
    rules = [line.split(": ", 1) for line in source.read(source.ROOT / "tests/shape/generated.txt").splitlines()
             if line and not line.startswith("#")]
    problems = []
    for target, command in rules:
        path, content = source.ROOT / target, fresh(command)
        if write:
            path.write_bytes(content)
        elif not path.exists() or path.read_bytes() != content:
            problems.append(f"{target}:1: out of date; run python3 tests/shape/check_generated.py --write")
    listed = {target for target, _ in rules}
    for path in source.files("include", "libmt940", "docs", "bindings", "tests", suffixes=(".h", ".c", ".inc", ".py", ".md")):
        if source.name(path).startswith("tests/shape/"):
            continue
        # Tables made from an installed library's data name a C program instead; a test of their own judges those.
        if re.search(r"^[ */]*Made by \S+\.py", "\n".join(source.read(path).split("\n")[:12]), re.M) \
                and source.name(path) not in listed:
            problems.append(f"{source.name(path)}:1: says it is made, but tests/shape/generated.txt does not list it")
    source.report(f"generated files ({len(rules)})", problems)


main()
