# SPDX-License-Identifier: Apache-2.0
"""Sub-fields of narratives from Python."""
import os
import unittest
from pathlib import Path

import mt940connect
from mt940connect import Narrative

GERMAN = (b"166?00SEPA-GUTSCHRIFT?20EREF+2026-17?21SVWZ+Rechnung 4711?22 vom 15.07."
          b"?30COBADEFFXXX?31DE89370400440532013000?32MUSTER GMBH")


class NarrativeTest(unittest.TestCase):
    def test_numbered_sub_fields(self):
        narrative = Narrative.read(GERMAN, sign=1)
        self.assertEqual(narrative.dialect, "gvc")
        self.assertEqual(narrative.iban, "DE89370400440532013000")
        self.assertEqual((narrative.values["name"], narrative.values["bic"]), ("MUSTER GMBH", "COBADEFFXXX"))
        self.assertIn("Rechnung 4711", narrative.values["purpose"])
        self.assertIn(("32", "MUSTER GMBH"), [(field.code, field.value) for field in narrative.fields])

    def test_free_text_has_none(self):
        narrative = Narrative.read("GELEN EFT YILDIZ MARKET LTD.ŞTİ.".encode("cp1254"), charset="windows-1254")
        self.assertEqual((narrative.dialect, narrative.fields, narrative.values), ("free", (), {}))
        self.assertEqual(narrative.text, "GELEN EFT YILDIZ MARKET LTD.ŞTİ.")

    def test_more_sub_fields_than_usual(self):
        many = b"166?00X" + b"".join(b"?%02dA" % (20 + i % 10) for i in range(500))
        self.assertGreater(len(Narrative.read(many).fields), 64)

    def test_of_a_statement(self):
        statement = mt940connect.parse_file(Path(os.environ["MT940_FRAGMENTS"]) / "C18.sta")[0]
        narrative = statement.narrative(statement.entries[0])
        self.assertEqual((narrative.dialect, narrative.values["name"]), ("slash", "ABC GMBH"))


if __name__ == "__main__":
    unittest.main()
