#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Compiles every public header alone, as C99 and C11 -pedantic and as C++11, with warnings as errors. Speaks TAP.

usage: compile_headers.py INCLUDE_DIRECTORY CC[,ARG...] [CXX[,ARG...]]
Each header is included twice, so a missing guard shows; in C++ a function pointer of another linkage would too.
"""
import subprocess
import sys
from pathlib import Path

WARNINGS = ["-Wall", "-Wextra", "-Wpedantic", "-Wundef", "-Werror", "-fsyntax-only"]


def main(include, cc, cxx=None):
    headers = sorted(Path(include, "mt940connect").rglob("*.h"))
    modes = [(cc, ["-x", "c", "-std=c99", "-Wstrict-prototypes"]), (cc, ["-x", "c", "-std=c11", "-m32"])]
    if subprocess.run([*cc.split(","), "-m32", "-x", "c", "-fsyntax-only", "-"], input=b"#include <stdint.h>\n",
                      capture_output=True).returncode:
        modes.pop()
    if cxx:
        modes.append((cxx, ["-x", "c++", "-std=c++11", "-Wold-style-cast"]))
    print(f"1..{len(headers) * len(modes)}")
    number = 0
    for header in headers:
        name = header.relative_to(include).as_posix()
        for compiler, flags in modes:
            number += 1
            result = subprocess.run([*compiler.split(","), *flags, *WARNINGS, "-I", include, "-"], text=True,
                                    input=f'#include "{name}"\n#include "{name}"\n', capture_output=True)
            good = result.returncode == 0
            print(f"{'ok' if good else 'not ok'} {number} - {name} as {flags[2][5:]}")
            if not good:
                print("\n".join("# " + line for line in result.stderr.splitlines()))
    # TAP says which failed; the exit code is for a run that saw nothing.
    return 0 if headers else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
