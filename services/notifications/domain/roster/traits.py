"""What the roster knows of places, as audiences ask for it: words such as ``setting:NURSING_HOME`` of a place."""

import datetime as dt

from shared.records.kinds import Record


class Trait(Record):
    """Something that holds of a place now: of ``facility:225009`` that it is ``state:MA``.

    From the day ``until`` on it counts no more.
    """

    place: str
    trait: str
    until: dt.date | None = None


def traits(place: str, *named: str) -> tuple[Trait, ...]:
    """Traits of one place."""
    return tuple(Trait(place=place, trait=one) for one in named)
