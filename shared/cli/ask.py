"""Asks a service for a change and waits for its answer on the replies topic."""

import asyncio
import getpass
import secrets
import sys
from typing import Any, Final, NoReturn
from uuid import UUID

from aiokafka import AIOKafkaConsumer, TopicPartition
from aiokafka.errors import KafkaError

from shared.cli.output import fail
from shared.cli.publish import milliseconds, uuid7
from shared.contracts.catalog import TOPICS
from shared.contracts.envelope import Envelope
from shared.contracts.message import Command
from shared.contracts.replies import CommandAccepted, CommandRejected
from shared.messaging.bus import build_producer
from shared.runtime.clock import utc_now
from shared.runtime.settings import Settings
from shared.stack.errors import StackError

PRINCIPAL: Final = "qio-cli"
ANSWER_SECONDS: Final = 15.0


class NoAnswer(Exception):  # noqa: N818 - the fact is the name
    """The service did not answer in time; the command is stored and will be carried out when it runs."""


def actor() -> str:
    """Who asks, for the audit: the operating system's user."""
    return f"cli:{getpass.getuser()}"


def ask(command: Command, key: str) -> dict[str, Any]:
    """Send a command and return what it made; prints the reasons and exits 1 when refused, 3 without an answer."""
    try:
        settings = Settings().with_stack()
        reply = asyncio.run(exchange(settings, command, key))
    except (StackError, ValueError) as error:
        fail(str(error), 2)
    except KafkaError as error:
        fail(f"Kafka cannot be reached ({type(error).__name__}). Is the platform running? Try `qio up`.", 2)
    except NoAnswer as error:
        fail(str(error), 3)
    if isinstance(reply, CommandRejected):
        _refused(reply)
    return reply.made


async def exchange(
    settings: Settings, command: Command, key: str, command_id: UUID | None = None
) -> CommandAccepted | CommandRejected:
    """One command and its answer. The replies partition is taken before sending, so that no answer is missed."""
    topics = _topics(command)
    replies = TopicPartition(topics[1], 0)
    command_id = command_id or uuid7(milliseconds(utc_now()), secrets.randbits(74))
    envelope = Envelope(
        id=command_id,
        type=command.wire_type(),
        source=PRINCIPAL,
        time=utc_now(),
        subject=key,
        correlation_id=command_id,
    )
    consumer = AIOKafkaConsumer(**settings.kafka(PRINCIPAL), enable_auto_commit=False)
    producer = build_producer(settings, PRINCIPAL)
    await asyncio.gather(consumer.start(), producer.start())
    try:
        consumer.assign([replies])
        consumer.seek(replies, (await consumer.end_offsets([replies]))[replies])
        await producer.send_and_wait(
            topics[0], value=command.model_dump_json().encode(), key=key.encode(), headers=envelope.headers()
        )
        return await asyncio.wait_for(_answer(consumer, command_id), ANSWER_SECONDS)
    except TimeoutError:
        raise NoAnswer(
            f"No answer within {ANSWER_SECONDS:.0f} s. The command {command_id} is stored and will be carried out "
            "when its service runs."
        ) from None
    finally:
        await asyncio.gather(consumer.stop(), producer.stop())


async def _answer(consumer: AIOKafkaConsumer, command_id: UUID) -> CommandAccepted | CommandRejected:
    wanted = str(command_id).encode()
    async for record in consumer:
        if record.key == wanted:
            kind = dict(record.headers)["ce_type"].decode()
            model = CommandAccepted if kind == CommandAccepted.wire_type() else CommandRejected
            return model.model_validate_json(record.value)
    raise NoAnswer("The replies topic ended.")


def _topics(command: Command) -> tuple[str, str]:
    for topic in TOPICS:
        if type(command) in topic.messages:
            return topic.name, f"qio.{topic.owner}.replies.v1"
    raise LookupError(f"{command.wire_type()} is in no topic of the catalog")


def _refused(reply: CommandRejected) -> NoReturn:
    for reason in reply.reasons:
        where = f"{reason.field}: " if reason.field else ""
        source = f" ({reason.citation})" if reason.citation else ""
        sys.stderr.write(f"Refused: {where}{reason.text}{source}\n")
    raise SystemExit(1)
