"""A mentoring as it stands, and how it changes by its events."""

import datetime as dt
from enum import StrEnum
from typing import Any, Final

from shared.contracts.message import Event
from shared.contracts.recruitment import mentoring as contract
from shared.contracts.recruitment.mentoring import (
    MentoringEnded,
    MentoringGoalMet,
    MentoringSessionRecorded,
    MentoringStarted,
)
from shared.records.kinds import Kind, Record
from shared.records.machine import Machine


class Status(StrEnum):
    """Whether somebody is being mentored."""

    RUNNING = "RUNNING"
    ENDED = "ENDED"


class Step(StrEnum):
    """What can happen in a mentoring."""

    HOLD_SESSION = "HOLD_SESSION"
    MEET_GOAL = "MEET_GOAL"
    END = "END"


MACHINE: Final = Machine(
    "the mentoring",
    {
        (Status.RUNNING, Step.HOLD_SESSION): Status.RUNNING,
        (Status.RUNNING, Step.MEET_GOAL): Status.RUNNING,
        (Status.RUNNING, Step.END): Status.ENDED,
    },
)


class Session(Record):
    """A session held, with its length in minutes."""

    held_on: dt.date
    minutes: int
    about: str


class Goal(Record):
    """A goal, and the day it was met."""

    name: str
    met_on: dt.date | None = None


class Mentoring(Record):
    """A mentor and a community leader; ``sessions`` by day, ``ended_on`` the last day."""

    id: str
    coalition: str
    number: int
    mentor: str
    leader: str
    topic: str
    goals: tuple[Goal, ...]
    started_on: dt.date
    sessions: tuple[Session, ...] = ()
    status: Status = Status.RUNNING
    ended_on: dt.date | None = None
    reason: str | None = None

    @property
    def latest_day(self) -> dt.date:
        """The last day on which something is recorded."""
        met = (one.met_on for one in self.goals if one.met_on is not None)
        return max((self.started_on, *(one.held_on for one in self.sessions), *met))


def _after(held: Mentoring, event: Event) -> dict[str, Any]:
    match event:
        case MentoringSessionRecorded():
            session = Session(held_on=event.held_on, minutes=event.minutes, about=event.about)
            return {"sessions": tuple(sorted((*held.sessions, session), key=lambda one: one.held_on))}
        case MentoringGoalMet():
            goals = list(held.goals)
            goals[event.goal - 1] = goals[event.goal - 1].model_copy(update={"met_on": event.met_on})
            return {"goals": tuple(goals)}
        case MentoringEnded():
            return {"status": Status.ENDED, "ended_on": event.ended_on, "reason": event.reason}
        case _:
            return {}


def _evolve(before: Mentoring | None, event: Event, at: dt.datetime) -> Mentoring:
    del at
    if isinstance(event, MentoringStarted):
        told = event.model_dump(exclude={"mentoring", "actor", "goals"})
        return Mentoring(id=event.mentoring, goals=tuple(Goal(name=one) for one in event.goals), **told)
    assert before is not None, "a mentoring is started first"
    return before.model_copy(update=_after(before, event))


MENTORING: Final = Kind(
    name="mentoring",
    state=Mentoring,
    events=(MentoringStarted, MentoringSessionRecorded, MentoringGoalMet, MentoringEnded),
    begins=(MentoringStarted,),
    id_of=lambda event: event.mentoring,
    evolve=_evolve,
    topic=contract.MENTORING.name,
)
