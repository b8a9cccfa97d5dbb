#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Adds up the last `meson test` of a build directory, case by case, and says which cases failed or were skipped, and what they said.

usage: summary.py BUILD_DIRECTORY        last line: "N passed, N failed[, N skipped]"; exit 1 when one failed
"""
import sys
import xml.etree.ElementTree as tree
from pathlib import Path


MOST = 12  # lines of what a failed suite printed that are told again


def told(node):
    """What a suite or case said last, a line that says what is wrong before the others."""
    lines = [line for kind in ("system-out", "system-err") for line in (node.findtext(kind) or "").splitlines()]
    wrong = [number for number, line in enumerate(lines) if line.startswith("not ok")]
    first = wrong[0] if wrong else max(len(lines) - MOST, 0)
    return "".join(f"\n  {line}" for line in lines[first:first + MOST])


def main(build):
    report = Path(build, "meson-logs", "testlog.junit.xml")
    if not report.exists():
        print("No test ran.\n0 passed, 1 failed")
        return 1
    passed, failed, skipped = 0, [], []
    for suite in tree.parse(report).getroot().iter("testsuite"):
        before = len(failed)
        for case in suite.iter("testcase"):
            name = f"{suite.get('name')}: {case.get('name')}"
            if case.find("failure") is not None or case.find("error") is not None:
                failed.append(name + told(case))
            elif case.find("skipped") is not None:
                skipped.append(name)
            else:
                passed += 1
        # A suite that broke off (crash, wrong count of cases) may hold good cases only.
        if suite.find("error") is not None or int(suite.get("errors", 0)) > len(suite.findall("testcase/error")):
            failed.append(f"{suite.get('name')}: broke off")
        if len(failed) > before:
            failed[-1] += told(suite)
    for title, names in (("Failed", failed), ("Skipped", skipped)):
        for name in names:
            print(f"{title}: {name}")
    print(f"{passed} passed, {len(failed)} failed" + (f", {len(skipped)} skipped" if skipped else ""))
    return 1 if failed or not passed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
