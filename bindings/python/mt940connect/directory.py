# SPDX-License-Identifier: Apache-2.0
"""The index over a company's cards: built from records or opened from an image, asked for customers, and matched with."""
from __future__ import annotations

import datetime
import mmap
import os
import tempfile
import time
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any, ContextManager, Iterable, List, Optional, Sequence, Tuple, Union

from . import lowlevel as _c
from .lesson import LessonKey, LessonPolicy
from .match import Match, match_movement, told
from .records import (BankAccount, Company, Customer, CustomerBank, CustomerType, Lesson, LessonBasis, Payment,
                      Side, TransactionCode)
from .statement import Account, Entry, Statement

Path = Union[str, "os.PathLike[str]"]


@dataclass(frozen=True)
class DirectoryHit:
    """A customer that an identifier leads to, by bank record `slot` (0 = the card itself).

    `found` is how many customers it leads to; this one is the first in order of code and slot.
    """

    customer: str
    slot: int
    type: CustomerType
    active: bool
    collector: bool
    found: int


def _hit(raw: Optional[Tuple[Any, ...]]) -> Optional[DirectoryHit]:
    return DirectoryHit(raw[0], raw[1], CustomerType(raw[2]), *raw[3:]) if raw else None


def _lasting(image: Any) -> memoryview:
    """The bytes where they are when nobody can change them and they are aligned, else a copy."""
    view = memoryview(image)
    if not (view.readonly and view.c_contiguous and _c.mt940py_directory_aligned(view)):
        view = memoryview(bytes(view))
    return view


def _by_customer(row: Payment) -> Tuple[str, datetime.date, str, int]:
    return row.customer, row.due_date or datetime.date.min, row.invoice, row.line


class DirectoryReader:
    """What may be asked of a directory, and of one that changes are laid over."""

    company: Company

    def _reading(self) -> ContextManager[Any]:
        """The directory of the flat module; valid inside."""
        raise NotImplementedError

    def by_ibans(self, ibans: Sequence[str]) -> List[Optional[DirectoryHit]]:
        """Of each canonical IBAN the first customer that has it, None where nobody has."""
        with self._reading() as raw:
            return list(map(_hit, _c.mt940py_directory_by_ibans(raw, ibans)))

    def by_tax_id(self, tax_id: str) -> List[DirectoryHit]:
        """The customers that have this VKN, TCKN or VÖEN, however it is written; 64 at most, `found` says how many."""
        return self._by_text(tax_id, False)

    def by_name(self, name: str) -> List[DirectoryHit]:
        """The customers whose name is this, word for word, whatever is abbreviated; 64 at most."""
        return self._by_text(name, True)

    def _by_text(self, text: str, by_name: bool) -> List[DirectoryHit]:
        with self._reading() as raw:
            return [hit for hit in map(_hit, _c.mt940py_directory_by_text(raw, text, by_name)) if hit]

    def resolve(self, account: Account, currency: str = "") -> Optional[BankAccount]:
        """The own account a statement is of; None when none or several fit."""
        own = (account.iban or "", account.bank_code or "", account.branch_code or "", account.number or "")
        with self._reading() as raw:
            found: Optional[BankAccount] = _c.mt940py_directory_resolve(raw, own, currency)
        return found

    def match(self, statement: Statement, entry: Entry, *, payments: Sequence[Payment] = (),
              open_rows: Sequence[Payment] = (), chosen_customer: str = "", chosen_slot: int = 0,
              name_auto: bool = False,
              lessons: Sequence[Lesson] = (), lesson_policy: Optional[LessonPolicy] = None,
              now: Optional[int] = None, rule: Optional[TransactionCode] = None, language: str = "en") -> Match:
        """Matches one movement. `payments`: open payment rows that invoice numbers are compared with. `open_rows`: all
        that is open with the candidates of a first match, which the amount then ranks.

        A `chosen_customer` stays (a person chose it). `name_auto` lets a unique exact name decide alone. `lessons`: what
        was learned, others than those of lesson_keys() are passed over; they have faded until `now`, seconds since
        1970-01-01 UTC (the system's time where it is None). `rule`: the one that holds, see SlipRules.find(); the customer
        it names stands above names and lessons.
        """
        own = self.resolve(statement.account, entry.currency)
        with self._reading() as raw:
            return match_movement(raw, self.company, own, statement, entry, payments=payments,
                                  open_rows=sorted(open_rows, key=_by_customer),
                                  chosen_customer=chosen_customer, chosen_slot=chosen_slot, name_auto=name_auto,
                                  lessons=lessons, lesson_policy=lesson_policy,
                                  now=int(time.time()) if now is None else now, rule=rule, language=language)

    def lesson_keys(self, statement: Statement, entry: Entry) -> List[LessonKey]:
        """What lessons about this movement are kept under; the first decides, the other only suggests.

        None where the own account is not known, or where the movement does not show whose the money is.
        """
        own = self.resolve(statement.account, entry.currency)
        if not own:
            return []
        texts, own_parts, sign = told(self.company, own, statement, entry)
        with self._reading() as raw:
            keys = _c.mt940py_lesson_keys(raw, texts, own_parts, sign)
        side = Side.CREDIT if sign > 0 else Side.DEBIT
        return [LessonKey(self.company.code, own.code, side, LessonBasis(basis), value) for basis, value in keys]


class Directory(DirectoryReader):
    """An immutable index over a company's own accounts, customers and their bank records; threads may share it."""

    def __init__(self, company: Company, *, bank_accounts: Iterable[BankAccount] = (),
                 customers: Iterable[Customer] = (), customer_banks: Iterable[CustomerBank] = ()) -> None:
        records: List[Tuple[int, Any]] = [(_c.MT940_KIND_COMPANY, company)]
        records += [(_c.MT940_KIND_BANK_ACCOUNT, record) for record in bank_accounts]
        records += [(_c.MT940_KIND_CUSTOMER, record) for record in customers]
        records += [(_c.MT940_KIND_CUSTOMER_BANK, record) for record in customer_banks]
        self.company = company
        self._image: Optional[memoryview] = None
        self._raw = _c.mt940py_directory_build(company.code, records)

    def _reading(self) -> ContextManager[Any]:
        return nullcontext(self._raw)

    @classmethod
    def open(cls, image: Any, *, verify: bool = False) -> Directory:
        """The directory of an image: any bytes-like object, for example an mmap of a file.

        Nothing is built, and bytes that are read-only are not copied: they stay locked as long as the directory lives.
        `verify` compares the checksum of all bytes, too. Raises SchemaError for the image of another version (build
        the directory anew) and CorruptError.
        """
        directory = cls.__new__(cls)
        directory._image = _lasting(image)
        directory._raw = _c.mt940py_directory_open(directory._image, int(verify))
        directory.company = _c.mt940py_directory_company(directory._raw) or Company()
        return directory

    @classmethod
    def open_file(cls, path: Path, *, verify: bool = False) -> Directory:
        """The same of a file, which is mapped. Nobody may write into it meanwhile; save() never does, it replaces it."""
        with open(path, "rb") as file:
            empty = os.fstat(file.fileno()).st_size == 0
            return cls.open(b"" if empty else mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ), verify=verify)

    def image(self, fingerprint: bytes = b"") -> bytes:
        """The directory as bytes for open(): the same for the same records, in any order.

        `fingerprint`, at most 32 bytes, is yours: of what the directory was made from.
        """
        return _c.mt940py_directory_image(self._raw, fingerprint)

    def save(self, path: Path, fingerprint: bytes = b"") -> None:
        """Writes the image to a file that its owner may read, in one step: who has the old one open keeps it."""
        target = os.fspath(path)
        image = self.image(fingerprint)
        handle, beside = tempfile.mkstemp(prefix=os.path.basename(target), dir=os.path.dirname(target) or ".")
        try:
            with open(handle, "wb") as file:
                file.write(image)
                file.flush()
                os.fsync(file.fileno())
            os.replace(beside, target)
        except BaseException:
            os.unlink(beside)
            raise

    @property
    def fingerprint(self) -> bytes:
        """Of the image it was opened from, 32 bytes, zeros at the end; empty when it was built."""
        return _c.mt940py_directory_fingerprint(self._raw)
