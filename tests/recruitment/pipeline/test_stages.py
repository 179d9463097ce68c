"""The stages of the pipeline: every action at every stage leads somewhere or is refused in words."""

from itertools import product

import pytest

from services.recruitment.domain.pipeline.stages import MACHINE, Action, after
from shared.contracts.recruitment.steps import Stage
from shared.messaging.handling import Accepted, Refused
from tests.recruitment.desk import Desk
from tests.recruitment.pipeline.cast import desk, engagement, of_ours, of_ours_again, step

# The shortest way to each stage.
PATHS = {
    None: (),
    Stage.IDENTIFIED: (Action.IDENTIFY,),
    Stage.INVITED: (Action.INVITE,),
    Stage.INTERESTED: (Action.TAKE_INTEREST,),
    Stage.COMMITTED: (Action.COMMIT,),
    Stage.RECRUITED: (Action.ENROLL,),
    Stage.ACTIVE: (Action.ENROLL, Action.ACTIVATE),
    Stage.GRADUATED: (Action.ENROLL, Action.ACTIVATE, Action.GRADUATE),
    Stage.WITHDRAWN: (Action.COMMIT, Action.WITHDRAW),
    Stage.DECLINED: (Action.DECLINE,),
}
MEMBERS = {Stage.RECRUITED, Stage.ACTIVE, Stage.GRADUATED}


def at_stage(stage: Stage | None) -> Desk:
    at = desk()
    for action in PATHS[stage]:
        at.done(step(action))
    return at


def test_every_stage_can_be_reached() -> None:
    assert set(PATHS) == {None, *Stage}
    for stage in Stage:
        assert engagement(at_stage(stage)).stage is stage


@pytest.mark.parametrize(("stage", "action"), list(product(PATHS, Action)))
def test_every_action_at_every_stage_leads_on_or_is_refused_for_the_stage(stage: Stage | None, action: Action) -> None:
    at = at_stage(stage)
    answer = at.ask(step(action))
    to = after(stage, action)
    if to is not None:
        assert isinstance(answer, Accepted)
        assert answer.made["stage"] == to
        assert engagement(at).stage is to
        assert of_ours_again(at) == of_ours(at)
        return
    assert isinstance(answer, Refused)
    (reason,) = answer.reasons
    expected = "ALREADY_MEMBER" if action is Action.ENROLL and stage in MEMBERS else "STATE"
    assert (reason.code, reason.field) == (expected, "collaborative")
    assert "UNKNOWN" not in reason.text


def test_whoever_declined_or_withdrew_may_come_back_and_a_graduate_is_done() -> None:
    assert MACHINE.possible(Stage.DECLINED) == MACHINE.possible(Stage.WITHDRAWN) == (Action.RECONSIDER,)
    for stage in (Stage.DECLINED, Stage.WITHDRAWN):
        assert after(stage, Action.RECONSIDER) is Stage.INTERESTED
    assert MACHINE.possible(Stage.GRADUATED) == ()


def test_a_refusal_for_the_stage_says_what_is_possible() -> None:
    answer = at_stage(Stage.RECRUITED).ask(step(Action.GRADUATE))
    assert isinstance(answer, Refused)
    assert answer.reasons[0].text == "The engagement is recruited; from there is possible: activate, withdraw."
    answer = desk().ask(step(Action.WITHDRAW))
    assert isinstance(answer, Refused)
    assert (
        "has not begun; possible is: identify, invite, take interest, commit, enroll, decline" in answer.reasons[0].text
    )
