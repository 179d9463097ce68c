"""Alignment with community-based organisations: programs whose goals overlap, and agreements with them."""

import datetime as dt
from enum import StrEnum
from typing import ClassVar

from pydantic import Field

from shared.contracts.message import Command, Event
from shared.contracts.recruitment.coalition_terms import MeasureName
from shared.contracts.recruitment.communities import CommunityId
from shared.contracts.recruitment.ids import ParticipantId
from shared.contracts.recruitment.terms import Said
from shared.contracts.recruitment.work import Cents, Title, WorkId
from shared.contracts.topic import Confidentiality, Gaps, Topic


class AgreementKind(StrEnum):
    """Whether services are paid for, or partners agree to work together."""

    CONTRACT = "CONTRACT"
    PARTNERSHIP = "PARTNERSHIP"


class AgreementParty(StrEnum):
    """Who makes the agreement with the organisation."""

    QIO = "QIO"
    COALITION = "COALITION"


class AgreementStatus(StrEnum):
    """How far an agreement has come."""

    DRAFTED = "DRAFTED"
    SIGNED = "SIGNED"
    ENDED = "ENDED"
    TERMINATED = "TERMINATED"


class AgreementStep(StrEnum):
    """What can be recorded of it. END: it ran out or was fulfilled; TERMINATE: broken off, or never signed."""

    AMEND = "AMEND"
    SIGN = "SIGN"
    END = "END"
    TERMINATE = "TERMINATE"


class AlignProgram(Command):
    """Record that a program of a community-based organisation overlaps a goal, from a day on.

    The organisation is a member of the coalition; ``goal`` is in words, ``measure`` the one it moves where there is
    one, ``how`` what is done together.
    """

    TYPE: ClassVar[str] = "recruitment.AlignProgram"

    coalition: CommunityId
    organisation: ParticipantId
    program: Title
    goal: Said
    measure: MeasureName | None = None
    how: Said
    since: dt.date


class EndAlignment(Command):
    """Record the last day on which a program was aligned."""

    TYPE: ClassVar[str] = "recruitment.EndAlignment"

    alignment: WorkId
    ended_on: dt.date
    reason: Said


class StartAgreement(Command):
    """Start the draft of a contract or partnership agreement with a community-based organisation.

    In force from ``starts_on`` to ``ends_on`` (last day; None: until it is ended). ``amount_cents`` is what it pays,
    0 for nothing. The organisation need not be a member.
    """

    TYPE: ClassVar[str] = "recruitment.StartAgreement"

    coalition: CommunityId
    organisation: ParticipantId
    kind: AgreementKind
    party: AgreementParty
    subject: Said
    starts_on: dt.date
    ends_on: dt.date | None = None
    amount_cents: Cents
    drafted_on: dt.date


class AmendAgreement(Command):
    """Change the last day or the amount of an agreement from a day on; what is left out stays."""

    TYPE: ClassVar[str] = "recruitment.AmendAgreement"

    agreement: WorkId
    amended_on: dt.date
    ends_on: dt.date | None = None
    amount_cents: Cents | None = None
    because: Said


class RecordAgreementStep(Command):
    """Record that an agreement was signed, ended or terminated; TERMINATE needs ``reason``."""

    TYPE: ClassVar[str] = "recruitment.RecordAgreementStep"

    agreement: WorkId
    step: AgreementStep
    on: dt.date
    reason: Said | None = None


class ProgramAligned(Event):
    """A program of a community-based organisation works towards a goal of the coalition."""

    TYPE: ClassVar[str] = "recruitment.ProgramAligned"

    alignment: WorkId
    coalition: CommunityId
    number: int = Field(ge=1)
    organisation: ParticipantId
    program: str
    goal: str
    measure: str | None = None
    how: str
    since: dt.date
    actor: str


class AlignmentEnded(Event):
    """A program is no longer aligned; ``ended_on`` is the last day it was."""

    TYPE: ClassVar[str] = "recruitment.AlignmentEnded"

    alignment: WorkId
    coalition: CommunityId
    ended_on: dt.date
    reason: str
    actor: str


class AgreementStarted(Event):
    """The draft of an agreement was started."""

    TYPE: ClassVar[str] = "recruitment.AgreementStarted"

    agreement: WorkId
    coalition: CommunityId
    number: int = Field(ge=1)
    organisation: ParticipantId
    kind: AgreementKind
    party: AgreementParty
    subject: str
    starts_on: dt.date
    ends_on: dt.date | None = None
    amount_cents: int = Field(ge=0)
    drafted_on: dt.date
    actor: str


class AgreementAmended(Event):
    """An agreement has this last day and amount from ``amended_on`` on."""

    TYPE: ClassVar[str] = "recruitment.AgreementAmended"

    agreement: WorkId
    coalition: CommunityId
    amended_on: dt.date
    ends_on: dt.date | None = None
    amount_cents: int = Field(ge=0)
    because: str
    actor: str


class AgreementAdvanced(Event):
    """An agreement was signed, ended or terminated: ``status`` since ``on``."""

    TYPE: ClassVar[str] = "recruitment.AgreementAdvanced"

    agreement: WorkId
    coalition: CommunityId
    step: AgreementStep
    status: AgreementStatus
    on: dt.date
    reason: str | None = None
    actor: str


ASKED: tuple[type[Command], ...] = (AlignProgram, EndAlignment, StartAgreement, AmendAgreement, RecordAgreementStep)

ALIGNMENT = Topic(
    name="qio.recruitment.alignment.v1",
    owner="recruitment",
    summary="Programs of community-based organisations that overlap goals, and agreements with them.",
    messages=(ProgramAligned, AlignmentEnded, AgreementStarted, AgreementAmended, AgreementAdvanced),
    key="alignment or agreement id",
    partitions=4,
    retention_days=365,
    gaps=Gaps.CONTIGUOUS,
    confidentiality=Confidentiality.INTERNAL,
    writers=("recruitment",),
    readers=("cli",),
    history=True,
)

TOPICS = (ALIGNMENT,)
