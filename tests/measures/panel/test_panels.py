"""Facts of facilities: whatever order they come in, the figures are those of the facts that hold."""

import datetime as dt
import random
from collections.abc import AsyncIterator, Collection, Sequence
from dataclasses import replace
from typing import Any, Final

import asyncpg
import pytest

from services.measures.charting import Baseline
from services.measures.domain.panel.counted import Counted
from services.measures.domain.panel.kind import Kind
from services.measures.handlers.panels import subscription
from services.measures.panel_reviser import revise_once
from shared.contracts.facilities import FacilityMeasured
from shared.messaging.handling import Emit, FeedItem
from tests.measures.panel.toy import TOY, Ward
from tests.support.service import app_pool, migrated
from tests.support.stack import Database

BASELINE: Final = Baseline("2016Q1", "2017Q4")
NOW: Final = dt.datetime(2020, 2, 10, 12, tzinfo=dt.UTC)
_STATES: Final = "SELECT period, status, revision FROM panel_figure WHERE measure = 'toy-falls' ORDER BY 1"
_FIGURES: Final = """
    SELECT measure, unit, period, numerator, denominator, value, reason FROM panel_figure ORDER BY 1, 2, 3
"""


@pytest.fixture
async def conn(database: Database) -> AsyncIterator[asyncpg.Connection]:
    await migrated(database, "measures")
    async with app_pool(database, "measures") as pool, pool.acquire() as one:
        yield one


async def tell(
    conn: asyncpg.Connection, *wards: Ward, now: dt.datetime = NOW, kind: Kind = TOY
) -> list[FacilityMeasured]:
    items = [FeedItem(ward.hospital, "feeds.Ward.v1", ward) for ward in wards]
    async with conn.transaction():
        return _events(await subscription(kind, "toy", {}, BASELINE).handle(conn, items, now))


def _events(emits: Sequence[Emit]) -> list[FacilityMeasured]:
    return [emit.event for emit in emits if isinstance(emit.event, FacilityMeasured)]


def said(events: Sequence[FacilityMeasured], measure: str = "toy-falls") -> dict[str, tuple[Any, ...]]:
    return {
        event.period: (event.numerator, event.denominator, event.value, event.revision, event.status)
        for event in events
        if event.measure == measure
    }


async def kept(conn: asyncpg.Connection) -> list[tuple[Any, ...]]:
    return [tuple(row) for row in await conn.fetch(_FIGURES)]


async def test_a_figure_is_said_of_each_period_and_of_those_that_reach_back_to_it(conn: asyncpg.Connection) -> None:
    events = await tell(conn, Ward("390001", "A", "2020-01", 1, 3, 1500), Ward("390001", "B", "2020-01", 1, 1, 500))
    assert said(events) == {
        "2020-01": (4, 2000, "2.0000", 1, "PROVISIONAL"),
        "2020Q1": (4, 2000, "2.0000", 1, "PROVISIONAL"),
    }
    rolling = said(events, "toy-falls-two")
    assert sorted(rolling) == ["2020-01", "2020-02", "2020Q1", "2020Q2"]
    assert rolling["2020-02"][:3] == (4, 2000, "0.0020")
    low, high = events[0].low, events[0].high
    assert low is not None
    assert high is not None
    assert 0 < float(low) < 2 < float(high)


async def test_the_highest_version_holds_and_a_repetition_says_nothing(conn: asyncpg.Connection) -> None:
    first, second = Ward("390001", "A", "2020-01", 1, 3, 1500), Ward("390001", "A", "2020-01", 2, 2, 1500)
    await tell(conn, first)
    events = await tell(conn, second)
    assert said(events)["2020-01"] == (2, 1500, "1.3333", 2, "PROVISIONAL")
    assert await tell(conn, second, first) == []


async def test_a_cancelled_fact_takes_its_figure_back_in_words(conn: asyncpg.Connection) -> None:
    await tell(conn, Ward("390001", "A", "2020-01", 1, 3, 1500))
    (event, *_) = await tell(conn, Ward("390001", "A", "2020-01", 2, action="cancel"))
    assert (event.computable, event.reason, event.value, event.revision) == (False, "nothing is counted", None, 2)
    assert await tell(conn, Ward("390001", "A", "2020-01", 1, 3, 1500)) == []


async def test_any_order_and_any_batches_end_alike(conn: asyncpg.Connection) -> None:
    chance = random.Random(6)
    facts = [
        Ward(
            f"39000{chance.randrange(3)}",
            chance.choice("AB"),
            f"2019-{chance.randrange(10, 13)}",
            chance.randrange(1, 5),
            chance.randrange(4),
            chance.randrange(1, 900),
            action=chance.choice(("original", "adjust", "cancel")),
        )
        for _ in range(60)
    ]
    # One natural key and version is one record.
    facts = list({(one.hospital, one.ward, one.month, one.version): one for one in facts}.values())
    ends = []
    for _ in range(4):
        for table in ("panel_unit", "panel_member", "panel_sum", "panel_figure"):
            await conn.execute(f"DELETE FROM {table}")
        chance.shuffle(facts)
        told = facts + chance.sample(facts, 20)
        while told:
            size = chance.randrange(1, 20)
            await tell(conn, *told[:size])
            told = told[size:]
        highest = {(one.hospital, one.ward, one.month): one for one in sorted(facts, key=lambda one: one.version)}
        held = [one for one in highest.values() if one.action != "cancel"]
        figures = {(measure, unit, period): rest for measure, unit, period, *rest in await kept(conn)}
        for unit in {one.hospital for one in facts}:
            wanted = [one for one in held if one.hospital == unit]
            # ``sum`` over the facts that hold, nothing of the engine
            assert figures["toy-falls", unit, "2019Q4"][:2] == [
                sum(one.falls for one in wanted),
                sum(one.days for one in wanted),
            ]
        # A figure that was once said and has nothing left is said to have nothing; in another order it never was.
        ends.append({place: rest for place, rest in figures.items() if rest[1]})
    assert all(one == ends[0] for one in ends)


async def test_a_period_that_has_settled_is_final_and_then_restated(conn: asyncpg.Connection) -> None:
    await tell(conn, Ward("390001", "A", "2020-01", 1, 3, 1500))
    assert await revise_once(conn, TOY, BASELINE, NOW) == 0
    settled = dt.datetime(2020, 3, 2, 0, 30, tzinfo=dt.UTC)  # January ends on the 31st; thirty days later is 1 March
    assert await revise_once(conn, TOY, BASELINE, settled - dt.timedelta(days=1)) == 0
    assert await revise_once(conn, TOY, BASELINE, settled) > 0
    assert await revise_once(conn, TOY, BASELINE, settled) == 0
    states = await conn.fetch(_STATES)
    assert [tuple(row) for row in states] == [("2020-01", "FINAL", 2), ("2020Q1", "PROVISIONAL", 1)]
    events = await tell(conn, Ward("390001", "A", "2020-01", 2, 4, 1500), now=settled)
    assert said(events)["2020-01"] == (4, 1500, "2.6667", 3, "RESTATED")


async def test_a_fact_told_on_the_last_day_before_a_period_settles_is_provisional_and_one_of_the_next_is_final(
    conn: asyncpg.Connection,
) -> None:
    last = dt.datetime(2020, 3, 1, 23, 59, tzinfo=dt.UTC)  # thirty days after 31 January
    events = await tell(conn, Ward("390001", "A", "2020-01", 1, 3, 1500), now=last)
    assert said(events)["2020-01"][4] == "PROVISIONAL"
    late = await tell(conn, Ward("390002", "A", "2020-01", 1, 3, 1500), now=last + dt.timedelta(minutes=1))
    assert said(late)["2020-01"][4] == "FINAL"


async def test_the_day_that_passes_changes_figures_without_a_record(conn: asyncpg.Connection) -> None:
    await tell(conn, Ward("390001", "A", "2020-01", 1, 1, 100, unsure=2))
    before, after = dt.datetime(2020, 4, 9, 23, tzinfo=dt.UTC), dt.datetime(2020, 4, 10, 0, 1, tzinfo=dt.UTC)
    while await revise_once(conn, TOY, BASELINE, before):
        pass
    assert (await kept(conn))[0][3] == 1
    while await revise_once(conn, TOY, BASELINE, after):
        pass
    assert (await kept(conn))[0][3] == 3


async def test_new_rules_count_everybody_anew(conn: asyncpg.Connection) -> None:
    await tell(conn, Ward("390001", "A", "2020-01", 1, 1, 100), Ward("390002", "A", "2020-01", 1, 1, 100))

    def doubled(facts: Collection[Ward], today: dt.date) -> Counted:
        counted = TOY.count(facts, today)
        return replace(
            counted, amounts={at: {name: 2 * n for name, n in own.items()} for at, own in counted.amounts.items()}
        )

    anew = replace(TOY, rules=2, count=doubled)
    assert await revise_once(conn, anew, BASELINE, NOW) == 2
    assert await revise_once(conn, anew, BASELINE, NOW) == 0
    assert [row[3:5] for row in await kept(conn) if row[0] == "toy-falls" and row[2] == "2020Q1"] == [
        (2, 200),
        (2, 200),
    ]


async def test_a_wake_that_has_passed_is_an_error_of_the_kind(conn: asyncpg.Connection) -> None:
    def again(facts: Collection[Ward], today: dt.date) -> Counted:
        return replace(TOY.count(facts, today), wake=today)

    with pytest.raises(ValueError, match="cannot wake"):
        await tell(conn, Ward("390001", "A", "2020-01", 1, 1, 100), kind=replace(TOY, count=again))
