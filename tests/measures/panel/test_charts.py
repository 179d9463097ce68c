"""Figures of facilities are followed on control charts: baselines in versions, signals raised and taken back."""

import datetime as dt
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any, Final

import asyncpg
import pytest

from services.measures.charting import Baseline
from services.measures.domain.panel.kind import Kind
from services.measures.handlers.panels import subscription
from services.measures.panel_reviser import revise_once
from shared.contracts.signals import ChartBaselineFrozen, SignalRaised, SignalRetracted
from shared.messaging.handling import FeedItem
from tests.measures.panel.toy import RATE, TOY, Ward
from tests.support.service import app_pool, migrated
from tests.support.stack import Database

NOW: Final = dt.datetime(2020, 2, 10, 12, tzinfo=dt.UTC)
BASELINE: Final = Baseline("2016Q1", "2017Q4")
# Falls of eight quarters, 1,000 bed days each: 80 falls in 8,000 days.
_CALM: Final = (9, 11, 10, 12, 8, 10, 9, 11)


@pytest.fixture
async def conn(database: Database) -> AsyncIterator[asyncpg.Connection]:
    await migrated(database, "measures")
    async with app_pool(database, "measures") as pool, pool.acquire() as one:
        yield one


def quarter(number: int, falls: int, version: int = 1) -> Ward:
    """Quarter 0 is the first of 2016; all is told of its first month."""
    return Ward("390001", "A", f"{2016 + number // 4}-{number % 4 * 3 + 1:02d}", version, falls, 1000)


async def tell(
    conn: asyncpg.Connection,
    *wards: Ward,
    now: dt.datetime = NOW,
    baseline: Baseline = BASELINE,
    kind: Kind = TOY,
) -> list[Any]:
    items = [FeedItem(ward.hospital, "feeds.Ward.v1", ward) for ward in wards]
    async with conn.transaction():
        emits = await subscription(kind, "toy", {}, baseline).handle(conn, items, now)
    return [emit.event for emit in emits if emit.topic == "qio.measures.signals.v1"]


async def calm(conn: asyncpg.Connection) -> None:
    events = await tell(conn, *(quarter(number, falls) for number, falls in enumerate(_CALM)))
    assert [(type(one), one.version, one.centre) for one in events] == [(ChartBaselineFrozen, 1, "0.01")]


async def test_a_quarter_beyond_three_sigma_is_a_signal_and_says_which_way_is_better(conn: asyncpg.Connection) -> None:
    await calm(conn)
    # u-bar .01, 1,000 days: sigma sqrt(.01 / 1000) = .00316, the upper limit .0195 (Montgomery, u chart).
    assert await tell(conn, quarter(8, 15)) == []
    (event,) = await tell(conn, quarter(9, 20))
    assert isinstance(event, SignalRaised)
    assert (event.period, event.rule, event.side, event.direction) == ("2018Q2", "WE1", "high", "worse")
    assert (event.unit_type, event.unit, event.measure, event.baseline_version) == (
        "hospital",
        "390001",
        "toy-falls",
        1,
    )


async def test_where_more_is_better_a_quarter_above_the_limit_is_better_and_one_below_is_worse(
    conn: asyncpg.Connection,
) -> None:
    wanted = replace(TOY, measures=(replace(RATE, better="higher"),))
    told = [quarter(number, 5 * falls) for number, falls in enumerate(_CALM)]
    # u-bar .05, 1,000 days: sigma sqrt(.05 / 1000) = .00707, the limits .0288 and .0712 (Montgomery, u chart).
    events = await tell(conn, *told, quarter(8, 100), quarter(9, 20), kind=wanted)
    raised = {one.period: one.direction for one in events if isinstance(one, SignalRaised) and one.rule == "WE1"}
    assert raised == {"2018Q1": "better", "2018Q2": "worse"}


async def test_just_below_the_limit_is_none(conn: asyncpg.Connection) -> None:
    await calm(conn)
    assert await tell(conn, quarter(8, 19)) == []


async def test_a_restatement_that_removes_a_signal_takes_it_back(conn: asyncpg.Connection) -> None:
    await calm(conn)
    await tell(conn, quarter(8, 25))
    (event,) = await tell(conn, quarter(8, 12, version=2))
    assert isinstance(event, SignalRetracted)
    assert (event.period, event.rule) == ("2018Q1", "WE1")
    assert await tell(conn, quarter(8, 12, version=2)) == []


async def test_a_restated_baseline_is_a_new_version_and_what_it_no_longer_shows_is_taken_back(
    conn: asyncpg.Connection,
) -> None:
    await calm(conn)
    await tell(conn, quarter(8, 20))
    events = await tell(conn, *(quarter(number, 2 * falls, version=2) for number, falls in enumerate(_CALM)))
    assert [type(one) for one in events] == [ChartBaselineFrozen, SignalRetracted]
    assert (events[0].version, events[0].centre) == (2, "0.02")


async def test_a_quarter_that_is_not_settled_signals_when_it_is(conn: asyncpg.Connection) -> None:
    early = dt.datetime(2018, 4, 2, 12, tzinfo=dt.UTC)
    await tell(conn, *(quarter(number, falls) for number, falls in enumerate(_CALM)), now=early)
    assert await tell(conn, quarter(8, 30), now=early) == []
    while await revise_once(conn, TOY, BASELINE, NOW):
        pass
    raised = await conn.fetchval("SELECT count(*) FROM outbox WHERE type = $1", SignalRaised.wire_type())
    assert raised == 1


async def test_a_baseline_named_otherwise_is_a_new_version(conn: asyncpg.Connection) -> None:
    await calm(conn)
    await tell(conn, quarter(8, 10))
    other = Baseline("2016Q2", "2018Q1")
    (event,) = await tell(conn, quarter(9, 10), baseline=other)
    assert (type(event), event.version, event.first) == (ChartBaselineFrozen, 2, "2016Q2")
