# SPDX-License-Identifier: Apache-2.0
"""The bank-branch code XXXX_YYYYY (Banka-Şube Kodu) of Turkish books."""
from __future__ import annotations

from dataclasses import dataclass

from . import lowlevel as _c


@dataclass(frozen=True, order=True)
class BankBranch:
    """Bank 0..9999 and branch 0..99999; `str()` gives "0062_00119"."""

    bank: int
    branch: int

    @classmethod
    def parse(cls, text: str) -> BankBranch:
        """Reads "62_119", "0062-00119", "62/119" …; raises FormatError for anything else."""
        return cls(*_c.mt940_bank_branch_parse(text))

    def __str__(self) -> str:
        return f"{self.bank:04d}_{self.branch:05d}"
