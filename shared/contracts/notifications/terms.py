"""The words that notices, contacts and audiences are spoken of in."""

import datetime as dt
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from shared.contracts.message import Contract

_SLUG = "[a-z0-9][a-z0-9-]{1,59}"

Line = Annotated[str, Field(min_length=1, max_length=300, pattern=r"^[^\x00-\x1f\x7f]*$")]
Email = Annotated[str, Field(max_length=254, pattern=r"^[^@\s]+@[^@\s]+$")]
Phone = Annotated[str, Field(pattern=r"^[0-9+(). x-]{7,40}$")]
Language = Annotated[str, Field(pattern=r"^[a-z]{2}$", description="ISO 639-1")]
Slug = Annotated[str, Field(pattern=f"^{_SLUG}$")]
Place = Annotated[
    str,
    Field(
        pattern=r"^(facility|community|coalition|collaborative|qio|state|network|any):[A-Za-z0-9:._-]{1,80}$",
        description="what a role is held at: facility:<participant id>, community:<id>, coalition:<id>, "
        "collaborative:<id>, qio:<id>, state:<postal code>, any:any",
    ),
]


class Channel(StrEnum):
    """How a notice reaches its recipient."""

    EMAIL = "email"
    LETTER = "letter"  # printed and posted
    CERTIFIED = "certified"  # printed and posted by certified mail
    CALL = "call"  # staff telephone, with a script
    SMS = "sms"  # through the site's gateway
    VOICE = "voice"  # a recorded call through the site's gateway
    PORTAL = "portal"  # a message in the site's portal
    TASK = "task"  # staff write or hand it over


class Format(StrEnum):
    """How what is written must look to be read by this recipient (45 CFR 92.102; Section 504)."""

    STANDARD = "standard"
    LARGE_PRINT = "large-print"  # at least 18 points
    PLAIN_TEXT = "plain-text"


class Part(StrEnum):
    """In what part somebody has to do with the program."""

    ADMINISTRATOR = "ADMINISTRATOR"  # of a facility
    QUALITY_LEAD = "QUALITY_LEAD"
    FRONTLINE = "FRONTLINE"
    CAREGIVER = "CAREGIVER"
    OWNER = "OWNER"
    RESIDENT = "RESIDENT"
    FAMILY = "FAMILY"
    BENEFICIARY = "BENEFICIARY"
    PRACTITIONER = "PRACTITIONER"
    COALITION_LEAD = "COALITION_LEAD"
    COALITION_MEMBER = "COALITION_MEMBER"
    COMMUNITY_LEADER = "COMMUNITY_LEADER"
    PEER_COACH = "PEER_COACH"
    QIO_STAFF = "QIO_STAFF"
    SUPERVISOR = "SUPERVISOR"
    STAKEHOLDER = "STAKEHOLDER"  # statewide organisations, LANE members, partners


class Rhythm(StrEnum):
    """How often somebody wants what is not urgent; legal notices never wait."""

    AT_ONCE = "at-once"
    DAILY = "daily"
    WEEKLY = "weekly"


class QuietHours(Contract):
    """Hours of the recipient's own day in which nobody calls or texts; ``start`` after ``end`` spans midnight."""

    start: dt.time
    end: dt.time


class PostalAddress(Contract):
    """Where letters go, in the lines of an address block (USPS Publication 28)."""

    lines: tuple[Line, ...] = Field(min_length=1, max_length=3, description="street, unit; without the name")
    city: Line
    state: str = Field(pattern=r"^[A-Z]{2}$")
    zip_code: str = Field(pattern=r"^[0-9]{5}(-[0-9]{4})?$")


class Holds(Contract):
    """A part somebody has somewhere, from a day and, when it ended, up to the day before ``until``."""

    part: Part
    place: Place
    since: dt.date
    until: dt.date | None = None


class Preferences(Contract):
    """What somebody asked for: language, hours, channels, format, rhythm. Legal notices keep their own channels."""

    language: Language = "en"
    time_zone: str = Field(default="America/New_York", max_length=64, description="IANA zone")
    quiet: QuietHours | None = None
    channels: tuple[Channel, ...] = Field(default=(Channel.EMAIL,), max_length=8, description="best first")
    format: Format = Format.STANDARD
    rhythm: Rhythm = Rhythm.AT_ONCE


class Addresses(Contract):
    """Where somebody can be reached, by channel."""

    email: Email | None = None
    phone: Phone | None = Field(default=None, description="for calls")
    mobile: Phone | None = Field(default=None, description="for texts")
    postal: PostalAddress | None = None
    portal: str | None = Field(default=None, max_length=80, description="the id in the site's portal")
