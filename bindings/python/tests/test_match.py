# SPDX-License-Identifier: Apache-2.0
"""Matching from Python: decisions with reasons, over the sample statements."""
import os
import unittest
from pathlib import Path

import mt940connect
from mt940connect import Directory
from mt940connect.money import to_minor
from mt940connect.records import BankAccount, Choice, Company, Customer, CustomerBank, CustomerType, Payment

FRAGMENTS = Path(os.environ["MT940_FRAGMENTS"])
DEMO = "DEMO"


def directory(**changes):
    """The books of the sample company; `changes` replace a list."""
    books = {
        "bank_accounts": [
            BankAccount(company=DEMO, code="102.01", iban="TR140006200119000001234567", currency="TRY"),
            BankAccount(company=DEMO, code="102.02", iban="TR550011100000000012345678", currency="TRY")],
        "customers": [
            Customer(company=DEMO, code="120.001", name="Yıldız Market Ltd. Şti.", tax_id="1112223339", active=True),
            Customer(company=DEMO, code="120.003", name="İsmail Çağrı Öztürk", tax_id="12345678950", active=True)],
        "customer_banks": [
            CustomerBank(company=DEMO, customer="120.001", slot=1, iban="TR780006701000000011111111"),
            CustomerBank(company=DEMO, customer="120.003", slot=1, iban="TR670001000999000000333333")],
    }
    return Directory(Company(code=DEMO, title="Örnek A.Ş.", tax_id="9998887774", local_currency="TRY"),
                     **{**books, **changes})


def first(name):
    statement = mt940connect.parse_file(FRAGMENTS / f"{name}.sta")[0]
    return statement, statement.entries[0]


class Matching(unittest.TestCase):
    def test_an_iban_decides(self):
        match = directory().match(*first("C01"))
        self.assertEqual((match.decision, match.customer, match.slot, match.choice),
                         ("auto", "120.001", 1, Choice.AUTOMATIC))
        kinds = {evidence.kind for evidence in match.candidates[0].evidence}
        self.assertLessEqual({"iban", "tax-id"}, kinds)
        iban = next(e for e in match.candidates[0].evidence if e.kind == "iban")
        self.assertTrue(iban.strong)
        self.assertIn("TR780006701000000011111111", iban.text)

    def test_reasons_are_told_in_turkish_too(self):
        match = directory().match(*first("C01"), language="tr")
        self.assertTrue(any("kartının" in e.text for e in match.candidates[0].evidence))

    def test_evidence_has_a_place_and_a_match_its_remarks(self):
        statement, entry = first("C01")
        match = directory(customer_banks=[]).match(statement, entry)
        tax_id = next(e for e in match.candidates[0].evidence if e.kind == "tax-id")
        text = entry.text.encode()[tax_id.offset:tax_id.offset + tax_id.length]
        self.assertEqual((tax_id.field, text.decode()), ("narrative", tax_id.value))
        self.assertEqual([(r.severity, r.code) for r in match.remarks], [("info", "IBAN_NOT_IN_BOOKS")])
        self.assertIn("TR780006701000000011111111", match.remarks[0].text)

    def test_the_own_iban_is_no_evidence(self):
        match = directory().match(*first("C20"))
        self.assertEqual((match.decision, match.customer), ("auto", "120.003"))

    def test_open_rows_rank_candidates(self):
        statement, entry = first("C01")
        twins = [Customer(company=DEMO, code=code, name="Yıldız Market Ltd. Şti.", active=True) for code in "AB"]
        books = directory(customers=twins, customer_banks=[])
        rows = [Payment(company=DEMO, customer=code, invoice=f"F{code}", line=1, currency="TRY",
                        amount=to_minor(entry.amount, "TRY") + (code == "A")) for code in "BA"]
        without, match = books.match(statement, entry), books.match(statement, entry, open_rows=rows)
        self.assertEqual([c.customer for c in without.candidates], ["A", "B"])
        self.assertEqual([c.customer for c in match.candidates], ["B", "A"])
        self.assertIn("amount", [e.kind for e in match.candidates[0].evidence])
        self.assertNotEqual(match.decision, "auto")

    def test_several_ask(self):
        twin = Customer(company=DEMO, code="120.002", name="Yıldız Market Şube", active=True, type=CustomerType.BOTH)
        banks = [CustomerBank(company=DEMO, customer=code, slot=1, iban="TR780006701000000011111111")
                 for code in ("120.001", "120.002")]
        match = directory(customers=[Customer(company=DEMO, code="120.001", name="Yıldız Market", active=True), twin],
                          customer_banks=banks).match(*first("C01"))
        self.assertEqual((match.decision, match.customer), ("ask", ""))
        self.assertEqual({c.customer for c in match.candidates}, {"120.001", "120.002"})

    def test_nobody(self):
        match = directory(customers=[], customer_banks=[]).match(*first("C01"))
        self.assertEqual((match.decision, match.candidates), ("none", ()))
        self.assertEqual(match.new_iban, "TR780006701000000011111111")

    def test_a_person_decided(self):
        match = directory().match(*first("C01"), chosen_customer="120.003", chosen_slot=1)
        self.assertEqual((match.decision, match.customer, match.choice), ("auto", "120.003", Choice.USER))

    def test_own_accounts(self):
        statement, entry = first("C14")
        match = directory().match(statement, entry)
        self.assertEqual((match.decision, match.own_account), ("transfer", "102.02"))

    def test_wrong_records_are_named(self):
        with self.assertRaises(mt940connect.ExistsError):
            directory(customers=[Customer(company=DEMO, code="1", name="A"), Customer(company=DEMO, code="1", name="B")])
        with self.assertRaises(AttributeError):
            directory(customers=["not a record"])
        with self.assertRaises(TypeError):
            directory(customers=[Customer(company=DEMO, code=5, name="A")])
        with self.assertRaises(mt940connect.ArgumentError):
            directory(customers=[Customer(company="OTHER", code="1", name="A")])


if __name__ == "__main__":
    unittest.main()
