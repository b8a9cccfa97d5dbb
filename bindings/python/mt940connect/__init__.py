# SPDX-License-Identifier: Apache-2.0
"""Bank statements (SWIFT MT940 and relatives), IBANs and tax numbers, read by the C library mt940connect.

    for statement in mt940connect.parse(open("statement.sta", "rb").read()):
        for entry in statement.entries:
            print(entry.entry_date, entry.signed, entry.text)

Amounts are `decimal.Decimal`, dates `datetime.date`; the bytes of the bank are kept beside every decoded text. Problems
of the data are findings of the document, never exceptions. Everything returned is plain data: it may be kept, pickled
and shared between threads.
"""
from . import lowlevel as _lowlevel
from .anonymise import anonymise
from .bank import Bank
from .bank_branch import BankBranch
from .directory import Directory, DirectoryHit
from .directory_overlay import DirectoryOverlay
from .envelope import Envelope, EnvelopeField, EnvelopeFlaw, read_envelopes
from .errors import (ArgumentError, CallbackError, CancelledError, ConflictError, ExistsError, FormatError, LimitError,
                     Mt940Error, NotFoundError, OutOfMemoryError, RangeError, StateError, UnknownOutcomeError)
from .facts import Facts
from .iban import FoundIban, Iban, IbanSuggestion, check_ibans, find_ibans
from .match import Candidate, Evidence, Match
from .narrative import Narrative, SubField
from .statement import Account, Balance, Document, Entry, Finding, RawField, Statement, Total, parse, parse_file
from .statement_stream import Pages, parse_stream
from .statement_writer import write
from .tax_id import FoundTaxId, TaxIdKind, check_tckn, check_vkn, check_voen, find_tax_ids

__version__: str = _lowlevel.mt940_version()

__all__ = [
    "Account", "ArgumentError", "Balance", "Bank", "BankBranch", "CallbackError", "CancelledError", "Candidate",
    "ConflictError", "Directory", "DirectoryHit", "DirectoryOverlay", "Document", "Entry", "Envelope",
    "EnvelopeField", "EnvelopeFlaw", "Evidence", "ExistsError", "Facts", "Finding", "FormatError", "FoundIban",
    "FoundTaxId", "Iban", "IbanSuggestion", "LimitError", "Match", "Mt940Error", "Narrative", "NotFoundError",
    "OutOfMemoryError", "Pages", "RangeError", "RawField", "StateError", "Statement", "SubField", "TaxIdKind",
    "Total", "UnknownOutcomeError", "anonymise", "check_ibans", "check_tckn", "check_vkn", "check_voen",
    "find_ibans", "find_tax_ids", "parse", "parse_file", "parse_stream", "read_envelopes", "write", "__version__",
]
