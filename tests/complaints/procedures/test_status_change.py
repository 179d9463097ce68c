"""Appeals of a change from inpatient to outpatient, with the QIO's own reconsideration (42 CFR 405.1210-.1212)."""

import datetime as dt
from typing import Any

from services.complaints.domain.case import Case
from shared.contracts.complaints import CaseType, GoodCause, Role, Timeliness
from tests.complaints.cases import assigned, decided, done, due, notified, opened, told, utc, walk
from tests.complaints.procedures.coverage import (
    SECOND,
    again,
    filed,
    heard,
    liable,
    opening_notices,
    passed,
    reconsidered,
    refused,
    told_again,
    told_and_written,
)
from tests.complaints.procedures.federal import codes, notices

FACTS = {
    "admitted": "2026-04-12T08:00:00-07:00",
    "reclassified": "2026-04-13",
    "notice_received": "2026-04-14T10:00:00-07:00",
    "released": "2026-04-16T18:00:00-07:00",
}
W20: dict[str, Any] = {
    "case_type": CaseType.STATUS_CHANGE,
    "facility_ccn": "050001",
    "state": "CA",
    "zip_code": "90001",
    "received_at": utc("2026-04-14T15:30:00-07:00"),
    "facts": FACTS,
    "circumstances": frozenset({"observation"}),
}


def reviewed(**changes: Any) -> Case:
    """W20, in review with all information."""
    return walk(
        opened(**(W20 | changes)),
        notified("2026-04-14T15:40:00-07:00"),
        done("information_complete", "2026-04-15T09:00:00-07:00"),
        *heard("2026-04-16T09:00:00-07:00", valid=None),
    )


def upheld() -> Case:
    return told_and_written(walk(reviewed(), decided("2026-04-16T14:00:00-07:00")), "2026-04-16T15:00:00-07:00")


def test_w20_a_status_appeal_from_the_request_to_noon_of_the_day_after() -> None:
    taken = filed(**W20)
    assert opening_notices(taken) == [("REQ_NOTIFY_PROVIDER", "provider")]
    case = walk(taken.case, notified("2026-04-14T15:40:00-07:00"))
    assert case.timeliness is Timeliness.TIMELY
    assert due(case, "SC-RECORDS") == utc("2026-04-15T19:00:00Z")  # W20: Wed 12:00 PDT
    case = walk(case, done("information_complete", "2026-04-15T09:00:00-07:00"))
    assert due(case, "SC-DETERMINE") == utc("2026-04-16T23:59:59-07:00")  # W20
    case = upheld()
    assert due(case, "SC-RECON-REQUEST") == utc("2026-04-17T12:00:00-07:00")  # W20: Fri noon
    assert case.state == "NOTIFIED"
    assert liable(case) is None
    assert passed(case, "2026-04-17T12:00:02-07:00").state == "CLOSED"


def test_a_request_after_release_is_accepted_and_decided_in_two_days() -> None:
    late = W20 | {"received_at": utc("2026-04-16T18:00:01-07:00")}
    case = walk(opened(**late), notified("2026-04-16T18:10:00-07:00"))
    assert case.timeliness is Timeliness.LATE
    case = walk(case, done("information_complete", "2026-04-17T09:00:00-07:00"))
    assert due(case, "SC-DETERMINE-LATE") == utc("2026-04-19T23:59:59-07:00")


def test_who_is_still_in_the_hospital_is_in_time_though_nobody_knows_the_release() -> None:
    known = {name: at for name, at in FACTS.items() if name != "released"}
    assert opened(**W20 | {"facts": known}).timeliness is Timeliness.TIMELY


def test_only_reclassified_inpatients_with_observation_and_few_inpatient_days() -> None:
    assert refused(**W20 | {"circumstances": frozenset()}) == {"NO_OBSERVATION"}
    three_days = W20 | {"facts": FACTS | {"admitted": "2026-04-10T08:00:00-07:00"}}
    assert refused(**three_days) == {"STAY_DOES_NOT_QUALIFY"}
    two_nights = W20 | {"facts": FACTS | {"released": "2026-04-14T18:00:00-07:00"}}
    assert refused(**two_nights) == {"STAY_DOES_NOT_QUALIFY"}
    no_part_b = frozenset({"observation", "no_part_b"})
    assert opened(**two_nights | {"circumstances": no_part_b}).state == "RECEIVED"


def test_the_qio_reconsiders_until_noon_and_within_two_days() -> None:
    assert codes(upheld(), again("2026-04-17T12:00:01-07:00", good_cause=GoodCause.UNAVOIDABLE)) == {"TOO_LATE"}
    case = walk(upheld(), again("2026-04-17T11:00:00-07:00"))
    assert due(case, "SC-RECON-DECIDE") == utc("2026-04-19T23:59:59-07:00")
    case = walk(case, done("reconsideration_records_received", "2026-04-18T09:00:00-07:00"))
    assert due(case, "SC-RECON-DECIDE") == utc("2026-04-20T23:59:59-07:00")
    assert codes(case, assigned("2026-04-18T10:00:00-07:00", level=1)) == {"EARLIER_REVIEWER"}
    case = walk(case, assigned("2026-04-18T10:00:00-07:00", SECOND, level=1))
    decision = reconsidered("2026-04-18T12:00:00-07:00", "OVERTURNED")
    assert notices(case, decision) == [("RECON_DECISION", role) for role in ("beneficiary", "provider", "practitioner")]
    assert told_again(walk(case, decision), "2026-04-18T13:00:00-07:00").state == "CLOSED"


def test_no_day_of_liability_and_no_finding_on_a_notice_belong_to_a_status() -> None:
    day = decided("2026-04-16T14:00:00-07:00", liable_from=dt.date(2026, 4, 17))
    assert codes(reviewed(), day) == {"LIABILITY_DATE"}
    assert codes(reviewed(), decided("2026-04-16T14:00:00-07:00", "PARTIAL")) == {"UNKNOWN_OUTCOME"}
    finding = done("validity_found", "2026-04-15T09:00:00-07:00", answers={"notice_valid": "yes"})
    assert codes(opened(**W20), finding) == {"UNKNOWN_STEP"}


def test_the_letters_follow_the_patients_call() -> None:
    case = walk(reviewed(), decided("2026-04-16T14:00:00-07:00"))
    assert [kind for kind, _ in notices(case, told(Role.BENEFICIARY, "2026-04-16T15:00:00-07:00"))] == [
        "DECISION_LETTER"
    ] * 3
