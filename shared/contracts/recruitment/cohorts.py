"""Cohorts of learning networks: who goes through sessions and action periods together."""

import datetime as dt
from enum import StrEnum
from typing import ClassVar

from pydantic import Field

from shared.contracts.message import Command, Event
from shared.contracts.recruitment.ids import ParticipantId
from shared.contracts.recruitment.learning_terms import CohortId, NetworkId, Topic
from shared.contracts.recruitment.terms import Line, Said
from shared.contracts.topic import Confidentiality, Gaps
from shared.contracts.topic import Topic as KafkaTopic


class CohortRole(StrEnum):
    """As what a participant is in a cohort. A peer coach helps others by its own experience."""

    TEAM = "TEAM"
    PEER_COACH = "PEER_COACH"


class OpenCohort(Command):
    """Open a cohort of a network. Who is in one ``exclusive`` cohort is in no other exclusive cohort of the network."""

    TYPE: ClassVar[str] = "recruitment.OpenCohort"

    network: NetworkId
    number: int = Field(ge=1, le=999)
    name: Line
    focus: Topic
    exclusive: bool = True
    opened_on: dt.date


class FocusCohort(Command):
    """Let a cohort work on another topic from a day on, as CUSP goes from CLABSI to CAUTI."""

    TYPE: ClassVar[str] = "recruitment.FocusCohort"

    cohort: CohortId
    focus: Topic
    since: dt.date


class CloseCohort(Command):
    """Close a cohort; ``closed_on`` is its last day, and that of everybody in it."""

    TYPE: ClassVar[str] = "recruitment.CloseCohort"

    cohort: CohortId
    closed_on: dt.date
    reason: Said


class JoinCohort(Command):
    """Take a participant into a cohort; again after it left is a second spell. The same day and role: no change."""

    TYPE: ClassVar[str] = "recruitment.JoinCohort"

    cohort: CohortId
    participant: ParticipantId
    role: CohortRole = CohortRole.TEAM
    joined_on: dt.date


class LeaveCohort(Command):
    """Let a participant go; ``left_on`` is the first day it is no longer in the cohort."""

    TYPE: ClassVar[str] = "recruitment.LeaveCohort"

    cohort: CohortId
    participant: ParticipantId
    left_on: dt.date
    reason: Said


class _OfCohort(Event):
    cohort: CohortId
    actor: str


class CohortOpened(_OfCohort):
    """A cohort is open."""

    TYPE: ClassVar[str] = "recruitment.CohortOpened"

    network: NetworkId
    number: int = Field(ge=1)
    name: str
    focus: Topic
    exclusive: bool
    opened_on: dt.date


class CohortFocused(_OfCohort):
    """A cohort works on another topic."""

    TYPE: ClassVar[str] = "recruitment.CohortFocused"

    focus: Topic
    since: dt.date


class CohortClosed(_OfCohort):
    """A cohort is closed, for everybody in it."""

    TYPE: ClassVar[str] = "recruitment.CohortClosed"

    closed_on: dt.date
    reason: str


class CohortJoined(_OfCohort):
    """A participant is in a cohort; ``exclusive`` is what the cohort is."""

    TYPE: ClassVar[str] = "recruitment.CohortJoined"

    participant: str
    role: CohortRole
    joined_on: dt.date
    exclusive: bool


class CohortLeft(_OfCohort):
    """A participant is in a cohort no more."""

    TYPE: ClassVar[str] = "recruitment.CohortLeft"

    participant: str
    left_on: dt.date
    reason: str


ASKED: tuple[type[Command], ...] = (OpenCohort, FocusCohort, CloseCohort, JoinCohort, LeaveCohort)

COHORTS = KafkaTopic(
    name="qio.recruitment.cohorts.v1",
    owner="recruitment",
    summary="Cohorts of learning networks: opened, what they work on, who is in them, closed.",
    messages=(CohortOpened, CohortFocused, CohortClosed, CohortJoined, CohortLeft),
    key="cohort id",
    partitions=4,
    retention_days=365,
    gaps=Gaps.CONTIGUOUS,
    confidentiality=Confidentiality.INTERNAL,
    writers=("recruitment",),
    readers=("cli",),
    history=True,
)

TOPICS = (COHORTS,)
