"""Community organising: one-to-one meetings, the map of what a community has, what teams commit to.

Nobody who is not a professional is named: one-to-ones say a role, assets who opens them by office or member.
"""

import datetime as dt
from enum import StrEnum
from typing import ClassVar

from pydantic import Field

from shared.contracts.feeds import Area
from shared.contracts.message import Command, Event
from shared.contracts.recruitment.communities import CommunityId
from shared.contracts.recruitment.ids import ParticipantId
from shared.contracts.recruitment.mentoring import Professional
from shared.contracts.recruitment.terms import Said
from shared.contracts.recruitment.work import Title, WorkId
from shared.contracts.topic import Confidentiality, Gaps, Topic


class MetRole(StrEnum):
    """Whom a one-to-one was with, by role and never by name."""

    RESIDENT = "RESIDENT"
    BENEFICIARY_OR_FAMILY = "BENEFICIARY_OR_FAMILY"
    COMMUNITY_LEADER = "COMMUNITY_LEADER"
    FAITH_LEADER = "FAITH_LEADER"
    PROVIDER_STAFF = "PROVIDER_STAFF"
    PROVIDER_LEADER = "PROVIDER_LEADER"
    ORGANISATION_STAFF = "ORGANISATION_STAFF"
    PUBLIC_OFFICIAL = "PUBLIC_OFFICIAL"
    PAYER = "PAYER"
    OTHER = "OTHER"


class AssetKind(StrEnum):
    """What a community has that can help."""

    PEOPLE = "PEOPLE"
    ASSOCIATION = "ASSOCIATION"
    INSTITUTION = "INSTITUTION"
    PLACE = "PLACE"
    SERVICE = "SERVICE"
    FUNDS = "FUNDS"


class CommitmentStatus(StrEnum):
    """What became of a commitment."""

    OPEN = "OPEN"
    DONE = "DONE"
    DROPPED = "DROPPED"


class RecordOneToOne(Command):
    """Record a one-to-one meeting that an organiser held; ``interests`` and ``next_step`` name nobody."""

    TYPE: ClassVar[str] = "recruitment.RecordOneToOne"

    coalition: CommunityId
    met_on: dt.date
    organiser: Professional
    met_role: MetRole
    interests: Said
    next_step: Said | None = None


class RecordAsset(Command):
    """Put something the community has on the coalition's asset map.

    ``area`` is where, one of the community's areas or None where it is everywhere; ``opened_by`` the office that can
    open it to the coalition, ``opened_by_member`` the member that can.
    """

    TYPE: ClassVar[str] = "recruitment.RecordAsset"

    coalition: CommunityId
    name: Title
    kind: AssetKind
    area: Area | None = None
    opened_by: Title
    opened_by_member: ParticipantId | None = None
    found_on: dt.date


class RetireAsset(Command):
    """Take an asset off the map: it is no longer there, or never was."""

    TYPE: ClassVar[str] = "recruitment.RetireAsset"

    asset: WorkId
    retired_on: dt.date
    reason: Said


class RecordCommitment(Command):
    """Record what a team of the coalition commits to do, and by when."""

    TYPE: ClassVar[str] = "recruitment.RecordCommitment"

    coalition: CommunityId
    team: Title
    what: Said
    made_on: dt.date
    due_on: dt.date


class CompleteCommitment(Command):
    """Record that a commitment was done."""

    TYPE: ClassVar[str] = "recruitment.CompleteCommitment"

    commitment: WorkId
    done_on: dt.date


class DropCommitment(Command):
    """Record that a commitment will not be done."""

    TYPE: ClassVar[str] = "recruitment.DropCommitment"

    commitment: WorkId
    dropped_on: dt.date
    reason: Said


class OneToOneRecorded(Event):
    """A one-to-one meeting was held."""

    TYPE: ClassVar[str] = "recruitment.OneToOneRecorded"

    one_to_one: WorkId
    coalition: CommunityId
    number: int = Field(ge=1)
    met_on: dt.date
    organiser: Professional
    met_role: MetRole
    interests: str
    next_step: str | None = None
    actor: str


class AssetRecorded(Event):
    """Something the community has is on the map."""

    TYPE: ClassVar[str] = "recruitment.AssetRecorded"

    asset: WorkId
    coalition: CommunityId
    number: int = Field(ge=1)
    name: str
    kind: AssetKind
    area: Area | None = None
    opened_by: str
    opened_by_member: ParticipantId | None = None
    found_on: dt.date
    actor: str


class AssetRetired(Event):
    """An asset is off the map."""

    TYPE: ClassVar[str] = "recruitment.AssetRetired"

    asset: WorkId
    coalition: CommunityId
    retired_on: dt.date
    reason: str
    actor: str


class CommitmentRecorded(Event):
    """A team committed to something."""

    TYPE: ClassVar[str] = "recruitment.CommitmentRecorded"

    commitment: WorkId
    coalition: CommunityId
    number: int = Field(ge=1)
    team: str
    what: str
    made_on: dt.date
    due_on: dt.date
    actor: str


class CommitmentClosed(Event):
    """A commitment was done or dropped; ``reason`` why it was dropped."""

    TYPE: ClassVar[str] = "recruitment.CommitmentClosed"

    commitment: WorkId
    coalition: CommunityId
    status: CommitmentStatus
    on: dt.date
    reason: str | None = None
    actor: str


ASKED: tuple[type[Command], ...] = (
    RecordOneToOne,
    RecordAsset,
    RetireAsset,
    RecordCommitment,
    CompleteCommitment,
    DropCommitment,
)

ORGANISING = Topic(
    name="qio.recruitment.organising.v1",
    owner="recruitment",
    summary="Community organising: one-to-ones, the asset map, commitments of teams.",
    messages=(OneToOneRecorded, AssetRecorded, AssetRetired, CommitmentRecorded, CommitmentClosed),
    key="id of the one-to-one, asset or commitment",
    partitions=4,
    retention_days=365,
    gaps=Gaps.CONTIGUOUS,
    confidentiality=Confidentiality.INTERNAL,
    writers=("recruitment",),
    readers=("cli",),
    history=True,
)

TOPICS = (ORGANISING,)
