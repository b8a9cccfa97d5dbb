#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""A folder of many files, received twice: the second time nothing is new. usage: many_files.py PROGRAM COUNT STATEMENT

Prints processor seconds of both and, as the floor, of sha256sum over the same files in the same run. Exit 1 when the
second one takes more than 2 s of processor time for each 10,000 files, or finds something new.
"""
import os
import re
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path


def timed(*words, **options):
    """Output, processor seconds and seconds by the clock of a command."""
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    run = subprocess.run(words, capture_output=True, check=True, **options)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return run.stdout.decode(), used, time.monotonic() - begun


def main(program, count, statement):
    count, program, content = int(count), os.path.abspath(program), Path(statement).read_bytes()
    with tempfile.TemporaryDirectory(prefix="mt940-many-") as folder:
        (Path(folder) / "in").mkdir()
        for number in range(count):
            account = re.sub(rb":25:[^\r\n]+", b":25:TR%024d" % number, content)
            (Path(folder) / "in" / f"{number:06}.sta").write_bytes(account)
        timed(program, "init", "--title", "Firma", cwd=folder)
        timed(program, "connect", "folder:in", cwd=folder)
        first = timed(program, "receive", cwd=folder)
        floor = timed("sh", "-c", "find in -name '*.sta' -exec sha256sum {} + >/dev/null", cwd=folder)
        second = timed(program, "receive", cwd=folder)
    for name, (_, used, clock) in (("first", first), ("second", second), ("sha256sum", floor)):
        print(f"{name}: {used:.2f} s of processor time, {clock:.2f} s by the clock, {used / floor[1]:.1f} x sha256sum")
    good = f"{count} files: 0 taken, {count} known" in second[0] and second[1] * 10000 / count <= 2
    return 0 if good else 1


sys.exit(main(*sys.argv[1:]))
