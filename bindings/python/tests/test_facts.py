# SPDX-License-Identifier: Apache-2.0
"""Facts of a movement from Python."""
import unittest

from mt940connect.facts import Facts, FactKind
from mt940connect.tax_id import TaxIdKind

TEXT = "GELEN EFT YILDIZ MARKET LTD.ŞTİ. TR780006701000000011111111 SORGU NO:1414049 VKN:1112223339"


class FactsTest(unittest.TestCase):
    def test_everything_has_its_place(self):
        facts = Facts.read(TEXT, sign=1)
        self.assertEqual((facts.iban, facts.tax_id), ("TR780006701000000011111111", "1112223339"))
        self.assertIn(FactKind.EFT, facts.kinds)
        self.assertEqual(facts.tax_ids[0].kind, TaxIdKind.VKN)
        where = facts.ibans[0].where
        self.assertEqual((where.field, TEXT[where.start:where.end]), ("narrative", "TR780006701000000011111111"))
        self.assertEqual((facts.query_number.text, TEXT[facts.query_number.start:facts.query_number.end]),
                         ("1414049", "1414049"))
        self.assertIsNone(facts.rate)

    def test_the_own_account_is_dropped(self):
        facts = Facts.read(TEXT, own_iban="TR780006701000000011111111", own_tax_id="1112223339", sign=1)
        self.assertEqual((facts.ibans, facts.iban, facts.tax_ids), ((), None, ()))
        self.assertTrue(facts.own_iban_seen)

    def test_nothing(self):
        facts = Facts.read("")
        self.assertEqual((facts.kinds, facts.ibans, facts.iban, facts.name), (FactKind(0), (), None, None))


if __name__ == "__main__":
    unittest.main()
