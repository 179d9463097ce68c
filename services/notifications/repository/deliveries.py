"""The sender's side of the notice table: claims with a lease, and results that only the latest claim may record."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

import asyncpg

from services.notifications.domain.delivery import Attempt, Result, events
from services.notifications.repository.notices import Notices
from shared.messaging import locks, outbox
from shared.messaging.keyring import SealBroken

_CLAIM: Final = """
    WITH due AS (
        SELECT id FROM notice
        WHERE state IN ('QUEUED', 'SENDING') AND available_at <= $1
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
_WAITING: Final = """
    SELECT count(*) AS waiting, min(queued_at) AS oldest,
           count(*) FILTER (WHERE due_at < $1) AS overdue
    FROM notice WHERE state IN ('QUEUED', 'SENDING')
"""


@dataclass(frozen=True, slots=True)
class Claim:
    """What one claim took: attempts in order of due time, and attempts whose content cannot be unsealed."""

    attempts: tuple[Attempt, ...]
    unreadable: tuple[Attempt, ...]


@dataclass(frozen=True, slots=True)
class Waiting:
    """The queue: how many wait, how many of them are past their due time, since when the oldest waits (UTC)."""

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


async def record(conn: asyncpg.Connection, results: Sequence[Result], now: dt.datetime) -> frozenset[UUID]:
    """Keep results and say them, in one transaction; returns whose results counted.

    A result of a claim that is no longer the latest is dropped: the sender that took over records its own.
    """
    ordered = sorted(results, key=lambda end: str(end.attempt.notice_id))
    async with conn.transaction():
        await locks.lock(conn, [str(end.attempt.notice_id) for end in ordered])
        rows = await conn.fetch(
            _RECORD,
            [end.attempt.notice_id for end in ordered],
            [end.attempt.claim for end in ordered],
            [end.state for end in ordered],
            [end.reason for end in ordered],
            [end.available_at for end in ordered],
            [end.finished_at for end in ordered],
            [0 if end.counted else 1 for end in ordered],
        )
        kept = frozenset(row["id"] for row in rows)
        counted = [end for end in ordered if end.attempt.notice_id in kept]
        await locks.raise_versions(conn, [str(end.attempt.notice_id) for end in counted])
        await outbox.append(conn, events(counted), now=now)
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
