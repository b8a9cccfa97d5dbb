# SPDX-License-Identifier: Apache-2.0
"""The banks the library knows: those of Türkiye and Azerbaijan. An unknown bank is never an invalid IBAN."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Optional

from . import lowlevel as _c


@dataclass(frozen=True)
class Bank:
    """A bank; `bic` is None where it is not known."""

    country: str
    code: str
    name: str
    bic: Optional[str]

    @classmethod
    def of_iban(cls, iban: str) -> Optional[Bank]:
        """The bank of an IBAN in electronic form, None when it is not known."""
        return _bank(_c.mt940py_bank_of_iban(iban))

    @classmethod
    def of_bic(cls, bic: str) -> Optional[Bank]:
        """The bank of a BIC of 8 or 11 characters, None when it is not known."""
        return _bank(_c.mt940py_bank_of_bic(bic))


def _bank(raw: Optional[tuple[str, str, str, str]]) -> Optional[Bank]:
    return Bank(raw[0], raw[1], raw[2], raw[3] or None) if raw else None
