# SPDX-License-Identifier: Apache-2.0
"""Slip proposals from Python: a movement, its match, and what becomes of them."""
import datetime
import os
import unittest
from pathlib import Path

import mt940connect
from mt940connect import Directory
from mt940connect.money import to_minor
from mt940connect.records import (BankAccount, Choice, Company, Customer, CustomerBank, LineKind, Side, SlipType,
                                  TransactionCode)
from mt940connect.slip import Defaults, SlipOptions, SlipRules, request_from

FRAGMENTS = Path(os.environ["MT940_FRAGMENTS"])
COMPANY = Company(code="DEMO", title="Örnek A.Ş.", tax_id="9998887774", local_currency="TRY")
ACCOUNTS = [BankAccount(company="DEMO", code="102.01", iban="TR140006200119000001234567", currency="TRY"),
            BankAccount(company="DEMO", code="102.02", iban="TR550011100000000012345678", currency="TRY")]
BANKS = [CustomerBank(company="DEMO", customer="120.001", slot=1, iban="TR780006701000000011111111")]
DIRECTORY = Directory(COMPANY, bank_accounts=ACCOUNTS, customer_banks=BANKS,
                      customers=[Customer(company="DEMO", code="120.001", name="Yıldız Market", active=True)])


def propose(name, row=0, rules=None, **changes):
    statement = mt940connect.parse_file(FRAGMENTS / f"{name}.sta")[0]
    entry = statement.entries[row]
    request = request_from(statement, entry, DIRECTORY.match(statement, entry), company=COMPANY,
                           own_accounts=ACCOUNTS, account=ACCOUNTS[0], banks=BANKS)
    for key, value in changes.items():
        setattr(request.movement, key, value)
    return (rules or SlipRules()).propose(request)


class Proposals(unittest.TestCase):
    def test_an_incoming_transfer(self):
        proposal = propose("C01")
        self.assertTrue(proposal.savable, proposal.text)
        self.assertEqual((proposal.type, proposal.slip.amount, proposal.slip.currency),
                         (SlipType.INCOMING_TRANSFER, 1250075, "TRY"))
        self.assertEqual(proposal.slip.date, datetime.date(2026, 7, 15))
        self.assertEqual(proposal.choice, Choice.AUTOMATIC)
        self.assertIn("120.001", [line.customer for line in proposal.lines if line.kind == LineKind.CUSTOMER])

    def test_a_charge_needs_no_customer(self):
        proposal = propose("C01", row=1)
        self.assertEqual((proposal.type, proposal.savable), (SlipType.BANK_TRANSACTION, True))

    def test_between_own_accounts(self):
        proposal = propose("C14")
        self.assertEqual((proposal.type, proposal.decided), (SlipType.OWN_TRANSFER, "own-account"))

    def test_an_undefined_code_says_so_in_two_languages(self):
        proposal = propose("C01", code="XYZ")
        self.assertEqual((proposal.type, proposal.message), (SlipType.UNDEFINED, "UNDEFINED_CODE"))
        self.assertFalse(proposal.savable)
        self.assertIn("XYZ", proposal.text)

    def test_a_person_decides(self):
        proposal = propose("C01", code="XYZ", chosen_type=SlipType.INCOMING_TRANSFER)
        self.assertEqual((proposal.type, proposal.decided), (SlipType.INCOMING_TRANSFER, "user"))

    def test_the_hosts_rules_win(self):
        rule = TransactionCode(company="DEMO", code="XYZ", side=Side.CREDIT, slip_type=SlipType.INCOMING_TRANSFER)
        rules = SlipRules([rule], SlipOptions(defaults=Defaults.ALWAYS))
        proposal = propose("C01", rules=rules, code="XYZ")
        self.assertEqual((proposal.type, proposal.decided), (SlipType.INCOMING_TRANSFER, "code"))
        self.assertEqual(proposal.rule.code, "XYZ")

    def test_two_equal_rules_are_refused(self):
        rule = TransactionCode(company="DEMO", code="XYZ", side=Side.CREDIT, slip_type=SlipType.INCOMING_TRANSFER)
        with self.assertRaises(mt940connect.ExistsError):
            SlipRules([rule, rule])


class Trying(unittest.TestCase):
    """Rules before anybody imports them."""

    def setUp(self):
        self.statement = mt940connect.parse_file(FRAGMENTS / "C01.sta")[0]
        self.entry = self.statement.entries[0]
        self.directory = Directory(COMPANY, bank_accounts=ACCOUNTS, customers=[
            Customer(company="DEMO", code=code, name=f"Cari {code}", active=True) for code in ("120.001", "120.009")])

    def rule(self, text, priority=1, **changes):
        return TransactionCode(company="DEMO", side=Side.CREDIT, priority=priority, text=text,
                               slip_type=SlipType.INCOMING_TRANSFER, **changes)

    def test_the_rule_that_holds(self):
        word = self.entry.text.split()[0]
        rules = SlipRules([self.rule("NOWHERE"), self.rule(word, priority=2, customer="120.009")])
        found = rules.find(self.statement, self.entry)
        self.assertEqual((found.rule.customer, found.decided, found.slip_type),
                         ("120.009", "text", SlipType.INCOMING_TRANSFER))
        self.assertIsNone(SlipRules([self.rule("NOWHERE")], SlipOptions(defaults=Defaults.NEVER)).find(
            self.statement, self.entry))

    def test_an_account_and_amounts(self):
        amount = to_minor(self.entry.amount, "TRY")
        for changes, holds in (({"bank_account": "GAR"}, True), ({"bank_account": "QNB"}, False),
                               ({"amount_from": amount, "amount_to": amount}, True), ({"amount_from": amount + 1}, False),
                               ({"amount_to": amount, "currency": "USD"}, False), ({"currency": "TRY"}, True)):
            rules = SlipRules([self.rule("", **changes)], SlipOptions(defaults=Defaults.NEVER))
            self.assertEqual(rules.find(self.statement, self.entry, account="GAR") is not None, holds, changes)

    def test_a_rule_names_the_customer(self):
        word = self.entry.text.split()[0]
        outcomes = []
        for codes in ([], [self.rule(word, customer="120.009")]):
            found = SlipRules(codes).find(self.statement, self.entry)
            match = self.directory.match(self.statement, self.entry, rule=found.rule if found else None)
            outcomes.append((match.decision, match.customer))
        self.assertEqual(outcomes, [("none", ""), ("auto", "120.009")])
        self.assertEqual(match.candidates[0].evidence[0].kind, "rule")


if __name__ == "__main__":
    unittest.main()
