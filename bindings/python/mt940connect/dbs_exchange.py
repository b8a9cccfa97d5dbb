# SPDX-License-Identifier: Apache-2.0
"""DBS rows to and from the banks: what a bank is to be told of a payment row, the file, and its answer.

Nothing here keeps anything: orders are records the caller stores beside the row (or `mt940connect dbs` does).
"""
from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Iterable, List, Optional, Sequence, Tuple

from . import lowlevel as _c
from .errors import FormatError
from .records import DbsOrder, DbsOrderRecord, DbsOrderState, Invoice, Payment
from .severity import SEVERITIES


@dataclass(frozen=True)
class TableFinding:
    """Something wrong with a line of a table, or to know about it; line and column from 1, 0 = the whole."""

    severity: str
    code: str
    line: int
    column: int
    text: str


def _findings(raw: Iterable[Tuple[int, str, int, int, str]]) -> List[TableFinding]:
    return [TableFinding(SEVERITIES[severity], code, line, column, text) for severity, code, line, column, text in raw]


class Layout:
    """How a bank wants its file and writes its answer."""

    def __init__(self, name: Optional[str] = None, *, bank: str = "") -> None:
        """A built-in layout by name, else that of the bank with this code, else the standard one."""
        self._capsule: Any = _c.mt940py_layout_find(name, bank)

    @classmethod
    def read(cls, table: bytes, *, language: str = "en") -> "Layout":
        """A layout kept as a table (docs/dbs_exchange.md); FormatError names every mistake with its place."""
        capsule, raw = _c.mt940py_layout_read(table, language)
        if capsule is None:
            raise FormatError("; ".join(f"{f.line}:{f.column}: {f.text}" for f in _findings(raw)))
        layout = cls.__new__(cls)
        layout._capsule = capsule
        return layout

    @property
    def name(self) -> str:
        """Its name."""
        return _c.mt940py_layout_name(self._capsule)


@dataclass
class _Wish:
    """What the C side reads by name (dbs_exchange.h)."""

    row: Optional[Payment]
    invoice: Optional[Invoice]
    collected: int
    order: Optional[DbsOrder]
    again: int


def decide_order(row: Optional[Payment], invoice: Optional[Invoice], *, order: Optional[DbsOrder] = None,
                 collected: int = 0, again: bool = False) -> Optional[DbsOrder]:
    """What a bank is to be told of a row, as the order will stand; None when there is nothing to tell.

    `order` is what it was told before, `collected` what it collected of the row itself, in minor units. Company, bank,
    reference and run are the caller's to set.
    """
    record, told = _c.mt940py_order_decide(_Wish(row, invoice, collected, order, int(again)))
    return told if record else None


@dataclass
class ExportRow:
    """A line of the file: the order, and the accounts it names."""

    order: DbsOrder
    row: int
    branch: str = ""
    account: str = ""
    iban: str = ""
    collection_iban: str = ""


def write_orders(layout: Layout, rows: Sequence[ExportRow]) -> bytes:
    """The file to the bank, heading first."""
    return _c.mt940py_orders_write(layout._capsule, rows)


@dataclass(frozen=True)
class Answer:
    """A line of a bank's answer; `paid` is None where the bank did not say."""

    line: int
    state: DbsOrderState
    run: int
    bank: str
    reference: str
    invoice: str
    row: int
    customer: str
    code: str
    text: str
    paid: Optional[Decimal]


def read_answers(layout: Layout, data: bytes, *, language: str = "en") -> Tuple[List[Answer], List[TableFinding]]:
    """The lines of a bank's answer, and what is wrong with the others."""
    answers, findings = _c.mt940py_answers_read(layout._capsule, data, language)
    return ([Answer(**{**fields, "state": DbsOrderState(fields["state"]),
                       "paid": None if fields["paid"] is None else Decimal(fields["paid"])}) for fields in answers],
            _findings(findings))


@dataclass
class _Said:
    """What the C side reads by name (dbs_exchange.h)."""

    state: int
    run: int
    row: int
    bank: str
    code: str
    text: str
    paid_units: int
    paid_scale: int


def answer_order(order: DbsOrder, answer: Answer, at: int) -> Tuple[Optional[DbsOrder], Optional[str]]:
    """The order after an answer read at `at` (seconds since 1970), None when nothing changed; and what is to be said."""
    paid = answer.paid
    scale = -1 if paid is None else max(0, -int(paid.as_tuple().exponent))
    units = 0 if paid is None else int(paid.scaleb(scale))
    said = _Said(answer.state, answer.run, answer.row, answer.bank, answer.code, answer.text, units, scale)
    _, after, message = _c.mt940py_order_answer(order, said, at)
    return after, message


__all__ = ["Answer", "DbsOrderRecord", "ExportRow", "Layout", "TableFinding", "answer_order", "decide_order",
           "read_answers", "write_orders"]
