# SPDX-License-Identifier: Apache-2.0
"""IBANs from Python."""
import pickle
import unittest

from mt940connect import Bank, BankBranch, FormatError, Iban, check_ibans, find_ibans

OWN = "TR140006200119000001234567"


class IbanTest(unittest.TestCase):
    def test_valid(self):
        iban = Iban.judge("tr14 0006 2001 1900 0001 2345 67")
        self.assertTrue(iban.valid)
        self.assertEqual((iban.canonical, iban.country, iban.reason, iban.position), (OWN, "TR", None, None))
        self.assertEqual(iban.bank_code, "00062")
        self.assertEqual(iban.printed, "TR14 0006 2001 1900 0001 2345 67")
        self.assertEqual(iban.masked(), "TR14" + "*" * 18 + "4567")
        self.assertEqual(str(iban), OWN)

    def test_strict_takes_the_electronic_form_only(self):
        self.assertTrue(Iban.judge(OWN, strict=True).valid)
        self.assertEqual(Iban.judge("TR14 0006200119000001234567", strict=True).reason, "BAD_CHARACTER")

    def test_refused(self):
        for text, reason in (("TR150006200119000001234567", "BAD_CHECKSUM"), ("TR14", "BAD_LENGTH"),
                             ("XX140006200119000001234567", "BAD_COUNTRY"), ("", "BAD_LENGTH")):
            with self.subTest(text):
                self.assertEqual(Iban.judge(text).reason, reason)
                with self.assertRaises(FormatError):
                    Iban.of(text)

    def test_every_single_wrong_digit_is_seen(self):
        for at in range(2, len(OWN)):
            wrong = OWN[:at] + str((int(OWN[at]) + 1) % 10) + OWN[at + 1:]
            self.assertFalse(Iban.judge(wrong).valid, wrong)

    def test_suggestions(self):
        swapped = OWN[:10] + OWN[11] + OWN[10] + OWN[12:]
        self.assertNotEqual(swapped, OWN)
        self.assertIn(OWN, [s.canonical for s in Iban.judge(swapped).suggestions()])
        self.assertEqual(Iban.judge(OWN).suggestions(), [])

    def test_build(self):
        self.assertEqual(Iban.build("TR", bank="62", account="119000001234567"), Iban.of(OWN))
        with self.assertRaises(FormatError):
            Iban.build("TR", bank="123456789", account="1")

    def test_find_counts_in_characters(self):
        text = "Gönderen: ŞİRKET TR14 0006 2001 1900 0001 2345 67 Ödeme"
        [found] = find_ibans(text)
        self.assertEqual(found.canonical, OWN)
        self.assertEqual(text[found.start:found.end].replace(" ", ""), OWN)

    def test_many_are_judged_as_one(self):
        texts = [OWN, "TR14 0006 2001 1900 0001 2345 67", "TR15" + OWN[4:], "XX", "", "İ", "BJ66BJ0610100100144390000769"]
        for options in ({}, {"strict": True}, {"unofficial": True}):
            reasons = [Iban.judge(text, **options).reason for text in texts]
            self.assertEqual(check_ibans(texts, **options), reasons)
            self.assertEqual(check_ibans(tuple(texts) * 1000, **options), reasons * 1000)
        self.assertEqual(check_ibans([]), [])
        with self.assertRaises(TypeError):
            check_ibans([OWN, 5])
        with self.assertRaises(TypeError):
            check_ibans(7)
        with self.assertRaises(UnicodeEncodeError):
            check_ibans(["\ud800"])

    def test_surrogates_are_refused_not_crashed_on(self):
        with self.assertRaises(UnicodeEncodeError):
            Iban.judge("TR\ud800")

    def test_banks(self):
        bank = Iban.of(OWN).bank
        self.assertIn("Garanti", bank.name)
        self.assertEqual(Bank.of_bic(bank.bic), bank)
        self.assertIsNone(Bank.of_bic("XXXXXXXX"))
        self.assertIsNone(Iban.judge("TR15" + OWN[4:]).bank)

    def test_pickle(self):
        self.assertEqual(pickle.loads(pickle.dumps(Iban.of(OWN))), Iban.of(OWN))


class BankBranchTest(unittest.TestCase):
    def test_forms(self):
        for text in ("0062_00119", "62-119", "62/119", "62 119", "62.119"):
            self.assertEqual(BankBranch.parse(text), BankBranch(62, 119))
        self.assertEqual(str(BankBranch(62, 119)), "0062_00119")
        with self.assertRaises(FormatError):
            BankBranch.parse("Garanti")


if __name__ == "__main__":
    unittest.main()
