"""What makes up one row of the table of notice rules."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, Final

from pydantic import BaseModel

from services.notifications.domain.circles import CircleId
from services.notifications.domain.contacts.parts import ANYWHERE
from shared.contracts.message import Event
from shared.contracts.notifications.terms import Part
from shared.records.deciding import Held


def nothing(event: Any) -> Iterable[str]:
    """Of the roster nothing need be read."""
    del event
    return ()


def always(*of: Any) -> bool:
    """What asks nothing holds."""
    del of
    return True


@dataclass(frozen=True, slots=True)
class Condition:
    """When a row applies; ``words`` say it in the table. ``given`` asks the roster, the event being in it already."""

    words: str
    holds: Callable[[Any], bool] = always
    given: Callable[[Any, Held], bool] = always


@dataclass(frozen=True, slots=True)
class Source:
    """What a fact of ours follows from: a message that is heard, and what must be so of it."""

    message: type[Event]
    words: str


@dataclass(frozen=True, slots=True)
class Term:
    """When the notice must have left: so long after the event was said, never counted from when it was heard."""

    words: str
    span: dt.timedelta


@dataclass(frozen=True, slots=True)
class Recipients:
    """Whoever holds one of ``parts`` at one of the places.

    ``places`` tells them from the event alone where ``parts`` are those of facilities and coalitions, because their
    circles are loaded before anything is known of the roster. Of staff, who are few, everyone is loaded, and
    ``around`` tells from the roster which places count on a day; ``reads`` are the records it needs.
    """

    words: str
    parts: tuple[Part, ...]
    places: Callable[[Any], Iterable[str]] | None = None
    around: Callable[[Any, Held, dt.date], AbstractSet[str]] | None = None
    reads: Callable[[Any], Iterable[str]] = nothing

    def circles(self, event: Any) -> tuple[CircleId, ...]:
        """The circles to load."""
        places = (ANYWHERE,) if self.places is None else tuple(self.places(event))
        return tuple(CircleId(part, place) for part in self.parts for place in places)

    def at(self, event: Any, held: Held, on: dt.date) -> AbstractSet[str]:
        """The places where one of the parts must be held on a day."""
        if self.around is not None:
            return self.around(event, held, on)
        return frozenset(self.places(event)) if self.places is not None else frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRule:
    """One row: an event makes a notice for recipients, unless it is older than ``stale_after``.

    ``facts`` gives the letter's values in words, ``subject`` the opaque id of what it is about. ``once_per`` names the
    cause, where several events or repetitions are one and the same; None: each event is a cause of its own. Of a row
    for a fact of ours that no topic carries, ``event`` is that fact and ``source`` says what it follows from.
    """

    event: type[BaseModel]
    notice: str
    to: tuple[Recipients, ...]
    facts: Callable[[Any, Held], Mapping[str, str]]
    subject: Callable[[Any], str]
    term: Term
    stale_after: dt.timedelta
    when: Condition | None = None
    reads: Callable[[Any], Iterable[str]] = nothing
    once_per: Callable[[Any], str] | None = None
    source: Source | None = None
    citation: Callable[[Any], str] | None = None

    def keys(self, event: Any) -> Iterable[str]:
        """The records of the roster that facts, condition and recipients may read."""
        yield from self.reads(event)
        for recipients in self.to:
            yield from recipients.reads(event)

    def circles(self, event: Any) -> Iterable[CircleId]:
        """The circles its recipients come from."""
        return (circle for recipients in self.to for circle in recipients.circles(event))


HOUR: Final = Term("within an hour", dt.timedelta(hours=1))
DAY: Final = Term("within a day", dt.timedelta(days=1))
THREE_DAYS: Final = Term("within 3 days", dt.timedelta(days=3))
WEEK: Final = Term("within a week", dt.timedelta(days=7))
