"""What can be done with a contract, a deliverable and an objective, and where it leads."""

from enum import StrEnum
from typing import Final

from services.recruitment.domain.program.state import ContractStage, DeliverableStage, ObjectiveStage
from shared.records.machine import Machine


class ContractAction(StrEnum):
    """What is done with a contract."""

    CHANGE = "CHANGE"
    EXTEND_ITS_LISTS = "EXTEND_ITS_LISTS"
    REPLACE = "REPLACE"
    CLOSE = "CLOSE"


class DeliverableAction(StrEnum):
    """What is done with a deliverable."""

    SUBMIT = "SUBMIT"
    ACCEPT = "ACCEPT"
    RETURN = "RETURN"
    MOVE = "MOVE"
    WAIVE = "WAIVE"


class ObjectiveAction(StrEnum):
    """What is done with an objective."""

    SET_AGAIN = "SET_AGAIN"
    ASSESS = "ASSESS"
    DROP = "DROP"


CONTRACT: Final = Machine(
    "the contract",
    {
        (ContractStage.OPEN, ContractAction.CHANGE): ContractStage.OPEN,
        (ContractStage.OPEN, ContractAction.EXTEND_ITS_LISTS): ContractStage.OPEN,
        (ContractStage.OPEN, ContractAction.REPLACE): ContractStage.REPLACED,
        (ContractStage.OPEN, ContractAction.CLOSE): ContractStage.CLOSED,
    },
)
DELIVERABLE: Final = Machine(
    "the deliverable",
    {
        (DeliverableStage.EXPECTED, DeliverableAction.SUBMIT): DeliverableStage.SUBMITTED,
        (DeliverableStage.EXPECTED, DeliverableAction.MOVE): DeliverableStage.EXPECTED,
        (DeliverableStage.EXPECTED, DeliverableAction.WAIVE): DeliverableStage.WAIVED,
        (DeliverableStage.SUBMITTED, DeliverableAction.ACCEPT): DeliverableStage.ACCEPTED,
        (DeliverableStage.SUBMITTED, DeliverableAction.RETURN): DeliverableStage.RETURNED,
        (DeliverableStage.SUBMITTED, DeliverableAction.MOVE): DeliverableStage.SUBMITTED,
        (DeliverableStage.RETURNED, DeliverableAction.SUBMIT): DeliverableStage.SUBMITTED,
        (DeliverableStage.RETURNED, DeliverableAction.MOVE): DeliverableStage.RETURNED,
        (DeliverableStage.RETURNED, DeliverableAction.WAIVE): DeliverableStage.WAIVED,
    },
)
OBJECTIVE: Final = Machine(
    "the objective",
    {
        (ObjectiveStage.SET, ObjectiveAction.SET_AGAIN): ObjectiveStage.SET,
        (ObjectiveStage.SET, ObjectiveAction.ASSESS): ObjectiveStage.ASSESSED,
        (ObjectiveStage.SET, ObjectiveAction.DROP): ObjectiveStage.DROPPED,
        (ObjectiveStage.ASSESSED, ObjectiveAction.ASSESS): ObjectiveStage.ASSESSED,
    },
)
