"""Hospital discharge appeals of Medicare Advantage; late ones are the plan's (42 CFR 422.620-.622)."""

import datetime as dt
from typing import Any

from services.complaints.domain import filing
from services.complaints.domain.case import Case
from services.complaints.domain.deadlines import Status
from shared.contracts.complaints import CaseType, Role, Timeliness
from tests.complaints.cases import CASE, DESK, LATER, assigned, command, decided, done, due, informed, opened, utc, walk
from tests.complaints.procedures.coverage import (
    MA,
    SECOND,
    W1,
    again,
    both_notified,
    filed,
    heard,
    liable,
    opening_notices,
    passed,
    reconsidered,
    refused,
    statuses,
    told_again,
    told_and_written,
)
from tests.complaints.procedures.federal import codes, notices

LATE = MA | {"received_at": utc("2026-07-05T00:00:00-05:00")}


def reviewed(**changes: Any) -> Case:
    """W5 as an enrollee's, in review with all information."""
    return walk(
        opened(**(MA | changes)),
        *both_notified("2026-07-04T23:50:00-05:00"),
        *informed("2026-07-05T10:15:00-05:00"),
        *heard("2026-07-06T09:00:00-05:00"),
    )


def upheld() -> Case:
    return told_and_written(walk(reviewed(), decided("2026-07-06T15:00:00-05:00")), "2026-07-06T16:00:00-05:00")


def test_the_plan_owes_detailed_notice_and_records_by_noon_and_the_hospital_by_close() -> None:
    case = walk(opened(**MA), *both_notified("2026-07-04T23:50:00-05:00"))
    assert due(case, "MD-DETAILED-NOTICE") == utc("2026-07-05T12:00:00-05:00")  # 422.622(e)(1)
    assert due(case, "MD-RECORDS") == utc("2026-07-05T12:00:00-05:00")  # 422.622(e)(2)
    case = walk(case, done("hospital_asked", "2026-07-05T08:00:00-05:00"))
    assert due(case, "MD-HOSPITAL-RECORDS") == utc("2026-07-05T17:00:00-05:00")  # 422.622(e)(3)
    case = walk(case, done("hospital_records_sent", "2026-07-05T11:00:00-05:00"))
    assert statuses(case, "MD-HOSPITAL-RECORDS") == [Status.MET]
    case = walk(case, *informed("2026-07-05T10:15:00-05:00"))
    assert due(case, "MD-DETERMINE") == utc("2026-07-06T23:59:59-05:00")


def test_upheld_the_plan_pays_until_noon_of_the_day_after_the_enrollee_is_told() -> None:
    case = upheld()
    assert liable(case) == utc("2026-07-07T12:00:00-05:00")  # 422.622(f)(2)
    assert case.state == "NOTIFIED"
    assert due(case, "MD-RECON-REQUEST") == utc("2026-09-04T23:59:59-05:00")  # 60 days
    assert passed(case, "2026-09-05T00:00:01-05:00").state == "CLOSED"


def test_a_late_request_goes_back_to_the_plan_at_once() -> None:
    taken = filed(**LATE)
    case = taken.case
    assert (case.state, case.timeliness) == ("RETURNED_TO_PLAN", Timeliness.LATE)
    assert opening_notices(taken) == [("RETURNED_TO_PLAN", "beneficiary"), ("RETURNED_TO_PLAN", "plan")]
    assert taken.facts[-1].TYPE == "complaints.CaseClosed"
    assert codes(case, done("provider_notified", "2026-07-05T01:00:00-05:00")) == {"ILLEGAL_TRANSITION"}


def test_a_voicemail_left_in_time_brings_back_what_was_returned_and_another_late_call_does_not() -> None:
    case = opened(**LATE)
    early = filing.read(command(**MA), DESK, LATER)
    late = filing.read(command(**LATE), DESK, LATER)
    assert filing.joins(case, late)
    assert not filing.joins(case, early)
    anew = filing.open_case(CASE, early, DESK, LATER, case).case
    assert (anew.state, anew.timeliness) == ("RECEIVED", Timeliness.TIMELY)
    assert statuses(anew, "MD-NOTIFY") == [Status.PENDING]


def test_who_still_is_an_inpatient_asks_the_qio_again_and_who_left_goes_to_the_judge() -> None:
    left = upheld()
    gone = again("2026-07-10T10:00:00-05:00", circumstances=frozenset({"left"}))
    assert codes(left, gone) == {"NOT_RECONSIDERABLE"}
    case = walk(upheld(), again("2026-07-10T10:00:00-05:00"), assigned("2026-07-10T11:00:00-05:00", SECOND, level=1))
    assert due(case, "MD-RECON-DECIDE") == utc("2026-07-24T23:59:59-05:00")  # 14 days
    case = walk(case, reconsidered("2026-07-12T10:00:00-05:00"))
    assert liable(case) == utc("2026-07-07T12:00:00-05:00")
    assert told_again(case, "2026-07-12T11:00:00-05:00").state == "CLOSED"


def test_a_partial_outcome_for_who_asked_in_time_never_starts_before_the_rule() -> None:
    case = walk(reviewed(), decided("2026-07-06T15:00:00-05:00", "PARTIAL", liable_from=dt.date(2026, 7, 5)))
    case = told_and_written(case, "2026-07-06T16:00:00-05:00")
    assert liable(case) == utc("2026-07-07T12:00:00-05:00")


def test_a_delay_is_laid_on_the_plan() -> None:
    case = walk(opened(**MA), *both_notified("2026-07-04T23:50:00-05:00"), *heard("2026-07-05T11:00:00-05:00"))
    act = done(
        "deferred",
        "2026-07-05T13:00:00-05:00",
        answers={"delay_liable": "plan"},
        facts={"delay_liable_from": dt.date(2026, 7, 5)},
        note="The plan sent nothing.",
    )
    assert codes(case, act) == set()
    assert walk(case, act).course.facts["delay_liable_from"] == dt.date(2026, 7, 5)


def test_a_same_level_transfer_is_no_discharge() -> None:
    act = done(
        "found_not_eligible",
        "2026-07-05T09:00:00-05:00",
        answers={"ineligible": "same_level_transfer"},
        note="To another hospital.",
    )
    case = walk(opened(**MA), act)
    assert (case.state, case.course.ended) == ("NOT_ELIGIBLE", "NOT_ELIGIBLE")
    bad = done("found_not_eligible", "2026-07-05T09:00:00-05:00", answers={"ineligible": "reduction"}, note="No.")
    assert codes(opened(**MA), bad) == {"UNKNOWN_ANSWER"}


def test_a_snf_has_no_hospital_appeal_and_a_plan_must_be_named() -> None:
    snf = {"provider_type": W1["provider_type"], "facility_ccn": "145001"}
    assert refused(**MA | snf) == {"WRONG_PROVIDER"}
    parties = tuple(party for party in command(**MA).parties if party.role is not Role.PLAN)
    assert refused(**MA, parties=parties) == {"MISSING_PARTY"}
    assert opened(**MA).type is CaseType.HOSP_DISCHARGE_MA


def test_everybody_hears_of_the_decision() -> None:
    everyone = ["beneficiary", "plan", "provider", "practitioner"]
    assert notices(reviewed(), decided("2026-07-06T15:00:00-05:00")) == [("DECISION_CALL", role) for role in everyone]
