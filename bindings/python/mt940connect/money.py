# SPDX-License-Identifier: Apache-2.0
"""Money between `Decimal` and the minor units that records hold (12.50 TRY is 1250)."""
from __future__ import annotations

from decimal import Decimal

from . import lowlevel as _c
from .errors import ArgumentError, RangeError


def digits(currency: str) -> int:
    """Decimals of an ISO 4217 currency: TRY 2, JPY 0, KWD 3."""
    known: int = _c.mt940_currency_digits(currency)
    if known < 0:
        raise ArgumentError(f"{currency!r} is not in ISO 4217")
    return known


def to_minor(amount: Decimal, currency: str) -> int:
    """12.50 TRY -> 1250; raises RangeError rather than rounding."""
    scaled = amount.scaleb(digits(currency))
    units = int(scaled)
    if units != scaled:
        raise RangeError(f"{amount} has more decimals than {currency} allows")
    return units


def from_minor(units: int, currency: str) -> Decimal:
    """1250 TRY -> Decimal("12.50")."""
    return Decimal(units).scaleb(-digits(currency))
