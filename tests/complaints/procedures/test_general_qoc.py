"""General quality reviews: no beneficiary, no discussion, everything in writing (42 CFR 476.160-.170)."""

import datetime as dt

import pytest

from services.complaints.domain import procedures
from services.complaints.domain.case import Case
from services.complaints.domain.deadlines import Status
from services.complaints.domain.letters.complete import lacking
from services.complaints.domain.look import Act
from services.complaints.domain.procedure import check
from services.complaints.domain.refusal import Refusal
from shared.contracts.complaints import CaseType, Role
from tests.complaints.cases import assigned, done, due, party, utc, walk
from tests.complaints.procedures.federal import codes, notices, passed
from tests.complaints.procedures.federal import requested as letters
from tests.complaints.procedures.quality_cases import CARE, decides, found, general, lettered, screened, told

ASKED = done("records_requested", "2026-02-03T09:00-06:00")
DETERMINES = decides("determined", "2026-02-20T12:00-06:00")


def screen(trigger: str = "data_analysis", severity: str = "OTHER") -> Act:
    """What led to it."""
    return screened("2026-02-02T10:00-06:00", severity, trigger=trigger)


def reviewing() -> Case:
    """All in on Thu 02-12."""
    return walk(
        general(),
        screen(),
        ASKED,
        done("information_complete", "2026-02-12T10:00-06:00"),
        assigned("2026-02-12T11:00-06:00"),
    )


def issued() -> Case:
    """Both letters left on Fri 02-20."""
    return walk(reviewing(), DETERMINES, *lettered("letter_left", "2026-02-20T15:00-06:00", *CARE))


def test_the_procedure_fits_together_and_its_letters_are_complete() -> None:
    check(procedures.of(CaseType.GENERAL_QOC))
    assert not lacking(procedures.of(CaseType.GENERAL_QOC))


def test_the_beneficiary_is_no_party() -> None:
    with pytest.raises(Refusal) as raised:
        general(parties=tuple(party(role) for role in (Role.BENEFICIARY, *CARE)))
    assert [reason.code for reason in raised.value.reasons] == ["BENEFICIARY_NO_PARTY"]
    assert codes(issued(), done("reconsideration_requested", "2026-02-21T09:00-06:00", party=Role.BENEFICIARY)) == {
        "NO_RIGHT_TO_RECONSIDERATION"
    }


def test_an_oral_complaint_leads_to_a_general_review_only_where_it_may_be_grave() -> None:
    """42 CFR 476.120(a)(2)."""
    assert codes(general(), screen("oral_complaint")) == {"NOT_GRAVE"}
    assert not codes(general(), screen("oral_complaint", "SIGNIFICANT"))
    assert codes(general(), screen("a_dream")) == {"TRIGGER_UNKNOWN"}
    ended = walk(general(), done("not_taken_up", "2026-02-02T12:00-06:00", note="nothing in it"))
    assert (ended.state, ended.course.ended) == ("NOT_TAKEN_UP", "NOT_TAKEN_UP")


def test_it_is_determined_in_writing_ten_days_after_all_information_without_a_discussion() -> None:
    asked = walk(general(), screen(), ASKED)
    assert due(asked, "GQ-RECORDS") == utc("2026-02-17T23:59:59-06:00")
    assert notices(walk(general(), screen()), ASKED) == [("REC_REQUEST", role.value) for role in CARE]
    assert due(reviewing(), "GQ-DETERMINE") == utc("2026-02-22T23:59:59-06:00")
    assert notices(reviewing(), DETERMINES) == [("QOC_LETTER", role.value) for role in CARE]
    assert all("3" in one.facts["reconsideration_right"] for one in letters(reviewing(), DETERMINES))
    half = walk(reviewing(), DETERMINES, *lettered("letter_left", "2026-02-20T15:00-06:00", Role.PROVIDER))
    assert half.state == "DETERMINED"
    assert half.open_deadline("GQ-DETERMINE") is not None
    assert issued().state == "ISSUED"
    assert [d.status for d in issued().deadlines if d.rule_id == "GQ-DETERMINE"] == [Status.MET]


def test_findings_are_complete_and_agree_with_the_outcome() -> None:
    at = "2026-02-20T12:00-06:00"
    assert codes(reviewing(), decides("determined", at, found()[:1])) == {"FINDINGS_INCOMPLETE"}
    assert codes(reviewing(), decides("determined", at, outcome="ALL_NOT_MET")) == {"OUTCOME_CONTRADICTED"}


def test_receipt_is_presumed_after_five_days_unless_shown_otherwise() -> None:
    """By analogy with 42 CFR 478.20(c): Wed 02-25, then 3 calendar days."""
    assert due(issued(), "GQ-RECON-REQUEST") == utc("2026-02-28T23:59:59-06:00")
    shown = walk(issued(), *told("determination_received", "2026-02-21T10:00-06:00", Role.PROVIDER))
    assert due(shown, "GQ-RECON-REQUEST") == utc("2026-02-24T23:59:59-06:00")
    assert due(shown, "GQ-RECON-REQUEST-PRACTITIONER") == utc("2026-02-28T23:59:59-06:00")
    late = done("reconsideration_requested", "2026-02-25T09:00-06:00", party=Role.PROVIDER)
    assert codes(shown, late) == {"TOO_LATE"}
    assert passed(shown, utc("2026-02-25T00:00:00-06:00")).state == "ISSUED"
    assert passed(shown, utc("2026-03-01T00:00:00-06:00")).state == "CLOSED"


def test_a_reconsideration_is_decided_in_five_days_and_written_by_noon_of_the_next() -> None:
    case = walk(issued(), done("reconsideration_requested", "2026-02-23T09:00-06:00", party=Role.PRACTITIONER))
    assert due(case, "GQ-RECON-DECIDE") == utc("2026-02-28T23:59:59-06:00")
    assert codes(case, assigned("2026-02-23T10:00-06:00", level=1)) == {"EARLIER_REVIEWER"}
    case = walk(case, assigned("2026-02-23T10:00-06:00", "pr-18", level=1))
    decide = decides("reconsideration_decided", "2026-02-26T09:00-06:00", found(), reviewer="pr-18")
    assert notices(case, decide) == [
        *(("C_RECON_CALL", role.value) for role in CARE),
        *(("C_RECON_LETTER", role.value) for role in CARE),
    ]
    case = walk(case, decide, *told("reconsideration_told", "2026-02-26T10:00-06:00", *CARE))
    assert due(case, "GQ-RECON-LETTER") == utc("2026-02-27T12:00-06:00")
    case = walk(case, *lettered("reconsideration_letter_left", "2026-02-27T11:00-06:00", *CARE))
    assert case.state == "CLOSED"
    assert case.on_time


def test_screening_records_and_receipt_are_guarded() -> None:
    assert codes(general(), screen("referral", "TERRIBLE")) == {"POTENTIAL_SEVERITY_UNKNOWN"}
    sooner = done("records_requested", "2026-02-03T09:00-06:00", facts={"records_wanted_by": dt.date(2026, 2, 5)})
    assert codes(walk(general(), screen()), sooner) == {"SOONER_UNFOUNDED"}
    asked = walk(general(), screen(), ASKED)
    assert codes(asked, done("non_cooperation_found", "2026-02-17T12:00-06:00", note="silent")) == {"RECORDS_NOT_DUE"}
    (receipt,) = told("determination_received", "2026-02-21T10:00-06:00", Role.PROVIDER)
    assert codes(walk(issued(), receipt), receipt) == {"ALREADY_TOLD"}


def test_a_determination_is_received_after_its_letter_left_so_that_no_case_is_trapped() -> None:
    case = walk(reviewing(), DETERMINES)
    (received,) = told("determination_received", "2026-02-21T10:00-06:00", Role.PROVIDER)
    assert codes(case, received) == {"NOT_WRITTEN_TO"}
    case = walk(case, *lettered("letter_left", "2026-02-20T15:00-06:00", Role.PROVIDER))
    assert codes(case, received) == set()


def test_the_letter_of_a_reconsideration_may_leave_before_anyone_is_reached_by_telephone() -> None:
    case = walk(issued(), done("reconsideration_requested", "2026-02-23T09:00-06:00", party=Role.PRACTITIONER))
    case = walk(case, assigned("2026-02-23T10:00-06:00", "pr-18", level=1))
    case = walk(case, decides("reconsideration_decided", "2026-02-26T09:00-06:00", found(), reviewer="pr-18"))
    case = walk(case, *lettered("reconsideration_letter_left", "2026-02-26T09:05-06:00", *CARE))
    assert walk(case, *told("reconsideration_told", "2026-02-26T11:00-06:00", *CARE)).state == "CLOSED"
