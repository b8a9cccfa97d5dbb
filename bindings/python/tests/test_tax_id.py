# SPDX-License-Identifier: Apache-2.0
"""Tax numbers from Python."""
import unittest

from mt940connect import TaxIdKind, check_tckn, check_vkn, check_voen, find_tax_ids


class TaxId(unittest.TestCase):
    def test_checks(self):
        self.assertIsNone(check_vkn("1112223339"))
        self.assertEqual(check_vkn("1112223338"), "BAD_CHECKSUM")
        self.assertEqual(check_vkn("111"), "BAD_LENGTH")
        self.assertIsNone(check_tckn("12345678950"))
        self.assertEqual(check_tckn("02345678950"), "BAD_FORM")
        self.assertIsNone(check_voen("1700345601"))

    def test_find_counts_in_characters(self):
        text = "ÖDEME ŞUBE VKN:1112223339"
        [found] = find_tax_ids(text)
        self.assertEqual((found.kind, found.labelled, found.digits), (TaxIdKind.VKN, True, "1112223339"))
        self.assertEqual(text[found.start:found.end], "1112223339")


if __name__ == "__main__":
    unittest.main()
