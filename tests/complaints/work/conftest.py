"""The complaints service with its work queues on a database of its own, with a clock of the test."""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID, uuid4

import asyncpg
import httpx
import pytest
from fastapi import FastAPI

from services.complaints import handlers
from services.complaints.repository import CaseStore
from services.complaints.reviewers.handlers import reviewer_handlers
from services.complaints.settings import ComplaintsSettings
from services.complaints.stores import Stores
from services.complaints.ticking.ticker import Ticker
from services.complaints.work import queries
from services.complaints.work.handlers import work_handlers
from shared.contracts.complaints import COMMANDS
from shared.contracts.envelope import Envelope
from shared.contracts.message import Command
from shared.contracts.replies import CommandAccepted, CommandRejected
from shared.messaging import outbox
from shared.messaging.decisions import Decisions
from shared.messaging.handling import Received, Subscription
from shared.runtime.access import Access, reader
from shared.runtime.purpose import Purpose
from shared.runtime.service import Context
from tests.complaints.cases import command, utc
from tests.complaints.conftest import ANNOUNCER, OTHER_PHYSICIAN, PHYSICIAN, PSEUDONYMS
from tests.support.service import KEYRING, app_pool, migrated
from tests.support.stack import Database


class Pipeline:
    """One process's decisions over commands: a store of its own, a transaction for each batch."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self.pool = pool
        self.store = CaseStore(KEYRING, ComplaintsSettings().desk())
        known = (
            *handlers.command_handlers(ANNOUNCER, PSEUDONYMS, self.store),
            *reviewer_handlers(),
            *work_handlers(self.store),
        )
        self._decisions = Decisions(Subscription(COMMANDS.name, known, Stores(self.store, KEYRING), park=False))

    async def ask(self, now: dt.datetime, *commands: Command) -> list[CommandAccepted | CommandRejected]:
        """Decide commands as one batch; their answers in order."""
        async with self.pool.acquire() as conn, conn.transaction():
            effects = await self._decisions.run(conn, [_received(one, now) for one in commands], now)
            await outbox.append_pending(conn, effects.events, now=now)
        return [_reply(kind, payload) for _, kind, payload in effects.replies]


@dataclass
class Office:
    """A pipeline with the test's clock, and what stands in the tables."""

    pool: asyncpg.Pool
    now: dt.datetime
    pipeline: Pipeline

    async def ask(self, *commands: Command) -> list[CommandAccepted | CommandRejected]:
        """Decide commands as one batch, all of which may be refused."""
        return await self.pipeline.ask(self.now, *commands)

    async def done(self, *commands: Command) -> list[CommandAccepted]:
        """Decide commands as one batch, none of which may be refused."""
        answers = await self.ask(*commands)
        assert all(isinstance(answer, CommandAccepted) for answer in answers), answers
        return cast("list[CommandAccepted]", answers)

    async def opened(self, **changes: Any) -> UUID:
        """A case of a patient of its own."""
        (reply,) = await self.done(command(**{"beneficiary": uuid4().hex} | changes))
        return UUID(str(reply.made["case_id"]))

    async def item(self, case_id: UUID) -> Any:
        """The work item of a case, or None."""
        return await self.pool.fetchrow("SELECT * FROM work_item WHERE case_id = $1", case_id)

    def ticker(self) -> Ticker:
        """A ticker with the test's clock."""
        return Ticker(self.pool, self.pipeline.store, ANNOUNCER, lambda: self.now, 2_000)

    @asynccontextmanager
    async def api(self, region: str | None = None, actor: str = "ann@example.org") -> AsyncIterator[httpx.AsyncClient]:
        """The read API of work, as seen by somebody of a region or of none."""
        app = FastAPI()
        context = Context(
            settings=cast("Any", None),
            pool=self.pool,
            clock=lambda: self.now,
            dsn="",
            keyring=KEYRING,
            stop=asyncio.Event(),
        )
        app.include_router(queries.router(context), prefix="/api")
        access = Access(actor, frozenset({"case-worker"}), region, Purpose.CASE_WORK)
        app.dependency_overrides[reader] = lambda: access
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://complaints") as client:
            yield client


@pytest.fixture
async def office(database: Database) -> AsyncIterator[Office]:
    """Just before midnight in Chicago on Independence Day 2026, a Saturday."""
    await migrated(database, "complaints")
    async with app_pool(database, "complaints") as pool:
        found = Office(pool, utc("2026-07-04T23:56:00-05:00"), Pipeline(pool))
        await found.done(PHYSICIAN, OTHER_PHYSICIAN)
        yield found


def _received(command: Command, now: dt.datetime) -> Received[Any]:
    command_id = uuid4()
    envelope = Envelope(command_id, command.wire_type(), "test", now, "k", command_id)
    return Received(envelope, command, "k", COMMANDS.name, 0, 0)


def _reply(kind: str, payload: bytes) -> CommandAccepted | CommandRejected:
    model = CommandAccepted if kind == CommandAccepted.wire_type() else CommandRejected
    return model.model_validate_json(payload)
