"""The yardstick: the same values sent, echoed by a consumer and received again, with as many on their way."""

import asyncio
import time
from contextlib import AsyncExitStack
from dataclasses import dataclass

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition

from services.recruitment.cli.bulk_job import Job
from shared.cli.many import IN_FLIGHT, Row
from shared.stack import admin
from shared.stack.endpoints import KAFKA_ADMIN, Endpoints

THERE, BACK = "qio.bench.bulk-there", "qio.bench.bulk-back"
PARTITIONS = {THERE: 4, BACK: 1}  # as commands and replies have
PATIENCE = 30.0


@dataclass(frozen=True)
class Trips:
    """Sends to the echo; an answer goes to who waits for its key."""

    producer: AIOKafkaProducer
    waiting: dict[bytes, asyncio.Future[bytes]]

    async def take(self, row: Row, key: bytes) -> None:
        """One round trip."""
        assert row.command is not None
        answer = self.waiting[key] = asyncio.get_running_loop().create_future()
        await self.producer.send_and_wait(THERE, value=row.command.model_dump_json().encode(), key=key)
        await asyncio.wait_for(answer, PATIENCE)
        del self.waiting[key]


async def open_trips(stack: AsyncExitStack, endpoints: Endpoints) -> Trips:
    """Topics, clients, and an echo that reads batches and sends each record on."""
    client = endpoints.aiokafka_client(KAFKA_ADMIN)
    specs = [admin.TopicSpec(name, count, 1, {}) for name, count in PARTITIONS.items()]
    admin.ensure_topics(admin.connect(endpoints.kafka_client()), specs)
    consumers = {name: AIOKafkaConsumer(**client, enable_auto_commit=False) for name in PARTITIONS}
    producers = [AIOKafkaProducer(**client, acks="all", enable_idempotence=True, linger_ms=2) for _ in range(2)]
    for started in (*consumers.values(), *producers):
        await started.start()
        stack.push_async_callback(started.stop)
    for name, consumer in consumers.items():
        taken = [TopicPartition(name, number) for number in range(PARTITIONS[name])]
        consumer.assign(taken)
        for tp, end in (await consumer.end_offsets(taken)).items():
            consumer.seek(tp, end)
    trips = Trips(producers[0], {})

    async def echo() -> None:
        while True:
            batches = (await consumers[THERE].getmany(timeout_ms=200)).values()
            records = [record for batch in batches for record in batch]
            sent = [await producers[1].send(BACK, value=one.value, key=one.key) for one in records]
            if sent:
                await asyncio.gather(*sent)

    async def listen() -> None:
        async for record in consumers[BACK]:
            trips.waiting[record.key].set_result(record.value)

    for task in (asyncio.create_task(echo()), asyncio.create_task(listen())):
        stack.callback(task.cancel)
    return trips


async def run(trips: Trips, job: Job) -> float:
    """Seconds for one trip of each row."""
    rows = iter(job.rows)

    async def traveller() -> None:
        for row in rows:
            await trips.take(row, str(job.command_id(row)).encode())

    began = time.perf_counter()
    async with asyncio.TaskGroup() as group:
        for _ in range(IN_FLIGHT):
            group.create_task(traveller())
    return time.perf_counter() - began
