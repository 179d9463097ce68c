"""What readers may see of partners' deliveries."""

from typing import Any, Final

import asyncpg
import orjson

from services.notifications.domain.webhooks.delivering import State

_PARTNERS: Final = """
    SELECT r.id AS partner, r.state #>> '{facts,name}' AS name, r.state #>> '{facts,standing}' AS standing,
           r.state #>> '{facts,why_paused}' AS why_paused,
           ARRAY(SELECT jsonb_array_elements_text(r.state #> '{facts,topics}')) AS topics,
           (SELECT count(*) FROM webhook_delivery d
            WHERE d.hook = (r.state #>> '{facts,hook}')::uuid AND d.state IN ('WAITING', 'SENDING')) AS waiting,
           coalesce(l.failures, 0) AS failures, l.failing_since
    FROM record r LEFT JOIN webhook_lane l ON l.hook = (r.state #>> '{facts,hook}')::uuid
    WHERE r.kind = 'hook' AND r.state #>> '{facts,hook}' IS NOT NULL AND ($1::text IS NULL OR r.id > $1)
    ORDER BY r.id LIMIT $2
"""
_LANE: Final = """
    SELECT l.failures, l.failing_since, l.last_failed, l.open_until,
           (SELECT jsonb_object_agg(state, n) FROM
               (SELECT state, count(*) AS n FROM webhook_delivery WHERE hook = l.hook GROUP BY state) c) AS deliveries
    FROM webhook_lane l WHERE l.hook = $1::text::uuid
"""
_DELIVERIES: Final = """
    SELECT d.webhook_id, d.topic, d.type, d.subject, d.state, d.reason, d.attempts, d.queued_at, d.available_at,
           d.finished_at, d.sequence AS number
    FROM record r JOIN webhook_delivery d ON d.hook = (r.state #>> '{facts,hook}')::uuid
    WHERE r.kind = 'hook' AND r.id = $1 AND ($2::text IS NULL OR d.state = $2) AND d.sequence > $3
    ORDER BY d.sequence LIMIT $4
"""


async def partners(conn: asyncpg.Connection, after: str | None, limit: int) -> list[dict[str, Any]]:
    """Partners by id, from behind ``after``."""
    return [dict(row) for row in await conn.fetch(_PARTNERS, after, limit)]


async def lane(conn: asyncpg.Connection, hook: str) -> dict[str, Any] | None:
    """How a partner has answered lately; None before its first event."""
    row = await conn.fetchrow(_LANE, hook)
    if row is None:
        return None
    counts = row["deliveries"]
    return {**dict(row), "deliveries": orjson.loads(counts) if counts else {}}


async def deliveries(
    conn: asyncpg.Connection, partner: str, state: State | None, after: int, limit: int
) -> list[dict[str, Any]]:
    """What was queued for a partner, in order, from behind a number."""
    return [dict(row) for row in await conn.fetch(_DELIVERIES, partner, state, after, limit)]
