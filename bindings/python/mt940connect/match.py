# SPDX-License-Identifier: Apache-2.0
"""Whose money moved: a directory of the company's cards, and ranked candidates with their reasons."""
from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Iterable, List, Optional, Sequence, Tuple

from . import lowlevel as _c
from .facts import FIELDS
from .money import to_minor
from .records import BankAccount, Choice, Company, Customer, CustomerBank, Payment
from .statement import Account, Entry, Statement


@dataclass(frozen=True)
class Evidence:
    """One reason: `weight` in hundredths of a decibel, `strong` may decide alone, `text` says it to a person."""

    kind: str
    weight: int
    strong: bool
    text: str
    value: str
    field: str
    offset: int
    slot: int
    shared: int


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
class Match:
    """`decision` is "auto", "suggest", "ask", "none", "conflict" or "transfer"; `customer` is set for "auto" only."""

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
    chosen_customer: str
    chosen_slot: int
    rule_customer: str = ""
    rule_code: str = ""


def _candidate(raw: Tuple[Any, ...]) -> Candidate:
    customer, name, slot, score, veto, evidence = raw
    return Candidate(customer, name, slot, score, tuple(veto), tuple(
        Evidence(kind, weight, strong, text, value, FIELDS[field], offset, place, shared)
        for kind, weight, strong, text, value, field, offset, place, shared in evidence))


class Directory:
    """An immutable index over a company's own accounts, customers and their bank records; threads may share it."""

    def __init__(self, company: Company, *, bank_accounts: Iterable[BankAccount] = (),
                 customers: Iterable[Customer] = (), customer_banks: Iterable[CustomerBank] = ()) -> None:
        records: List[Tuple[int, Any]] = [(_c.MT940_KIND_COMPANY, company)]
        records += [(_c.MT940_KIND_BANK_ACCOUNT, record) for record in bank_accounts]
        records += [(_c.MT940_KIND_CUSTOMER, record) for record in customers]
        records += [(_c.MT940_KIND_CUSTOMER_BANK, record) for record in customer_banks]
        self.company = company
        self._raw = _c.mt940py_directory_build(company.code, records)

    def resolve(self, account: Account, currency: str = "") -> Optional[BankAccount]:
        """The own account a statement is of; None when none or several fit."""
        own = (account.iban or "", account.bank_code or "", account.branch_code or "", account.number or "")
        found: Optional[BankAccount] = _c.mt940py_directory_resolve(self._raw, own, currency)
        return found

    def match(self, statement: Statement, entry: Entry, *, payments: Sequence[Payment] = (),
              chosen_customer: str = "", chosen_slot: int = 0, name_auto: bool = False,
              language: str = "en") -> Match:
        """Matches one movement. `payments`: open payment rows that invoice numbers are compared with.

        A `chosen_customer` stays (a person chose it). `name_auto` lets a unique exact name decide alone.
        """
        account = statement.account
        own = self.resolve(account, entry.currency)
        sign = 1 if entry.mark in ("C", "RD", "EC") else -1
        raw = _c.mt940py_match(self._raw, _Request(
            texts=(entry.text or "", entry.customer_reference, entry.bank_reference, entry.supplementary),
            own=(account.iban or (own.iban if own else ""), account.bank_code or "", account.number or "",
                 self.company.tax_id),
            sign=sign, own_account=own.code if own else "", currency=entry.currency,
            amount=_minor(entry.signed, entry.currency), flags=_c.MT940_MATCH_NAME_AUTO if name_auto else 0,
            payments=payments, chosen_customer=chosen_customer, chosen_slot=chosen_slot), language)
        return Match(raw["decision"], Choice(raw["choice"]), raw["customer"], raw["slot"], raw["own_account"],
                     raw["own_iban"], raw["new_iban"], tuple(raw["veto"]), tuple(map(_candidate, raw["candidates"])),
                     raw["found"])


def _minor(amount: Decimal, currency: str) -> int:
    return to_minor(amount, currency) if currency else 0
