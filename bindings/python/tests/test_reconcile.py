# SPDX-License-Identifier: Apache-2.0
"""Bank against books: the story of docs/reconcile.md in small."""
import datetime
import unittest
from decimal import Decimal

from mt940connect import errors
from mt940connect.reconcile import BankLine, Booked, Part, reconcile
from mt940connect.records import EntrySide, LineKind, Movement, MovementState, Slip, SlipLine

DAY = datetime.date(2026, 7, 15)


def movement(amount, state=MovementState.NOT_SAVED, day=DAY):
    return Movement(amount=amount, currency="TRY", entry_date=day, value_date=day, state=state)


def line(amount, day=DAY, has_movement=True):
    return BankLine(Slip(date=day), SlipLine(kind=LineKind.BANK, side=EntrySide.DEBIT, amount=amount, currency="TRY"),
                    has_movement)


class ReconcileTest(unittest.TestCase):
    def reconcile(self, movements, lines, **words):
        return reconcile(DAY, movements, lines, currency="TRY", opening=Decimal("100.00"),
                         opening_date=datetime.date(2026, 7, 14), **words)

    def test_all_saved(self):
        out = self.reconcile([Booked(movement(1250, MovementState.SAVED), DAY)], [line(1250)], bank=Decimal("112.50"))
        self.assertEqual((out.bank, out.books, out.difference), (Decimal("112.50"), Decimal("112.50"), Decimal("0.00")))
        self.assertEqual(out.unsaved, Part(Decimal("0.00"), 0))
        self.assertEqual(out.unexplained, 0)

    def test_what_lies_between(self):
        out = self.reconcile([Booked(movement(1250)), Booked(movement(-50, MovementState.INFORMATIONAL))],
                             [line(700, has_movement=False)], bank=Decimal("112.00"))
        self.assertEqual(out.books, Decimal("107.00"))
        self.assertEqual(out.unsaved, Part(Decimal("12.50"), 1))
        self.assertEqual(out.informational, Part(Decimal("-0.50"), 1))
        self.assertEqual(out.books_only, Part(Decimal("-7.00"), 1))
        self.assertEqual(out.unexplained, 0)

    def test_something_is_missing(self):
        out = self.reconcile([], [], bank=Decimal("90.00"), books=Decimal("100.00"))
        self.assertEqual((out.difference, out.unexplained), (Decimal("-10.00"), Decimal("-10.00")))

    def test_no_statement(self):
        self.assertIsNone(self.reconcile([], []).bank)

    def test_wrong_arguments(self):
        with self.assertRaises(errors.RangeError):
            self.reconcile([], [], bank=Decimal("0.001"))
        with self.assertRaises(AttributeError):
            self.reconcile([object()], [])


if __name__ == "__main__":
    unittest.main()
