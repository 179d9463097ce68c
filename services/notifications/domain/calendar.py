"""Calendar entries of sessions as iCalendar files, which mail programs offer to keep (RFC 5545, 5546, 6047)."""

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from urllib.parse import quote
from uuid import UUID

from services.notifications.domain.attachment import Attachment
from services.notifications.domain.letters import NotSendable
from services.notifications.domain.mail import BAD_ADDRESS, checked_address
from services.notifications.domain.words import clean, one_line

_LINE: Final = 75  # octets, without the line break (RFC 5545, 3.1)
_DOMAIN: Final = re.compile(r"[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*")


class Method(StrEnum):
    """What the file asks the reader's calendar to do: enter or change the session, or take it out."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


@dataclass(frozen=True, slots=True)
class Session:
    """One session as it is entered into a calendar.

    ``revision`` starts at 0 and rises with every change of it, also with its cancellation: a calendar ignores what is
    older than what it has. ``starts`` and ``ends`` are instants with an offset and are written in UTC, so that every
    calendar shows them in its owner's zone.
    """

    session_id: UUID
    revision: int
    starts: dt.datetime
    ends: dt.datetime
    title: str
    place: str = ""
    description: str = ""

    def __post_init__(self) -> None:
        if self.starts.tzinfo is None or self.ends.tzinfo is None:
            raise ValueError("a session's times need an offset")
        if self.ends.replace(microsecond=0) <= self.starts.replace(microsecond=0):
            raise ValueError("a session ends after it starts")
        if self.revision < 0:
            raise ValueError("revisions count from 0")


def entry(session: Session, method: Method, *, organizer: str, attendee: str, at: dt.datetime) -> Attachment:
    """The session as a file to attach; ``at`` is when the notice was queued, so that a repetition has the same bytes.

    ``organizer`` and ``attendee`` are mail addresses; neither is named. The organizer's domain makes the entry's id,
    which stays the same over all revisions. Text is shown and never read as iCalendar. Raises NotSendable,
    ``bad-address``, for an address that is not plain.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//QIO//Notifications//EN",
        "CALSCALE:GREGORIAN",
        f"METHOD:{method}",
        "BEGIN:VEVENT",
        f"UID:{uid(session.session_id, organizer)}",
        f"SEQUENCE:{session.revision}",
        f"DTSTAMP:{_instant(at)}",
        f"DTSTART:{_instant(session.starts)}",
        f"DTEND:{_instant(session.ends)}",
        f"SUMMARY:{_text(one_line(clean(session.title)))}",
        *_given("LOCATION", one_line(clean(session.place))),
        *_given("DESCRIPTION", clean(session.description)),
        f"ORGANIZER:mailto:{_address(organizer)}",
        f"ATTENDEE;ROLE=OPT-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=FALSE:mailto:{_address(attendee)}",
        f"STATUS:{'CANCELLED' if method is Method.CANCEL else 'CONFIRMED'}",
        "TRANSP:OPAQUE",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    content = "".join(f"{folded}\r\n" for line in lines for folded in _folded(line)).encode()
    name = "cancelled.ics" if method is Method.CANCEL else "session.ics"
    # A mail whose part does not name the method of the file may not be read as an invitation (RFC 6047, 2.4).
    return Attachment(name, "text/calendar", content, (("charset", "UTF-8"), ("method", method.value)))


def uid(session_id: UUID, organizer: str) -> str:
    """The id under which every calendar keeps the session."""
    domain = organizer.rpartition("@")[2]
    if not _DOMAIN.fullmatch(domain):
        raise NotSendable(BAD_ADDRESS)
    return f"{session_id}@{domain}"


def _given(name: str, value: str) -> Iterator[str]:
    if value:
        yield f"{name}:{_text(value)}"


def _instant(moment: dt.datetime) -> str:
    if moment.tzinfo is None:
        raise ValueError("an instant needs an offset")
    return moment.astimezone(dt.UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(value: str) -> str:
    """A value of type TEXT (RFC 5545, 3.3.11); the backslash first, or it would be doubled twice."""
    escaped = value.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return escaped.replace("\n", "\\n")


def _address(address: str) -> str:
    return quote(checked_address(address), safe="@")  # "?" and "%" mean something else in a mailto address (RFC 6068)


def _folded(line: str) -> Iterator[str]:
    """The line in pieces of at most 75 octets, all but the first begun by a space; no character is cut in two."""
    piece, size = "", 0
    for char in line:
        width = len(char.encode())
        if size + width > _LINE:
            yield piece
            piece, size = " ", 1
        piece += char
        size += width
    yield piece
