# SPDX-License-Identifier: Apache-2.0
"""Limit decisions from Python: proceed, warn, block, consent."""
import unittest
from decimal import Decimal

import mt940connect
from mt940connect.dbs import Consent, Effect, Outcome, decide
from mt940connect.records import CustomerBank, DbsControl, DbsEvent


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


if __name__ == "__main__":
    unittest.main()
