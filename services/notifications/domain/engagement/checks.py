"""What stories, feedback, surveys and aids are checked for alike."""

import datetime as dt
from collections.abc import Iterator
from typing import Final

from services.notifications.domain.contacts.kinds import Contact
from shared.contracts.replies import Reason

# Somewhere it is tomorrow already while it is today in UTC.
_ZONES: Final = dt.timedelta(hours=14)


def ahead(day: dt.date, field: str, now: dt.datetime) -> Iterator[Reason]:
    """Why a day cannot be: it is ahead everywhere at ``now`` (UTC)."""
    if day > (now + _ZONES).date():
        yield Reason(code="DAY_AHEAD", field=field, text="The day is ahead.")


def unknown_contact(contact: Contact | None, field: str) -> Iterator[Reason]:
    """Why a contact cannot be meant: there is none, or it was forgotten."""
    if contact is None or contact.facts is None:
        yield Reason(code="CONTACT_UNKNOWN", field=field, text="There is no such contact any more.")
