"""Payment reviews up to the notice: records, screen, discussion before denial, amounts, setting (42 CFR 476)."""

import datetime as dt
from typing import Any

import pytest

from services.complaints.domain import procedures
from services.complaints.domain.case import Case
from services.complaints.domain.deadlines import Status
from services.complaints.domain.refusal import Refusal
from shared.contracts.complaints import (
    CASES,
    PUBLIC_CASES,
    CaseClosed,
    CaseDetermined,
    CaseType,
    PublicCaseMilestone,
    Role,
)
from tests.complaints.cases import assigned, done, due, opened, party, utc, walk
from tests.complaints.procedures.federal import codes, notices, passed, published
from tests.complaints.procedures.payment_cases import (
    AT_STAKE,
    NOTICE,
    SETTING,
    coder,
    denied,
    determined,
    discussed,
    drg_discussed,
    noticed_at,
    offered,
    requested,
    reviewing,
    selected,
)

TYPES = [CaseType.HWDRG, CaseType.SHORT_STAY, CaseType.MEDNEC_RETRO]


def overdue(case: Case | None = None) -> Case:
    return passed(walk(case or selected(), requested()), utc("2026-06-17T00:00:00-05:00"))


def expired() -> Case:
    """The records did not come, the notice of denial ran out."""
    return passed(walk(overdue(), done("reminded", "2026-06-17T10:00:00-05:00")), utc("2026-07-03T00:00:00-05:00"))


@pytest.mark.parametrize("case_type", TYPES)
def test_records_are_due_in_fourteen_days(case_type: CaseType) -> None:
    case = walk(selected(case_type), requested())
    assert due(case, "PY-RECORDS") == utc("2026-06-16T23:59:59-05:00")  # 476.78(b)(2)(i): 14 calendar days
    assert notices(selected(case_type), requested()) == [("REC_REQUEST", "provider")]


def test_a_programmes_letter_sets_another_time() -> None:
    case = walk(selected(), requested(circumstances=frozenset({"programme"})))
    assert case.open_deadline("PY-RECORDS") is None
    assert due(case, "PY-RECORDS-PROGRAMME") == utc("2026-07-02T23:59:59-05:00")  # 30 days, by the letter
    assert passed(case, utc("2026-07-03T00:00:00-05:00")).state == "RECORDS_OVERDUE"


def test_a_technical_denial_comes_only_after_sufficient_notice() -> None:
    """42 CFR 476.90(b)."""
    denial = determined("2026-07-03T09:00:00-05:00", "TECHNICAL_DENIAL", "technically_denied", recovered_cents=AT_STAKE)
    reminded = walk(overdue(), done("reminded", "2026-06-17T10:00:00-05:00"))
    assert notices(overdue(), done("reminded", "2026-06-17T10:00:00-05:00")) == [("REC_REMINDER", "provider")]
    assert codes(overdue(), denial) == codes(reminded, denial) == {"ILLEGAL_TRANSITION"}
    assert due(reminded, "PY-RECORDS-REMINDED") == utc("2026-07-02T23:59:59-05:00")
    case = walk(expired(), denial)
    assert case.state == "DETERMINED"
    assert due(case, "PY-DENIAL") == utc("2026-07-08T23:59:59-05:00")  # 3 working days: 6, 7, 8
    letters = notices(case, noticed_at("2026-07-06T09:00:00-05:00"))
    assert [role for kind, role in letters if kind == "DENIAL_NOTICE"] == ["beneficiary", "provider", "practitioner"]


def test_a_technical_denial_takes_the_whole_payment_and_nothing_else_is_decided_without_records() -> None:
    at = "2026-07-03T09:00:00-05:00"
    part = determined(at, "TECHNICAL_DENIAL", "technically_denied", recovered_cents=1)
    assert codes(expired(), part) == {"AMOUNT_OUT_OF_BOUNDS"}
    other = determined(at, "DENIED_ADMISSION", "technically_denied")
    assert "OUTCOME_NOT_HERE" in codes(expired(), other)


@pytest.mark.parametrize("case", [overdue, expired])
def test_late_records_are_reviewed_as_long_as_nothing_was_denied(case: Any) -> None:
    late = walk(case(), done("information_complete", "2026-07-03T08:00:00-05:00"))
    assert late.state == "RECORDS_COMPLETE"
    (records,) = [deadline for deadline in late.deadlines if deadline.rule_id == "PY-RECORDS"]
    assert (records.status, records.met_at) == (Status.MISSED, utc("2026-07-03T08:00:00-05:00"))


def test_a_claim_that_passes_the_screen_is_approved_without_a_physician() -> None:
    complete = walk(selected(), requested(), done("information_complete", "2026-06-10T10:00:00-05:00"))
    screened = done("screened", "2026-06-11T10:00:00-05:00", answers={"necessity": "pass"})
    assert walk(complete, screened).state == "APPROVED"
    assert [m.outcome for _, m in published(complete, screened) if isinstance(m, CaseClosed)] == ["APPROVED"]
    assert codes(complete, done("screened", "2026-06-11T10:00:00-05:00", answers={"necessity": "deny"})) == {
        "UNKNOWN_ANSWER"
    }


@pytest.mark.parametrize(("necessity", "coding"), [("pass", "refer"), ("refer", "pass"), ("refer", "refer")])
def test_either_question_of_a_drg_review_sends_it_to_a_physician(necessity: str, coding: str) -> None:
    case = walk(
        selected(CaseType.HWDRG),
        requested(),
        done("information_complete", "2026-06-10T10:00:00-05:00"),
        done("screened", "2026-06-11T10:00:00-05:00", answers={"necessity": necessity, "coding": coding}),
    )
    assert case.state == "PHYSICIAN_REVIEW"


def test_no_denial_without_the_opportunity_to_discuss() -> None:
    """42 CFR 476.93."""
    early = determined("2026-06-15T10:00:00-05:00", step="approved", setting=None, answers={})
    assert "NOT_DISCUSSED" in codes(reviewing(), early)
    assert codes(reviewing(), determined("2026-06-15T10:00:00-05:00")) == {"ILLEGAL_TRANSITION"}
    proposed = walk(reviewing(), done("denial_proposed", "2026-06-15T09:00:00-05:00"))
    assert codes(proposed, determined("2026-06-15T10:00:00-05:00")) == {"ILLEGAL_TRANSITION"}
    assert notices(proposed, offered()) == [("DISCUSSION_OFFER", "provider"), ("DISCUSSION_OFFER", "practitioner")]
    case = walk(proposed, offered())
    assert due(case, "PY-DISCUSSION") == utc("2026-07-05T23:59:59-05:00")  # 20 days, a Sunday
    assert codes(case, determined("2026-06-20T10:00:00-05:00")) == {"ILLEGAL_TRANSITION"}
    lapsed = passed(case, utc("2026-07-06T00:00:00-05:00"))
    assert codes(lapsed, determined("2026-07-06T10:00:00-05:00")) == set()


def test_what_was_not_proposed_is_not_determined_until_it_is_proposed_and_discussed_anew() -> None:
    lower = determined("2026-06-26T10:00:00-05:00", "DRG_REVISED_LOWER", recovered_cents=100)
    case = discussed(CaseType.HWDRG)
    assert "NOT_DISCUSSED" in codes(case, lower)
    again = walk(case, done("drg_change_proposed", "2026-06-25T09:00:00-05:00", answers={"drg_matter": "clinical"}))
    assert "discussion_held" not in again.course.facts
    again = walk(again, offered("2026-06-25T10:00:00-05:00"))
    assert due(again, "PY-DISCUSSION") == utc("2026-07-15T23:59:59-05:00")
    heard = walk(again, done("discussion_held", "2026-06-26T09:00:00-05:00"))
    assert codes(heard, lower) == set()
    back = walk(heard, done("denial_proposed", "2026-06-26T09:30:00-05:00"))
    assert "drg" not in back.course.circumstances


def test_only_physicians_deny() -> None:
    nurse = walk(reviewing(), assigned("2026-06-12T12:00:00-05:00", "rn-1", physician=False))
    assert codes(nurse, done("denial_proposed", "2026-06-15T09:00:00-05:00")) == {"NOT_A_PHYSICIAN"}
    case = walk(discussed(), assigned("2026-06-25T12:00:00-05:00", "rn-1", physician=False))
    assert {"NOT_A_PHYSICIAN"} <= codes(case, determined("2026-06-26T10:00:00-05:00", reviewer="rn-1"))


@pytest.mark.parametrize(("matter", "reviewer"), [("clinical", "pr-17"), ("coding", "coder-1")])
def test_a_physician_decides_clinical_questions_of_a_drg_and_a_coder_those_of_coding(
    matter: str, reviewer: str
) -> None:
    """42 CFR 476.98(c)."""
    lower = determined("2026-06-26T10:00:00-05:00", "DRG_REVISED_LOWER", reviewer=reviewer, recovered_cents=100)
    case = drg_discussed(matter)
    assert codes(case, lower) == set()
    if matter == "clinical":
        other = walk(case, coder("2026-06-25T10:00:00-05:00"))
        wrong = determined("2026-06-26T10:00:00-05:00", "DRG_REVISED_LOWER", reviewer="coder-1", recovered_cents=100)
    else:
        other = walk(case, assigned("2026-06-25T10:00:00-05:00"))
        wrong = determined("2026-06-26T10:00:00-05:00", "DRG_REVISED_LOWER", recovered_cents=100)
    assert codes(other, wrong) == {"DRG_DECIDER"}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"recovered_cents": AT_STAKE + 1}, {"AMOUNT_OUT_OF_BOUNDS"}),
        ({"recovered_cents": None}, {"RECOVERED_MISSING"}),
        ({"setting": None}, {"SETTING"}),
        ({"setting": "INPATIENT_ACUTE"}, {"SETTING"}),
        ({"setting": "ON_THE_MOON"}, {"SETTING"}),
        ({"answers": {}}, {"SETTING"}),
        ({"answers": {"setting_basis": "TWO_MIDNIGHT_BENCHMARK"}}, {"SETTING"}),
        ({"rationale": None}, {"NO_RATIONALE"}),
        ({"reviewer": "pr-99"}, {"REVIEWER_NOT_ASSIGNED"}),
        ({"outcome": "UPHELD_PROVIDER"}, {"UNKNOWN_OUTCOME", "NOT_DISCUSSED"}),
        ({"outcome": "APPROVED", "recovered_cents": 5, "setting": None}, {"AMOUNT_OUT_OF_BOUNDS"}),
    ],
)
def test_a_denial_has_bounds_a_setting_and_reasons(changes: dict[str, Any], expected: set[str]) -> None:
    assert codes(discussed(), determined("2026-06-26T10:00:00-05:00", **changes)) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({}, set()),
        ({"recovered_cents": 1}, {"AMOUNT_OUT_OF_BOUNDS"}),
        ({"setting": "HOME", "answers": {"setting_basis": "NOT_MET"}}, {"SETTING"}),
        ({"setting": "INPATIENT_ACUTE", "answers": {"setting_basis": "TWO_MIDNIGHT_BENCHMARK"}}, set()),
        ({"rationale": None}, {"NO_RATIONALE"}),
        ({"reviewer": "pr-99"}, {"REVIEWER_NOT_ASSIGNED"}),
        ({"outcome": "NO_SUCH_OUTCOME"}, {"UNKNOWN_OUTCOME"}),
    ],
)
def test_an_approval_has_reasons_and_takes_nothing_back(changes: dict[str, Any], expected: set[str]) -> None:
    approval = determined("2026-06-15T10:00:00-05:00", **{"outcome": "APPROVED", "step": "approved", **changes})
    assert codes(reviewing(), approval) == expected


def test_setting_and_amounts_are_outcomes_of_their_own() -> None:
    case = denied()
    assert case.course.setting == "OUTPATIENT_OBSERVATION"
    assert (case.course.amount_cents, case.course.recovered_cents) == (AT_STAKE, AT_STAKE)
    days = determined("2026-06-26T10:00:00-05:00", "DENIED_DAYS", setting="SKILLED_NURSING", recovered_cents=10_000)
    assert walk(discussed(), days).course.setting == "SKILLED_NURSING"


def test_an_unknown_amount_at_stake_allows_no_amount_back() -> None:
    assert codes(discussed(amount_cents=None), determined("2026-06-26T10:00:00-05:00")) == {"AMOUNT_OUT_OF_BOUNDS"}
    assert codes(discussed(amount_cents=None), determined("2026-06-26T10:00:00-05:00", recovered_cents=0)) == set()


@pytest.mark.parametrize(
    ("circumstances", "rule", "expected"),
    [
        (set(), "PY-DENIAL", "2026-07-01"),  # 476.94(a)(2): 3 working days of Fri 06-26: 29, 30, 1
        ({"discharged"}, "PY-DENIAL-DISCHARGED", "2026-07-01"),
        ({"staying"}, "PY-DENIAL-STAYING", "2026-06-29"),  # first working day
        ({"admission"}, "PY-DENIAL-ADMISSION", "2026-06-29"),
    ],
)
def test_the_clock_of_the_denial_notice_depends_on_the_stay(circumstances: set[str], rule: str, expected: str) -> None:
    case = walk(discussed(), determined("2026-06-26T10:00:00-05:00", circumstances=frozenset(circumstances)))
    assert due(case, rule) == utc(f"{expected}T23:59:59-05:00")
    noticed = walk(case, noticed_at("2026-06-29T10:00:00-05:00"))
    assert [d.status for d in noticed.deadlines if d.rule_id == rule] == [Status.MET]


def test_the_denial_notice_goes_to_patient_facility_attending_and_mac_with_liability_under_section_1879() -> None:
    notice = noticed_at("2026-06-30T10:00:00-05:00")
    assert notices(denied(), notice) == [
        ("DENIAL_NOTICE", "beneficiary"),
        ("DENIAL_NOTICE", "provider"),
        ("DENIAL_NOTICE", "practitioner"),
        ("MAC_NOTICE", "mac"),
    ]
    bare = {name: words for name, words in NOTICE.items() if name != "liability_determination"}
    assert codes(denied(), done("denial_noticed", "2026-06-30T10:00:00-05:00", words=bare)) == {"MISSING"}
    for name in ("service_dates", "claim_reference"):
        without = {element: words for element, words in NOTICE.items() if element != name}
        assert codes(denied(), done("denial_noticed", "2026-06-30T10:00:00-05:00", words=without)) == {"WORDS_MISSING"}
        assert (
            codes(
                denied(words={name: NOTICE[name]}), done("denial_noticed", "2026-06-30T10:00:00-05:00", words=without)
            )
            == set()
        )


def test_a_notice_needs_to_know_its_readers() -> None:
    proposed = walk(reviewing(parties=(party(Role.PROVIDER),)), done("denial_proposed", "2026-06-15T09:00:00-05:00"))
    assert codes(proposed, offered()) == {"PARTY_NOT_NAMED"}
    case = denied(parties=(party(Role.PROVIDER), party(Role.PRACTITIONER)))
    assert codes(case, noticed_at("2026-06-30T10:00:00-05:00")) == {"PARTY_NOT_NAMED"}


def test_a_changed_drg_is_noticed_in_thirty_days_to_provider_practitioner_and_mac() -> None:
    lower = determined("2026-06-26T10:00:00-05:00", "DRG_REVISED_LOWER", recovered_cents=100)
    case = walk(drg_discussed(), lower)
    assert due(case, "PY-DRG-NOTICE") == utc("2026-07-26T23:59:59-05:00")  # 476.94(b): 30 days
    assert case.open_deadline("PY-DENIAL") is None
    words = NOTICE | {"drg_billed": "470", "drg_determined": "554"}
    notice = done("drg_noticed", "2026-07-01T10:00:00-05:00", words=words)
    assert notices(case, notice) == [("DRG_NOTICE", "provider"), ("DRG_NOTICE", "practitioner"), ("MAC_NOTICE", "mac")]
    assert codes(case, noticed_at("2026-07-01T10:00:00-05:00")) == {"NOT_DENIED"}
    assert codes(denied(case_type=CaseType.HWDRG), notice) == {"DRG_NOT_CHANGED"}


def test_a_higher_drg_pays_more_and_leaves_nothing_to_reconsider() -> None:
    case = walk(drg_discussed(), determined("2026-06-26T10:00:00-05:00", "DRG_REVISED_HIGHER"))
    words = NOTICE | {"drg_billed": "554", "drg_determined": "470"}
    assert walk(case, done("drg_noticed", "2026-07-01T10:00:00-05:00", words=words)).state == "FINAL"


@pytest.mark.parametrize("outcome", ["APPROVED", "DRG_UPHELD"])
def test_a_discussion_may_change_the_physicians_mind(outcome: str) -> None:
    case = walk(drg_discussed(), determined("2026-06-26T10:00:00-05:00", outcome))
    assert case.state == "APPROVED"
    assert not [deadline for deadline in case.deadlines if deadline.open or deadline.rule_id == "PY-DENIAL"]


def test_the_review_period_is_a_year_four_with_approval_and_endless_for_fraud() -> None:
    """42 CFR 476.96."""
    facts = {"service_date": "2024-04-02", "claim_date": "2024-05-04"}
    proposal = done("denial_proposed", "2026-06-15T09:00:00-05:00")
    assert codes(reviewing(facts=facts), proposal) == {"REVIEW_PERIOD_OVER"}
    assert codes(reviewing(facts=facts, circumstances=frozenset({"cms_approved"})), proposal) == set()
    old = {"service_date": "2019-04-02", "claim_date": "2019-05-04"}
    assert codes(reviewing(facts=old, circumstances=frozenset({"cms_approved"})), proposal) == {"REVIEW_PERIOD_OVER"}
    assert codes(reviewing(facts=old, circumstances=frozenset({"fraud"})), proposal) == set()
    assert codes(reviewing(facts={"service_date": "2026-04-02"}), proposal) == {"REVIEW_PERIOD_OVER"}


def test_the_date_of_the_claim_may_come_with_the_records() -> None:
    dated = done("information_complete", "2026-06-10T10:00:00-05:00", facts={"claim_date": dt.date(2026, 5, 4)})
    case = walk(selected(facts={"service_date": "2026-04-02"}), requested(), dated)
    assert due(case, "PY-REVIEW") == utc("2027-05-04T23:59:59-05:00")  # 476.96(a): 1 year


def test_a_fact_that_is_still_to_come_is_refused() -> None:
    tomorrow = utc("2026-06-03T10:00:00-05:00")
    act = done("information_complete", "2026-06-02T11:00:00-05:00", facts={"information_complete": tomorrow})
    case = walk(selected(), requested())
    assert codes(case, act, now=utc("2026-06-02T12:00:00-05:00")) == {"TIME_IN_FUTURE"}


@pytest.mark.parametrize(
    ("case_type", "ccn"),
    [
        (CaseType.HWDRG, "142000"),  # long-term care hospital
        (CaseType.SHORT_STAY, "143025"),  # rehabilitation hospital
        (CaseType.SHORT_STAY, "141300"),  # critical access hospital
    ],
)
def test_reviews_are_for_the_hospitals_their_programme_names(case_type: CaseType, ccn: str) -> None:
    with pytest.raises(Refusal) as refused:
        opened(case_type=case_type, facility_ccn=ccn, facts={"service_date": "2026-04-02"})
    assert [reason.code for reason in refused.value.reasons] == ["NOT_THIS_PROVIDER"]


def test_only_a_drg_review_changes_a_drg() -> None:
    assert "drg_change_proposed" in procedures.of(CaseType.HWDRG).steps
    for case_type in (CaseType.SHORT_STAY, CaseType.MEDNEC_RETRO):
        procedure = procedures.of(case_type)
        assert not {"drg_change_proposed", "drg_noticed"} & procedure.steps.keys()
        assert not {"DRG_UPHELD", "DRG_REVISED_LOWER", "DRG_REVISED_HIGHER"} & procedure.outcomes.keys()


def test_a_cancelled_claim_ends_its_review() -> None:
    cancelled = done("claim_cancelled", "2026-06-25T10:00:00-05:00", note="The provider took it back.")
    case = walk(discussed(), cancelled)
    assert (case.state, case.course.ended) == ("CANCELLED", "CLAIM_CANCELLED")
    assert codes(denied(), cancelled) == {"ILLEGAL_TRANSITION"}


def test_the_world_hears_of_a_review_and_of_no_setting_or_amount() -> None:
    heard = published(discussed(), determined("2026-06-26T10:00:00-05:00"))
    (fact,) = [message for topic, message in heard if topic == CASES.name and isinstance(message, CaseDetermined)]
    assert fact.outcome == "DENIED_ADMISSION"
    (milestone,) = [m for topic, m in heard if topic == PUBLIC_CASES.name and isinstance(m, PublicCaseMilestone)]
    assert milestone.case_type == "REVIEW"
    words = "".join(message.model_dump_json() for _, message in heard)
    assert SETTING["setting"] not in words
    assert str(AT_STAKE) not in words


def test_a_change_of_drg_is_proposed_by_whoever_may_decide_it() -> None:
    proposal = done("drg_change_proposed", "2026-06-15T09:00:00-05:00", answers={"drg_matter": "coding"})
    assert codes(reviewing(CaseType.HWDRG), proposal) == {"DRG_DECIDER"}
    other = done("drg_change_proposed", "2026-06-15T09:00:00-05:00", answers={"drg_matter": "money"})
    assert codes(reviewing(CaseType.HWDRG), other) == {"UNKNOWN_ANSWER"}
