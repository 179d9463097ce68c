"""What a coalition wants to move: chosen measures with their plans, and the program's goals its community reached."""

import datetime as dt

from shared.contracts.recruitment.coalition_terms import Choice, Plan
from shared.records.kinds import Record


class Wanted(Record):
    """A version of what is wanted of a measure; ``at`` is when it was recorded (UTC)."""

    version: int
    choice: Choice
    reason: str | None
    actor: str
    at: dt.datetime


class PlanVersion(Record):
    """A version of how a measure is followed, made for the version ``wanted`` of what is wanted of it."""

    version: int
    wanted: int
    plan: Plan
    actor: str
    at: dt.datetime


class ChosenMeasure(Record):
    """A measure a coalition chose; ``dropped_because`` is None while it is one of its measures."""

    measure: str
    wanted: tuple[Wanted, ...]
    plans: tuple[PlanVersion, ...] = ()
    dropped_because: str | None = None

    @property
    def now(self) -> Wanted:
        """What is wanted of it now, or was last."""
        return self.wanted[-1]


class GoalProgress(Record):
    """What measures last said of a goal of the program for the community; values as published."""

    goal: str
    measure: str
    reached: bool
    period: str
    value: str | None
    improvement: str | None
    target: str | None
    as_of: dt.datetime
