"""The record of a contact: whatever its last event says."""

import datetime as dt
from typing import Final
from uuid import UUID

from shared.contracts.notifications.contacts import CONTACTS, ContactFacts, ContactForgotten, ContactKept
from shared.records.kinds import Kind, Record


class Contact(Record):
    """A contact; ``facts`` is None once it was forgotten."""

    id: UUID
    facts: ContactFacts | None


def _evolve(before: Contact | None, event: ContactKept | ContactForgotten, at: dt.datetime) -> Contact:
    del before, at  # each event is all there is to know
    return Contact(id=event.contact, facts=event.facts if isinstance(event, ContactKept) else None)


CONTACT: Final = Kind(
    name="contact",
    state=Contact,
    events=(ContactKept, ContactForgotten),
    begins=(ContactKept, ContactForgotten),
    id_of=lambda event: str(event.contact),
    evolve=_evolve,
    topic=CONTACTS.name,
)

KINDS: Final = (CONTACT,)
