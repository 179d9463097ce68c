"""Interventions as this service knows them from recruitment's events."""

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import Final

import asyncpg
import msgspec

from services.measures.domain.intervention import Intervention
from services.measures.repository import effects

_LOAD: Final = "SELECT body, areas FROM intervention WHERE id = ANY($1::text[])"
_SAVE: Final = """
    INSERT INTO intervention (id, community, areas, body)
    SELECT i.id, i.community, ARRAY(SELECT json_array_elements_text(i.areas)), i.body
    FROM unnest($1::text[], $2::text[], $3::json[], $4::bytea[]) AS i (id, community, areas, body)
    ON CONFLICT (id) DO UPDATE SET community = excluded.community, areas = excluded.areas, body = excluded.body
"""
_ALL: Final = "SELECT body FROM intervention ORDER BY id"
_SHARING: Final = """
    SELECT DISTINCT a.community FROM community_area a
    WHERE a.area IN (
        SELECT unnest(areas) FROM intervention WHERE id = $1
        UNION ALL SELECT area FROM community_area WHERE community = $2
    )
"""
_TODAY: Final = "SELECT area FROM community_area WHERE community = $1"
_PLACES: Final = "SELECT community, min(area) AS area FROM community_area GROUP BY community"

_encode: Final = msgspec.json.Encoder().encode
_decode: Final = msgspec.json.Decoder(Intervention).decode


class InterventionStore:
    """Loads and saves interventions for the message path, keyed ``intervention:<id>``."""

    async def load(self, conn: asyncpg.Connection, keys: Sequence[str]) -> Mapping[str, Intervention]:
        """The known ones."""
        return {key_of(one.id): one for one in await load(conn, [_id(key) for key in keys])}

    async def save(self, conn: asyncpg.Connection, changed: Mapping[str, Intervention], now: dt.datetime) -> None:
        """Replace interventions, and have the effects around their communities looked at; ``now`` is not kept."""
        del now
        found = [changed[key] for key in sorted(changed)]
        if found:
            areas = [_encode(one.areas).decode() for one in found]
            bodies = [_encode(replace(one, areas=())) for one in found]
            await conn.execute(_SAVE, [one.id for one in found], [one.community for one in found], areas, bodies)
            await effects.look_again(conn, {one.community for one in found})


async def load(conn: asyncpg.Connection, ids: Collection[str]) -> list[Intervention]:
    """Those of these that exist."""
    rows = await conn.fetch(_LOAD, list(ids))
    return [replace(_decode(body), areas=tuple(areas)) for body, areas in rows]


async def without_areas(conn: asyncpg.Connection) -> list[Intervention]:
    """All of them, without their areas, which are many."""
    return [_decode(row["body"]) for row in await conn.fetch(_ALL)]


async def sharing(conn: asyncpg.Connection, one: Intervention) -> set[str]:
    """Communities that share areas with an intervention or with its community today; itself among them."""
    return {row["community"] for row in await conn.fetch(_SHARING, one.id, one.community)}


async def redefined(conn: asyncpg.Connection, one: Intervention) -> bool:
    """Whether its community has other areas today than the intervention started in."""
    return {row["area"] for row in await conn.fetch(_TODAY, one.community)} != set(one.areas)


async def places(conn: asyncpg.Connection) -> dict[str, str]:
    """An area of every community that has any."""
    return {row["community"]: row["area"] for row in await conn.fetch(_PLACES)}


def key_of(intervention: str) -> str:
    """The aggregate key of an intervention."""
    return f"intervention:{intervention}"


def _id(key: str) -> str:
    return key.removeprefix("intervention:")
