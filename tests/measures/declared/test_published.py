"""Declared measures are published for their community like built-in ones, anew when revised, withdrawn when retired."""

from collections.abc import AsyncIterator, Mapping
from typing import Any

import asyncpg
import pytest

from services.measures.domain.catalogue import DEFINITIONS
from services.measures.domain.values import ValueSets
from services.measures.reads import asking
from services.measures.repository.declared import store
from shared.contracts.declared import DeclareMeasure
from shared.contracts.measures import MeasureUpdated
from shared.runtime.access import Problem
from tests.measures.declared.commands import NOW, Desk, as_declared
from tests.measures.folding import append, cell, define, fold, of, published
from tests.support.service import app_pool, migrated
from tests.support.stack import Database

AREA = "zip:15001"
SHARE = "local-avoidable-share"
_NUMBERS = ("computable", "reason", "numerator", "denominator", "exposure", "value", "low", "high", "status")


@pytest.fixture
async def conn(database: Database) -> AsyncIterator[asyncpg.Connection]:
    await migrated(database, "measures")
    async with app_pool(database, "measures") as pool, pool.acquire() as one:
        await define(one, "river", 1, AREA)
        await define(one, "lake", 1, "zip:15002")
        yield one


async def keep(conn: asyncpg.Connection, desk: Desk) -> None:
    async with conn.transaction():
        await store().save(conn, {k: r for k, r in desk.records.items() if not k.startswith("community:")}, NOW)


def numbers(result: MeasureUpdated) -> Mapping[str, Any]:
    return {name: getattr(result, name) for name in _NUMBERS}


async def test_a_built_in_measure_that_is_declared_again_has_the_same_results(conn: asyncpg.Connection) -> None:
    desk = Desk()
    for definition in DEFINITIONS:
        desk.ask(DeclareMeasure.model_validate(as_declared(definition)))
    await keep(conn, desk)
    for month in (201801, 201802, 201804, 201807, 201810):
        amounts = {"days": 900, "hospitalizations": 30, "live_discharges": 28, "rehospitalizations": 5, "hwr_index": 20}
        amounts |= {"hwr_unplanned": 3, "nights": 880, "institution_nights": 90, "avoidable_acute": 4}
        amounts |= {
            "avoidable_chronic": 2,
            "home_health_starts": 9,
            "home_health_hospitalized": 2,
            "paid_total": 70_001,
        }
        await append(conn, cell(AREA, month, **amounts, lacks_snf=month % 2), received="2018-11-20")
    await fold(conn)
    await fold(conn, ValueSets(1, {}))
    results = await published(conn)
    compared = 0
    for definition in DEFINITIONS:
        for period in ("2018Q1", "2018Q4", "2018Q4R4"):
            built_in = of(results, definition.id, "river", period)
            own = of(results, f"local-{definition.id}", "river", period)
            assert [numbers(one) for one in own] == [numbers(one) for one in built_in], (definition.id, period)
            compared += len(own)
    assert compared >= 3 * len(DEFINITIONS)
    assert {r.unit for r in results if r.measure.startswith("local-")} == {"river"}


async def test_quarters_there_are_already_are_published_when_a_measure_is_declared(conn: asyncpg.Connection) -> None:
    for month in (201801, 201804):
        await append(conn, cell(AREA, month, days=900, hospitalizations=40, avoidable_acute=6, avoidable_chronic=4))
    await fold(conn)
    before = len(await published(conn))
    desk = Desk()
    desk.declare()
    await keep(conn, desk)
    await fold(conn)
    new = (await published(conn))[before:]
    assert [(r.measure, r.period, r.value, r.specification, r.revision) for r in new] == [
        (SHARE, "2018Q1", "25.0000", 1, 1),
        (SHARE, "2018Q2", "25.0000", 1, 1),
    ]


async def test_a_revision_publishes_all_results_anew_because_of_the_definition(conn: asyncpg.Connection) -> None:
    desk = Desk()
    desk.declare()
    await keep(conn, desk)
    await append(conn, cell(AREA, 201801, days=900, hospitalizations=40, avoidable_acute=6, avoidable_chronic=4))
    await fold(conn)
    before = len(await published(conn))
    desk.revise(1, numerator={"avoidable_acute": 1})
    await keep(conn, desk)
    await fold(conn)
    (result,) = (await published(conn))[before:]
    assert (result.measure, result.value, result.specification) == (SHARE, "15.0000", 2)
    assert (result.cause, result.revision) == ("DEFINITION", 2)
    await fold(conn)
    assert len(await published(conn)) == before + 1


async def test_a_retired_measure_is_withdrawn_and_not_published_for_what_comes(conn: asyncpg.Connection) -> None:
    desk = Desk()
    desk.declare()
    await keep(conn, desk)
    await append(conn, cell(AREA, 201801, days=900, hospitalizations=40, avoidable_acute=6))
    await fold(conn)
    desk.retire(1)
    await keep(conn, desk)
    before = len(await published(conn))
    await fold(conn)
    (result,) = (await published(conn))[before:]
    assert (result.computable, result.reason, result.value) == (False, "retired: the work is done", None)
    assert (result.cause, result.specification, result.numerator) == ("DEFINITION", 2, None)
    await append(conn, cell(AREA, 201804, days=900, hospitalizations=40, avoidable_acute=6))
    await fold(conn)
    assert not [r for r in (await published(conn))[before + 1 :] if r.measure == SHARE]


async def test_a_declared_measure_is_read_for_its_community_alone(conn: asyncpg.Connection) -> None:
    desk = Desk()
    desk.declare()
    await keep(conn, desk)
    own = await asking.measure_of(conn, SHARE, "community", "river")
    assert (own.id, own.specification) == (SHARE, 1)
    for unit_type, unit in (("community", "lake"), ("state", "PA")):
        with pytest.raises(Problem) as refused:
            await asking.measure_of(conn, SHARE, unit_type, unit)
        assert refused.value.title == "measure: this measure is declared for the community river alone."
    with pytest.raises(Problem) as unknown:
        await asking.measure_of(conn, "local-other", "community", "river")
    assert unknown.value.status == 404
    assert (await asking.measure_of(conn, "hospitalizations", "state", "PA")).id == "hospitalizations"
