"""An office that takes interviews on a migrated schema of the test."""

import datetime as dt
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import asyncpg
import pytest

from services.complaints import handlers
from services.complaints.intake.handlers import intake_handlers
from services.complaints.intake.settings import IntakeSettings
from services.complaints.repository import CaseStore
from services.complaints.settings import ComplaintsSettings
from services.complaints.stores import Stores
from shared.contracts.complaints import COMMANDS
from shared.contracts.intake import AnswerIntake, IntakeContact, StartIntake
from shared.contracts.message import Command
from shared.contracts.replies import CommandAccepted, CommandRejected
from shared.messaging import outbox
from shared.messaging.decisions import Decisions
from shared.messaging.handling import Subscription
from tests.complaints.conftest import ANNOUNCER, PSEUDONYMS, _received, _reply
from tests.complaints.intake.support import ACTOR, ALL, INTAKE, VOICEMAIL
from tests.support.service import KEYRING, app_pool, migrated
from tests.support.stack import Database


@dataclass
class Office:
    """Sends commands through the pipeline's decisions, with a clock of the test."""

    pool: asyncpg.Pool
    now: dt.datetime
    store: CaseStore

    async def ask(self, *commands: Command) -> list[CommandAccepted | CommandRejected]:
        """Decide commands as one batch, in one transaction; their answers in order."""
        known = (
            *handlers.command_handlers(ANNOUNCER, PSEUDONYMS, self.store),
            *intake_handlers(ANNOUNCER, PSEUDONYMS, self.store, IntakeSettings()),
        )
        subscription = Subscription(COMMANDS.name, known, Stores(self.store, KEYRING), park=False)
        batch = [_received(command, self.now) for command in commands]
        async with self.pool.acquire() as conn, conn.transaction():
            effects = await Decisions(subscription).run(conn, batch, self.now)
            await outbox.append_pending(conn, effects.events, now=self.now)
        return [_reply(kind, payload) for _, kind, payload in effects.replies]

    async def made(self, command: Command) -> dict[str, Any]:
        """What an accepted command made."""
        (reply,) = await self.ask(command)
        assert isinstance(reply, CommandAccepted), reply
        return reply.made

    async def refused(self, command: Command) -> list[str]:
        """The codes a command is refused with."""
        (reply,) = await self.ask(command)
        assert isinstance(reply, CommandRejected), reply
        return [reason.code for reason in reply.reasons]

    async def begun(self, answers: dict[str, str] | None = None, intake_id: UUID = INTAKE) -> dict[str, Any]:
        """An interview that began with a voicemail at 23:40 on the day of the discharge."""
        contacts = (IntakeContact(kind=VOICEMAIL.kind, at=VOICEMAIL.at),)
        return await self.made(StartIntake(actor=ACTOR, intake_id=intake_id, contacts=contacts, answers=answers or {}))

    async def finished(self, answers: dict[str, str] | None = None, intake_id: UUID = INTAKE) -> dict[str, Any]:
        """The same with everything answered."""
        await self.begun(intake_id=intake_id)
        return await self.made(AnswerIntake(actor=ACTOR, intake_id=intake_id, answers=ALL | (answers or {})))


@pytest.fixture
async def office(database: Database) -> AsyncIterator[Office]:
    """Intake on the morning after."""
    await migrated(database, "complaints")
    async with app_pool(database, "complaints") as pool:
        store = CaseStore(KEYRING, ComplaintsSettings().desk())
        yield Office(pool, dt.datetime(2026, 7, 5, 13, 0, tzinfo=dt.UTC), store)
