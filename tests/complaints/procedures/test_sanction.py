"""Sanctions: notice, hearing, panel, finding, OIG; nobody outside learns that there is one (42 CFR 1004)."""

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from services.complaints.domain import filing
from services.complaints.domain.case import Assigned, Case
from services.complaints.domain.deadlines import Status
from services.complaints.domain.look import Act
from shared.contracts.complaints import CaseType, Part, Role
from shared.contracts.notifications import REQUESTS
from tests.complaints.cases import CASE, DESK, LATER, command, done, due, opened, party, utc, walk
from tests.complaints.procedures.federal import ANNOUNCER, codes, notices, passed, published

PLACE: dict[str, Any] = {"facility_ccn": "330001", "state": "NY", "zip_code": "10001"}
NOTICE = {
    "obligation": "Care of a quality that meets recognized standards.",
    "circumstances": "Three operations on the wrong side.",
    "corrective_action": "Supervised practice for a year.",
    "possible_sanction": "Exclusion.",
    "enclosures": "Records of three patients.",
}
FINDING = {"finding": "Affirmed.", "corrective_action": "None.", "next_step": "We report to the OIG."}
# 42 CFR 1004.80(b), (c)
CONTENT = {
    "services_involved": "Inpatient surgery.",
    "failures": "Each operation, with its day and place.",
    "enclosures": "Records of three patients.",
    "correspondence": "Two letters.",
    "response_analysis": "Case by case: nothing new.",
    "plan_results": "There was no plan.",
    "admissions_reviewed": "42",
    "professional_qualifications": "Three board-certified surgeons.",
    "recommendation": "Exclusion.",
    "alternative_services": "Two other surgeons in the county.",
    "counties": "New York County.",
}
REPORT = {**CONTENT, "exclusion_period": "Three years."}
PENALTY = {**CONTENT, "recommendation": "A money penalty.", "penalty_amount": "$5,000"}
REPORTS = {"exclusion_recommended": REPORT, "penalty_recommended": PENALTY}
MEETING = {"same_specialty": "yes", "verbatim_record": "yes"}
VOTERS = ("pr-1", "pr-2", "pr-3")


def given(case: Case, part: Part, *reviewers: str, physician: bool = True) -> Case:
    """Parts are given to people beside the table of steps."""
    new = tuple(
        Assigned(reviewer=one, physician=physician, level=0, at=utc("2026-05-01T09:00:00-04:00"), part=part)
        for one in reviewers
    )
    return case.hides(assigned=(*case.sealed.assigned, *new))


def identified() -> Case:
    return opened(case_type=CaseType.SANCTION, received_at=utc("2026-05-01T09:00:00-04:00"), **PLACE)


def noticing(**changes: Any) -> Act:
    details: dict[str, Any] = {"answers": {"basis": "substantial"}, "words": NOTICE}
    return done("notice_sent", "2026-05-04T09:00:00-04:00", **(details | changes))


def noticed() -> Case:
    return walk(given(identified(), Part.RECOMMENDER, "pr-9"), noticing())


def finding(at: str, outcome: str = "AFFIRM", reviewer: str = "pr-2") -> Act:
    return done("finding_made", at, outcome=outcome, reviewer=reviewer, rationale="The records show it.", words=FINDING)


def asked_to_meet() -> Case:
    case = walk(
        noticed(),
        done("response_received", "2026-06-05T10:00:00-04:00"),
        done("meeting_requested", "2026-06-05T10:00:00-04:00"),
    )
    return given(case, Part.PANEL_MEMBER, *VOTERS)


def held() -> Case:
    return walk(asked_to_meet(), done("meeting_held", "2026-06-30T10:00:00-04:00", answers=MEETING))


def at_oig(step: str = "exclusion_recommended") -> Case:
    return walk(
        held(),
        finding("2026-07-10T10:00:00-04:00"),
        done(step, "2026-07-20T10:00:00-04:00", words=REPORTS[step]),
        done("oig_received", "2026-07-27T10:00:00-04:00"),
    )


def test_w18_from_the_first_notice_to_the_day_the_recommendation_is_deemed_effective() -> None:
    case = noticed()
    assert due(case, "SN-RESPONSE") == utc("2026-06-08T23:59:59-04:00")  # W18: receipt Sat 05-09
    case = asked_to_meet()
    assert due(case, "SN-MEETING") == utc("2026-07-05T23:59:59-04:00")
    case = walk(held(), done("more_allowed", "2026-06-30T12:00:00-04:00"))
    assert due(case, "SN-MORE") == utc("2026-07-08T23:59:59-04:00")  # W18: without Fri 07-03
    case = passed(case, utc("2026-07-09T00:00:00-04:00"))
    assert case.state == "HEARD"
    case = at_oig()
    assert due(case, "SN-OIG-SUBMISSION") == utc("2026-08-24T23:59:59-04:00")  # W18: receipt Sat 07-25
    assert due(case, "SN-DEEMED") == utc("2026-11-24T23:59:59-05:00")  # W18: 120th day
    assert passed(case, utc("2026-11-24T23:59:59-05:00")).state == "AT_OIG"
    case = passed(case, utc("2026-11-25T00:00:00-05:00"))
    assert (case.state, case.course.ended) == ("OIG_DEEMED", "OIG_DEEMED_120")
    case = walk(case, done("deemed_noticed", "2026-12-01T10:00:00-05:00"))
    assert codes(case, done("deemed_noticed", "2026-12-02T10:00:00-05:00")) == {"ALREADY_NOTICED"}
    assert due(case, "SN-EFFECTIVE") == utc("2026-12-21T23:59:59-05:00")  # 20 days, 1004.110(b)
    assert passed(case, utc("2026-12-22T00:00:00-05:00")).state == "CLOSED"


def test_every_clock_of_a_closed_sanction_is_accounted_for() -> None:
    case = walk(at_oig(), done("oig_imposed", "2026-09-01T10:00:00-04:00"))
    assert case.open_deadline("SN-DEEMED") is None
    case = passed(case, utc("2026-09-22T00:00:00-04:00"))
    assert (case.state, case.course.ended) == ("CLOSED", "OIG_IMPOSED")
    assert not [deadline for deadline in case.deadlines if deadline.open]


def test_a_money_penalty_is_never_deemed() -> None:
    case = at_oig("penalty_recommended")
    assert case.open_deadline("SN-DEEMED") is None
    assert passed(case, utc("2026-12-30T00:00:00-05:00")).state == "AT_OIG"


def test_the_oig_may_reject() -> None:
    case = walk(at_oig(), done("oig_rejected", "2026-09-01T10:00:00-04:00"))
    assert (case.state, case.course.ended) == ("CLOSED", "OIG_REJECTED")


def test_report_final_notice_and_boards_notice_leave_together() -> None:
    assert notices(given(identified(), Part.RECOMMENDER, "pr-9"), noticing()) == [("SANCTION_N1", "practitioner")]
    found = walk(held(), finding("2026-07-10T10:00:00-04:00"))
    assert notices(held(), finding("2026-07-10T10:00:00-04:00")) == [("SANCTION_FINDING", "practitioner")]
    reporting = done("exclusion_recommended", "2026-07-20T10:00:00-04:00", words=REPORT)
    assert notices(found, reporting) == [
        ("SANCTION_REPORT", "oig"),
        ("SANCTION_FINAL", "practitioner"),
        ("BOARD_NOTICE", "board"),
    ]


def test_nothing_but_its_notices_ever_leaves_the_case() -> None:
    values: dict[str, Any] = {"case_type": CaseType.SANCTION, "received_at": utc("2026-05-01T09:00:00-04:00")}
    taken = filing.open_case(CASE, filing.read(command(**values, **PLACE), DESK, LATER), DESK, LATER)
    assert ANNOUNCER.changes(None, taken, DESK, LATER) == ()
    recommended = given(identified(), Part.RECOMMENDER, "pr-9")
    assert {topic for topic, _ in published(recommended, noticing())} == {REQUESTS.name}
    assert published(at_oig(), done("oig_rejected", "2026-09-01T10:00:00-04:00")) == []
    assert not any(deadline.announced for deadline in at_oig().deadlines)


def test_a_first_notice_needs_a_recommendation_and_its_basis() -> None:
    assert codes(identified(), noticing()) == {"NOT_RECOMMENDED"}
    nurse = given(identified(), Part.RECOMMENDER, "rn-1", physician=False)
    assert codes(nurse, noticing()) == {"NOT_RECOMMENDED"}
    recommended = given(identified(), Part.RECOMMENDER, "pr-9")
    assert codes(recommended, noticing(answers={"basis": "rumour"})) == {"UNKNOWN_ANSWER"}
    assert codes(recommended, noticing(words={})) == {"MISSING"}


def test_the_panel_has_three_physicians_one_of_the_specialty_and_a_verbatim_record() -> None:
    meeting = done("meeting_held", "2026-06-30T10:00:00-04:00", answers=MEETING)
    two = asked_to_meet()
    two = two.hides(assigned=tuple(one for one in two.sealed.assigned if one.reviewer != "pr-3"))
    assert codes(two, meeting) == {"PANEL_TOO_SMALL"}
    assert codes(given(two, Part.PANEL_MEMBER, "pr-2"), meeting) == {"PANEL_TOO_SMALL"}  # the same twice
    assert codes(given(two, Part.PANEL_MEMBER, "rn-1", physician=False), meeting) == {"PANEL_TOO_SMALL"}
    refused = replace(meeting, answers={"same_specialty": "no", "verbatim_record": "no"})
    assert codes(asked_to_meet(), refused) == {"NO_SAME_SPECIALTY", "NO_VERBATIM_RECORD"}


def test_who_recommended_has_no_vote() -> None:
    assert codes(held(), finding("2026-07-10T10:00:00-04:00", reviewer="pr-9")) == {"NOT_ON_PANEL"}


def test_no_finding_while_the_person_may_still_be_heard() -> None:
    case = walk(given(noticed(), Part.PANEL_MEMBER, *VOTERS), done("response_received", "2026-05-20T10:00:00-04:00"))
    assert codes(case, finding("2026-06-08T23:59:59-04:00")) == {"RIGHT_TO_BE_HEARD_OPEN"}
    assert codes(case, finding("2026-06-09T00:00:00-04:00")) == set()
    asked = asked_to_meet()
    assert codes(asked, finding("2026-07-04T00:00:00-04:00")) == {"ILLEGAL_TRANSITION"}


def test_without_a_response_the_panel_finds_without_a_meeting() -> None:
    case = passed(noticed(), utc("2026-06-09T00:00:00-04:00"))
    assert case.state == "RESPONSE_LAPSED"
    case = given(case, Part.PANEL_MEMBER, *VOTERS)
    closed = walk(case, finding("2026-06-10T10:00:00-04:00", "CLOSE"))
    assert closed.state == "CLOSED"
    assert codes(case, finding("2026-06-10T10:00:00-04:00", "OVERTURNED")) == {"UNKNOWN_OUTCOME"}


@pytest.mark.parametrize("step", ["response_received", "meeting_requested"])
def test_a_response_after_thirty_days_is_too_late(step: str) -> None:
    case = noticed()
    if step == "meeting_requested":
        case = walk(case, done("response_received", "2026-05-20T10:00:00-04:00"))
    assert codes(case, done(step, "2026-06-09T00:00:00-04:00")) == {"TOO_LATE"}


def test_the_meeting_may_be_extended_for_good_cause_with_its_reason() -> None:
    extended = done("meeting_extended", "2026-07-01T10:00:00-04:00", note="The person is in hospital.")
    assert codes(asked_to_meet(), replace(extended, note=None)) == {"MISSING"}
    case = walk(asked_to_meet(), extended)
    assert [d.status for d in case.deadlines if d.rule_id == "SN-MEETING"] == [Status.VOID]
    assert codes(case, extended) == {"NOT_RUNNING"}


def test_five_working_days_after_the_meeting_and_no_longer() -> None:
    case = walk(held(), done("more_allowed", "2026-06-30T12:00:00-04:00"))
    assert codes(case, done("more_received", "2026-07-09T00:00:00-04:00")) == {"TOO_LATE"}
    assert walk(case, done("more_received", "2026-07-08T23:59:59-04:00")).state == "HEARD"


def test_a_corrective_action_plan_ends_it_or_leads_to_the_oig() -> None:
    case = walk(
        held(),
        finding("2026-07-10T10:00:00-04:00", "MODIFY"),
        done("cap_started", "2026-07-11T10:00:00-04:00"),
    )
    met = walk(case, done("cap_met", "2026-09-11T10:00:00-04:00"))
    assert (met.state, met.course.ended) == ("CLOSED", "CAP_MET")
    failed = walk(case, done("cap_failed", "2026-09-11T10:00:00-04:00", note="Not supervised."))
    reported = walk(failed, done("exclusion_recommended", "2026-09-12T10:00:00-04:00", words=REPORT))
    assert reported.state == "REPORTED_OIG"


def test_the_thirty_days_to_write_to_the_oig_are_not_extended() -> None:
    late = done("oig_submission_received", "2026-08-25T00:00:00-04:00", party=Role.PRACTITIONER)
    assert codes(at_oig(), late) == {"TOO_LATE"}
    shown = done("oig_received", "2026-07-27T10:00:00-04:00", facts={"final_notice_received": dt.date(2026, 7, 26)})
    case = walk(
        held(),
        finding("2026-07-10T10:00:00-04:00"),
        done("exclusion_recommended", "2026-07-20T10:00:00-04:00", words=REPORT),
        shown,
    )
    assert walk(case, late).open_deadline("SN-OIG-SUBMISSION") is None


def test_a_matter_that_is_not_pursued_ends_before_any_notice() -> None:
    case = walk(identified(), done("not_pursued", "2026-05-02T09:00:00-04:00", note="One case only."))
    assert (case.state, case.course.ended) == ("CLOSED", "NOT_PURSUED")
    assert identified().sealed.contact(Role.PRACTITIONER) == party(Role.PRACTITIONER).contact
