# SPDX-License-Identifier: Apache-2.0
"""Statements to show to others: other names, accounts and numbers of the same form (docs/anonymise.md)."""
from __future__ import annotations

import secrets
from typing import Any, Optional

from . import lowlevel as _c


def anonymise(data: Any, *, seed: Optional[int] = None, max_field: Optional[int] = None) -> bytes:
    """The bytes of a statement (any object with a buffer) made anonymous: as many bytes, and the same findings.

    One `seed` (64 bits) gives a word the same replacement in every file. Who knows it can try names: treat it as a
    secret; without one a random one is drawn and forgotten. Amounts, dates and the words of banks stay: look at what
    comes out before you send it. Raises LimitError where a movement has more than `max_field` bytes (1 MiB).
    """
    options = _c.mt940_anonymise_options()
    options.seed = secrets.randbits(64) if seed is None else seed
    if max_field is not None:
        options.max_field = max_field
    return _c.mt940py_anonymise(data, options)
