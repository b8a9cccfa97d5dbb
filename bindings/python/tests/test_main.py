# SPDX-License-Identifier: Apache-2.0
"""python -m mt940connect, and that it says the same as the command."""
import contextlib
import io
import json
import os
import subprocess
import unittest
from pathlib import Path

from mt940connect.__main__ import main

FRAGMENTS = sorted(Path(os.environ["MT940_FRAGMENTS"]).glob("*.sta"))
CLI = os.environ.get("MT940_CLI")


def run(*arguments):
    """Exit code, standard output and standard error of a run in this process."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        try:
            code = main([str(a) for a in arguments])
        except SystemExit as stop:
            code = stop.code
    return code, out.getvalue(), err.getvalue()


class Main(unittest.TestCase):
    def test_parse(self):
        code, out, _ = run("parse", FRAGMENTS[0])
        [statement] = map(json.loads, out.splitlines())
        self.assertEqual((code, statement["v"], statement["closing"]["amount"]), (0, 1, "112487.52"))
        self.assertEqual(statement["entries"][0]["counterparty"]["iban"], "TR780006701000000011111111")

    def test_check(self):
        code, out, _ = run("check", FRAGMENTS[0])
        self.assertEqual((code, out.splitlines()[-1]), (0, f"{FRAGMENTS[0]}: good, 1 statements, 3 entries"))

    def test_iban(self):
        code, out, _ = run("iban", "TR140006200119000001234567", "TR150006200119000001234567")
        good, bad = map(json.loads, out.splitlines())
        self.assertEqual((code, good["valid"], bad["reason"]), (1, True, "BAD_CHECKSUM"))

    def test_bad_calls(self):
        self.assertEqual(run("parse", FRAGMENTS[0].parent / "absent")[0], 2)
        self.assertEqual(run("fly")[0], 2)
        self.assertEqual(run("parse", FRAGMENTS[0], "--charset", "klingon")[0], 2)

    @unittest.skipUnless(CLI, "the command was not built")
    def test_the_command_says_the_same(self):
        """Both faces of the library give one truth: every fragment, every member."""
        for path in FRAGMENTS:
            with self.subTest(path.name):
                command = subprocess.run([CLI, "--lang", "en", "parse", str(path)], capture_output=True, text=True)
                code, out, _ = run("parse", path)
                self.assertEqual(command.returncode, code)
                theirs, ours = ([json.loads(line) for line in text.splitlines()] for text in (command.stdout, out))
                self.assertEqual(len(theirs), len(ours))
                for other, own in zip(theirs, ours):
                    other.pop("ids", None)
                    self.assertEqual(other, own)


if __name__ == "__main__":
    unittest.main()
