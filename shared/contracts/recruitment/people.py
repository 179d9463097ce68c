"""The people of the QIOs: staff, experts, caseloads, and the log of contacts."""

import datetime as dt
from enum import StrEnum
from typing import Annotated, ClassVar
from uuid import UUID

from pydantic import Field

from shared.contracts.message import Command, Contract, Event
from shared.contracts.topic import Confidentiality, Gaps, Topic

_SLUG = "[a-z0-9][a-z0-9-]{1,59}"
_PARTICIPANT = f"participant:([0-9A-Z]{{6}}|npi:[0-9]{{10}}|own:{_SLUG})"
_COMMUNITY = f"community:{_SLUG}"

PersonId = Annotated[
    str, Field(pattern=f"^{_SLUG}$", description="as the QIO names its people: a personnel number or a short name")
]
Expertise = Annotated[str, Field(pattern=f"^{_SLUG}$", description="a topic, for example pressure-ulcers")]
StateCode = Annotated[str, Field(pattern="^[A-Z]{2}$")]
LookedAfter = Annotated[
    str,
    Field(pattern=f"^({_PARTICIPANT}|{_COMMUNITY})$", description="participant: or community: and its id"),
]
ContactWith = Annotated[
    str,
    Field(
        pattern=f"^({_PARTICIPANT}|{_COMMUNITY}|person:{_SLUG})$",
        description="participant:, community: or person: and its id",
    ),
]
Line = Annotated[str, Field(min_length=1, max_length=200)]
Words = Annotated[str, Field(min_length=1, max_length=2_000)]
Email = Annotated[str, Field(max_length=254, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s.]+$")]
Phone = Annotated[str, Field(pattern=r"^[0-9+(). x-]{7,40}$")]


class PersonKind(StrEnum):
    """Whether somebody is on the staff of a QIO or lends it expertise."""

    STAFF = "STAFF"
    EXPERT = "EXPERT"


class Part(StrEnum):
    """What somebody is for those they look after: the one lead, or a support beside."""

    LEAD = "LEAD"
    SUPPORT = "SUPPORT"


class Channel(StrEnum):
    """How a contact took place."""

    PHONE = "PHONE"
    EMAIL = "EMAIL"
    LETTER = "LETTER"
    VISIT = "VISIT"
    MEETING = "MEETING"
    WEBINAR = "WEBINAR"
    TEXT_MESSAGE = "TEXT_MESSAGE"


class Profile(Contract):
    """Who somebody is at work: all of it professional, nothing private."""

    name: Line
    profession: Line = Field(description="for example registered nurse, pharmacist, statistician")
    expertise: tuple[Expertise, ...] = Field(default=(), max_length=40)
    email: Email | None = None
    phone: Phone | None = None


class RegisterPerson(Command):
    """Take up a member of staff or an expert, in a first role.

    Without ``qio`` it is the network that answers for the states on the first day; refused where no source names one.
    A role may be arranged up to a year ahead. Refused for a person id that is taken.
    """

    TYPE: ClassVar[str] = "recruitment.RegisterPerson"

    person: PersonId
    kind: PersonKind
    profile: Profile
    role: Line
    qio: Line | None = None
    states: tuple[StateCode, ...] = Field(min_length=1, max_length=60, description="the states served in this role")
    since: dt.date


class AmendPerson(Command):
    """State anew who somebody is at work; the same again changes nothing."""

    TYPE: ClassVar[str] = "recruitment.AmendPerson"

    person: PersonId
    profile: Profile


class AssignRole(Command):
    """Give somebody a further role, or one after they left; ``qio`` as in ``RegisterPerson``."""

    TYPE: ClassVar[str] = "recruitment.AssignRole"

    person: PersonId
    role: Line
    qio: Line | None = None
    states: tuple[StateCode, ...] = Field(min_length=1, max_length=60)
    since: dt.date


class ReleaseRole(Command):
    """End one role after its last day."""

    TYPE: ClassVar[str] = "recruitment.ReleaseRole"

    person: PersonId
    role_id: UUID
    last_day: dt.date


class RetirePerson(Command):
    """Somebody leaves: every role ends after the last day. What they looked after waits to be handed over."""

    TYPE: ClassVar[str] = "recruitment.RetirePerson"

    person: PersonId
    last_day: dt.date


class AssignCaseload(Command):
    """Give a participant or community to somebody to look after, from a day on.

    Refused: a second lead at a time, a support where there is no lead, a person who does not serve that day or not in
    that state, a participant that is closed, a day in the future.
    """

    TYPE: ClassVar[str] = "recruitment.AssignCaseload"

    subject: LookedAfter
    person: PersonId
    part: Part = Part.LEAD
    since: dt.date


class TransferCaseload(Command):
    """The lead becomes somebody else from a day on; who was lead before stays in the history."""

    TYPE: ClassVar[str] = "recruitment.TransferCaseload"

    subject: LookedAfter
    to: PersonId
    on: dt.date = Field(description="the first day of the new lead")


class ReleaseCaseload(Command):
    """Somebody looks after it no longer; refused for the lead while others support, because one must lead them."""

    TYPE: ClassVar[str] = "recruitment.ReleaseCaseload"

    subject: LookedAfter
    person: PersonId
    last_day: dt.date


class ContactFacts(Contract):
    """What a contact was. Confidential: the words may be about people (42 CFR 480.101).

    ``person`` is who made it for the QIO. A next step has a day by which it is due, and a day has a step.
    """

    person: PersonId
    subject: ContactWith
    on: dt.date = Field(description="the day it took place, where it took place")
    channel: Channel
    about: Words
    outcome: Words | None = None
    next_step: Words | None = None
    next_step_on: dt.date | None = None


class RecordContact(Command):
    """Write down a contact that took place."""

    TYPE: ClassVar[str] = "recruitment.RecordContact"

    facts: ContactFacts


class CorrectContact(Command):
    """State a contact anew, all of it; what was said before stays beside it.

    ``version`` is the version that is corrected, so that nobody overwrites what they have not seen.
    """

    TYPE: ClassVar[str] = "recruitment.CorrectContact"

    contact: UUID
    version: int = Field(ge=1)
    facts: ContactFacts
    why: Words


class WithdrawContact(Command):
    """Say that a contact was logged in error: it did not take place, or is there twice. It stays readable."""

    TYPE: ClassVar[str] = "recruitment.WithdrawContact"

    contact: UUID
    why: Words


class CompleteNextStep(Command):
    """The next step of a contact is done."""

    TYPE: ClassVar[str] = "recruitment.CompleteNextStep"

    contact: UUID
    done_on: dt.date


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


class ContactWithdrawn(Event):
    """A contact had been logged in error."""

    TYPE: ClassVar[str] = "recruitment.ContactWithdrawn"

    contact: UUID
    why: Words
    actor: str


class NextStepCompleted(Event):
    """The next step of a contact was done on a day."""

    TYPE: ClassVar[str] = "recruitment.NextStepCompleted"

    contact: UUID
    done_on: dt.date
    actor: str


ASKED: tuple[type[Command], ...] = (
    RegisterPerson,
    AmendPerson,
    AssignRole,
    ReleaseRole,
    RetirePerson,
    AssignCaseload,
    TransferCaseload,
    ReleaseCaseload,
    RecordContact,
    CorrectContact,
    WithdrawContact,
    CompleteNextStep,
)

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
    messages=(ContactRecorded, ContactCorrected, ContactWithdrawn, NextStepCompleted),
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
