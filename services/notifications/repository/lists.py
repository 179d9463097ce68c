"""What readers may see of mailing lists, subscriptions and addresses."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final
from uuid import UUID

import asyncpg
import orjson

from services.notifications.domain.addresses.kinds import ADDRESS
from services.notifications.domain.lists.state import State, Subscription, standing

# A list that was not closed has no closed_at, or one that is null.
_LISTS: Final = """
    SELECT state FROM record
    WHERE kind = 'list' AND (state ->> 'closed_at' IS NOT NULL) = $1 AND ($2::text IS NULL OR id > $2)
    ORDER BY id LIMIT $3
"""
# EXPIRED is PENDING whose time has passed.
_STATE: Final = """
    CASE WHEN state ->> 'state' = 'PENDING' AND (state ->> 'expires_at')::timestamptz <= $2 THEN 'EXPIRED'
         ELSE state ->> 'state' END
"""
_MEMBERS: Final = f"""
    SELECT state FROM record
    WHERE kind = 'subscription' AND state @> $1::jsonb AND {_STATE} = $3 AND ($4::text IS NULL OR id > $4)
    ORDER BY id LIMIT $5
"""  # noqa: S608 - put together from constants
_COUNTS: Final = f"""
    SELECT {_STATE} AS state, count(*) AS n FROM record
    WHERE kind = 'subscription' AND state @> $1::jsonb GROUP BY 1
"""  # noqa: S608 - put together from constants
_OF_CONTACT: Final = "SELECT state FROM record WHERE kind = 'subscription' AND state @> $1::jsonb ORDER BY id"
_ADDRESSES: Final = "SELECT id, state FROM record WHERE kind = $1 AND id = ANY($2::text[])"


async def lists(pool: asyncpg.Pool, after: str | None, limit: int, *, closed: bool) -> list[dict[str, Any]]:
    """Lists by id, open or closed ones, after an id."""
    return [orjson.loads(row["state"]) for row in await pool.fetch(_LISTS, closed, after, limit)]


async def counts(pool: asyncpg.Pool, list_id: str, now: dt.datetime) -> dict[str, int]:
    """How many are in which state at ``now`` (UTC)."""
    rows = await pool.fetch(_COUNTS, _like(list_id=list_id), now)
    found = {row["state"]: row["n"] for row in rows}
    return {state.value: found.get(state, 0) for state in State if state is not State.ABSENT}


async def members(
    pool: asyncpg.Pool, list_id: str, state: State, now: dt.datetime, after: str | None, limit: int
) -> list[dict[str, Any]]:
    """Subscriptions of a list in a state at ``now`` (UTC), by id, after an id."""
    rows = await pool.fetch(_MEMBERS, _like(list_id=list_id), now, state, after, limit)
    return [_told(row["state"], now) for row in rows]


async def of_contact(pool: asyncpg.Pool, contact: UUID, now: dt.datetime) -> list[dict[str, Any]]:
    """All subscriptions of a contact, by list, as they are at ``now`` (UTC)."""
    return [_told(row["state"], now) for row in await pool.fetch(_OF_CONTACT, _like(contact=str(contact)))]


async def addresses(pool: asyncpg.Pool, ids: Sequence[UUID]) -> Mapping[str, Any]:
    """What is known of addresses, by id."""
    rows = await pool.fetch(_ADDRESSES, ADDRESS.name, [str(one) for one in ids])
    return {row["id"]: orjson.loads(row["state"])["facts"] for row in rows}


def _told(text: str, now: dt.datetime) -> dict[str, Any]:
    found = Subscription.model_validate_json(text)
    return {**found.model_dump(mode="json"), "state": standing(found, now).value}


def _like(**values: str) -> str:
    return orjson.dumps(values).decode()
