"""Properties of the clock: forward, monotone, the same on every server, correct over daylight saving and leap days."""

import datetime as dt
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

from hypothesis import example, given, settings
from hypothesis import strategies as st

from services.complaints.domain import clock
from services.complaints.domain.clock import Unit
from shared.program.states import STATES

ZONES = sorted({state.zone for state in STATES.values()} | {"America/Adak", "America/Boise"})
EPOCH = dt.datetime(2007, 7, 1, tzinfo=dt.UTC)
instants = st.integers(0, 33 * 365 * 86400).map(lambda seconds: EPOCH + dt.timedelta(seconds=seconds))
units = st.sampled_from(Unit)
counts = st.integers(0, 60)
zones = st.sampled_from(ZONES)
DAY = dt.timedelta(days=1)


@contextmanager
def server_in(zone: str) -> Iterator[None]:
    before = os.environ.get("TZ")
    os.environ["TZ"] = zone
    time.tzset()
    try:
        yield
    finally:
        if before is None:
            del os.environ["TZ"]
        else:
            os.environ["TZ"] = before
        time.tzset()


@settings(max_examples=300)
@given(units, counts, instants, zones)
@example(Unit.CLOSE_OF_BUSINESS_DAYS_AFTER, 0, dt.datetime(2026, 7, 5, 3, tzinfo=dt.UTC), "America/Chicago")
@example(Unit.NOON_DAYS_AFTER, 0, dt.datetime(2026, 3, 8, 20, tzinfo=dt.UTC), "America/New_York")
@example(Unit.CALENDAR_DAYS, 1, dt.datetime(2028, 2, 28, 12, tzinfo=dt.UTC), "Pacific/Guam")
def test_a_deadline_is_never_before_its_start(unit: Unit, count: int, start: dt.datetime, zone: str) -> None:
    assert clock.due(unit, count, start, zone) >= start


@settings(max_examples=300)
@given(units, counts, instants, st.timedeltas(dt.timedelta(0), dt.timedelta(days=400)), zones)
def test_a_later_start_never_gives_an_earlier_deadline(
    unit: Unit, count: int, start: dt.datetime, more: dt.timedelta, zone: str
) -> None:
    assert clock.due(unit, count, start, zone) <= clock.due(unit, count, start + more, zone)


@settings(max_examples=60)
@given(units, counts, instants, zones, st.sampled_from(ZONES))
def test_the_servers_zone_and_the_zone_a_time_is_written_in_change_nothing(
    unit: Unit, count: int, start: dt.datetime, zone: str, server: str
) -> None:
    here = clock.due(unit, count, start, zone)
    with server_in(server):
        assert clock.due(unit, count, start.astimezone(), zone) == here


@settings(max_examples=300)
@given(counts, instants, zones)
def test_calendar_days_end_on_the_last_second_of_the_right_local_date(
    count: int, start: dt.datetime, zone: str
) -> None:
    due = clock.due(Unit.CALENDAR_DAYS, count, start, zone)
    assert clock.local_date(due, zone) == clock.local_date(start, zone) + count * DAY
    assert clock.local_date(due + dt.timedelta(seconds=1), zone) == clock.local_date(due, zone) + DAY


@given(counts, instants, zones)
def test_hours_are_hours_whatever_the_wall_clock_does(count: int, start: dt.datetime, zone: str) -> None:
    assert clock.due(Unit.ELAPSED_HOURS, count, start, zone) - start == dt.timedelta(hours=count)


def test_a_day_of_twenty_three_and_of_twenty_five_hours() -> None:
    zone = "America/New_York"
    spring = clock.end_of_day(dt.date(2026, 3, 8), zone) - clock.start_of_day(dt.date(2026, 3, 8), zone)
    autumn = clock.end_of_day(dt.date(2026, 11, 1), zone) - clock.start_of_day(dt.date(2026, 11, 1), zone)
    assert (spring, autumn) == (dt.timedelta(hours=23, seconds=-1), dt.timedelta(hours=25, seconds=-1))


def test_the_day_after_the_28th_of_february_in_a_leap_year_is_the_29th() -> None:
    start = dt.datetime(2028, 2, 28, 18, tzinfo=dt.UTC)
    assert clock.local_date(clock.due(Unit.CALENDAR_DAYS, 1, start, "America/Chicago"), "America/Chicago") == dt.date(
        2028, 2, 29
    )


def test_a_fraction_after_noon_is_noon_and_a_second_after_is_late() -> None:
    noon = clock.noon(dt.date(2026, 7, 5), "America/Chicago")
    assert clock.in_time(noon + dt.timedelta(milliseconds=900), noon)
    assert not clock.in_time(noon + dt.timedelta(seconds=1), noon)


def test_people_read_local_time_with_abbreviation_and_offset() -> None:
    due = dt.datetime(2026, 7, 7, 4, 59, 59, tzinfo=dt.UTC)
    assert clock.in_words(due, "America/Chicago") == "Mon 2026-07-06 23:59:59 CDT (UTC-05:00)"
    assert clock.in_words(due, "Pacific/Guam") == "Tue 2026-07-07 14:59:59 ChST (UTC+10:00)"
