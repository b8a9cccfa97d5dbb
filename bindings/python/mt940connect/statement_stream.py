# SPDX-License-Identifier: Apache-2.0
"""Statements out of files of any length, one after another, in the memory of one."""
from __future__ import annotations

import os
from typing import Any, Iterable, Iterator, Optional, Tuple

from . import lowlevel as _c
from .statement import Entry, Messages, Statement, finding_from_raw, reader_options, repairs

_PIECE = 1 << 18
_NO_LIMIT = 0xFFFFFFFF


def _findings_of(raw: Any, page: int) -> Iterator[Any]:
    index = 0
    while (finding := _c.mt940py_pages_finding(raw, page, index)) is not None:
        yield finding_from_raw(finding)
        index += 1


class Pages(Messages):
    """One statement: its message, or its pages in order (62M, then 60M), and what is to be said about them.

    Without any message: the findings of a stream in which there was none.
    """

    def __init__(self, raw: Any) -> None:
        self._raw = raw
        count = _c.mt940py_pages_count(raw)
        messages = (_c.mt940py_pages_statement(raw, page) for page in range(count))
        super().__init__((Statement(message, raw) for message in messages if message is not None),
                         (finding for page in range(count) for finding in _findings_of(raw, page)))

    @property
    def entries(self) -> Tuple[Entry, ...]:
        """The movements of all pages."""
        return tuple(entry for page in self for entry in page)

    def ids(self, company: str = "") -> Tuple[str, ...]:
        """The ids of `entries`, as of Document.ids()."""
        return tuple(_c.mt940py_pages_ids(self._raw, company))

    def second_keys(self, account: str = "") -> Tuple[str, ...]:
        """The second keys of `entries`, as of Document.second_keys()."""
        return tuple(_c.mt940py_pages_second_keys(self._raw, account))


def _buffers(source: Any) -> Iterator[Any]:
    if not hasattr(source, "read"):
        yield from source
        return
    while buffer := source.read(_PIECE):
        yield buffer


def _pieces(buffers: Iterable[Any]) -> Iterator[memoryview]:
    """Statements wait until a piece has been read, so that a large buffer goes in many."""
    for buffer in buffers:
        with memoryview(buffer) as view, view.cast("B") as flat:
            for begin in range(0, len(flat), _PIECE):
                with flat[begin:begin + _PIECE] as piece:
                    yield piece


def parse_stream(source: Any, *, charset: Optional[str] = None,
                 strict: bool = False, refuse: Iterable[str] = (), chains: bool = False,
                 any_line_ends: bool = False, **limits: int) -> Iterator[Pages]:
    """Reads statements as they come out of a path, a buffer, an open binary file, or any iterable of buffers.

    Yields each statement when it is whole; memory is that of one statement, however long the stream is. What is said
    of it is what parse() would say of the whole. Options as for parse(), `max_memory` and `max_entries` of one message;
    statements are not counted unless `max_statements` says so. Raises as parse() does, and what `source` raises; what
    was yielded before stays right.
    """
    limits.setdefault("max_statements", _NO_LIMIT)
    options = reader_options(charset, strict, chains, any_line_ends, limits)
    numbers = repairs(refuse)
    if isinstance(source, (str, os.PathLike)):
        return _read_path(source, options, numbers)
    try:
        memoryview(source).release()
    except TypeError:
        return _read(_buffers(source), options, numbers)
    return _read((source,), options, numbers)


def _read_path(path: Any, options: Any, numbers: Any) -> Iterator[Pages]:
    with open(path, "rb", buffering=0) as file:
        yield from _read(_buffers(file), options, numbers)


def _read(buffers: Iterable[Any], options: Any, numbers: Any) -> Iterator[Pages]:
    stream = _c.mt940py_stream_new(options, numbers)
    for piece in _pieces(buffers):
        _c.mt940py_stream_feed(stream, piece)
        yield from _take(stream)
    _c.mt940py_stream_finish(stream)
    yield from _take(stream)


def _take(stream: Any) -> Iterator[Pages]:
    while (raw := _c.mt940py_stream_take(stream)) is not None:
        yield Pages(raw)
