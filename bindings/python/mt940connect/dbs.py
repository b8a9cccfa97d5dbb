# SPDX-License-Identifier: Apache-2.0
"""Limits of the direct debiting system (DBS): whether a document may change its customers' totals."""
from __future__ import annotations

import enum
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Dict, Iterable, Optional, Sequence, Tuple

from . import lowlevel as _c
from .money import from_minor
from .records import CustomerBank, DbsControl, DbsEvent


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


def decide(banks: Iterable[CustomerBank], effects: Iterable[Effect], *, local_currency: str = "TRY",
           consents: Iterable[Consent] = (), language: str = "en") -> Decision:
    """Decides about all effects of a document together; `banks` are the records they change, effects one each."""
    request = _Request(local_currency, sorted(banks, key=lambda b: (b.customer, b.slot)),
                       sorted(effects, key=lambda e: (e.customer, e.slot)), list(consents))
    outcome, raw = _c.mt940py_dbs_decide(request, language)
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
