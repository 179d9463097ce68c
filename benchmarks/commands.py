"""From a command to its event on the other side, beside a bare round trip of produce, consume, produce, consume."""

import asyncio
import datetime as dt
import secrets
import time
from collections.abc import Awaitable, Callable, Mapping
from contextlib import AsyncExitStack
from typing import Final
from uuid import UUID

from aiokafka import AIOKafkaConsumer, AIOKafkaProducer, TopicPartition

from benchmarks.report import quantile, say
from shared.cli.ask import PRINCIPAL
from shared.cli.publish import milliseconds, uuid7
from shared.contracts.complaints import (
    CASES,
    COMMANDS,
    CaseContact,
    CaseParty,
    CaseType,
    Channel,
    FileCase,
    ProviderType,
    Role,
)
from shared.contracts.envelope import Envelope
from shared.messaging.producer import build_producer
from shared.runtime.clock import utc_now
from shared.runtime.settings import Settings
from shared.stack import admin
from shared.stack.endpoints import KAFKA_ADMIN, Endpoints

THERE: Final = "qio.bench.there"
BACK: Final = "qio.bench.back"
WARM: Final = 20
PATIENCE: Final = 30.0

Trip = Callable[[], Awaitable[float]]


async def measure(settings: Settings, endpoints: Endpoints, count: int) -> None:
    """Commands and bare trips in turns, one at a time; the quantiles of both."""
    async with AsyncExitStack() as stack:
        command, bare = await _commands(stack, settings), await _bare(stack, endpoints)
        for _ in range(WARM):
            await command()
            await bare()
        pairs = [(await command(), await bare()) for _ in range(count)]
    for share in (0.5, 0.99):
        project, yardstick = (quantile([pair[side] * 1000 for pair in pairs], share) for side in (0, 1))
        say(
            f"command to its event, p{share * 100:.0f}",
            "ms",
            project,
            yardstick,
            f"{count} FileCase in turns with bare trips over Kafka, one at a time; less is better",
        )


async def _commands(stack: AsyncExitStack, settings: Settings) -> Trip:
    """File an appeal and wait until its first event stands on the cases topic."""
    producer = build_producer(settings, PRINCIPAL)
    await producer.start()
    stack.push_async_callback(producer.stop)
    events = await _at_end(stack, settings.kafka(PRINCIPAL), CASES.name, CASES.partitions)

    async def trip() -> float:
        now = utc_now()
        command_id = uuid7(milliseconds(now), secrets.randbits(74))
        command, key = _appeal(now), secrets.token_hex(16)
        envelope = Envelope(command_id, command.wire_type(), PRINCIPAL, now, key, command_id)
        value, wanted = command.model_dump_json().encode(), str(command_id).encode()
        began = time.perf_counter()
        await producer.send_and_wait(COMMANDS.name, value=value, key=key.encode(), headers=envelope.headers())
        await _until(events, lambda headers: headers.get("ce_causationid") == wanted)
        return time.perf_counter() - began

    return trip


async def _bare(stack: AsyncExitStack, endpoints: Endpoints) -> Trip:
    """Send, let an echo read and send on, and wait for that."""
    admin.ensure_topics(
        admin.connect(endpoints.kafka_client()), [admin.TopicSpec(name, 1, 1, {}) for name in (THERE, BACK)]
    )
    client = endpoints.aiokafka_client(KAFKA_ADMIN)
    there, back = await _at_end(stack, client, THERE, 1), await _at_end(stack, client, BACK, 1)
    producers = [AIOKafkaProducer(**client, acks="all", enable_idempotence=True) for _ in range(2)]
    for producer in producers:
        await producer.start()
        stack.push_async_callback(producer.stop)

    async def echo() -> None:
        async for record in there:
            await producers[1].send_and_wait(BACK, value=record.value, headers=list(record.headers))

    echoing = asyncio.create_task(echo())
    stack.callback(echoing.cancel)
    value = _appeal(utc_now()).model_dump_json().encode()

    async def trip() -> float:
        wanted = secrets.token_hex(16).encode()
        began = time.perf_counter()
        await producers[0].send_and_wait(THERE, value=value, headers=[("id", wanted)])
        await _until(back, lambda headers: headers.get("id") == wanted)
        return time.perf_counter() - began

    return trip


async def _at_end(stack: AsyncExitStack, client: Mapping[str, object], topic: str, partitions: int) -> AIOKafkaConsumer:
    consumer = AIOKafkaConsumer(**client, enable_auto_commit=False)
    await consumer.start()
    stack.push_async_callback(consumer.stop)
    taken = [TopicPartition(topic, number) for number in range(partitions)]
    consumer.assign(taken)
    for tp, end in (await consumer.end_offsets(taken)).items():
        consumer.seek(tp, end)
    return consumer


async def _until(consumer: AIOKafkaConsumer, wanted: Callable[[dict[str, bytes]], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not wanted(dict((await consumer.getone()).headers)):
            pass


def _appeal(now: dt.datetime) -> FileCase:
    received = now - dt.timedelta(minutes=5)
    day = received.astimezone(dt.timezone(dt.timedelta(hours=-5))).date()
    return FileCase(
        actor="bench",
        case_type=CaseType.HOSP_DISCHARGE_FFS,
        beneficiary=UUID(int=secrets.randbits(128)).hex,
        parties=(
            _party(Role.BENEFICIARY, "Pat Example", "pat@home.example"),
            _party(Role.PRACTITIONER, "Dr. Robin Example", None),
            _party(Role.PROVIDER, "Sample General Hospital", "appeals@hospital.example"),
        ),
        facility_ccn="210001",
        provider_type=ProviderType.HOSPITAL,
        state="MD",
        zip_code="21201",
        received_at=received,
        channel=Channel.PHONE,
        facts={"admitted": (day - dt.timedelta(days=4)).isoformat(), "discharge_date": day.isoformat()},
    )


def _party(role: Role, name: str, email: str | None) -> CaseParty:
    return CaseParty(role=role, contact=CaseContact(name=name, email=email))
