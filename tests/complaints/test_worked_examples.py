"""Worked examples of discharge appeals, with the answers published beside the rules (W5, W5b, W7, W8)."""

import datetime as dt
from typing import Any

import pytest

from services.complaints.domain import clocks, engine, procedures
from services.complaints.domain.case import Case
from services.complaints.domain.refusal import Refusal
from services.complaints.domain.rules import discharge_ffs as rules
from shared.contracts.complaints import GoodCause, Timeliness
from tests.complaints.cases import (
    DESK,
    decided,
    due,
    everyone_told,
    guarded,
    informed,
    lettered,
    notified,
    opened,
    utc,
    walk,
)

LATE_LA: dict[str, Any] = {
    "facility_ccn": "050002",
    "state": "CA",
    "zip_code": "90001",
    "facts": {"admitted": "2026-09-01", "discharge_date": "2026-09-09"},
    "received_at": utc("2026-09-10T08:00:00-07:00"),
}
AFTER_DISCHARGE: dict[str, Any] = {
    "facts": {"admitted": "2026-01-20", "discharge_date": "2026-01-30"},
    "circumstances": {"left"},
}


def liability(case: Case) -> dt.datetime | None:
    procedure = procedures.of(case.type)
    return clocks.liability(case, procedure, clocks.reckoning(case, procedure, DESK))


def test_w5_a_request_late_on_a_holiday_saturday_is_timely_and_nothing_waits_for_monday() -> None:
    case = opened()
    assert case.zone == "America/Chicago"
    assert case.timeliness is Timeliness.TIMELY  # W5: the UTC date is already 07-05
    case = walk(case, notified("2026-07-04T23:50:00-05:00"))
    assert due(case, rules.DETAILED_NOTICE) == utc("2026-07-05T17:00:00Z")  # W5: Sun 12:00 CDT, (e)(1)
    assert due(case, rules.RECORDS) == utc("2026-07-05T17:00:00Z")  # W5: (e)(2)
    case = walk(case, *informed("2026-07-05T10:15:00-05:00"))
    assert due(case, rules.DETERMINE) == utc("2026-07-07T04:59:59Z")  # vector W5, (d)(6)(i)


def test_w5b_upheld_and_timely_the_patient_pays_from_noon_after_the_day_of_being_told() -> None:
    case = walk(
        opened(),
        notified("2026-07-04T23:50:00-05:00"),
        *informed("2026-07-05T10:15:00-05:00"),
        *guarded("2026-07-06T09:00:00-05:00"),
        decided("2026-07-06T15:00:00-05:00"),
        *everyone_told("2026-07-06T21:00:00Z"),
    )
    assert liability(case) == utc("2026-07-07T17:00:00Z")  # vector W5b, 405.1206(f)(2)
    assert due(case, rules.RECONSIDERATION) == utc("2026-07-07T17:00:00Z")  # W5: the same instant, 405.1204(b)(1)
    lettered_case = walk(case, *lettered("2026-07-06T22:00:00Z"))
    assert lettered_case.state == "NOTIFIED"
    closed = engine.time_passed(lettered_case, DESK, utc("2026-07-07T17:00:01Z")).case
    assert closed.state == "CLOSED"


def test_w7_late_but_still_inpatient_two_calendar_days_and_no_protection() -> None:
    case = walk(opened(**LATE_LA), notified("2026-09-10T08:10:00-07:00"), *informed("2026-09-10T15:00:00-07:00"))
    assert case.timeliness is Timeliness.LATE
    # W7: Sat 2026-09-12 23:59:59 PDT, (d)(6)(ii)
    assert due(case, rules.DETERMINE_LATE_INPATIENT) == utc("2026-09-13T06:59:59Z")
    upheld = walk(
        case,
        *guarded("2026-09-11T09:00:00-07:00"),
        decided("2026-09-11T15:00:00-07:00"),
        *everyone_told("2026-09-11T16:00:00-07:00"),
    )
    # W7: may be charged from after 09-09, (f)(3)
    assert liability(upheld) == utc("2026-09-10T00:00:00-07:00")
    stated = walk(
        case,
        *guarded("2026-09-11T09:00:00-07:00"),
        decided("2026-09-11T15:00:00-07:00", liable_from=dt.date(2026, 9, 12)),
    )
    assert liability(stated) == utc("2026-09-12T00:00:00-07:00")  # (f)(3): "or as the QIO states"


def test_w7_the_last_second_of_the_discharge_date_is_timely_and_the_next_is_not() -> None:
    last = utc("2026-09-10T06:59:59Z")  # W7: deadline 23:59:59 PDT
    assert opened(**LATE_LA | {"received_at": last}).timeliness is Timeliness.TIMELY
    late = opened(**LATE_LA | {"received_at": last + dt.timedelta(seconds=1)})
    assert late.timeliness is Timeliness.LATE


def test_w8_thirty_days_after_discharge_end_on_a_sunday_without_extension() -> None:
    case = walk(
        opened(**AFTER_DISCHARGE, received_at=utc("2026-03-01T23:59:59-06:00")),  # W8: Sun 2026-03-01 is the last day
        notified("2026-03-02T00:00:00-06:00"),
        *informed("2026-03-05T10:00:00-06:00"),
    )
    assert case.timeliness is Timeliness.LATE
    # W8: records 03-05, decide by Sat 2026-04-04, (d)(6)(iii); CDT by then
    assert due(case, rules.DETERMINE_LATE_LEFT) == utc("2026-04-04T23:59:59-05:00")


def test_w8_the_day_after_needs_good_cause() -> None:
    received_at = utc("2026-03-02T00:00:00-06:00")
    with pytest.raises(Refusal) as refused:
        opened(**AFTER_DISCHARGE, received_at=received_at)
    assert [(reason.code, reason.field) for reason in refused.value.reasons] == [("GOOD_CAUSE_NEEDED", "good_cause")]
    heard = opened(**AFTER_DISCHARGE, received_at=received_at, good_cause=GoodCause.SERIOUS_ILLNESS)
    assert heard.state == "RECEIVED"


def test_a_patient_told_after_midnight_is_protected_a_day_longer_than_the_decision_suggests() -> None:
    """Liability follows the patient's own notification, not the decision (405.1206(f)(2))."""
    case = walk(
        opened(),
        notified("2026-07-04T23:50:00-05:00"),
        *informed("2026-07-05T10:15:00-05:00"),
        *guarded("2026-07-06T09:00:00-05:00"),
        decided("2026-07-06T15:00:00-05:00"),
    )
    assert liability(case) is None
    told_late = walk(case, *everyone_told("2026-07-07T00:30:00-05:00"))
    assert liability(told_late) == utc("2026-07-08T12:00:00-05:00")
