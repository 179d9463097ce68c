"""Records: the state of an aggregate, changed by its own events alone, so that events can make it again."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from pydantic import BaseModel, ConfigDict

from shared.contracts.message import Event

S = TypeVar("S", bound="Record")


class Record(BaseModel):
    """The state of one aggregate: an immutable value that is kept as JSON and never leaves the service as it is."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class NotBegun(Exception):  # noqa: N818 - the fact is the name
    """An event came first that no record begins with: what was said before it is missing."""


@dataclass(frozen=True, slots=True)
class Kind(Generic[S]):
    """One kind of record: its state, and how its events make and change it.

    ``evolve`` takes the state before (None at first), the event and when it was recorded (UTC), and never refuses what
    follows a beginning, because what it is given has happened. ``begins`` are the events a record can begin with; none
    named: each of ``events``. Ask ``after``, which checks that. ``id_of`` finds the record an event is about.
    ``topic`` is where its events are published, keyed by that id; a view has none: it follows events of other kinds,
    is loaded from their records and never saved.
    """

    name: str
    state: type[S]
    events: tuple[type[Event], ...]
    id_of: Callable[[Any], str]
    evolve: Callable[[S | None, Any, dt.datetime], S]
    topic: str | None
    begins: tuple[type[Event], ...] = ()

    def after(self, before: S | None, event: Event, at: dt.datetime) -> S:
        """The record after an event recorded at ``at`` (UTC); raises NotBegun, without any value of the event."""
        if before is None and self.begins and not isinstance(event, self.begins):
            text = (
                f"{self.name} {self.id_of(event)} does not begin with {event.wire_type()}; an earlier event is missing"
            )
            raise NotBegun(text)
        return self.evolve(before, event, at)

    def key(self, identifier: str) -> str:
        """The key under which a record is locked and loaded."""
        return f"{self.name}:{identifier}"


class Kinds:
    """All kinds of the service, found by event and by name; raises ValueError when two claim one event or name."""

    def __init__(self, kinds: Iterable[Kind[Any]]) -> None:
        self.by_name: dict[str, Kind[Any]] = {}
        self._owners: dict[type[Event], Kind[Any]] = {}
        self._followers: dict[type[Event], list[Kind[Any]]] = {}
        for kind in kinds:
            if kind.name in self.by_name:
                raise ValueError(f"two kinds of record are called {kind.name}")
            self.by_name[kind.name] = kind
            for event in kind.events:
                self._follow(kind, event)

    def _follow(self, kind: Kind[Any], event: type[Event]) -> None:
        if kind.topic is not None:
            if event in self._owners:
                raise ValueError(f"{event.wire_type()} belongs to two kinds of record")
            self._owners[event] = kind
        self._followers.setdefault(event, []).append(kind)

    @property
    def events(self) -> Mapping[type[Event], Kind[Any]]:
        """The owning kind of each event."""
        return self._owners

    def following(self, event: type[Event]) -> list[Kind[Any]]:
        """The kinds that an event changes: its owner and the views."""
        return self._followers[event]
