"""Reads the roster where one record is not enough: networks, results of a measure, what has become due."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, TypeVar

import asyncpg
import orjson

from services.notifications.domain.roster.communities import COMMUNITY, Community
from services.notifications.domain.roster.dues import DUE
from services.notifications.domain.roster.facilities import FACILITY, Facility
from services.notifications.domain.roster.program import NETWORK, Network, Networks
from services.notifications.domain.roster.results import RESULT, Result
from shared.records.kinds import Kind, Record

S = TypeVar("S", bound=Record)

_ALL: Final = "SELECT id, state FROM record WHERE kind = $1"
_SOME: Final = "SELECT id, state FROM record WHERE kind = $1 AND id = ANY($2::text[])"
_LIKE: Final = """
    SELECT r.id, r.state FROM unnest($2::jsonb[]) AS wanted (part)
    JOIN record r ON r.kind = $1 AND r.state @> wanted.part
"""
_DUE: Final = """
    SELECT id FROM record WHERE kind = $1 AND (state ->> 'next_on')::date <= $2
    ORDER BY state ->> 'next_on', id LIMIT $3
"""


async def networks(conn: asyncpg.Connection, ids: Sequence[str]) -> Mapping[str, Record]:
    """All networks that staff entered, as the one view of them."""
    rows = await conn.fetch(_ALL, NETWORK.name)
    found = Networks(by_place={row["id"]: Network.model_validate_json(row["state"]) for row in rows})
    return dict.fromkeys(ids, found)


async def some(conn: asyncpg.Connection, kind: Kind[S], ids: Iterable[str]) -> dict[str, S]:
    """Records of a kind by id, those that exist."""
    rows = await conn.fetch(_SOME, kind.name, sorted(set(ids)))
    return {row["id"]: kind.state.model_validate_json(row["state"]) for row in rows}


async def beside(conn: asyncpg.Connection, changed: Iterable[Result]) -> dict[str, Result]:
    """What results must be compared with: those of states, and for that of a state all of its measure."""
    wanted = {(one.measure,) if one.unit_type == "state" else (one.measure, "state") for one in changed}
    like = [orjson.dumps(dict(zip(("measure", "unit_type"), one, strict=False))).decode() for one in sorted(wanted)]
    rows = await conn.fetch(_LIKE, RESULT.name, like)
    return {row["id"]: RESULT.state.model_validate_json(row["state"]) for row in rows}


async def places(
    conn: asyncpg.Connection, results: Iterable[Result]
) -> tuple[dict[str, Community], dict[str, Facility]]:
    """The communities and hospitals that results are of."""
    units: dict[str, set[str]] = {"community": set(), "hospital": set()}
    for one in results:
        units.get(one.unit_type, set()).add(one.unit)
    return await some(conn, COMMUNITY, units["community"]), await some(conn, FACILITY, units["hospital"])


async def due(pool: asyncpg.Pool, today: dt.date, limit: int) -> list[str]:
    """What has an occasion up to a day, earliest first."""
    return [row["id"] for row in await pool.fetch(_DUE, DUE.name, today, limit)]
