"""The workers' side of the notice table: claims with a lease, and results that only the latest claim may record."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

import asyncpg

from services.notifications.domain.delivery import Attempt, Result, delivered
from services.notifications.domain.notice import State, notice_key
from services.notifications.repository.following import Follows
from services.notifications.repository.notices import Notices
from shared.messaging import locks, outbox
from shared.messaging.keyring import SealBroken

_CLAIM: Final = """
    WITH due AS (
        SELECT id FROM notice
        WHERE state IN ('QUEUED', 'SENDING') AND channel = 'email' AND available_at <= $1
        ORDER BY due_at, id LIMIT $3 FOR UPDATE SKIP LOCKED
    )
    UPDATE notice n
    SET state = 'SENDING', available_at = $2, claims = n.claims + 1, attempts = n.attempts + 1
    FROM due WHERE n.id = due.id
    RETURNING n.id, n.type, n.subject, n.recipient_role, n.due_at, n.claims, n.attempts, n.recipient, n.content
"""
_RECORD: Final = """
    UPDATE notice n
    SET state = r.state, reason = r.reason, available_at = r.available_at, finished_at = r.finished_at,
        attempts = n.attempts - r.uncounted
    FROM unnest($1::uuid[], $2::integer[], $3::text[], $4::text[], $5::timestamptz[], $6::timestamptz[], $7::integer[])
         AS r (id, claim, state, reason, available_at, finished_at, uncounted)
    WHERE n.id = r.id AND n.claims = r.claim AND n.state = 'SENDING'
    RETURNING n.id
"""
# This way is over; what follows is decided over the whole notice.
_STILL_OURS: Final = """
    SELECT n.id FROM notice n
    JOIN unnest($1::uuid[], $2::integer[]) AS r (id, claim) ON n.id = r.id AND n.claims = r.claim
    WHERE n.state = 'SENDING' ORDER BY n.id FOR UPDATE OF n
"""
_WAITING: Final = """
    SELECT count(*) AS waiting, min(queued_at) AS oldest,
           (SELECT count(*) FROM notice
            WHERE due_at < $1 AND state NOT IN ('SENT', 'STOPPED', 'GATHERED')) AS overdue
    FROM notice WHERE state IN ('QUEUED', 'SENDING')
"""


@dataclass(frozen=True, slots=True)
class Claim:
    """What one claim took: attempts in order of due time, and attempts whose content cannot be unsealed."""

    attempts: tuple[Attempt, ...]
    unreadable: tuple[Attempt, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """The queue: how many wait, how many that have not left are past their due time, since when the oldest waits."""

    count: int
    overdue: int
    oldest: dt.datetime | None


async def claim(
    conn: asyncpg.Connection, notices: Notices, *, now: dt.datetime, lease: dt.timedelta, limit: int
) -> Claim:
    """Take notices whose time has come, earliest due first; what another sender holds is passed over.

    After ``lease`` without a record they may be claimed again: the sender died, and they may have been sent.
    """
    async with conn.transaction():
        rows = await conn.fetch(_CLAIM, now, now + lease, limit)
    attempts, unreadable = [], []
    for row in sorted(rows, key=lambda row: (row["due_at"], row["id"])):
        try:
            address = notices.recipient(row["id"], row["recipient"]).email or ""
            attempts.append(_attempt(row, address, notices.content(row["id"], row["content"])))
        except (SealBroken, ValueError):
            unreadable.append(_attempt(row, "", b""))
    return Claim(tuple(attempts), tuple(unreadable))


async def record(
    conn: asyncpg.Connection, results: Sequence[Result], follows: Follows, now: dt.datetime
) -> frozenset[UUID]:
    """Keep results and say them, in one transaction; returns whose results counted.

    Where this way has failed for good the next one begins. A result of a claim that is no longer the latest is
    dropped: the sender that took over records its own.
    """
    ordered = sorted(results, key=lambda end: str(end.attempt.notice_id))
    async with conn.transaction():
        await locks.lock(conn, [notice_key(end.attempt.notice_id) for end in ordered])
        kept = await _ended(conn, [end for end in ordered if end.state is not State.FAILED], now)
        failed = await _failed(conn, [end for end in ordered if end.state is State.FAILED], follows, now)
        await locks.raise_versions(conn, [notice_key(notice_id) for notice_id in (*kept, *failed)])
    return kept | failed


async def _ended(conn: asyncpg.Connection, results: Sequence[Result], now: dt.datetime) -> frozenset[UUID]:
    """Those that were accepted or are to be tried again."""
    if not results:
        return frozenset()
    rows = await conn.fetch(
        _RECORD,
        [end.attempt.notice_id for end in results],
        [end.attempt.claim for end in results],
        [end.state for end in results],
        [end.reason for end in results],
        [end.available_at for end in results],
        [end.finished_at for end in results],
        [0 if end.counted else 1 for end in results],
    )
    kept = frozenset(row["id"] for row in rows)
    await outbox.append(conn, delivered([end for end in results if end.attempt.notice_id in kept]), now=now)
    return kept


async def _failed(
    conn: asyncpg.Connection, results: Sequence[Result], follows: Follows, now: dt.datetime
) -> frozenset[UUID]:
    """Those whose way by mail is over."""
    if not results:
        return frozenset()
    claims = [end.attempt.claim for end in results]
    rows = await conn.fetch(_STILL_OURS, [end.attempt.notice_id for end in results], claims)
    kept = frozenset(row["id"] for row in rows)
    reasons = {end.attempt.notice_id: end.reason or "" for end in results if end.attempt.notice_id in kept}
    await follows.begin(conn, reasons, now)
    return kept


async def waiting(conn: asyncpg.Connection, now: dt.datetime) -> Waiting:
    """How the queue stands."""
    row = await conn.fetchrow(_WAITING, now)
    return Waiting(row["waiting"], row["overdue"], row["oldest"])


def _attempt(row: asyncpg.Record, address: str, content: bytes) -> Attempt:
    return Attempt(
        notice_id=row["id"],
        type=row["type"],
        subject=row["subject"],
        recipient_role=row["recipient_role"],
        due_at=row["due_at"],
        claim=row["claims"],
        number=row["attempts"],
        address=address,
        content=content,
    )
