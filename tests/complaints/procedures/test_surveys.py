"""Who is asked how it went: patients who came to us, when their case is closed the first time, unless they decline."""

from dataclasses import replace

import pytest

from services.complaints.domain import surveys
from services.complaints.domain.case import Case
from services.complaints.domain.look import Act
from services.complaints.domain.procedures import PROCEDURES
from shared.contracts.complaints import CaseType, ReopenGround, Role
from shared.contracts.notifications import REQUESTS, NoticeRequested
from tests.complaints.cases import done, party, walk
from tests.complaints.procedures.federal import codes, published
from tests.complaints.procedures.test_bene_complaint import closed
from tests.complaints.procedures.test_immediate_advocacy import active, call

STOPPED = done("discontinued_by_qio", "2026-07-08T10:00-05:00")
ANSWERS = {"clinical": "no", "potential_severity": "NONE", "screened_by_clinician": "no"}
UNASKED = {CaseType.EMTALA_5DAY, CaseType.EMTALA_60DAY, CaseType.SANCTION, CaseType.GENERAL_QOC}


def invitations(case: Case, act: Act) -> list[NoticeRequested]:
    """The invitations that follow from a step."""
    asked = [message for topic, message in published(case, act) if topic == REQUESTS.name]
    return [one for one in asked if isinstance(one, NoticeRequested) and one.notice_type == surveys.NOTICE]


def test_a_closed_case_asks_its_patient_with_a_month_to_answer() -> None:
    (invitation,) = invitations(active(), STOPPED)
    assert invitation.recipient.role == "beneficiary"
    assert invitation.facts["survey_group"] == "COMPLAINT"
    assert "survey_code" not in invitation.facts, "made where answers are kept"


def test_a_step_that_closes_nothing_asks_nobody() -> None:
    assert invitations(call(), done("screened", "2026-07-06T09:30-05:00", answers=ANSWERS)) == []


def test_who_acts_for_the_patient_is_asked_instead() -> None:
    acting = party(Role.REPRESENTATIVE)
    case = active()
    case = case.hides(parties=(*case.sealed.parties, acting))
    (invitation,) = invitations(case, STOPPED)
    assert invitation.recipient.role == "representative"
    assert invitation.recipient.name == acting.contact.name


def test_whoever_declined_at_any_time_is_not_asked_unless_they_change_their_mind() -> None:
    declined = active().did(circumstances=frozenset({surveys.DECLINED}))
    assert invitations(declined, STOPPED) == []
    changed = replace(STOPPED, circumstances=frozenset({f"-{surveys.DECLINED}"}))
    assert len(invitations(declined, changed)) == 1
    said = replace(STOPPED, circumstances=frozenset({surveys.DECLINED}))
    assert invitations(active(), said) == []
    assert call(circumstances=frozenset({surveys.DECLINED})).course.circumstances == {surveys.DECLINED}


def test_a_case_that_is_reopened_and_closed_again_asks_no_second_time() -> None:
    case = walk(closed(), done("reopened", "2026-05-01T09:00-05:00", ground=ReopenGround.ANY, note="a new record"))
    withdrawn = done("withdrawn", "2026-05-02T09:00-05:00")
    assert codes(case, withdrawn) == set()
    assert invitations(case, withdrawn) == []


@pytest.mark.parametrize("case_type", CaseType)
def test_a_survey_may_be_declined_exactly_where_there_is_one(case_type: CaseType) -> None:
    asked = case_type in surveys.SURVEYED
    assert bool(surveys.circumstances(case_type)) == asked
    procedure = PROCEDURES[case_type]
    assert not asked or (procedure.announced and procedure.coarse is not None)


def test_of_emtala_sanctions_and_general_reviews_nobody_is_asked() -> None:
    assert not surveys.SURVEYED & UNASKED
