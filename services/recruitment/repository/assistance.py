"""Requests for assistance, opened by confirmed concerns."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

import asyncpg

from shared.contracts.complaints import ConcernConfirmed

PREFIX: Final = "assistance:"
_OPEN: Final = """
    INSERT INTO assistance_request (request_id, ccn, topic, confirmed_on, opened_at)
    SELECT *, $5 FROM unnest($1::uuid[], $2::text[], $3::text[], $4::date[])
    ON CONFLICT (request_id) DO NOTHING
"""
_LIST: Final = """
    SELECT request_id, ccn, topic, confirmed_on, opened_at FROM assistance_request
    WHERE ($1::text IS NULL OR ccn = $1)
      AND ($2::uuid IS NULL OR (opened_at, request_id) >
           (SELECT opened_at, request_id FROM assistance_request WHERE request_id = $2))
    ORDER BY opened_at, request_id LIMIT $3
"""


class AssistanceStore:
    """Saves requests for the message path, keyed ``assistance:<concern>``; nothing is decided from what was there."""

    async def load(self, conn: asyncpg.Connection, keys: Sequence[str]) -> Mapping[str, ConcernConfirmed]:
        """Nothing: a request is only ever opened."""
        del conn, keys
        return {}

    async def save(self, conn: asyncpg.Connection, changed: Mapping[str, ConcernConfirmed], now: dt.datetime) -> None:
        """Open those that are not open yet."""
        rows = [(one.concern, one.ccn, one.topic, one.confirmed_on) for _, one in sorted(changed.items())]
        if rows:
            await conn.execute(_OPEN, *map(list, zip(*rows, strict=True)), now)


async def requests(pool: asyncpg.Pool, ccn: str | None, after: UUID | None, limit: int) -> list[dict[str, Any]]:
    """Requests in the order they were opened."""
    return [dict(row) for row in await pool.fetch(_LIST, ccn, after, limit)]


def key_of(concern: UUID) -> str:
    """The aggregate key of the request a concern opens."""
    return f"{PREFIX}{concern}"
