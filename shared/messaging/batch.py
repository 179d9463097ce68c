"""One batch of one consumer inside one transaction: offsets, inbox, decisions, outbox, dead letters."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import asyncpg
from aiokafka import ConsumerRecord, TopicPartition

from shared.contracts.envelope import Envelope
from shared.contracts.replies import Reason
from shared.messaging import crash, dead_letters, gate, inbox, outbox
from shared.messaging.dead_letters import PARKED, DeadLetter
from shared.messaging.decisions import Decisions, Effects, keep_replies
from shared.messaging.failures import is_content, reason_of
from shared.messaging.gate import Ignored, Refusal
from shared.messaging.handling import AnySubscription, FeedItem, FeedSubscription, Received, Reject, Subscription
from shared.messaging.keyring import Keyring
from shared.messaging.outbox import Pending

crash.declare("batch-claimed", "batch-published")


@dataclass(slots=True)
class Tally:
    """What became of a batch; ``outcomes`` has True for each record newly set aside, in order."""

    outcomes: list[bool] = field(default_factory=list)
    letters: list[DeadLetter] = field(default_factory=list)
    events: list[Pending] = field(default_factory=list)
    handled: int = 0
    ignored: int = 0
    repeated: int = 0
    refused: int = 0


def beginnings(records: Sequence[ConsumerRecord]) -> dict[TopicPartition, int]:
    """The offset of the first of these records, per partition; Kafka gives them in order."""
    first = {record.partition: record.offset for record in reversed(records)}
    return {TopicPartition(records[0].topic, partition): offset for partition, offset in first.items()}


def spans(records: Sequence[ConsumerRecord]) -> dict[TopicPartition, int]:
    """The next offset after these records of one topic, per partition; Kafka gives them in order."""
    last = {record.partition: record.offset for record in records}
    return {TopicPartition(records[0].topic, partition): offset + 1 for partition, offset in last.items()}


class FeedBatch:
    """Feed records: the handler applies all of them set-wise; identity is theirs, so no inbox is needed."""

    def __init__(self, consumer: str, subscription: FeedSubscription, keyring: Keyring) -> None:
        self._consumer = consumer
        self._subscription = subscription
        self._keyring = keyring
        self._decoders = gate.by_header(subscription)

    async def run(
        self, conn: asyncpg.Connection, records: Sequence[ConsumerRecord], now: dt.datetime, *, singly: bool
    ) -> Tally:
        """Apply the records; with ``singly`` each in a savepoint of its own, failures set aside."""
        tally = Tally()
        good: list[ConsumerRecord] = []
        items: list[FeedItem] = []
        for record in records:
            verdict = gate.admit_feed(record, self._decoders)
            if isinstance(verdict, Refusal):
                tally.letters.append(DeadLetter(record, verdict.reason, verdict.paths, verdict.key, verdict.type))
            else:
                good.append(record)
                items.append(verdict)
        crash.point("batch-claimed")
        if singly:
            await self._one_by_one(conn, zip(good, items, strict=True), now, tally)
        elif items:
            emits = await self._subscription.handle(conn, items, now)
            tally.events = [outbox.pending(emit) for emit in emits]
            tally.handled = len(items)
        tally.outcomes = _outcomes(records, tally.letters)
        await dead_letters.insert(conn, self._keyring, self._consumer, tally.letters, now)
        await outbox.append_pending(conn, tally.events, now=now)
        crash.point("batch-published")
        return tally

    async def again(self, conn: asyncpg.Connection, record: ConsumerRecord, now: dt.datetime) -> None:
        """Apply a record that was set aside; raises what still makes it fail."""
        verdict = gate.admit_feed(record, self._decoders)
        if isinstance(verdict, Refusal):
            raise Reject(verdict.reason, *verdict.paths)
        emits = await self._subscription.handle(conn, [verdict], now)
        await outbox.append_pending(conn, [outbox.pending(emit) for emit in emits], now=now)

    async def _one_by_one(
        self,
        conn: asyncpg.Connection,
        good: Iterable[tuple[ConsumerRecord, FeedItem]],
        now: dt.datetime,
        tally: Tally,
    ) -> None:
        for record, item in good:
            try:
                async with conn.transaction():
                    emits = await self._subscription.handle(conn, [item], now)
            except Exception as error:
                if not is_content(error):
                    raise
                tally.letters.append(DeadLetter(record, *reason_of(error), item.key, item.type))
            else:
                tally.events += [outbox.pending(emit) for emit in emits]
                tally.handled += 1


class MessageBatch:
    """Events or commands: claimed in the inbox, decided in order, answered, parked behind failures."""

    def __init__(self, consumer: str, subscription: Subscription, keyring: Keyring) -> None:
        self._consumer = consumer
        self._subscription = subscription
        self._keyring = keyring
        self._decisions = Decisions(subscription)

    async def run(
        self, conn: asyncpg.Connection, records: Sequence[ConsumerRecord], now: dt.datetime, *, singly: bool
    ) -> Tally:
        """Handle the records in order; with ``singly`` each in a savepoint of its own, failures set aside."""
        tally = Tally()
        verdicts = [(record, gate.admit(record, self._decisions.models)) for record in records]
        fresh = await self._claim(conn, verdicts, tally)
        crash.point("batch-claimed")
        ready, effects, parked = await self._sort(conn, fresh, now, tally)
        if singly:
            effects.extend(await self._one_by_one(conn, ready, now, tally, parked))
        elif ready:
            effects.extend(await self._decisions.run(conn, [message for _, message in ready], now))
            tally.handled += len(ready)
        tally.outcomes = _outcomes(records, tally.letters)
        tally.events += effects.events
        await dead_letters.insert(conn, self._keyring, self._consumer, tally.letters, now)
        await keep_replies(conn, effects.replies, now)
        await outbox.append_pending(conn, tally.events, now=now)
        crash.point("batch-published")
        return tally

    async def again(self, conn: asyncpg.Connection, record: ConsumerRecord, now: dt.datetime) -> None:
        """Handle a record that was set aside, already claimed in the inbox; raises what still makes it fail."""
        verdict = gate.admit(record, self._decisions.models)
        if isinstance(verdict, Refusal):
            raise Reject(verdict.reason, *verdict.paths)
        if isinstance(verdict, Received):
            effects = await self._decisions.run(conn, [verdict], now)
            await keep_replies(conn, effects.replies, now)
            await outbox.append_pending(conn, effects.events, now=now)

    async def _claim(
        self, conn: asyncpg.Connection, verdicts: Sequence[tuple[ConsumerRecord, gate.Verdict]], tally: Tally
    ) -> list[tuple[ConsumerRecord, gate.Verdict]]:
        """Claim every message that has an id; what was claimed or discarded before is at most answered again."""
        entries: dict[UUID, tuple[Envelope, str]] = {}
        for _, verdict in verdicts:
            if verdict.envelope is not None:
                outcome = "ignored" if isinstance(verdict, Ignored) else "handled"
                entries.setdefault(verdict.envelope.id, (verdict.envelope, outcome))
        new = await inbox.claim(
            conn,
            self._consumer,
            [(event_id, gate.inbox_day(envelope), outcome) for event_id, (envelope, outcome) in entries.items()],
        )
        repeated = [envelope for event_id, (envelope, _) in entries.items() if event_id not in new]
        tally.events += await self._decisions.repeat(conn, repeated)
        unnamed = [record for record, verdict in verdicts if verdict.envelope is None]
        discarded = {id(record) for record in await dead_letters.discarded(conn, self._consumer, unnamed)}
        unseen = set(new)
        fresh: list[tuple[ConsumerRecord, gate.Verdict]] = []
        for record, verdict in verdicts:
            if verdict.envelope is None and id(record) not in discarded:
                fresh.append((record, verdict))
            elif verdict.envelope is not None and verdict.envelope.id in unseen:
                unseen.discard(verdict.envelope.id)
                fresh.append((record, verdict))
            else:
                tally.repeated += 1
        return fresh

    async def _sort(
        self,
        conn: asyncpg.Connection,
        fresh: Sequence[tuple[ConsumerRecord, gate.Verdict]],
        now: dt.datetime,
        tally: Tally,
    ) -> tuple[list[tuple[ConsumerRecord, Received[Any]]], Effects, set[str]]:
        """Set aside what the gate refused and what waits behind it; answer refused commands."""
        parked = await self._parked(conn, fresh)
        ready: list[tuple[ConsumerRecord, Received[Any]]] = []
        effects = Effects()
        for record, verdict in fresh:
            if isinstance(verdict, Ignored):
                tally.ignored += 1
            elif isinstance(verdict, Received):
                if verdict.key in parked:
                    tally.letters.append(_waiting(record, verdict))
                else:
                    ready.append((record, verdict))
            elif self._decisions.reply_topic and verdict.envelope and verdict.reason == "schema":
                effects.extend(self._decisions.refuse(verdict.envelope, _reasons(verdict)))
                tally.refused += 1
            else:
                kept = self._decisions.reply_topic is None
                tally.letters.append(DeadLetter(record, verdict.reason, verdict.paths, verdict.key, verdict.type, kept))
                await self._park(conn, verdict.key, parked, now)
        return ready, effects, parked

    async def _one_by_one(
        self,
        conn: asyncpg.Connection,
        ready: Sequence[tuple[ConsumerRecord, Received[Any]]],
        now: dt.datetime,
        tally: Tally,
        parked: set[str],
    ) -> Effects:
        effects = Effects()
        for record, message in ready:
            if message.key in parked:
                tally.letters.append(_waiting(record, message))
                continue
            try:
                async with conn.transaction():
                    effects.extend(await self._decisions.run(conn, [message], now))
            except Exception as error:
                if not is_content(error):
                    raise
                letter = DeadLetter(record, *reason_of(error), message.key, message.envelope.type)
                tally.letters.append(letter)
                await self._park(conn, message.key, parked, now)
            else:
                tally.handled += 1
        return effects

    async def _parked(self, conn: asyncpg.Connection, fresh: Sequence[tuple[ConsumerRecord, gate.Verdict]]) -> set[str]:
        keys = {verdict.key for _, verdict in fresh if isinstance(verdict, Received)}
        if not self._subscription.park or not keys:
            return set()
        return await dead_letters.parked_keys(conn, self._consumer, self._subscription.topic, keys)

    async def _park(self, conn: asyncpg.Connection, key: str | None, parked: set[str], now: dt.datetime) -> None:
        if self._subscription.park and key is not None:
            parked.add(key)
            await dead_letters.park(conn, self._consumer, self._subscription.topic, [key], now)


AnyBatch = FeedBatch | MessageBatch


def batch_for(consumer: str, subscription: AnySubscription, keyring: Keyring) -> AnyBatch:
    """The kind of batch a subscription needs."""
    if isinstance(subscription, FeedSubscription):
        return FeedBatch(consumer, subscription, keyring)
    return MessageBatch(consumer, subscription, keyring)


def consumer_name(service: str, topic: str) -> str:
    """A consumer's name, which is also its Kafka group."""
    return f"qio-{service}.{topic.removeprefix('qio.')}"


def _waiting(record: ConsumerRecord, message: Received[Any]) -> DeadLetter:
    return DeadLetter(record, PARKED, (), message.key, message.envelope.type)


def _outcomes(records: Sequence[ConsumerRecord], letters: Sequence[DeadLetter]) -> list[bool]:
    """In the records' order; what only waits behind another is no failure of its own."""
    dead = {id(letter.record) for letter in letters if letter.reason != PARKED}
    return [id(record) in dead for record in records]


def _reasons(refusal: Refusal) -> tuple[Reason, ...]:
    """Field-level reasons for a command that does not fit its schema."""
    reasons = []
    for path in refusal.paths or ("value: invalid",):
        where, _, rule = path.partition(": ")
        reasons.append(Reason(code=f"schema.{rule}", field=where, text=f"{where} is not valid ({rule})"))
    return tuple(reasons)
