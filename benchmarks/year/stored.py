"""Carries the year out over PostgreSQL: rules, store, locks, outbox and workers of the service, no broker."""

import datetime as dt
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Any, Final
from uuid import UUID, uuid5

import asyncpg

from benchmarks.year.homes import first_events
from benchmarks.year.steps import STARTED, Ask, AskInVain, HandOut, Pass, Step, Steps, Year
from services.recruitment.domain.packs.gathered import Gathered
from services.recruitment.domain.packs.gathering import gathered
from services.recruitment.domain.registry import KINDS, rules
from services.recruitment.domain.sessions.session_kind import SESSION
from services.recruitment.domain.sessions.state import Session
from services.recruitment.reminders import Reminders
from services.recruitment.repository.packs import records_of
from services.recruitment.repository.views import VIEWS
from services.recruitment.unpairings import Unpairings
from shared.contracts.envelope import Envelope
from shared.contracts.message import Command
from shared.messaging.handling import Accepted, Emit, Received, Refused, Work
from shared.records import store as reading
from shared.records.book import Records
from shared.records.commands import carry_out
from shared.records.due import Group, carried_out
from shared.records.kinds import Record
from shared.records.store import RecordStore

BATCH: Final = 500  # commands in a transaction, as a consumer takes them
_RULES: Final = {rule.command: rule for rule in rules({})}
_STORE: Final = RecordStore(KINDS, VIEWS)


class Stored:
    """A schema that is filled step by step; ``seconds`` and ``counts`` are by kind of work."""

    def __init__(self, pool: asyncpg.Pool, year: Year, seed: UUID) -> None:
        self._pool, self._year, self._seed = pool, year, seed
        self._asked = 0
        self._now = dt.datetime.combine(STARTED, dt.time(12), dt.UTC)
        self.seconds: dict[str, float] = defaultdict(float)
        self.counts: Counter[str] = Counter()
        self.packs: list[Gathered] = []

    async def run(self, steps: Steps) -> None:
        """All steps, in order; the homes are known before the first."""
        step = next(steps)
        book = Records(KINDS)
        for event in first_events(self._year.homes, self._year.guest):
            book.happened(event, self._now)
        async with self._pool.acquire() as conn, conn.transaction():
            await _STORE.save(conn, book.made, self._now)
        while True:
            begin = time.perf_counter()
            answers = await self._answer(step)
            self.seconds[type(step).__name__] += time.perf_counter() - begin
            self.counts[type(step).__name__] += len(answers) or 1
            try:
                step = steps.send(answers)
            except StopIteration:
                return

    async def _answer(self, step: Step) -> list[dict[str, Any]]:
        match step:
            case Ask():
                return [_made(one) for one in await self._ask(step.commands)]
            case AskInVain():
                return [_code(one) for one in await self._ask(step.commands)]
            case HandOut():
                self.packs.append(await self.gather(step))
            case Pass():
                self._now = step.now
                await Reminders(self._pool, KINDS, _STORE, lambda: step.now)()
                await Unpairings(self._pool, KINDS, _STORE, lambda: step.now)()
        return []

    async def gather(self, step: HandOut) -> Gathered:
        """What a pack tells, as the read API gathers it."""
        found = Session.model_validate_json(await reading.one(self._pool, SESSION.name, step.session) or "")
        async with self._pool.acquire() as conn, conn.transaction(isolation="repeatable_read", readonly=True):
            return gathered(await records_of(conn, found), step.on)

    async def _ask(self, commands: Sequence[Command]) -> list[Accepted | Refused]:
        answers: list[Accepted | Refused] = []
        for first in range(0, len(commands), BATCH):
            received = [self._received(one) for one in commands[first : first + BATCH]]
            waiting = iter(received)

            def decide(group: Group, work: Work[Record], waiting: Iterator[Received[Command]] = waiting) -> list[Emit]:
                del group
                one = next(waiting)
                answer = carry_out(one, work, rule=_RULES[type(one.message)], kinds=KINDS)
                assert isinstance(answer, Accepted | Refused)
                answers.append(answer)
                return list(answer.events) if isinstance(answer, Accepted) else []

            groups = [tuple(_RULES[type(one.message)].keys(one.message, one.derive)) for one in received]
            async with self._pool.acquire() as conn, conn.transaction():
                await carried_out(conn, _STORE, groups, decide, self._now)
        return answers

    def _received(self, command: Command) -> Received[Command]:
        self._asked += 1
        command_id = uuid5(self._seed, str(self._asked))
        envelope = Envelope(command_id, command.wire_type(), "qio-cli", self._now, "k", command_id)
        return Received(envelope, command, "k", "t", 0, self._asked)


def _made(answer: Accepted | Refused) -> dict[str, Any]:
    if isinstance(answer, Refused):
        raise TypeError(f"refused: {[(one.code, one.field) for one in answer.reasons]}")
    return dict(answer.made)


def _code(answer: Accepted | Refused) -> dict[str, Any]:
    if isinstance(answer, Accepted):
        raise TypeError("accepted what is to be refused")
    return {"code": answer.reasons[0].code}
