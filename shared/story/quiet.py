"""Waits until nothing is on its way any more: no record unread, no event unpublished, no work left inside."""

import asyncio
import time
from contextlib import AsyncExitStack
from typing import Final

from aiokafka import AIOKafkaConsumer, TopicPartition

from shared.cli.services import load, opened
from shared.contracts.catalog import topic_named
from shared.messaging.batch import consumer_name
from shared.runtime.service import Context, Service
from shared.runtime.settings import Settings
from shared.stack.endpoints import KAFKA_ADMIN
from shared.stack.plan import SERVICES

POLL_SECONDS: Final = 0.3
_STORED: Final = "SELECT coalesce(sum(next), 0) FROM consumer_offset WHERE consumer = $1"
_OUTBOX: Final = "SELECT count(*) FROM outbox"


async def until_quiet(settings: Settings, seconds: float) -> int:
    """Wait until two looks in a row find nothing on its way; returns what is left when time runs out."""
    async with AsyncExitStack() as stack:
        contexts = {name: await stack.enter_async_context(opened(name, settings)) for name in SERVICES}
        kafka = AIOKafkaConsumer(**settings.kafka(KAFKA_ADMIN), enable_auto_commit=False)
        await kafka.start()
        stack.push_async_callback(kafka.stop)
        give_up = time.monotonic() + seconds
        calm = 0
        while True:
            left = sum([await _left(load(name), context, kafka) for name, context in contexts.items()])
            calm = calm + 1 if left == 0 else 0
            if calm == 2 or time.monotonic() > give_up:
                return left
            await asyncio.sleep(POLL_SECONDS)


async def _left(service: Service, context: Context, kafka: AIOKafkaConsumer) -> int:
    left: int = await context.pool.fetchval(_OUTBOX)
    for subscription in service.subscriptions(context):
        partitions = topic_named(subscription.topic).partitions
        ends = await kafka.end_offsets([TopicPartition(subscription.topic, number) for number in range(partitions)])
        stored = await context.pool.fetchval(_STORED, consumer_name(service.name, subscription.topic))
        left += max(0, sum(ends.values()) - int(stored))
    if service.backlog is not None:
        left += await service.backlog(context)
    return left
