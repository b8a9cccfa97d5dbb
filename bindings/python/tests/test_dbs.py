# SPDX-License-Identifier: Apache-2.0
"""Limit decisions from Python: proceed, warn, block, consent."""
import datetime
import unittest
from decimal import Decimal

import mt940connect
from mt940connect.dbs import (Consent, Effect, Outcome, Sale, age_rows, available, crossed, decide, utilisation,
                              what_if)
from mt940connect.records import CustomerBank, DbsControl, DbsEvent, Payment


def bank(control=DbsControl.WARN, **fields):
    return CustomerBank(**{"company": "DEMO", "customer": "120.001", "slot": 1, "branch": "0062_00119", "dbs": True,
                           "currency": "TRY", "dbs_limit": 10000_00, "dbs_total": 9000_00, "dbs_control": control,
                           **fields})


class Decisions(unittest.TestCase):
    def test_below_the_limit(self):
        decision = decide([bank()], [Effect("120.001", 1, 1000_00)])
        self.assertEqual(decision.outcome, Outcome.PROCEED)
        [figure] = decision.figures
        self.assertEqual((figure.limit, figure.before, figure.after, figure.excess),
                         (Decimal("10000.00"), Decimal("9000.00"), Decimal("10000.00"), Decimal("0.00")))
        self.assertEqual((figure.message, figure.text), (None, None))

    def test_one_kurus_above(self):
        for control, outcome in ((DbsControl.PROCEED, Outcome.PROCEED), (DbsControl.WARN, Outcome.WARN),
                                 (DbsControl.BLOCK, Outcome.BLOCK)):
            with self.subTest(control):
                decision = decide([bank(control)], [Effect("120.001", 1, 1000_01)])
                self.assertEqual(decision.outcome, outcome)
                self.assertEqual(decision.figures[0].excess, Decimal("0.01"))

    def test_a_warning_has_words(self):
        [figure] = decide([bank()], [Effect("120.001", 1, 1000_01)]).figures
        [turkish] = decide([bank()], [Effect("120.001", 1, 1000_01)], language="tr").figures
        self.assertEqual(figure.message, "OVER_LIMIT")
        self.assertNotEqual(figure.text, turkish.text)

    def test_consent_covers_that_excess_only(self):
        effect = Effect("120.001", 1, 1500_00)
        self.assertEqual(decide([bank()], [effect], consents=[Consent(500_00)]).outcome, Outcome.PROCEED)
        self.assertEqual(decide([bank()], [effect], consents=[Consent(499_99)]).outcome, Outcome.WARN)
        blocked = decide([bank(DbsControl.BLOCK)], [effect], consents=[Consent(500_00)])
        self.assertEqual(blocked.outcome, Outcome.BLOCK)

    def test_a_collection_is_never_refused(self):
        decision = decide([bank(DbsControl.BLOCK, dbs_total=20000_00)],
                          [Effect("120.001", 1, -1000_00, DbsEvent.COLLECTION)])
        self.assertEqual(decision.outcome, Outcome.PROCEED)

    def test_an_unknown_record_stops(self):
        decision = decide([bank()], [Effect("120.001", 7, 1)])
        self.assertEqual((decision.outcome, decision.figures[0].message), (Outcome.BLOCK, "NOT_A_DBS_SLOT"))

    def test_wrong_input(self):
        with self.assertRaises(mt940connect.ArgumentError):
            decide([bank(dbs_control=9)], [])
        with self.assertRaises(OverflowError):
            decide([bank()], [Effect("120.001", 1, 2 ** 70)])


class Questions(unittest.TestCase):
    """tests/cases/dbs has the same tables for C: what_if.csv, crossed.csv, ageing.csv."""

    def test_sales_one_after_the_other(self):
        records = [bank(DbsControl.BLOCK, dbs_limit=1000_00, dbs_total=900_00),
                   bank(DbsControl.WARN, slot=2, dbs_limit=500_00, dbs_total=0)]
        decision = what_if(records, [Sale("120.001", 1, 100_00), Sale("120.001", 2, 600_00), Sale("120.001", 1, 1)])
        self.assertEqual([figure.outcome for figure in decision.figures], [Outcome.PROCEED, Outcome.WARN, Outcome.BLOCK])
        self.assertEqual(decision.outcome, Outcome.BLOCK)
        self.assertEqual((decision.figures[2].before, decision.figures[2].excess), (Decimal("1000.00"), Decimal("0.01")))
        [missing] = what_if(records, [Sale("120.001", 9, 1)]).figures
        self.assertEqual(missing.message, "NOT_A_DBS_SLOT")

    def test_room_and_shares(self):
        record = bank(dbs_limit=1000_00, dbs_total=799_99)
        self.assertEqual(available(record), Decimal("200.01"))
        self.assertEqual(utilisation(record), Decimal("0.7999"))
        self.assertFalse(crossed(record, Decimal("0.8")))
        self.assertTrue(crossed(bank(dbs_limit=1000_00, dbs_total=800_00), Decimal("0.8")))
        self.assertEqual(available(bank(dbs_limit=0, dbs_total=5, currency="")), Decimal("-0.05"))
        self.assertIsNone(utilisation(bank(dbs_limit=0)))
        with self.assertRaises(mt940connect.RangeError):
            crossed(record, Decimal("0.80001"))

    def test_ages(self):
        days = ((1, 2026, 8, 1), (2, 2026, 7, 30), (4, 2026, 7, 20), (8, 2020, 1, 1))
        rows = [Payment(company="1", invoice=f"F{amount}", line=1, customer="120.001", due_date=datetime.date(*day),
                        amount=amount, currency="TRY", type=6, slot=1, dbs_amount=amount)
                for amount, *day in days]
        rows.append(Payment(company="1", invoice="G", line=1, amount=100, currency="TRY", type=1))
        ages = age_rows(rows, datetime.date(2026, 7, 31), currency="TRY", option_days=7)
        self.assertEqual((ages.not_due, ages.option, ages.days_30, ages.days_60, ages.days_90, ages.older),
                         tuple(Decimal(cents).scaleb(-2) for cents in (1, 2, 4, 0, 0, 8)))
        self.assertEqual(ages.rows, (1, 1, 1, 0, 0, 1))
        self.assertEqual(age_rows(rows, datetime.date(2026, 7, 31), currency="TRY", slot=2).rows, (0,) * 6)


if __name__ == "__main__":
    unittest.main()
