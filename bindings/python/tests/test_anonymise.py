# SPDX-License-Identifier: Apache-2.0
"""Statements to show to others: what stays is read again, what is replaced is gone."""
import os
import unittest
from pathlib import Path

import mt940connect

FRAGMENTS = Path(os.environ["MT940_FRAGMENTS"])
DATA = (FRAGMENTS / "C01.sta").read_bytes()


def facts_of_numbers(document):
    return [(statement.opening and statement.opening.signed, statement.closing and statement.closing.signed,
             statement.balanced, [(e.value_date, e.entry_date, e.mark, e.amount, e.code) for e in statement])
            for statement in document], [(f.code, f.line, f.offset) for f in document.findings]


class Anonymise(unittest.TestCase):
    def test_names_and_accounts_go(self):
        out = mt940connect.anonymise(DATA, seed=7)
        self.assertIsInstance(out, bytes)
        self.assertEqual(len(out), len(DATA))
        for word in (b"YILDIZ", b"TR140006200119000001234567", b"DK0000123456"):
            self.assertIn(word, DATA)
            self.assertNotIn(word, out)
        [statement] = mt940connect.parse(out)
        self.assertTrue(mt940connect.Iban.judge(statement.account.iban).valid)

    def test_a_reader_finds_the_same(self):
        for path in sorted(FRAGMENTS.glob("*.sta")):
            with self.subTest(path.stem):
                data = path.read_bytes()
                self.assertEqual(facts_of_numbers(mt940connect.parse(mt940connect.anonymise(data, seed=1))),
                                 facts_of_numbers(mt940connect.parse(data)))

    def test_the_seed_decides(self):
        one = mt940connect.anonymise(DATA, seed=2**64 - 1)
        self.assertEqual(mt940connect.anonymise(DATA, seed=2**64 - 1), one)
        self.assertNotEqual(mt940connect.anonymise(DATA, seed=0), one)

    def test_a_seed_is_drawn(self):
        drawn = {mt940connect.anonymise(DATA) for _ in range(3)}
        self.assertEqual(len(drawn), 3)
        self.assertNotIn(mt940connect.anonymise(DATA, seed=0), drawn)

    def test_any_buffer_will_do_and_stays_as_it_is(self):
        source = bytearray(DATA)
        self.assertEqual(mt940connect.anonymise(memoryview(source), seed=3), mt940connect.anonymise(DATA, seed=3))
        self.assertEqual(source, DATA)
        source.append(0)
        self.assertEqual(mt940connect.anonymise(b""), b"")

    def test_wrong_arguments(self):
        for seed in (-1, 2**64):
            with self.assertRaises(OverflowError):
                mt940connect.anonymise(DATA, seed=seed)
        with self.assertRaises(TypeError):
            mt940connect.anonymise("a str has no bytes", seed=1)
        with self.assertRaises(mt940connect.ArgumentError):
            mt940connect.anonymise(DATA, max_field=0)

    def test_the_limit(self):
        large = DATA.replace(b"YILDIZ MARKET", b"YILDIZ MARKET\r\n" * 20000)
        with self.assertRaises(mt940connect.LimitError):
            mt940connect.anonymise(large, seed=1, max_field=1000)
        self.assertEqual(len(mt940connect.anonymise(large, seed=1)), len(large))


if __name__ == "__main__":
    unittest.main()
