# SPDX-License-Identifier: Apache-2.0
"""Envelopes of FIN messages from Python."""
import datetime
import pickle
import unittest

import mt940connect

BLOCK1 = b"{1:F01FIRMTRISAXXX0412004711}"
OUTPUT = b"{2:O9400915260715BANKTRISA06177770004712607150916N}"
TEXT = (b":20:A\r\n:25:DE1/2\r\n:28C:1/1\r\n:60F:C260101EUR1,00\r\n:61:260102C1,00NTRFNONREF\r\n"
        b":62F:C260102EUR2,00\r\n")
WHOLE = BLOCK1 + OUTPUT + b"{3:{108:REF1}}{4:\r\n" + TEXT + b"-}{5:{CHK:0123456789AB}{PDE:}}{S:{COP:P}}\r\n"


class EnvelopeTest(unittest.TestCase):
    def test_of_a_statement(self):
        document = mt940connect.parse(WHOLE)
        envelope = document[0].envelope
        self.assertEqual((envelope.sender, envelope.receiver), ("BANKTRIS061", "FIRMTRIS"))
        self.assertEqual((envelope.direction, envelope.type, envelope.priority), ("output", "940", "N"))
        self.assertEqual(envelope.input, datetime.datetime(2026, 7, 15, 9, 15))
        self.assertEqual(envelope.get("3", "108"), "REF1")
        self.assertEqual(envelope.get("S", "COP"), "P")
        self.assertIsNone(envelope.get("5", "108"))
        self.assertTrue(envelope.possible_duplicate)
        self.assertFalse(envelope.training)
        self.assertEqual(envelope.flaws, ())
        self.assertEqual([finding.code for finding in document.findings], ["POSSIBLE_DUPLICATE_MARK"])
        self.assertEqual(pickle.loads(pickle.dumps(envelope)), envelope)

    def test_of_a_bare_message(self):
        self.assertIsNone(mt940connect.parse(TEXT)[0].envelope)

    def test_broken_ones_have_flaws_in_their_place(self):
        data = b"\r\n" + BLOCK1[:-1] + OUTPUT + b"{4:\r\n" + TEXT + b"-}{5:{CHK:12}}\r\n"
        first, second = mt940connect.parse(data)[0].envelope.flaws
        self.assertEqual((first.block, first.damaged, first.offset), ("1", True, 5))
        self.assertEqual((second.block, second.damaged), ("5", False))
        self.assertEqual(data[second.offset:second.offset + 2], b"12")

    def test_messages_of_a_batch(self):
        data = WHOLE + b"$\r\n" + BLOCK1 + b"{2:I103FIRMTRISXXXXU3003}{4:\r\n:20:B\r\n-}\r\n"
        first, second = mt940connect.read_envelopes(data)
        self.assertEqual((first.type, second.type), ("940", "103"))
        self.assertEqual((second.direction, second.delivery, second.obsolescence), ("input", "3", "003"))
        self.assertIsNone(second.input)
        self.assertEqual(list(mt940connect.read_envelopes(TEXT)), [])

    def test_written_again(self):
        document = mt940connect.parse(WHOLE)
        again = mt940connect.parse(mt940connect.write(document, envelope="keep"))
        self.assertEqual(again[0].envelope, document[0].envelope)
        self.assertIsNone(mt940connect.parse(mt940connect.write(document))[0].envelope)


if __name__ == "__main__":
    unittest.main()
