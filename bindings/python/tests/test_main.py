# SPDX-License-Identifier: Apache-2.0
"""python -m mt940connect, and that it says the same as the command."""
import contextlib
import io
import json
import os
import subprocess
import tempfile
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

    def test_match(self):
        with tempfile.TemporaryDirectory() as folder:
            books = Path(folder)
            (books / "companies.csv").write_text("code;title;tax_id;local_currency\nDEMO;Örnek A.Ş.;9998887774;TRY\n",
                                                 encoding="cp1254")
            (books / "bank_accounts.csv").write_text("code,iban,currency\n102.01,TR140006200119000001234567,TRY\n")
            (books / "customers.csv").write_text("code,name,type,active\n120.001,Yıldız Market,buyer,yes\n",
                                                 encoding="utf-8-sig")
            (books / "customer_banks.csv").write_text("customer,slot,iban\n120.001,1,TR780006701000000011111111\n")
            code, out, _ = run("match", "--books", books, FRAGMENTS[0])
            first = json.loads(out.splitlines()[0])
            self.assertEqual((code, first["decision"], first["customer"], first["slot"]), (0, "auto", "120.001", 1))
            self.assertEqual((first["veto"], first["remarks"]), ([], []))
            self.assertEqual(first["candidates"][0]["evidence"][0]["place"]["field"], "narrative")
            (books / "customers.csv").write_text("code,name,active\n120.001,Yıldız,perhaps\n", encoding="utf-8")
            code, _, err = run("match", "--books", books, FRAGMENTS[0])
            self.assertEqual((code, "customers.csv:2" in err), (2, True))
        self.assertEqual(run("match", "--books", books, FRAGMENTS[0])[0], 2)

    def test_bad_calls(self):
        self.assertEqual(run("parse", FRAGMENTS[0].parent / "absent")[0], 2)
        self.assertEqual(run("fly")[0], 2)
        self.assertEqual(run("parse", FRAGMENTS[0], "--charset", "klingon")[0], 2)

    @unittest.skipUnless(CLI, "the command was not built")
    def test_the_command_says_the_same_of_ibans(self):
        ibans = ["TR140006200119000001234567", "tr14 0006 2001 1900 0001 2345 67", "AZ78NABZ00000000000000000123",
                 "DE89370400440532013000", "TR150006200119000001234567", "XX00", "TR14"]
        # One a line: words on the command's own command line may be groups of one IBAN.
        command = subprocess.run([CLI, "--lang", "en", "iban", "-"], input="\n".join(ibans) + "\n",
                                 capture_output=True, text=True)
        code, out, _ = run("iban", *ibans)
        self.assertEqual(command.returncode, code)
        theirs, ours = ([json.loads(line) for line in text.splitlines()] for text in (command.stdout, out))
        self.assertEqual(theirs, ours)

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
