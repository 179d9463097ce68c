"""What facts are refused, what is presumed, what is waited for."""

import datetime as dt
import os
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from services.complaints.domain import clock
from services.complaints.domain.facts import FactRefused
from services.complaints.domain.reckoned import Desk, Standing
from services.complaints.domain.reckoning import reckon
from services.complaints.domain.rule import Kind
from services.complaints.domain.rules import BOOK, CASE_CLOCKS
from shared.contracts.complaints import CaseType
from shared.program.states import STATES
from tests.complaints.clock.support import Office, applied, found, local, reckoned

SNF = CaseType.SERVICE_TERM_FFS
NY = "America/New_York"


def test_an_unknown_fact_is_refused() -> None:
    with pytest.raises(FactRefused, match="knows no fact 'moon'"):
        reckoned(SNF, NY, moon="2026-03-06")


def test_an_unknown_circumstance_is_refused() -> None:
    with pytest.raises(FactRefused, match="knows no circumstance 'sad'"):
        reckoned(SNF, NY, "sad", coverage_end="2026-03-06")


def test_no_facts_are_refused() -> None:
    with pytest.raises(FactRefused, match="No facts"):
        reckoned(SNF, NY)


def test_a_time_without_zone_is_refused() -> None:
    with pytest.raises(FactRefused, match="request_received has no time zone"):
        reckoned(SNF, NY, request_received="2026-03-06T11:30")


@pytest.mark.parametrize("later", ["2026-03-06T11:29-05:00", "2026-03-05"])
def test_an_impossible_order_is_refused(later: str) -> None:
    with pytest.raises(FactRefused, match="patient_told is before request_received"):
        reckoned(SNF, NY, request_received="2026-03-06T11:30-05:00", patient_told=later)


def test_a_date_and_an_instant_of_the_same_local_day_are_in_any_order() -> None:
    case = reckoned(SNF, NY, request_received="2026-03-06T23:30-05:00", patient_told="2026-03-06")
    assert local(case, "QR-REQUEST") == "Sat 2026-03-07 12:00 EST"


def test_hours_are_not_counted_from_a_day() -> None:
    facts = {"notice_received": "2026-03-05", "coverage_end": "2026-03-07", "request_received": "2026-03-05"}
    with pytest.raises(FactRefused, match="request_received: the hour matters"):
        reckoned(SNF, NY, **facts)


def test_whether_a_day_is_in_time_for_noon_of_it_waits_for_the_hour() -> None:
    case = reckoned(SNF, NY, notice_received="2026-03-05", coverage_end="2026-03-07", request_received="2026-03-06")
    waiting = {line.rule.id: line.needs for line in case.waiting}
    assert found(case, "ST-FILING").standing is Standing.HOUR_NEEDED
    assert waiting["ST-DETERMINE"] == ("request_received with its hour",)
    assert "ST-DETERMINE-LATE-RECEIVING" not in applied(case)


def test_what_is_missing_is_said() -> None:
    case = reckoned(SNF, NY, request_received="2026-03-06T11:30-05:00")
    waiting = {line.rule.id: line.needs for line in case.waiting}
    assert waiting["ST-FILING"] == ("notice_received", "coverage_end")
    assert waiting["ST-DETERMINE"] == ("notice_received", "coverage_end")


@pytest.mark.parametrize("told", ["2026-03-09T11:00-04:00", "2026-03-09T15:00Z", "2026-03-10T01:00+10:00"])
def test_the_zone_a_time_is_written_in_does_not_matter(told: str) -> None:
    assert local(reckoned(SNF, NY, patient_told=told), "QR-REQUEST") == "Tue 2026-03-10 12:00 EDT"


DOWN = (("2026-03-06T11:00-05:00", "2026-03-06T14:00-05:00"),)


def test_intake_down_at_the_deadline_gives_until_noon_of_the_next_day() -> None:
    """405.1202(b)(1)."""
    facts = {"notice_received": "2026-03-05T10:00-05:00", "coverage_end": "2026-03-07"}
    case = reckoned(SNF, Office(NY, outages=DOWN), request_received="2026-03-06T14:30-05:00", **facts)
    line = found(case, "ST-FILING")
    assert local(case, "ST-FILING") == "Sat 2026-03-07 12:00 EST"
    assert line.relieved
    assert line.arithmetic.endswith("intake was down then, so until Sat 2026-03-07 12:00 EST")
    assert "ST-DETERMINE" in applied(case)


@pytest.mark.parametrize(
    ("since", "until", "expected"),
    [
        ("2026-03-06T11:00-05:00", "2026-03-06T12:00:00-05:00", "Fri 2026-03-06 12:00 EST"),  # up again at the second
        ("2026-03-06T12:00:01-05:00", "2026-03-06T14:00-05:00", "Fri 2026-03-06 12:00 EST"),  # down too late to matter
        ("2026-03-06T11:00-05:00", "2026-03-07T12:30-05:00", "Sun 2026-03-08 12:00 EDT"),  # noon of the 7th was no help
        ("2026-03-06T11:00-05:00", "2026-03-09T08:00-04:00", "Mon 2026-03-09 12:00 EDT"),
    ],
)
def test_relief_goes_to_noon_of_the_next_day_intake_is_open(since: str, until: str, expected: str) -> None:
    case = reckoned(
        SNF, Office(NY, outages=((since, until),)), notice_received="2026-03-05T10:00-05:00", coverage_end="2026-03-07"
    )
    assert local(case, "ST-FILING") == expected


def test_an_outage_moves_no_duty_and_not_the_window_of_a_hospital_appeal() -> None:
    """405.1206(b)(1) gives no such relief."""
    down = (("2026-03-06T00:00-05:00", "2026-03-08T00:00-05:00"),)
    case = reckoned(CaseType.HOSP_DISCHARGE_FFS, Office(NY, outages=down), discharge_date="2026-03-06")
    assert local(case, "HD-FILING") == "Fri 2026-03-06 23:59:59 EST"


instants = st.integers(0, 22 * 365 * 86400).map(
    lambda seconds: dt.datetime(2009, 1, 1, 12, tzinfo=dt.UTC) + dt.timedelta(seconds=seconds)
)
cases = st.sampled_from(sorted(CASE_CLOCKS))
all_zones = st.sampled_from(sorted({state.zone for state in STATES.values()}))
DESK = Desk(book=BOOK)


@settings(max_examples=150, deadline=None)
@given(cases, instants, all_zones, st.data())
def test_whatever_happens_in_order_no_forward_deadline_is_earlier_than_its_start(
    case_type: CaseType, start: dt.datetime, zone: str, data: st.DataObject
) -> None:
    """Any subset of facts and circumstances of any type: reckoned or refused, never wrong in time."""
    case = CASE_CLOCKS[case_type]
    names = data.draw(st.lists(st.sampled_from([fact.id for fact in case.facts]), unique=True, min_size=1))
    hours = sorted(data.draw(st.lists(st.integers(0, 2000), min_size=len(names), max_size=len(names))))
    ordered = [fact.id for fact in case.facts if fact.id in names]
    given_facts = {name: start + dt.timedelta(hours=h) for name, h in zip(ordered, hours, strict=True)}
    held = data.draw(st.sets(st.sampled_from([c.id for c in case.circumstances]))) if case.circumstances else set()
    try:
        result = reckon(case, given_facts, zone, DESK, circumstances=held)
    except FactRefused:
        return
    for line in result.reckoned:
        if not line.rule.before and not (line.rule.kind is Kind.LIABILITY and not line.rule.count):
            starts = [clock.instant(result.known[name].at) for name in line.rule.starts if name in given_facts]
            assert all(line.due_at >= at.replace(microsecond=0) for at in starts), line.rule.id
        assert line.arithmetic


@settings(max_examples=40, deadline=None)
@given(instants, all_zones, st.sampled_from(["Pacific/Guam", "America/Los_Angeles", "UTC", "Asia/Kolkata"]))
def test_a_reckoning_is_the_same_on_every_server(start: dt.datetime, zone: str, server: str) -> None:
    facts = {"notice_received": start, "request_received": start + dt.timedelta(hours=1)}
    facts |= {"provider_notified": start + dt.timedelta(hours=2), "patient_told": start + dt.timedelta(hours=60)}
    case = CASE_CLOCKS[CaseType.SERVICE_TERM_FFS]
    here = reckon(case, {**facts, "coverage_end": clock.local_date(start, zone)}, zone, DESK)
    before = os.environ.get("TZ")
    os.environ["TZ"] = server
    time.tzset()
    try:
        there = reckon(
            case,
            {name: at.astimezone() for name, at in facts.items()} | {"coverage_end": clock.local_date(start, zone)},
            zone,
            DESK,
        )
    finally:
        os.environ.pop("TZ")
        if before is not None:
            os.environ["TZ"] = before
        time.tzset()
    assert [(line.rule.id, line.due_at, line.standing, line.arithmetic) for line in there.reckoned] == [
        (line.rule.id, line.due_at, line.standing, line.arithmetic) for line in here.reckoned
    ]
