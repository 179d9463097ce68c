"""Community coalitions (Tasks C.2 and C.3): members, seats, infrastructure, measures, populations and plans."""

import datetime as dt
from enum import StrEnum
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from shared.contracts.message import Command, Contract, Event
from shared.contracts.recruitment.communities import CommunityId
from shared.contracts.recruitment.ids import ParticipantId, Setting
from shared.contracts.topic import Confidentiality, Gaps, Topic

CoalitionTask = Literal["C.2", "C.3"]
Said = Annotated[str, Field(min_length=1, max_length=1000)]
MeasureName = Annotated[str, Field(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=60)]
Stratum = Annotated[str, Field(pattern=r"^[a-z0-9_]+(-[a-z0-9_]+)?(\+[a-z0-9_]+(-[a-z0-9_]+)?)*$", max_length=120)]
Quarter = Annotated[str, Field(pattern=r"^[0-9]{4}Q[1-4]$", description="a calendar quarter, such as 2018Q1")]
Baseline = Annotated[
    str,
    Field(
        pattern=r"^[0-9]{4}Q[1-4](R4)?$",
        description="a calendar quarter (2018Q1), or with R4 the four quarters that end with it",
    ),
]
Amount = Annotated[
    str, Field(pattern=r"^[0-9]{1,9}(\.[0-9]{1,6})?$", description="an exact decimal number, not negative")
]


class Role(StrEnum):
    """What a participant is in a coalition; convener and member may be many, the others have one seat."""

    CONVENER = "CONVENER"
    LEAD = "LEAD"
    MEMBER = "MEMBER"
    PATIENT_PARTNER = "PATIENT_PARTNER"


class Item(StrEnum):
    """What the operational infrastructure of a coalition consists of."""

    CHARTER = "CHARTER"
    GOVERNANCE = "GOVERNANCE"
    LEAD = "LEAD"
    MEETING_RHYTHM = "MEETING_RHYTHM"
    DATA_AGREEMENT = "DATA_AGREEMENT"


class Direction(StrEnum):
    """Which way a measure is to move."""

    DOWN = "DOWN"
    UP = "UP"


class Chart(StrEnum):
    """How the results of a measure are charted over time."""

    RUN = "RUN"
    P = "P"
    U = "U"
    XMR = "XMR"


class MemberTaken(Contract):
    """A participant with the setting it is of and what it is in the coalition."""

    participant: ParticipantId
    setting: Setting
    role: Role


class CoalitionConvened(Event):
    """A coalition was formed over a community; ``number`` counts the community's coalitions from 1."""

    TYPE: ClassVar[str] = "recruitment.CoalitionConvened"

    community: CommunityId
    number: int = Field(ge=1)
    task: CoalitionTask
    name: str
    formed_on: dt.date
    members: tuple[MemberTaken, ...]
    actor: str


class CoalitionJoined(Event):
    """A participant became a member from a day on."""

    TYPE: ClassVar[str] = "recruitment.CoalitionJoined"

    community: CommunityId
    number: int = Field(ge=1)
    participant: ParticipantId
    setting: Setting
    role: Role
    on: dt.date
    actor: str


class CoalitionRoleTaken(Event):
    """A member took a role from a day on; who held the seat before is a plain member again."""

    TYPE: ClassVar[str] = "recruitment.CoalitionRoleTaken"

    community: CommunityId
    number: int = Field(ge=1)
    participant: ParticipantId
    role: Role
    on: dt.date
    actor: str


class CoalitionLeft(Event):
    """A member left; ``on`` is the first day it was no longer a member."""

    TYPE: ClassVar[str] = "recruitment.CoalitionLeft"

    community: CommunityId
    number: int = Field(ge=1)
    participant: ParticipantId
    on: dt.date
    reason: str
    actor: str


class CoalitionEnded(Event):
    """A coalition ended; ``on`` is the first day it was none."""

    TYPE: ClassVar[str] = "recruitment.CoalitionEnded"

    community: CommunityId
    number: int = Field(ge=1)
    on: dt.date
    reason: str
    actor: str


ASKED: tuple[type[Command], ...] = ()

COALITIONS = Topic(
    name="qio.recruitment.coalitions.v1",
    owner="recruitment",
    summary="Coalitions over communities: formed, joined, equipped, measured, ended.",
    messages=(CoalitionConvened, CoalitionJoined, CoalitionRoleTaken, CoalitionLeft, CoalitionEnded),
    key="community id",
    partitions=4,
    retention_days=365,
    gaps=Gaps.CONTIGUOUS,
    confidentiality=Confidentiality.INTERNAL,
    writers=("recruitment",),
    readers=("measures", "notifications", "cli"),
    history=True,
)

TOPICS = (COALITIONS,)
