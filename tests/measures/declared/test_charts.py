"""Declared measures are followed on control charts of their community, and leave them when they have none any more."""

from collections.abc import AsyncIterator
from typing import Any, Final

import asyncpg
import pytest

from services.measures.charting import Baseline
from services.measures.domain.catalogue import BY_ID
from services.measures.domain.periods import days_in, months_of, shift
from services.measures.domain.values import NO_VALUE_SETS, ValueSets
from services.measures.fold import fold_once
from services.measures.repository.declared import store
from shared.contracts.declared import DeclareMeasure
from shared.contracts.signals import (
    SIGNALS,
    ChartBaselineFrozen,
    ChartBaselineWithdrawn,
    SignalRaised,
    SignalRetracted,
)
from tests.measures.declared.commands import NOW, WHO, Desk, as_declared
from tests.measures.folding import append, cell, define
from tests.support.service import app_pool, migrated
from tests.support.stack import Database

AREA: Final = "zip:15001"
BASELINE: Final = Baseline("2014Q1", "2015Q4")
OWN: Final = "local-hospitalizations"
_KNOWN: Final = {
    one.wire_type(): one for one in (ChartBaselineFrozen, ChartBaselineWithdrawn, SignalRaised, SignalRetracted)
}


@pytest.fixture
async def conn(database: Database) -> AsyncIterator[asyncpg.Connection]:
    await migrated(database, "measures")
    async with app_pool(database, "measures") as pool, pool.acquire() as one:
        await define(one, "river", 1, AREA)
        yield one


def desk() -> Desk:
    found = Desk()
    found.ask(DeclareMeasure.model_validate(as_declared(BY_ID["hospitalizations"])))
    return found


async def said(conn: asyncpg.Connection, of: Desk, *counts: int, first: int = 0) -> list[Any]:
    """Keep the declarations, fold quarters of a thousand people with so many stays; what charts said of them."""
    last = await conn.fetchval("SELECT coalesce(max(position), 0) FROM outbox")
    async with conn.transaction():
        await store().save(conn, {k: r for k, r in of.records.items() if not k.startswith("community:")}, NOW)
    periods = [shift("2014Q1", first + number) for number in range(len(counts))]
    cells = [
        cell(AREA, months_of(period)[0], days=1000 * days_in(period), hospitalizations=count)
        for period, count in zip(periods, counts, strict=True)
    ]
    await append(conn, *cells, received="2019-01-01")

    async def values(_: asyncpg.Connection) -> ValueSets:
        return NO_VALUE_SETS

    while await fold_once(conn, NOW, values, baseline=BASELINE):
        pass
    query = "SELECT type, payload FROM outbox WHERE aggregatetype = $1 AND position > $2 ORDER BY position"
    rows = await conn.fetch(query, SIGNALS.name, last)
    return [_KNOWN[row["type"]].model_validate_json(row["payload"]) for row in rows]


def of(events: list[Any], measure: str) -> list[dict[str, Any]]:
    return [one.model_dump(exclude={"measure"}) for one in events if one.measure == measure]


def kinds(events: list[Any]) -> list[str]:
    return [type(one).__name__ for one in events if one.measure == OWN]


async def test_a_declared_measure_is_charted_as_the_built_in_one_it_repeats(conn: asyncpg.Connection) -> None:
    events = await said(conn, desk(), 90, 110, 100, 120, 80, 100, 90, 110, 156)
    assert kinds(events) == ["ChartBaselineFrozen", "SignalRaised"]
    assert of(events, OWN) == of(events, "hospitalizations")


async def test_retiring_it_takes_its_signals_and_its_baseline_back(conn: asyncpg.Connection) -> None:
    declared = desk()
    await said(conn, declared, 90, 110, 100, 120, 80, 100, 90, 110, 156)
    declared.retire(1, OWN)
    assert sorted(kinds(await said(conn, declared))) == ["ChartBaselineWithdrawn", "SignalRetracted"]


async def test_a_revision_without_a_distribution_has_no_chart_and_one_with_it_again_has(
    conn: asyncpg.Connection,
) -> None:
    declared = desk()
    await said(conn, declared, 90, 110, 100, 120, 80, 100, 90, 110, 156)
    declared.revise(1, measure=OWN, interval="none")
    assert sorted(kinds(await said(conn, declared))) == ["ChartBaselineWithdrawn", "SignalRetracted"]
    declared.revise(2, measure=OWN, interval="events")
    again = await said(conn, declared)
    assert kinds(again) == ["ChartBaselineFrozen", "SignalRaised"]
    assert of(again, OWN)[0]["version"] == 2


async def test_a_measure_declared_without_a_distribution_has_no_chart(conn: asyncpg.Connection) -> None:
    declared = Desk()
    told = as_declared(BY_ID["community-tenure"], actor=WHO)
    declared.ask(DeclareMeasure.model_validate(told))
    events = await said(conn, declared, 90, 110, 100, 120, 80, 100, 90, 110, 156)
    assert {one.measure for one in events} >= {"hospitalizations"}
    assert not of(events, "local-community-tenure")
