"""Kafka wiring in one place: the FastStream broker with raw batch subscribers, and the idempotent producer."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from aiokafka import AIOKafkaProducer
from faststream import AckPolicy
from faststream.kafka import KafkaBroker
from faststream.kafka.message import KafkaAckableMessage

from shared.messaging.consumer import Consumer

if TYPE_CHECKING:
    from shared.runtime.settings import Settings

_LOGGER: Final = logging.getLogger("qio.bus")
_LOGGER.setLevel(logging.ERROR)  # it warns at each start that topics are not created automatically, as they must not
BATCH_TIMEOUT_MS: Final = 5  # FastStream's default of 200 ms is the latency of a quiet topic


def _raw_parser(consumer: Consumer) -> Callable[[Any], Awaitable[KafkaAckableMessage]]:
    """A batch as it came: headers are not decoded, so that one broken header cannot lose the whole batch."""

    async def parse(message: Any) -> KafkaAckableMessage:
        last = message[-1]
        return KafkaAckableMessage(
            body=b"",
            raw_message=message,
            headers={},
            message_id=f"{last.topic}-{last.partition}-{last.offset}",
            consumer=consumer.kafka(),
        )

    return parse


async def _undecoded(message: Any) -> Any:
    """The handler gets the raw records; decoding is the gate's, where a failure is a verdict about one record."""
    return message.raw_message


def build_broker(settings: "Settings", principal: str, consumers: Sequence[Consumer]) -> KafkaBroker:
    """A broker that is only transport: it fetches, hands over raw batches, and gives failed ones back.

    The consumer group's name is the consumer's. Membership is static, so a process that restarts within the
    session timeout takes its partitions back at once.
    """
    broker = KafkaBroker(
        settings.kafka_bootstrap or "",
        client_id=principal,
        security=settings.kafka_security_object(principal),
        ack_policy=AckPolicy.NACK_ON_ERROR,
        graceful_timeout=settings.drain_seconds,
        allow_auto_create_topics=False,
        decoder=_undecoded,
        apply_types=False,
        logger=_LOGGER,
        log_level=logging.DEBUG,
    )
    for consumer in consumers:
        subscriber = broker.subscriber(
            consumer.topic,
            batch=True,
            group_id=consumer.name,
            group_instance_id=f"{consumer.name}.{settings.instance}",
            auto_offset_reset="earliest",
            batch_timeout_ms=BATCH_TIMEOUT_MS,
            max_records=consumer.max_records,
            max_partition_fetch_bytes=4 * 1024 * 1024,
            session_timeout_ms=settings.kafka_session_timeout_ms,
            heartbeat_interval_ms=min(3_000, settings.kafka_session_timeout_ms // 3),
            listener=consumer,
            parser=_raw_parser(consumer),
        )
        subscriber(consumer.handle)
        consumer.attach(partial(getattr, subscriber, "consumer"))
    return broker


def build_producer(settings: "Settings", principal: str) -> AIOKafkaProducer:
    """The producer of a process: idempotent, acknowledged by every in-sync replica."""
    return AIOKafkaProducer(
        **settings.kafka(principal),
        client_id=principal,
        acks="all",
        enable_idempotence=True,
        linger_ms=2,
        max_batch_size=256 * 1024,
        request_timeout_ms=30_000,
    )
