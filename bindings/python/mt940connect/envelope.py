# SPDX-License-Identifier: Apache-2.0
"""What stands around the text of a SWIFT FIN message: sender, receiver, times, trailers (docs/envelope.md)."""
from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any, Dict, Iterator, Optional, Tuple

from . import lowlevel as _c

_ANSWERS = {1: "accepted", 2: "refused"}
_PDE, _PDM, _DELAYED, _TRAINING = 1, 2, 4, 8


@dataclass(frozen=True)
class EnvelopeField:
    """A tag of block "3", "5" or "S", or of the block "4" of a service message."""

    block: str
    tag: str
    value: str


@dataclass(frozen=True)
class EnvelopeFlaw:
    """A rule that is broken, in which block and at which byte; `damaged` where more than the form is wrong."""

    rule: str
    block: str
    offset: int
    damaged: bool


@dataclass(frozen=True)
class Envelope:
    """The blocks of a message. Texts are empty and the others None where the blocks do not say.

    `sender` and `receiver` are BICs; `direction` is "input" or "output"; times are local to where they were stamped;
    `answer` is what a service message in front says: "accepted" (ACK), "refused" (NAK) or None. Of a statement `head` and
    `behind` are the blocks themselves.
    """

    application: str
    service: str
    direction: Optional[str]
    type: Optional[str]
    sender: str
    receiver: str
    session: str
    sequence: str
    mir: str
    input: Optional[datetime.datetime]
    output: Optional[datetime.datetime]
    priority: str
    delivery: str
    obsolescence: str
    possible_duplicate: bool
    delayed: bool
    training: bool
    answer: Optional[str]
    fields: Tuple[EnvelopeField, ...]
    flaws: Tuple[EnvelopeFlaw, ...]
    head: bytes = field(default=b"", repr=False)
    behind: bytes = field(default=b"", repr=False)

    @staticmethod
    def from_raw(raw: Dict[str, Any], head: bytes = b"", behind: bytes = b"") -> Envelope:
        marks = raw["marks"]
        return Envelope(
            raw["application"], raw["service"], {"I": "input", "O": "output"}.get(raw["direction"]),
            f"{raw['type']:03}" if raw["type"] else None, raw["sender"], raw["receiver"], raw["session"],
            raw["sequence"], raw["mir"], _time(raw["input_date"], raw["input_time"]),
            _time(raw["output_date"], raw["output_time"]), raw["priority"], raw["delivery"], raw["obsolescence"],
            bool(marks & (_PDE | _PDM)), bool(marks & _DELAYED), bool(marks & _TRAINING), _ANSWERS.get(raw["answer"]),
            tuple(EnvelopeField(*row) for row in raw["fields"]), tuple(EnvelopeFlaw(*row) for row in raw["flaws"]),
            head, behind)

    def get(self, block: str, tag: str) -> Optional[str]:
        """The value of the first tag of that name in a block, or None."""
        return next((row.value for row in self.fields if row.block == block and row.tag == tag), None)


def _time(date: Optional[datetime.date], minutes: int) -> Optional[datetime.datetime]:
    if date is None or minutes < 0:
        return None
    return datetime.datetime(date.year, date.month, date.day, minutes // 60, minutes % 60)


def read_envelopes(data: bytes) -> Iterator[Envelope]:
    """The envelopes of the messages in a batch, one after the other, whatever their types."""
    rest = memoryview(data)
    while True:
        raw = _c.mt940py_envelope(rest)
        if raw is None:
            return
        yield Envelope.from_raw(raw)
        rest = rest[raw["length"]:]
