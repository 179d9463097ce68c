"""Whose figures of appeals and concerns are to be looked at again."""

from collections.abc import Collection
from enum import StrEnum
from typing import Final, NamedTuple

import asyncpg

from services.measures.domain.activity.counting import Seen

_PUT: Final = "INSERT INTO activity_due (what, name) SELECT * FROM unnest($1::text[], $2::text[])"
_PUT_ALL: Final = """
    INSERT INTO activity_due (what, name)
    SELECT DISTINCT 'facility', ccn FROM facility_activity UNION ALL SELECT 'community', id FROM community
"""
_TAKE: Final = """
    DELETE FROM activity_due WHERE id IN (SELECT id FROM activity_due ORDER BY id LIMIT $1) RETURNING what, name
"""
_WAITING: Final = "SELECT count(*) FROM activity_due"
# A month told by mistake is told again with nothing in it, and no longer begins the baselines of communities.
_REACH: Final = """
    SELECT coalesce(
        min(month) FILTER (WHERE discharge_appeals + termination_appeals + concerns_confirmed > 0), min(month)
    ), max(month) FROM facility_activity
"""
_SEEN: Final = "SELECT first, last, followed_up FROM activity_seen"
_SEE: Final = """
    INSERT INTO activity_seen (first, last, followed_up) VALUES ($1, $2, $3)
    ON CONFLICT (one) DO UPDATE
    SET first = excluded.first, last = excluded.last, followed_up = excluded.followed_up
"""


class What(StrEnum):
    """What is named: a facility, or the communities of a ZIP code, or a community."""

    FACILITY = "facility"
    ZIP = "zip"
    COMMUNITY = "community"


class Due(NamedTuple):
    """One of them, by CCN, ZIP code or community id."""

    what: What
    name: str


async def put(conn: asyncpg.Connection, wanted: Collection[Due]) -> None:
    """Append, inside the transaction that changes what the figures are made of."""
    if wanted:
        await conn.execute(_PUT, *map(list, zip(*sorted(wanted), strict=True)))


async def put_facilities(conn: asyncpg.Connection, ccns: Collection[str]) -> None:
    """The same of facilities, by number."""
    await put(conn, {Due(What.FACILITY, ccn) for ccn in ccns})


async def put_all(conn: asyncpg.Connection) -> None:
    """Every facility that told something, and every community."""
    await conn.execute(_PUT_ALL)


async def take(conn: asyncpg.Connection, limit: int) -> set[Due]:
    """Take the oldest out of the table; the caller is the one leader."""
    return {Due(What(what), name) for what, name in await conn.fetch(_TAKE, limit)}


async def waiting(conn: asyncpg.Connection) -> int:
    """How many there are."""
    found: int = await conn.fetchval(_WAITING)
    return found


async def reach(conn: asyncpg.Connection) -> tuple[str, str] | None:
    """The first month in which any facility had a case and the last one it told of; None while there is none."""
    first, last = await conn.fetchrow(_REACH)
    return None if first is None else (first, last)


async def seen(conn: asyncpg.Connection) -> Seen | None:
    """How far things reached when all figures were looked at last; None for never."""
    row = await conn.fetchrow(_SEEN)
    return None if row is None else Seen(*row)


async def see(conn: asyncpg.Connection, now: Seen) -> None:
    """Remember how far things reach."""
    await conn.execute(_SEE, now.first, now.last, now.followed_up)
