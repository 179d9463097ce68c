"""A registration for the campaign as it stands, with its goals, and how it changes by its events."""

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum
from typing import Any, Final

from shared.contracts.message import Event
from shared.contracts.recruitment.campaign_registrations import (
    CAMPAIGN_REGISTRATIONS,
    Better,
    CampaignGoalChosen,
    CampaignGoalClosed,
    CampaignGoalReported,
    CampaignRegistered,
    CampaignWithdrawn,
    GoalEnd,
    GoalReporter,
)
from shared.contracts.recruitment.campaign_terms import CampaignGoal, Registrant
from shared.records.kinds import Kind, Record
from shared.records.machine import Machine


class Taking(StrEnum):
    """Whether somebody takes part."""

    REGISTERED = "REGISTERED"
    WITHDRAWN = "WITHDRAWN"


class TakingStep(StrEnum):
    """What can be done with a registration."""

    REGISTER = "REGISTER"
    WORK_ON_GOAL = "WORK_ON_GOAL"
    WITHDRAW = "WITHDRAW"


class GoalState(StrEnum):
    """Whether a home works on a goal."""

    OPEN = "OPEN"
    REACHED = "REACHED"
    DROPPED = "DROPPED"


class GoalStep(StrEnum):
    """What can be done with a goal."""

    REPORT = "REPORT"
    REACH = "REACH"
    DROP = "DROP"
    CHOOSE_AGAIN = "CHOOSE_AGAIN"


REGISTRATION_MACHINE: Final = Machine(
    "the registration",
    {
        (Taking.REGISTERED, TakingStep.WORK_ON_GOAL): Taking.REGISTERED,
        (Taking.REGISTERED, TakingStep.WITHDRAW): Taking.WITHDRAWN,
        (Taking.WITHDRAWN, TakingStep.REGISTER): Taking.REGISTERED,
    },
)
GOAL_MACHINE: Final = Machine(
    "the goal",
    {
        (GoalState.OPEN, GoalStep.REPORT): GoalState.OPEN,
        (GoalState.OPEN, GoalStep.REACH): GoalState.REACHED,
        (GoalState.OPEN, GoalStep.DROP): GoalState.DROPPED,
        (GoalState.REACHED, GoalStep.CHOOSE_AGAIN): GoalState.OPEN,
        (GoalState.DROPPED, GoalStep.CHOOSE_AGAIN): GoalState.OPEN,
    },
)


class Figure(Record):
    """What was reported of a month."""

    value: float
    reported_by: GoalReporter
    revision: int


class Pursuit(Record):
    """A goal that a home works or worked on; ``months`` has the figures, also of times before."""

    measured_as: str
    better: Better
    target: float | None
    chosen_on: dt.date
    months: Mapping[str, Figure] = {}
    state: GoalState = GoalState.OPEN
    closed_on: dt.date | None = None
    reason: str | None = None


class Registration(Record):
    """Somebody who takes part; ``withdrawn_on`` is the first day it does so no more."""

    id: str
    registrant: Registrant
    home: str | None
    state: str
    registered_on: dt.date
    goals: Mapping[CampaignGoal, Pursuit] = {}
    taking: Taking = Taking.REGISTERED
    withdrawn_on: dt.date | None = None
    reason: str | None = None

    def latest_day(self) -> dt.date:
        """The last day on which something of this time is recorded."""
        days = [day for one in self.goals.values() for day in (one.chosen_on, one.closed_on) if day]
        return max((self.registered_on, *days))


def _evolve(before: Registration | None, event: Event, at: dt.datetime) -> Registration:
    del at
    if isinstance(event, CampaignRegistered):
        told = event.model_dump(exclude={"registration", "actor"})
        return Registration(id=event.registration, goals=before.goals if before else {}, **told)
    assert before is not None, "a registration begins with being registered"
    if isinstance(event, CampaignWithdrawn):
        dropped = {"state": GoalState.DROPPED, "closed_on": event.withdrawn_on, "reason": event.reason}
        goals = {
            goal: held.model_copy(update=dropped) if held.state is GoalState.OPEN else held
            for goal, held in before.goals.items()
        }
        told = {"taking": Taking.WITHDRAWN, **event.model_dump(include={"withdrawn_on", "reason"})}
        return before.model_copy(update={"goals": goals, **told})
    assert isinstance(event, CampaignGoalChosen | CampaignGoalReported | CampaignGoalClosed)
    pursuit = _pursued(before.goals.get(event.goal), event)
    return before.model_copy(update={"goals": {**before.goals, event.goal: pursuit}}) if pursuit else before


def _pursued(
    held: Pursuit | None, event: CampaignGoalChosen | CampaignGoalReported | CampaignGoalClosed
) -> Pursuit | None:
    """The goal after an event; of one that was never chosen nothing is known, and nothing follows."""
    if isinstance(event, CampaignGoalChosen):
        told = event.model_dump(include={"measured_as", "better", "target", "chosen_on"})
        return Pursuit(months=held.months if held else {}, **told)
    if held is None:
        return None
    if isinstance(event, CampaignGoalReported):
        figure = Figure(**event.model_dump(include={"value", "reported_by", "revision"}))
        return held.model_copy(update={"months": {**held.months, event.month: figure}})
    state = GoalState.REACHED if event.how is GoalEnd.REACHED else GoalState.DROPPED
    update: dict[str, Any] = {"state": state, "closed_on": event.closed_on, "reason": event.reason}
    return held.model_copy(update=update)


REGISTRATION: Final = Kind(
    name="campaign-registration",
    state=Registration,
    events=(CampaignRegistered, CampaignWithdrawn, CampaignGoalChosen, CampaignGoalReported, CampaignGoalClosed),
    begins=(CampaignRegistered,),
    id_of=lambda event: event.registration,
    evolve=_evolve,
    topic=CAMPAIGN_REGISTRATIONS.name,
)
