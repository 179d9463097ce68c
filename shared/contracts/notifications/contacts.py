"""People and organisations that notices go to: who they are, where they can be reached, what they asked for."""

from typing import ClassVar
from uuid import UUID

from pydantic import Field

from shared.contracts.message import Command, Contract, Event
from shared.contracts.notifications.terms import Addresses, Holds, Line, Preferences
from shared.contracts.topic import Confidentiality, Gaps, Topic


class ContactFacts(Contract):
    """All that is kept of a contact. Confidential: it names a person or organisation and how to reach it.

    ``consented_name`` says whether a practitioner or partner agreed to be named to others.
    """

    name: Line
    organisation: bool = False
    addresses: Addresses = Addresses()
    preferences: Preferences = Preferences()
    holds: tuple[Holds, ...] = Field(default=(), max_length=100)
    consented_name: bool = False
    stopped: bool = Field(default=False, description="asked not to be written to; legal notices still go")


class ContactKept(Event):
    """All that is known of a contact from now on; each of these replaces the one before it."""

    TYPE: ClassVar[str] = "notifications.ContactKept"

    contact: UUID
    facts: ContactFacts


class ContactForgotten(Event):
    """Nothing is kept of a contact any more; the earlier record of this key goes with compaction."""

    TYPE: ClassVar[str] = "notifications.ContactForgotten"

    contact: UUID


CONTACTS = Topic(
    name="qio.notifications.contacts.v1",
    owner="notifications",
    summary="People and organisations that notices go to; the last record of each is all there is of it.",
    messages=(ContactKept, ContactForgotten),
    key="contact id",
    partitions=4,
    retention_days=30,
    gaps=Gaps.LATEST_WINS,
    confidentiality=Confidentiality.CONFIDENTIAL,
    writers=("notifications",),
    readers=("notifications",),
    compacted=True,
    history=True,
)

ASKED: tuple[type[Command], ...] = ()
TOPICS = (CONTACTS,)
