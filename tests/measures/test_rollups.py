"""Rollups of every level are the sums of their areas, whatever the order of changes and of definitions."""

import random
from collections.abc import AsyncIterator

import asyncpg
import pytest

from services.measures.domain import spread
from services.measures.domain.spread import Body
from services.measures.domain.timeline import Cell
from services.measures.repository import rollups
from shared.program.areas import UNKNOWN, region_of, state_of
from tests.measures.folding import append, cell, define, fold, negated, published, rows
from tests.support.service import app_pool, migrated
from tests.support.stack import Database

AREAS = ("zip:15001", "zip:15002", "zip:44130", "ssa:36170", "ssa:39230", "zip:00000")
STATES = {
    "zip:15001": "PA",
    "zip:15002": UNKNOWN,
    "zip:44130": "OH",
    "ssa:36170": "OH",
    "ssa:39230": "PA",
    "zip:00000": UNKNOWN,
}


@pytest.fixture
async def conn(database: Database) -> AsyncIterator[asyncpg.Connection]:
    await migrated(database, "measures")
    async with app_pool(database, "measures") as pool, pool.acquire() as one:
        yield one


def random_cells(chance: random.Random, count: int) -> list[Cell]:
    names = ("days", "hospitalizations", "nights", "paid_total", "lacks_snf")
    return [
        cell(
            chance.choice((*AREAS, "ccn:360134", "ccn:390001")),
            chance.choice((201407, 201408, 201501, 201907, 201912)),
            chance.choice((0, 1, 4, 36)),
            **{name: chance.choice((-3, 1, 2, 50)) for name in chance.sample(names, chance.randint(1, 4))},
        )
        for _ in range(count)
    ]


def summed(cells: list[Cell], *areas: str) -> dict[int, Body]:
    """By month, by hand: no function of the service."""
    found: dict[int, Body] = {}
    for unit, month, flags, row in cells:
        if unit in areas:
            amounts = found.setdefault(month, {}).setdefault(flags, {})
            for component, amount in zip(row[::2], row[1::2], strict=True):
                amounts[component] = amounts.get(component, 0) + amount
    clean = {
        month: {
            flags: {component: amount for component, amount in amounts.items() if amount}
            for flags, amounts in body.items()
            if any(amounts.values())
        }
        for month, body in found.items()
    }
    return {month: body for month, body in clean.items() if body}


async def of_unit(conn: asyncpg.Connection, kind: str, unit: str) -> dict[int, Body]:
    return {month: body for (_, name, month), body in (await rows(conn, kind)).items() if name == unit}


@pytest.mark.parametrize("seed", range(5))
async def test_every_level_is_the_sum_of_its_areas(conn: asyncpg.Connection, seed: int) -> None:
    """Any deltas in any order and any partition into folds; communities overlap and are defined along the way."""
    chance = random.Random(seed)
    cells = random_cells(chance, 300)
    undone = chance.sample(cells, 60)
    changes = [*cells, *negated(undone)]
    chance.shuffle(changes)
    definitions = [
        ("west", 1, AREAS[:2]),
        ("east", 1, AREAS[1:4]),
        ("west", 2, AREAS[2:]),
        ("empty", 1, ("zip:99999",)),
        ("east", 2, AREAS[:1]),
    ]
    at = 0
    while at < len(changes):
        size = chance.randint(1, 60)
        await append(conn, *changes[at : at + size])
        at += size
        if definitions and chance.random() < 0.6:
            name, version, areas = definitions.pop(0)
            await define(conn, name, version, *areas)
        if chance.random() < 0.5:
            await fold(conn)
    for name, version, areas in definitions:
        await define(conn, name, version, *areas)
    await fold(conn)
    assert await of_unit(conn, "community", "west") == summed(changes, *AREAS[2:])
    assert await of_unit(conn, "community", "east") == summed(changes, *AREAS[:1])
    assert await of_unit(conn, "community", "empty") == {}
    assert await of_unit(conn, "nation", "US") == summed(changes, *AREAS)
    for area in AREAS:
        assert await of_unit(conn, "area", area) == summed(changes, area)
    for state in set(STATES.values()):
        assert await of_unit(conn, "state", state) == summed(changes, *(a for a in AREAS if STATES[a] == state))
    assert await of_unit(conn, "hospital", "360134") == summed(changes, "ccn:360134")
    assert {kind for kind, _, _ in await rows(conn, "hospital", "area")} == {"hospital", "area"}


async def test_the_region_is_that_of_the_state_in_the_month(conn: asyncpg.Connection) -> None:
    """QIN-QIOs answered from August 2014 to July 2019; before and after no source says which."""
    await append(conn, *(cell("zip:44130", month, days=1) for month in (201407, 201408, 201907, 201908)))
    await fold(conn)
    found = await rows(conn, "region")
    assert {(unit, month) for _, unit, month in found} == {
        (UNKNOWN, 201407),
        ("Health Services Advisory Group", 201408),
        ("Health Services Advisory Group", 201907),
        (UNKNOWN, 201908),
    }


async def test_a_community_defined_later_has_what_it_would_have_had_from_the_start(conn: asyncpg.Connection) -> None:
    cells = random_cells(random.Random(7), 200)
    await define(conn, "first", 1, *AREAS[:3])
    await append(conn, *cells[:100])
    await fold(conn)
    await append(conn, *cells[100:])
    await fold(conn)
    await define(conn, "later", 1, *AREAS[:3])
    await fold(conn)
    assert await of_unit(conn, "community", "later") == await of_unit(conn, "community", "first") != {}
    results = {
        name: {
            (r.measure, r.period): (r.numerator, r.denominator, r.value, r.reason)
            for r in await published(conn)
            if r.unit == name
        }
        for name in ("first", "later")
    }
    assert results["first"] == results["later"] != {}


async def test_a_fold_takes_a_bounded_portion_of_the_oldest(conn: asyncpg.Connection) -> None:
    for number in range(5):
        await append(conn, cell("zip:15001", 201801, days=number + 1), received=f"2018-0{number + 1}-01")
    size = await conn.fetchval("SELECT octet_length(body) FROM delta LIMIT 1")
    async with conn.transaction():
        assert [row[3][1] for row in (await rollups.take(conn, 2, 1_000_000)).cells] == [1, 2]
        assert len((await rollups.take(conn, 10, size + 1)).cells) == 2
        assert len((await rollups.take(conn, 10, 0)).cells) == 1  # one is always taken, whatever its size
        assert (await rollups.take(conn, 10, 0)).deltas == 0


def test_a_zip_code_and_a_county_lead_to_their_state() -> None:
    assert {area: state_of(area) for area in AREAS} == STATES
    assert region_of(UNKNOWN, 201801) == UNKNOWN


def test_spreading_leaves_the_sums_it_was_given_as_they_were() -> None:
    sums = spread.summed([cell("zip:15001", 201801, 1, days=2), cell("zip:44130", 201801, 1, days=3)])
    before = {key: {flags: dict(amounts) for flags, amounts in body.items()} for key, body in sums.items()}
    spread.spread(sums, {"zip:15001": ["a"], "zip:44130": ["a"]}, state_of, region_of)
    assert sums == before
