"""Gives open cases the relief of an outage that was declared after their windows were set."""

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final
from uuid import UUID

import asyncpg

from services.complaints.announcements import Announcer
from services.complaints.domain import clocks, procedures
from services.complaints.domain.case import Case, Entry, Taken
from services.complaints.handlers import case_key
from services.complaints.repository import CaseStore
from shared.messaging import locks, outbox
from shared.messaging.handling import Emit
from shared.messaging.leader import wait
from shared.runtime.service import Context

POLL_SECONDS: Final = 2.0
_BATCH: Final = 200
_FIRST = UUID(int=0)
_DECLARED = """
    SELECT o.since, o.until FROM intake_outage AS o
    WHERE NOT EXISTS (SELECT 1 FROM outage_relief AS r WHERE r.since = o.since AND r.until = o.until)
    ORDER BY o.since LIMIT 1
"""
# Windows that ended in the outage, and those the ticker has let lapse meanwhile; of closed cases nothing is opened.
_CASES = """
    SELECT DISTINCT d.case_id FROM deadline AS d JOIN case_file AS c USING (case_id)
    WHERE d.due_at >= $1 AND d.due_at < $2 AND d.rule_id = ANY($3::text[]) AND d.status IN ('PENDING', 'MISSED')
      AND c.stage <> 'CLOSED' AND d.case_id > $4
    ORDER BY d.case_id LIMIT $5
"""
_RELIEVED = (
    "INSERT INTO outage_relief (since, until, relieved_at, cases) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING"
)


class Relief:
    """Reckons the cases anew whose windows ended in an outage; repeating it changes nothing."""

    def __init__(self, store: CaseStore, announcer: Announcer) -> None:
        self._store = store
        self._announcer = announcer
        self._rules = sorted({rule.id for rule in store.desk.book.all() if rule.outage_relief})

    async def run(self, context: Context) -> None:
        """Until the process stops."""
        while not context.stop.is_set():
            async with context.pool.acquire() as conn:
                while await self.give(conn, context.clock()) is not None and not context.stop.is_set():
                    pass
            await wait(context.stop, POLL_SECONDS)

    async def give(self, conn: asyncpg.Connection, now: dt.datetime) -> int | None:
        """Relieve the cases of one outage, a batch a transaction; how many, or None where no outage waits."""
        outage = await conn.fetchrow(_DECLARED)
        if outage is None:
            return None
        relieved, after = 0, _FIRST
        while ids := [row["case_id"] for row in await self._cases(conn, outage, after)]:
            async with conn.transaction():
                relieved += await self._reckon(conn, ids, now)
            after = ids[-1]
        await conn.execute(_RELIEVED, outage["since"], outage["until"], now, relieved)
        return relieved

    async def _cases(self, conn: asyncpg.Connection, outage: Any, after: UUID) -> Sequence[Any]:
        found: Sequence[Any] = await conn.fetch(_CASES, outage["since"], outage["until"], self._rules, after, _BATCH)
        return found

    async def _reckon(self, conn: asyncpg.Connection, ids: Sequence[UUID], now: dt.datetime) -> int:
        keys = [case_key(case_id) for case_id in ids]
        await locks.lock(conn, keys)
        changed: dict[str, Case] = {}
        emits: list[Emit] = []
        for key, before in (await self._store.load(conn, keys)).items():
            after, _ = clocks.synced(before, procedures.of(before.type), self._store.desk)
            if after == before:
                continue
            changed[key] = after.noted(Entry(now, "intake", "outage relief"))
            emits += self._announcer.changes(before, Taken(after), self._store.desk, now)
        if changed:
            await self._store.save(conn, changed, now)
            await locks.raise_versions(conn, changed)
            await outbox.append(conn, emits, now=now)
        return len(changed)
