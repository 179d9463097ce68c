"""When somebody may be reached and when a digest is due, in their own hours and through clock changes.

A local time that a clock change skips is the instant of the change. Of a local time that comes twice, quiet hours
begin with the first and end with the second, so that nobody is woken in between; a digest goes at the first.
"""

import datetime as dt
from collections.abc import Iterator
from typing import Final
from zoneinfo import ZoneInfo

from shared.contracts.notifications.terms import QuietHours, Rhythm

DIGEST_AT: Final = dt.time(8)
_DAY: Final = dt.timedelta(days=1)
_SECOND: Final = dt.timedelta(seconds=1)
_DAYS: Final = {Rhythm.DAILY: range(7), Rhythm.WEEKLY: range(1)}  # days of the week, Monday is 0


def next_allowed(now_utc: dt.datetime, quiet: QuietHours | None, zone: ZoneInfo) -> dt.datetime:
    """The first instant (UTC), from ``now_utc`` on, outside the quiet hours; quiet hours of no length are none."""
    at = now_utc.astimezone(dt.UTC)
    if quiet is None or quiet.start == quiet.end:
        return at
    for start, end in _quiet(at, quiet, zone):  # in order, so that one that begins as another ends is seen as well
        if start <= at < end:
            at = end
    return at


def next_digest(now_utc: dt.datetime, rhythm: Rhythm, zone: ZoneInfo) -> dt.datetime:
    """The first instant (UTC), from ``now_utc`` on, at which a digest of this rhythm goes.

    Daily at 08:00 of the recipient's day, weekly on Mondays at 08:00; at once for those who want no digest.
    """
    at = now_utc.astimezone(dt.UTC)
    if rhythm is Rhythm.AT_ONCE:
        return at
    days = (at.astimezone(zone).date() + ahead * _DAY for ahead in range(15))
    return next(
        when
        for day in days
        if day.weekday() in _DAYS[rhythm] and (when := _instant(day, DIGEST_AT, zone, second=False)) >= at
    )


def _quiet(at: dt.datetime, quiet: QuietHours, zone: ZoneInfo) -> Iterator[tuple[dt.datetime, dt.datetime]]:
    """Quiet hours around an instant, each from its first instant to its end."""
    today = at.astimezone(zone).date()
    until = _DAY if quiet.start > quiet.end else 0 * _DAY
    for ahead in range(-2, 3):
        day = today + ahead * _DAY
        yield _instant(day, quiet.start, zone, second=False), _instant(day + until, quiet.end, zone, second=True)


def _instant(day: dt.date, time: dt.time, zone: ZoneInfo, *, second: bool) -> dt.datetime:
    """The instant (UTC) of a local time; of one that comes twice the first or ``second``."""
    first, again = (dt.datetime.combine(day, time, zone).replace(fold=fold).astimezone(dt.UTC) for fold in (0, 1))
    if first <= again:
        return again if second else first
    return _change(again, first, zone)  # skipped: read with the offsets after and before, it lies around the change


def _change(before: dt.datetime, after: dt.datetime, zone: ZoneInfo) -> dt.datetime:
    """The first instant whose offset is the one of ``after``; clocks change at whole seconds."""
    then = after.astimezone(zone).utcoffset()
    before, after = before.replace(microsecond=0), after.replace(microsecond=0)
    while after - before > _SECOND:
        middle = (before + (after - before) / 2).replace(microsecond=0)
        before, after = (before, middle) if middle.astimezone(zone).utcoffset() == then else (middle, after)
    return after
