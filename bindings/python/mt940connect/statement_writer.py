# SPDX-License-Identifier: Apache-2.0
"""Statements back to bytes: canonical, or exactly those that were read (docs/statement_writer.md)."""
from __future__ import annotations

from . import lowlevel as _c
from .errors import ArgumentError
from .statement import Document

_ENVELOPES = {"auto": 0, "none": 1, "fin": 2, "keep": 3}
_BATCHES = {"none": 0, "rje": 1, "dos-pcc": 2}


def write(document: Document, *, exact: bool = False, strict: bool = False, envelope: str = "auto",
          batch: str = "none", sender: str = "", receiver: str = "") -> bytes:
    """The statements of a document as the bytes of a file.

    `exact` gives the bytes that were read. Else the form is canonical: CR LF, fields in the standard's order, decimals
    of ISO 4217, field 86 wrapped at 65; reading that gives the same values. `strict` refuses a field that breaks the
    standard. `envelope`: "auto" (blocks 1, 2 and 4 where a message would lose its type without), "none", "fin", with
    the BICs of `sender` and `receiver`, "keep" (the blocks that it was read with, where they are sound, else as "auto"). `batch`: "none", "rje" ("$" between messages), "dos-pcc". Raises FormatError,
    which names the field, where a statement cannot be written so that it is read again as what it is (write it exactly
    then); ArgumentError for an unknown word.
    """
    try:
        chosen, together = _ENVELOPES[envelope], _BATCHES[batch]
    except KeyError as error:
        raise ArgumentError(f"unknown envelope or batch {error.args[0]!r}") from None
    return _c.mt940py_document_write(document._raw, int(exact), chosen, together, int(strict), sender, receiver)
