"""Settled quarters of communities are followed on control charts as they are published."""

from collections.abc import AsyncIterator
from typing import Any, Final

import asyncpg
import pytest

from services.measures.charting import Baseline
from services.measures.domain.periods import days_in, months_of, shift
from services.measures.domain.values import NO_VALUE_SETS, ValueSets
from services.measures.fold import fold_once
from shared.contracts.message import Event
from shared.contracts.signals import SIGNALS, ChartBaselineFrozen, SignalRaised, SignalRetracted
from tests.measures.folding import NOW, append, cell, define
from tests.support.service import app_pool, migrated
from tests.support.stack import Database

AREA: Final = "zip:15001"
BASELINE: Final = Baseline("2014Q1", "2015Q4")
# Of 1,000 people: mean 100, mean moving range 20, so Laney's sigma 20 / 1.128 = 17.7 and the upper limit 153.
_CALM: Final = (90, 110, 100, 120, 80, 100, 90, 110)
_KNOWN: Final = {one.wire_type(): one for one in (ChartBaselineFrozen, SignalRaised, SignalRetracted)}


@pytest.fixture
async def conn(database: Database) -> AsyncIterator[asyncpg.Connection]:
    await migrated(database, "measures")
    async with app_pool(database, "measures") as pool, pool.acquire() as one:
        await define(one, "river", 1, AREA)
        yield one


def quarter(number: int, count: int, **more: int) -> Any:
    """A thousand people in a quarter (0 is the first of 2014) with so many hospital stays."""
    period = shift("2014Q1", number)
    return cell(AREA, months_of(period)[0], days=1000 * days_in(period), hospitalizations=count, **more)


async def put(conn: asyncpg.Connection, *cells: Any, received: str = "2019-01-01") -> list[Event]:
    """Fold; the signals that followed, of hospitalizations alone."""
    last = await conn.fetchval("SELECT coalesce(max(position), 0) FROM outbox")
    await append(conn, *cells, received=received)

    async def values(_: asyncpg.Connection) -> ValueSets:
        return NO_VALUE_SETS

    while await fold_once(conn, NOW, values, baseline=BASELINE):
        pass
    query = "SELECT type, payload FROM outbox WHERE aggregatetype = $1 AND position > $2 ORDER BY position"
    found = [
        _KNOWN[row["type"]].model_validate_json(row["payload"]) for row in await conn.fetch(query, SIGNALS.name, last)
    ]
    return [one for one in found if one.measure == "hospitalizations"]


async def calm(conn: asyncpg.Connection) -> None:
    (event,) = await put(conn, *(quarter(number, count) for number, count in enumerate(_CALM)))
    assert isinstance(event, ChartBaselineFrozen)
    assert (event.unit_type, event.unit, event.chart, event.centre) == ("community", "river", "u_prime", "0.1")


async def test_a_settled_quarter_far_from_the_baseline_is_a_signal_and_its_correction_takes_it_back(
    conn: asyncpg.Connection,
) -> None:
    await calm(conn)
    (raised,) = await put(conn, quarter(8, 156))
    assert isinstance(raised, SignalRaised)
    assert (raised.period, raised.rule, raised.direction) == ("2016Q1", "WE1", "worse")
    (retracted,) = await put(conn, cell(AREA, 201601, hospitalizations=-45))
    assert isinstance(retracted, SignalRetracted)


async def test_a_provisional_quarter_is_no_point_until_time_settles_it(conn: asyncpg.Connection) -> None:
    cells = [quarter(number, count) for number, count in enumerate(_CALM)]
    await put(conn, *cells, received="2016-03-01")
    assert await put(conn, quarter(8, 156), received="2016-04-15") == []
    (raised,) = await put(conn, received="2016-05-01")
    assert isinstance(raised, SignalRaised)


async def test_only_communities_have_charts_and_only_of_measures_with_a_distribution(conn: asyncpg.Connection) -> None:
    await calm(conn)
    rows = await conn.fetch("SELECT DISTINCT unit_type, measure FROM chart")
    assert {row["unit_type"] for row in rows} == {"community"}
    assert "hospitalizations" in {row["measure"] for row in rows}
    assert "community-tenure" not in {row["measure"] for row in rows}


async def test_sums_that_contradict_each_other_stop_nothing(conn: asyncpg.Connection) -> None:
    await put(conn, quarter(0, 5, home_health_hospitalized=3), quarter(1, -4))
    assert await conn.fetchval("SELECT count(*) FROM cell WHERE period = '2014Q2'") > 0
