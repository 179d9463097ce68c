"""What became of the notices of a campaign, counted."""

from collections.abc import Mapping
from typing import Any, Final
from uuid import UUID

import asyncpg
import orjson

# What a digest told has the fate of the digest.
_FATES: Final = """
    WITH fate AS (
        SELECT n.contact, n.queued_at, coalesce(d.state, n.state) AS state, coalesce(d.reason, n.reason) AS reason
        FROM notice n
        LEFT JOIN notice d ON n.state = 'SENT' AND n.reason LIKE 'digest:%' AND d.id = substr(n.reason, 8)::uuid
        WHERE n.campaign = $1
    )
    SELECT count(*) FILTER (WHERE state IN ('QUEUED', 'SENDING', 'AWAITING', 'GATHERED')) AS waiting,
           count(*) FILTER (WHERE state = 'SENT') AS delivered,
           count(*) FILTER (WHERE state = 'RETURNED') AS returned,
           count(*) FILTER (WHERE state IN ('FAILED', 'TASK', 'HELD')) AS failed,
           count(*) FILTER (WHERE state = 'STOPPED') AS stopped,
           count(*) FILTER (WHERE EXISTS (
               SELECT FROM record s WHERE s.kind = 'subscription' AND s.id = $2 || '|' || contact::text
                  AND (s.state ->> 'left_at')::timestamptz >= queued_at)) AS unsubscribed
    FROM fate
"""
_LIST: Final = """
    SELECT state FROM record
    WHERE kind = 'campaign' AND ($1::text IS NULL OR state ->> 'state' = $1) AND ($2::text IS NULL OR id > $2)
    ORDER BY id LIMIT $3
"""


async def figures(pool: asyncpg.Pool, campaign: UUID, list_id: str | None) -> Mapping[str, int]:
    """How many of its notices wait, were delivered, came back, failed or were not sent; and who left its list since.

    The figures from ``waiting`` to ``stopped`` add up to what the queue has of those that were requested.
    """
    return dict(await pool.fetchrow(_FATES, campaign, list_id))


async def some(pool: asyncpg.Pool, state: str | None, after: str | None, limit: int) -> list[dict[str, Any]]:
    """Campaigns by id, of one state or of all."""
    return [orjson.loads(row["state"]) for row in await pool.fetch(_LIST, state, after, limit)]
