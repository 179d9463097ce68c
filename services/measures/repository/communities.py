"""Communities and their areas as this service knows them from recruitment's events."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

import asyncpg

from services.measures.domain.community import Community
from services.measures.repository import activity_due
from services.measures.repository.activity_due import Due, What

_LOAD = "SELECT id, name, version FROM community WHERE id = ANY($1::text[])"
_SAVE = """
    INSERT INTO community (id, name, version) SELECT * FROM unnest($1::text[], $2::text[], $3::integer[])
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, version = excluded.version
"""
_CLEAR = "DELETE FROM community_area WHERE community = ANY($1::text[])"
# A version defined anew under an area set it already had is still published anew: the version is part of the result.
_UNPUBLISHED = "SELECT id FROM community WHERE published < version ORDER BY id LIMIT $1"
_PUBLISHED = """
    UPDATE community c SET published = p.version
    FROM unnest($1::text[], $2::integer[]) AS p (id, version) WHERE c.id = p.id
"""
_HOLD = "SELECT id, version, published FROM community WHERE id = ANY($1::text[]) ORDER BY id FOR UPDATE"
_OF_AREAS = "SELECT DISTINCT community FROM community_area WHERE area = ANY($1::text[])"
_AREAS = "SELECT area, community FROM community_area WHERE area = ANY($1::text[]) AND community = ANY($2::text[])"


class Held(NamedTuple):
    """``version`` is the definition's, ``published`` the one that its rollups and results rest on."""

    version: int
    published: int


class CommunityStore:
    """Loads and saves communities for the message path, keyed ``community:<id>``."""

    async def load(self, conn: asyncpg.Connection, keys: Sequence[str]) -> Mapping[str, Community]:
        """The known ones, without their areas, which no decision needs."""
        rows = await conn.fetch(_LOAD, [_id(key) for key in keys])
        return {key_of(row["id"]): Community(row["id"], row["name"], row["version"], ()) for row in rows}

    async def save(self, conn: asyncpg.Connection, changed: Mapping[str, Community], now: dt.datetime) -> None:
        """Replace communities and their areas; ``now`` is not kept."""
        del now
        found = [changed[key] for key in sorted(changed)]
        if not found:
            return
        ids = [community.id for community in found]
        await conn.execute(_SAVE, ids, [c.name for c in found], [c.version for c in found])
        await conn.execute(_CLEAR, ids)
        rows = [(community.id, area) for community in found for area in sorted(set(community.areas))]
        await conn.copy_records_to_table("community_area", records=rows, columns=("community", "area"))
        await activity_due.put(conn, {Due(What.COMMUNITY, community) for community in ids})


async def unpublished(conn: asyncpg.Connection, limit: int) -> list[str]:
    """Communities whose last definition has not been published yet."""
    return [row["id"] for row in await conn.fetch(_UNPUBLISHED, limit)]


async def hold(conn: asyncpg.Connection, ids: Collection[str]) -> dict[str, Held]:
    """These communities, which nobody can redefine until the transaction ends."""
    rows = await conn.fetch(_HOLD, sorted(ids)) if ids else ()
    return {name: Held(version, published) for name, version, published in rows}


async def of_areas(conn: asyncpg.Connection, areas: Collection[str]) -> list[str]:
    """The communities that any of these areas belongs to now."""
    return [row["community"] for row in await conn.fetch(_OF_AREAS, list(areas))] if areas else []


async def by_area(
    conn: asyncpg.Connection, areas: Collection[str], communities: Collection[str]
) -> dict[str, list[str]]:
    """Which of these communities each of these areas belongs to; hold the communities before."""
    found: dict[str, list[str]] = {}
    if areas and communities:
        for area, community in await conn.fetch(_AREAS, list(areas), list(communities)):
            found.setdefault(area, []).append(community)
    return found


async def mark_published(conn: asyncpg.Connection, published: Mapping[str, int]) -> None:
    """Remember the version that the rollups of a community rest on; its results follow."""
    if published:
        await conn.execute(_PUBLISHED, list(published), list(published.values()))


def key_of(community: str) -> str:
    """The aggregate key of a community."""
    return f"community:{community}"


def _id(key: str) -> str:
    return key.removeprefix("community:")
