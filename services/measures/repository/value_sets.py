"""Value sets: every part that was told, and of each set the highest version of which all parts are known."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final, NamedTuple

import asyncpg

from services.measures.domain.values import NO_VALUE_SETS, ValueSets

# Of two contents of one part the larger holds, so that their order does not matter.
_SAVE: Final = """
    INSERT INTO value_set_part AS known (name, version, part, parts, source, codes, meanings)
    VALUES ($1, $2, $3, $4, $5, $6::text[], $7::text[])
    ON CONFLICT (name, version, part) DO UPDATE
    SET parts = excluded.parts, source = excluded.source, codes = excluded.codes, meanings = excluded.meanings
    WHERE (excluded.parts, excluded.codes, excluded.meanings, excluded.source)
        > (known.parts, known.codes, known.meanings, known.source)
    RETURNING name
"""
_HOLD: Final = "SELECT release FROM value_set_release FOR UPDATE"
_RELEASE: Final = "SELECT release FROM value_set_release"
_COMPLETE: Final = """
    SELECT name, max(version) FROM (
        SELECT name, version FROM value_set_part WHERE name = ANY($1::text[])
        GROUP BY name, version
        HAVING min(parts) = max(parts) AND count(*) = max(parts) AND max(part) = max(parts)
    ) AS complete
    GROUP BY name
"""
_IN_FORCE: Final = "SELECT name, version FROM value_set WHERE name = ANY($1::text[])"
_REPLACE: Final = """
    INSERT INTO value_set (name, version) SELECT * FROM unnest($1::text[], $2::text[])
    ON CONFLICT (name) DO UPDATE SET version = excluded.version
"""
_REMOVE: Final = "DELETE FROM value_set WHERE name = ANY($1::text[])"
_RAISE: Final = "UPDATE value_set_release SET release = release + 1"
_LOAD: Final = """
    SELECT r.release, p.name, p.codes, p.meanings
    FROM value_set_release r
    LEFT JOIN value_set v ON true
    LEFT JOIN value_set_part p USING (name, version)
"""
_LISTED: Final = """
    SELECT p.name, p.version, count(*) AS known, max(p.parts) AS parts, sum(cardinality(p.codes)) AS codes,
        min(p.source) AS source, v.version IS NOT NULL AS in_force
    FROM value_set_part p LEFT JOIN value_set v USING (name, version)
    GROUP BY p.name, p.version, v.version
    ORDER BY p.name, p.version
"""


class Part(NamedTuple):
    """One part of one version, as ``feeds.ValueSetPart`` tells it."""

    name: str
    version: str
    part: int
    parts: int
    source: str
    codes: Sequence[str]
    meanings: Sequence[str]


async def save(conn: asyncpg.Connection, parts: Iterable[Part]) -> None:
    """Keep parts and put complete versions in force, inside the caller's transaction; a repetition changes nothing."""
    await conn.fetchval(_HOLD)
    changed = {(row[0], part.version) for part in parts for row in await conn.fetch(_SAVE, *part)}
    if not changed:
        return
    names = sorted({name for name, _ in changed})
    before: dict[str, str] = dict(await conn.fetch(_IN_FORCE, names))
    after: dict[str, str] = dict(await conn.fetch(_COMPLETE, names))
    if before == after and not changed & set(after.items()):
        return
    await conn.execute(_REPLACE, list(after), list(after.values()))
    await conn.execute(_REMOVE, sorted(before.keys() - after.keys()))
    await conn.execute(_RAISE)


async def release(conn: asyncpg.Connection) -> int:
    """The number that rises whenever a set becomes complete or another version of it does; 0 with none."""
    return int(await conn.fetchval(_RELEASE))


async def load(conn: asyncpg.Connection) -> ValueSets:
    """Everything in force, and the release it is. Some 150,000 codes: ask ``release`` first."""
    rows = await conn.fetch(_LOAD)
    found: dict[str, dict[str, frozenset[str]]] = {}
    shared: dict[frozenset[str], frozenset[str]] = {}  # few distinct meanings stand for many codes
    for _, name, codes, meanings in rows:
        if name is None:
            continue
        of_set = found.setdefault(name, {})
        for code, meaning in zip(codes, meanings, strict=True):
            together = of_set.get(code, frozenset()) | {meaning}
            of_set[code] = shared.setdefault(together, together)
    return ValueSets(rows[0]["release"], found)


async def listed(conn: asyncpg.Connection) -> list[Mapping[str, object]]:
    """Every version told: its parts known and in all, codes, source, and whether it holds."""
    return [dict(row) for row in await conn.fetch(_LISTED)]


class Known:
    """The value sets in force for one process, read again when their release has risen."""

    def __init__(self) -> None:
        self._held = NO_VALUE_SETS

    async def get(self, conn: asyncpg.Connection) -> ValueSets:
        """What is in force as this transaction sees it."""
        if await release(conn) != self._held.release:
            self._held = await load(conn)
        return self._held
