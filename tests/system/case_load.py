"""Plays many cases of all types at once against a running platform: looks at each as stored, sends its next command."""

import asyncio
import datetime as dt
import secrets
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import cycle, islice
from random import Random
from typing import Final
from uuid import UUID

import asyncpg
from aiokafka.errors import KafkaError

from services.complaints.domain import procedures
from services.complaints.domain.case import Case
from services.complaints.repository import CaseStore
from services.complaints.settings import ComplaintsSettings
from shared.cli.ask import Line, NoAnswer
from shared.cli.publish import milliseconds, uuid7
from shared.contracts.complaints import CaseCommand, CaseType
from shared.contracts.message import Command
from shared.contracts.replies import CommandAccepted, CommandRejected
from shared.messaging.keyring import Keyring
from shared.postgres.pool import open_pool
from tests.complaints.player.player import Player
from tests.complaints.player.requests import request
from tests.complaints.player.staff import Staff
from tests.support.platform import PATIENCE, Trial

AT_ONCE: Final = 48
LONGEST: Final = 250  # turns of one case; what is not over by then is stuck
AGAIN: Final = 0.05  # of the commands come a second time under the same id
MISCHIEF: Final = 0.06
# Received so long ago that every clock is due at once, with time enough to act as if in time: also for who lets months
# pass before the year starts in which a determination may be reopened. Changes of status are appealed since 2025.
_LATEST: Final = dt.timedelta(days=800)
_LATEST_OF_THE_NEW: Final = dt.timedelta(days=420)
_SPAN: Final = dt.timedelta(days=220)
_CASES: Final = "SELECT case_id, case_type FROM case_file"


@dataclass
class Played:
    """What was sent and answered."""

    filed: dict[UUID, CaseType] = field(default_factory=dict)
    adopted: int = 0
    turned_away: Counter[str] = field(default_factory=Counter)
    accepted: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    repeated: int = 0
    stuck: list[str] = field(default_factory=list)


class CaseLoad:
    """The people of many cases, ``AT_ONCE`` at work; whatever the platform does meanwhile, each asks until answered."""

    def __init__(self, trial: Trial, line: Line, staff: Staff, pool: asyncpg.Pool) -> None:
        keyring = Keyring.from_file(trial.settings.secret_file("keyring-complaints"))
        self._store = CaseStore(keyring, ComplaintsSettings().desk())
        self._pool = pool
        self._line = line
        self._staff = staff
        self._gate = asyncio.Semaphore(AT_ONCE)
        self.played = Played()

    async def play(self, cases: int, seed: str) -> None:
        """Take up the staff, then play this many cases, of all types in turn, each to its end."""
        async with asyncio.TaskGroup() as group:
            for member in self._staff.members:
                group.create_task(self._ask(member.registration(), str(member.id)))
        types = islice(cycle(CaseType), cases)
        async with asyncio.TaskGroup() as group:
            for number, case_type in enumerate(types):
                group.create_task(self._one(case_type, Random(f"{seed}/{number}")))
        await self._adopt(seed)

    async def _adopt(self, seed: str) -> None:
        """Play what the service opened by itself: a confirmed concern becomes a referral to the QIN-QIO."""
        rows = await self._pool.fetch(_CASES)
        own = {row["case_id"]: CaseType(row["case_type"]) for row in rows if row["case_id"] not in self.played.filed}
        self.played.filed |= own
        self.played.adopted = len(own)
        async with asyncio.TaskGroup() as group:
            for case_id in own:
                group.create_task(self._adopted(case_id, Random(f"{seed}/{case_id}")))

    async def _adopted(self, case_id: UUID, chance: Random) -> None:
        async with self._gate:
            await self._to_its_end(case_id, chance)

    async def _one(self, case_type: CaseType, chance: Random) -> None:
        async with self._gate:
            latest = _LATEST_OF_THE_NEW if case_type is CaseType.STATUS_CHANGE else _LATEST
            received_at = dt.datetime.now(dt.UTC) - latest - chance.random() * _SPAN
            filing = request(chance, case_type, received_at)
            answer = await self._ask(filing, filing.beneficiary)
            if isinstance(answer, CommandRejected):
                self.played.turned_away.update(reason.code for reason in answer.reasons)
                return
            case_id = UUID(str(answer.made["case_id"]))
            self.played.filed[case_id] = case_type
            await self._to_its_end(case_id, chance)

    async def _to_its_end(self, case_id: UUID, chance: Random) -> None:
        refused: Counter[str] = Counter()
        player = Player(chance, self._staff, mischief=MISCHIEF)
        for _ in range(LONGEST):
            case = await self._stored(case_id)
            command = player.next(case, dt.datetime.now(dt.UTC))
            if command is not None:
                refused.update(await self._send(command, chance))
            elif procedures.of(case.type).terminal(case.state):
                return
            else:
                await asyncio.sleep(0.2)  # they wait for a clock, which speaks in its own time
        case = await self._stored(case_id)
        if not procedures.of(case.type).terminal(case.state):
            running = [(d.rule_id, d.due_at.isoformat()) for d in case.deadlines if d.open]
            self.played.stuck.append(f"{case.type} {case.state} {running} {refused}")

    async def _send(self, command: CaseCommand, chance: Random) -> list[str]:
        """Send a command, at times twice; the codes of its refusal."""
        command_id = uuid7(milliseconds(dt.datetime.now(dt.UTC)), secrets.randbits(74))
        key = str(command.case_id)
        answer = await self._ask(command, key, command_id)
        if chance.random() < AGAIN:
            self.played.repeated += 1
            assert await self._ask(command, key, command_id) == answer
        if isinstance(answer, CommandRejected):
            codes = [reason.code for reason in answer.reasons]
            self.played.refused.update(codes)
            return codes
        self.played.accepted += 1
        return []

    async def _ask(
        self, command: Command, key: str, command_id: UUID | None = None
    ) -> CommandAccepted | CommandRejected:
        """Ask under one id until there is an answer, as a caller does who heard none."""
        command_id = command_id or uuid7(milliseconds(dt.datetime.now(dt.UTC)), secrets.randbits(74))
        async with asyncio.timeout(PATIENCE):
            while True:
                try:
                    return await self._line.ask(command, key, command_id)
                except (NoAnswer, KafkaError):
                    continue

    async def _stored(self, case_id: UUID) -> Case:
        key = f"case:{case_id}"
        async with self._pool.acquire() as conn, conn.transaction(isolation="repeatable_read", readonly=True):
            return (await self._store.load(conn, [key]))[key]

    async def cases(self) -> list[Case]:
        """Every case as stored."""
        return [await self._stored(case_id) for case_id in self.played.filed]


@asynccontextmanager
async def case_load(trial: Trial) -> AsyncIterator[CaseLoad]:
    """People with an open line to a platform."""
    pool = await open_pool(trial.settings.dsn("qio_complaints_app"), 8)
    try:
        async with Line(trial.settings) as line:
            yield CaseLoad(trial, line, Staff(40), pool)
    finally:
        pool.terminate()
