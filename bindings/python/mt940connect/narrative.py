# SPDX-License-Identifier: Apache-2.0
"""What a narrative is made of: its dialect, its sub-fields, and what they mean."""
from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Dict, Optional, Tuple

from . import lowlevel as _c


@dataclass(frozen=True)
class SubField:
    """A sub-field: `code` as written (empty for text outside one), `meaning` as in Narrative.values or None."""

    code: str
    value: str
    meaning: Optional[str]
    level: int


@dataclass(frozen=True)
class Narrative:
    """`dialect` is "free" where there is nothing to split; `values` holds "name", "account", "purpose" … as found."""

    dialect: str
    text: str
    iban: Optional[str]
    fields: Tuple[SubField, ...]
    values: Dict[str, str]

    @classmethod
    def read(cls, raw: bytes, *, charset: str = "utf-8", sign: int = 0) -> Narrative:
        """Reads the bank's bytes (`Entry.raw_narrative`) in the statement's character set.

        `sign`: +1 money in, -1 money out: whether sender or receiver is the counterparty.
        """
        return cls.from_raw(_c.mt940py_narrative(_c.mt940_charset_from_name(charset), sign, raw))

    @classmethod
    def from_raw(cls, raw: Tuple[Any, ...]) -> Narrative:
        dialect, text, iban, fields, values = raw
        return cls(dialect, text, iban or None, tuple(SubField(*field) for field in fields), values)
