# SPDX-License-Identifier: Apache-2.0
"""Exceptions, one for each status of the C library.

Made by libmt940/base/gen_status.py from libmt940/base/status.def; change that file.
"""
from __future__ import annotations

from typing import Dict, Optional, Type


class Mt940Error(Exception):
    """Base of all; `status` is the number of the C library, `detail` that of a callback or system."""

    status: int = 0

    def __init__(self, message: str = "", detail: int = 0, offset: Optional[int] = None,
                 line: Optional[int] = None, column: Optional[int] = None, tag: str = "") -> None:
        super().__init__(message or (self.__doc__ or ""))
        self.detail, self.offset, self.line, self.column, self.tag = detail, offset, line, column, tag


class ArgumentError(Mt940Error):
    """An argument is missing, out of range or of the wrong size; mend the call."""

    status = -1


class OutOfMemoryError(Mt940Error, MemoryError):
    """The allocator refused memory; nothing was changed."""

    status = -2


class LimitError(Mt940Error):
    """An input is larger than the limit in the options; raise that limit or refuse the input."""

    status = -3


class FormatError(Mt940Error):
    """The text does not have the form asked for."""

    status = -4


class RangeError(Mt940Error):
    """A number does not fit, or has more decimals than allowed."""

    status = -5


class CancelledError(Mt940Error):
    """The progress callback asked to stop; what was finished is kept."""

    status = -6


class CallbackError(Mt940Error):
    """A callback of the host failed; its own number is in the error's detail."""

    status = -7


class StateError(Mt940Error):
    """The handle is not in a state for this call, for example fed after finish."""

    status = -8


class NotFoundError(Mt940Error):
    """No such record."""

    status = -9


class ExistsError(Mt940Error):
    """A record with this key exists already."""

    status = -10


class ConflictError(Mt940Error):
    """Another writer changed the records meanwhile, more often than the retries allow; try again."""

    status = -11


class UnknownOutcomeError(Mt940Error):
    """The store cannot tell whether the change was written; look it up by its key before any retry."""

    status = -12


class StoreError(Mt940Error):
    """The store failed; nothing was written. The error's text and detail say why."""

    status = -13


class SchemaError(Mt940Error):
    """The store was written by a newer version of this library; use that version."""

    status = -14


class BusyError(Mt940Error):
    """Another process holds the store's lock longer than the time allowed; try again."""

    status = -15


class IoError(Mt940Error):
    """The operating system refused to read or write; detail is its errno."""

    status = -16


class NotConfiguredError(Mt940Error):
    """A setting this call needs is not set; the error's text names it."""

    status = -17


class AuthenticationError(Mt940Error):
    """The server refused the user name, the password or the key."""

    status = -18


class UnreachableError(Mt940Error):
    """The server did not answer within the time allowed."""

    status = -19


class UnverifiedError(Mt940Error):
    """The server's identity is not proven (certificate or host key); nothing was sent to it."""

    status = -20


class UnsupportedError(Mt940Error):
    """This build, store or server does not offer what was asked for."""

    status = -21


class CorruptError(Mt940Error):
    """Stored data contradict themselves; restore a backup and report it."""

    status = -22


BY_STATUS: Dict[int, Type[Mt940Error]] = {
    -1: ArgumentError,
    -2: OutOfMemoryError,
    -3: LimitError,
    -4: FormatError,
    -5: RangeError,
    -6: CancelledError,
    -7: CallbackError,
    -8: StateError,
    -9: NotFoundError,
    -10: ExistsError,
    -11: ConflictError,
    -12: UnknownOutcomeError,
    -13: StoreError,
    -14: SchemaError,
    -15: BusyError,
    -16: IoError,
    -17: NotConfiguredError,
    -18: AuthenticationError,
    -19: UnreachableError,
    -20: UnverifiedError,
    -21: UnsupportedError,
    -22: CorruptError,
}
