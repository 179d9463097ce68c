"""The machine of the pipeline: what can happen at which stage, and where it leads."""

from enum import StrEnum
from typing import Final

from shared.contracts.recruitment.steps import Stage
from shared.contracts.replies import Reason
from shared.records.machine import Machine, words


class Action(StrEnum):
    """What can happen between a participant and a collaborative."""

    IDENTIFY = "IDENTIFY"
    INVITE = "INVITE"
    TAKE_INTEREST = "TAKE_INTEREST"
    COMMIT = "COMMIT"
    ENROLL = "ENROLL"
    ACTIVATE = "ACTIVATE"
    GRADUATE = "GRADUATE"
    WITHDRAW = "WITHDRAW"
    DECLINE = "DECLINE"
    RECONSIDER = "RECONSIDER"


MACHINE: Final = Machine(
    "the engagement",
    {
        (Stage.IDENTIFIED, Action.INVITE): Stage.INVITED,
        (Stage.IDENTIFIED, Action.TAKE_INTEREST): Stage.INTERESTED,
        (Stage.IDENTIFIED, Action.COMMIT): Stage.COMMITTED,
        (Stage.IDENTIFIED, Action.ENROLL): Stage.RECRUITED,
        (Stage.IDENTIFIED, Action.DECLINE): Stage.DECLINED,
        (Stage.INVITED, Action.INVITE): Stage.INVITED,
        (Stage.INVITED, Action.TAKE_INTEREST): Stage.INTERESTED,
        (Stage.INVITED, Action.COMMIT): Stage.COMMITTED,
        (Stage.INVITED, Action.ENROLL): Stage.RECRUITED,
        (Stage.INVITED, Action.DECLINE): Stage.DECLINED,
        (Stage.INTERESTED, Action.COMMIT): Stage.COMMITTED,
        (Stage.INTERESTED, Action.ENROLL): Stage.RECRUITED,
        (Stage.INTERESTED, Action.DECLINE): Stage.DECLINED,
        (Stage.COMMITTED, Action.ENROLL): Stage.RECRUITED,
        (Stage.COMMITTED, Action.WITHDRAW): Stage.WITHDRAWN,
        (Stage.RECRUITED, Action.ACTIVATE): Stage.ACTIVE,
        (Stage.RECRUITED, Action.WITHDRAW): Stage.WITHDRAWN,
        (Stage.ACTIVE, Action.GRADUATE): Stage.GRADUATED,
        (Stage.ACTIVE, Action.WITHDRAW): Stage.WITHDRAWN,
        (Stage.WITHDRAWN, Action.RECONSIDER): Stage.INTERESTED,
        (Stage.DECLINED, Action.RECONSIDER): Stage.INTERESTED,
    },
)
# With nobody there yet an engagement begins: by being identified, or by whatever is possible from there.
FIRST: Final = {
    Action.IDENTIFY: Stage.IDENTIFIED,
    **{action: MACHINE.table[Stage.IDENTIFIED, action] for action in MACHINE.possible(Stage.IDENTIFIED)},
}
# Who takes part, or completed it.
MEMBER: Final = (Stage.RECRUITED, Stage.ACTIVE, Stage.GRADUATED)
# What ends dealings needs no participant that goes on and no collaborative that is open.
ENDING: Final = frozenset({Action.GRADUATE, Action.WITHDRAW, Action.DECLINE})


def after(stage: Stage | None, action: Action) -> Stage | None:
    """The stage that follows, None where the action is not possible; ``stage`` None: nothing has happened yet."""
    return FIRST.get(action) if stage is None else MACHINE.after(stage, action)


def reason_against(stage: Stage | None, action: Action, field: str) -> Reason | None:
    """Why the action is not possible now; None when it is."""
    if stage is not None:
        return MACHINE.reason_against(stage, action, field)
    if action in FIRST:
        return None
    possible = ", ".join(words(one) for one in FIRST)
    return Reason(code="STATE", field=field, text=f"The engagement has not begun; possible is: {possible}.")
