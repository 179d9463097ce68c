"""Care teams of pharmacists, physicians and facilities that see to the safety of medicines together."""

import datetime as dt
from enum import StrEnum
from typing import ClassVar

from shared.contracts.message import Command, Event
from shared.contracts.recruitment.ids import ParticipantId
from shared.contracts.recruitment.learning_terms import LearningId, NetworkId
from shared.contracts.recruitment.terms import Line, Said
from shared.contracts.topic import Confidentiality, Gaps, Topic


class CareRole(StrEnum):
    """As what a participant is in a care team; it follows from its setting."""

    PHARMACIST = "PHARMACIST"
    PHYSICIAN = "PHYSICIAN"
    FACILITY = "FACILITY"


class FormCareTeam(Command):
    """Form a care team of a network of care teams, of nobody yet. It is complete with all three roles in it."""

    TYPE: ClassVar[str] = "recruitment.FormCareTeam"

    network: NetworkId
    name: Line
    formed_on: dt.date


class JoinCareTeam(Command):
    """Take a participant into a care team; in it since the same day: no change."""

    TYPE: ClassVar[str] = "recruitment.JoinCareTeam"

    team: LearningId
    participant: ParticipantId
    joined_on: dt.date


class LeaveCareTeam(Command):
    """Let a participant go; ``left_on`` is the first day it is no longer in the team."""

    TYPE: ClassVar[str] = "recruitment.LeaveCareTeam"

    team: LearningId
    participant: ParticipantId
    left_on: dt.date
    reason: Said


class EndCareTeam(Command):
    """End a care team; ``ended_on`` is its last day, and that of everybody in it."""

    TYPE: ClassVar[str] = "recruitment.EndCareTeam"

    team: LearningId
    ended_on: dt.date
    reason: Said


class _OfTeam(Event):
    team: LearningId
    network: NetworkId
    actor: str


class CareTeamFormed(_OfTeam):
    """A care team began."""

    TYPE: ClassVar[str] = "recruitment.CareTeamFormed"

    name: str
    formed_on: dt.date


class CareTeamJoined(_OfTeam):
    """A participant is in a care team."""

    TYPE: ClassVar[str] = "recruitment.CareTeamJoined"

    participant: str
    role: CareRole
    joined_on: dt.date


class CareTeamLeft(_OfTeam):
    """A participant is in a care team no more."""

    TYPE: ClassVar[str] = "recruitment.CareTeamLeft"

    participant: str
    left_on: dt.date
    reason: str


class CareTeamEnded(_OfTeam):
    """A care team ended, for everybody in it."""

    TYPE: ClassVar[str] = "recruitment.CareTeamEnded"

    ended_on: dt.date
    reason: str


ASKED: tuple[type[Command], ...] = (FormCareTeam, JoinCareTeam, LeaveCareTeam, EndCareTeam)

CARE_TEAMS = Topic(
    name="qio.recruitment.care-teams.v1",
    owner="recruitment",
    summary="Care teams of pharmacists, physicians and facilities: formed, who is in them, ended.",
    messages=(CareTeamFormed, CareTeamJoined, CareTeamLeft, CareTeamEnded),
    key="care team id",
    partitions=4,
    retention_days=365,
    gaps=Gaps.CONTIGUOUS,
    confidentiality=Confidentiality.INTERNAL,
    writers=("recruitment",),
    readers=("cli",),
    history=True,
)

TOPICS = (CARE_TEAMS,)
