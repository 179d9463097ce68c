"""Letters of EMTALA reviews, sanctions and payment reviews say everything they must, and leave the same day."""

from collections.abc import Callable

import pytest

from services.complaints.domain import clock, procedures
from services.complaints.domain.case import Case
from services.complaints.domain.look import Act
from services.complaints.domain.notices import NOTICES
from services.notifications.domain.catalogue.outcomes import outcome_in_words
from shared.contracts.complaints import CaseType, Part
from tests.complaints.cases import assigned, done, walk
from tests.complaints.procedures import payment_cases as payment
from tests.complaints.procedures import test_emtala as emtala
from tests.complaints.procedures import test_payment as review
from tests.complaints.procedures import test_payment_reconsideration as reconsideration
from tests.complaints.procedures import test_sanction as sanction
from tests.complaints.procedures.federal import requested

Told = tuple[Case, Act]


def opinion() -> Told:
    case = walk(emtala.five(), assigned("2026-10-13T09:00:00-04:00"))
    return case, emtala.opinion("opinion_given", "2026-10-15T09:00:00-04:00")


def certified() -> Told:
    case = walk(emtala.sixty(), assigned("2026-10-02T09:00:00-04:00"))
    case = walk(case, done("tentative_findings", "2026-10-13T09:00:00-04:00"))
    return case, emtala.mailed("2026-10-14T15:00:00-04:00")


def report() -> Told:
    case = walk(emtala.noticed(), emtala.met("2026-11-17T10:00:00-05:00", "no"))
    return case, emtala.opinion("report_written", "2026-11-25T10:00:00-05:00")


def first_notice() -> Told:
    return sanction.given(sanction.identified(), Part.RECOMMENDER, "pr-9"), sanction.noticing()


def finding() -> Told:
    return sanction.held(), sanction.finding("2026-07-10T10:00:00-04:00")


def to_the_oig() -> Told:
    case = walk(*finding())
    return case, done("exclusion_recommended", "2026-07-20T10:00:00-04:00", words=sanction.REPORT)


def records() -> Told:
    return payment.selected(), payment.requested()


def reminder() -> Told:
    return review.overdue(), done("reminded", "2026-06-17T10:00:00-05:00")


def offer() -> Told:
    return walk(payment.reviewing(), done("denial_proposed", "2026-06-15T09:00:00-05:00")), payment.offered()


def denial() -> Told:
    return payment.denied(), payment.noticed_at("2026-06-30T10:00:00-05:00")


def drg() -> Told:
    lower = payment.determined("2026-06-26T10:00:00-05:00", "DRG_REVISED_LOWER", recovered_cents=100)
    words = payment.NOTICE | {"drg_billed": "470", "drg_determined": "554"}
    return walk(payment.drg_discussed(), lower), done("drg_noticed", "2026-07-01T10:00:00-05:00", words=words)


def second_answer() -> Told:
    return reconsideration.reconsidered(), reconsideration.answered()


ALL = (opinion, certified, report, first_notice, finding, to_the_oig, records, reminder, offer, denial, drg)
SAME_DAY = (certified, first_notice, finding, to_the_oig, records, reminder, offer, denial, drg, second_answer)


@pytest.mark.parametrize("told", [*ALL, second_answer])
def test_no_letter_lacks_what_it_must_say(told: Callable[[], Told]) -> None:
    case, act = told()
    letters = requested(case, act)
    assert letters
    for letter in letters:
        kind = NOTICES[letter.notice_type]
        assert not [element for element in kind.says if not letter.facts[element].strip()], letter.notice_type


@pytest.mark.parametrize("told", SAME_DAY)
def test_dated_letters_leave_on_their_day(told: Callable[[], Told]) -> None:
    """A letter whose receipt is presumed from its date, or that starts somebody's time, must not lie about."""
    case, act = told()
    for letter in requested(case, act):
        assert letter.due_at == clock.end_of_day(clock.local_date(act.at, case.zone), case.zone)


@pytest.mark.parametrize("case_type", [CaseType.HWDRG, CaseType.SHORT_STAY, CaseType.MEDNEC_RETRO])
@pytest.mark.parametrize("language", ["en", "es"])
def test_every_outcome_of_a_payment_review_has_words(case_type: CaseType, language: str) -> None:
    for outcome in procedures.of(case_type).outcomes:
        assert outcome_in_words(outcome, language)
