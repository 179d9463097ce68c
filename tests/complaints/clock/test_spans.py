"""Properties of the time library: forward, monotone, the same on every server, right over DST, leap days, holidays."""

import datetime as dt
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from services.complaints.domain import clock
from services.complaints.domain.clock import DAY, Hour, HourNeeded, Practice, Span, Unit
from shared.program.states import STATES

# Every jurisdiction of the program, and the second zones of states that have two.
ZONES = sorted({state.zone for state in STATES.values()} | {"America/Adak", "America/Boise", "America/Menominee"})
FIRST, LAST = dt.datetime(2009, 1, 1, tzinfo=dt.UTC), dt.datetime(2030, 12, 31, 23, 59, 59, tzinfo=dt.UTC)
instants = st.integers(0, int((LAST - FIRST).total_seconds())).map(lambda s: FIRST + dt.timedelta(seconds=s))
zones = st.sampled_from(ZONES)
spans = st.one_of(
    st.builds(
        Span, st.sampled_from([Unit.CALENDAR_DAYS, Unit.WORKING_DAYS]), st.integers(0, 60), st.sampled_from(Hour)
    ),
    st.builds(Span, st.sampled_from([Unit.MONTHS, Unit.YEARS]), st.integers(1, 7)),
    st.builds(Span, st.just(Unit.ELAPSED_HOURS), st.integers(0, 400)),
    st.builds(Span, st.sampled_from([Unit.SAME_DAY, Unit.AT_ONCE_OR_NEXT_DAY]), st.just(0)),
    # "From the date stated" is the one span that may begin earlier on the day than what it counts from.
).filter(lambda span: span.count > 0 or span.hour is not Hour.START)
practices = st.builds(
    Practice,
    close_of_business=st.sampled_from([dt.time(16, 30), dt.time(17, 0)]),
    closures=st.frozensets(st.dates(dt.date(2009, 1, 1), dt.date(2030, 12, 31)), max_size=3),
)


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


def test_all_jurisdictions_have_a_clock() -> None:
    assert len(STATES) == 56  # 50 states, DC, PR, VI, GU, AS, MP


@settings(max_examples=400, deadline=None)
@given(spans, instants, zones, practices)
@example(Span(Unit.CALENDAR_DAYS, 0, Hour.CLOSE), dt.datetime(2026, 7, 5, 3, tzinfo=dt.UTC), ZONES[0], Practice())
@example(Span(Unit.CALENDAR_DAYS, 0, Hour.NOON), dt.datetime(2026, 3, 8, 20, tzinfo=dt.UTC), ZONES[0], Practice())
@example(Span(Unit.CALENDAR_DAYS, 1), dt.datetime(2028, 2, 28, 12, tzinfo=dt.UTC), "Pacific/Guam", Practice())
def test_a_deadline_is_never_before_its_start(span: Span, start: dt.datetime, zone: str, practice: Practice) -> None:
    assert span.due(start, zone, practice) >= start


@settings(max_examples=400, deadline=None)
@given(spans, instants, st.timedeltas(dt.timedelta(0), dt.timedelta(days=400)), zones, practices)
def test_a_later_start_never_gives_an_earlier_deadline(
    span: Span, start: dt.datetime, more: dt.timedelta, zone: str, practice: Practice
) -> None:
    assert span.due(start, zone, practice) <= span.due(start + more, zone, practice)


@settings(max_examples=100, deadline=None)
@given(spans, instants, zones, st.sampled_from(ZONES))
def test_the_servers_zone_and_the_zone_a_time_is_written_in_change_nothing(
    span: Span, start: dt.datetime, zone: str, server: str
) -> None:
    here = span.due(start, zone)
    with server_in(server):
        assert span.due(start.astimezone(), zone) == here


@settings(max_examples=200, deadline=None)
@given(spans, instants, zones)
def test_a_date_is_due_as_any_hour_of_it_unless_the_hour_matters(span: Span, start: dt.datetime, zone: str) -> None:
    day = clock.local_date(start, zone)
    if span.unit in (Unit.ELAPSED_HOURS, Unit.AT_ONCE_OR_NEXT_DAY):
        with pytest.raises(HourNeeded):
            span.due(day, zone)
        return
    assume(span.count > 0)
    assert span.due(day, zone) == span.due(start, zone)


@settings(max_examples=300, deadline=None)
@given(st.integers(0, 60), instants, zones)
def test_calendar_days_end_on_the_last_second_of_the_right_local_date(
    count: int, start: dt.datetime, zone: str
) -> None:
    due = Span(Unit.CALENDAR_DAYS, count).due(start, zone)
    assert clock.local_date(due, zone) == clock.local_date(start, zone) + count * DAY
    assert clock.local_date(due + dt.timedelta(seconds=1), zone) == clock.local_date(due, zone) + DAY


@settings(deadline=None)
@given(st.integers(0, 400), instants, zones)
def test_hours_are_hours_whatever_the_wall_clock_does(count: int, start: dt.datetime, zone: str) -> None:
    assert Span(Unit.ELAPSED_HOURS, count).due(start, zone) - start == dt.timedelta(hours=count)
    assert start - Span(Unit.ELAPSED_HOURS, count, before=True).due(start, zone) == dt.timedelta(hours=count)


@settings(deadline=None)
@given(st.dates(dt.date(2009, 1, 1), dt.date(2030, 12, 31)), st.integers(0, 90))
def test_months_keep_the_number_of_the_day_or_give_the_day_after_the_last(day: dt.date, months: int) -> None:
    after = clock.months_after(day, months)
    assert after.day in (day.day, 1)
    first = after.year * 12 + after.month - (day.year * 12 + day.month + months)
    assert first == (0 if after.day == day.day else 1)
    assert clock.months_after(day + DAY, months) >= after


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2026-08-31", 6, "2027-03-01"),  # W14: February has no 31st, the later reading
        ("2024-02-29", 36, "2027-03-01"),  # W14: three years from a leap day
        ("2026-10-31", 1, "2026-12-01"),
        ("2026-12-31", 2, "2027-03-01"),
        ("2023-08-31", 6, "2024-03-01"),
        ("2023-08-29", 6, "2024-02-29"),
        ("2026-11-15", 1, "2026-12-15"),
        ("2026-12-15", 12, "2027-12-15"),
    ],
)
def test_month_ends(day: str, months: int, expected: str) -> None:
    assert clock.months_after(dt.date.fromisoformat(day), months) == dt.date.fromisoformat(expected)


def test_a_day_of_twenty_three_and_of_twenty_five_hours() -> None:
    zone = "America/New_York"
    spring = clock.end_of_day(dt.date(2026, 3, 8), zone) - clock.start_of_day(dt.date(2026, 3, 8), zone)
    autumn = clock.end_of_day(dt.date(2026, 11, 1), zone) - clock.start_of_day(dt.date(2026, 11, 1), zone)
    assert (spring, autumn) == (dt.timedelta(hours=23, seconds=-1), dt.timedelta(hours=25, seconds=-1))


def test_seventy_two_hours_over_the_autumn_change_end_an_hour_earlier_on_the_wall() -> None:
    start = dt.datetime(2026, 10, 30, 15, 30, tzinfo=dt.UTC)  # Fri 11:30 EDT
    due = Span(Unit.ELAPSED_HOURS, 72).due(start, "America/New_York")
    assert clock.in_short(due, "America/New_York") == "Mon 2026-11-02 10:30 EST"


@pytest.mark.parametrize(
    ("zone", "expected"),
    [
        # No daylight saving time: Arizona, Hawaii, Puerto Rico, American Samoa; Guam is a day ahead of Washington.
        ("America/Phoenix", "2026-07-05T19:00:00+00:00"),
        ("Pacific/Honolulu", "2026-07-05T22:00:00+00:00"),
        ("America/Puerto_Rico", "2026-07-05T16:00:00+00:00"),
        ("Pacific/Pago_Pago", "2026-07-05T23:00:00+00:00"),
        ("Pacific/Guam", "2026-07-06T02:00:00+00:00"),
        ("America/New_York", "2026-07-05T16:00:00+00:00"),
    ],
)
def test_noon_of_the_day_after_is_the_facilitys_noon(zone: str, expected: str) -> None:
    start = dt.datetime(2026, 7, 4, 22, 0, tzinfo=dt.UTC)  # in Guam it is already the 5th
    assert Span(Unit.CALENDAR_DAYS, 1, Hour.NOON).due(start, zone).isoformat() == expected


def test_what_starts_after_the_close_of_business_is_due_at_the_next_days() -> None:
    span = Span(Unit.CALENDAR_DAYS, 0, Hour.CLOSE)
    zone = "America/Chicago"
    due = [
        clock.in_short(span.due(dt.datetime.fromisoformat(at), zone), zone)
        for at in ("2026-07-10T17:00:00-05:00", "2026-07-10T17:00:01-05:00")
    ]
    assert due == ["Fri 2026-07-10 17:00 CDT", "Sat 2026-07-11 17:00 CDT"]
    half_past_four = Practice(close_of_business=dt.time(16, 30))
    start = dt.datetime.fromisoformat("2026-07-10T16:00:00-05:00")
    assert clock.in_short(span.due(start, zone, half_past_four), zone) == "Fri 2026-07-10 16:30 CDT"


def test_an_admission_notice_at_the_cutoff_counts_at_once_and_a_second_later_from_the_next_day() -> None:
    span = Span(Unit.AT_ONCE_OR_NEXT_DAY, 0)
    zone = "America/Denver"
    due = [
        clock.in_short(span.due(dt.datetime.fromisoformat(at), zone), zone)
        for at in ("2026-05-05T15:00:00-06:00", "2026-05-05T15:00:01-06:00")
    ]
    assert due == ["Tue 2026-05-05 15:00 MDT", "Wed 2026-05-06 00:00 MDT"]


def test_further_closures_are_no_working_days() -> None:
    closed = Practice(closures=frozenset({dt.date(2026, 11, 27)}))
    after = clock.counted_working_days(dt.date(2026, 11, 25), 1, closed)
    assert after == [dt.date(2026, 11, 30)]


def test_a_fraction_after_noon_is_noon_and_a_second_after_is_late() -> None:
    noon = clock.noon(dt.date(2026, 7, 5), "America/Chicago")
    assert clock.in_time(noon + dt.timedelta(milliseconds=900), noon)
    assert not clock.in_time(noon + dt.timedelta(seconds=1), noon)


def test_a_date_is_in_time_when_all_of_it_is_and_late_when_none_of_it_is() -> None:
    zone = "America/Chicago"
    noon = clock.noon(dt.date(2026, 7, 5), zone)
    assert clock.in_time(dt.date(2026, 7, 4), noon, zone)
    assert not clock.in_time(dt.date(2026, 7, 6), noon, zone)
    with pytest.raises(HourNeeded):
        clock.in_time(dt.date(2026, 7, 5), noon, zone)


def test_people_read_local_time_with_abbreviation_and_offset() -> None:
    due = dt.datetime(2026, 7, 7, 4, 59, 59, tzinfo=dt.UTC)
    assert clock.in_words(due, "America/Chicago") == "Mon 2026-07-06 23:59:59 CDT (UTC-05:00)"
    assert clock.in_words(due, "Pacific/Guam") == "Tue 2026-07-07 14:59:59 ChST (UTC+10:00)"
    assert clock.in_short(due, "America/Chicago") == "Mon 2026-07-06 23:59:59 CDT"
