"""Corrections: a wrongly recorded step gets its right day or is struck, and whoever was told hears it."""

import datetime as dt

import pytest

from services.recruitment.domain.pipeline.stages import Action
from shared.contracts.recruitment.pipeline import (
    FacilityJoined,
    FacilityLeft,
    FacilityRecruited,
    FacilityWithdrew,
)
from tests.recruitment.pipeline.cast import correct, desk, engagement, of_ours, of_ours_again, step
from tests.recruitment.pipeline.test_engagements import said
from tests.recruitment.support import enroll


def test_a_struck_step_takes_the_engagement_back_and_stays_readable() -> None:
    at = desk()
    at.done(step(Action.INVITE, on="2015-03-02"))
    at.done(step(Action.DECLINE, on="2015-03-04"))
    assert at.done(correct(2))["stage"] == "INVITED"
    held = engagement(at)
    assert [one.struck for one in held.steps] == [False, True]
    assert (held.corrections[0].step, held.corrections[0].since, held.corrections[0].reason) == (
        2,
        None,
        "Typed wrongly.",
    )
    at.done(step(Action.TAKE_INTEREST, on="2015-03-03"))
    assert of_ours_again(at) == of_ours(at)


def test_an_engagement_whose_steps_are_all_struck_begins_anew() -> None:
    at = desk()
    at.done(step(Action.IDENTIFY))
    assert at.done(correct(1))["stage"] is None
    assert engagement(at).stage is None
    assert at.refused(step(Action.WITHDRAW)) == [("STATE", "collaborative")]
    at.done(step(Action.IDENTIFY))
    assert of_ours_again(at) == of_ours(at)


def test_a_membership_recorded_by_mistake_is_taken_back_from_everyone_who_heard_of_it() -> None:
    at = desk()
    membership = at.done(enroll(recruited_on="2015-02-09"))["membership_id"]
    at.done(correct(1))
    (withdrew,) = said(at, FacilityWithdrew)
    assert (str(withdrew.membership_id), withdrew.withdrew_on, withdrew.in_error) == (
        membership,
        dt.date(2015, 2, 9),
        True,
    )
    assert [one.month for one in said(at, FacilityLeft)] == ["2015-02"]
    assert engagement(at).membership_id is None


def test_a_withdrawal_recorded_by_mistake_gives_the_same_membership_back() -> None:
    at = desk()
    membership = at.done(enroll(recruited_on="2015-02-09"))["membership_id"]
    at.done(step(Action.WITHDRAW))
    at.done(correct(2))
    assert str(engagement(at).membership_id) == membership
    assert [str(one.membership_id) for one in said(at, FacilityRecruited)] == [membership] * 2
    assert [one.month for one in said(at, FacilityJoined)] == ["2015-02", "2015-02"]


@pytest.mark.parametrize(("day", "months"), [("2015-02-20", ["2015-02"]), ("2015-01-20", ["2015-02", "2015-01"])])
def test_the_right_day_of_joining_is_told_under_the_same_membership_in_public_only_when_the_month_changes(
    day: str, months: list[str]
) -> None:
    at = desk()
    membership = at.done(enroll(recruited_on="2015-02-09"))["membership_id"]
    at.done(correct(1, day))
    recruited = said(at, FacilityRecruited)
    assert [str(one.membership_id) for one in recruited] == [membership] * 2
    assert recruited[-1].recruited_on.isoformat() == day
    assert [one.month for one in said(at, FacilityJoined)] == months


def test_the_right_day_of_joining_finds_who_answered_for_the_state_then() -> None:
    at = desk()
    at.done(enroll(recruited_on="2014-08-01"))
    at.done(correct(1, "2014-07-31"))
    assert engagement(at).qin_qio == "UNKNOWN"
    assert of_ours_again(at) == of_ours(at)


def test_the_right_day_of_an_agreement_is_the_day_it_was_signed() -> None:
    at = desk()
    at.done(step(Action.COMMIT, on="2015-03-04"))
    at.done(correct(1, "2015-03-03"))
    agreement = engagement(at).agreement
    assert agreement is not None
    assert agreement.signed_on == dt.date(2015, 3, 3)


def test_only_the_last_step_that_stands_can_be_struck() -> None:
    at = desk()
    at.done(step(Action.INVITE))
    at.done(step(Action.TAKE_INTEREST))
    assert at.refused(correct(1)) == [("NOT_THE_LAST", "step")]
    at.done(correct(2))
    at.done(correct(1))
    assert engagement(at).stage is None


def test_a_correction_that_cannot_be_is_refused_with_its_reason() -> None:
    at = desk()
    assert at.refused(correct(1)) == [("ENGAGEMENT_UNKNOWN", "participant")]
    assert at.refused(correct(1, participant="999999")) == [("ENGAGEMENT_UNKNOWN", "participant")]
    at.done(step(Action.INVITE, on="2015-03-02"))
    at.done(step(Action.TAKE_INTEREST, on="2015-03-04"))
    at.done(step(Action.COMMIT, on="2015-03-05"))
    assert at.refused(correct(4)) == [("STEP_UNKNOWN", "step")]
    assert at.refused(correct(2, "2015-03-04")) == [("NOTHING_TO_CORRECT", "on")]
    assert at.refused(correct(2, "2015-03-01")) == [("OUT_OF_ORDER", "on")]
    assert at.refused(correct(2, "2015-03-06")) == [("OUT_OF_ORDER", "on")]
    assert at.refused(correct(3, "2015-03-07")) == [("IN_THE_FUTURE", "on")]
    assert at.refused(correct(1, "2011-07-31")) == [("BEFORE_PROGRAM", "on")]
    at.done(correct(3))
    assert at.refused(correct(3)) == [("STEP_UNKNOWN", "step")]
