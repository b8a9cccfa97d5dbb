# SPDX-License-Identifier: Apache-2.0
"""Bank against books on a day (mutabakat): what lies between the two balances, by name (docs/reconcile.md)."""
from __future__ import annotations

import datetime
from dataclasses import dataclass
from decimal import Decimal
from typing import Iterable, Optional

from . import lowlevel as _c
from .money import from_minor, to_minor
from .records import Movement, Slip, SlipLine


@dataclass(frozen=True)
class Booked:
    """A movement of the account; `slip_date` is that of its active slip, None when it has none."""

    movement: Movement
    slip_date: Optional[datetime.date] = None


@dataclass(frozen=True)
class BankLine:
    """A bank line of an active slip on the account; `has_movement`: a movement of the account was saved by it."""

    slip: Slip
    line: SlipLine
    has_movement: bool = True


@dataclass(frozen=True)
class Part:
    """How many rows, and what they add to the difference."""

    amount: Decimal
    count: int


@dataclass(frozen=True)
class Reconciliation:
    """The two balances, their difference, and its parts; `unexplained` is what none of them says."""

    bank: Optional[Decimal]
    books: Decimal
    difference: Decimal
    unsaved: Part
    informational: Part
    later: Part
    earlier: Part
    books_only: Part
    unexplained: Decimal


@dataclass
class _Request:
    """What the C side reads by name (reconcile.h)."""

    date: datetime.date
    start_date: Optional[datetime.date]
    has_bank: int
    bank: int
    bank_date: Optional[datetime.date]
    opening: int
    opening_date: Optional[datetime.date]
    has_books: int
    books: int


def reconcile(date: datetime.date, movements: Iterable[Booked], lines: Iterable[BankLine], *, currency: str,
              opening: Decimal, opening_date: datetime.date, bank: Optional[Decimal] = None,
              bank_date: Optional[datetime.date] = None, books: Optional[Decimal] = None,
              start_date: Optional[datetime.date] = None) -> Reconciliation:
    """Tells of every movement and every bank line of an account once, in any order.

    `opening` is the first statement's opening balance, `bank` the closing balance of the last statement up to the day
    (None = there is none), `books` the balance in the books (None = opening and slips).
    """
    request = _Request(date, start_date, bank is not None, 0 if bank is None else to_minor(bank, currency), bank_date,
                       to_minor(opening, currency), opening_date, books is not None,
                       0 if books is None else to_minor(books, currency))
    raw = _c.mt940py_reconcile(request, list(movements), list(lines))
    unsaved, informational, later, earlier, books_only = (
        Part(from_minor(units, currency), count) for units, count in raw["parts"])
    return Reconciliation(bank, from_minor(raw["books"], currency), from_minor(raw["difference"], currency), unsaved,
                          informational, later, earlier, books_only, from_minor(raw["unexplained"], currency))
