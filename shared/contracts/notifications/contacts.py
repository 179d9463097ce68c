"""People and organisations that notices go to: who they are, where they can be reached, what they asked for."""

import datetime as dt
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from pydantic import Field

from shared.contracts.message import Command, Contract, Event
from shared.contracts.notifications.own import own_topic
from shared.contracts.notifications.terms import Addresses, Holds, Line, Part, Place, Preferences
from shared.contracts.topic import OVERWRITTEN_DAYS

MOST_HOLDS = 100


class AddressKind(StrEnum):
    """One of the ways in which somebody can be reached."""

    EMAIL = "email"
    PHONE = "phone"
    MOBILE = "mobile"
    POSTAL = "postal"
    PORTAL = "portal"


class ContactFacts(Contract):
    """All that is kept of a contact. Confidential: it names a person or organisation and how to reach it.

    ``consented_name`` says whether a practitioner or partner agreed to be named to others.
    """

    name: Line
    organisation: bool = False
    addresses: Addresses = Addresses()
    preferences: Preferences = Preferences()
    holds: tuple[Holds, ...] = Field(default=(), max_length=MOST_HOLDS)
    consented_name: bool = False
    stopped: bool = Field(default=False, description="asked not to be written to; legal notices still go")


class RegisterContact(Command):
    """Register a person or organisation that notices may go to.

    With an id of the asker's (``contact``) it happens once: one that is registered already stays as it is, and the
    answer says whether that is ``as_given``. Refused for one that was forgotten, who is not to come back with a file.
    """

    TYPE: ClassVar[str] = "notifications.RegisterContact"

    contact: UUID | None = None
    facts: ContactFacts


class _OfContact(Command):
    contact: UUID


class AmendContact(_OfContact):
    """Correct a name or addresses: what is given takes the place of what was, ``without`` takes addresses away.

    Refused where a channel the contact asked for would be left without its address.
    """

    TYPE: ClassVar[str] = "notifications.AmendContact"

    name: Line | None = None
    organisation: bool | None = None
    addresses: Addresses = Addresses()
    without: tuple[AddressKind, ...] = Field(default=(), max_length=5)


class GiveRole(_OfContact):
    """Somebody has a part somewhere from a day on; refused where that overlaps the same part at the same place."""

    TYPE: ClassVar[str] = "notifications.GiveRole"

    part: Part
    place: Place
    since: dt.date
    until: dt.date | None = Field(default=None, description="the first day without it")


class EndRole(_OfContact):
    """The last part of that kind at that place ends; on the day it began it is taken back as if never given."""

    TYPE: ClassVar[str] = "notifications.EndRole"

    part: Part
    place: Place
    until: dt.date = Field(description="the first day without it")


class SetPreferences(_OfContact):
    """What somebody asks for from now on: the whole of it, in the place of what was."""

    TYPE: ClassVar[str] = "notifications.SetPreferences"

    preferences: Preferences


class StopWriting(_OfContact):
    """Somebody asks not to be written to. Legal notices still go; asking again changes nothing."""

    TYPE: ClassVar[str] = "notifications.StopWriting"


class ResumeWriting(_OfContact):
    """Somebody may be written to again."""

    TYPE: ClassVar[str] = "notifications.ResumeWriting"


class RecordNameConsent(_OfContact):
    """Somebody agrees to be named to others, or takes that back."""

    TYPE: ClassVar[str] = "notifications.RecordNameConsent"

    consented: bool


class ForgetContact(_OfContact):
    """Keep nothing of a contact any more. Never refused: whoever is unknown or forgotten already stays so."""

    TYPE: ClassVar[str] = "notifications.ForgetContact"


class MergeContacts(_OfContact):
    """Two contacts are one: ``other`` is forgotten, ``contact`` has the parts of both.

    What is known of both stays as ``contact`` has it; an address it lacks is taken over. Whoever of them asked not to
    be written to is not written to.
    """

    TYPE: ClassVar[str] = "notifications.MergeContacts"

    other: UUID


class ContactKept(Event):
    """All that is known of a contact from now on; each of these replaces the one before it."""

    TYPE: ClassVar[str] = "notifications.ContactKept"

    contact: UUID
    facts: ContactFacts


class ContactForgotten(Event):
    """Nothing is kept of a contact any more; the earlier record of this key goes with compaction."""

    TYPE: ClassVar[str] = "notifications.ContactForgotten"

    contact: UUID
    merged_into: UUID | None = Field(default=None, description="the contact that has its parts now")


class ContactsTidied(Event):
    """A day's record about nobody: it leaves contacts that were forgotten before it to the broker to clean away."""

    TYPE: ClassVar[str] = "notifications.ContactsTidied"

    on: dt.date


CONTACTS = own_topic(
    name="contacts",
    summary=(
        "People and organisations that notices go to; the last record of each is all there is of it. "
        f"Who was forgotten is gone from the broker within {OVERWRITTEN_DAYS} days. For the service itself."
    ),
    messages=(ContactKept, ContactForgotten, ContactsTidied),
    key="contact id; of the record about nobody, tidied",
    erasable=True,
)

ASKED: tuple[type[Command], ...] = (
    RegisterContact,
    AmendContact,
    GiveRole,
    EndRole,
    SetPreferences,
    StopWriting,
    ResumeWriting,
    RecordNameConsent,
    ForgetContact,
    MergeContacts,
)
TOPICS = (CONTACTS,)
