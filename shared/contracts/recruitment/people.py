"""The people of the QIOs: staff, experts, caseloads, and the log of contacts: what happens."""

import datetime as dt
from typing import ClassVar
from uuid import UUID

from pydantic import Field

from shared.contracts.message import Command, Event
from shared.contracts.recruitment import people_commands
from shared.contracts.recruitment.people_terms import ContactFacts, LookedAfter, Part, PersonId, PersonKind, Profile
from shared.contracts.recruitment.terms import Line, StateCode, Words
from shared.contracts.topic import Confidentiality, Gaps, Topic


class PersonRegistered(Event):
    """Somebody works for or with a QIO."""

    TYPE: ClassVar[str] = "recruitment.PersonRegistered"

    person: PersonId
    kind: PersonKind
    profile: Profile


class PersonAmended(Event):
    """What is known of somebody at work is this from now on."""

    TYPE: ClassVar[str] = "recruitment.PersonAmended"

    person: PersonId
    profile: Profile


class RoleAssigned(Event):
    """Somebody serves these states in a role from a day on."""

    TYPE: ClassVar[str] = "recruitment.RoleAssigned"

    person: PersonId
    role_id: UUID
    role: Line
    qio: Line
    states: tuple[StateCode, ...]
    since: dt.date


class RoleReleased(Event):
    """A role ended; ``until`` is the first day it no longer holds."""

    TYPE: ClassVar[str] = "recruitment.RoleReleased"

    person: PersonId
    role_id: UUID
    until: dt.date


class PersonRetired(Event):
    """Somebody left, and with that every role; ``until`` is the first day they no longer serve."""

    TYPE: ClassVar[str] = "recruitment.PersonRetired"

    person: PersonId
    until: dt.date


class CaseloadAssigned(Event):
    """Somebody looks after a participant or community from a day on."""

    TYPE: ClassVar[str] = "recruitment.CaseloadAssigned"

    subject: LookedAfter
    person: PersonId
    part: Part
    since: dt.date


class CaseloadTransferred(Event):
    """The lead changed; ``on`` is the first day of the new lead."""

    TYPE: ClassVar[str] = "recruitment.CaseloadTransferred"

    subject: LookedAfter
    before: PersonId
    to: PersonId
    on: dt.date


class CaseloadReleased(Event):
    """Somebody looks after it no longer; ``until`` is the first such day."""

    TYPE: ClassVar[str] = "recruitment.CaseloadReleased"

    subject: LookedAfter
    person: PersonId
    until: dt.date


class ContactRecorded(Event):
    """A contact took place."""

    TYPE: ClassVar[str] = "recruitment.ContactRecorded"

    contact: UUID
    facts: ContactFacts
    actor: str


class ContactCorrected(Event):
    """A contact was otherwise than was said before; all of it as it is said now."""

    TYPE: ClassVar[str] = "recruitment.ContactCorrected"

    contact: UUID
    version: int = Field(ge=2, description="the number of this version; the first was the log's")
    facts: ContactFacts
    why: Words
    actor: str


class ContactEntryWithdrawn(Event):
    """A contact had been logged in error."""

    TYPE: ClassVar[str] = "recruitment.ContactEntryWithdrawn"

    contact: UUID
    why: Words
    actor: str


class NextStepCompleted(Event):
    """The next step of a contact was done on a day."""

    TYPE: ClassVar[str] = "recruitment.NextStepCompleted"

    contact: UUID
    done_on: dt.date
    actor: str


ASKED: tuple[type[Command], ...] = people_commands.ASKED

PEOPLE = Topic(
    name="qio.recruitment.people.v1",
    owner="recruitment",
    summary="Staff and experts of the QIOs, and where they served when.",
    messages=(PersonRegistered, PersonAmended, RoleAssigned, RoleReleased, PersonRetired),
    key="person id",
    partitions=4,
    retention_days=30,
    gaps=Gaps.CONTIGUOUS,
    confidentiality=Confidentiality.CONFIDENTIAL,
    writers=("recruitment",),
    readers=("cli",),
    history=True,
)
CASELOADS = Topic(
    name="qio.recruitment.caseloads.v1",
    owner="recruitment",
    summary="Who looks after which participant or community.",
    messages=(CaseloadAssigned, CaseloadTransferred, CaseloadReleased),
    key="participant: or community: and its id",
    partitions=4,
    retention_days=30,
    gaps=Gaps.CONTIGUOUS,
    confidentiality=Confidentiality.CONFIDENTIAL,
    writers=("recruitment",),
    readers=("cli",),
    history=True,
)
CONTACTS = Topic(
    name="qio.recruitment.contacts.v1",
    owner="recruitment",
    summary="The log of contacts and their next steps.",
    messages=(ContactRecorded, ContactCorrected, ContactEntryWithdrawn, NextStepCompleted),
    key="contact id",
    partitions=4,
    retention_days=30,
    gaps=Gaps.CONTIGUOUS,
    confidentiality=Confidentiality.CONFIDENTIAL,
    writers=("recruitment",),
    readers=("cli",),
    history=True,
)

TOPICS = (PEOPLE, CASELOADS, CONTACTS)
