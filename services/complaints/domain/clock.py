"""Regulatory time: elapsed hours on the UTC line, calendar days and hours of the day on the facility's clock.

Weekends and holidays move none of these. Instants go in with a zone and come out in UTC. Local noon, the end of a
day and the close of business never fall into a change of US daylight saving time (01:00-03:00 local).
"""

import datetime as dt
from enum import StrEnum
from functools import lru_cache
from zoneinfo import ZoneInfo

CLOSE_OF_BUSINESS = dt.time(17, 0)  # not defined in 42 CFR; a rule may state another hour
_DAY = dt.timedelta(days=1)


class Unit(StrEnum):
    """How a rule counts."""

    ELAPSED_HOURS = "hours"
    CALENDAR_DAYS = "calendar days"  # end of the local date N days on; the day of the event is not counted
    NOON_DAYS_AFTER = "noon, days after"
    CLOSE_OF_BUSINESS_DAYS_AFTER = "close of business, days after"


def local_date(instant: dt.datetime, zone: str) -> dt.date:
    """The date on the facility's calendar."""
    return instant.astimezone(_zone(zone)).date()


def start_of_day(day: dt.date, zone: str) -> dt.datetime:
    """00:00:00 local, in UTC."""
    return _at(day, dt.time(0, 0), zone)


def end_of_day(day: dt.date, zone: str) -> dt.datetime:
    """23:59:59 local, in UTC."""
    return _at(day, dt.time(23, 59, 59), zone)


def noon(day: dt.date, zone: str) -> dt.datetime:
    """12:00:00 local, in UTC."""
    return _at(day, dt.time(12, 0), zone)


def due(
    unit: Unit, count: int, start: dt.datetime, zone: str, close_of_business: dt.time = CLOSE_OF_BUSINESS
) -> dt.datetime:
    """When an act is due that is owed ``count`` units after ``start``; in UTC, never before the second of ``start``.

    What starts after the close of business of the day it would be due is due at the next day's close.
    """
    if unit is Unit.ELAPSED_HOURS:
        return start.astimezone(dt.UTC) + dt.timedelta(hours=count)
    day = local_date(start, zone) + count * _DAY
    if unit is Unit.CALENDAR_DAYS:
        return end_of_day(day, zone)
    when = dt.time(12, 0) if unit is Unit.NOON_DAYS_AFTER else close_of_business
    nominal = _at(day, when, zone)
    return nominal if nominal >= start else _at(day + _DAY, when, zone)


def in_time(at: dt.datetime, due_at: dt.datetime) -> bool:
    """Whether an act at ``at`` meets ``due_at``: clocks count whole seconds, so 12:00:00.9 is noon, 12:00:01 late."""
    return _whole_second(at) <= due_at


def in_words(instant: dt.datetime, zone: str) -> str:
    """Local time for people, with abbreviation and offset: ``Mon 2026-07-06 23:59:59 CDT (UTC-05:00)``."""
    local = instant.astimezone(_zone(zone))
    offset = local.strftime("%z")
    name = local.tzname() or ""
    label = f" {name}" if name.isalpha() else ""
    return f"{local:%a %Y-%m-%d %H:%M:%S}{label} (UTC{offset[:3]}:{offset[3:5]})"


def _whole_second(instant: dt.datetime) -> dt.datetime:
    return instant.astimezone(dt.UTC).replace(microsecond=0)


def _at(day: dt.date, when: dt.time, zone: str) -> dt.datetime:
    return dt.datetime.combine(day, when, _zone(zone)).astimezone(dt.UTC)


@lru_cache(maxsize=200)
def _zone(name: str) -> ZoneInfo:
    return ZoneInfo(name)
