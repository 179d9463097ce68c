"""Cells appended as the engine appends them, folded, and what the folder left, for tests without the engine."""

import datetime as dt
from collections.abc import Collection, Iterable, Sequence

import asyncpg
import msgspec

from services.measures.domain.community import Community
from services.measures.domain.components import INPUTS, NUMBER, days_lacking
from services.measures.domain.goals import Goal
from services.measures.domain.spread import Body
from services.measures.domain.timeline import Cell
from services.measures.domain.values import NO_VALUE_SETS, ValueSets
from services.measures.fold import fold_once
from services.measures.repository import rollups
from services.measures.repository.communities import CommunityStore, key_of
from shared.contracts.measures import RESULTS, MeasureUpdated

NOW = dt.datetime(2020, 1, 1, 12, tzinfo=dt.UTC)


def cell(unit: str, month: int, flags: int = 0, **amounts: int) -> Cell:
    """A cell with amounts by the names of components."""
    pairs = sorted((number_of(name), amount) for name, amount in amounts.items())
    return unit, month, flags, tuple(number for pair in pairs for number in pair)


def number_of(name: str) -> int:
    """The component of a name; ``days`` are days that lack nothing, ``lacks_snf`` further days that lack that."""
    if name == "days":
        return days_lacking(())
    if name.startswith("lacks_"):
        return days_lacking((INPUTS.index(name.removeprefix("lacks_")),))
    return NUMBER[name]


def negated(cells: Iterable[Cell]) -> list[Cell]:
    return [
        (unit, month, flags, tuple(n if at % 2 == 0 else -n for at, n in enumerate(row)))
        for unit, month, flags, row in cells
    ]


def day(text: str) -> int:
    return dt.date.fromisoformat(text).toordinal()


async def append(conn: asyncpg.Connection, *cells: Cell, received: str = "") -> None:
    async with conn.transaction():
        await rollups.append(conn, list(cells), day(received) if received else 0)


async def fold(
    conn: asyncpg.Connection,
    values: ValueSets = NO_VALUE_SETS,
    now: dt.datetime = NOW,
    goals: Collection[Goal] = (),
) -> None:
    """Until nothing waits."""

    async def get(_: asyncpg.Connection) -> ValueSets:
        return values

    while await fold_once(conn, now, get, goals):
        pass


async def define(conn: asyncpg.Connection, community: str, version: int, *areas: str) -> None:
    async with conn.transaction():
        made = Community(community, community.title(), version, areas)
        await CommunityStore().save(conn, {key_of(community): made}, NOW)


async def rows(conn: asyncpg.Connection, *unit_types: str) -> dict[tuple[str, str, int], Body]:
    """Rollup rows that are not empty; asserts that each total is its body's."""
    found = {}
    for row in await conn.fetch("SELECT * FROM rollup WHERE unit_type = ANY($1::text[])", list(unit_types)):
        body = msgspec.msgpack.decode(row["body"], type=Body)
        total: dict[int, int] = {}
        for amounts in body.values():
            for component, amount in amounts.items():
                assert amount
                total[component] = total.get(component, 0) + amount
        kept = msgspec.msgpack.decode(row["total"], type=dict[int, int])
        assert kept == {component: amount for component, amount in total.items() if amount}
        if body:
            found[row["unit_type"], row["unit"], row["month"]] = body
    return found


async def published(conn: asyncpg.Connection) -> list[MeasureUpdated]:
    """All results in the outbox so far, in order."""
    found = await conn.fetch("SELECT payload FROM outbox WHERE aggregatetype = $1 ORDER BY position", RESULTS.name)
    return [MeasureUpdated.model_validate_json(row["payload"]) for row in found]


def of(
    results: Sequence[MeasureUpdated], measure: str, unit: str, period: str, unit_type: str = "community"
) -> list[MeasureUpdated]:
    """The revisions of one result, in order."""
    wanted = (measure, unit_type, unit, period)
    return [r for r in results if (r.measure, r.unit_type, r.unit, r.period) == wanted]
