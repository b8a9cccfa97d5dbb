# SPDX-License-Identifier: Apache-2.0
"""What a person's choices of a customer teach the matcher (hatırlanan kararlar).

    for key in directory.lesson_keys(statement, entry):
        lesson = stored.get(key, customer) or key.lesson(customer)
        keep(teach(lesson, LessonEvent.CONFIRMED, now))
    directory.match(statement, entry, lessons=stored_with_those_keys)

Only a person's choice may be taught. Times are seconds since 1970-01-01 UTC. Where lessons are kept is up to you; the
library's own flow keeps them in its store.
"""
from __future__ import annotations

import enum
from dataclasses import dataclass
from typing import Optional

from . import lowlevel as _c
from .records import Lesson, LessonBasis, Side


class LessonEvent(enum.IntEnum):
    """What a person did."""

    CONFIRMED = _c.MT940_LESSON_CONFIRMED  # chose the customer
    REJECTED = _c.MT940_LESSON_REJECTED  # chose another where this one was proposed
    TAKEN_BACK = _c.MT940_LESSON_TAKEN_BACK  # the choice is another now: it counts no more


@dataclass(frozen=True)
class LessonPolicy:
    """When a lesson may decide, and how fast it fades; the defaults are those of the C library.

    `confirmations` of a person before it may decide (0 = never); more `rejections` and it never does again; a choice
    counts half after `half_life` days.
    """

    confirmations: int = 3
    rejections: int = 1
    half_life: int = 125


@dataclass(frozen=True)
class LessonKey:
    """What is remembered of a movement, and where: a lesson's key but for the customer."""

    company: str
    bank_account: str
    side: Side
    basis: LessonBasis
    value: str

    def lesson(self, customer: str) -> Lesson:
        """A lesson that knows nothing yet, for teach()."""
        return Lesson(company=self.company, bank_account=self.bank_account, side=self.side, basis=self.basis,
                      value=self.value, customer=customer)


@dataclass(frozen=True)
class LessonWorth:
    """`weight` in hundredths of a decibel, 0 to 4500; `decides`: may be automatic; `refused`: not to be proposed.

    `strength`: choices in thousandths, older ones counting less.
    """

    weight: int
    decides: bool
    refused: bool
    strength: int


def teach(lesson: Lesson, event: LessonEvent, now: int, policy: Optional[LessonPolicy] = None) -> Lesson:
    """The lesson after an event, as a new record; movement and actor are yours to set."""
    taught: Lesson = _c.mt940py_lesson_teach(policy, event, now, lesson)
    return taught


def weigh(lesson: Lesson, now: int, policy: Optional[LessonPolicy] = None) -> LessonWorth:
    """What a lesson is worth at some time."""
    return LessonWorth(*_c.mt940py_lesson_weigh(policy, lesson, now))
