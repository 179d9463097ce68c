"""Erases what callers said in interviews that led to no case, when their time is over; that there was one remains."""

import datetime as dt

import asyncpg

from services.complaints.auditing import chain as audit
from services.complaints.intake.store import intake_key
from shared.messaging import locks
from shared.messaging.leader import wait
from shared.runtime.service import Context

PAUSE_SECONDS = 600.0
_OVER = """
    SELECT intake_id FROM intake
    WHERE expires_at <= $1 AND sealed IS NOT NULL AND state IN ('OPEN', 'ABANDONED')
    ORDER BY expires_at, intake_id LIMIT $2
"""
_ERASE = """
    UPDATE intake
    SET sealed = NULL, callback = NULL, state = CASE WHEN state = 'OPEN' THEN 'EXPIRED' ELSE state END,
        version = version + 1
    WHERE intake_id = ANY($1::uuid[]) AND expires_at <= $2 AND sealed IS NOT NULL AND state IN ('OPEN', 'ABANDONED')
    RETURNING intake_id
"""


async def erase(conn: asyncpg.Connection, now: dt.datetime, limit: int = 500) -> int:
    """Erase up to ``limit`` interviews that expired, in one transaction; how many. Repeating it changes nothing."""
    async with conn.transaction():
        ids = [row["intake_id"] for row in await conn.fetch(_OVER, now, limit)]
        await locks.lock(conn, map(intake_key, ids))
        # Asked again under the locks: one that was answered meanwhile is kept.
        erased = [row["intake_id"] for row in await conn.fetch(_ERASE, ids, now)]
        await locks.raise_versions(conn, map(intake_key, erased))
        await audit.append(conn, [audit.Line(one, now, "intake", "intake erased") for one in sorted(erased)])
    return len(erased)


async def run(context: Context) -> None:
    """Until the process stops: erase what expired, a batch at a time."""
    while not context.stop.is_set():
        async with context.pool.acquire() as conn:
            while await erase(conn, context.clock()) and not context.stop.is_set():
                pass
        await wait(context.stop, PAUSE_SECONDS)
