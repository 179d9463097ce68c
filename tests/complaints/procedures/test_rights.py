"""Letters say how a hearing is asked for and what must be in dispute (478.34(a)(4)), and who gives copies."""

from collections.abc import Mapping
from typing import Any

import pytest

from services.complaints.announcements import Announcer
from services.complaints.domain import engine
from services.complaints.domain.case import Case, Taken
from services.complaints.domain.look import Act
from services.complaints.settings import ComplaintsSettings
from services.notifications.domain.letters import NotSendable
from shared.contracts.complaints import Role
from shared.contracts.notifications import NoticeRequested
from tests.complaints.cases import DESK, LATER, assigned, done, party, walk
from tests.complaints.conftest import PSEUDONYMS
from tests.complaints.procedures import payment_cases
from tests.complaints.procedures import test_noncoverage as noncoverage
from tests.complaints.procedures import test_payment_reconsideration as payment
from tests.complaints.procedures import test_reconsideration as reconsideration
from tests.complaints.procedures import test_status_change as status
from tests.complaints.procedures import test_termination_ma as termination
from tests.complaints.procedures.coverage import MA, SECOND, W12, again, filed, reconsidered
from tests.complaints.procedures.federal import ANNOUNCER, requested
from tests.notifications.support import LETTERS

HEARING = ("amount_in_controversy", "hearing_request", "hearing_place")
# 42 CFR 405.1014(a)
CONTENT = {
    "en": ("in writing", "Medicare number", "number of this case", "dates of the care", "not agree", "new evidence"),
    "es": ("por escrito", "número de Medicare", "número de este caso", "fechas de la atención", "por qué", "pruebas"),
}
DAY = "close of business of the first day after the request"


def told(case: Case, act: Act, kind: str = "RECON_DECISION") -> dict[str, NoticeRequested]:
    return {one.recipient.role: one for one in requested(case, act) if one.notice_type == kind}


def read(notice: NoticeRequested) -> str:
    return " ".join(LETTERS.write(notice.notice_type, notice.recipient, notice.facts).text.split())


def of_a_plan(outcome: str = "UPHELD_PROVIDER") -> tuple[Case, Act]:
    case = walk(termination.upheld(), again("2026-11-03T10:00:00-07:00"))
    case = walk(case, assigned("2026-11-03T11:00:00-07:00", SECOND, level=1))
    return case, reconsidered("2026-11-05T10:00:00-07:00", outcome)


def of_a_status() -> tuple[Case, Act]:
    case = walk(status.upheld(), again("2026-04-17T11:00:00-07:00"))
    case = walk(case, assigned("2026-04-18T10:00:00-07:00", SECOND, level=1))
    return case, reconsidered("2026-04-18T12:00:00-07:00")


def of_the_qio_as_forum() -> tuple[Case, Act]:
    return reconsideration.review(), reconsidered("2026-07-08T10:00:00-05:00", reviewer="pr-17")


def of_a_hinn() -> tuple[Case, Act]:
    case = walk(noncoverage.denied(), noncoverage.asked("2026-07-17T09:00:00-05:00", "2026-07-15"))
    case = walk(case, assigned("2026-07-17T10:00:00-05:00", SECOND, level=1))
    return case, reconsidered("2026-07-20T10:00:00-05:00")


def of_a_claim(outcome: str = "DENIED_ADMISSION", **changes: Any) -> tuple[Case, Act]:
    return payment.reconsidered(outcome, **changes), payment.answered()


@pytest.mark.parametrize("made", [of_a_claim, of_a_hinn, of_a_plan, of_a_status, of_the_qio_as_forum])
def test_a_reconsideration_against_the_patient_says_how_and_where_a_hearing_is_asked_for(made: Any) -> None:
    for notice in told(*made()).values():
        text = read(notice)
        assert [claim for claim in CONTENT[notice.recipient.language] if claim not in text] == []
        assert "1001 Lakeside Ave., Suite 930, Cleveland" in text  # 478.42(a): the office that the notice identifies


@pytest.mark.parametrize("made", [of_a_claim, of_a_hinn])
def test_a_hearing_on_a_denial_needs_two_hundred_dollars(made: Any) -> None:
    """Case-rules, section 9: beneficiary only, at least $200 (42 CFR 478.40)."""
    for notice in told(*made()).values():
        spanish = notice.recipient.language == "es"
        least = "al menos $200 en disputa" if spanish else "At least $200 must be in controversy"
        assert least in notice.facts["amount_in_controversy"]


@pytest.mark.parametrize("made", [of_a_plan, of_a_status, of_the_qio_as_forum])
def test_of_other_reviews_the_amount_is_the_one_of_the_year(made: Any) -> None:
    for notice in told(*made()).values():
        assert "405.1006" in notice.facts["amount_in_controversy"]
        assert "$" not in notice.facts["amount_in_controversy"]


def test_the_letter_on_a_claim_says_what_still_is_in_dispute_after_the_reconsideration() -> None:
    whole = told(*of_a_claim())["provider"].facts["amount_in_controversy"]
    assert f"${payment_cases.AT_STAKE / 100:,.2f} is in dispute" in whole
    part = told(*of_a_claim("DENIED_DAYS", recovered_cents=123_456))["provider"].facts["amount_in_controversy"]
    assert "$1,234.56 is in dispute" in part


def test_of_a_case_without_an_amount_none_is_made_up() -> None:
    assert "is in dispute" not in told(*of_a_hinn())["provider"].facts["amount_in_controversy"]


def test_a_decision_for_the_patient_tells_of_no_hearing() -> None:
    for notice in told(*of_a_plan("OVERTURNED")).values():
        assert {notice.facts[element] for element in HEARING} == {""}
        assert "OMHA" not in read(notice)


def test_a_drg_is_final_and_no_hearing_is_to_be_asked_for() -> None:
    """42 CFR 478.15(c)."""
    lower = payment_cases.determined("2026-06-26T10:00:00-05:00", "DRG_REVISED_LOWER", recovered_cents=100)
    words = payment_cases.NOTICE | {"drg_billed": "470", "drg_determined": "554"}
    case = walk(payment_cases.drg_discussed(), lower, done("drg_noticed", "2026-07-01T10:00:00-05:00", words=words))
    case = walk(case, payment_cases.asked("2026-08-03T10:00:00-05:00", Role.PRACTITIONER), payment.second())
    case = walk(case, payment.again("DRG_REVISED_LOWER", recovered_cents=100))
    facts = told(case, payment.answered())["provider"].facts
    assert {facts[element] for element in HEARING} == {"not available"}


@pytest.mark.parametrize("element", HEARING)
def test_a_reconsideration_against_the_patient_does_not_leave_without_the_way_to_a_hearing(element: str) -> None:
    notice = told(*of_a_claim())["beneficiary"]
    with pytest.raises(NotSendable, match=f"^incomplete:{element}$"):
        LETTERS.write(notice.notice_type, notice.recipient, notice.facts | {element: " "})


def test_the_office_of_hearings_can_be_set() -> None:
    case, act = of_a_plan()
    announcer = Announcer(PSEUDONYMS, ComplaintsSettings(hearing_office="OMHA, 1 Example Street"))
    emits = announcer.changes(case, engine.act(case, act, DESK, LATER), DESK, LATER)
    places = {emit.event.facts["hearing_place"] for emit in emits if isinstance(emit.event, NoticeRequested)}
    assert places == {"OMHA, 1 Example Street"}


def test_the_mac_is_told_whose_claim_a_reconsideration_changes() -> None:
    """42 CFR 478.34(b)(2)."""
    facts = told(*of_a_claim("DENIED_DAYS", recovered_cents=100), kind="MAC_NOTICE")["mac"].facts
    assert facts["beneficiary_name"] == party(Role.BENEFICIARY).contact.name
    assert facts["provider_name"]
    assert facts["service_dates"]


def at_filing(taken: Taken) -> Mapping[str, NoticeRequested]:
    events = [emit.event for emit in ANNOUNCER.changes(None, taken, DESK, LATER)]
    asked = [event for event in events if isinstance(event, NoticeRequested)]
    return {one.recipient.role: one for one in asked if one.notice_type == "REQ_NOTIFY_PROVIDER"}


def test_a_hospital_owes_the_patient_copies_until_close_of_business_of_the_next_day() -> None:
    """Case-rules, section 4: copy to patient by close of business of the first day after (405.1206(e)(3))."""
    text = read(at_filing(filed())["provider"])
    assert DAY in text
    assert "give a copy of, or access to, everything you send us" in text


@pytest.mark.parametrize("request_of", [MA, W12])
def test_in_medicare_advantage_the_plan_owes_the_copies_and_the_provider_knows_it(request_of: dict[str, Any]) -> None:
    """42 CFR 422.622(e)(4), 422.626(e)(2)."""
    notices = at_filing(filed(**request_of))
    assert "everything you send us" in read(notices["plan"])
    provider = read(notices["provider"])
    assert DAY in provider
    assert "the plan gives a copy of, or access to, everything it sends us" in provider


def test_where_no_rule_asks_for_copies_the_notice_says_so() -> None:
    text = read(at_filing(filed(**status.W20))["provider"])
    assert "ask for no copies" in text
    assert DAY not in text


def test_a_notice_of_a_request_does_not_leave_without_who_gets_copies() -> None:
    notice = at_filing(filed())["provider"]
    with pytest.raises(NotSendable, match=r"^incomplete:patient_copy$"):
        LETTERS.write(notice.notice_type, notice.recipient, notice.facts | {"patient_copy": ""})
