# SPDX-License-Identifier: Apache-2.0
"""Statements from Python: values are exact, bytes are kept, findings are data."""
import dataclasses
import datetime
import mmap
import os
import pickle
import tempfile
import unittest
from decimal import Decimal
from pathlib import Path

import mt940connect

FRAGMENTS = Path(os.environ["MT940_FRAGMENTS"])


def fragment(name):
    return (FRAGMENTS / f"{name}.sta").read_bytes()


class Reading(unittest.TestCase):
    def test_values(self):
        document = mt940connect.parse(fragment("C01"))
        [statement] = document
        self.assertEqual((statement.reference, statement.number, statement.sequence), ("2607150001", "00135", "001"))
        self.assertEqual(statement.account.iban, "TR140006200119000001234567")
        self.assertEqual((statement.opening.amount, statement.opening.currency), (Decimal("100000.00"), "TRY"))
        self.assertEqual(statement.closing.date, datetime.date(2026, 7, 15))
        self.assertIs(statement.balanced, True)
        first = statement.entries[0]
        self.assertIsInstance(first.amount, Decimal)
        self.assertEqual([str(e.signed) for e in statement.entries], ["12500.75", "-12.60", "-0.63"])
        self.assertEqual((first.code, first.customer_reference, first.bank_reference, first.mark),
                         ("TRF", "NONREF", "DK0000123456", "C"))
        self.assertEqual(first.raw, b"2607150715CY000000012500,75NTRFNONREF//DK0000123456")
        self.assertIn("YILDIZ MARKET", first.text)
        self.assertIn(b"\r\n SORGU NO", first.raw_narrative)
        self.assertTrue(document.good)

    def test_text_is_decoded_and_bytes_are_kept(self):
        [statement] = mt940connect.parse(fragment("C03"))
        self.assertEqual(statement.charset, "windows-1254")
        self.assertIn("Tahsilatı - OTOMATİK", statement.entries[0].text)
        self.assertIn("Tahsilatı".encode("cp1254"), statement.entries[0].raw_narrative)

    def test_every_fragment_adds_up_or_says_why_not(self):
        names = sorted(path.stem for path in FRAGMENTS.glob("*.sta"))
        self.assertEqual(len(names), 20)
        for name in names:
            with self.subTest(name):
                document = mt940connect.parse(fragment(name))
                self.assertTrue(len(document) or document.findings)
                for statement in document:
                    total = sum((entry.signed for entry in statement), Decimal(0))
                    if statement.balanced:
                        self.assertEqual(statement.opening.signed + total, statement.closing.signed)

    def test_any_buffer_will_do(self):
        data = fragment("C01")
        expected = mt940connect.parse(data)[0].entries
        for other in (bytearray(data), memoryview(data)):
            self.assertEqual(mt940connect.parse(other)[0].entries, expected)
        with tempfile.TemporaryFile() as file:
            file.write(data)
            file.flush()
            with mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as mapped:
                document = mt940connect.parse(mapped)
                self.assertEqual(document[0].entries, expected)
                del document

    def test_files(self):
        self.assertEqual(mt940connect.parse_file(FRAGMENTS / "C01.sta")[0].entries,
                         mt940connect.parse(fragment("C01"))[0].entries)
        with self.assertRaises(FileNotFoundError):
            mt940connect.parse_file(FRAGMENTS / "absent.sta")

    def test_entries_are_plain_data(self):
        entry = mt940connect.parse(fragment("C01"))[0].entries[0]
        self.assertEqual(pickle.loads(pickle.dumps(entry)), entry)
        with self.assertRaises(dataclasses.FrozenInstanceError):
            entry.amount = Decimal(1)


class Findings(unittest.TestCase):
    def test_nothing_is_silent(self):
        for data in (b"", b"not a statement\r\n", b"\x00\xff" * 100):
            document = mt940connect.parse(data)
            self.assertEqual(len(document), 0)
            self.assertFalse(document.good)

    def test_a_wrong_balance_is_an_error_finding(self):
        document = mt940connect.parse(fragment("C01").replace(b"TRY000000112487,52", b"TRY000000112487,53"))
        self.assertIs(document[0].balanced, False)
        [finding] = [f for f in document.findings if f.code == "BALANCE_MISMATCH"]
        self.assertEqual((finding.severity, finding.tag), ("error", "62F"))
        self.assertIn("112", finding.text)
        self.assertNotEqual(finding.text, finding.turkish)
        self.assertEqual(len(document[0].entries), 3)

    def test_strict_refuses_repairs(self):
        data = fragment("C04")
        lenient = [f for f in mt940connect.parse(data).findings if f.severity == "repair"]
        strict = mt940connect.parse(data, strict=True)
        self.assertTrue(lenient)
        self.assertFalse(strict.good)
        self.assertEqual(len(strict[0].entries), 3)
        named = mt940connect.parse(data, refuse=[lenient[0].code])
        self.assertIn(lenient[0].code, [f.code for f in named.findings if f.severity == "error"])


class Ids(unittest.TestCase):
    def test_stable_and_different(self):
        [first] = mt940connect.parse(fragment("C01")).ids("DEMO")
        [again] = mt940connect.parse(fragment("C01").replace(b"\r\n", b"\n")).ids("DEMO")
        self.assertEqual(first, again)
        self.assertEqual(len(set(first)), 3)
        self.assertTrue(all(number.startswith("1:") for number in first))
        self.assertNotEqual(mt940connect.parse(fragment("C01")).ids("OTHER"), [first])

    def test_second_keys_know_a_movement_in_another_statement(self):
        daily = fragment("C01")
        monthly = daily.replace(b":28C:00135/001", b":28C:00007/001").replace(b"2607150001", b"2607310009")
        self.assertNotEqual(monthly, daily)
        first, again = mt940connect.parse(daily), mt940connect.parse(monthly)
        self.assertNotEqual(first.ids("DEMO"), again.ids("DEMO"))
        self.assertEqual(first.second_keys(), again.second_keys())
        [keys] = first.second_keys()
        self.assertEqual(len(set(keys)), 3)
        self.assertTrue(all(key.startswith("2:") for key in keys))
        self.assertEqual(first.second_keys(first[0].account.iban), [keys])
        self.assertNotEqual(first.second_keys("102.01"), [keys])


if __name__ == "__main__":
    unittest.main()
