# SPDX-License-Identifier: Apache-2.0
"""Reading customer statements: MT940, MT941, MT942 and MT950 as they are in the wild."""
from __future__ import annotations

import datetime
import os
from dataclasses import dataclass, field, fields
from decimal import Decimal
from typing import Any, Callable, Dict, Iterable, Iterator, List, Optional, Sequence, Tuple, Union, overload

from . import lowlevel as _c
from .envelope import Envelope
from .errors import ArgumentError
from .facts import Facts
from .narrative import Narrative

_SEVERITIES = {_c.MT940_INFO: "info", _c.MT940_REPAIR: "repair", _c.MT940_WARNING: "warning", _c.MT940_ERROR: "error"}
_MARKS = {mark: _c.mt940_mark_name(mark) for mark in range(_c.MT940_MARK_NONE, _c.MT940_MARK_ED + 1)}
_SIGNS = {mark: _c.mt940_mark_sign(mark) for mark in _MARKS}
_KINDS = {"F": "final", "M": "intermediate", "A": "available"}


@dataclass(frozen=True)
class Finding:
    """Something to say about the data: `severity` is "error", "warning", "repair" or "info"."""

    severity: str
    code: str
    text: str
    turkish: str
    statement: int
    line: int
    column: int
    offset: int
    tag: str
    subfield: str


@dataclass(frozen=True)
class Account:
    """Field 25: as written, and its parts as far as its form tells."""

    text: str
    iban: Optional[str]
    bank_code: Optional[str]
    branch_code: Optional[str]
    number: Optional[str]
    currency: Optional[str]
    bic: Optional[str]
    looks_like_iban: bool


@dataclass(frozen=True)
class Balance:
    """A balance; `kind` is "final", "intermediate" or "available", `mark` "C" or "D"."""

    kind: str
    mark: str
    date: Optional[datetime.date]
    amount: Decimal
    currency: str
    raw: bytes

    @property
    def signed(self) -> Decimal:
        return -self.amount if self.mark == "D" else self.amount


@dataclass(frozen=True)
class Total:
    """Floor limit (tag "34F") or sum of movements ("90C", "90D"; with their `count`)."""

    tag: str
    mark: str
    count: Optional[int]
    amount: Decimal
    currency: str


@dataclass(frozen=True)
class RawField:
    """A field that is kept as it is."""

    tag: str
    raw: bytes
    line: int
    offset: int


@dataclass(frozen=True)
class Entry:
    """A movement: field 61 and its narrative.

    `amount` is as written beside the mark (C, D, RC, RD; EC, ED in MT942), `signed` the account holder's view. Texts
    are decoded with the statement's character set; `raw` and `raw_narrative` are the bank's bytes.
    """

    index: int
    line: int
    offset: int
    value_date: Optional[datetime.date]
    entry_date: Optional[datetime.date]
    mark: str
    amount: Decimal
    signed: Decimal
    currency: str
    funds_code: str
    type: str
    code: str
    customer_reference: str
    bank_reference: str
    supplementary: str
    text: Optional[str]
    raw: bytes = field(repr=False)
    raw_narrative: Optional[bytes] = field(repr=False)


def _amount(reading: Any) -> Tuple[Decimal, str]:
    text, currency = reading.amount
    return Decimal(text), currency


def _balance(raw: Any) -> Optional[Balance]:
    if not raw.kind:
        return None
    amount, currency = _amount(raw.reading)
    return Balance(_KINDS[raw.kind], _MARKS[raw.mark], raw.date, amount, currency, raw.raw or b"")


def _total(raw: Any) -> Total:
    amount, currency = _amount(raw.reading)
    return Total(raw.tag, _MARKS[raw.mark], raw.count if raw.count >= 0 else None, amount, currency)


def _text(charset: int, raw: Optional[bytes]) -> str:
    return _c.mt940py_decode(charset, raw) if raw else ""


def _narrative(charset: int, raw: Optional[bytes]) -> Optional[str]:
    return None if raw is None else _c.mt940py_narrative_text(charset, raw)


_ENTRY_FIELDS = tuple(member.name for member in fields(Entry))


def _entry(raw: Tuple[Any, ...]) -> Entry:
    index, line, offset, value_date, entry_date, mark, text, currency, *rest = raw
    amount = Decimal(text)
    signed = -amount if _SIGNS[mark] < 0 else amount
    # A frozen dataclass sets its members one by one through object.__setattr__: five times the cost of all the rest.
    entry = object.__new__(Entry)
    entry.__dict__.update(zip(_ENTRY_FIELDS, (index, line, offset, value_date, entry_date, _MARKS[mark], amount, signed,
                                              currency, *rest)))
    return entry


def _account(raw: Any, charset: int) -> Account:
    text = raw.account or b""
    iban, bank, branch, number, currency, looks_like_iban = _c.mt940py_account_split(text)
    return Account(_text(charset, text), iban or None, bank or None, branch or None, number or None, currency or None,
                   _text(charset, raw.account_bic) or None, bool(looks_like_iban))


class Statement:
    """One message of a document. Movements are converted when they are first asked for."""

    def __init__(self, raw: Any, document: Any) -> None:
        header, trailer = raw.header, raw.trailer
        # The C objects do not keep their document alive; this reference does.
        self._raw, self._document, self._charset = raw, document, trailer.charset
        self._entries: Optional[Tuple[Entry, ...]] = None
        charset = self._charset
        self.index: int = header.index
        self.type: str = str(header.type)
        self.line: int = header.line
        self.offset: int = header.offset
        self.reference: str = _text(charset, header.reference)
        self.related_reference: str = _text(charset, header.related_reference)
        self.account: Account = _account(header, charset)
        self.number: str = _text(charset, header.number)
        self.sequence: str = _text(charset, header.sequence)
        self.opening: Optional[Balance] = _balance(header.opening)
        self.closing: Optional[Balance] = _balance(trailer.closing)
        self.available: Optional[Balance] = _balance(trailer.available)
        self.forward: Tuple[Balance, ...] = tuple(
            Balance("forward", b.mark, b.date, b.amount, b.currency, b.raw)
            for b in (_balance(raw.forward(i)) for i in range(trailer.forward_count)) if b)
        self.totals: Tuple[Total, ...] = tuple(_total(raw.total(i)) for i in range(trailer.total_count))
        self.information: Optional[str] = _narrative(charset, trailer.information)
        self.charset: str = _c.mt940_charset_name(charset)
        self.balanced: Optional[bool] = None if trailer.balanced < 0 else bool(trailer.balanced)
        self.complete: bool = bool(trailer.complete)
        self.fields: Tuple[RawField, ...] = tuple(
            RawField(f.tag, f.raw or b"", f.line, f.offset)
            for f in (raw.field(i) for i in range(raw.field_count)))

    @property
    def currency(self) -> Optional[str]:
        known = self.opening or self.closing
        return known.currency if known else None

    @property
    def envelope(self) -> Optional[Envelope]:
        """The blocks of the FIN message that the statement came in; None of a bare one."""
        raw = _c.mt940py_statement_envelope(self._raw)
        if raw is None:
            return None
        return Envelope.from_raw(raw, self._raw.header.envelope or b"", self._raw.trailer.envelope or b"")

    @property
    def entries(self) -> Tuple[Entry, ...]:
        if self._entries is None:
            raw, charset = self._raw, self._charset
            self._entries = tuple(_entry(_c.mt940py_entry(raw, i, charset)) for i in range(raw.entry_count))
        return self._entries

    def __iter__(self) -> Iterator[Entry]:
        return iter(self.entries)

    def __len__(self) -> int:
        return int(self._raw.entry_count)

    def __repr__(self) -> str:
        return f"<Statement {self.account.text} {self.number}: {len(self)} entries>"

    def narrative(self, entry: Entry) -> Narrative:
        """The sub-fields of an entry of this statement, completed by its supplementary line."""
        return Narrative.from_raw(_c.mt940py_entry_narrative(self._raw, entry.index, self._charset))

    def facts(self, entry: Entry, own_tax_id: str = "") -> Facts:
        """What an entry of this statement says about its counterparty."""
        own = self.account
        return Facts.read(entry.text or "", customer_reference=entry.customer_reference,
                          bank_reference=entry.bank_reference, supplementary=entry.supplementary,
                          own_iban=own.iban or "", own_bank=own.bank_code or "", own_account=own.number or "",
                          own_tax_id=own_tax_id, sign=1 if entry.mark in ("C", "RD", "EC") else -1)

    def continues(self, before: Statement) -> bool:
        """True when this is the next page of the same statement."""
        return bool(before.closing and before.closing.kind == "intermediate" and self.opening
                    and self.opening.kind == "intermediate" and before.account.text == self.account.text
                    and before.number == self.number)


def finding_from_raw(raw: Any) -> Finding:
    return Finding(_SEVERITIES[raw.severity], _c.mt940_message_name(raw.message), _c.mt940py_finding_text(raw, "en"),
                   _c.mt940py_finding_text(raw, "tr"), raw.statement, raw.line, raw.column, raw.offset, raw.tag,
                   raw.subfield)


class Messages(Sequence[Statement]):
    """Statement messages in the order of their file, and what is to be said about them."""

    def __init__(self, statements: Iterable[Statement], findings: Iterable[Finding]) -> None:
        self.statements: Tuple[Statement, ...] = tuple(statements)
        self.findings: Tuple[Finding, ...] = tuple(findings)

    @overload
    def __getitem__(self, index: int) -> Statement: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Statement]: ...

    def __getitem__(self, index: Union[int, slice]) -> Union[Statement, Sequence[Statement]]:
        return self.statements[index]

    def __len__(self) -> int:
        return len(self.statements)

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {len(self)} statements, {len(self.findings)} findings>"

    @property
    def good(self) -> bool:
        """True when no finding is an error."""
        return all(finding.severity != "error" for finding in self.findings)


class Document(Messages):
    """The statements of a file, in order, and what is to be said about them."""

    def __init__(self, raw: Any) -> None:
        self._raw = raw
        super().__init__(
            (Statement(_c.mt940_document_statement(raw, i), raw)
             for i in range(_c.mt940_document_statement_count(raw))),
            (finding_from_raw(_c.mt940_document_finding(raw, i))
             for i in range(_c.mt940_document_finding_count(raw))))

    def ids(self, company: str = "") -> List[Tuple[str, ...]]:
        """The id of every movement, statement by statement: the same however often the bank sends the movement."""
        return self._names(_c.mt940py_statement_ids, company)

    def second_keys(self, account: str = "") -> List[Tuple[str, ...]]:
        """The second key of every movement: the same where it comes in another statement, daily and monthly, interim
        and final (docs/statement.md). `account` is the host's code, else field 25 tells. Look at the id first."""
        return self._names(_c.mt940py_statement_second_keys, account)

    def _names(self, names: Callable[[Any, int, int, str], List[str]], owner: str) -> List[Tuple[str, ...]]:
        result: List[Tuple[str, ...]] = []
        first = 0
        for end in range(1, len(self) + 1):
            if end < len(self) and self[end].continues(self[end - 1]):
                continue
            flat = iter(names(self._raw, first, end - first, owner))
            result += [tuple(next(flat) for _ in range(len(page))) for page in self[first:end]]
            first = end
        return result


def reader_options(charset: Optional[str], strict: bool, chains: bool, any_line_ends: bool,
                   limits: Dict[str, int]) -> Any:
    options = _c.mt940_statement_options()
    options.strict = int(strict)
    options.chains = int(chains)
    options.any_line_ends = int(any_line_ends)
    if charset is not None:
        options.charset = _c.mt940_charset_from_name(charset)
        if not options.charset:
            raise ArgumentError(f"unknown character set {charset!r}")
    for name, value in limits.items():
        if not name.startswith("max_") or not hasattr(options, name):
            raise TypeError(f"there is no argument {name!r}")
        setattr(options, name, value)
    return options


def repairs(names: Iterable[str]) -> List[int]:
    numbers = [_c.mt940_message_from_name(name) for name in names]
    if 0 in numbers:
        raise ArgumentError("unknown repair in `refuse`")
    return numbers


def parse(data: Any, *, charset: Optional[str] = None, strict: bool = False, refuse: Iterable[str] = (),
          chains: bool = False, any_line_ends: bool = False, **limits: int) -> Document:
    """Reads statements from any object with a buffer (bytes, bytearray, memoryview, mmap), without copying it.

    The object stays locked while the document lives. `charset` overrules what the bytes look like; `strict` makes
    every repair an error finding, `refuse` the named ones ("REPAIR_AMOUNT_DOT" …); `chains` looks for missing pages and
    days; `any_line_ends` lets lines end with LF when `strict`. `limits`: max_bytes, max_field, max_entries,
    max_statements, max_findings, max_memory. Raises LimitError, ArgumentError, MemoryError; problems of the data are
    findings.
    """
    return Document(_c.mt940py_document_parse(data, reader_options(charset, strict, chains, any_line_ends, limits),
                                              repairs(refuse)))


def parse_file(path: Union[str, os.PathLike[str]], **options: Any) -> Document:
    """Reads the statements of a file; options as for parse()."""
    with open(path, "rb") as file:
        return parse(file.read(), **options)
