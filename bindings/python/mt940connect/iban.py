# SPDX-License-Identifier: Apache-2.0
"""International Bank Account Numbers (ISO 13616)."""
from __future__ import annotations

from dataclasses import dataclass
from typing import List, Optional, Sequence

from . import lowlevel as _c
from .bank import Bank
from .errors import FormatError

_NATIONAL = {_c.MT940_NATIONAL_NOT_APPLICABLE: "not-applicable", _c.MT940_NATIONAL_PASS: "pass",
             _c.MT940_NATIONAL_FAIL: "fail"}
_MISTAKES = {_c.MT940_IBAN_MISTAKE_LOOKALIKE: "lookalike", _c.MT940_IBAN_MISTAKE_CHANGED: "changed",
             _c.MT940_IBAN_MISTAKE_SWAPPED: "swapped", _c.MT940_IBAN_MISTAKE_MISSING: "missing",
             _c.MT940_IBAN_MISTAKE_EXTRA: "extra"}


def _flags(strict: bool, unofficial: bool) -> int:
    return (0 if strict else _c.MT940_IBAN_PRINT) | (_c.MT940_IBAN_UNOFFICIAL if unofficial else 0)


@dataclass(frozen=True)
class IbanSuggestion:
    """What a refused IBAN may have been meant to be: a guess for a person to look at."""

    canonical: str
    mistake: str
    position: int


@dataclass(frozen=True)
class Iban:
    """A judged IBAN. `Iban.of()` takes valid ones only, `Iban.judge()` takes everything and says what is wrong."""

    input: str
    canonical: str
    reason: Optional[str]
    position: Optional[int]
    country: Optional[str]
    bank_code: Optional[str]
    branch_code: Optional[str]
    account: Optional[str]
    national_check: str
    sepa: bool

    @classmethod
    def judge(cls, text: str, *, strict: bool = False, unofficial: bool = False) -> Iban:
        """Reads the written forms (blanks, hyphens, lower case, the word IBAN); `strict`: the electronic form only.

        `unofficial` takes countries outside the registry too.
        """
        flags = _flags(strict, unofficial)
        raw = _c.mt940_iban(text, flags)
        canonical = raw.canonical

        def part(place: tuple[int, int]) -> Optional[str]:
            offset, length = place
            fits = length and raw.expected_length == len(canonical)
            return canonical[offset:offset + length] if fits else None

        valid = raw.reason == _c.MT940_IBAN_VALID
        return cls(text, canonical, None if valid else _c.mt940_iban_reason_name(raw.reason),
                   raw.position if raw.position >= 0 else None, raw.country or None, part(raw.bank), part(raw.branch),
                   part(raw.account), _NATIONAL[raw.national_check], bool(raw.sepa_registry))

    @classmethod
    def of(cls, text: str) -> Iban:
        """The same, but raises FormatError for an IBAN that is not valid."""
        iban = cls.judge(text)
        if not iban.valid:
            raise FormatError(f"{iban.reason} in {text!r}")
        return iban

    @classmethod
    def build(cls, country: str, *, bank: Optional[str] = None, branch: Optional[str] = None,
              account: Optional[str] = None) -> Iban:
        """Makes an IBAN from its parts, padded with zeros, check digits solved."""
        return cls.of(_c.mt940_iban_build(country, bank, branch, account))

    @property
    def valid(self) -> bool:
        return self.reason is None

    @property
    def printed(self) -> str:
        """In groups of four."""
        return _c.mt940_iban_print(self.canonical)

    def masked(self, head: int = 4, tail: int = 4) -> str:
        """For logs: all but the first and last characters as '*'."""
        return _c.mt940_iban_mask(self.canonical, head, tail)

    @property
    def bank(self) -> Optional[Bank]:
        """Its bank, None when the IBAN is refused or the bank not known."""
        return Bank.of_iban(self.canonical) if self.valid else None

    def suggestions(self) -> List[IbanSuggestion]:
        """Valid IBANs one typing mistake away."""
        return [IbanSuggestion(canonical, _MISTAKES[mistake], position) for canonical, mistake, position
                in _c.mt940py_iban_suggest(self.input, _c.MT940_IBAN_PRINT)]

    def __str__(self) -> str:
        return self.canonical


@dataclass(frozen=True)
class FoundIban:
    """An IBAN in a text: `text[start:end]`."""

    start: int
    end: int
    canonical: str


def find_ibans(text: str) -> List[FoundIban]:
    """Every valid IBAN in a text: glued to words, grouped, cut by a line end, in lower case."""
    return [FoundIban(*found) for found in _c.mt940py_iban_scan(text)]


def check_ibans(texts: Sequence[str], *, strict: bool = False, unofficial: bool = False) -> List[Optional[str]]:
    """The reason of each text as `Iban.judge()` has it, None for a valid one: many times faster than one by one."""
    names = {0: None, **{n: _c.mt940_iban_reason_name(n) for n in range(1, _c.MT940_IBAN_BAD_RESERVE + 1)}}
    return [names[reason] for reason in _c.mt940py_iban_check_many(texts, _flags(strict, unofficial))]
