# SPDX-License-Identifier: Apache-2.0
"""Statements back to bytes: exact ones are those that were read, canonical ones say the same when read again."""
import os
import unittest
from pathlib import Path

import mt940connect

FRAGMENTS = Path(os.environ["MT940_FRAGMENTS"])
DATA = (FRAGMENTS / "C01.sta").read_bytes()


def values(document):
    return [(s.type, s.reference, s.account.text, s.number, s.opening and s.opening.signed,
             s.closing and s.closing.signed, s.balanced,
             [(e.value_date, e.entry_date, e.signed, e.code, e.customer_reference, e.bank_reference, e.text) for e in s])
            for s in document]


class Write(unittest.TestCase):
    def test_exact_is_what_was_read(self):
        for path in sorted(FRAGMENTS.glob("*.sta")):
            with self.subTest(path.stem):
                data = path.read_bytes()
                self.assertEqual(mt940connect.write(mt940connect.parse(data), exact=True), data)

    def test_canonical_is_read_as_the_same(self):
        for path in sorted(FRAGMENTS.glob("*.sta")):
            if path.stem == "C17":
                continue
            with self.subTest(path.stem):
                document = mt940connect.parse(path.read_bytes())
                again = mt940connect.parse(mt940connect.write(document))
                self.assertEqual(values(again), values(document))

    def test_a_movement_that_could_not_be_read_is_refused(self):
        document = mt940connect.parse((FRAGMENTS / "C17.sta").read_bytes())
        with self.assertRaises(mt940connect.FormatError):
            mt940connect.write(document)
        self.assertTrue(mt940connect.write(document, exact=True))

    def test_envelopes_and_batches(self):
        out = mt940connect.write(mt940connect.parse(DATA + b"\r\n" + DATA), envelope="fin", batch="rje",
                                 sender="TGBATRIS", receiver="TGBATRISXXX")
        self.assertEqual(out.count(b"{1:F01TGBATRISAXXX"), 2)
        self.assertEqual(out.count(b"\r\n$\r\n"), 1)
        self.assertEqual(len(mt940connect.parse(out)), 2)

    def test_strict_names_what_it_refuses(self):
        document = mt940connect.parse(DATA.replace(b":20:", b":20:MORE THAN SIXTEEN CHARACTERS "))
        self.assertIn(b"MORE THAN SIXTEEN", mt940connect.write(document))
        with self.assertRaises(mt940connect.FormatError) as caught:
            mt940connect.write(document, strict=True)
        self.assertEqual(caught.exception.tag, "20")

    def test_wrong_arguments(self):
        document = mt940connect.parse(DATA)
        for wrong in ({"envelope": "letter"}, {"batch": "heap"}):
            with self.assertRaises(mt940connect.ArgumentError):
                mt940connect.write(document, **wrong)
        with self.assertRaises(mt940connect.FormatError):
            mt940connect.write(document, envelope="fin", sender="not a bic")

    def test_nothing_is_nothing(self):
        self.assertEqual(mt940connect.write(mt940connect.parse(b"")), b"")
        self.assertEqual(mt940connect.write(mt940connect.parse(b""), exact=True), b"")


if __name__ == "__main__":
    unittest.main()
