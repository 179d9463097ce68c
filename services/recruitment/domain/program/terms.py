"""When a statement of work held, as closely as its sources say it."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from shared.contracts.recruitment.program import Role

_MONTHS: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


class Precision(StrEnum):
    """How closely a source gives a day."""

    DAY = "day"
    MONTH = "month"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Bound:
    """A day as a source gives it: the first and the last day it can be; None where nothing limits it."""

    earliest: dt.date | None
    latest: dt.date | None
    precision: Precision

    def __str__(self) -> str:
        """In words: ``31 July 2019``, ``November 2019`` or ``UNKNOWN``."""
        known = self.earliest or self.latest
        if known is None or self.precision is Precision.UNKNOWN:
            return "UNKNOWN"
        month = f"{_MONTHS[known.month - 1]} {known.year}"
        return f"{known.day} {month}" if self.precision is Precision.DAY else month


def on(year: int, month: int, day: int) -> Bound:
    """A day that a source gives."""
    known = dt.date(year, month, day)
    return Bound(known, known, Precision.DAY)


def within(year: int, month: int) -> Bound:
    """Some day of a month: the source gives no more."""
    return Bound(dt.date(year, month, 1), _last_of(year, month), Precision.MONTH)


def first_of(year: int, month: int) -> Bound:
    """The beginning of a month, where the source gives whole months (August 2011 to July 2014 is three years)."""
    known = dt.date(year, month, 1)
    return Bound(known, known, Precision.MONTH)


def end_of(year: int, month: int) -> Bound:
    """The end of a month, where the source gives whole months."""
    known = _last_of(year, month)
    return Bound(known, known, Precision.MONTH)


def unknown(*, not_before: dt.date | None = None, not_after: dt.date | None = None) -> Bound:
    """A day no source gives, with what its neighbours still rule out."""
    return Bound(not_before, not_after, Precision.UNKNOWN)


def _last_of(year: int, month: int) -> dt.date:
    return (dt.date(year, month, 28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Term:
    """From when to when (last day) QIOs of these roles worked under a statement of work, and who says so."""

    roles: frozenset[Role]
    start: Bound
    end: Bound
    source: str

    def surely(self, day: dt.date) -> bool:
        """Whether the sources leave no doubt that the day is within it."""
        begun = self.start.latest is not None and self.start.latest <= day
        return begun and self.end.earliest is not None and day <= self.end.earliest

    def possibly(self, day: dt.date) -> bool:
        """Whether the sources do not rule out that the day is within it."""
        return not self.not_begun(day) and not self.ended(day)

    def not_begun(self, day: dt.date) -> bool:
        """Whether it surely had not begun."""
        return self.start.earliest is not None and day < self.start.earliest

    def ended(self, day: dt.date) -> bool:
        """Whether it surely had ended."""
        return self.end.latest is not None and day > self.end.latest
