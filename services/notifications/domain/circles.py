"""Circles: who holds a part at a place; whom a notice that follows from an event goes to."""

import datetime as dt
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from typing import Final, NamedTuple
from uuid import UUID

from services.notifications.domain.contacts.parts import ANYWHERE, EVERYWHERE
from services.notifications.domain.roster.silent import silent
from shared.contracts.notifications.contacts import ContactFacts
from shared.contracts.notifications.requests import Recipient, Role
from shared.contracts.notifications.terms import Part
from shared.records.kinds import Record


class CircleId(NamedTuple):
    """A part and where it is held; ``place`` ANYWHERE: whoever holds the part at all."""

    part: Part
    place: str

    def __str__(self) -> str:
        return f"{self.part}@{self.place}"


class Member(Record):
    """A contact as it is known now."""

    id: UUID
    facts: ContactFacts


class Circle(Record):
    """Contacts that hold a part at a place, or held it, or are going to; by id."""

    members: tuple[Member, ...] = ()


# Follows no events: it is loaded from the records of contacts, which no message heard here changes.
CIRCLE: Final = silent("circle", Circle)


def key(circle: CircleId) -> str:
    """The key under which a circle is loaded."""
    return CIRCLE.key(str(circle))


def circle_of(identifier: str) -> CircleId:
    """The circle that an id names; raises ValueError for a part that there is none of."""
    part, _, place = identifier.partition("@")
    return CircleId(Part(part), place)


def holding(circle: Circle, part: Part, places: AbstractSet[str], on: dt.date) -> Iterator[Member]:
    """Members who hold the part on a day at one of the places; of staff those too who hold it at none in particular."""
    where = places | {ANYWHERE} if part in EVERYWHERE else places
    return (
        member
        for member in circle.members
        if any(
            one.part is part and one.place in where and one.since <= on and (one.until is None or on < one.until)
            for one in member.facts.holds
        )
    )


def recipient(member: Member, role: Role) -> Recipient:
    """The contact as the recipient of a notice; what it prefers is looked up when the notice is planned."""
    facts = member.facts
    return Recipient(
        role=role,
        name=facts.name,
        email=facts.addresses.email,
        phone=facts.addresses.phone,
        language=facts.preferences.language,
        time_zone=facts.preferences.time_zone,
        contact=member.id,
        postal=facts.addresses.postal,
        mobile=facts.addresses.mobile,
        portal=facts.addresses.portal,
        format=facts.preferences.format,
    )


def keys(circles: Iterable[CircleId]) -> tuple[str, ...]:
    """The keys of several circles."""
    return tuple(map(key, circles))
