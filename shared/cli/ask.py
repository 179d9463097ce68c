"""Asks a service for a change and waits for its answer on the replies topic."""

import asyncio
import getpass
import secrets
import sys
from collections.abc import Mapping
from types import TracebackType
from typing import Any, Final, NoReturn, Self, TypeVar
from uuid import UUID

from aiokafka import AIOKafkaConsumer, ConsumerRecord, TopicPartition
from aiokafka.errors import KafkaError
from pydantic import ValidationError

from shared.cli.output import fail
from shared.cli.publish import milliseconds, uuid7
from shared.cli.wording import broken_rules
from shared.contracts.catalog import TOPICS
from shared.contracts.envelope import Envelope
from shared.contracts.message import Command
from shared.contracts.replies import CommandAccepted, CommandRejected
from shared.messaging.producer import build_producer
from shared.runtime.clock import utc_now
from shared.runtime.settings import Settings
from shared.stack.errors import StackError

PRINCIPAL: Final = "qio-cli"
ANSWER_SECONDS: Final = 15.0

C = TypeVar("C", bound=Command)


_REPLIES: Final = {topic.owner: topic.name for topic in TOPICS if topic.name.endswith(".replies.v1")}


class NoAnswer(Exception):  # noqa: N818 - the fact is the name
    """The service did not answer in time; the command is stored and will be carried out when it runs."""


def actor() -> str:
    """Who asks, for the audit: the operating system's user."""
    return f"cli:{getpass.getuser()}"


def command_of(kind: type[C], values: Mapping[str, Any]) -> C:
    """The command of these values by whoever asks; prints each field that does not fit, with its rule, and exits 1."""
    try:
        return kind.model_validate({**values, "actor": actor()})
    except ValidationError as error:
        for field, rule in broken_rules(kind, error):
            sys.stderr.write(f"Refused: {field}: {rule}\n")
        raise SystemExit(1) from None


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


async def exchange(settings: Settings, command: Command, key: str) -> CommandAccepted | CommandRejected:
    """One command and its answer."""
    async with Line(settings) as line:
        return await line.ask(command, key)


class Line:
    """An open line to the services: many commands at once, each answer to its asker.

    The replies partitions are taken before anything is sent, so that no answer is missed.
    """

    def __init__(self, settings: Settings) -> None:
        self._consumer = AIOKafkaConsumer(**settings.kafka(PRINCIPAL), enable_auto_commit=False)
        self._producer = build_producer(settings, PRINCIPAL)
        self._waiting: dict[bytes, asyncio.Future[ConsumerRecord]] = {}
        self._listening: asyncio.Task[None] | None = None

    async def __aenter__(self) -> Self:
        await asyncio.gather(self._consumer.start(), self._producer.start())
        partitions = [TopicPartition(name, 0) for name in sorted(_REPLIES.values())]
        self._consumer.assign(partitions)
        for tp, end in (await self._consumer.end_offsets(partitions)).items():
            self._consumer.seek(tp, end)
        self._listening = asyncio.create_task(self._listen())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._listening is not None:
            self._listening.cancel()
        await asyncio.gather(self._consumer.stop(), self._producer.stop())

    async def ask(
        self, command: Command, key: str, command_id: UUID | None = None
    ) -> CommandAccepted | CommandRejected:
        """Send a command and wait for its answer; raises NoAnswer. The same id is carried out once."""
        now = utc_now()
        command_id = command_id or uuid7(milliseconds(now), secrets.randbits(74))
        envelope = Envelope(command_id, command.wire_type(), PRINCIPAL, now, key, command_id)
        reply: asyncio.Future[ConsumerRecord] = asyncio.get_running_loop().create_future()
        self._waiting[str(command_id).encode()] = reply
        try:
            await self._producer.send_and_wait(
                _topic(command), value=command.model_dump_json().encode(), key=key.encode(), headers=envelope.headers()
            )
            return _decoded(await asyncio.wait_for(reply, ANSWER_SECONDS))
        except TimeoutError:
            raise NoAnswer(
                f"No answer within {ANSWER_SECONDS:.0f} s. The command {command_id} is stored and will be carried "
                "out when its service runs."
            ) from None
        finally:
            self._waiting.pop(str(command_id).encode(), None)

    async def _listen(self) -> None:
        async for record in self._consumer:
            waiting = self._waiting.get(record.key)
            if waiting is not None and not waiting.done():
                waiting.set_result(record)


def _decoded(record: ConsumerRecord) -> CommandAccepted | CommandRejected:
    kind = dict(record.headers)["ce_type"].decode()
    model = CommandAccepted if kind == CommandAccepted.wire_type() else CommandRejected
    return model.model_validate_json(record.value)


def _topic(command: Command) -> str:
    for topic in TOPICS:
        if type(command) in topic.messages:
            return topic.name
    raise LookupError(f"{command.wire_type()} is in no topic of the catalog")


def _refused(reply: CommandRejected) -> NoReturn:
    for reason in reply.reasons:
        where = f"{reason.field}: " if reason.field else ""
        source = f" ({reason.citation})" if reason.citation else ""
        sys.stderr.write(f"Refused: {where}{reason.text}{source}\n")
    raise SystemExit(1)
