"""A participant as it stands, and what is kept beside it."""

import datetime as dt
from collections.abc import Mapping
from enum import StrEnum

from shared.contracts.recruitment.family_partners import ConsentGiven
from shared.contracts.recruitment.ids import Setting
from shared.records.kinds import Record


class Standing(StrEnum):
    """Whether a participant goes on, and as itself."""

    OPEN = "OPEN"
    CLOSED = "CLOSED"
    MERGED = "MERGED"


class Turn(Record):
    """A closing, reopening or merger: from ``on`` the standing is ``to``; ``at`` is when it was recorded (UTC)."""

    to: Standing
    on: dt.date
    reason: str
    into: str | None = None
    actor: str
    at: dt.datetime


class Participant(Record):
    """A facility, practice, organisation or person that takes part or could.

    ``as_of`` and ``digest`` say which edition of a provider list is held, None and empty where none lists it;
    ``listed_as`` are list and number of everything that was ever listed as this participant, ``ratings`` all its
    ratings by day of the list (read them with ``ratings.read``). ``amended`` are the fields that staff recorded, each
    with what the list says instead (None: nothing): lists change these no more. ``closed_on`` is the first day it is
    closed, ``merged_into`` the participant that goes on in its place from ``merged_on``; ``turns`` is how that came.
    ``owners`` has for each day of change (ISO) who owns it from then on, None for nobody known. ``zip_code`` is empty
    for a person.
    """

    id: str
    setting: Setting
    name: str
    state: str
    zip_code: str
    address: str | None = None
    city: str | None = None
    county: str | None = None
    ownership: str | None = None
    kind: str | None = None
    certified_beds: int | None = None
    residents: int | None = None
    special_focus: bool = False
    overall_rating: int | None = None
    health_inspection_rating: int | None = None
    staffing_rating: int | None = None
    rn_staffing_rating: int | None = None
    quality_rating: int | None = None
    qin_qio: str
    as_of: dt.date | None = None
    digest: str = ""
    listed_as: tuple[str, ...] = ()
    ratings: Mapping[str, str] = {}
    amended: Mapping[str, str | None] = {}
    identifiers: tuple[str, ...] = ()
    owners: Mapping[str, str | None] = {}
    closed_on: dt.date | None = None
    merged_into: str | None = None
    merged_on: dt.date | None = None
    turns: tuple[Turn, ...] = ()

    @property
    def standing(self) -> Standing:
        """What the last turn led to; a closing that is still ahead counts as closed."""
        if self.merged_into is not None:
            return Standing.MERGED
        return Standing.OPEN if self.closed_on is None else Standing.CLOSED


class Identifier(Record):
    """Whose further identifier this is; None: nobody's any more."""

    participant: str | None


class FamilyPartner(Record):
    """A person who takes part, and the consent; the name is a record of its own."""

    id: str
    consented_on: dt.date
    consent: ConsentGiven
    withdrawn_on: dt.date | None = None


class PartnerName(Record):
    """What a person who takes part is to be called; None once the consent was taken back."""

    id: str
    display_name: str | None


class Owner(Record):
    """An owner; ``parents`` has for each day of change (ISO) whom it belongs to from then on, None for nobody known."""

    id: str
    name: str
    parents: Mapping[str, str | None] = {}


class OwnerTree(Record):
    """Whom each owner belongs to over time: one view over all owners, because a circle can go through any of them."""

    parents: Mapping[str, Mapping[str, str | None]]


def owner_on(steps: Mapping[str, str | None], day: dt.date) -> str | None:
    """Who is the owner on a day, by days of change; None when nobody is known."""
    days = [since for since in steps if since <= day.isoformat()]
    return steps[max(days)] if days else None


def owner_before(steps: Mapping[str, str | None], day: dt.date) -> str | None:
    """Who was the owner until a day, that day left out; None when nobody is known."""
    days = [since for since in steps if since < day.isoformat()]
    return steps[max(days)] if days else None
