"""The calendar file that goes along with the mail of a session; no other way carries one."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Final
from uuid import UUID

from services.notifications.domain.attachment import Attachment
from services.notifications.domain.calendar import Method, Session, entry

# The session's id and its revision, as the requester gives them: 5b0e3f1c-...:0
CALENDAR: Final = "calendar"
CANCELLED: Final = "SESSION_CANCELLED"
_GIVEN: Final = re.compile(r"([0-9a-f-]{36}):([0-9]{1,6})")


def files(
    notice_type: str, facts: Mapping[str, str], *, organizer: str, attendee: str, at: dt.datetime
) -> tuple[Attachment, ...]:
    """The file for the session the facts tell of; none where they do not tell enough to make one.

    ``at`` is when the notice was queued. Raises NotSendable, ``bad-address``.
    """
    session = _session(facts)
    if session is None:
        return ()
    method = Method.CANCEL if notice_type == CANCELLED else Method.REQUEST
    return (entry(session, method, organizer=organizer, attendee=attendee, at=at),)


def without_file(facts: Mapping[str, str]) -> Mapping[str, str]:
    """The facts for a letter that no file goes along with: it must not speak of one."""
    return {name: value for name, value in facts.items() if name != CALENDAR}


def told(facts: Mapping[str, str]) -> Mapping[str, str]:
    """The facts for a mail: of a file only where there is one."""
    return facts if _session(facts) is not None else without_file(facts)


def _session(facts: Mapping[str, str]) -> Session | None:
    given = _GIVEN.fullmatch(facts.get(CALENDAR, ""))
    if given is None:
        return None
    try:
        return Session(
            session_id=UUID(given[1]),
            revision=int(given[2]),
            starts=dt.datetime.fromisoformat(facts["starts_at"]),
            ends=dt.datetime.fromisoformat(facts["ends_at"]),
            title=facts["session_title"],
            place=facts.get("place", ""),
            description=facts.get("join_url", ""),
        )
    except (KeyError, ValueError):
        return None
