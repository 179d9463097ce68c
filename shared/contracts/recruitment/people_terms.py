"""The words that people, caseloads and contacts are spoken of in."""

import datetime as dt
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from shared.contracts.message import Contract
from shared.contracts.recruitment.terms import Line, Words

_SLUG = "[a-z0-9][a-z0-9-]{1,59}"
_PARTICIPANT = f"participant:([0-9A-Z]{{6}}|npi:[0-9]{{10}}|own:{_SLUG})"
_COMMUNITY = f"community:{_SLUG}"

PersonId = Annotated[
    str, Field(pattern=f"^{_SLUG}$", description="as the QIO names its people: a personnel number or a short name")
]
Expertise = Annotated[str, Field(pattern=f"^{_SLUG}$", description="a topic, for example pressure-ulcers")]
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
Email = Annotated[
    str,
    Field(max_length=254, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s.]+$", description="for example ann@example.org"),
]
Phone = Annotated[str, Field(pattern=r"^[0-9+(). x-]{7,40}$", description="for example 617-555-0100 x12")]


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
