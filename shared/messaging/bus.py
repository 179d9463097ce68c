"""The FastStream broker: raw batch subscribers, one per topic, that hand batches over and give failed ones back."""

import logging
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, Final

import structlog
from aiokafka import ConsumerRecord
from aiokafka.errors import IllegalStateError
from faststream import AckPolicy
from faststream.kafka import KafkaBroker
from faststream.kafka.message import KafkaAckableMessage
from faststream.security import SASLScram512

from shared.messaging.batch import spans
from shared.messaging.consumer import Consumer

if TYPE_CHECKING:
    from shared.runtime.settings import Settings

_log = structlog.get_logger()
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


def delivery(consumer: Consumer) -> Callable[[Any], Awaitable[None]]:
    """Hands raw batches to the consumer, except those from before a seek, whose records come again."""

    async def deliver(records: Any) -> None:
        if await _sought_back(consumer, records):
            _log.info("batch from before a seek dropped", consumer=consumer.name)
            return
        await consumer.handle(records)

    return deliver


async def _sought_back(consumer: Consumer, records: Sequence[ConsumerRecord]) -> bool:
    """True where the client was sought to before the end of a batch that it had already given out.

    A position beyond the end is legal: the client passes over what compaction or transactions left no record of.
    """
    kafka = consumer.kafka()
    if kafka is None or not consumer.synced:
        return False  # the consumer drops these itself
    # Once synced, every position is set, so nothing waits here and no seek can come between this and the consumer.
    try:
        return any([await kafka.position(tp) < end for tp, end in spans(records).items()])
    except IllegalStateError:  # no longer ours
        return True


def build_broker(settings: "Settings", principal: str, consumers: Sequence[Consumer]) -> KafkaBroker:
    """A broker that is only transport: it fetches, hands over raw batches, and gives failed ones back.

    The consumer group's name is the consumer's. Membership is static, so a process that restarts within the
    session timeout takes its partitions back at once.
    """
    broker = KafkaBroker(
        settings.kafka_bootstrap or "",
        client_id=principal,
        security=_security(settings, principal),
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
            group_instance_id=f"{consumer.name}.{settings.instance}.{consumer.lane}",
            auto_offset_reset="earliest",
            batch_timeout_ms=BATCH_TIMEOUT_MS,
            max_records=consumer.max_records,
            max_partition_fetch_bytes=4 * 1024 * 1024,
            session_timeout_ms=settings.kafka_session_timeout_ms,
            heartbeat_interval_ms=min(3_000, settings.kafka_session_timeout_ms // 3),
            listener=consumer,
            parser=_raw_parser(consumer),
        )
        subscriber(delivery(consumer))
        consumer.attach(partial(getattr, subscriber, "consumer"))
    return broker


def _security(settings: "Settings", principal: str) -> SASLScram512:
    arguments = settings.kafka(principal)
    return SASLScram512(
        username=principal,
        password=arguments["sasl_plain_password"],
        use_ssl=arguments["ssl_context"] is not None,
        ssl_context=arguments["ssl_context"],
    )
