"""Random histories of facts, corrections, passing days, new rules and failed transactions, against a plain recount.

Facts come singly and in batches, late, twice, cancelled and told again, also another one under a version that is
known; wards of one name lie in several hospitals. Between them days pass, figures settle, rules change, and a
transaction fails after everything was done.
"""

from collections import defaultdict
from collections.abc import AsyncIterator, Mapping
from fractions import Fraction
from typing import Any, Final

import asyncpg
import pytest

from services.measures.domain.methods.charts.following import follow
from services.measures.domain.methods.charts.points import Kind as ChartKind
from services.measures.domain.methods.charts.points import Point
from services.measures.domain.methods.charts.state import ChartState
from shared.contracts.facilities import FacilityMeasured
from shared.contracts.signals import ChartBaselineFrozen, SignalRaised, SignalRetracted
from tests.measures.panel.histories import BASELINE, END, HOSPITALS, lived
from tests.support.service import app_pool, migrated
from tests.support.stack import Database

TABLES: Final = ("panel_unit", "panel_member", "panel_sum", "panel_figure", "chart", "outbox")
_EVENTS: Final = "SELECT type, payload FROM outbox ORDER BY position"
_FIGURES: Final = "SELECT measure, unit, period, numerator, denominator, status, revision, value FROM panel_figure"


@pytest.fixture
async def conn(database: Database) -> AsyncIterator[asyncpg.Connection]:
    await migrated(database, "measures")
    async with app_pool(database, "measures") as pool, pool.acquire() as one:
        yield one


async def said(conn: asyncpg.Connection, model: type[Any]) -> list[Any]:
    rows = await conn.fetch(_EVENTS)
    return [model.model_validate_json(row["payload"]) for row in rows if row["type"] == model.wire_type()]


async def test_a_history_ends_with_the_figures_and_signals_of_the_facts_that_hold(conn: asyncpg.Connection) -> None:
    raised = retracted = baselines = standing = 0
    for seed in range(10):
        for table in TABLES:
            await conn.execute(f"DELETE FROM {table}")
        history = await lived(conn, seed)
        figures = {tuple(row)[:3]: row for row in await conn.fetch(_FIGURES)}
        plain = {place[1:]: row for place, row in figures.items() if place[0] == "toy-falls"}
        known = {place: (row["numerator"], row["denominator"]) for place, row in plain.items() if row["denominator"]}
        assert known == history.sums(), seed
        assert {row["status"] for row in plain.values()} <= {"FINAL", "RESTATED"}
        await _revisions_are_told_one_by_one(conn, figures)
        for unit in HOSPITALS:
            in_force = await _in_force(conn, unit)
            assert in_force == _at_once(unit, plain), seed
            standing += len(in_force)
        raised += len(await said(conn, SignalRaised))
        retracted += len(await said(conn, SignalRetracted))
        baselines += sum(one.version > 1 for one in await said(conn, ChartBaselineFrozen))
    assert min(raised, retracted, standing, baselines) > 5  # else equality says nothing about them


def _at_once(unit: str, figures: Mapping[tuple[str, str], asyncpg.Record]) -> set[tuple[Any, ...]]:
    """The signals of a chart that never saw anything but what holds in the end."""
    points = [
        Point(period=period, events=row["numerator"], exposure=Fraction(row["denominator"]), revision=row["revision"])
        for (of, period), row in figures.items()
        if of == unit and "Q" in period
    ]
    new = ChartState("toy-falls", unit, BASELINE.plan(ChartKind.U_PRIME))
    return {signal.key for signal in follow(new, points, END)[0].signals}


async def _revisions_are_told_one_by_one(conn: asyncpg.Connection, figures: dict[Any, Any]) -> None:
    """None is skipped or told twice, whatever was rolled back; the last is the one that is kept."""
    events: dict[Any, list[FacilityMeasured]] = defaultdict(list)
    for one in await said(conn, FacilityMeasured):
        events[one.measure, one.unit, one.period].append(one)
    assert events.keys() == figures.keys()
    for place, own in events.items():
        assert [one.revision for one in own] == list(range(1, len(own) + 1))
        row = figures[place]
        assert (own[-1].numerator, own[-1].value, own[-1].status) == (row["numerator"], row["value"], row["status"])


async def _in_force(conn: asyncpg.Connection, unit: str) -> set[tuple[Any, ...]]:
    """The signals raised and not retracted, as somebody who only hears the events counts them."""
    standing: set[tuple[Any, ...]] = set()
    for row in await conn.fetch(_EVENTS):
        if row["type"] == SignalRaised.wire_type():
            one = SignalRaised.model_validate_json(row["payload"])
            key = (one.unit, one.period, one.rule, one.side)
            assert key not in standing
            standing.add(key)
        elif row["type"] == SignalRetracted.wire_type():
            gone = SignalRetracted.model_validate_json(row["payload"])
            standing.remove((gone.unit, gone.period, gone.rule, gone.side))
    return {key[1:] for key in standing if key[0] == unit}
