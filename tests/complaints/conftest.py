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
from services.complaints.consistency.handlers import second_review_handlers
from services.complaints.disclosures.handlers import disclosure_handlers
from services.complaints.pseudonyms import Pseudonyms
from services.complaints.repository import CaseStore
from services.complaints.reviewers.handlers import reviewer_handlers
from services.complaints.settings import ComplaintsSettings
from services.complaints.status.ids import StatusIds
from services.complaints.stores import Stores
from services.complaints.ticking.ticker import Ticker
from shared.contracts.complaints import COMMANDS
from shared.contracts.envelope import Envelope
from shared.contracts.message import Command
from shared.contracts.replies import CommandAccepted, CommandRejected
from shared.contracts.reviewers import LicenceGiven, Profession, RegisterReviewer, Specialty, SpecialtyGiven
from shared.messaging import outbox
from shared.messaging.decisions import Decisions
from shared.messaging.handling import Received, Subscription
from tests.support.service import KEYRING, app_pool, migrated
from tests.support.stack import Database

REVIEWER = UUID("17171717-1717-4717-8717-171717171717")
OTHER_REVIEWER = UUID("18181818-1818-4818-8818-181818181818")


def physician(reviewer: UUID, name: str, states: tuple[str, ...] = ("IL",)) -> RegisterReviewer:
    """A physician licensed in these States since 2010."""
    since = dt.date(2010, 1, 1)
    return RegisterReviewer(
        actor="triage@example.org",
        reviewer_id=reviewer,
        name=name,
        practising=True,
        capacity=500,
        licences=tuple(
            LicenceGiven(profession=Profession.MD, state=state, number=f"{state}-1", valid_from=since)
            for state in states
        ),
        specialties=(SpecialtyGiven(specialty=Specialty.INTERNAL_MEDICINE, certified=True, since=since),),
    )


PHYSICIAN = physician(REVIEWER, "Dr. Vega")
OTHER_PHYSICIAN = physician(OTHER_REVIEWER, "Dr. Moss")
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
        known = (
            *handlers.command_handlers(ANNOUNCER, PSEUDONYMS, self.store),
            *reviewer_handlers(),
            *disclosure_handlers(StatusIds(KEYRING), self.store.desk),
            *second_review_handlers(),
        )
        subscription = Subscription(COMMANDS.name, known, Stores(self.store, KEYRING), park=False)
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
        found = Desk(
            pool, dt.datetime(2026, 7, 5, 5, 0, tzinfo=dt.UTC), CaseStore(KEYRING, ComplaintsSettings().desk())
        )
        await found.ask(PHYSICIAN, OTHER_PHYSICIAN)
        yield found


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
