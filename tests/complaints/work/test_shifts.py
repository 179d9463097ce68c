"""When the office is staffed next: over weekends, holidays as observed, closures and daylight saving time."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import ValidationError

from services.complaints.domain.work.shifts import NeverStaffed, OfficeHours
from services.complaints.settings import ComplaintsSettings
from shared.program.holidays import holiday
from tests.complaints.cases import utc

WEEK = {day: (dt.time(8, 0), dt.time(17, 0)) for day in range(5)}
CHICAGO = OfficeHours("America/Chicago", WEEK)
INSTANTS = st.integers(0, 15 * 365 * 86_400).map(lambda s: utc("2015-01-01T00:00:00+00:00") + dt.timedelta(seconds=s))


@pytest.mark.parametrize(
    ("after", "begins"),
    [
        ("2026-07-06T07:59:59-05:00", "2026-07-06T08:00:00-05:00"),
        ("2026-07-06T08:00:00-05:00", "2026-07-07T08:00:00-05:00"),  # the shift that runs is not the next
        ("2026-07-10T12:00:00-05:00", "2026-07-13T08:00:00-05:00"),  # Friday to Monday
        # Independence Day 2026 is a Saturday and kept on Friday (5 U.S.C. 6103(b)).
        ("2026-07-02T12:00:00-05:00", "2026-07-06T08:00:00-05:00"),
        # Thanksgiving Thursday; the Friday after it is a working day.
        ("2026-11-25T18:00:00-06:00", "2026-11-27T08:00:00-06:00"),
        # Christmas 2027 is a Saturday, kept on Friday; New Year 2028 a Saturday, kept on Friday, 31 December.
        ("2027-12-23T12:00:00-06:00", "2027-12-27T08:00:00-06:00"),
        ("2027-12-30T12:00:00-06:00", "2028-01-03T08:00:00-06:00"),
        # Clocks go forward on Sunday 8 March 2026 and back on Sunday 1 November: 08:00 stays 08:00 on the wall.
        ("2026-03-06T17:00:00-06:00", "2026-03-09T08:00:00-05:00"),
        ("2026-10-30T17:00:00-05:00", "2026-11-02T08:00:00-06:00"),
    ],
)
def test_the_next_shift_begins_on_the_next_staffed_day(after: str, begins: str) -> None:
    assert CHICAGO.next_start(utc(after)) == utc(begins)


def test_hours_from_a_start_to_the_next_are_counted_on_the_clock_that_runs() -> None:
    every_day = OfficeHours("America/Chicago", {day: (dt.time(8), dt.time(17)) for day in range(7)}, holidays=True)
    forward = every_day.next_start(utc("2026-03-07T08:00:00-06:00"))
    assert forward - utc("2026-03-07T08:00:00-06:00") == dt.timedelta(hours=23)
    back = every_day.next_start(utc("2026-10-31T08:00:00-05:00"))
    assert back - utc("2026-10-31T08:00:00-05:00") == dt.timedelta(hours=25)


def test_an_office_open_on_weekends_and_holidays_is_staffed_then_by_its_own_hours() -> None:
    weekend = {**WEEK, 5: (dt.time(11), dt.time(15)), 6: (dt.time(11), dt.time(15))}
    open_always = OfficeHours("America/New_York", weekend, holidays=True)
    assert open_always.next_start(utc("2026-07-03T18:00:00-04:00")) == utc("2026-07-04T11:00:00-04:00")
    assert open_always.staffed(utc("2026-07-04T14:59:59-04:00"))
    assert not open_always.staffed(utc("2026-07-04T15:00:00-04:00"))


def test_a_closure_of_its_own_is_not_staffed_even_where_holidays_are() -> None:
    closed = OfficeHours("America/Chicago", WEEK, frozenset({dt.date(2026, 7, 6)}), holidays=True)
    assert closed.next_start(utc("2026-07-05T12:00:00-05:00")) == utc("2026-07-07T08:00:00-05:00")


def test_an_office_that_never_opens_is_a_mistake_and_no_endless_search() -> None:
    days = frozenset(dt.date(2026, 1, 1) + dt.timedelta(days=n) for n in range(800))
    with pytest.raises(NeverStaffed):
        OfficeHours("UTC", WEEK, days).next_start(utc("2026-01-01T00:00:00+00:00"))


@given(INSTANTS)
def test_the_next_shift_is_later_is_staffed_and_nothing_staffed_begins_before_it(after: dt.datetime) -> None:
    begins = CHICAGO.next_start(after)
    assert begins > after
    assert CHICAGO.staffed(begins)
    assert not CHICAGO.staffed(begins - dt.timedelta(microseconds=1))
    assert CHICAGO.next_start(begins - dt.timedelta(microseconds=1)) == begins
    day = CHICAGO.today(begins)
    assert day.weekday() < 5
    assert holiday(day) is None
    skipped = [CHICAGO.today(after) + dt.timedelta(days=n) for n in range(1, (day - CHICAGO.today(after)).days)]
    assert all(CHICAGO.shift(one) is None for one in skipped)


@given(INSTANTS)
def test_the_offices_day_holds_the_instant_and_lasts_23_to_25_hours(at: dt.datetime) -> None:
    start, end = CHICAGO.day(at)
    assert start <= at < end
    assert dt.timedelta(hours=23) <= end - start <= dt.timedelta(hours=25)


def test_the_settings_give_the_offices_hours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QIO_COMPLAINTS_OFFICE_ZONE", "America/Chicago")
    monkeypatch.setenv("QIO_COMPLAINTS_OFFICE_HOURS", '{"sat": ["11:00", "15:00"]}')
    monkeypatch.setenv("QIO_COMPLAINTS_CLOSURES", '["2026-07-11"]')
    begins = ComplaintsSettings().office().next_start(utc("2026-07-06T12:00:00-05:00"))
    assert begins == utc("2026-07-18T11:00:00-05:00")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("OFFICE_ZONE", "America/Nowhere"),
        ("OFFICE_HOURS", "{}"),
        ("OFFICE_HOURS", '{"mon": ["17:00", "08:00"]}'),
        ("OFFICE_HOURS", '{"someday": ["08:00", "17:00"]}'),
    ],
)
def test_hours_that_cannot_be_are_refused_at_start(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(f"QIO_COMPLAINTS_{name}", value)
    with pytest.raises(ValidationError):
        ComplaintsSettings()
