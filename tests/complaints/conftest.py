"""A migrated complaints schema, and the service's parts on it."""

import datetime as dt
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from services.complaints import handlers
from services.complaints.announcements import Announcer
from services.complaints.pseudonyms import Pseudonyms
from services.complaints.repository import CaseStore
from services.complaints.settings import ComplaintsSettings
from services.complaints.ticker import Ticker
from shared.contracts.complaints import COMMANDS
from shared.contracts.envelope import Envelope
from shared.contracts.message import Command
from shared.contracts.replies import CommandAccepted, CommandRejected
from shared.messaging import outbox
from shared.messaging.decisions import Decisions
from shared.messaging.handling import Received, Subscription
from tests.support.service import KEYRING, app_pool, migrated
from tests.support.stack import Database

PSEUDONYMS = Pseudonyms(KEYRING)
ANNOUNCER = Announcer(PSEUDONYMS, ComplaintsSettings())


@dataclass
class Desk:
    """Sends commands through the pipeline's decisions, and ticks, with a clock of the test."""

    pool: asyncpg.Pool
    now: dt.datetime
    store: CaseStore

    async def ask(self, *commands: Command) -> list[CommandAccepted | CommandRejected]:
        """Decide commands as one batch, in one transaction; their answers in order."""
        subscription = Subscription(
            COMMANDS.name, handlers.command_handlers(ANNOUNCER, PSEUDONYMS, self.store), self.store, park=False
        )
        batch = [_received(command, self.now) for command in commands]
        async with self.pool.acquire() as conn, conn.transaction():
            effects = await Decisions(subscription).run(conn, batch, self.now)
            await outbox.append_pending(conn, effects.events, now=self.now)
        return [_reply(kind, payload) for _, kind, payload in effects.replies]

    def ticker(self, batch: int = 2_000) -> Ticker:
        """A ticker with the test's clock."""
        return Ticker(self.pool, self.store, ANNOUNCER, lambda: self.now, batch)

    async def events(self, topic: str) -> Sequence[Any]:
        """Type, key, sequence and payload of what waits in the outbox for a topic."""
        rows: Sequence[Any] = await self.pool.fetch(
            "SELECT type, aggregateid AS key, sequence, convert_from(payload, 'UTF8')::jsonb AS payload "
            "FROM outbox WHERE aggregatetype = $1 ORDER BY position",
            topic,
        )
        return rows

    async def case(self, case_id: UUID) -> Any:
        """A case as stored."""
        async with self.pool.acquire() as conn:
            return (await self.store.load(conn, [f"case:{case_id}"]))[f"case:{case_id}"]


@pytest.fixture
async def desk(database: Database) -> AsyncIterator[Desk]:
    """Complaints on a database of its own; it is Sunday noon after Independence Day."""
    await migrated(database, "complaints")
    async with app_pool(database, "complaints") as pool:
        yield Desk(pool, dt.datetime(2026, 7, 5, 5, 0, tzinfo=dt.UTC), CaseStore(KEYRING, ComplaintsSettings().desk()))


def _received(command: Command, now: dt.datetime) -> Received[Any]:
    command_id = uuid4()
    envelope = Envelope(
        id=command_id,
        type=command.wire_type(),
        source="test",
        time=now,
        subject="k",
        correlation_id=command_id,
    )
    return Received(envelope, command, "k", COMMANDS.name, 0, 0)


def _reply(kind: str, payload: bytes) -> CommandAccepted | CommandRejected:
    model = CommandAccepted if kind == CommandAccepted.wire_type() else CommandRejected
    return model.model_validate_json(payload)
