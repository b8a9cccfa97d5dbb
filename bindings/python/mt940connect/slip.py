# SPDX-License-Identifier: Apache-2.0
"""From a movement to the bank slip (banka fişi) it should become."""
from __future__ import annotations

import datetime
import enum
from dataclasses import dataclass, field
from typing import Iterable, List, Optional, Sequence, Tuple

from . import lowlevel as _c
from .facts import Facts, FactKind
from .match import Match
from .money import digits, to_minor
from .records import (BankAccount, Choice, Company, CustomerBank, Movement, Rate, Slip, SlipLine, SlipType,
                      TransactionCode)
from .statement import Entry, Statement

_REVERSAL = FactKind.RETURN | FactKind.CANCEL | FactKind.REVERSED


class Defaults(enum.IntEnum):
    """When the built-in table of transaction codes is asked."""

    WHEN_EMPTY = _c.MT940_SLIP_DEFAULTS_WHEN_EMPTY
    ALWAYS = _c.MT940_SLIP_DEFAULTS_ALWAYS
    NEVER = _c.MT940_SLIP_DEFAULTS_NEVER


@dataclass
class SlipOptions:
    """Settings of a company; the defaults are those of the C library."""

    defaults: Defaults = Defaults.WHEN_EMPTY
    fallback: bool = False
    only_rule: bool = False
    dating: int = _c.MT940_SLIP_DATED_ENTRY
    dbs_by_text: bool = True
    description_length: int = 50
    rate_kind: str = ""


@dataclass
class SlipRequest:
    """Everything a proposal rests on; what is not known stays empty. request_from() fills it from a match."""

    movement: Movement
    company: Company
    account: Optional[BankAccount] = None
    flags: int = 0
    closing_date: Optional[datetime.date] = None
    customer: str = ""
    slot: int = 0
    banks: Sequence[CustomerBank] = ()
    counter_iban: str = ""
    counter_number: str = ""
    receipt: str = ""
    transfer_account: str = ""
    own_accounts: Sequence[BankAccount] = ()
    other: Optional[Movement] = None
    original: Optional[Slip] = None
    original_customer: str = ""
    original_slot: int = 0
    rates: Sequence[Rate] = ()
    stated_rate: int = 0


@dataclass(frozen=True)
class SlipProposal:
    """A proposed slip, header and lines. `message` is None when it can be saved, else why not; `text` says it."""

    slip: Slip
    lines: List[SlipLine] = field(repr=False)
    type: SlipType
    message: Optional[str]
    text: Optional[str]
    warning: Optional[str]
    decided: Optional[str]
    choice: Choice
    is_reversal: bool
    dbs: bool
    rule: Optional[TransactionCode] = field(repr=False)

    @property
    def savable(self) -> bool:
        return self.message is None


@dataclass(frozen=True)
class FoundRule:
    """The rule that holds for a movement, what `decided` for it ("text", "code" …), and the slip's type by it."""

    rule: TransactionCode
    decided: str
    slip_type: SlipType


class SlipRules:
    """The company's transaction codes (Banka İşlem Kodları) as an immutable table; threads may share it."""

    def __init__(self, codes: Iterable[TransactionCode] = (), options: Optional[SlipOptions] = None) -> None:
        self._raw = _c.mt940py_slip_rules_build(list(codes), options or SlipOptions())

    def find(self, statement: Statement, entry: Entry, *, account: str = "",
             local_currency: str = "TRY") -> Optional[FoundRule]:
        """The rule that holds for a movement, None when there is none: to try rules before anybody imports them.

        `account` is the code of the statement's own account, for rules of one account; rules without a currency have
        their amounts in `local_currency`. Directory.match() takes its `rule` as what names the customer.
        """
        told = (statement.account.bank_code or "", entry.code, entry.text or "", account, entry.currency, local_currency)
        units = int(entry.signed.scaleb(digits(entry.currency or local_currency)))
        found = _c.mt940py_slip_rules_find(self._raw, told, units)
        return FoundRule(found[0], found[1], SlipType(found[2])) if found else None

    def propose(self, request: SlipRequest, language: str = "en") -> SlipProposal:
        raw = _c.mt940py_slip_propose(self._raw, request, language)
        return SlipProposal(raw["slip"], raw["lines"], SlipType(raw["slip"].type), raw["message"], raw["text"],
                            raw["warning"], raw["decided"], Choice(raw["choice"]), raw["is_reversal"], raw["dbs"],
                            raw["rule"])


def request_from(statement: Statement, entry: Entry, match: Match, *, company: Company,
                 own_accounts: Sequence[BankAccount] = (), account: Optional[BankAccount] = None,
                 banks: Sequence[CustomerBank] = (), rates: Sequence[Rate] = ()) -> SlipRequest:
    """The request of a movement that was matched; `account` is the statement's own, see Directory.resolve()."""
    facts = statement.facts(entry, company.tax_id)
    return SlipRequest(
        movement=_movement(entry, company, account), company=company, account=account,
        flags=_flags(statement, facts, match), closing_date=statement.closing.date if statement.closing else None,
        customer=match.customer, slot=match.slot, banks=banks, counter_iban=facts.iban or "",
        receipt=facts.receipt.text if facts.receipt else "", transfer_account=match.own_account,
        own_accounts=sorted(own_accounts, key=lambda a: a.code), rates=rates,
        stated_rate=int(facts.rate.scaleb(8)) if facts.rate else 0)


def _movement(entry: Entry, company: Company, account: Optional[BankAccount]) -> Movement:
    return Movement(
        company=company.code, bank_account=account.code if account else "", row=entry.index + 1,
        value_date=entry.value_date, entry_date=entry.entry_date, mark=entry.mark,
        amount=to_minor(entry.signed, entry.currency), currency=entry.currency, type=entry.type, code=entry.code,
        customer_reference=entry.customer_reference, bank_reference=entry.bank_reference,
        supplementary=entry.supplementary, narrative=entry.text or "", chosen_dbs=-1)


def _flags(statement: Statement, facts: Facts, match: Match) -> int:
    one_day = bool(statement.opening and statement.closing and statement.opening.date and statement.closing.date
                   and (statement.closing.date - statement.opening.date).days <= 1)
    flags: Tuple[Tuple[bool, int], ...] = (
        (match.decision == "ask", _c.MT940_SLIP_AMBIGUOUS),
        (bool(facts.kinds & FactKind.DBS), _c.MT940_SLIP_SAYS_DBS),
        (bool(facts.kinds & _REVERSAL), _c.MT940_SLIP_SAYS_REVERSAL),
        (one_day, _c.MT940_SLIP_ONE_DAY),
        (statement.type in ("941", "942"), _c.MT940_SLIP_INTERIM),
    )
    return sum(bit for holds, bit in flags if holds)
