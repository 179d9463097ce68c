"""Declared measures: as records of the message path, and as definitions that results are published by."""

from collections.abc import Collection, Mapping, Sequence
from typing import Final, NamedTuple

import asyncpg

from services.measures.domain import periods, spread
from services.measures.domain.declared.kinds import COMMUNITY, DECLARED_MEASURE, KINDS, KnownCommunity
from services.measures.domain.declared.state import DeclaredMeasure
from services.measures.domain.definitions import Definition
from services.measures.repository.due import Due
from shared.records.kinds import Record
from shared.records.store import RecordStore

_KNOWN: Final = """
    SELECT c.id, count(a.area) AS areas FROM community AS c LEFT JOIN community_area AS a ON a.community = c.id
    WHERE c.id = ANY($1::text[]) GROUP BY c.id
"""
_OF: Final = """
    SELECT state FROM record WHERE kind = $1 AND ($2::text[] IS NULL OR state ->> 'community' = ANY($2)) ORDER BY id
"""
_ONE: Final = "SELECT state FROM record WHERE kind = $1 AND id = $2"
_UNPUBLISHED: Final = """
    SELECT r.id, r.state ->> 'community' AS community, v.version
    FROM record AS r
    CROSS JOIN LATERAL (SELECT coalesce(
        (r.state -> 'retired' ->> 'version')::integer, (r.state -> 'versions' -> -1 ->> 'version')::integer
    ) AS version) AS v
    LEFT JOIN declared_published AS p ON p.measure = r.id
    WHERE r.kind = $1 AND coalesce(p.version, 0) < v.version ORDER BY r.id LIMIT $2
"""
_PUBLISHED: Final = """
    INSERT INTO declared_published (measure, version) SELECT * FROM unnest($1::text[], $2::integer[])
    ON CONFLICT (measure) DO UPDATE SET version = excluded.version
"""
_MONTHS: Final = "SELECT unit, month FROM rollup WHERE unit_type = 'community' AND unit = ANY($1::text[])"


class Told(NamedTuple):
    """A version of a declared measure that its community's results do not rest on yet."""

    measure: str
    community: str
    version: int


async def _known(conn: asyncpg.Connection, ids: Sequence[str]) -> Mapping[str, Record]:
    rows = await conn.fetch(_KNOWN, list(ids))
    return {row["id"]: KnownCommunity(community=row["id"], areas=row["areas"]) for row in rows}


def store() -> RecordStore:
    """The store of the commands."""
    return RecordStore(KINDS, {COMMUNITY.name: _known})


async def some(conn: asyncpg.Connection, communities: Collection[str] | None = None) -> list[DeclaredMeasure]:
    """Those of these communities, or all, retired ones included, by id."""
    rows = await conn.fetch(_OF, DECLARED_MEASURE.name, None if communities is None else list(communities))
    return [DeclaredMeasure.model_validate_json(row["state"]) for row in rows]


async def one(conn: asyncpg.Connection, measure: str) -> DeclaredMeasure | None:
    """The measure of this id."""
    state = await conn.fetchval(_ONE, DECLARED_MEASURE.name, measure)
    return None if state is None else DeclaredMeasure.model_validate_json(state)


async def definitions(conn: asyncpg.Connection, communities: Collection[str]) -> Mapping[str, Sequence[Definition]]:
    """What communities declared, by community."""
    found: dict[str, list[Definition]] = {}
    for declared in await some(conn, communities) if communities else ():
        found.setdefault(declared.community, []).append(declared.definition)
    return found


async def unpublished(conn: asyncpg.Connection, limit: int) -> list[Told]:
    """Versions that wait for the folder."""
    return [Told(*row) for row in await conn.fetch(_UNPUBLISHED, DECLARED_MEASURE.name, limit)]


async def quarters(conn: asyncpg.Connection, told: Collection[Told]) -> set[Due]:
    """Every quarter of their communities, to be looked at again."""
    rows = await conn.fetch(_MONTHS, list({one.community for one in told})) if told else ()
    return {Due(spread.COMMUNITY, unit, periods.quarter_of(month)) for unit, month in rows}


async def mark_published(conn: asyncpg.Connection, told: Collection[Told]) -> None:
    """Remember the versions whose results follow; the caller is the one leader."""
    if told:
        await conn.execute(_PUBLISHED, [one.measure for one in told], [one.version for one in told])
