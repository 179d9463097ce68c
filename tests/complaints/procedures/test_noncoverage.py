"""Hospital notices of non-coverage and the reconsideration of denials (42 CFR 476.94, 478.15-.48)."""

import datetime as dt
from typing import Any

import pytest

from services.complaints.domain.case import Case
from services.complaints.domain.deadlines import Status
from services.complaints.domain.look import Act
from shared.contracts.complaints import CaseType, GoodCause, ReopenGround, Role, Timeliness
from tests.complaints.cases import assigned, decided, done, due, everyone_told, notified, opened, utc, walk
from tests.complaints.procedures.coverage import (
    SECOND,
    filed,
    heard,
    liable,
    opening_notices,
    passed,
    reconsidered,
    refused,
    statuses,
)
from tests.complaints.procedures.federal import codes, notices

PARTIES = (Role.BENEFICIARY, Role.PROVIDER, Role.PRACTITIONER)
HINN: dict[str, Any] = {
    "case_type": CaseType.PREADMIT_HINN1,
    "received_at": utc("2026-07-08T10:00:00-05:00"),
    "facts": {"notice_received": "2026-07-07T11:00:00-05:00", "admission": "2026-07-20"},
}
ITEM: dict[str, Any] = {
    "case_type": CaseType.NONCOVERED_HINN,
    "received_at": utc("2026-07-08T10:00:00-05:00"),
    "facts": {"notice_received": "2026-05-07"},
    "claim": "ab" * 16,
}
WORDS = {"liability_determination": "The patient knew from the notice.", "service_dates": "2026-07-20"}


def denial(at: str, **changes: Any) -> Act:
    """The reviewer agrees with the notice."""
    return done(
        "decided",
        at,
        **({"outcome": "UPHELD_PROVIDER", "reviewer": "pr-17", "rationale": "Not needed.", "words": WORDS} | changes),
    )


def reviewed(**changes: Any) -> Case:
    """A HINN 1 in review with all information."""
    return walk(
        opened(**(HINN | changes)),
        notified("2026-07-08T10:30:00-05:00"),
        done("information_complete", "2026-07-09T10:00:00-05:00"),
        *heard("2026-07-09T11:00:00-05:00", valid=None),
    )


def left(case: Case, at: str, step: str = "denial_left") -> Case:
    """The letters of all parties left."""
    return walk(case, *(done(step, at, party=role) for role in PARTIES))


def denied() -> Case:
    """Told on Friday, denied by letter of the same day."""
    case = walk(reviewed(), denial("2026-07-10T10:00:00-05:00"), *everyone_told("2026-07-10T11:00:00-05:00"))
    return left(case, "2026-07-10T15:00:00-05:00")


def asked(at: str, postmark: str, **details: Any) -> Act:
    """Somebody asks in writing."""
    facts = {"reconsideration_postmarked": dt.date.fromisoformat(postmark)}
    return done("reconsideration_requested", at, **({"party": Role.BENEFICIARY, "facts": facts} | details))


def test_a_hinn_1_is_decided_in_two_working_days_and_denied_before_admission() -> None:
    taken = filed(**HINN)
    assert opening_notices(taken) == [("REQ_NOTIFY_PROVIDER", "provider")]
    assert taken.case.timeliness is Timeliness.TIMELY
    case = walk(taken.case, notified("2026-07-08T10:30:00-05:00"))
    assert due(case, "PH-RECORDS") == utc("2026-07-09T17:00:00-05:00")
    assert due(reviewed(), "PH-DETERMINE") == utc("2026-07-13T23:59:59-05:00")
    assert codes(reviewed(), denial("2026-07-10T10:00:00-05:00", words={})) == {"WORDS_MISSING"}
    everyone = ["beneficiary", "provider", "practitioner"]
    assert notices(reviewed(), denial("2026-07-10T10:00:00-05:00")) == [
        *(("DECISION_CALL", role) for role in everyone),
        *(("DENIAL_NOTICE", role) for role in everyone),
    ]
    case = denied()
    assert case.state == "NOTIFIED"
    assert liable(case) == utc("2026-07-20T00:00:00-05:00")  # preadmission notice: from admission
    # 478.20: letter of 07-10, receipt presumed 07-15, 60 days: Sun 2026-09-13
    assert due(case, "RD-REQUEST") == utc("2026-09-13T23:59:59-05:00")
    assert passed(case, "2026-09-14T00:00:01-05:00").state == "CLOSED"


def test_where_the_notice_was_wrong_a_plain_letter_goes_and_the_case_closes() -> None:
    decision = denial("2026-07-10T10:00:00-05:00", outcome="OVERTURNED", words={})
    assert [kind for kind, _ in notices(reviewed(), decision)] == ["DECISION_CALL"] * 3 + ["DECISION_LETTER"] * 3
    case = walk(reviewed(), decision, *everyone_told("2026-07-10T11:00:00-05:00"))
    case = left(case, "2026-07-10T15:00:00-05:00", "letter_left")
    assert (case.state, liable(case)) == ("CLOSED", None)
    assert not statuses(case, "PH-DENIAL-NOTICE-BEFORE")


def test_the_postmark_counts_and_who_is_late_needs_good_cause() -> None:
    closed = passed(denied(), "2026-09-14T00:00:01-05:00")
    # The window ended on a Sunday: the next working day is heard (2.1).
    assert codes(closed, asked("2026-09-17T09:00:00-05:00", "2026-09-14")) == set()
    late = asked("2026-09-17T09:00:00-05:00", "2026-09-15")
    assert codes(closed, late) == {"TOO_LATE"}
    heard_late = asked("2026-09-17T09:00:00-05:00", "2026-09-15", good_cause=GoodCause.SERIOUS_ILLNESS)
    assert walk(closed, heard_late).state == "RECONSIDERATION_REQUESTED"
    assert codes(denied(), done("reconsideration_requested", "2026-07-20T09:00:00-05:00", party=Role.PROVIDER)) == {
        "MISSING"
    }


@pytest.mark.parametrize(
    ("circumstances", "rule", "ends"),
    [
        ({"inpatient"}, "RD-DECIDE-INPATIENT", "2026-07-22"),  # 3 working days
        ({"snf"}, "RD-DECIDE-SNF", "2026-07-31"),  # 10
        (set(), "RD-DECIDE", "2026-08-28"),  # 30
    ],
)
def test_the_reconsideration_takes_3_10_or_30_working_days(circumstances: set[str], rule: str, ends: str) -> None:
    case = walk(denied(), asked("2026-07-17T09:00:00-05:00", "2026-07-15", circumstances=frozenset(circumstances)))
    assert due(case, rule) == utc(f"{ends}T23:59:59-05:00")


def test_an_expedited_request_comes_within_three_days_of_receipt() -> None:
    expedited = frozenset({"expedited"})
    on_time = asked("2026-07-18T09:00:00-05:00", "2026-07-18", circumstances=expedited)
    case = walk(denied(), on_time)
    assert due(case, "RD-DECIDE-EXPEDITED") == utc("2026-07-22T23:59:59-05:00")
    late = asked("2026-07-19T09:00:00-05:00", "2026-07-19", circumstances=expedited)
    assert codes(denied(), late) == {"TOO_LATE_FOR_EXPEDITED"}


def test_after_the_reconsideration_the_beneficiary_may_ask_for_a_hearing() -> None:
    hearing = done("hearing_requested", "2026-08-10T09:00:00-05:00", party=Role.BENEFICIARY)
    closed = passed(denied(), "2026-09-14T00:00:01-05:00")
    assert codes(closed, done("hearing_requested", "2026-09-15T09:00:00-05:00", party=Role.BENEFICIARY)) == {
        "NOT_RECONSIDERED"
    }
    case = walk(denied(), asked("2026-07-17T09:00:00-05:00", "2026-07-15"))
    assert codes(case, assigned("2026-07-17T10:00:00-05:00", level=1)) == {"EARLIER_REVIEWER"}
    case = walk(case, assigned("2026-07-17T10:00:00-05:00", SECOND, level=1))
    decision = reconsidered("2026-07-20T10:00:00-05:00")
    assert notices(case, decision) == [("RECON_DECISION", role.value) for role in PARTIES]
    case = left(walk(case, decision), "2026-07-20T15:00:00-05:00", "reconsideration_letter_left")
    assert case.state == "HEARING_WINDOW"
    assert statuses(case, "RD-DECIDE") == [Status.MET]
    # 478.42: letter of 07-20, receipt presumed 07-25, 60 days: Wed 2026-09-23
    assert due(case, "RD-HEARING") == utc("2026-09-23T23:59:59-05:00")
    assert codes(case, done("hearing_requested", "2026-08-10T09:00:00-05:00", party=Role.PROVIDER)) == {"NO_RIGHT"}
    assert walk(case, hearing).state == "CLOSED"
    assert passed(case, "2026-09-24T00:00:01-05:00").state == "CLOSED"


def test_a_determination_is_reopened_within_a_year_for_any_reason_and_for_fraud_at_any_time() -> None:
    closed = passed(denied(), "2026-09-14T00:00:01-05:00")
    again = done("reopened", "2026-10-01T09:00:00-05:00", ground=ReopenGround.ANY, note="New view.")
    case = walk(closed, again)
    assert (case.state, "denial_dated" in case.course.facts) == ("IN_REVIEW", False)
    late = utc("2027-07-11T00:00:00-05:00")
    now = late + dt.timedelta(days=1)
    any_reason = done("reopened", late.isoformat(), ground=ReopenGround.ANY, note="New view.")
    assert codes(closed, any_reason, now) == {"REOPENING_TOO_LATE"}
    for ground in (ReopenGround.CLERICAL_ERROR, ReopenGround.FRAUD):
        assert codes(closed, done("reopened", late.isoformat(), ground=ground, note="Why."), now) == set()
    second = walk(case, denial("2026-10-02T09:00:00-05:00", outcome="OVERTURNED", words={}))
    assert second.state == "ALLOWED"
    assert liable(second) is None


def test_a_late_request_for_review_of_a_hinn_1_is_accepted() -> None:
    """4.2 [U]: 3 calendar days after receipt; the windows are the manual's."""
    late = HINN | {"received_at": utc("2026-07-11T00:00:00-05:00")}
    assert opened(**late).timeliness is Timeliness.LATE
    assert opened(**late, circumstances=frozenset({"admitted"})).timeliness is Timeliness.TIMELY


def test_an_admission_notice_after_three_in_the_afternoon_makes_the_next_day_liable() -> None:
    """4.2 [U]: at or before 15:00 from receipt, after 15:00 from the next day."""
    for hour, ends in (("14:59:00", "2026-07-07T14:59:00"), ("15:00:01", "2026-07-08T00:00:00")):
        facts = {"notice_received": f"2026-07-07T{hour}-05:00"}
        case = reviewed(facts=facts, circumstances=frozenset({"admitted"}))
        case = walk(case, denial("2026-07-10T10:00:00-05:00"), *everyone_told("2026-07-10T11:00:00-05:00"))
        assert liable(case) == utc(f"{ends}-05:00")
        # 476.94(a)(2): admission, first working day after
        assert due(case, "PH-DENIAL-NOTICE") == utc("2026-07-13T23:59:59-05:00")


def test_denied_days_state_the_first_of_them() -> None:
    at = "2026-07-10T10:00:00-05:00"
    assert codes(reviewed(), denial(at, outcome="PARTIAL")) == {"LIABILITY_DATE"}
    partial = walk(reviewed(), denial(at, outcome="PARTIAL", liable_from=dt.date(2026, 7, 22)))
    assert liable(partial) == utc("2026-07-22T00:00:00-05:00")


def test_a_hinn_12_opens_no_case_and_a_hinn_11_only_on_the_claim() -> None:
    assert refused(**ITEM | {"circumstances": frozenset({"hinn_12"})}) == {"HINN_12_OPENS_NO_CASE"}
    assert refused(**ITEM | {"claim": None}) == {"NO_IMMEDIATE_REVIEW"}
    case = walk(opened(**ITEM), notified("2026-07-08T11:00:00-05:00"))
    assert due(case, "NH-RECORDS") == utc("2026-07-22T23:59:59-05:00")  # 14 calendar days
    case = walk(
        case,
        done("information_complete", "2026-07-20T10:00:00-05:00"),
        *heard("2026-07-21T11:00:00-05:00", valid=None),
        denial("2026-07-23T10:00:00-05:00"),
    )
    assert due(case, "NH-DENIAL-NOTICE") == utc("2026-07-28T23:59:59-05:00")  # 3 working days
    assert case.state == "DENIED"
    assert codes(walk(opened(**ITEM)), decided("2026-07-23T10:00:00-05:00")) == {"ILLEGAL_TRANSITION"}


def test_without_the_hospitals_information_its_notice_is_not_sustained() -> None:
    """case-rules 17: the burden of proof holds in every review of a notice."""
    asked = walk(opened(**HINN), notified("2026-07-08T10:30:00-05:00"))
    without = walk(asked, *heard("2026-07-09T11:00:00-05:00", valid=None))
    assert codes(without, denial("2026-07-10T10:00:00-05:00")) == {"INFORMATION_INCOMPLETE"}
    assert not codes(reviewed(), denial("2026-07-10T10:00:00-05:00"))
