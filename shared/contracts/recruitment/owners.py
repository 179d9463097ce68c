"""Owners of participants and the chains they form: what recruitment is asked about them and what it says."""

import datetime as dt
from typing import ClassVar

from pydantic import Field

from shared.contracts.message import Command, Event
from shared.contracts.recruitment.ids import OwnerId
from shared.contracts.topic import Confidentiality, Gaps, Topic


class RegisterOwner(Command):
    """Register an owner: a company, a chain, a government or a church body. Refused when it is known."""

    TYPE: ClassVar[str] = "recruitment.RegisterOwner"

    owner: OwnerId
    name: str = Field(min_length=1, max_length=200)


class AmendOwner(Command):
    """Record an owner's name anew; asking for what holds already changes nothing."""

    TYPE: ClassVar[str] = "recruitment.AmendOwner"

    owner: OwnerId
    name: str = Field(min_length=1, max_length=200)


class RecordParentOwner(Command):
    """Whom an owner itself belongs to from ``since`` until the next such day; no ``parent``: nobody that is known.

    Refused when on any day an owner would own itself through others. Recorded again for the same day it corrects it.
    """

    TYPE: ClassVar[str] = "recruitment.RecordParentOwner"

    owner: OwnerId
    parent: OwnerId | None
    since: dt.date


class OwnerRegistered(Event):
    """An owner is known."""

    TYPE: ClassVar[str] = "recruitment.OwnerRegistered"

    owner: str
    name: str


class OwnerAmended(Event):
    """An owner's name is recorded anew."""

    TYPE: ClassVar[str] = "recruitment.OwnerAmended"

    owner: str
    name: str


class ParentOwnerRecorded(Event):
    """From ``since`` until the next such day an owner belongs to ``parent``; None: nobody that is known."""

    TYPE: ClassVar[str] = "recruitment.ParentOwnerRecorded"

    owner: str
    parent: str | None
    since: dt.date


ASKED: tuple[type[Command], ...] = (RegisterOwner, AmendOwner, RecordParentOwner)

OWNERS = Topic(
    name="qio.recruitment.owners.v1",
    owner="recruitment",
    summary="Owners of participants, and who owns them.",
    messages=(OwnerRegistered, OwnerAmended, ParentOwnerRecorded),
    key="owner id",
    partitions=4,
    retention_days=365,
    gaps=Gaps.CONTIGUOUS,
    confidentiality=Confidentiality.INTERNAL,
    writers=("recruitment",),
    readers=("cli",),
    history=True,
)

TOPICS = (OWNERS,)
