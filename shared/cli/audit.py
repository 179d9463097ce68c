"""The loss audit: compares outboxes, topics, offsets, inboxes and effects, and counts what is missing."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import orjson
from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition

from shared.cli.services import load, opened
from shared.contracts.catalog import topic_named, topics_with
from shared.contracts.message import FeedRecord
from shared.contracts.topic import Topic
from shared.messaging.batch import consumer_name
from shared.messaging.handling import FeedSubscription
from shared.runtime.partners import configured
from shared.runtime.service import Context
from shared.runtime.settings import Settings
from shared.stack.endpoints import KAFKA_ADMIN
from shared.stack.plan import SERVICES

_ASSIGNED = "SELECT topic, sum(last)::bigint AS events FROM stream_sequence GROUP BY topic"
_PENDING = "SELECT aggregatetype AS topic, count(*) AS events FROM outbox GROUP BY 1"
_OFFSETS = "SELECT topic, partition, next FROM consumer_offset WHERE consumer = $1"
_INBOX = "SELECT event_id, outcome FROM inbox WHERE consumer = $1"
_LETTERS = 'SELECT topic, partition, "offset" FROM dead_letter WHERE consumer = $1'
_LETTER_COUNT = "SELECT count(*) FROM dead_letter WHERE discarded_at IS NULL"

Place = tuple[str, int, int]


@dataclass(slots=True)
class Published:
    """What stands in one topic: distinct event ids, and per record its place, id and natural key."""

    ids: dict[UUID, str] = field(default_factory=dict)
    records: list[tuple[Place, UUID | None, object]] = field(default_factory=list)


@dataclass(slots=True)
class Audit:
    """``lost`` is what should be somewhere and is nowhere; ``waiting`` is still on its way; ``notes`` say where.

    ``dead_letters`` are those that an operator has still to decide on; a discarded one is accounted for.
    ``events`` counts distinct events in the topics by type.
    """

    lost: int = 0
    waiting: int = 0
    dead_letters: int = 0
    notes: list[str] = field(default_factory=list)
    events: Counter[str] = field(default_factory=Counter)

    def miss(self, count: int, where: str) -> None:
        """Count a loss and say where."""
        if count > 0:
            self.lost += count
            self.notes.append(f"{count} lost: {where}")


async def audit(settings: Settings) -> Audit:
    """Look at everything once. Quiet platform: exact; while messages flow: what flows counts as waiting."""
    result = Audit()
    ids = [partner.id for partner in configured()]
    topics = {topic.name: Published() for topic in topics_with(ids)}
    assigned: dict[str, int] = {}
    for service in SERVICES:
        async with opened(service, settings) as context:
            for row in await context.pool.fetch(_ASSIGNED):
                assigned[row["topic"]] = assigned.get(row["topic"], 0) + row["events"]
            for row in await context.pool.fetch(_PENDING):
                assigned[row["topic"]] -= row["events"]
                result.waiting += row["events"]
    await _read(settings, topics)
    for published in topics.values():
        result.events.update(published.ids.values())
    for name, count in assigned.items():
        result.miss(count - len(topics[name].ids), f"events given a sequence for {name} but neither in it nor waiting")
    for service in SERVICES:
        async with opened(service, settings) as context:
            await _consumers(service, context, topics, result)
    return result


async def _read(settings: Settings, topics: Mapping[str, Published]) -> None:
    """All records of all topics, up to the ends as they are now."""
    kafka = AIOKafkaConsumer(**settings.kafka(KAFKA_ADMIN), enable_auto_commit=False)
    await kafka.start()
    try:
        partitions = [TopicPartition(name, n) for name in topics for n in range(topic_named(name).partitions)]
        kafka.assign(partitions)
        ends = {tp: end for tp, end in (await kafka.end_offsets(partitions)).items() if end > 0}
        for tp, first in (await kafka.beginning_offsets(partitions)).items():
            kafka.seek(tp, first)  # not seek_to_beginning, which a reset still under way can undo
        while any([await kafka.position(tp) < end for tp, end in ends.items()]):
            for batch in (await kafka.getmany(timeout_ms=500)).values():
                for record in batch:
                    _note(topics[record.topic], record)
    finally:
        await kafka.stop()


def _note(published: Published, record: ConsumerRecord) -> None:
    header = next((value for name, value in record.headers if name == "ce_id"), None)
    event_id = _uuid(header)
    if event_id is not None:
        published.ids[event_id] = _type(record)
    natural = _natural_key(topic_named(record.topic), record)
    published.records.append(((record.topic, record.partition, record.offset), event_id, natural))


def _type(record: ConsumerRecord) -> str:
    return next((value or b"" for name, value in record.headers if name == "ce_type"), b"").decode("utf-8", "replace")


def _uuid(header: bytes | None) -> UUID | None:
    try:
        return UUID((header or b"").decode())
    except ValueError:
        return None


def _natural_key(topic: Topic, record: ConsumerRecord) -> object:
    """What identifies the record's effect: the feed's natural key, else the record key; None when unreadable."""
    kind = _type(record)
    model = next((message for message in topic.messages if message.wire_type() == kind), topic.messages[0])
    if not issubclass(model, FeedRecord):
        return record.key
    try:
        value: dict[str, Any] = orjson.loads(record.value)
        return model.natural_key(value)
    except (ValueError, KeyError, TypeError):
        return None


async def _consumers(service: str, context: Context, topics: Mapping[str, Published], result: Audit) -> None:
    definition = load(service)
    result.dead_letters += await context.pool.fetchval(_LETTER_COUNT)
    kept = await definition.kept(context) if definition.kept else {}
    for subscription in definition.subscriptions(context):
        name = consumer_name(service, subscription.topic)
        letters = {tuple(row) for row in await context.pool.fetch(_LETTERS, name)}
        taken = await _taken(context, name, topics[subscription.topic], result)
        handled = [entry for entry in taken if entry[0] not in letters]
        if not isinstance(subscription, FeedSubscription):
            inbox = {row["event_id"]: row["outcome"] for row in await context.pool.fetch(_INBOX, name)}
            result.miss(sum(entry[1] not in inbox for entry in handled), f"records passed over by {name}")
            handled = [entry for entry in handled if inbox.get(entry[1]) != "ignored"]  # those have no effect
        if subscription.topic in kept:
            expected = len({entry[2] for entry in handled if entry[2] is not None})
            result.miss(expected - kept[subscription.topic], f"effects of {subscription.topic} missing in {service}")


async def _taken(
    context: Context, consumer: str, published: Published, result: Audit
) -> Sequence[tuple[Place, UUID | None, object]]:
    """The records a consumer says it has taken; the others wait."""
    offsets = {(row["topic"], row["partition"]): row["next"] for row in await context.pool.fetch(_OFFSETS, consumer)}
    taken = [entry for entry in published.records if entry[0][2] < offsets.get(entry[0][:2], 0)]
    result.waiting += len(published.records) - len(taken)
    return taken
