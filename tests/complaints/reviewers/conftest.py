"""The reviewers' part of a migrated complaints schema."""

import datetime as dt
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid4

import asyncpg
import pytest

from services.complaints.domain.reviewers.record import ReviewerRecord
from services.complaints.domain.reviewers.reviewer import Assignment
from services.complaints.reviewers.handlers import reviewer_handlers
from services.complaints.reviewers.store import ReviewerStore, reviewer_key
from shared.contracts.complaints import COMMANDS
from shared.contracts.envelope import Envelope
from shared.contracts.message import Command
from shared.contracts.replies import CommandAccepted, CommandRejected
from shared.messaging.decisions import Decisions
from shared.messaging.handling import Received, Subscription
from tests.complaints.reviewers.people import AT
from tests.support.service import KEYRING, app_pool, migrated
from tests.support.stack import Database


@dataclass
class Office:
    """Decides commands about reviewers as the pipeline does, with a clock of the test."""

    pool: asyncpg.Pool
    now: dt.datetime
    store: ReviewerStore

    async def ask(self, *commands: Command) -> list[CommandAccepted | CommandRejected]:
        """Decide commands as one batch, in one transaction; their answers in order."""
        subscription = Subscription(COMMANDS.name, reviewer_handlers(), self.store, park=False)
        async with self.pool.acquire() as conn, conn.transaction():
            effects = await Decisions(subscription).run(conn, [self._received(each) for each in commands], self.now)
        return [_reply(kind, payload) for _, kind, payload in effects.replies]

    async def record(self, reviewer_id: UUID) -> ReviewerRecord:
        """A reviewer as stored."""
        key = reviewer_key(reviewer_id)
        async with self.pool.acquire() as conn:
            return (await self.store.load(conn, [key]))[key]

    async def assign(self, reviewer_id: UUID, assignment: Assignment) -> None:
        """Give a part of a case to a reviewer, asking no guard."""
        record = await self.record(reviewer_id)
        await self.put(record.assigned(assignment))

    async def put(self, *records: ReviewerRecord) -> None:
        """Save records in one transaction."""
        async with self.pool.acquire() as conn, conn.transaction():
            await self.store.save(conn, {reviewer_key(each.reviewer.id): each for each in records}, self.now)

    def _received(self, command: Command) -> Received[Any]:
        command_id = uuid4()
        envelope = Envelope(command_id, command.wire_type(), "test", self.now, "k", command_id)
        return Received(envelope, command, "k", COMMANDS.name, 0, 0)


@pytest.fixture
async def office(database: Database) -> AsyncIterator[Office]:
    """Reviewers on a database of its own, on Independence Day at noon in Chicago."""
    await migrated(database, "complaints")
    async with app_pool(database, "complaints") as pool:
        yield Office(pool, AT, ReviewerStore(KEYRING))


def _reply(kind: str, payload: bytes) -> CommandAccepted | CommandRejected:
    model = CommandAccepted if kind == CommandAccepted.wire_type() else CommandRejected
    return model.model_validate_json(payload)
