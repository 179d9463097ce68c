"""Expedited reconsideration as a case of its own: the QIC's, or the QIO's with somebody else (42 CFR 405.1204)."""

import datetime as dt
from typing import Any
from uuid import UUID

from services.complaints.domain.case import Case
from services.complaints.domain.deadlines import Status
from shared.contracts.complaints import CaseType
from tests.complaints.cases import assigned, done, due, opened, utc, walk
from tests.complaints.procedures.coverage import (
    liable,
    passed,
    reconsidered,
    refused,
    statuses,
    told_again,
)
from tests.complaints.procedures.federal import codes, notices

FIRST = UUID("0e3b5c1e-9d6f-5c50-8b1d-5f1a4f7f3f10")
# W5: told on Monday at 16:00, so the request is due on Tuesday at noon.
ASKED: dict[str, Any] = {
    "case_type": CaseType.RECONSIDERATION,
    "received_at": utc("2026-07-07T11:00:00-05:00"),
    "facts": {"patient_told": "2026-07-06T16:00:00-05:00"},
}
OWN = ASKED | {"circumstances": frozenset({"qio_forum"}), "family": FIRST}


def review() -> Case:
    return walk(opened(**OWN), assigned("2026-07-07T12:00:00-05:00", level=1))


def test_the_qic_has_it_unless_the_qio_is_the_forum() -> None:
    case = opened(**ASKED)
    assert case.state == "AT_QIC"
    assert due(case, "QR-DECIDE") == utc("2026-07-10T16:00:00Z")  # 72 hours
    assert case.open_deadline("QR-DECIDE-QIO") is None
    case = walk(case, done("qic_notified_qio", "2026-07-07T12:00:00-05:00"))
    assert due(case, "QR-FILE") == utc("2026-07-07T17:00:00-05:00")
    case = walk(case, done("qic_file_sent", "2026-07-07T16:00:00-05:00"))
    assert statuses(case, "QR-FILE") == [Status.MET]
    ended = done("qic_decided", "2026-07-09T10:00:00-05:00", answers={"qic_outcome": "UPHELD"})
    assert walk(case, ended).state == "CLOSED"
    assert codes(case, assigned("2026-07-07T12:00:00-05:00", level=1)) == {"ILLEGAL_TRANSITION"}


def test_the_qio_as_forum_decides_in_72_hours_and_tells_everyone() -> None:
    case = opened(**OWN)
    assert (case.state, case.family) == ("RECEIVED", FIRST)
    assert due(case, "QR-DECIDE-QIO") == utc("2026-07-10T16:00:00Z")
    assert case.open_deadline("QR-NOTIFY") is None
    case = walk(case, done("reconsideration_records_received", "2026-07-08T11:00:00-05:00"))
    assert due(case, "QR-DECIDE-QIO") == utc("2026-07-11T16:00:00Z")
    decision = reconsidered("2026-07-08T10:00:00-05:00", reviewer="pr-17")
    assert notices(review(), decision) == [
        ("RECON_DECISION", role) for role in ("beneficiary", "provider", "practitioner")
    ]
    case = told_again(walk(review(), decision), "2026-07-08T11:00:00-05:00")
    assert case.state == "CLOSED"
    assert statuses(case, "QR-DECIDE-QIO") == [Status.MET]


def test_a_partial_decision_states_a_day() -> None:
    at = "2026-07-08T10:00:00-05:00"
    assert codes(review(), reconsidered(at, "PARTIAL", "pr-17")) == {"LIABILITY_DATE"}
    day = dt.date(2026, 7, 9)
    assert liable(walk(review(), reconsidered(at, "PARTIAL", "pr-17", liable_from=day))) == utc("2026-07-09T05:00:00Z")


def test_a_late_request_is_a_standard_claims_appeal() -> None:
    assert refused(**ASKED | {"received_at": utc("2026-07-07T12:00:01-05:00")}) == {"TOO_LATE"}
    assert opened(**ASKED | {"received_at": utc("2026-07-07T12:00:00-05:00")}).state == "AT_QIC"


def test_the_qio_as_forum_must_know_whose_determination_it_was_and_that_the_patient_stays() -> None:
    assert refused(**OWN | {"family": None}) == {"FAMILY_MISSING"}
    assert refused(**ASKED | {"circumstances": frozenset({"left"})}) == {"LEFT_HOSPITAL"}


def test_a_request_may_be_taken_back() -> None:
    case = walk(opened(**OWN), done("withdrawn", "2026-07-07T12:00:00-05:00"))
    assert (case.state, case.course.ended) == ("WITHDRAWN", "WITHDRAWN")
    assert not any(deadline.open for deadline in case.deadlines)
    assert passed(case, "2026-07-12T12:00:00-05:00").state == "WITHDRAWN"
