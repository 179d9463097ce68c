"""Appeals of facilities and communities are published, settle, follow their sources, and raise signals."""

import datetime as dt
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest

from services.measures.activity_publisher import publish_once
from services.measures.charting import Baseline
from services.measures.domain import periods
from services.measures.repository import hospitals
from services.measures.repository.hospitals import Hospital
from shared.contracts.facilities import FacilityMeasured
from shared.contracts.signals import ChartBaselineFrozen, ChartBaselineWithdrawn, SignalRaised, SignalRetracted
from tests.measures.folding import append, cell, define, fold
from tests.measures.test_activity import hear, told
from tests.support.service import app_pool, migrated
from tests.support.stack import Database

NOW = dt.datetime(2020, 1, 5, 12, tzinfo=dt.UTC)
QUARTERS = Baseline("2016Q1", "2017Q4")
SIGNALS = (ChartBaselineFrozen, ChartBaselineWithdrawn, SignalRaised, SignalRetracted)


@pytest.fixture
async def conn(database: Database) -> AsyncIterator[asyncpg.Connection]:
    await migrated(database, "measures")
    async with app_pool(database, "measures") as pool, pool.acquire() as one:
        yield one


def listed(ccn: str, zip_code: str, year: int = 2018) -> Hospital:
    return Hospital(ccn, dt.date(year, 1, 1), "General", "IL", zip_code, None, "Acute Care", None, None, None)


async def list_(conn: asyncpg.Connection, *several: Hospital) -> None:
    async with conn.transaction():
        await hospitals.save(conn, several)


async def publish(conn: asyncpg.Connection, now: dt.datetime = NOW) -> list[Any]:
    """What is said until nothing waits."""
    before = await conn.fetchval("SELECT coalesce(max(position), 0) FROM outbox")
    while await publish_once(conn, QUARTERS, now):
        pass
    rows = await conn.fetch("SELECT type, payload FROM outbox WHERE position > $1 ORDER BY position", before)
    types = {one.wire_type(): one for one in (FacilityMeasured, *SIGNALS)}
    return [types[row["type"]].model_validate_json(row["payload"]) for row in rows]


def of(said: list[Any], measure: str, unit: str, period: str) -> list[FacilityMeasured]:
    figures = [one for one in said if isinstance(one, FacilityMeasured)]
    return [one for one in figures if (one.measure, one.unit, one.period) == (measure, unit, period)]


async def test_a_count_is_there_at_once_and_its_rate_when_the_discharges_are_known(conn: asyncpg.Connection) -> None:
    await hear(conn, told("140001", month="2018-01", discharge_appeals=3))
    (count,) = of(await publish(conn), "discharge-appeals-per-month", "140001", "2018-01")
    assert (count.unit_type, count.value, count.status) == ("hospital", "3.0000", "FINAL")
    await append(conn, cell("ccn:140001", 201801, live_discharges=500), received="2018-02-20")
    await fold(conn)
    assert await publish(conn) == []
    await append(conn, cell("ccn:140001", 201801, live_discharges=100), received="2018-03-02")
    await fold(conn)
    said = await publish(conn)
    (rate,) = of(said, "discharge-appeals-per-1000", "140001", "2018-01")
    assert (rate.numerator, rate.denominator, rate.value, rate.status) == (3, 600, "5.0000", "FINAL")
    assert not of(said, "discharge-appeals-per-month", "140001", "2018-01")
    await append(conn, cell("ccn:140001", 201801, live_discharges=150))
    await fold(conn)
    (restated,) = of(await publish(conn), "discharge-appeals-per-1000", "140001", "2018-01")
    assert (restated.value, restated.status, restated.revision) == ("4.0000", "RESTATED", 2)


async def test_a_community_has_the_cases_and_discharges_of_the_facilities_that_lie_in_it(
    conn: asyncpg.Connection,
) -> None:
    await define(conn, "lake", 1, "zip:60601")
    await list_(conn, listed("140001", "60601"), listed("140002", "60601"), listed("140003", "60699"))
    for ccn in ("140001", "140002", "140003"):
        await append(conn, cell(f"ccn:{ccn}", 201801, live_discharges=500), received="2018-06-01")
    await fold(conn)
    await hear(
        conn,
        told("140001", month="2018-01", discharge_appeals=2),
        told("145001", month="2018-01", termination_appeals=7),
        told("140003", month="2018-01", zip_code="60699", discharge_appeals=90),
    )
    said = await publish(conn)
    (appeals,) = of(said, "discharge-appeals-per-1000", "lake", "2018-01")
    assert (appeals.unit_type, appeals.numerator, appeals.denominator, appeals.value) == (
        "community",
        2,
        1000,
        "2.0000",
    )
    (ends,) = of(said, "termination-appeals-per-month", "lake", "2018-01")
    assert ends.value == "7.0000"
    assert not [one for one in said if isinstance(one, FacilityMeasured) and one.unit == "lake" and "Q" in one.period]


async def test_what_a_community_is_made_of_is_followed(conn: asyncpg.Connection) -> None:
    """Its definition, where a facility lies, where a hospital is listed, and its end."""
    await define(conn, "lake", 1, "zip:60601")
    await hear(conn, told("140001", month="2018-01", discharge_appeals=2))
    await publish(conn)
    await define(conn, "lake", 2, "zip:60601", "zip:60602")
    assert await publish(conn) == []
    await hear(conn, told("140002", month="2018-01", zip_code="60602", discharge_appeals=3))
    (grown,) = of(await publish(conn), "discharge-appeals-per-month", "lake", "2018-01")
    assert grown.numerator == 5
    await hear(conn, told("140002", month="2018-01", zip_code="60699", discharge_appeals=3))
    (moved,) = of(await publish(conn), "discharge-appeals-per-month", "lake", "2018-01")
    assert moved.numerator == 2
    await append(conn, cell("ccn:140001", 201801, live_discharges=500), received="2018-06-01")
    await fold(conn)
    await publish(conn)
    await list_(conn, listed("140001", "60602"))
    (listing,) = of(await publish(conn), "discharge-appeals-per-1000", "lake", "2018-01")
    assert listing.value == "4.0000"
    await list_(conn, listed("140001", "60699", 2019))
    (left,) = of(await publish(conn), "discharge-appeals-per-1000", "lake", "2018-01")
    assert (left.computable, left.reason) == (False, "nothing is counted")
    await define(conn, "lake", 3)
    (ended,) = of(await publish(conn), "discharge-appeals-per-month", "lake", "2018-01")
    assert (ended.computable, ended.numerator, ended.status) == (False, 0, "RESTATED")


async def test_a_month_settles_a_week_after_it_ends(conn: asyncpg.Connection) -> None:
    await hear(conn, told("145001", month="2019-12", termination_appeals=1))
    (early,) = of(await publish(conn), "termination-appeals-per-month", "145001", "2019-12")
    assert (early.unit_type, early.status) == ("nursing_home", "PROVISIONAL")
    (final,) = of(await publish(conn, NOW + dt.timedelta(days=3)), "termination-appeals-per-month", "145001", "2019-12")
    assert (final.status, final.revision) == ("FINAL", 2)


async def test_appeals_that_rise_in_a_community_are_a_signal_of_the_month_and_a_restatement_takes_it_back(
    conn: asyncpg.Connection,
) -> None:
    """Twelve months of 4: the upper limit is 4 + 3 x 2 = 10 (Montgomery, c chart)."""
    await define(conn, "lake", 1, "zip:60601")
    months = [periods.shift("2018-01", later) for later in range(14)]
    await hear(conn, *(told("140001", month=month, discharge_appeals=4) for month in months[:13]))
    (frozen,) = [one for one in await publish(conn) if isinstance(one, SIGNALS) and one.unit == "lake"]
    assert isinstance(frozen, ChartBaselineFrozen)
    assert (frozen.measure, frozen.first, frozen.last) == ("discharge-appeals-per-month", "2018-01", "2018-12")
    assert frozen.centre == "4"
    await hear(conn, told("140001", month=months[13], discharge_appeals=10))
    assert not [one for one in await publish(conn) if isinstance(one, SIGNALS)]
    await hear(conn, told("140001", month=months[13], discharge_appeals=11))
    (raised,) = [one for one in await publish(conn) if isinstance(one, SIGNALS)]
    assert isinstance(raised, SignalRaised)
    assert (raised.unit_type, raised.unit, raised.period, raised.rule) == ("community", "lake", "2019-02", "WE1")
    assert raised.direction == "worse"
    await hear(conn, told("140001", month=months[13], discharge_appeals=5))
    (retracted,) = [one for one in await publish(conn) if isinstance(one, SIGNALS)]
    assert isinstance(retracted, SignalRetracted)


async def test_a_month_told_by_mistake_takes_the_baseline_away_only_until_it_is_corrected(
    conn: asyncpg.Connection,
) -> None:
    await define(conn, "lake", 1, "zip:60601")
    months = [periods.shift("2018-01", later) for later in range(13)]
    await hear(conn, *(told("140001", month=month, discharge_appeals=4) for month in months))
    await publish(conn)
    await hear(conn, told("140002", month="2008-01", zip_code="60699", discharge_appeals=1))
    (gone,) = [one for one in await publish(conn) if isinstance(one, ChartBaselineWithdrawn) and one.unit == "lake"]
    assert gone.version == 1
    await hear(conn, told("140002", month="2008-01", zip_code="60699", discharge_appeals=0))
    said = await publish(conn)
    (back,) = [one for one in said if isinstance(one, ChartBaselineFrozen) and one.unit == "lake"]
    assert (back.version, back.first, back.last, back.centre) == (2, "2018-01", "2018-12", "4")
    (early,) = of(said, "discharge-appeals-per-month", "lake", "2008-01")
    assert not early.computable


async def test_a_facility_that_is_silent_has_the_months_in_which_others_speak(conn: asyncpg.Connection) -> None:
    await hear(conn, told("140001", month="2018-01", discharge_appeals=1))
    await publish(conn)
    await hear(conn, told("140002", month="2018-03", discharge_appeals=1))
    said = await publish(conn)
    assert [one.value for one in of(said, "discharge-appeals-per-month", "140001", "2018-03")] == ["0.0000"]
    assert [one.value for one in of(said, "discharge-appeals-per-month", "140002", "2018-01")] == ["0.0000"]
