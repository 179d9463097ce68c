"""Reads what a service said and heard: its history in order, its answers, and which messages it has handled."""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from typing import Final, Protocol, runtime_checkable
from uuid import UUID

import asyncpg
from aiokafka import ConsumerRecord
from pydantic import ValidationError

from shared.contracts import envelope as ce
from shared.contracts.catalog import TOPICS, topic_named
from shared.contracts.message import Event
from shared.messaging.batch import consumer_name
from shared.messaging.gate import inbox_day
from shared.messaging.handling import AnySubscription, Subscription
from shared.messaging.rebuild.log import Log
from shared.messaging.rebuild.path import Answer, Handled, Path, Place
from shared.messaging.rebuild.sequences import InOrder, Sequences, Stream, parse

_NAMED_GAPS: Final = 5


class Unfit(Exception):  # noqa: N818 - the fact is the name
    """The history does not suffice: something of it is missing or cannot be read. Names places, never content."""


class Book(Protocol):
    """What a service makes of its history."""

    def happened(self, event: Event, at: dt.datetime) -> None:
        """Take in what was said, of each key in order; ``at`` (UTC) is when it was recorded."""
        ...

    async def save(self, conn: asyncpg.Connection) -> Mapping[str, int]:
        """Fill the service's own tables in the caller's transaction; the key of each aggregate and its changes.

        Raises NotEmpty where they have anything.
        """
        ...


@runtime_checkable
class Recalling(Protocol):
    """A book that also makes use of what its service was asked, as far as the topics still hold it."""

    recalls: frozenset[str]

    def recalled(self, event: Event) -> None:
        """Take in one message of the topics named in ``recalls``, after the whole history."""
        ...


class Reading:
    """One reading of everything a service said, told to its book, and of what made it say so."""

    def __init__(
        self, service: str, subscriptions: Iterable[AnySubscription], book: Book, tick: Callable[[int], None]
    ) -> None:
        self._service = service
        self._book = book
        self._tick = tick
        self._heard = [one.topic for one in subscriptions if isinstance(one, Subscription)]
        self._said = {one.name: one for one in TOPICS if one.owner == service and service in one.writers}
        self._models = {
            name: {model.wire_type(): model for model in topic.messages if issubclass(model, Event)}
            for name, topic in self._said.items()
            if topic.history
        }
        self._whole = [name for name in self._models if not self._said[name].compacted]
        self._last: set[Stream] = set()
        self._sequences = Sequences()
        self._answers: dict[UUID, tuple[int, Answer]] = {}
        self._causes: dict[UUID, dt.date] = {}
        self._handled: set[Handled] = set()
        self._places: list[Place] = []
        self.events = 0

    @property
    def topics(self) -> frozenset[str]:
        """Every topic that is read."""
        return frozenset((*self._said, *self._heard))

    async def run(self, log: Log) -> None:
        """Read all; raises Unfit before the book hears of anything when an event is missing.

        In a compacted topic none is: the last of each key stands for all before it, and a key may be gone altogether.
        """
        await self._survey(log)
        self._refuse_gaps()
        await self._history(log)
        for topic in self._heard:
            await self._inputs(log, topic)

    def path(self, heads: Mapping[str, int], since: dt.date) -> Path:
        """What the message path must hold; messages of days before ``since`` are forgotten, as they would have been."""
        return Path(
            epoch=self._sequences.epoch + 1,
            sequences=self._sequences.last(),
            answers={command: answer for command, (_, answer) in self._answers.items()},
            handled=frozenset(self._remembered(since)),
            places=tuple(self._places),
            heads=heads,
        )

    def _remembered(self, since: dt.date) -> Iterable[Handled]:
        """What was met in its topic, and what no topic holds any more: that can only come again as a command."""
        yield from self._handled
        met = {one.id for one in self._handled}
        for topic in self._heard:
            if topic.endswith(".commands.v1"):
                consumer = consumer_name(self._service, topic)
                for message, day in self._causes.items():
                    if message not in met and day >= since:
                        yield Handled(consumer, message, day)

    # --- what was said ------------------------------------------------------------------------------------------

    async def _survey(self, log: Log) -> None:
        """All sequences, and the answers to commands."""
        async for records in log.read(self._said):
            for record in records:
                if not self._ours(record):
                    continue
                envelope, stream, epoch, number = _identity(record)
                self._sequences.see(stream, epoch, number)
                if record.topic.endswith(".replies.v1") and envelope.causation_id is not None:
                    self._answered(record, envelope, envelope.causation_id, epoch)
            self._tick(len(records))

    def _ours(self, record: ConsumerRecord) -> bool:
        """Whether we wrote it; on a topic that others write to as well, each tells in the envelope who it is."""
        if self._said[record.topic].writers == (self._service,):
            return True
        envelope = _readable(record)
        return envelope is not None and envelope.source == f"qio/{self._service}"

    def _answered(self, record: ConsumerRecord, envelope: ce.Envelope, command: UUID, epoch: int) -> None:
        """The first answer holds, of a past that was not given up."""
        self._caused(envelope)
        if command not in self._answers or self._answers[command][0] < epoch:
            self._answers[command] = (epoch, Answer(envelope.type, record.value, envelope.time))

    def _refuse_gaps(self) -> None:
        gaps = self._sequences.missing(self._whole)
        if gaps:
            named = [
                f"{topic}: number {number} of key {_hash(key)}"
                for (topic, key), number in sorted(gaps.items())[:_NAMED_GAPS]
            ]
            more = f" and of {len(gaps) - len(named)} more keys" if len(gaps) > len(named) else ""
            raise Unfit(f"the history is not whole; missing is {'; '.join(named)}{more}")

    async def _history(self, log: Log) -> None:
        """Everything that stands, in order."""
        order: InOrder[ConsumerRecord] = InOrder(self._sequences)
        async for records in log.read(self._models):
            for record in records:
                _, stream, epoch, number = _identity(record)
                if self._said[record.topic].compacted:
                    standing = self._once(stream, epoch, number, record)
                else:
                    standing = order.take(stream, epoch, number, record)
                for one in standing:
                    self._happened(one)
            self._tick(len(records))

    def _once(self, stream: Stream, epoch: int, number: int, record: ConsumerRecord) -> list[ConsumerRecord]:
        """The last of a key of a compacted topic, the first time it is met."""
        if stream in self._last or not self._sequences.latest(stream, epoch, number):
            return []
        self._last.add(stream)
        return [record]

    def _happened(self, record: ConsumerRecord) -> None:
        envelope, *_ = _identity(record)
        model = self._models[record.topic].get(envelope.type)
        if model is None:
            raise Unfit(f"{_place(record)} is of a type that this version does not know")
        try:
            event = model.model_validate_json(record.value or b"")
        except ValidationError:
            raise Unfit(f"{_place(record)} does not fit its contract") from None
        self._caused(envelope)
        self._book.happened(event, envelope.time)
        self.events += 1

    def _caused(self, envelope: ce.Envelope) -> None:
        cause = envelope.causation_id
        if cause is not None:
            # Where its id has no time in it, the message was most likely sent on the day of what it caused.
            self._causes.setdefault(cause, inbox_day(replace(envelope, id=cause)))

    # --- what was heard -----------------------------------------------------------------------------------------

    async def _inputs(self, log: Log, topic: str) -> None:
        """Which messages were handled.

        Of other events those that caused something: the rest is handled again, which must have no effect that was
        said. Of commands everything up to the last that was answered, because they were taken in order; what comes
        after it was never answered and is decided when the service starts.
        """
        consumer = consumer_name(self._service, topic)
        commands = topic.endswith(".commands.v1")
        taken: dict[int, list[tuple[int, Handled]]] = {}
        last: dict[int, int] = {}
        async for records in log.read([topic]):
            for record in records:
                envelope = _readable(record)
                if envelope is None:
                    continue
                if isinstance(self._book, Recalling) and topic in self._book.recalls:
                    self._recalled(self._book, record, envelope)
                one = Handled(consumer, envelope.id, inbox_day(envelope))
                if envelope.id in self._causes:
                    self._handled.add(one)
                    last[record.partition] = max(record.offset, last.get(record.partition, -1))
                elif commands:
                    taken.setdefault(record.partition, []).append((record.offset, one))
            self._tick(len(records))
        if commands:
            self._places += [Place(consumer, topic, partition, offset + 1) for partition, offset in last.items()]
            for partition, messages in taken.items():
                self._handled.update(one for offset, one in messages if offset < last.get(partition, -1))

    def _recalled(self, book: Recalling, record: ConsumerRecord, envelope: ce.Envelope) -> None:
        """What does not fit its contract was a dead letter then and tells nothing now."""
        known = {model.wire_type(): model for model in topic_named(record.topic).messages if issubclass(model, Event)}
        model = known.get(envelope.type)
        if model is None:
            return
        try:
            book.recalled(model.model_validate_json(record.value or b""))
        except ValidationError:
            return


def _identity(record: ConsumerRecord) -> tuple[ce.Envelope, tuple[str, str], int, int]:
    """Envelope, stream, epoch and number of a record of ours."""
    try:
        envelope = ce.read(record.headers)
        epoch, number = parse(envelope.sequence)
        return envelope, (record.topic, record.key.decode()), epoch, number
    except (ValueError, AttributeError):
        raise Unfit(f"{_place(record)} is no event of ours") from None


def _readable(record: ConsumerRecord) -> ce.Envelope | None:
    try:
        return ce.read(record.headers)
    except ce.EnvelopeError:
        return None


def _place(record: ConsumerRecord) -> str:
    return f"{record.topic}, partition {record.partition}, offset {record.offset}"


def _hash(key: str) -> str:
    """A key that can be compared and not read: keys may not stand in error texts."""
    return hashlib.sha256(key.encode()).hexdigest()[:12]
