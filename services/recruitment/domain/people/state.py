"""The people of the QIOs, whom they look after, and their contacts, as they stand."""

import datetime as dt
from enum import StrEnum
from uuid import UUID

from shared.contracts.recruitment.people_terms import (
    ContactFacts,
    Part,
    PersonKind,
    Profile,
)
from shared.records.kinds import Record


class Spell(Record):
    """What holds from ``since`` up to ``until``, the first day it no longer does (None: it goes on)."""

    since: dt.date
    until: dt.date | None = None

    def holds(self, day: dt.date) -> bool:
        """Whether it holds on a day."""
        return self.since <= day and (self.until is None or day < self.until)

    def reaches(self, day: dt.date) -> bool:
        """Whether it holds on a day or at any time later."""
        return self.until is None or self.until > max(day, self.since)


class Role(Spell):
    """One role of somebody."""

    role_id: UUID
    role: str
    qio: str
    states: tuple[str, ...]


class Person(Record):
    """A member of staff or an expert; ``roles`` in the order they were given, ended ones too."""

    id: str
    kind: PersonKind
    profile: Profile
    roles: tuple[Role, ...] = ()

    def serving(self, day: dt.date) -> tuple[Role, ...]:
        """The roles held on a day."""
        return tuple(role for role in self.roles if role.holds(day))

    def states(self, day: dt.date) -> frozenset[str]:
        """The states served on a day."""
        return frozenset(state for role in self.serving(day) for state in role.states)


class Charge(Spell):
    """Somebody's part in looking after one subject."""

    person: str
    part: Part


class Caseload(Record):
    """Who looks and looked after one participant or community, in the order it was given to them."""

    subject: str
    charges: tuple[Charge, ...] = ()

    @property
    def lead(self) -> Charge | None:
        """The lead as things stand; there is never more than one."""
        return next((charge for charge in self.standing if charge.part is Part.LEAD), None)

    @property
    def standing(self) -> tuple[Charge, ...]:
        """The charges that have not ended."""
        return tuple(charge for charge in self.charges if charge.until is None)

    def charge_of(self, person: str) -> Charge | None:
        """What somebody is for this subject as things stand."""
        return next((charge for charge in self.standing if charge.person == person), None)


class ContactState(StrEnum):
    """Whether a contact is on record or was written down in error, and what of it is still to do."""

    CONCLUDED = "CONCLUDED"
    STEP_DUE = "STEP_DUE"
    STEP_DONE = "STEP_DONE"
    WITHDRAWN = "WITHDRAWN"


class Said(Record):
    """Who said so, when (UTC), and why; there is no reason for what was said first."""

    actor: str
    at: dt.datetime
    why: str | None = None


class Version(Said):
    """A contact as it was said once."""

    facts: ContactFacts


class Contact(Record):
    """A contact and all that was ever said of it; the last version holds."""

    id: UUID
    state: ContactState
    versions: tuple[Version, ...]
    step_done_on: dt.date | None = None
    withdrawn: Said | None = None

    @property
    def facts(self) -> ContactFacts:
        """The contact as it is said now."""
        return self.versions[-1].facts
