"""Who is in an audience: the pure meaning of its clauses, which the set-wise query of the database agrees with.

Of a place is known a set of traits, words such as ``state:MA``, ``cohort:B`` or ``measure:falls:signalled``. The roster
tells those of homes; a place that names a state, community, coalition or collaborative has that as a trait itself.
"""

import datetime as dt
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import Final

from shared.contracts.notifications.campaigns import Audience
from shared.contracts.notifications.terms import Holds, Part

# Clause of an audience: the first word of the traits it asks for.
CLAUSES: Final[Mapping[str, str]] = {
    "states": "state",
    "settings": "setting",
    "tasks": "task",
    "collaboratives": "collaborative",
    "cohorts": "cohort",
    "communities": "community",
    "coalitions": "coalition",
    "measures": "measure",
}
_OWN: Final = frozenset({"state", "community", "coalition", "collaborative"})

Traits = Mapping[str, AbstractSet[str]]


def wanted(audience: Audience) -> tuple[tuple[str, ...], ...]:
    """The traits a place must have, of each of these groups one; none where the audience asks nothing of places."""
    groups = (tuple(f"{word}:{value}" for value in getattr(audience, name)) for name, word in CLAUSES.items())
    return tuple(group for group in groups if group)


def own_trait(place: str) -> str | None:
    """The trait that a place has by its name."""
    return place if place.partition(":")[0] in _OWN else None


def fits(audience: Audience, place: str, roster: Traits) -> bool:
    """Whether a place is one that the audience asks for."""
    own = own_trait(place)
    traits = frozenset(roster.get(place, ())) | (frozenset((own,)) if own else frozenset())
    return all(not traits.isdisjoint(group) for group in wanted(audience))


def asks_for_part(audience: Audience) -> bool:
    """Whether somebody must have a part somewhere; an audience of mailing lists alone asks for none."""
    return bool(audience.parts or wanted(audience))


def current(holds: Iterable[Holds], on: dt.date) -> Iterable[Holds]:
    """Those held on a day."""
    return (one for one in holds if one.since <= on and (one.until is None or on < one.until))


def parts_in(audience: Audience, holds: Iterable[Holds], roster: Traits, on: dt.date) -> frozenset[Part]:
    """The parts by which somebody with these holds is meant on a day."""
    return frozenset(
        one.part
        for one in current(holds, on)
        if (not audience.parts or one.part in audience.parts) and fits(audience, one.place, roster)
    )


def is_meant(audience: Audience, holds: Iterable[Holds], lists: AbstractSet[str], roster: Traits, on: dt.date) -> bool:
    """Whether somebody with these holds, on these mailing lists, is in the audience on a day."""
    if audience.lists and lists.isdisjoint(audience.lists):
        return False
    return not asks_for_part(audience) or bool(parts_in(audience, holds, roster, on))
