"""A log in memory: what a desk, or an outbox, has said, as Kafka would hold it."""

import datetime as dt
import hashlib
from collections import Counter, defaultdict
from collections.abc import AsyncIterator, Iterable, Sequence
from uuid import UUID

from aiokafka import ConsumerRecord

from shared.contracts.catalog import topic_named
from shared.contracts.envelope import Envelope
from shared.contracts.message import Message
from shared.messaging.handling import Emit

HOUR = dt.timedelta(hours=1)


class MemoryLog:
    """Topics with their partitions; records are given out a few at a time."""

    def __init__(self) -> None:
        self.topics: dict[str, dict[int, list[ConsumerRecord]]] = defaultdict(lambda: defaultdict(list))
        self._numbers: Counter[tuple[str, str]] = Counter()

    async def read(self, topics: Iterable[str]) -> AsyncIterator[Sequence[ConsumerRecord]]:
        for topic in sorted(topics):
            for records in self.topics[topic].values():
                for at in range(0, len(records), 7):
                    yield records[at : at + 7]

    def add(self, topic: str, envelope: Envelope, value: bytes) -> ConsumerRecord:
        """Put a record behind those of its key's partition."""
        number = int(hashlib.sha256(envelope.subject.encode()).hexdigest(), 16) % topic_named(topic).partitions
        partition = self.topics[topic][number]
        record = ConsumerRecord(
            topic=topic,
            partition=number,
            offset=len(partition),
            timestamp=0,
            timestamp_type=0,
            key=envelope.subject.encode(),
            value=value,
            checksum=None,
            serialized_key_size=0,
            serialized_value_size=0,
            headers=tuple(envelope.headers()),
        )
        partition.append(record)
        return record

    def says(self, emits: Iterable[Emit], at: dt.datetime, cause: UUID | None = None, epoch: int = 1) -> None:
        """Publish events as the relay would, numbered per topic and key."""
        for emit in emits:
            self._numbers[emit.topic, emit.key] += 1
            sequence = f"{epoch}:{self._numbers[emit.topic, emit.key]}"
            event_id = UUID(hashlib.md5(f"{emit.topic}{emit.key}{sequence}".encode()).hexdigest())
            envelope = Envelope(
                event_id,
                emit.event.wire_type(),
                "qio/recruitment",
                at,
                emit.key,
                event_id,
                causation_id=cause,
                sequence=sequence,
            )
            self.add(emit.topic, envelope, emit.event.model_dump_json().encode())

    def hears(self, topic: str, message_id: UUID, key: str, message: Message, at: dt.datetime) -> ConsumerRecord:
        """A message that someone else published."""
        envelope = Envelope(message_id, message.wire_type(), "qio-cli", at, key, message_id)
        return self.add(topic, envelope, message.model_dump_json().encode())
