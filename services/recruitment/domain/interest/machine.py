"""The machine of an interest: received, routed, answered, closed."""

from enum import StrEnum
from typing import Final

from shared.contracts.recruitment.interest import InterestState
from shared.records.machine import Machine


class Action(StrEnum):
    """What can be done with an interest."""

    ROUTE = "ROUTE"
    ANSWER = "ANSWER"
    CLOSE = "CLOSE"


MACHINE: Final = Machine(
    "the interest",
    {
        (InterestState.RECEIVED, Action.ROUTE): InterestState.ROUTED,
        (InterestState.RECEIVED, Action.ANSWER): InterestState.ANSWERED,
        (InterestState.RECEIVED, Action.CLOSE): InterestState.CLOSED,
        (InterestState.ROUTED, Action.ROUTE): InterestState.ROUTED,
        (InterestState.ROUTED, Action.ANSWER): InterestState.ANSWERED,
        (InterestState.ROUTED, Action.CLOSE): InterestState.CLOSED,
        (InterestState.ANSWERED, Action.ANSWER): InterestState.ANSWERED,
        (InterestState.ANSWERED, Action.CLOSE): InterestState.CLOSED,
    },
)
