"""Beneficiaries and families as partners: as little as is needed, and apart from everything that others read."""

import datetime as dt
from enum import StrEnum
from typing import ClassVar

from pydantic import Field

from shared.contracts.message import Command, Event
from shared.contracts.recruitment.ids import ParticipantId
from shared.contracts.topic import Confidentiality, Gaps, Topic


class ConsentGiven(StrEnum):
    """How someone agreed to be recorded."""

    WRITTEN = "WRITTEN"
    SPOKEN = "SPOKEN"


class RegisterPartner(Command):
    """Register a beneficiary or family member who takes part, under a name of their choice and with their consent.

    Nothing else of the person is kept: no contact, no address, no number. Refused when the consent is of a day ahead.
    """

    TYPE: ClassVar[str] = "recruitment.RegisterPartner"

    display_name: str = Field(min_length=1, max_length=100)
    state: str = Field(pattern=r"^[A-Z]{2}$")
    consented_on: dt.date
    consent: ConsentGiven


class WithdrawConsent(Command):
    """A partner takes the consent back: the name is forgotten and the participation ends that day."""

    TYPE: ClassVar[str] = "recruitment.WithdrawConsent"

    participant: ParticipantId
    on: dt.date


class PartnerRegistered(Event):
    """A person takes part under a name of their choice and agreed to be recorded."""

    TYPE: ClassVar[str] = "recruitment.PartnerRegistered"

    participant: str
    display_name: str
    consented_on: dt.date
    consent: ConsentGiven


class ConsentWithdrawn(Event):
    """A person took the consent back; the name is to be forgotten."""

    TYPE: ClassVar[str] = "recruitment.ConsentWithdrawn"

    participant: str
    on: dt.date


ASKED: tuple[type[Command], ...] = (RegisterPartner, WithdrawConsent)

FAMILY_PARTNERS = Topic(
    name="qio.recruitment.family-partners.v1",
    owner="recruitment",
    summary="Names that beneficiaries and families chose as partners, and their consent.",
    messages=(PartnerRegistered, ConsentWithdrawn),
    key="participant id",
    partitions=1,
    retention_days=30,
    gaps=Gaps.CONTIGUOUS,
    confidentiality=Confidentiality.CONFIDENTIAL,
    writers=("recruitment",),
    readers=("cli",),
    history=True,
)

TOPICS = (FAMILY_PARTNERS,)
