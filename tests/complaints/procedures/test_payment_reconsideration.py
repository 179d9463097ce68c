"""Payment reviews after the notice: reconsideration, hearing, MAC, reopening (42 CFR 478, 476.96)."""

from typing import Any

import pytest

from services.complaints.domain.case import Case
from services.complaints.domain.deadlines import Status
from shared.contracts.complaints import CaseType, GoodCause, ReopenGround, Role
from tests.complaints.cases import assigned, done, due, utc, walk
from tests.complaints.procedures.federal import codes, notices, passed
from tests.complaints.procedures.payment_cases import (
    AT_STAKE,
    NOTICE,
    asked,
    denied,
    determined,
    discussed,
    drg_discussed,
    noticed,
    noticed_at,
    offered,
    reviewing,
)

RECON_WORDS = {name: NOTICE[name] for name in ("liability_determination", "payment_consequence")}


def requested(role: Role = Role.BENEFICIARY) -> Case:
    return walk(noticed(), asked("2026-08-03T10:00:00-05:00", role))


def second(at: str = "2026-08-04T10:00:00-05:00", reviewer: str = "pr-18") -> Any:
    return assigned(at, reviewer, level=1)


def again(outcome: str = "DENIED_ADMISSION", **changes: Any) -> Any:
    values: dict[str, Any] = {"reviewer": "pr-18", "recovered_cents": AT_STAKE} | changes
    return determined("2026-08-20T10:00:00-05:00", outcome, "reconsidered", **values)


def reconsidered(outcome: str = "DENIED_ADMISSION", **changes: Any) -> Case:
    return walk(requested(), second(), again(outcome, **changes))


def answered(at: str = "2026-08-21T10:00:00-05:00") -> Any:
    return done("reconsideration_noticed", at, words=RECON_WORDS)


def test_sixty_days_count_from_presumed_receipt_and_the_postmark_counts() -> None:
    case = noticed()
    assert due(case, "RD-REQUEST") == utc("2026-09-04T23:59:59-05:00")  # 07-01 + 5 = 07-06, + 60
    late_by_mail = asked("2026-09-08T10:00:00-05:00", postmark="2026-09-04T18:00:00-05:00")
    assert codes(case, late_by_mail) == set()
    after = walk(case, late_by_mail)
    assert [d.status for d in after.deadlines if d.rule_id == "RD-REQUEST"] == [Status.MET]
    assert due(after, "RD-DECIDE") == utc("2026-10-21T23:59:59-05:00")  # 30 working days of 09-08, without 10-12
    shown = done("receipt_shown", "2026-07-20T10:00:00-05:00", facts={"denial_received": utc("2026-07-10T10:00-05:00")})
    assert due(walk(case, shown), "RD-REQUEST") == utc("2026-09-08T23:59:59-05:00")


def test_a_late_request_is_heard_for_good_cause_even_after_the_end() -> None:
    """42 CFR 478.22."""
    case = passed(noticed(), utc("2026-09-05T00:00:00-05:00"))
    assert case.state == "FINAL"
    assert codes(case, asked("2026-09-10T10:00:00-05:00")) == {"TOO_LATE"}
    for_cause = asked("2026-09-10T10:00:00-05:00", good_cause=GoodCause.SERIOUS_ILLNESS)
    assert walk(case, for_cause).state == "RECONSIDERATION"
    closed = walk(case, done("mac_adjustment_sent", "2026-09-09T10:00:00-05:00"))
    assert closed.state == "CLOSED"
    assert not [deadline for deadline in closed.deadlines if deadline.open]
    heard = walk(closed, for_cause)
    assert due(heard, "RD-DECIDE") == utc("2026-10-23T23:59:59-05:00")


def test_a_window_that_ends_on_a_weekend_turns_nobody_away_on_the_next_working_day() -> None:
    case = walk(denied(), noticed_at("2026-07-02T10:00:00-05:00"))
    assert due(case, "RD-REQUEST") == utc("2026-09-05T23:59:59-05:00")  # a Saturday; Mon 09-07 is Labor Day
    final = passed(case, utc("2026-09-06T00:00:00-05:00"))
    assert codes(final, asked("2026-09-08T10:00:00-05:00")) == set()
    assert codes(final, asked("2026-09-09T10:00:00-05:00")) == {"TOO_LATE"}


@pytest.mark.parametrize(
    ("circumstance", "rule", "expected"),
    [
        ("inpatient", "RD-DECIDE-INPATIENT", "2026-08-06"),  # 3 working days of Mon 08-03
        ("snf", "RD-DECIDE-SNF", "2026-08-17"),  # 10
        (None, "RD-DECIDE", "2026-09-15"),  # 30, without Labor Day
    ],
)
def test_how_soon_a_reconsideration_is_decided_depends_on_where_the_patient_is(
    circumstance: str | None, rule: str, expected: str
) -> None:
    circumstances = frozenset({circumstance} if circumstance else ())
    case = walk(noticed(), asked("2026-08-03T10:00:00-05:00", Role.BENEFICIARY, circumstances=circumstances))
    assert due(case, rule) == utc(f"{expected}T23:59:59-05:00")
    answer = walk(case, second("2026-08-04T09:00:00-05:00"), again(), answered())
    assert [d.rule_id for d in answer.deadlines if d.rule_id.startswith("RD-DECIDE")] == [rule]


def test_the_reviewer_of_the_denial_does_not_reconsider_it() -> None:
    assert codes(requested(), second(reviewer="pr-17")) == {"EARLIER_REVIEWER"}
    nurse = walk(requested(), assigned("2026-08-04T10:00:00-05:00", "rn-2", physician=False, level=1))
    assert "NOT_A_PHYSICIAN" in codes(nurse, again(reviewer="rn-2"))


def test_a_reconsideration_never_takes_more_than_the_determination() -> None:
    case = walk(discussed(), determined("2026-06-26T10:00:00-05:00", "DENIED_DAYS", recovered_cents=10_000))
    case = walk(case, noticed_at("2026-07-01T10:00:00-05:00"), asked("2026-08-03T10:00:00-05:00"), second())
    assert codes(case, again("DENIED_DAYS", recovered_cents=10_001)) == {"AMOUNT_OUT_OF_BOUNDS"}
    assert codes(case, again("DENIED_DAYS", recovered_cents=None)) == {"RECOVERED_MISSING"}
    restored = walk(case, again("DENIED_DAYS", recovered_cents=4_000))
    assert restored.course.recovered_cents == 4_000


def test_a_reversal_is_final_and_restores_everything() -> None:
    case = reconsidered("APPROVED", recovered_cents=0, setting=None, answers={})
    assert notices(case, answered()) == [
        ("RECON_DECISION", "beneficiary"),
        ("RECON_DECISION", "provider"),
        ("RECON_DECISION", "practitioner"),
        ("MAC_NOTICE", "mac"),
    ]
    final = walk(case, answered())
    assert (final.state, final.course.recovered_cents) == ("FINAL", 0)
    assert final.open_deadline("RD-HEARING") is None


def test_a_hearing_is_the_beneficiarys_and_needs_two_hundred_dollars() -> None:
    case = walk(reconsidered(), answered())
    assert due(case, "RD-HEARING") == utc("2026-10-25T23:59:59-05:00")  # 08-21 + 5 + 60
    hearing = "2026-09-01T10:00:00-05:00"
    assert codes(case, done("hearing_requested", hearing, party=Role.PROVIDER)) == {"NO_RIGHT"}
    small = case.did(amount_cents=19_999)
    assert codes(small, done("hearing_requested", hearing, party=Role.BENEFICIARY)) == {"AMOUNT_TOO_SMALL"}
    assert codes(case, done("hearing_requested", "2026-10-27T10:00:00-05:00", party=Role.BENEFICIARY)) == {"TOO_LATE"}
    at_hearing = walk(case, done("hearing_requested", hearing, party=Role.BENEFICIARY))
    assert codes(at_hearing, done("hearing_decided", hearing, answers={"hearing_outcome": "lost"})) == {
        "UNKNOWN_ANSWER"
    }
    decided = walk(at_hearing, done("hearing_decided", hearing, answers={"hearing_outcome": "affirmed"}))
    assert walk(decided, done("mac_adjustment_sent", hearing)).state == "CLOSED"


def test_no_hearing_without_a_reconsideration() -> None:
    final = passed(noticed(), utc("2026-09-05T00:00:00-05:00"))
    refused = codes(final, done("hearing_requested", "2026-09-06T10:00:00-05:00", party=Role.BENEFICIARY))
    assert refused == {"NOT_RECONSIDERED"}


def test_without_a_hearing_the_decision_becomes_final_and_the_mac_adjusts() -> None:
    case = passed(walk(reconsidered(), answered()), utc("2026-10-26T00:00:00-05:00"))
    assert case.state == "FINAL"
    assert walk(case, done("mac_adjustment_sent", "2026-10-27T10:00:00-05:00")).state == "CLOSED"
    assert codes(case, asked("2026-10-27T10:00:00-05:00", good_cause=GoodCause.UNAVOIDABLE)) == {"ALREADY_RECONSIDERED"}


def test_a_lower_drg_is_reconsidered_for_provider_and_practitioner_and_then_final() -> None:
    """42 CFR 478.15."""
    lower = determined("2026-06-26T10:00:00-05:00", "DRG_REVISED_LOWER", recovered_cents=100)
    words = NOTICE | {"drg_billed": "470", "drg_determined": "554"}
    case = walk(drg_discussed(), lower, done("drg_noticed", "2026-07-01T10:00:00-05:00", words=words))
    assert codes(case, asked("2026-08-03T10:00:00-05:00", Role.BENEFICIARY)) == {"NO_RIGHT"}
    case = walk(case, asked("2026-08-03T10:00:00-05:00", Role.PRACTITIONER), second())
    assert "OUTCOME_NOT_HERE" in codes(case, again())
    case = walk(case, again("DRG_REVISED_LOWER", recovered_cents=100), answered())
    assert case.state == "FINAL"
    assert not [deadline for deadline in case.deadlines if deadline.rule_id == "RD-HEARING"]


@pytest.mark.parametrize(
    ("ground", "at", "allowed"),
    [
        (ReopenGround.ANY, "2027-05-30T10:00:00-05:00", True),
        (ReopenGround.ANY, "2028-08-21T10:00:00-05:00", False),
        (ReopenGround.NEW_INFORMATION, "2028-08-21T10:00:00-05:00", True),
        (ReopenGround.CLERICAL_ERROR, "2031-08-21T10:00:00-05:00", False),
        (ReopenGround.FRAUD, "2036-08-21T10:00:00-05:00", True),
    ],
)
def test_reopening_for_a_year_four_years_or_ever(ground: ReopenGround, at: str, allowed: bool) -> None:
    """42 CFR 476.96: from the decision of 2026-06-26."""
    case = passed(noticed(), utc("2026-09-05T00:00:00-05:00"))
    case = walk(case, done("mac_adjustment_sent", "2026-09-06T10:00:00-05:00"))
    reopening = done("reopened", at, ground=ground, note="New records came.")
    found = codes(case, reopening, now=utc("2040-01-01T00:00:00-05:00"))
    assert found == (set() if allowed else {"REOPENING_TOO_LATE"})


def test_a_reopened_review_discusses_and_notices_anew() -> None:
    case = passed(noticed(), utc("2026-09-05T00:00:00-05:00"))
    case = walk(
        case,
        done("mac_adjustment_sent", "2026-09-06T10:00:00-05:00"),
        done("reopened", "2026-10-01T10:00:00-05:00", ground=ReopenGround.NEW_INFORMATION, note="New records came."),
    )
    assert case.state == "PHYSICIAN_REVIEW"
    assert not {"determined", "denial_dated", "discussion_held"} & case.course.facts.keys()
    case = walk(
        case,
        done("denial_proposed", "2026-10-02T10:00:00-05:00"),
        offered("2026-10-02T11:00:00-05:00"),
        done("discussion_held", "2026-10-05T10:00:00-05:00"),
        determined("2026-10-06T10:00:00-05:00", "DENIED_DAYS", recovered_cents=10_000),
    )
    assert due(case, "PY-DENIAL") == utc("2026-10-09T23:59:59-05:00")
    case = walk(case, noticed_at("2026-10-07T10:00:00-05:00"))
    assert due(case, "RD-REQUEST") == utc("2026-12-11T23:59:59-06:00")  # 10-07 + 5 + 60
    assert [d.status for d in case.deadlines if d.rule_id == "PY-DENIAL"] == [Status.MET, Status.MET]


def test_an_approved_claim_may_be_looked_at_again_within_the_review_period() -> None:
    approved = walk(reviewing(CaseType.MEDNEC_RETRO), determined("2026-06-20T10:00:00-05:00", "APPROVED", "approved"))
    assert approved.state == "APPROVED"
    again_ = done("reopened", "2026-10-01T10:00:00-05:00", ground=ReopenGround.FRAUD, note="A tip.")
    assert walk(approved, again_).state == "PHYSICIAN_REVIEW"


def test_what_was_approved_on_reconsideration_needs_no_hearing() -> None:
    case = walk(reconsidered("APPROVED", recovered_cents=0, setting=None, answers={}), answered())
    refused = done("hearing_requested", "2026-09-01T10:00:00-05:00", party=Role.BENEFICIARY)
    assert codes(case, refused) == {"NO_HEARING"}
