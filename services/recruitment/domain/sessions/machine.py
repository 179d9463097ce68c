"""What can be done with a session and with an action period, and where it leads."""

from enum import StrEnum
from typing import Final

from shared.records.machine import Machine


class Phase(StrEnum):
    """How far a session has come; OPEN and CLOSED are of its registration."""

    PLANNED = "PLANNED"
    OPEN = "OPEN"
    CLOSED = "CLOSED"
    HELD = "HELD"
    CANCELLED = "CANCELLED"


class Step(StrEnum):
    """What can be done with a session."""

    AMEND = "AMEND"
    RESCHEDULE = "RESCHEDULE"
    OPEN_REGISTRATION = "OPEN_REGISTRATION"
    CLOSE_REGISTRATION = "CLOSE_REGISTRATION"
    REGISTER = "REGISTER"
    WITHDRAW = "WITHDRAW"
    HOLD = "HOLD"
    CANCEL = "CANCEL"
    RECORD_ATTENDANCE = "RECORD_ATTENDANCE"
    ADD_MATERIAL = "ADD_MATERIAL"
    EVALUATE = "EVALUATE"


# Those before it is over: in each of them it is amended, moved, held and cancelled.
AHEAD: Final = (Phase.PLANNED, Phase.OPEN, Phase.CLOSED)
SESSION_MACHINE: Final = Machine(
    "the session",
    {
        (Phase.PLANNED, Step.OPEN_REGISTRATION): Phase.OPEN,
        (Phase.CLOSED, Step.OPEN_REGISTRATION): Phase.OPEN,
        (Phase.OPEN, Step.CLOSE_REGISTRATION): Phase.CLOSED,
        (Phase.OPEN, Step.REGISTER): Phase.OPEN,
        (Phase.OPEN, Step.WITHDRAW): Phase.OPEN,
        **{(phase, Step.AMEND): phase for phase in AHEAD},
        **{(phase, Step.RESCHEDULE): phase for phase in AHEAD},
        **{(phase, Step.HOLD): Phase.HELD for phase in AHEAD},
        **{(phase, Step.CANCEL): Phase.CANCELLED for phase in AHEAD},
        **{(phase, Step.ADD_MATERIAL): phase for phase in (*AHEAD, Phase.HELD)},
        (Phase.HELD, Step.RECORD_ATTENDANCE): Phase.HELD,
        (Phase.HELD, Step.EVALUATE): Phase.HELD,
    },
)


class PeriodPhase(StrEnum):
    """Whether an action period goes on."""

    RUNNING = "RUNNING"
    CLOSED = "CLOSED"
    CANCELLED = "CANCELLED"


class PeriodStep(StrEnum):
    """What can be done with an action period."""

    REPORT = "REPORT"
    EXCUSE = "EXCUSE"
    EXTEND = "EXTEND"
    CLOSE = "CLOSE"
    CANCEL = "CANCEL"


PERIOD_MACHINE: Final = Machine(
    "the action period",
    {
        (PeriodPhase.RUNNING, PeriodStep.REPORT): PeriodPhase.RUNNING,
        (PeriodPhase.RUNNING, PeriodStep.EXCUSE): PeriodPhase.RUNNING,
        (PeriodPhase.RUNNING, PeriodStep.EXTEND): PeriodPhase.RUNNING,
        (PeriodPhase.RUNNING, PeriodStep.CLOSE): PeriodPhase.CLOSED,
        (PeriodPhase.RUNNING, PeriodStep.CANCEL): PeriodPhase.CANCELLED,
    },
)
