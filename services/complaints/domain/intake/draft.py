"""An interview so far as a value: how and when the QIO was reached, and what was answered."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import NamedTuple
from uuid import UUID

from services.complaints.domain.case import Entry
from shared.contracts.complaints import CaseType, Channel
from shared.contracts.intake import ContactKind, WhyAbandoned

# Contacts by which a request can reach the QIO; the others are the QIO's own attempts.
CHANNELS: Mapping[ContactKind, Channel] = {
    ContactKind.VOICEMAIL_LEFT: Channel.VOICEMAIL,
    ContactKind.CALL_ANSWERED: Channel.PHONE,
    ContactKind.TTY_ANSWERED: Channel.TTY,
    ContactKind.FAX_ARRIVED: Channel.FAX,
    ContactKind.MAIL_ARRIVED: Channel.MAIL,
    ContactKind.PORTAL_SUBMITTED: Channel.PORTAL,
}
WRITTEN = frozenset({Channel.FAX, Channel.MAIL, Channel.PORTAL})
# 42 CFR 476.120(a)(1): a complaint is received when it is there in writing; electronic counts.
IN_WRITING = frozenset({CaseType.BENE_COMPLAINT})


class State(StrEnum):
    """What became of an interview."""

    OPEN = "OPEN"
    COMPLETED = "COMPLETED"
    ABANDONED = "ABANDONED"
    EXPIRED = "EXPIRED"


class Contact(NamedTuple):
    """One contact, UTC."""

    at: dt.datetime
    kind: ContactKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """The aggregate. ``answers`` by question; an empty one was asked and is not known.

    ``expires_at`` is when an untouched interview is given up and its content erased.
    """

    id: UUID
    language: str
    contacts: tuple[Contact, ...]
    answers: Mapping[str, str] = field(default_factory=dict)
    state: State = State.OPEN
    case_id: UUID | None = None
    why: WhyAbandoned | None = None
    expires_at: dt.datetime | None = field(default=None, compare=False)
    version: int = field(default=0, compare=False)
    unsaved: tuple[Entry, ...] = field(default=(), compare=False)

    def answer(self, question: str) -> str | None:
        """What was answered; None where nothing was, or nothing is known."""
        return self.answers.get(question) or None

    def asked(self, question: str) -> bool:
        """Whether a question was put, known or not."""
        return question in self.answers

    def met(self, contacts: Iterable[Contact]) -> "Draft":
        """With further contacts, each once, in the order of time."""
        return replace(self, contacts=tuple(sorted({*self.contacts, *contacts})))

    def noted(self, entry: Entry) -> "Draft":
        """With a line for the audit."""
        return replace(self, unsaved=(*self.unsaved, entry))

    def first_contact(self, case_type: CaseType | None = None) -> Contact:
        """When and how the request was received: the first contact in a form the case type takes.

        Never the end of the interview, nor a call back (42 CFR 405.1206(b)(1): asking by telephone is enough). Where
        the type takes no form there was, the first contact of all.
        """
        requests = [contact for contact in self.contacts if contact.kind in CHANNELS]
        if case_type in IN_WRITING:
            requests = [contact for contact in requests if CHANNELS[contact.kind] in WRITTEN] or requests
        return min(requests)

    @property
    def written(self) -> bool:
        """Whether something in writing is there."""
        return any(CHANNELS.get(contact.kind) in WRITTEN for contact in self.contacts)

    @property
    def tty(self) -> bool:
        """Whether the caller uses a teletypewriter."""
        return any(contact.kind is ContactKind.TTY_ANSWERED for contact in self.contacts)
