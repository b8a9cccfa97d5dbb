# SPDX-License-Identifier: Apache-2.0
"""What one movement says about itself: IBANs, tax numbers, references, kinds of business."""
from __future__ import annotations

import enum
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Optional, Tuple

from . import lowlevel as _c
from .tax_id import TaxIdKind

FIELDS = ("", "narrative", "customer_reference", "bank_reference", "supplementary")
_ROLES = {_c.MT940_ROLE_NONE: None, _c.MT940_ROLE_SENDER: "sender", _c.MT940_ROLE_RECEIVER: "receiver"}


class FactKind(enum.IntFlag):
    """Kinds of business a text names by whole words."""

    EFT = _c.MT940_FACT_EFT
    HAVALE = _c.MT940_FACT_HAVALE
    FAST = _c.MT940_FACT_FAST
    SWIFT = _c.MT940_FACT_SWIFT
    OWN_TRANSFER = _c.MT940_FACT_OWN_TRANSFER
    DBS = _c.MT940_FACT_DBS
    CHEQUE = _c.MT940_FACT_CHEQUE
    NOTE = _c.MT940_FACT_NOTE
    CARD = _c.MT940_FACT_CARD
    CHARGE = _c.MT940_FACT_CHARGE
    TAX = _c.MT940_FACT_TAX
    INTEREST = _c.MT940_FACT_INTEREST
    OVERDRAFT = _c.MT940_FACT_OVERDRAFT
    EXCHANGE = _c.MT940_FACT_EXCHANGE
    SALARY = _c.MT940_FACT_SALARY
    RETURN = _c.MT940_FACT_RETURN
    CANCEL = _c.MT940_FACT_CANCEL
    REVERSED = _c.MT940_FACT_REVERSED


@dataclass(frozen=True)
class Fact:
    """A piece of one of the movement's texts: `field` names the text, `start:end` is its place there."""

    text: str
    field: str
    start: int
    end: int


@dataclass(frozen=True)
class IbanFact:
    canonical: str
    role: Optional[str]
    where: Fact


@dataclass(frozen=True)
class TaxIdFact:
    digits: str
    kind: TaxIdKind
    labelled: bool
    where: Fact


@dataclass(frozen=True)
class AccountFact:
    bank: Optional[int]
    branch: Optional[int]
    number: str
    where: Fact


@dataclass(frozen=True)
class InvoiceFact:
    where: Fact
    labelled: bool


def _place(raw: Any) -> Fact:
    return Fact(raw[0], FIELDS[raw[1]], raw[2], raw[3])


def _fact(raw: Any) -> Optional[Fact]:
    return _place(raw) if raw else None


def _known(number: int) -> Optional[int]:
    return number if number >= 0 else None


@dataclass(frozen=True)
class Facts:
    """Everything found; `iban` and `tax_id` are the counterparty's, as far as the texts decide that."""

    kinds: FactKind
    ibans: Tuple[IbanFact, ...]
    tax_ids: Tuple[TaxIdFact, ...]
    accounts: Tuple[AccountFact, ...]
    invoices: Tuple[InvoiceFact, ...]
    iban: Optional[str]
    tax_id: Optional[str]
    own_iban_seen: bool
    query_number: Optional[Fact]
    receipt: Optional[Fact]
    dealer: Optional[Fact]
    dbs_reference: Optional[Fact]
    cheque: Optional[Fact]
    bic: Optional[Fact]
    name: Optional[Fact]
    rate: Optional[Decimal]

    @classmethod
    def read(cls, narrative: str, *, customer_reference: str = "", bank_reference: str = "", supplementary: str = "",
             own_iban: str = "", own_bank: str = "", own_account: str = "", own_tax_id: str = "",
             sign: int = 0) -> Facts:
        """Collects the facts; what is known of the own account is dropped from them. `sign`: +1 money in, -1 out."""
        raw = _c.mt940py_facts((narrative, customer_reference, bank_reference, supplementary),
                               (own_iban, own_bank, own_account, own_tax_id), sign)
        ibans = tuple(IbanFact(text, _ROLES[role], _place(where)) for text, role, where in raw["ibans"])
        tax_ids = tuple(TaxIdFact(digits, TaxIdKind(kind), bool(labelled), _place(where))
                        for digits, kind, labelled, where in raw["tax_ids"])
        counter_iban, counter_tax_id = raw["counter_iban"], raw["counter_tax_id"]
        return cls(
            kinds=FactKind(raw["kinds"]), ibans=ibans, tax_ids=tax_ids,
            accounts=tuple(AccountFact(_known(bank), _known(branch), number, _place(where))
                           for bank, branch, number, where in raw["accounts"]),
            invoices=tuple(InvoiceFact(_place(where), bool(labelled)) for where, labelled in raw["invoices"]),
            iban=ibans[counter_iban].canonical if counter_iban >= 0 else None,
            tax_id=tax_ids[counter_tax_id].digits if counter_tax_id >= 0 else None,
            own_iban_seen=raw["own_iban_seen"], rate=Decimal(raw["rate"]).scaleb(-8) if raw["rate"] else None,
            **{name: _fact(raw[name])
               for name in ("query_number", "receipt", "dealer", "dbs_reference", "cheque", "bic", "name")})
