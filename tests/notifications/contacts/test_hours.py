"""Quiet hours and digests in the recipient's own hours, through clock changes."""

import datetime as dt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from services.notifications.domain.contacts.hours import next_allowed, next_digest
from shared.contracts.notifications.terms import QuietHours, Rhythm

ZONES = (
    *("America/New_York", "America/Chicago", "America/Denver", "America/Phoenix", "America/Los_Angeles"),
    *("America/Anchorage", "America/Adak", "Pacific/Honolulu", "America/Puerto_Rico", "Pacific/Guam"),
    *("Pacific/Pago_Pago", "Australia/Lord_Howe", "Asia/Kathmandu", "America/St_Johns", "UTC"),
)
NEW_YORK = ZoneInfo("America/New_York")
SPRING = dt.datetime(2015, 3, 8, 7, tzinfo=dt.UTC)  # in New York 02:00 becomes 03:00
AUTUMN = dt.datetime(2015, 11, 1, 6, tzinfo=dt.UTC)  # in New York 02:00 becomes 01:00
MINUTE = dt.timedelta(minutes=1)
DAY = dt.timedelta(days=1)

minutes = st.integers(0, 1439).map(lambda minute: dt.time(minute // 60, minute % 60))
quiet_hours = st.tuples(minutes, minutes).filter(lambda pair: pair[0] != pair[1])
years = st.integers(0, 18 * 366 * 1440).map(lambda minute: dt.datetime(2012, 1, 1, tzinfo=dt.UTC) + minute * MINUTE)
changes = st.tuples(st.sampled_from((SPRING, AUTUMN)), st.integers(-40 * 60, 40 * 60)).map(
    lambda pair: pair[0] + pair[1] * MINUTE
)
instants = years | changes
zones = st.sampled_from(ZONES).map(ZoneInfo)


def calm(examples: int) -> settings:
    """However slow the machine is: nothing here is about time taken."""
    return settings(max_examples=examples, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def quiet(start: str, end: str) -> QuietHours:
    return QuietHours(start=dt.time.fromisoformat(start), end=dt.time.fromisoformat(end))


def at(text: str, zone: ZoneInfo = NEW_YORK, fold: int = 0) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=zone, fold=fold).astimezone(dt.UTC)


def says_quiet(clock: dt.time, hours: QuietHours) -> bool:
    """What somebody sees who looks at the clock on the wall."""
    if hours.start < hours.end:
        return hours.start <= clock < hours.end
    return clock >= hours.start or clock < hours.end


def steady(now: dt.datetime, zone: ZoneInfo) -> bool:
    """Whether no clock is changed in the days around."""
    return len({(now + hours * dt.timedelta(hours=1)).astimezone(zone).utcoffset() for hours in range(-72, 73)}) == 1


@given(instants, quiet_hours, zones)
@calm(400)
def test_nobody_is_reached_while_the_clock_on_their_wall_says_quiet(
    now: dt.datetime, pair: tuple[dt.time, dt.time], zone: ZoneInfo
) -> None:
    hours = QuietHours(start=pair[0], end=pair[1])
    found = next_allowed(now, hours, zone)
    assert found >= now
    assert not says_quiet(found.astimezone(zone).time(), hours)
    assert next_allowed(found, hours, zone) == found
    assert found - now <= 2 * DAY + dt.timedelta(hours=2)


@given(instants, quiet_hours, zones)
@calm(400)
def test_what_may_go_goes_without_waiting_longer_than_the_quiet_hours(
    now: dt.datetime, pair: tuple[dt.time, dt.time], zone: ZoneInfo
) -> None:
    hours = QuietHours(start=pair[0], end=pair[1])
    found = next_allowed(now, hours, zone)
    if not steady(now, zone):
        return
    if not says_quiet(now.astimezone(zone).time(), hours):
        assert found == now
    else:
        assert found.astimezone(zone).time() == hours.end
        assert found - now <= DAY


@given(instants, quiet_hours, zones, st.integers(0, 3000))
@calm(100)
def test_a_later_notice_never_goes_before_an_earlier_one(
    now: dt.datetime, pair: tuple[dt.time, dt.time], zone: ZoneInfo, later: int
) -> None:
    hours = QuietHours(start=pair[0], end=pair[1])
    assert next_allowed(now, hours, zone) <= next_allowed(now + later * MINUTE, hours, zone)
    for rhythm in Rhythm:
        assert next_digest(now, rhythm, zone) <= next_digest(now + later * MINUTE, rhythm, zone)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2015-06-01 20:59", "2015-06-01 20:59"),
        ("2015-06-01 21:00", "2015-06-02 08:00"),
        ("2015-06-02 00:00", "2015-06-02 08:00"),
        ("2015-06-02 07:59", "2015-06-02 08:00"),
        ("2015-06-02 08:00", "2015-06-02 08:00"),
    ],
)
def test_quiet_hours_span_midnight(now: str, expected: str) -> None:
    assert next_allowed(at(now), quiet("21:00", "08:00"), NEW_YORK) == at(expected)


def test_quiet_hours_that_end_in_the_skipped_hour_end_with_the_change() -> None:
    assert next_allowed(at("2015-03-08 01:00"), quiet("22:00", "02:30"), NEW_YORK) == SPRING


def test_quiet_hours_that_begin_in_the_skipped_hour_begin_with_the_change() -> None:
    assert next_allowed(SPRING, quiet("02:30", "06:00"), NEW_YORK) == at("2015-03-08 06:00")
    assert next_allowed(SPRING - MINUTE, quiet("02:30", "06:00"), NEW_YORK) == SPRING - MINUTE


def test_quiet_hours_within_the_skipped_hour_are_none() -> None:
    assert next_allowed(SPRING, quiet("02:10", "02:50"), NEW_YORK) == SPRING


def test_quiet_hours_end_with_the_second_of_two_equal_times() -> None:
    asleep = quiet("22:00", "01:30")
    second = at("2015-11-01 01:30", fold=1)
    for now in (at("2015-11-01 00:50"), at("2015-11-01 01:40"), AUTUMN):
        assert next_allowed(now, asleep, NEW_YORK) == second


def test_who_went_to_bed_in_the_first_of_two_hours_is_not_woken_in_the_second() -> None:
    asleep = quiet("01:30", "07:00")
    assert next_allowed(AUTUMN + MINUTE, asleep, NEW_YORK) == at("2015-11-01 07:00")


def test_nobody_without_quiet_hours_waits() -> None:
    assert next_allowed(SPRING, None, NEW_YORK) == SPRING
    assert next_allowed(SPRING, quiet("08:00", "08:00"), NEW_YORK) == SPRING


@given(instants, zones)
@calm(400)
def test_a_daily_digest_goes_at_eight_of_the_recipients_day_within_a_day(now: dt.datetime, zone: ZoneInfo) -> None:
    found = next_digest(now, Rhythm.DAILY, zone)
    assert now <= found <= now + DAY + dt.timedelta(hours=1)
    assert found.astimezone(zone).time() == dt.time(8)


@given(instants, zones)
@calm(400)
def test_a_weekly_digest_goes_on_monday_at_eight_within_a_week(now: dt.datetime, zone: ZoneInfo) -> None:
    found = next_digest(now, Rhythm.WEEKLY, zone)
    assert now <= found <= now + 7 * DAY + dt.timedelta(hours=1)
    local = found.astimezone(zone)
    assert (local.weekday(), local.time()) == (0, dt.time(8))


@given(instants, zones)
@calm(100)
def test_who_wants_no_digest_does_not_wait(now: dt.datetime, zone: ZoneInfo) -> None:
    assert next_digest(now, Rhythm.AT_ONCE, zone) == now


def test_a_day_that_a_zone_left_out_stops_nothing() -> None:
    apia = ZoneInfo("Pacific/Apia")  # had no December 30, 2011
    now = at("2011-12-29 23:00", apia)
    assert next_allowed(now, quiet("22:00", "07:00"), apia) == at("2011-12-31 07:00", apia)
    assert next_digest(now, Rhythm.DAILY, apia) == at("2011-12-31 00:00", apia)
