"""Regulatory time: elapsed hours on the UTC line; days, months and hours of the day on the facility's clock.

Weekends and holidays move nothing but working days. A start is an instant or a local date; what is due comes out in
UTC. Local noon, the end of a day and the close of business never fall into a change of US daylight saving time
(01:00-03:00 local).
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import islice
from zoneinfo import ZoneInfo

from shared.program.holidays import working_days_after

# A date stands for a day of which the hour is not known or does not matter.
Moment = dt.datetime | dt.date
DAY = dt.timedelta(days=1)


class HourNeeded(ValueError):  # noqa: N818 - an answer to the caller
    """The rule counts hours, and only a date was given."""


class Unit(StrEnum):
    """How a rule counts. The day of the event is never counted."""

    ELAPSED_HOURS = "elapsed hours"
    SAME_DAY = "same local day"
    CALENDAR_DAYS = "calendar days"
    WORKING_DAYS = "working days"  # Monday to Friday without federal holidays as observed
    MONTHS = "months"  # same number of the day; where the month has none, the day after its last
    YEARS = "years"
    AT_ONCE_OR_NEXT_DAY = "at once, after the cutoff the next day"


class Hour(StrEnum):
    """The time of day at which a span of days ends."""

    START = "start of day"
    NOON = "noon"
    CLOSE = "close of business"
    END = "end of day"


@dataclass(frozen=True, slots=True)
class Practice:
    """What the law leaves open and the QIO sets: close of business, cutoff of admission notices, further closures."""

    close_of_business: dt.time = dt.time(17, 0)
    cutoff: dt.time = dt.time(15, 0)
    closures: frozenset[dt.date] = frozenset()


STANDARD = Practice()


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time from an event: ``count`` units, ending at an hour of the local day; ``before`` counts back."""

    unit: Unit
    count: int
    hour: Hour = Hour.END
    before: bool = False

    def due(self, start: Moment, zone: str, practice: Practice = STANDARD) -> dt.datetime:
        """When the span that begins with ``start`` ends, in UTC; a forward span never ends before its start.

        What starts after the hour of the very day it would be due on is due at that hour of the next day. Raises
        HourNeeded for hours counted from a date.
        """
        count = -self.count if self.before else self.count
        if self.unit in _BY_THE_HOUR:
            return self._by_the_hour(instant(start), count, zone, practice)
        day = self._day(local_date(start, zone), count, practice)
        when = at(day, time_of(self.hour, practice), zone)
        if self.count or self.hour is Hour.START or not isinstance(start, dt.datetime) or when >= whole_second(start):
            return when
        return at(self._next(day, practice), time_of(self.hour, practice), zone)

    def _by_the_hour(self, start: dt.datetime, count: int, zone: str, practice: Practice) -> dt.datetime:
        if self.unit is Unit.ELAPSED_HOURS:
            return start + dt.timedelta(hours=count)
        day = local_date(start, zone)
        return start if whole_second(start) <= at(day, practice.cutoff, zone) else start_of_day(day + DAY, zone)

    def _day(self, day: dt.date, count: int, practice: Practice) -> dt.date:
        if self.unit is Unit.WORKING_DAYS:
            return counted_working_days(day, count, practice)[-1] if count else day
        if self.unit in (Unit.MONTHS, Unit.YEARS):
            return months_after(day, count * (12 if self.unit is Unit.YEARS else 1))
        return day + count * DAY

    def _next(self, day: dt.date, practice: Practice) -> dt.date:
        return counted_working_days(day, 1, practice)[-1] if self.unit is Unit.WORKING_DAYS else day + DAY


# Units for which a date is not enough.
_BY_THE_HOUR = frozenset({Unit.ELAPSED_HOURS, Unit.AT_ONCE_OR_NEXT_DAY})


def counted_working_days(day: dt.date, count: int, practice: Practice = STANDARD) -> list[dt.date]:
    """The next ``count`` working days after ``day``."""
    return list(islice(working_days_after(day, practice.closures), count))


def by_next_working_day(moment: Moment, due_at: dt.datetime, zone: str, practice: Practice = STANDARD) -> bool:
    """Whether a time that ended on a weekend or holiday was missed by no more than up to the next working day."""
    day = local_date(due_at, zone)
    (working,) = counted_working_days(day - DAY, 1, practice)
    return working != day and local_date(moment, zone) <= working


def months_after(day: dt.date, months: int) -> dt.date:
    """The same number of the day, ``months`` later; where it does not exist the next day, so that nobody is barred."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    try:
        return day.replace(year=year, month=month + 1)
    except ValueError:
        return dt.date(year + (month == 11), (month + 1) % 12 + 1, 1)


def time_of(hour: Hour, practice: Practice = STANDARD) -> dt.time:
    """The local time of day an hour stands for."""
    return {
        Hour.START: dt.time(0, 0),
        Hour.NOON: dt.time(12, 0),
        Hour.CLOSE: practice.close_of_business,
        Hour.END: dt.time(23, 59, 59),
    }[hour]


def instant(moment: Moment) -> dt.datetime:
    """The instant in UTC; raises HourNeeded for a date."""
    if not isinstance(moment, dt.datetime):
        raise HourNeeded("the hour matters: give a time with its zone, not a date")
    return moment.astimezone(dt.UTC)


def local_date(moment: Moment, zone: str) -> dt.date:
    """The date on the facility's calendar."""
    return moment.astimezone(_zone(zone)).date() if isinstance(moment, dt.datetime) else moment


def start_of_day(day: dt.date, zone: str) -> dt.datetime:
    """00:00:00 local, in UTC."""
    return at(day, dt.time(0, 0), zone)


def end_of_day(day: dt.date, zone: str) -> dt.datetime:
    """23:59:59 local, in UTC."""
    return at(day, dt.time(23, 59, 59), zone)


def noon(day: dt.date, zone: str) -> dt.datetime:
    """12:00:00 local, in UTC."""
    return at(day, dt.time(12, 0), zone)


def at(day: dt.date, when: dt.time, zone: str) -> dt.datetime:
    """A local date and time, in UTC."""
    return dt.datetime.combine(day, when, _zone(zone)).astimezone(dt.UTC)


def in_time(done: Moment, due_at: dt.datetime, zone: str = "UTC") -> bool:
    """Whether an act meets ``due_at``: clocks count whole seconds, so 12:00:00.9 is noon, 12:00:01 late.

    A date is in time when all of the day is, and late when none of it is; otherwise raises HourNeeded.
    """
    if isinstance(done, dt.datetime):
        return whole_second(done) <= due_at
    if end_of_day(done, zone) <= due_at:
        return True
    if start_of_day(done, zone) <= due_at:
        raise HourNeeded("the hour matters: give a time with its zone, not a date")
    return False


def whole_second(moment: dt.datetime) -> dt.datetime:
    """In UTC without its fraction of a second."""
    return moment.astimezone(dt.UTC).replace(microsecond=0)


def in_words(moment: Moment, zone: str) -> str:
    """Local time for people, with abbreviation and offset: ``Mon 2026-07-06 23:59:59 CDT (UTC-05:00)``."""
    if not isinstance(moment, dt.datetime):
        return f"{moment:%a %Y-%m-%d}"
    local = moment.astimezone(_zone(zone))
    offset = local.strftime("%z")
    return f"{local:%a %Y-%m-%d %H:%M:%S}{_letters(local)} (UTC{offset[:3]}:{offset[3:5]})"


def in_short(moment: Moment, zone: str) -> str:
    """Local time inside a sentence: ``Fri 2026-03-06 11:30 EST``; seconds only where there are any."""
    if not isinstance(moment, dt.datetime):
        return f"{moment:%a %Y-%m-%d}"
    local = moment.astimezone(_zone(zone))
    pattern = "%a %Y-%m-%d %H:%M:%S" if local.second else "%a %Y-%m-%d %H:%M"
    return local.strftime(pattern) + (_letters(local) or local.strftime(" UTC%z"))


def _letters(local: dt.datetime) -> str:
    name = local.tzname() or ""
    return f" {name}" if name.isalpha() else ""


@lru_cache(maxsize=200)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)
