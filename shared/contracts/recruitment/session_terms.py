"""The words that sessions of a learning network are spoken of in."""

import datetime as dt
from enum import StrEnum
from typing import Annotated, Final

from pydantic import AwareDatetime, Field

from shared.contracts.recruitment.terms import Line


class SessionKind(StrEnum):
    """What kind of meeting a session is."""

    LEARNING_SESSION = "LEARNING_SESSION"
    WEBINAR = "WEBINAR"
    COACHING_CALL = "COACHING_CALL"
    OFFICE_HOURS = "OFFICE_HOURS"
    OUTCOMES_CONGRESS = "OUTCOMES_CONGRESS"


class SessionMode(StrEnum):
    """How a session can be taken part in."""

    ONLINE = "ONLINE"
    IN_PERSON = "IN_PERSON"
    BOTH = "BOTH"


class PresenceMode(StrEnum):
    """How people of a participant take part in a session."""

    ONLINE = "ONLINE"
    IN_PERSON = "IN_PERSON"


class Question(StrEnum):
    """What every evaluation asks, answered from 1 (not at all) to 5 (very much)."""

    WAS_USEFUL = "WAS_USEFUL"
    WAS_CLEAR = "WAS_CLEAR"
    LEARNED_FROM_PEERS = "LEARNED_FROM_PEERS"
    WILL_TRY_SOMETHING = "WILL_TRY_SOMETHING"
    WORTH_THE_TIME = "WORTH_THE_TIME"


class AttendanceSource(StrEnum):
    """How attendance became known."""

    STAFF = "STAFF"
    EXPORT = "EXPORT"


class Told(StrEnum):
    """What participants were told of a session."""

    INVITATION = "INVITATION"
    REMINDER = "REMINDER"
    CANCELLATION = "CANCELLATION"


FIRST: Final = dt.date(1982, 9, 3)  # before it there was no program
LAST: Final = dt.date(2099, 12, 31)
Day = Annotated[dt.date, Field(le=LAST)]
Instant = Annotated[
    AwareDatetime,
    Field(
        ge=dt.datetime.combine(FIRST, dt.time(), dt.UTC),
        le=dt.datetime.combine(LAST, dt.time(), dt.UTC),
        description="with its offset; kept in UTC",
    ),
]
Zone = Annotated[
    str,
    Field(
        pattern=r"^[A-Za-z][A-Za-z0-9_+/-]{1,60}$",
        description="IANA time zone of the place, in which people are told the time",
    ),
]
Link = Annotated[
    str,
    Field(
        max_length=500,
        pattern=r"^https://[A-Za-z0-9][A-Za-z0-9.-]*(:[0-9]{1,5})?([/?#][^\s<>\"]*)?$",
        description="https only, without a user name in it",
    ),
]
OfficePhone = Annotated[
    str, Field(pattern=r"^[0-9+(). x-]{7,40}$", description="where the office answers questions; no person's own")
]
People = Annotated[int, Field(ge=1, le=2_000, description="number of people")]
Capacity = Annotated[int, Field(ge=1, le=100_000, description="people in all, online and in person")]
Agenda = Annotated[tuple[Line, ...], Field(max_length=60, description="in the order of the day")]
Origin = Annotated[
    str,
    Field(
        pattern=r"^(partner:[a-z0-9][a-z0-9-]{1,59}|qio:[a-z0-9][a-z0-9-]{1,59}"
        r"|participant:([0-9A-Z]{6}|npi:[0-9]{10}|own:[a-z0-9][a-z0-9-]{1,59}))$",
        description="partner: a national partner, qio: a QIO, participant: whoever takes part and made it",
    ),
]
Answers = Annotated[dict[Question, Annotated[int, Field(ge=1, le=5)]], Field(min_length=1)]
