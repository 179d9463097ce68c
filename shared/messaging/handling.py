"""What a service writes to take part in the message path: subscriptions, handlers, a store."""

import datetime as dt
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Generic, NamedTuple, Protocol, TypeVar
from uuid import UUID, uuid5

import asyncpg

from shared.contracts.envelope import Envelope
from shared.contracts.message import Event, Message
from shared.contracts.replies import Reason

M = TypeVar("M", bound=Message)
A = TypeVar("A")


class Reject(Exception):  # noqa: N818 - a verdict about the message, not a defect of ours
    """This message can never be handled; ``code`` and ``paths`` say why without showing any value."""

    def __init__(self, code: str, *paths: str) -> None:
        super().__init__(code)
        self.code = code
        self.paths = paths


@dataclass(frozen=True, slots=True)
class Received(Generic[M]):
    """One decoded message and where it came from.

    ``arrived_at`` (UTC) is when the broker took it, on topics where the broker says so and not the writer.
    """

    envelope: Envelope
    message: M
    key: str
    topic: str
    partition: int
    offset: int
    arrived_at: dt.datetime | None = None

    def derive(self, name: str) -> UUID:
        """An id that a second run of the same message makes again."""
        return uuid5(self.envelope.id, name)


@dataclass(frozen=True, slots=True)
class Emit:
    """An event to publish through the outbox. Lock the aggregate named by ``key`` before it is appended."""

    topic: str
    key: str
    event: Event


@dataclass(frozen=True, slots=True)
class Accepted:
    """A command carried out: what it made (for the reply) and the events it caused."""

    made: Mapping[str, object]
    events: Sequence[Emit] = ()


@dataclass(frozen=True, slots=True)
class Refused:
    """A command refused with reasons; nothing is saved, the caller gets the reasons."""

    reasons: tuple[Reason, ...]


Decision = Sequence[Emit] | Accepted | Refused


class Work(Generic[A]):
    """The aggregates a batch has locked and loaded; a handler reads and replaces them, the pipeline saves them.

    Aggregates are immutable values: a handler that fails or refuses leaves no half change behind. ``now`` (UTC) is
    the time of the whole batch, the only clock a handler has.
    """

    def __init__(self, now: dt.datetime, loaded: Mapping[str, A]) -> None:
        self.now = now
        self._loaded = dict(loaded)
        self._changed: dict[str, A] = {}
        self._message: dict[str, A] = {}
        self._allowed: frozenset[str] = frozenset()

    def begin(self, keys: Iterable[str]) -> None:
        """Start a message that may touch exactly these keys."""
        self._allowed = frozenset(keys)
        self._message = {}

    def keep(self) -> None:
        """Make the current message's changes visible to the next ones; without it they are forgotten."""
        self._changed.update(self._message)

    def get(self, key: str) -> A | None:
        """The aggregate as the messages before this one left it, or None where there is none yet."""
        self._check(key)
        for layer in (self._message, self._changed, self._loaded):
            if key in layer:
                return layer[key]
        return None

    def put(self, key: str, aggregate: A) -> None:
        """Replace (or create) an aggregate."""
        self._check(key)
        self._message[key] = aggregate

    def changes(self) -> Mapping[str, A]:
        """What was replaced and kept, for the store to save."""
        return self._changed

    def _check(self, key: str) -> None:
        if key not in self._allowed:
            raise KeyError("a handler touched an aggregate it had not declared")


class Store(Protocol[A]):
    """Loads and saves aggregates set-wise. The pipeline has locked all ``keys`` (head rows, in order) before."""

    async def load(self, conn: asyncpg.Connection, keys: Sequence[str]) -> Mapping[str, A]:
        """Those of ``keys`` that exist."""
        ...

    async def save(self, conn: asyncpg.Connection, changed: Mapping[str, A], now: dt.datetime) -> None:
        """Insert or update; called once per batch."""
        ...


@dataclass(frozen=True, slots=True)
class On(Generic[M, A]):
    """A handler: the message it is for, the aggregate keys it touches, and the pure decision.

    ``keys`` and ``handle`` do no I/O. A domain refusal of a command is ``Refused``; a business outcome is an event;
    ``Reject`` means the message is wrong and goes to the dead letters.
    """

    message: type[M]
    keys: Callable[[Received[M]], Iterable[str]]
    handle: Callable[[Received[M], Work[A]], Decision]


@dataclass(frozen=True, slots=True)
class Subscription:
    """Events or commands of one topic, decided one after another over aggregates locked for the whole batch.

    Deduplicated by the inbox. ``park``: after a dead letter, later messages of its key wait behind it (events);
    commands are answered instead and do not park. Types without a handler are recorded as ignored. ``lanes``: see
    ``FeedSubscription``; aggregates that several keys touch make lanes wait for each other.
    """

    topic: str
    handlers: tuple[On[Any, Any], ...]
    store: Store[Any]
    park: bool = True
    max_records: int = 2000
    lanes: int = 1


class FeedItem(NamedTuple):
    """One decoded feed record; its identity is its own natural key and version."""

    key: str
    type: str
    record: Any


class FeedHandler(Protocol):
    """Applies a batch of feed records set-wise inside the pipeline's transaction.

    Locks what it changes in key order, must give the same end state for any repetition and order of records, and
    raises Reject only when called with a single item (a failing batch is repeated item by item).
    """

    async def __call__(self, conn: asyncpg.Connection, items: Sequence[FeedItem], now: dt.datetime) -> Sequence[Emit]:
        """Save everything and return the events to publish."""
        ...


@dataclass(frozen=True, slots=True)
class FeedSubscription:
    """A high-volume inbound topic: compiled decoders, offsets in the transaction instead of an inbox.

    ``decoders`` maps the wire type to a function from the value's bytes to a record that raises ValueError
    (msgspec.ValidationError is one) for what does not fit the schema. ``lanes`` group members share the partitions
    in one process, so that one computes while the database works for another; the handler's transactions must not
    wait for each other, which they do not where state belongs to the record key.
    """

    topic: str
    decoders: Mapping[str, Callable[[bytes], Any]]
    handle: FeedHandler
    max_records: int = 5000
    lanes: int = 1


AnySubscription = Subscription | FeedSubscription
Worker = Callable[[], Awaitable[None]]
