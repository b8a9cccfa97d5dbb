# SPDX-License-Identifier: Apache-2.0
"""Tax numbers: VKN and TCKN of Türkiye, VÖEN of Azerbaijan."""
from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import List, Optional

from . import lowlevel as _c

_REASONS = {
    _c.MT940_TAX_ID_VALID: None, _c.MT940_TAX_ID_BAD_LENGTH: "BAD_LENGTH",
    _c.MT940_TAX_ID_BAD_CHARACTER: "BAD_CHARACTER", _c.MT940_TAX_ID_BAD_CHECKSUM: "BAD_CHECKSUM",
    _c.MT940_TAX_ID_BAD_FORM: "BAD_FORM",
}


class TaxIdKind(enum.IntEnum):
    """Whose number it is."""

    VKN = _c.MT940_TAX_ID_VKN
    TCKN = _c.MT940_TAX_ID_TCKN
    VOEN = _c.MT940_TAX_ID_VOEN


@dataclass(frozen=True)
class FoundTaxId:
    """A number in a text: `text[start:end]`."""

    start: int
    end: int
    kind: TaxIdKind
    labelled: bool
    digits: str


def check_vkn(text: str) -> Optional[str]:
    """Why a VKN is refused ("BAD_CHECKSUM" …); None when it is valid."""
    return _REASONS[_c.mt940_vkn_check(text)]


def check_tckn(text: str) -> Optional[str]:
    """Why a TCKN is refused; None when it is valid."""
    return _REASONS[_c.mt940_tckn_check(text)]


def check_voen(text: str) -> Optional[str]:
    """Why a VÖEN is refused; None when it is valid. BAD_CHECKSUM is a warning only: the rule is not published."""
    return _REASONS[_c.mt940_voen_check(text)]


def find_tax_ids(text: str) -> List[FoundTaxId]:
    """The tax numbers in a text that pass their check."""
    return [FoundTaxId(start, end, TaxIdKind(kind), bool(labelled), digits)
            for start, end, kind, labelled, digits in _c.mt940py_tax_id_scan(text)]
