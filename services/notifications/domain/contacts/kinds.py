"""The record of a contact: whatever its last event says."""

import datetime as dt
from typing import Any, Final
from uuid import UUID

from shared.contracts.notifications.contacts import (
    CONTACTS,
    ContactFacts,
    ContactForgotten,
    ContactKept,
    ContactsTidied,
)
from shared.records.kinds import Kind, Record
from shared.records.tidied import tidied_kind


class Contact(Record):
    """A contact; ``facts`` is None once it was forgotten, and then ``merged_into`` may say who has its parts now."""

    id: UUID
    facts: ContactFacts | None
    merged_into: UUID | None = None


def _evolve(before: Contact | None, event: ContactKept | ContactForgotten, at: dt.datetime) -> Contact:
    del before, at  # each event is all there is to know
    if isinstance(event, ContactKept):
        return Contact(id=event.contact, facts=event.facts)
    return Contact(id=event.contact, facts=None, merged_into=event.merged_into)


CONTACT: Final = Kind(
    name="contact",
    state=Contact,
    events=(ContactKept, ContactForgotten),
    id_of=lambda event: str(event.contact),
    evolve=_evolve,
    topic=CONTACTS.name,
)
CONTACTS_TIDIED: Final = tidied_kind("contacts-tidied", ContactsTidied, CONTACTS.name)

KINDS: Final[tuple[Kind[Any], ...]] = (CONTACT, CONTACTS_TIDIED)
