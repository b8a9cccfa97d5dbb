# SPDX-License-Identifier: Apache-2.0
"""Whose money moved: ranked candidates with their reasons, over a directory of the company's cards."""
from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Optional, Sequence, Tuple

from . import lowlevel as _c
from .facts import FIELDS
from .lesson import LessonPolicy
from .money import to_minor
from .records import BankAccount, Choice, Company, Lesson, Payment, TransactionCode
from .severity import SEVERITIES
from .statement import Entry, Statement


@dataclass(frozen=True)
class Evidence:
    """One reason: `weight` in hundredths of a decibel, `strong` may decide alone, `text` says it to a person.

    It stands in `field` of the movement, `offset` and `length` in bytes of UTF-8. `shared` customers have the same;
    `count`: choices of a person, or open items that fit; `solutions`: in how many ways an amount fits what is open.
    """

    kind: str
    weight: int
    strong: bool
    text: str
    value: str
    field: str
    offset: int
    length: int
    slot: int
    shared: int
    count: int
    solutions: int


@dataclass(frozen=True)
class Candidate:
    """A customer that fits; `veto` names what speaks against an automatic choice."""

    customer: str
    name: str
    slot: int
    score: int
    veto: Tuple[str, ...]
    evidence: Tuple[Evidence, ...]


@dataclass(frozen=True)
class Remark:
    """What is to be said of a match as a whole: `severity` is "info" or "warning", `code` never changes."""

    severity: str
    code: str
    text: str


@dataclass(frozen=True)
class Match:
    """`decision` is "auto", "suggest", "ask", "none", "conflict" or "transfer"; `customer` is set for "auto" only.

    `veto` names what holds an automatic choice back, `remarks` say it to a person.
    """

    decision: str
    choice: Choice
    customer: str
    slot: int
    own_account: str
    own_iban: str
    new_iban: str
    veto: Tuple[str, ...]
    candidates: Tuple[Candidate, ...]
    found: int
    remarks: Tuple[Remark, ...]


@dataclass
class _Request:
    """What the C side reads by name (match.h)."""

    texts: Tuple[str, str, str, str]
    own: Tuple[str, str, str, str]
    sign: int
    own_account: str
    currency: str
    amount: int
    flags: int
    payments: Sequence[Payment]
    open_rows: Sequence[Payment]
    chosen_customer: str
    chosen_slot: int
    lessons: Sequence[Lesson]
    lesson_policy: Optional[LessonPolicy]
    now: int
    rule_customer: str
    rule_code: str


def _candidate(raw: Tuple[Any, ...]) -> Candidate:
    customer, name, slot, score, veto, evidence = raw
    return Candidate(customer, name, slot, score, tuple(veto), tuple(
        Evidence(kind, weight, strong, text, value, FIELDS[field], *rest)
        for kind, weight, strong, text, value, field, *rest in evidence))


Told = Tuple[Tuple[str, str, str, str], Tuple[str, str, str, str], int]


def told(company: Company, own: Optional[BankAccount], statement: Statement, entry: Entry) -> Told:
    """(texts, own, sign), as the C side reads facts from."""
    account = statement.account
    return ((entry.text or "", entry.customer_reference, entry.bank_reference, entry.supplementary),
            (account.iban or (own.iban if own else ""), account.bank_code or "", account.number or "", company.tax_id),
            1 if entry.mark in ("C", "RD", "EC") else -1)


def match_movement(raw: Any, company: Company, own: Optional[BankAccount], statement: Statement, entry: Entry, *,
                   payments: Sequence[Payment], open_rows: Sequence[Payment], chosen_customer: str, chosen_slot: int,
                   name_auto: bool, lessons: Sequence[Lesson], lesson_policy: Optional[LessonPolicy], now: int,
                   rule: Optional[TransactionCode], language: str) -> Match:
    """What Directory.match() does, over a directory of the flat module."""
    texts, own_parts, sign = told(company, own, statement, entry)
    result = _c.mt940py_match(raw, _Request(
        texts=texts, own=own_parts, sign=sign, own_account=own.code if own else "", currency=entry.currency,
        amount=_minor(entry.signed, entry.currency), flags=_c.MT940_MATCH_NAME_AUTO if name_auto else 0,
        payments=payments, open_rows=open_rows, chosen_customer=chosen_customer, chosen_slot=chosen_slot, lessons=lessons,
        lesson_policy=lesson_policy, now=now, rule_customer=rule.customer if rule else "",
        rule_code=rule.code if rule else ""), language)
    return Match(result["decision"], Choice(result["choice"]), result["customer"], result["slot"],
                 result["own_account"], result["own_iban"], result["new_iban"], tuple(result["veto"]),
                 tuple(map(_candidate, result["candidates"])), result["found"],
                 tuple(Remark(SEVERITIES[severity], code, text) for severity, code, text in result["remarks"]))


def _minor(amount: Decimal, currency: str) -> int:
    return to_minor(amount, currency) if currency else 0
