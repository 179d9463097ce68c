"""Rules: what a command may touch, and the pure decision that turns it into events or reasons against it."""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from shared.contracts.message import Command, Event
from shared.contracts.replies import Reason
from shared.messaging.handling import Emit
from shared.records.kinds import Kind, Record

C = TypeVar("C", bound=Command)
S = TypeVar("S", bound=Record)

Ids = Callable[[str], UUID]


@dataclass(frozen=True, slots=True)
class Asked:
    """Who asks and when (UTC); ``new_id`` makes ids that a second run of the same command makes again."""

    actor: str
    now: dt.datetime
    new_id: Ids


class Held:
    """The records a rule declared, as the commands before this one left them."""

    def __init__(self, get: Callable[[str], Record | None]) -> None:
        self._get = get

    def get(self, kind: Kind[S], identifier: str) -> S | None:
        """The record, or None where there is none; KeyError when the rule did not declare it."""
        found = self._get(kind.key(identifier))
        assert found is None or isinstance(found, kind.state)
        return found


@dataclass(frozen=True, slots=True)
class Decided:
    """A command that is carried out: what it made (for the answer) and what happened.

    ``events`` belong to kinds of record and change them, in order. ``also`` tells others besides: public events and
    requests for notices; nothing of ours is made from them.
    """

    made: Mapping[str, object]
    events: Sequence[Event] = ()
    also: Sequence[Emit] = ()


@dataclass(frozen=True, slots=True)
class Against:
    """A command that is refused: every reason that was found, at least one."""

    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Rule(Generic[C]):
    """How one command is decided. ``keys`` names every record that ``decide`` may read or its events change."""

    command: type[C]
    keys: Callable[[C, Ids], Iterable[str]]
    decide: Callable[[C, Held, Asked], Decided | Against]


def against(code: str, field: str | None, text: str, citation: str | None = None) -> Against:
    """A refusal for one reason."""
    return Against((Reason(code=code, field=field, text=text, citation=citation),))


def refused(reasons: Iterable[Reason]) -> Against | None:
    """A refusal for all of these reasons; None when there are none."""
    found = tuple(reasons)
    return Against(found) if found else None


AnyRule = Rule[Any]
