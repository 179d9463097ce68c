"""Campaigns that invite participants into collaboratives: what recruitment is asked about them and what it says."""

import datetime as dt
from typing import ClassVar
from uuid import UUID

from pydantic import Field

from shared.contracts.message import Command, Event
from shared.contracts.recruitment.steps import CollaborativeCode, InvitationMessage, Wave
from shared.contracts.recruitment.terms import Why
from shared.contracts.topic import Confidentiality, Gaps, Topic


class StartInvitationCampaign(Command):
    """Start a campaign that invites participants into a collaborative, in waves.

    ``waves`` is how many times participants are asked, each one of them once; the days of the waves are up to staff.
    """

    TYPE: ClassVar[str] = "recruitment.StartInvitationCampaign"

    name: str = Field(min_length=3, max_length=120)
    collaborative: CollaborativeCode
    message: InvitationMessage = InvitationMessage.INVITATION
    waves: Wave = 1
    started_on: dt.date


class CloseInvitationCampaign(Command):
    """End a campaign: nobody is invited by it any more, answers still count."""

    TYPE: ClassVar[str] = "recruitment.CloseInvitationCampaign"

    campaign: UUID
    closed_on: dt.date
    reason: Why | None = None


class InvitationCampaignStarted(Event):
    """A campaign that invites participants into a collaborative began."""

    TYPE: ClassVar[str] = "recruitment.InvitationCampaignStarted"

    campaign: UUID
    name: str
    collaborative: str
    message: InvitationMessage
    waves: int = Field(ge=1)
    started_on: dt.date
    actor: str


class InvitationCampaignClosed(Event):
    """A campaign invites nobody any more."""

    TYPE: ClassVar[str] = "recruitment.InvitationCampaignClosed"

    campaign: UUID
    closed_on: dt.date
    reason: str | None = None
    actor: str


ASKED: tuple[type[Command], ...] = (StartInvitationCampaign, CloseInvitationCampaign)

INVITATIONS = Topic(
    name="qio.recruitment.invitations.v1",
    owner="recruitment",
    summary="Campaigns that invite participants into collaboratives.",
    messages=(InvitationCampaignStarted, InvitationCampaignClosed),
    key="campaign id",
    partitions=4,
    retention_days=365,
    gaps=Gaps.CONTIGUOUS,
    confidentiality=Confidentiality.INTERNAL,
    writers=("recruitment",),
    readers=("cli",),
    history=True,
)

TOPICS = (INVITATIONS,)
