"""Notices that are handed to staff or to a gateway: letters to be printed, messages, and answers that did not come."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from uuid import UUID

import asyncpg

from services.notifications.domain import telling
from services.notifications.domain.notice import Channel, Notice, notice_key
from services.notifications.repository.notices import Notices
from shared.messaging import locks, outbox
from shared.messaging.handling import Emit
from shared.messaging.keyring import SealBroken

_CLAIM: Final = """
    WITH due AS (
        SELECT id FROM notice
        WHERE state IN ('QUEUED', 'SENDING') AND channel IN ('letter', 'certified') AND available_at <= $1
        ORDER BY due_at, id LIMIT $3 FOR UPDATE SKIP LOCKED
    )
    UPDATE notice n SET state = 'SENDING', available_at = $2, claims = n.claims + 1
    FROM due WHERE n.id = due.id
    RETURNING n.id, n.claims, n.due_at
"""
_PUT_BACK: Final = """
    UPDATE notice n SET state = 'QUEUED', available_at = $3
    FROM unnest($1::uuid[], $2::integer[]) AS r (id, claim)
    WHERE n.id = r.id AND n.claims = r.claim AND n.state = 'SENDING'
"""
_OURS: Final = "SELECT EXISTS (SELECT FROM notice WHERE id = $1 AND claims = $2 AND state = 'SENDING' FOR UPDATE)"
_FOR_GATEWAYS: Final = """
    SELECT id, claims FROM notice
    WHERE state IN ('QUEUED', 'SENDING') AND channel = $1 AND available_at <= $2
    ORDER BY due_at, id LIMIT $3
"""
_SILENT: Final = """
    SELECT id FROM notice
    WHERE state = 'AWAITING' AND channel IN ('sms', 'voice', 'portal') AND available_at <= $1
    ORDER BY available_at, id LIMIT $2
"""
# Told once of each, whatever happens to it afterwards.
_OVERDUE: Final = """
    WITH late AS (
        SELECT id FROM notice
        WHERE overdue_at IS NULL AND state NOT IN ('SENT', 'STOPPED', 'GATHERED') AND due_at < $1
        ORDER BY due_at, id LIMIT $2
    )
    SELECT id FROM late
"""
_SAY_OVERDUE: Final = """
    UPDATE notice SET overdue_at = $2
    WHERE id = ANY($1::uuid[]) AND overdue_at IS NULL AND state NOT IN ('SENT', 'STOPPED', 'GATHERED') AND due_at < $2
    RETURNING id, type, subject, recipient_role, channel, due_at
"""


@dataclass(frozen=True, slots=True)
class Claimed:
    """A letter that a printer has taken; a later claim makes this one void."""

    notice_id: UUID
    claim: int


async def claim_letters(
    conn: asyncpg.Connection, *, now: dt.datetime, lease: dt.timedelta, limit: int
) -> tuple[Claimed, ...]:
    """Take letters whose time has come, earliest due first; after ``lease`` without a record others may take them."""
    async with conn.transaction():
        rows = await conn.fetch(_CLAIM, now, now + lease, limit)
    ordered = sorted(rows, key=lambda row: (row["due_at"], row["id"]))
    return tuple(Claimed(row["id"], row["claims"]) for row in ordered)


async def put_back(conn: asyncpg.Connection, claimed: Sequence[Claimed], now: dt.datetime) -> None:
    """Give back what was not printed."""
    await conn.execute(_PUT_BACK, [one.notice_id for one in claimed], [one.claim for one in claimed], now)


async def ours(conn: asyncpg.Connection, claimed: Claimed) -> bool:
    """Whether the claim is still the latest; its row is then held until the transaction ends."""
    return bool(await conn.fetchval(_OURS, claimed.notice_id, claimed.claim))


async def loaded(conn: asyncpg.Connection, notices: Notices, notice_id: UUID) -> Notice | None:
    """The notice; None where it cannot be unsealed."""
    key = notice_key(notice_id)
    try:
        return (await notices.load(conn, [key])).get(key)
    except (SealBroken, ValueError):
        return None


async def keep(
    conn: asyncpg.Connection, notices: Notices, notice: Notice, emits: Sequence[Emit], now: dt.datetime
) -> None:
    """Save a notice the caller has locked, and say what happened."""
    await notices.save(conn, {notice_key(notice.id): notice}, now)
    await locks.raise_versions(conn, [notice_key(notice.id)])
    await outbox.append(conn, emits, now=now)


async def for_gateway(
    conn: asyncpg.Connection, channel: Channel, now: dt.datetime, limit: int
) -> list[tuple[UUID, int]]:
    """Messages of a channel whose time has come, earliest due first, with their latest claims."""
    return [(row["id"], row["claims"]) for row in await conn.fetch(_FOR_GATEWAYS, channel, now, limit)]


async def silent(conn: asyncpg.Connection, now: dt.datetime, limit: int) -> list[UUID]:
    """Messages of which the gateway should have said by ``now`` (UTC) what became of them."""
    return [row["id"] for row in await conn.fetch(_SILENT, now, limit)]


async def say_overdue(conn: asyncpg.Connection, now: dt.datetime, limit: int) -> list[dict[str, Any]]:
    """Say, once of each, that its due time has passed; those it was said of, in one transaction."""
    async with conn.transaction():
        late = [row["id"] for row in await conn.fetch(_OVERDUE, now, limit)]
        if not late:
            return []
        keys = [notice_key(one) for one in late]
        await locks.lock(conn, keys)
        rows = await conn.fetch(_SAY_OVERDUE, late, now)
        await locks.raise_versions(conn, [notice_key(row["id"]) for row in rows])
        await outbox.append(conn, [telling.overdue(row) for row in rows], now=now)
    return [dict(row) for row in rows]
