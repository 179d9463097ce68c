"""What readers may see of notices: metadata, never who they are for or what they say."""

import datetime as dt
from collections import defaultdict
from collections.abc import Collection
from typing import Any, Final
from uuid import UUID

import asyncpg

from services.notifications.domain.notice import Channel, State

_COLUMNS: Final = """
    SELECT id, type, subject, recipient_role, channel, state, reason, letter, citation, due_at, queued_at, available_at,
           finished_at, attempts, step, route, overdue_at
    FROM notice
"""
_LIST: Final = (
    _COLUMNS
    + """
    WHERE ($1::text[] IS NULL OR state = ANY($1))
      AND ($2::text IS NULL OR channel = $2)
      AND ($3::timestamptz IS NULL OR (due_at, id) > ($3, $4::uuid))
    ORDER BY due_at, id LIMIT $5
"""
)
_ONE: Final = _COLUMNS + " WHERE id = $1"
_SUMMARY: Final = """
    SELECT type, state, count(*) AS n, sum(attempts) AS attempts FROM notice
    GROUP BY type, state
"""
_SHOWN: Final = "INSERT INTO notice_shown (notice_id, at, actor, purpose) VALUES ($1, $2, $3, $4)"
_OLDEST: Final = "SELECT min(queued_at) FROM notice WHERE state IN ('QUEUED', 'SENDING')"


async def page(
    conn: asyncpg.Connection,
    states: Collection[State],
    channel: Channel | None,
    after: tuple[dt.datetime, UUID] | None,
    limit: int,
) -> list[dict[str, Any]]:
    """Notices in these states (none: in any) in order of due time, from behind ``after`` (due time and id)."""
    due_at, notice_id = after or (None, None)
    return [dict(row) for row in await conn.fetch(_LIST, list(states) or None, channel, due_at, notice_id, limit)]


async def note_shown(conn: asyncpg.Connection, notice_id: UUID, at: dt.datetime, actor: str, purpose: str) -> None:
    """Keep who was shown, at ``at`` (UTC), what a notice says."""
    await conn.execute(_SHOWN, notice_id, at, actor, purpose)


async def one(conn: asyncpg.Connection, notice_id: UUID) -> dict[str, Any] | None:
    """One notice, or None."""
    row = await conn.fetchrow(_ONE, notice_id)
    return None if row is None else dict(row)


async def summary(conn: asyncpg.Connection, now: dt.datetime) -> dict[str, Any]:
    """Counts by what became of the notices, over all and per type, and the age of the oldest that waits."""
    rows = await conn.fetch(_SUMMARY)
    by_type: dict[str, dict[str, int]] = defaultdict(_zeros)
    total = _zeros()
    for row in rows:
        for counts in (by_type[row["type"]], total):
            counts[_GROUPS[State(row["state"])]] += row["n"]
            counts["total"] += row["n"]
            counts["attempts"] += row["attempts"]
    oldest = await conn.fetchval(_OLDEST)
    age = (now - oldest).total_seconds() if oldest else None
    return {**total, "oldest_queued_seconds": age, "by_type": dict(sorted(by_type.items()))}


_GROUPS: Final = {
    State.QUEUED: "queued",
    State.SENDING: "queued",
    State.AWAITING: "awaiting",
    State.SENT: "delivered",
    State.RETURNED: "returned",
    State.FAILED: "failed",
    State.TASK: "tasks",
    State.STOPPED: "stopped",
    State.GATHERED: "gathered",
    State.HELD: "held",
}


def _zeros() -> dict[str, int]:
    return dict.fromkeys(("total", *_GROUPS.values(), "attempts"), 0)
