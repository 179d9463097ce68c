"""The Kafka producer of a process: idempotent, and light to import, because the command line waits for it."""

from typing import TYPE_CHECKING

from aiokafka import AIOKafkaProducer

if TYPE_CHECKING:
    from shared.runtime.settings import Settings


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
