"""When the office is staffed: hours by weekday on the office's clock, without holidays and further closures."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from services.complaints.domain import clock
from shared.program.holidays import holiday

# A year of closed days in a row is a mistake in the settings.
_LONGEST = 366


class NeverStaffed(ValueError):  # noqa: N818 - the fact is the name
    """No shift begins within a year."""


@dataclass(frozen=True, slots=True)
class OfficeHours:
    """``hours``: from when until when on each weekday (0 is Monday) that is staffed, on the clock of ``zone`` (IANA).

    A shift lies within one local day. Federal holidays as observed are not staffed unless ``holidays``; ``closures``
    never are.
    """

    zone: str
    hours: Mapping[int, tuple[dt.time, dt.time]]
    closures: frozenset[dt.date] = frozenset()
    holidays: bool = False

    def shift(self, day: dt.date) -> tuple[dt.datetime, dt.datetime] | None:
        """From when until when (UTC, the end excluded) the office is staffed on a local day, or None."""
        hours = self.hours.get(day.weekday())
        if hours is None or day in self.closures or (not self.holidays and holiday(day) is not None):
            return None
        return clock.at(day, hours[0], self.zone), clock.at(day, hours[1], self.zone)

    def next_start(self, after: dt.datetime) -> dt.datetime:
        """When (UTC) the first shift begins that begins later than ``after``; raises NeverStaffed."""
        day = self.today(after)
        for _ in range(_LONGEST):
            shift = self.shift(day)
            if shift is not None and shift[0] > after:
                return shift[0]
            day += clock.DAY
        raise NeverStaffed("no shift begins within a year")

    def staffed(self, at: dt.datetime) -> bool:
        """Whether a shift runs at an instant."""
        shift = self.shift(self.today(at))
        return shift is not None and shift[0] <= at < shift[1]

    def today(self, at: dt.datetime) -> dt.date:
        """The office's date at an instant."""
        return clock.local_date(at, self.zone)

    def day(self, at: dt.datetime) -> tuple[dt.datetime, dt.datetime]:
        """The office's day (UTC, the end excluded) in which an instant lies."""
        today = self.today(at)
        return clock.start_of_day(today, self.zone), clock.start_of_day(today + clock.DAY, self.zone)
