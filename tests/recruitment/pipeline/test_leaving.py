"""Who closes or goes on in another leaves no engagement running, and others hear of each membership that ends."""

import datetime as dt

import pytest

from services.recruitment.domain.pipeline.kinds import ENGAGEMENT
from services.recruitment.domain.pipeline.leaving import RUNNING
from services.recruitment.domain.pipeline.stages import Action
from services.recruitment.domain.pipeline.state import engagement_id
from shared.contracts.message import Event
from shared.contracts.recruitment.pipeline import FacilityJoined, FacilityLeft, FacilityRecruited, FacilityWithdrew
from shared.contracts.recruitment.steps import Stage
from tests.recruitment.desk import Desk, own
from tests.recruitment.participants.asking import OTHER, close, merge
from tests.recruitment.pipeline.cast import HOME, HOSPITAL, correct, desk, listed, step

JOINED, GONE = dt.date(2014, 9, 1), dt.date(2015, 1, 31)
# How an engagement comes to each stage.
PATHS = {
    Stage.IDENTIFIED: (Action.IDENTIFY,),
    Stage.INVITED: (Action.INVITE,),
    Stage.INTERESTED: (Action.TAKE_INTEREST,),
    Stage.COMMITTED: (Action.COMMIT,),
    Stage.RECRUITED: (Action.COMMIT, Action.ENROLL),
    Stage.ACTIVE: (Action.ENROLL, Action.ACTIVATE),
    Stage.GRADUATED: (Action.ENROLL, Action.ACTIVATE, Action.GRADUATE),
    Stage.WITHDRAWN: (Action.ENROLL, Action.WITHDRAW),
    Stage.DECLINED: (Action.DECLINE,),
}
SETUP = (listed(OTHER),)


def standing(stage: Stage, on: dt.date = JOINED) -> Desk:
    """A desk at which the home came to a stage, all on one day."""
    at = desk(*SETUP)
    for action in PATHS[stage]:
        at.done(step(action, on=on))
    return at


def stage_of(at: Desk, participant: str) -> Stage | None:
    return at.held(ENGAGEMENT, engagement_id(participant, "NNHQCC")).stage


def told(at: Desk, since: int) -> list[Event]:
    heard = (FacilityRecruited, FacilityJoined, FacilityWithdrew, FacilityLeft)
    return [emit.event for emit in at.said[since:] if isinstance(emit.event, heard)]


@pytest.mark.parametrize("stage", Stage)
def test_closing_ends_what_runs_with_the_reason_and_nothing_else(stage: Stage) -> None:
    at = standing(stage)
    at.done(close(on=GONE.isoformat()))
    held = at.held(ENGAGEMENT, engagement_id(HOME, "NNHQCC"))
    last = held.last()
    assert last is not None
    if stage in RUNNING:
        assert (last.stage, last.since, last.reason) == (Stage.WITHDRAWN, GONE, "CLOSED")
    else:
        assert held.stage is stage
    assert desk(*SETUP).has(*own(at.said)).records == at.records


def test_a_closed_member_is_said_to_have_withdrawn_once() -> None:
    at = standing(Stage.ACTIVE)
    before = len(at.said)
    at.done(close(on=GONE.isoformat()))
    withdrew, left = told(at, before)
    assert isinstance(withdrew, FacilityWithdrew)
    assert (withdrew.ccn, withdrew.withdrew_on, withdrew.in_error) == (HOME, GONE, False)
    assert isinstance(left, FacilityLeft)
    assert left.month == "2015-01"


def test_a_closing_that_is_ahead_leaves_the_engagement_running() -> None:
    at = standing(Stage.ACTIVE)
    assert at.done(close(on="2015-03-08"))["engagements"] == []
    assert stage_of(at, HOME) is Stage.ACTIVE


@pytest.mark.parametrize("stage", Stage)
def test_what_runs_goes_on_with_the_successor_and_ends_with_the_one_merged(stage: Stage) -> None:
    at = standing(stage)
    before = len(at.said)
    at.done(merge(on=GONE.isoformat()))
    if stage not in RUNNING:
        assert stage_of(at, HOME) is stage
        assert ENGAGEMENT.key(engagement_id(OTHER, "NNHQCC")) not in at.records
        return
    old, new = (at.held(ENGAGEMENT, engagement_id(one, "NNHQCC")) for one in (HOME, OTHER))
    assert (old.stage, new.stage) == (Stage.WITHDRAWN, stage)
    assert [one.reason for _, one in new.standing()] == ["MERGED"] * len(new.steps)
    member = stage in {Stage.RECRUITED, Stage.ACTIVE}
    assert (new.membership_id is not None) is member
    assert old.membership_id is None
    heard = [type(one).__name__ for one in told(at, before)]
    assert heard == (["FacilityWithdrew", "FacilityLeft", "FacilityRecruited", "FacilityJoined"] if member else [])
    assert desk(*SETUP).has(*own(at.said)).records == at.records


def test_what_was_signed_stays_signed_on_its_day_with_the_successor() -> None:
    at = standing(Stage.RECRUITED)
    at.done(merge(on=GONE.isoformat()))
    new = at.held(ENGAGEMENT, engagement_id(OTHER, "NNHQCC"))
    assert [(one.stage, one.since) for one in new.steps] == [(Stage.COMMITTED, JOINED), (Stage.RECRUITED, GONE)]
    assert new.agreement is not None
    assert new.agreement.signed_on == JOINED


def test_a_successor_that_has_an_engagement_keeps_its_own() -> None:
    at = standing(Stage.ACTIVE)
    at.done(step(Action.DECLINE, OTHER, on=JOINED))
    at.done(merge(on=GONE.isoformat()))
    assert (stage_of(at, HOME), stage_of(at, OTHER)) == (Stage.WITHDRAWN, Stage.DECLINED)


def test_a_successor_of_another_setting_takes_nothing_over() -> None:
    at = standing(Stage.ACTIVE)
    at.done(merge(into=HOSPITAL, on=GONE.isoformat()))
    assert stage_of(at, HOME) is Stage.WITHDRAWN
    assert ENGAGEMENT.key(engagement_id(HOSPITAL, "NNHQCC")) not in at.records


def test_a_successor_whose_closing_is_recorded_takes_nothing_over() -> None:
    at = standing(Stage.ACTIVE)
    at.done(close(OTHER, on="2015-03-20"))
    at.done(merge(on=GONE.isoformat()))
    assert ENGAGEMENT.key(engagement_id(OTHER, "NNHQCC")) not in at.records


def test_steps_stay_in_order_when_something_was_recorded_after_the_merger() -> None:
    at = standing(Stage.RECRUITED, on=dt.date(2015, 2, 15))
    at.done(merge(on=GONE.isoformat()))
    days = [one.since for one in at.held(ENGAGEMENT, engagement_id(HOME, "NNHQCC")).steps]
    assert days == sorted(days)
    assert at.held(ENGAGEMENT, engagement_id(OTHER, "NNHQCC")).recruited_on == dt.date(2015, 2, 15)


def test_an_end_by_mistake_is_struck_and_the_membership_is_back() -> None:
    at = standing(Stage.ACTIVE)
    was = at.held(ENGAGEMENT, engagement_id(HOME, "NNHQCC"))
    at.done(close(on=GONE.isoformat()))
    at.done(correct(3))
    assert at.held(ENGAGEMENT, engagement_id(HOME, "NNHQCC")).membership_id == was.membership_id
