# SPDX-License-Identifier: Apache-2.0
"""Limits of the direct debiting system (DBS): whether a document may change its customers' totals, and what a credit
manager asks of them."""
from __future__ import annotations

import datetime
import enum
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Dict, Iterable, Optional, Sequence, Tuple

from . import lowlevel as _c
from .errors import RangeError
from .money import from_minor
from .records import CustomerBank, DbsControl, DbsEvent, Payment


class Outcome(enum.IntEnum):
    """What happens to the document."""

    PROCEED = _c.MT940_DBS_PROCEED
    WARN = _c.MT940_DBS_WARN
    BLOCK = _c.MT940_DBS_BLOCK


@dataclass(frozen=True)
class Effect:
    """A change of one total, in minor units of the bank record's currency."""

    customer: str
    slot: int
    delta: int
    event: DbsEvent = DbsEvent.INVOICE


@dataclass(frozen=True)
class Consent:
    """A warning a person accepted, up to `excess` (minor units)."""

    excess: int
    customer: str = ""
    slot: int = 0
    message: int = _c.MT940_M_OVER_LIMIT


@dataclass(frozen=True)
class Figure:
    """The figures of one total; `text` says what is to be said about it, None when nothing is."""

    customer: str
    slot: int
    branch: str
    currency: str
    limit: Decimal
    before: Decimal
    delta: Decimal
    after: Decimal
    excess: Decimal
    control: DbsControl
    outcome: Outcome
    event: DbsEvent
    consented: bool
    message: Optional[str]
    text: Optional[str]


@dataclass(frozen=True)
class Decision:
    """The strictest outcome of all effects, and the figures of each."""

    outcome: Outcome
    figures: Tuple[Figure, ...]


@dataclass
class _Request:
    """What the C side reads by name (dbs.h)."""

    local_currency: str
    banks: Sequence[CustomerBank]
    effects: Sequence[Effect]
    consents: Sequence[Consent]


def _decision(answer: Tuple[int, Sequence[Dict[str, Any]]], local_currency: str) -> Decision:
    outcome, raw = answer
    figures = []
    for figure in raw:
        currency = figure["currency"] or local_currency
        amounts = {name: from_minor(figure[name], currency)
                   for name in ("limit", "before", "delta", "after", "excess")}
        fields: Dict[str, Any] = {
            **figure, **amounts, "currency": currency, "control": DbsControl(figure["control"]),
            "outcome": Outcome(figure["outcome"]), "event": DbsEvent(figure["event"])}
        figures.append(Figure(**fields))
    return Decision(Outcome(outcome), tuple(figures))


def decide(banks: Iterable[CustomerBank], effects: Iterable[Effect], *, local_currency: str = "TRY",
           consents: Iterable[Consent] = (), language: str = "en") -> Decision:
    """Decides about all effects of a document together; `banks` are the records they change, effects one each."""
    request = _Request(local_currency, sorted(banks, key=lambda b: (b.customer, b.slot)),
                       sorted(effects, key=lambda e: (e.customer, e.slot)), list(consents))
    return _decision(_c.mt940py_dbs_decide(request, language), local_currency)


@dataclass(frozen=True)
class Sale:
    """So much more on a bank record, in minor units of its currency."""

    customer: str
    slot: int
    amount: int


@dataclass
class _Sales:
    """What the C side reads by name (dbs.h)."""

    local_currency: str
    banks: Sequence[CustomerBank]
    sales: Sequence[Sale]
    consents: Sequence[Consent]


def what_if(banks: Iterable[CustomerBank], sales: Iterable[Sale], *, local_currency: str = "TRY",
            consents: Iterable[Consent] = (), language: str = "en") -> Decision:
    """What several sales would do, each on the total the ones before leave: a figure each, and the strictest outcome."""
    request = _Sales(local_currency, sorted(banks, key=lambda b: (b.customer, b.slot)), list(sales), list(consents))
    return _decision(_c.mt940py_dbs_what_if(request, language), local_currency)


def available(bank: CustomerBank, *, local_currency: str = "TRY") -> Decimal:
    """How much may still be sold on a record: limit less total, below zero when it is over."""
    return from_minor(_c.mt940py_dbs_room(bank, 0)[0], bank.currency or local_currency)


def utilisation(bank: CustomerBank) -> Optional[Decimal]:
    """How full the limit is, cut to four decimals (0.8345 is 83 %); None when the limit is 0."""
    parts = _c.mt940py_dbs_room(bank, 0)[1]
    return None if parts is None else Decimal(parts).scaleb(-4)


def crossed(bank: CustomerBank, share: Decimal) -> bool:
    """Whether the total is at least this share of the limit, exactly: Decimal("0.8") is 80 %."""
    parts = share.scaleb(4)
    if parts != int(parts):
        raise RangeError(f"{share} has more than four decimals")
    return _c.mt940py_dbs_room(bank, int(parts))[2]


@dataclass(frozen=True)
class Ageing:
    """What is open by age; `rows` says how many payment rows stand behind each, in the same order."""

    not_due: Decimal
    option: Decimal
    days_30: Decimal
    days_60: Decimal
    days_90: Decimal
    older: Decimal
    rows: Tuple[int, ...]


@dataclass
class _Rows:
    """What the C side reads by name (dbs.h)."""

    rows: Sequence[Payment]
    slot: int
    today: datetime.date
    option_days: int


def age_rows(rows: Iterable[Payment], today: datetime.date, *, currency: str, slot: int = 0,
             option_days: int = 0) -> Ageing:
    """Ages the open DBS rows of a bank record (0 = of each, in one currency); overdue within `option_days` is apart."""
    ages = _c.mt940py_dbs_ages(_Rows(list(rows), slot, today, option_days))
    not_due, option, days_30, days_60, days_90, older = (from_minor(units, currency) for units, _ in ages)
    return Ageing(not_due, option, days_30, days_60, days_90, older, tuple(count for _, count in ages))
