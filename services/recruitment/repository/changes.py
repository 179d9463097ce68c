"""Keeps what measures says of single facilities, as far as it can move a rank, and reads it for it."""

import datetime as dt
from collections.abc import Iterable
from typing import Final, TypeVar

import asyncpg

from services.recruitment.domain.targets.changes import Change, Infections
from services.recruitment.domain.targets.signals import SMALL

One = TypeVar("One", Change, Infections)

_SAVE_CHANGES: Final = """
    INSERT INTO chart_signal AS held (measure, unit_type, unit, period, rule, side, ends_on, standing, said_at)
    SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::date[],
                         $8::boolean[], $9::timestamptz[])
    ON CONFLICT (measure, unit_type, unit, period, rule, side) DO UPDATE SET
        standing = excluded.standing, said_at = excluded.said_at
    WHERE (held.said_at, NOT held.standing) < (excluded.said_at, NOT excluded.standing)
"""
_SAVE_INFECTIONS: Final = """
    INSERT INTO infection_ratio AS held (measure, unit, period, revision, ends_on, numerator, value, low)
    SELECT * FROM unnest($1::text[], $2::text[], $3::text[], $4::integer[], $5::date[], $6::bigint[], $7::float8[],
                         $8::float8[])
    ON CONFLICT (measure, unit) DO UPDATE SET
        period = excluded.period, revision = excluded.revision, ends_on = excluded.ends_on,
        numerator = excluded.numerator, value = excluded.value, low = excluded.low
    WHERE (held.ends_on, held.period COLLATE "C", held.revision)
        < (excluded.ends_on, excluded.period COLLATE "C", excluded.revision)
"""
# Of each chart the latest period that signals.
_CHANGED: Final = """
    SELECT DISTINCT ON (unit_type, unit, measure) unit_type = 'community', unit, measure, period
    FROM chart_signal WHERE standing AND ends_on > $1
    ORDER BY unit_type, unit, measure, ends_on DESC, period
"""
_INFECTED: Final = """
    SELECT measure, unit, period, revision, ends_on, numerator, value, low
    FROM infection_ratio WHERE low > 1 AND numerator > $2 AND ends_on > $1
"""


async def save_changes(conn: asyncpg.Connection, changes: Iterable[Change]) -> None:
    """Take over what is later than what is held; locks the rows in order of their keys in the caller's transaction."""
    await _save(conn, _SAVE_CHANGES, changes)


async def save_infections(conn: asyncpg.Connection, ratios: Iterable[Infections]) -> None:
    """Take over what is later than what is held; locks the rows in order of their keys in the caller's transaction."""
    await _save(conn, _SAVE_INFECTIONS, ratios)


async def _save(conn: asyncpg.Connection, statement: str, offered: Iterable[One]) -> None:
    newest: dict[tuple[str, ...], One] = {}
    for one in offered:
        known = newest.get(one.key)
        if known is None or known.rank < one.rank:
            newest[one.key] = one
    if newest:
        await conn.execute(statement, *map(list, zip(*(newest[key] for key in sorted(newest)), strict=True)))


async def changed(conn: asyncpg.Connection, since: dt.date) -> dict[tuple[bool, str], list[tuple[str, str]]]:
    """Charts that signal a change for the worse of a period that ended after a day: measure and latest period.

    By whether it is a community's, and the unit.
    """
    found: dict[tuple[bool, str], list[tuple[str, str]]] = {}
    for around, unit, measure, period in await conn.fetch(_CHANGED, since):
        found.setdefault((around, unit), []).append((measure, period))
    return found


async def infected(conn: asyncpg.Connection, since: dt.date) -> list[Infections]:
    """Ratios of periods that ended after a day that are surely above what was predicted."""
    return [Infections(*row) for row in await conn.fetch(_INFECTED, since, SMALL)]
