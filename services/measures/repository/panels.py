"""Units of facility measures with their members and sums: locked in order, loaded and saved with one statement each."""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Final, NamedTuple

import asyncpg
import msgspec

from services.measures.domain.panel.counted import Amounts

_INSERT: Final = "INSERT INTO panel_unit (kind, unit) SELECT $1, unnest($2::text[]) ON CONFLICT DO NOTHING"
_LOCK: Final = "SELECT FROM panel_unit WHERE kind = $1 AND unit = ANY($2::text[]) ORDER BY unit FOR UPDATE"
_MEMBERS: Final = """
    SELECT m.unit, m.member, m.body
    FROM unnest($2::text[], $3::text[]) AS w (unit, member)
    JOIN panel_member m ON m.kind = $1 AND m.unit = w.unit AND m.member = w.member
"""
_SAVE_MEMBERS: Final = """
    INSERT INTO panel_member (kind, unit, member, body, facts, wake, rules)
    SELECT $1, * FROM unnest($2::text[], $3::text[], $4::bytea[], $5::integer[], $6::date[], $7::integer[])
    ON CONFLICT (kind, unit, member) DO UPDATE SET
        body = excluded.body, facts = excluded.facts, wake = excluded.wake, rules = excluded.rules
"""
_OF_UNITS: Final = (
    "SELECT unit, body FROM panel_member WHERE kind = $1 AND unit = ANY($2::text[]) ORDER BY unit, member"
)
_SUMS: Final = """
    SELECT s.unit, s.period, s.amounts
    FROM unnest($2::text[], $3::text[]) AS w (unit, period)
    JOIN panel_sum s ON s.kind = $1 AND s.unit = w.unit AND s.period = w.period
"""
_ALL_SUMS: Final = "SELECT unit, period, amounts FROM panel_sum WHERE kind = $1 AND unit = ANY($2::text[])"
_SAVE_SUMS: Final = """
    INSERT INTO panel_sum (kind, unit, period, amounts)
    SELECT $1, * FROM unnest($2::text[], $3::text[], $4::bytea[])
    ON CONFLICT (kind, unit, period) DO UPDATE SET amounts = excluded.amounts
"""
_WOKEN: Final = """
    SELECT unit, member FROM panel_member WHERE kind = $1 AND wake <= $2 ORDER BY wake, unit, member LIMIT $3
"""
_OUTDATED: Final = "SELECT unit, member FROM panel_member WHERE kind = $1 AND rules < $2 LIMIT $3"
_FACTS: Final = "SELECT kind, sum(facts)::bigint AS facts FROM panel_member GROUP BY kind"
_WAITING: Final = """
    SELECT (SELECT count(*) FROM panel_member WHERE wake <= $1)
         + (SELECT count(*) FROM unnest($2::text[], $3::integer[]) AS k (kind, rules)
            JOIN panel_member m ON m.kind = k.kind AND m.rules < k.rules)
"""

_amounts = msgspec.msgpack.Decoder(dict[str, int])
_encode = msgspec.msgpack.Encoder().encode

Whose = tuple[str, str]
"""Unit and member, or unit and period."""


class Row(NamedTuple):
    """A member as it is written."""

    unit: str
    member: str
    body: bytes
    facts: int
    wake: dt.date | None
    rules: int


async def lock(conn: asyncpg.Connection, kind: str, units: Iterable[str]) -> None:
    """Hold these units, known or not yet, until the transaction ends; always in order of their ids."""
    ordered = sorted(units)
    await conn.execute(_INSERT, kind, ordered)
    await conn.execute(_LOCK, kind, ordered)


async def members(conn: asyncpg.Connection, kind: str, wanted: Sequence[Whose]) -> dict[Whose, bytes]:
    """The bodies of those that exist."""
    rows = await conn.fetch(_MEMBERS, kind, *_columns(wanted))
    return {(unit, member): body for unit, member, body in rows}


async def of_units(conn: asyncpg.Connection, kind: str, units: Sequence[str]) -> dict[str, list[bytes]]:
    """The bodies of all members of units, of those that have any."""
    found: dict[str, list[bytes]] = {}
    for unit, body in await conn.fetch(_OF_UNITS, kind, list(units)):
        found.setdefault(unit, []).append(body)
    return found


async def save_members(conn: asyncpg.Connection, kind: str, rows: Sequence[Row]) -> None:
    """Write members, in order."""
    if rows:
        await conn.execute(_SAVE_MEMBERS, kind, *map(list, zip(*sorted(rows), strict=True)))


async def sums(conn: asyncpg.Connection, kind: str, wanted: Collection[Whose]) -> dict[Whose, dict[str, int]]:
    """What units add up to in periods, of those that exist."""
    rows = await conn.fetch(_SUMS, kind, *_columns(list(wanted)))
    return {(unit, period): _amounts.decode(amounts) for unit, period, amounts in rows}


async def all_sums(conn: asyncpg.Connection, kind: str, units: Iterable[str]) -> dict[str, dict[str, dict[str, int]]]:
    """What units add up to in every period, by unit and period."""
    found: dict[str, dict[str, dict[str, int]]] = {}
    for unit, period, amounts in await conn.fetch(_ALL_SUMS, kind, list(units)):
        found.setdefault(unit, {})[period] = _amounts.decode(amounts)
    return found


async def save_sums(conn: asyncpg.Connection, kind: str, changed: Mapping[Whose, Amounts]) -> None:
    """Write sums, in order."""
    if changed:
        ordered = sorted(changed)
        await conn.execute(_SAVE_SUMS, kind, *_columns(ordered), [_encode(changed[whose]) for whose in ordered])


async def woken(conn: asyncpg.Connection, kind: str, today: dt.date, limit: int) -> list[Whose]:
    """Members for whom the day changes something, the longest waiting first."""
    return [tuple(row) for row in await conn.fetch(_WOKEN, kind, today, limit)]


async def outdated(conn: asyncpg.Connection, kind: str, rules: int, limit: int) -> list[Whose]:
    """Members counted under older rules."""
    return [tuple(row) for row in await conn.fetch(_OUTDATED, kind, rules, limit)]


async def facts(conn: asyncpg.Connection) -> dict[str, int]:
    """How many natural keys are held, by kind; cancelled ones included."""
    return dict(await conn.fetch(_FACTS))


async def waiting(conn: asyncpg.Connection, rules: Mapping[str, int], today: dt.date) -> int:
    """How many members are to be counted anew, for the day or for rules newer than theirs; ``rules`` by kind."""
    found: int = await conn.fetchval(_WAITING, today, list(rules), list(rules.values()))
    return found


def _columns(pairs: Sequence[Whose]) -> tuple[list[str], list[str]]:
    return [first for first, _ in pairs], [second for _, second in pairs]
