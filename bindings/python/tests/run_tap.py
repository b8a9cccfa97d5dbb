#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Runs unittest modules and speaks TAP, so that every test counts. usage: run_tap.py MODULE-FILE..."""
import importlib.util
import sys
import traceback
import unittest
from pathlib import Path


class TapResult(unittest.TestResult):
    """One line per test, subtests counted with theirs."""

    def __init__(self):
        super().__init__()
        self.number, self.bad = 0, False

    def line(self, good, test, note=""):
        self.number += 1
        print(f"{'ok' if good else 'not ok'} {self.number} - {test.id().removeprefix('__main__.')}{note}", flush=True)

    def startTest(self, test):
        super().startTest(test)
        self.bad = False

    def failed(self, error):
        self.bad = True
        text = "".join(traceback.format_exception(*error))
        print("\n".join("# " + line for line in text.splitlines()))

    def addError(self, test, error):
        super().addError(test, error)
        self.failed(error)
        if not isinstance(test, unittest.TestCase):
            self.line(False, test)

    def addFailure(self, test, error):
        super().addFailure(test, error)
        self.failed(error)

    def addSubTest(self, test, subtest, error):
        super().addSubTest(test, subtest, error)
        if error:
            print(f"# in {subtest.id()}")
            self.failed(error)

    def addSkip(self, test, reason):
        super().addSkip(test, reason)
        self.line(True, test, f" # SKIP {reason}")
        self.skipped_now = test

    def stopTest(self, test):
        if getattr(self, "skipped_now", None) is not test:
            self.line(not self.bad, test)
        super().stopTest(test)


def main(paths):
    suite = unittest.TestSuite()
    for path in map(Path, paths):
        sys.path.insert(0, str(path.parent))
        spec = importlib.util.spec_from_file_location(path.stem, path)
        module = importlib.util.module_from_spec(spec)
        sys.modules[path.stem] = module
        spec.loader.exec_module(module)
        suite.addTests(unittest.defaultTestLoader.loadTestsFromModule(module))
    result = TapResult()
    suite.run(result)
    print(f"1..{result.number}")
    return 0 if result.number else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
