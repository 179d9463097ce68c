"""Beneficiaries and families as partners: as little as is needed, and apart from everything that others read.

The name has a topic of its own, because it is to be forgotten and what is known of the consent is not.
"""

import datetime as dt
from enum import StrEnum
from typing import ClassVar

from pydantic import Field

from shared.contracts.message import Command, Event
from shared.contracts.recruitment.ids import ParticipantId
from shared.contracts.recruitment.terms import StateCode
from shared.contracts.topic import OVERWRITTEN_DAYS, Confidentiality, Gaps, Topic


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
    state: StateCode
    consented_on: dt.date
    consent: ConsentGiven


class WithdrawConsent(Command):
    """A partner takes the consent back: the name is forgotten and the participation ends that day."""

    TYPE: ClassVar[str] = "recruitment.WithdrawConsent"

    participant: ParticipantId
    on: dt.date


class PartnerRegistered(Event):
    """A person takes part and agreed to be recorded; the name is told apart."""

    TYPE: ClassVar[str] = "recruitment.PartnerRegistered"

    participant: str
    consented_on: dt.date
    consent: ConsentGiven


class ConsentWithdrawn(Event):
    """A person took the consent back; the name is forgotten."""

    TYPE: ClassVar[str] = "recruitment.ConsentWithdrawn"

    participant: str
    on: dt.date


class PartnerNamed(Event):
    """The name a person who takes part is to be called by; alone it tells all there is to their name."""

    TYPE: ClassVar[str] = "recruitment.PartnerNamed"

    participant: str
    display_name: str


class PartnerNameErased(Event):
    """A person who took part has no name from now on; alone it tells all there is to their name."""

    TYPE: ClassVar[str] = "recruitment.PartnerNameErased"

    participant: str


class PartnerNamesTidied(Event):
    """A day's record about nobody: it leaves names that were erased before it to the broker to clean away."""

    TYPE: ClassVar[str] = "recruitment.PartnerNamesTidied"

    on: dt.date


ASKED: tuple[type[Command], ...] = (RegisterPartner, WithdrawConsent)

FAMILY_PARTNERS = Topic(
    name="qio.recruitment.family-partners.v1",
    owner="recruitment",
    summary="Beneficiaries and families who take part, and their consent; no names.",
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

PARTNER_NAMES = Topic(
    name="qio.recruitment.family-partner-names.v1",
    owner="recruitment",
    summary=(
        "Names that beneficiaries and families chose as partners, until they take the consent back. "
        f"A name that was erased is gone from the broker within {OVERWRITTEN_DAYS} days. For the service itself."
    ),
    messages=(PartnerNamed, PartnerNameErased, PartnerNamesTidied),
    key="participant id; of the record about nobody, tidied",
    partitions=1,
    retention_days=30,
    gaps=Gaps.LATEST_WINS,
    confidentiality=Confidentiality.CONFIDENTIAL,
    writers=("recruitment",),
    readers=("recruitment",),
    compacted=True,
    history=True,
)

TOPICS = (FAMILY_PARTNERS, PARTNER_NAMES)
