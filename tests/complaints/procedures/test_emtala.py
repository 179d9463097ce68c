"""EMTALA reviews for CMS: five medical answers, the parties' 30 days, no word about the law (42 CFR 489.24(h))."""

import datetime as dt
from typing import Any

import pytest

from services.complaints.domain import procedures
from services.complaints.domain.case import Case
from services.complaints.domain.deadlines import Status
from services.complaints.domain.look import Act
from services.complaints.domain.procedures import emtala
from shared.contracts.complaints import CaseType, Role
from shared.contracts.notifications import REQUESTS
from tests.complaints.cases import assigned, done, due, opened, party, utc, walk
from tests.complaints.procedures.federal import codes, notices, passed, published, requested

PLACE: dict[str, Any] = {"facility_ccn": "330001", "state": "NY", "zip_code": "10001"}
BOTH = (party(Role.PROVIDER), party(Role.PRACTITIONER))
ANSWERS = {"screening": "YES", "emergency": "YES", "stabilized": "NO", "transfer": "UNDETERMINED", "quality": "NA"}
WORDS = {
    "individual_name": "Jo Doe",
    "practitioner_names": "Dr. Li",
    "arrival_time": "2026-09-01T10:00:00-04:00",
    "transfer_time": "2026-09-01T12:00:00-04:00",
    "response_summary": "Hospital and physician waived the meeting.",
}


def five(at: str = "2026-10-09T09:00:00-04:00") -> Case:
    return opened(case_type=CaseType.EMTALA_5DAY, received_at=utc(at), **PLACE)


def sixty(at: str = "2026-10-01T09:00:00-04:00") -> Case:
    return opened(case_type=CaseType.EMTALA_60DAY, received_at=utc(at), parties=BOTH, **PLACE)


def opinion(step: str, at: str, **changes: Any) -> Act:
    details: dict[str, Any] = {
        "outcome": "REPORTED",
        "reviewer": "pr-17",
        "rationale": "The patient was in labor and was sent away.",
        "answers": ANSWERS,
        "words": WORDS if step != "opinion_given" else {"individual_name": "Jo Doe"},
    }
    return done(step, at, **(details | changes))


def noticed() -> Case:
    """W15: tentative findings on the 13th, certified mail on the 14th."""
    return walk(
        sixty(),
        assigned("2026-10-02T09:00:00-04:00"),
        done("tentative_findings", "2026-10-13T09:00:00-04:00"),
        mailed("2026-10-14T15:00:00-04:00"),
    )


def mailed(at: str) -> Act:
    return done("notice_mailed", at, words={"individual_name": "Jo Doe", "event_date": "2026-09-01"})


def met(at: str, asked: str = "yes") -> Act:
    return done("meeting_held", at, answers={"asked": asked})


def test_w15_five_working_days_skip_columbus_day_and_the_opinion_goes_to_cms_alone() -> None:
    case = five()
    assert due(case, "E5-REPORT") == utc("2026-10-19T23:59:59-04:00")  # W15: 13, 14, 15, 16, 19
    case = walk(case, assigned("2026-10-13T09:00:00-04:00"))
    given = opinion("opinion_given", "2026-10-15T09:00:00-04:00")
    assert notices(case, given) == [("EMTALA_5DAY_OPINION", "cms")]
    (letter,) = requested(case, given)
    assert letter.due_at == utc("2026-10-19T23:59:59-04:00")
    case = walk(case, given, done("report_submitted", "2026-10-16T09:00:00-04:00", party=Role.CMS))
    assert case.state == "CLOSED"
    assert [deadline.status for deadline in case.deadlines] == [Status.MET]
    assert case.on_time


def test_a_five_day_opinion_gives_no_rights_to_anyone() -> None:
    procedure = procedures.of(CaseType.EMTALA_5DAY)
    roles = {role for step in procedure.steps.values() for notice in step.notices for role in notice.to}
    assert roles == {Role.CMS}
    assert not procedure.lapses
    assert {rule.id for rule in procedure.clock.rules} == {"E5-REPORT"}


def test_w15_sixty_days_from_receipt_to_report() -> None:
    case = sixty()
    assert due(case, "E6-TENTATIVE") == utc("2026-10-15T23:59:59-04:00")  # W15: before the 15th day
    assert due(case, "E6-NOTICE") == utc("2026-10-16T23:59:59-04:00")
    assert due(case, "E6-REPORT") == utc("2026-12-01T04:59:59Z")  # vector W15
    case = noticed()
    assert due(case, "E6-RESPONSE") == utc("2026-11-18T23:59:59-05:00")  # W15: presumed 10-19, plus 30
    case = walk(case, met("2026-11-17T10:00:00-05:00"))
    assert case.state == "POST_INFO_WAIT"
    assert due(case, "E6-MORE") == utc("2026-11-22T23:59:59-05:00")  # W15: 5 calendar days
    case = walk(
        case,
        done("more_received", "2026-11-20T10:00:00-05:00"),
        opinion("report_written", "2026-11-25T10:00:00-05:00"),
        done("report_submitted", "2026-11-30T23:59:59-05:00"),
    )
    assert case.state == "CLOSED"
    assert {d.rule_id: d.status for d in case.deadlines} == dict.fromkeys(
        ("E6-TENTATIVE", "E6-NOTICE", "E6-REPORT", "E6-RESPONSE", "E6-MORE"), Status.MET
    )


def test_the_certified_notice_goes_to_hospital_and_physician_and_the_report_to_cms_only() -> None:
    case = walk(
        sixty(),
        assigned("2026-10-02T09:00:00-04:00"),
        done("tentative_findings", "2026-10-13T09:00:00-04:00"),
    )
    letters = [("EMTALA_NOTICE_CERTIFIED", "provider"), ("EMTALA_NOTICE_CERTIFIED", "practitioner")]
    assert notices(case, mailed("2026-10-14T15:00:00-04:00")) == letters
    heard = walk(noticed(), met("2026-11-17T10:00:00-05:00", "no"))
    assert heard.state == "REPORT_DRAFT"
    assert notices(heard, opinion("report_written", "2026-11-25T10:00:00-05:00")) == [("EMTALA_REPORT", "cms")]


def test_where_no_physician_is_concerned_only_the_hospital_is_written_to() -> None:
    """42 CFR 489.24(h)(2)(ii): the physician, the hospital, or both."""
    at = utc("2026-10-01T09:00:00-04:00")
    case = walk(
        opened(case_type=CaseType.EMTALA_60DAY, received_at=at, parties=(party(Role.PROVIDER),), **PLACE),
        assigned("2026-10-02T09:00:00-04:00"),
        done("tentative_findings", "2026-10-13T09:00:00-04:00"),
    )
    assert notices(case, mailed("2026-10-14T15:00:00-04:00")) == [("EMTALA_NOTICE_CERTIFIED", "provider")]


def test_who_does_not_accept_within_the_thirty_days_waives_the_right() -> None:
    over = utc("2026-11-19T00:00:00-05:00")
    assert passed(noticed(), over - dt.timedelta(seconds=1)).state == "NOTICE_SENT"
    case = passed(noticed(), over)
    assert case.state == "WAIVED"
    assert codes(case, met("2026-11-19T09:00:00-05:00")) == {"ILLEGAL_TRANSITION"}
    case = walk(case, opinion("report_written", "2026-11-25T10:00:00-05:00"))
    assert case.state == "REPORT_READY"


def test_both_must_happen_within_the_thirty_days() -> None:
    assert codes(noticed(), met("2026-11-19T00:00:00-05:00")) == {"TOO_LATE"}
    late = done("information_submitted", "2026-11-19T00:00:00-05:00", party=Role.PROVIDER)
    assert codes(noticed(), late) == {"TOO_LATE"}


def test_a_receipt_that_is_shown_goes_before_the_presumption() -> None:
    shown = done("receipt_shown", "2026-10-26T09:00:00-04:00", facts={"notice_received": dt.date(2026, 10, 22)})
    assert due(walk(noticed(), shown), "E6-RESPONSE") == utc("2026-11-21T23:59:59-05:00")


def test_what_was_asked_for_comes_within_five_days_or_not_at_all() -> None:
    case = walk(noticed(), met("2026-11-17T10:00:00-05:00"))
    assert codes(case, done("more_received", "2026-11-23T00:00:00-05:00")) == {"TOO_LATE"}
    assert passed(case, utc("2026-11-23T00:00:00-05:00")).state == "REPORT_DRAFT"


def test_a_case_without_emergency_may_be_returned_and_is_still_reported() -> None:
    """42 CFR 489.24(h)(4)."""
    case = walk(sixty(), assigned("2026-10-02T09:00:00-04:00"))
    returned = {"outcome": "RETURNED_H4", "answers": ANSWERS | {"emergency": "NO", "stabilized": "NA"}}
    at = "2026-10-06T10:00:00-04:00"
    assert codes(case, opinion("returned_h4", at, outcome="RETURNED_H4")) == {"NOT_RETURNABLE"}
    assert codes(case, opinion("returned_h4", at)) == {"OUTCOME_NOT_HERE", "NOT_RETURNABLE"}
    assert notices(case, opinion("returned_h4", at, **returned)) == [("EMTALA_REPORT", "cms")]
    case = walk(case, opinion("returned_h4", at, **returned), done("report_submitted", at))
    assert case.state == "CLOSED"
    assert [decided.outcome for decided in case.course.decided] == ["RETURNED_H4"]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"answers": ANSWERS | {"emergency": "MAYBE"}}, {"ANSWER_UNKNOWN"}),
        ({"answers": {"emergency": "YES"}}, {"MISSING"}),
        ({"rationale": "The hospital violated the law."}, {"CONCLUSION_OF_LAW"}),
        ({"rationale": ""}, {"NO_RATIONALE"}),
        ({"reviewer": "pr-99"}, {"REVIEWER_NOT_ASSIGNED"}),
        ({"outcome": "UPHELD_PROVIDER"}, {"UNKNOWN_OUTCOME"}),
        ({"words": {}}, {"MISSING"}),
    ],
)
def test_an_opinion_is_complete_medical_and_the_reviewers_own(changes: dict[str, Any], expected: set[str]) -> None:
    case = walk(five(), assigned("2026-10-13T09:00:00-04:00"))
    assert codes(case, opinion("opinion_given", "2026-10-15T09:00:00-04:00", **changes)) == expected


def test_only_a_physician_who_attested_reviews() -> None:
    assert codes(five(), assigned("2026-10-13T09:00:00-04:00", physician=False)) == {"NOT_A_PHYSICIAN"}
    refused = done("assigned", "2026-10-13T09:00:00-04:00", assigned=assigned("2026-10-13T09:00:00-04:00").assigned)
    assert codes(five(), refused) == {"NO_ATTESTATION"}


@pytest.mark.parametrize("case_type", [CaseType.EMTALA_5DAY, CaseType.EMTALA_60DAY])
def test_nothing_in_the_model_says_whether_the_law_was_violated(case_type: CaseType) -> None:
    """42 CFR 489.24(h)(2)(vi)."""
    procedure = procedures.of(case_type)
    names = {*procedure.states, *procedure.steps, *procedure.outcomes, *emtala.QUESTIONS}
    names |= {need for step in procedure.steps.values() for need in (*step.needs, *step.takes)}
    assert not [name for name in names if "violat" in name.lower() or "compl" in name.lower()]


def test_the_answers_stay_sealed_and_nobody_hears_of_the_case() -> None:
    case = walk(five(), assigned("2026-10-13T09:00:00-04:00"))
    given = opinion("opinion_given", "2026-10-15T09:00:00-04:00")
    after = walk(case, given)
    assert not set(after.course.answers) & set(emtala.QUESTIONS)
    assert after.sealed.reasons[-1].answers == ANSWERS
    assert {topic for topic, _ in published(case, given)} == {REQUESTS.name}
    assert published(after, done("report_submitted", "2026-10-16T09:00:00-04:00")) == []


def test_any_individual_without_the_beneficiary_as_party() -> None:
    case = sixty()
    assert case.sealed.contact(Role.BENEFICIARY) is None
    for case_type in (CaseType.EMTALA_5DAY, CaseType.EMTALA_60DAY):
        procedure = procedures.of(case_type)
        told = {role for step in procedure.steps.values() for notice in step.notices for role in notice.to}
        assert Role.BENEFICIARY not in told


def test_cms_may_take_its_request_back() -> None:
    case = walk(noticed(), done("withdrawn", "2026-10-20T09:00:00-04:00"))
    assert case.state == "WITHDRAWN"
    assert not [deadline for deadline in case.deadlines if deadline.open]
