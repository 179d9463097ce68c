"""Community coalitions (Tasks C.2 and C.3): what happens to them."""

import datetime as dt
from typing import ClassVar

from pydantic import Field

from shared.contracts.message import Command, Event
from shared.contracts.recruitment import coalition_commands
from shared.contracts.recruitment.coalition_terms import (
    Choice,
    CoalitionTask,
    Evidence,
    Item,
    MeasureName,
    MemberTaken,
    Plan,
    Role,
    Stratum,
)
from shared.contracts.recruitment.communities import CommunityId
from shared.contracts.recruitment.ids import ParticipantId, Setting
from shared.contracts.topic import Confidentiality, Gaps, Topic


class _Happened(Event):
    """``number`` counts the community's coalitions from 1."""

    community: CommunityId
    number: int = Field(ge=1, description="which of the community's coalitions, from 1")
    actor: str


class CoalitionConvened(_Happened):
    """A coalition was formed over a community."""

    TYPE: ClassVar[str] = "recruitment.CoalitionConvened"

    task: CoalitionTask
    name: str
    formed_on: dt.date
    members: tuple[MemberTaken, ...]


class CoalitionJoined(_Happened):
    """A participant became a member from a day on."""

    TYPE: ClassVar[str] = "recruitment.CoalitionJoined"

    participant: ParticipantId
    setting: Setting
    role: Role
    on: dt.date


class CoalitionRoleTaken(_Happened):
    """A member took a role from a day on; who held the seat before is a plain member again."""

    TYPE: ClassVar[str] = "recruitment.CoalitionRoleTaken"

    participant: ParticipantId
    role: Role
    on: dt.date


class CoalitionLeft(_Happened):
    """A member left; ``on`` is the first day it was no longer a member."""

    TYPE: ClassVar[str] = "recruitment.CoalitionLeft"

    participant: ParticipantId
    on: dt.date
    reason: str


class CoalitionEnded(_Happened):
    """A coalition ended; ``on`` is the first day it was none."""

    TYPE: ClassVar[str] = "recruitment.CoalitionEnded"

    on: dt.date
    reason: str


class InfrastructureRecorded(_Happened):
    """An item of the infrastructure is done, or was found to hold still."""

    TYPE: ClassVar[str] = "recruitment.InfrastructureRecorded"

    item: Item
    evidence: Evidence


class InfrastructureReopened(_Happened):
    """An item of the infrastructure is not done (any more)."""

    TYPE: ClassVar[str] = "recruitment.InfrastructureReopened"

    item: Item
    on: dt.date
    reason: str


class InfrastructureLapsed(_Happened):
    """An item of the infrastructure holds no more since ``on``: its review is overdue, or the lead left."""

    TYPE: ClassVar[str] = "recruitment.InfrastructureLapsed"

    item: Item
    on: dt.date
    reason: str


class CoalitionInfrastructureCompleted(_Happened):
    """All of the infrastructure is done since ``on``."""

    TYPE: ClassVar[str] = "recruitment.CoalitionInfrastructureCompleted"

    on: dt.date


class CoalitionInfrastructureRetracted(_Happened):
    """The infrastructure was said to be done and is not since ``on``: ``items`` are missing."""

    TYPE: ClassVar[str] = "recruitment.CoalitionInfrastructureRetracted"

    on: dt.date
    items: tuple[Item, ...]


class CoalitionMeasureChosen(_Happened):
    """A measure was chosen, or as the next version something else is wanted of it."""

    TYPE: ClassVar[str] = "recruitment.CoalitionMeasureChosen"

    measure: MeasureName
    version: int = Field(ge=1)
    wanted: Choice
    reason: str | None


class CoalitionMeasureDropped(_Happened):
    """A measure was given up."""

    TYPE: ClassVar[str] = "recruitment.CoalitionMeasureDropped"

    measure: MeasureName
    reason: str


class CoalitionPopulationsTargeted(_Happened):
    """The coalition is for these populations; none is everybody."""

    TYPE: ClassVar[str] = "recruitment.CoalitionPopulationsTargeted"

    populations: tuple[Stratum, ...]


class MeasurementPlanned(_Happened):
    """A version of the plan how a chosen measure is followed; ``wanted`` is the version of the choice it is for."""

    TYPE: ClassVar[str] = "recruitment.MeasurementPlanned"

    measure: MeasureName
    version: int = Field(ge=1)
    wanted: int = Field(ge=1)
    plan: Plan


class CoalitionGoalReached(_Happened):
    """Measures says that the community reached a goal of the program."""

    TYPE: ClassVar[str] = "recruitment.CoalitionGoalReached"

    goal: str
    measure: str
    period: str
    value: str
    improvement: str
    target: str
    as_of: dt.datetime


class CoalitionGoalWithdrawn(_Happened):
    """Measures says that a goal of the program is not reached after all."""

    TYPE: ClassVar[str] = "recruitment.CoalitionGoalWithdrawn"

    goal: str
    measure: str
    period: str
    value: str | None
    improvement: str | None
    as_of: dt.datetime


ASKED: tuple[type[Command], ...] = coalition_commands.ASKED

COALITIONS = Topic(
    name="qio.recruitment.coalitions.v1",
    owner="recruitment",
    summary="Coalitions over communities: formed, joined, equipped, measured, ended.",
    messages=(
        CoalitionConvened,
        CoalitionJoined,
        CoalitionRoleTaken,
        CoalitionLeft,
        CoalitionEnded,
        InfrastructureRecorded,
        InfrastructureReopened,
        InfrastructureLapsed,
        CoalitionInfrastructureCompleted,
        CoalitionInfrastructureRetracted,
        CoalitionMeasureChosen,
        CoalitionMeasureDropped,
        CoalitionPopulationsTargeted,
        MeasurementPlanned,
        CoalitionGoalReached,
        CoalitionGoalWithdrawn,
    ),
    key="community id",
    partitions=4,
    retention_days=365,
    gaps=Gaps.CONTIGUOUS,
    confidentiality=Confidentiality.INTERNAL,
    writers=("recruitment",),
    readers=("notifications", "cli"),
    history=True,
)

TOPICS = (COALITIONS,)
