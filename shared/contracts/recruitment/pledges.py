"""Pledges of time and resources that members make to their coalition, and whether they are kept."""

import datetime as dt
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import Field

from shared.contracts.message import Command, Event
from shared.contracts.recruitment.communities import CommunityId
from shared.contracts.recruitment.ids import ParticipantId
from shared.contracts.recruitment.terms import Said
from shared.contracts.recruitment.work import WorkId
from shared.contracts.topic import Confidentiality, Gaps, Topic

Quantity = Annotated[
    int,
    Field(
        ge=0,
        le=10_000_000_000_000,
        description="hours of HOURS, US cents of MONEY, persons of STAFF, else rooms or pieces",
    ),
]


class PledgeKind(StrEnum):
    """What is pledged, and so what its amount counts."""

    HOURS = "HOURS"
    MONEY = "MONEY"
    SPACE = "SPACE"
    STAFF = "STAFF"
    EQUIPMENT = "EQUIPMENT"


class PledgeStatus(StrEnum):
    """How far a pledge is kept."""

    OPEN = "OPEN"
    PARTLY_KEPT = "PARTLY_KEPT"
    KEPT = "KEPT"
    BROKEN = "BROKEN"
    WITHDRAWN = "WITHDRAWN"


class RecordPledge(Command):
    """Record what a member pledges and by when; refused unless it is a member of the coalition on that day."""

    TYPE: ClassVar[str] = "recruitment.RecordPledge"

    coalition: CommunityId
    participant: ParticipantId
    kind: PledgeKind
    amount: Annotated[Quantity, Field(gt=0)]
    what: Said
    pledged_on: dt.date
    due_on: dt.date


class RecordPledgeKept(Command):
    """Record how much has been given altogether by a day.

    Less than was recorded before is a correction: that needs ``because``. The same amount again changes nothing.
    A broken pledge can still be kept, a withdrawn one cannot.
    """

    TYPE: ClassVar[str] = "recruitment.RecordPledgeKept"

    pledge: WorkId
    kept: Quantity
    on: dt.date
    because: Said | None = None


class DeclarePledgeBroken(Command):
    """Declare a pledge broken after its day; what was given of it stays recorded."""

    TYPE: ClassVar[str] = "recruitment.DeclarePledgeBroken"

    pledge: WorkId
    on: dt.date
    reason: Said


class WithdrawPledge(Command):
    """Withdraw a pledge that is not fully kept, as the member asks."""

    TYPE: ClassVar[str] = "recruitment.WithdrawPledge"

    pledge: WorkId
    on: dt.date
    reason: Said


class _OfPledge(Event):
    pledge: WorkId
    coalition: CommunityId
    actor: str


class PledgeRecorded(_OfPledge):
    """A member pledged something to its coalition."""

    TYPE: ClassVar[str] = "recruitment.PledgeRecorded"

    number: int = Field(ge=1)
    participant: ParticipantId
    kind: PledgeKind
    amount: int = Field(ge=1)
    what: str
    pledged_on: dt.date
    due_on: dt.date


class PledgeReported(_OfPledge):
    """So much of a pledge has been given altogether, which makes it ``status``."""

    TYPE: ClassVar[str] = "recruitment.PledgeReported"

    kept: int = Field(ge=0)
    on: dt.date
    status: PledgeStatus
    because: str | None = None


class PledgeClosed(_OfPledge):
    """A pledge was broken or withdrawn; ``kept`` is what had been given of it."""

    TYPE: ClassVar[str] = "recruitment.PledgeClosed"

    status: PledgeStatus
    kept: int = Field(ge=0)
    on: dt.date
    reason: str


ASKED: tuple[type[Command], ...] = (RecordPledge, RecordPledgeKept, DeclarePledgeBroken, WithdrawPledge)

PLEDGES = Topic(
    name="qio.recruitment.pledges.v1",
    owner="recruitment",
    summary="Pledges of time and resources to coalitions: made, kept, broken, withdrawn.",
    messages=(PledgeRecorded, PledgeReported, PledgeClosed),
    key="pledge id",
    partitions=4,
    retention_days=365,
    gaps=Gaps.CONTIGUOUS,
    confidentiality=Confidentiality.INTERNAL,
    writers=("recruitment",),
    readers=("notifications", "cli"),
    history=True,
)

TOPICS = (PLEDGES,)
