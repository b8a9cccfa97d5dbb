# SPDX-License-Identifier: Apache-2.0
"""Changes of the books laid over a directory, which itself stays as it is."""
from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import Any, Iterator, Union

from . import lowlevel as _c
from .directory import Directory, DirectoryReader
from .errors import StateError
from .records import Customer, CustomerBank


def _kind(record: Union[Customer, CustomerBank]) -> int:
    if isinstance(record, Customer):
        return _c.MT940_KIND_CUSTOMER
    if isinstance(record, CustomerBank):
        return _c.MT940_KIND_CUSTOMER_BANK
    raise TypeError(f"a Customer or a CustomerBank is needed, not {type(record).__name__}")


class DirectoryOverlay(DirectoryReader):
    """A directory as changed: it answers as one built anew from the changed books would.

    `directory` was built or opened and stays as it is; several overlays may share it. Threads may share an overlay,
    one reads or changes it at a time. `most` (0 = 4,000) limits the customers that are changed.
    """

    def __init__(self, directory: Directory, *, most: int = 0) -> None:
        if not isinstance(directory, Directory):
            raise TypeError(f"a Directory is needed, not {type(directory).__name__}")
        self.company = directory.company
        self._below = directory
        self._lock = threading.RLock()
        self._readers = 0
        self._overlay = _c.mt940py_overlay_new(directory._raw, most)

    def __del__(self) -> None:
        """The overlay goes before what it lies on, also out of a cycle: freeing it reads there."""
        self.__dict__.pop("_overlay", None)

    @contextmanager
    def _reading(self) -> Iterator[Any]:
        with self._lock:
            self._readers += 1
            try:
                yield _c.mt940py_overlay_read(self._overlay)
            finally:
                self._readers -= 1

    @contextmanager
    def _changing(self) -> Iterator[Any]:
        """What is lent to a reader would go: only a reader itself, through attributes of its records, gets here then."""
        with self._lock:
            if self._readers:
                raise StateError("the overlay is being read")
            yield self._overlay

    def put(self, record: Union[Customer, CustomerBank]) -> None:
        """Puts a card or bank record as it stands in the books now, new or in the place of the one with its key.

        A closed card is one whose `active` is false. Raises ArgumentError for another company's, and LimitError when
        there are too many changes: build the directory anew.
        """
        with self._changing() as overlay:
            _c.mt940py_overlay_put(overlay, _kind(record), record)

    def remove(self, record: Union[Customer, CustomerBank]) -> None:
        """Takes a card or bank record out that is no longer in the books; only its key is read, and it may be unknown."""
        with self._changing() as overlay:
            _c.mt940py_overlay_remove(overlay, _kind(record), record)

    @property
    def changed(self) -> int:
        """How many customers were changed so far."""
        with self._lock:
            return _c.mt940py_overlay_count(self._overlay)
