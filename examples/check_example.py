#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs an example and compares its output and exit code.

usage: check_example.py EXPECTED PROGRAM [ARGUMENT...] [<INPUT]

EXPECTED holds standard output and then standard error; a last line "exit N" when the code is not 0. Paths in the output
are cut to their last part. With UPDATE=1 in the environment EXPECTED is written instead.
"""
import difflib
import os
import re
import subprocess
import sys
from pathlib import Path


def main(expected, *command):
    source = None
    if command[-1].startswith("<"):
        source, command = Path(command[-1][1:]).read_bytes(), command[:-1]
    result = subprocess.run(command, input=source, capture_output=True)
    text = (result.stdout + result.stderr).decode("utf-8")
    text = re.sub(r"(?<!\S)/(?:[^\s/:]+/)+([^\s/:]+)", r"\1", text)
    if result.returncode:
        text += f"exit {result.returncode}\n"
    if os.environ.get("UPDATE"):
        Path(expected).write_text(text, encoding="utf-8")
    wanted = Path(expected).read_text(encoding="utf-8").splitlines()
    difference = list(difflib.unified_diff(wanted, text.splitlines(), "expected", "found", lineterm=""))
    print("\n".join(difference) or "as expected")
    return 1 if difference else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
