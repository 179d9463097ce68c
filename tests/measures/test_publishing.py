"""What is published of the rollups: exact values, only what changed, with status, cause and what is missing."""

import datetime as dt
from collections.abc import AsyncIterator
from fractions import Fraction

import asyncpg
import pytest

from services.measures.domain.catalogue import DEFINITIONS
from services.measures.domain.goals import Form, Goal
from services.measures.domain.values import INGREDIENTS, NO_VALUE_SETS, ValueSets
from services.measures.fold import fold_once
from services.measures.repository import due
from shared.contracts.measures import GOALS, GoalReached, GoalWithdrawn
from tests.measures.folding import NOW, append, cell, define, fold, of, published
from tests.support.service import app_pool, migrated
from tests.support.stack import Database

AREA, HOSPITAL = "zip:15001", "ccn:390001"


@pytest.fixture
async def conn(database: Database) -> AsyncIterator[asyncpg.Connection]:
    await migrated(database, "measures")
    async with app_pool(database, "measures") as pool, pool.acquire() as one:
        yield one


@pytest.fixture
async def known(conn: asyncpg.Connection) -> asyncpg.Connection:
    """With a community of one area."""
    await define(conn, "river", 1, AREA)
    return conn


async def test_a_result_has_its_exact_value_and_interval(known: asyncpg.Connection) -> None:
    """330 days of 90 and one rehospitalization: 272.7273 per 1,000 (measures research §1.3)."""
    await append(known, cell(AREA, 201801, days=200, hospitalizations=3, live_discharges=3, rehospitalizations=1))
    await append(known, cell(AREA, 201803, days=130, hospitalizations=1, live_discharges=1))
    await fold(known)
    results = await published(known)
    (one,) = of(results, "rehospitalizations-30d", "river", "2018Q1")
    assert (one.numerator, one.denominator, one.days_in_period) == (1, 330, 90)
    assert (one.value, one.exposure) == ("272.7273", "3.6667")
    # Mid-P of one event: 0.0494 to 5.0 expected (CDC), over 3.6667 beneficiary-quarters.
    assert (one.low, one.high) == ("6.8950", "1323.9050") or (float(one.low or 0), float(one.high or 0)) > (0, 1300)
    assert (one.unit_version, one.revision, one.cause, one.computable, one.reason) == (1, 1, "DATA", True, None)
    (hospitalized,) = of(results, "hospitalizations", "river", "2018Q1")
    assert hospitalized.value == "1090.9091"
    for unit, kind in (("PA", "state"), ("Quality Insights QIN", "region"), ("US", "nation")):
        (same,) = of(results, "hospitalizations", unit, "2018Q1", kind)
        assert (same.numerator, same.denominator, same.value) == (4, 330, "1090.9091")
    assert not of(results, "hospitalizations", AREA, "2018Q1", "area")


async def test_four_quarters_weigh_each_day_by_its_own_quarter(known: asyncpg.Connection) -> None:
    """One person for a whole year is four beneficiary-quarters, whatever the lengths of the quarters."""
    for month, days in ((201801, 90), (201804, 91), (201807, 92), (201810, 92)):
        await append(known, cell(AREA, month, days=days, hospitalizations=1))
    await append(known, cell(AREA, 201901, days=45))
    await fold(known)
    results = await published(known)
    (year,) = of(results, "hospitalizations", "river", "2018Q4R4")
    assert (year.numerator, year.denominator, year.days_in_period) == (4, 365, 365)
    assert (year.exposure, year.value) == ("4.0000", "1000.0000")
    (shifted,) = of(results, "hospitalizations", "river", "2019Q1R4")
    assert (shifted.exposure, shifted.value) == ("3.5000", "857.1429")
    assert {r.period for r in results if r.period.endswith("R4")} == {"2018Q4R4", "2019Q1R4"}


async def test_what_did_not_change_is_not_published_again(known: asyncpg.Connection) -> None:
    await append(known, cell(AREA, 201801, days=90, hospitalizations=1))
    await fold(known)
    before = len(await published(known))
    await append(known, cell(AREA, 201801, days=90), cell(AREA, 201801, days=-90))
    await fold(known)
    assert len(await published(known)) == before
    await append(known, cell(AREA, 201801, hospitalizations=1))
    await fold(known)
    changed = (await published(known))[before:]
    assert {(r.measure, r.revision, r.cause, r.numerator) for r in changed} == {("hospitalizations", 2, "DATA", 2)}
    assert {r.unit_type for r in changed} == {"community", "state", "region", "nation"}


async def test_a_measure_whose_input_is_lacking_has_no_numbers_and_says_why(known: asyncpg.Connection) -> None:
    await append(known, cell(AREA, 201801, days=59, nights=90, lacks_snf=1, lacks_hospice=30, hospitalizations=2))
    await fold(known)
    results = await published(known)
    (tenure,) = of(results, "community-tenure", "river", "2018Q1")
    assert (tenure.computable, tenure.reason) == (False, "source lacks hospice, snf")
    assert (tenure.numerator, tenure.denominator, tenure.value, tenure.low) == (None, None, None, None)
    (other,) = of(results, "hospitalizations", "river", "2018Q1")
    assert (other.computable, other.value) == (True, "2000.0000")
    await append(known, cell(AREA, 201801, days=31, lacks_snf=-1, lacks_hospice=-30, institution_nights=9))
    await fold(known)
    again = of(await published(known), "community-tenure", "river", "2018Q1")[-1]
    assert (again.computable, again.value, again.cause) == (True, "900.0000", "DATA")
    assert (again.low, again.high) == (None, None)  # nights of the same persons have no interval of their own


async def test_without_a_denominator_there_is_no_value(known: asyncpg.Connection) -> None:
    await append(known, cell(AREA, 201801, days=90), received="2019-01-01")
    await fold(known)
    (share,) = of(await published(known), "rehospitalizations-percent", "river", "2018Q1")
    assert (share.computable, share.numerator, share.denominator, share.value) == (True, 0, 0, None)


async def test_a_value_set_that_is_loaded_publishes_anew_with_that_cause(known: asyncpg.Connection) -> None:
    await append(known, cell(AREA, 201801, days=90, ade_index_opioid=4, ade_hit_opioid_ed=1), received="2019-01-01")
    await fold(known)
    (lacking,) = of(await published(known), "ade-opioid", "river", "2018Q1")
    assert (lacking.computable, lacking.reason) == (False, "value set not loaded: drug-ingredients")
    before = len(await published(known))
    await fold(known, ValueSets(1, {INGREDIENTS: {"ndc:1": frozenset(("opioid",))}}))
    new = (await published(known))[before:]
    assert {r.cause for r in new} == {"VALUE_SETS"}
    assert {r.measure for r in new} == {d.id for d in DEFINITIONS if d.value_sets == {INGREDIENTS}}
    (loaded,) = [r for r in new if (r.measure, r.unit) == ("ade-opioid", "river")]
    assert (loaded.numerator, loaded.denominator, loaded.value, loaded.revision) == (1, 4, "250.0000", 2)
    assert (await due.progress(known)).release == 1


async def test_the_status_follows_the_received_days_and_not_the_clock(known: asyncpg.Connection) -> None:
    await append(known, cell(AREA, 201801, days=90, hospitalizations=1), received="2018-04-29")
    await fold(known)
    for received in ("2018-04-30", "2018-07-28", "2018-07-29"):  # quarter end + 30 and + 120 days
        await append(known, received=received)
        await fold(known)
    found = of(await published(known), "hospitalizations", "river", "2018Q1")
    assert [(r.status, r.cause, str(r.watermark)) for r in found] == [
        ("PROVISIONAL", "DATA", "2018-04-29"),
        ("FOLLOWED_UP", "STATUS", "2018-04-30"),
        ("FINAL", "STATUS", "2018-07-29"),
    ]
    await append(known, cell(AREA, 201801, hospitalizations=1))
    await fold(known)
    restated = of(await published(known), "hospitalizations", "river", "2018Q1")[-1]
    assert (restated.status, restated.cause, restated.numerator, restated.revision) == ("RESTATED", "DATA", 2, 4)


async def test_a_stay_known_from_a_notice_alone_keeps_a_period_provisional(known: asyncpg.Connection) -> None:
    await append(known, cell(AREA, 201801, days=90, provisional_stays=1), received="2018-12-31")
    await fold(known)
    await append(known, cell(AREA, 201801, provisional_stays=-1))
    await fold(known)
    found = of(await published(known), "hospitalizations", "river", "2018Q1")
    assert [(r.status, r.cause) for r in found] == [("PROVISIONAL", "DATA"), ("FINAL", "STATUS")]


async def test_a_received_day_beyond_tomorrow_does_not_move_the_watermark_there(known: asyncpg.Connection) -> None:
    await append(known, cell(AREA, 201912, days=31), received="2099-01-01")
    await fold(known)
    assert (await due.progress(known)).watermark == NOW.date().toordinal() + 1
    await append(known, cell(AREA, 201912, days=31), received="2019-01-01")
    await fold(known)
    assert (await due.progress(known)).watermark == NOW.date().toordinal() + 1  # and never goes back


async def test_only_months_followed_up_count_where_readmissions_are_awaited(known: asyncpg.Connection) -> None:
    """January is followed up on 2 March, the whole quarter on 30 April."""
    await append(
        known,
        cell(AREA, 201801, days=31, live_discharges=4, rehospitalizations=1),
        cell(AREA, 201802, days=28, live_discharges=5, rehospitalizations=3),
        received="2018-03-01",
    )
    await fold(known)
    for received in ("2018-03-02", "2018-03-30", "2018-04-30"):
        await append(known, received=received)
        await fold(known)
    found = of(await published(known), "rehospitalizations-percent", "river", "2018Q1")
    assert [(r.numerator, r.denominator, r.status) for r in found] == [
        (0, 0, "PROVISIONAL"),
        (1, 4, "PROVISIONAL"),
        (4, 9, "PROVISIONAL"),
        (4, 9, "FOLLOWED_UP"),
    ]


async def test_hospitals_have_the_measures_of_hospitals_only(known: asyncpg.Connection) -> None:
    await append(known, cell(HOSPITAL, 201801, live_discharges=3, hwr_index=3, hwr_unplanned=1), received="2019-01-01")
    await fold(known)
    found = [r for r in await published(known) if r.unit_type == "hospital"]
    assert [(r.measure, r.unit, r.computable) for r in found] == [("readmissions-unplanned-30d", "390001", False)]
    assert "value set not loaded" in (found[0].reason or "")


async def test_a_community_defined_anew_is_published_under_its_new_version(conn: asyncpg.Connection) -> None:
    await append(conn, cell(AREA, 201801, days=90, hospitalizations=2), cell("zip:44130", 201801, days=90))
    await fold(conn)
    assert not [r for r in await published(conn) if r.unit_type == "community"]
    for version, areas in ((1, (AREA,)), (2, ("zip:44130",)), (3, ("zip:99999",))):
        await define(conn, "river", version, *areas)
        await fold(conn)
    found = of(await published(conn), "hospitalizations", "river", "2018Q1")
    assert [(r.unit_version, r.revision, r.numerator, r.denominator, r.cause) for r in found] == [
        (1, 1, 2, 90, "DATA"),
        (2, 2, 0, 90, "DEFINITION"),
        (3, 3, 0, 0, "DEFINITION"),
    ]
    assert found[-1].value is None
    assert await conn.fetchval("SELECT count(*) FROM community WHERE published < version") == 0


async def test_what_is_too_much_for_one_fold_is_published_by_the_next(
    known: asyncpg.Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.measures.fold.QUARTERS_PER_FOLD", 3)
    await append(known, *(cell(AREA, month, days=30) for month in (201801, 201804, 201807, 201810)))

    async def get(_: asyncpg.Connection) -> ValueSets:
        return NO_VALUE_SETS

    folds = []
    while await fold_once(known, NOW, get):
        folds.append(await known.fetchval("SELECT count(*) FROM due"))
    assert folds == [13, 10, 7, 4, 1, 0]
    results = await published(known)
    assert {r.period for r in of(results, "hospitalizations", "river", "2018Q1")} == {"2018Q1"}
    assert len({(r.unit_type, r.period) for r in results}) == 4 * 5
    assert {r.revision for r in results} == {1}


GOAL = Goal(
    id="fewer",
    measure="hospitalizations",
    aim="20 % fewer",
    form=Form.RELATIVE_REDUCTION,
    size=Fraction(1, 5),
    baseline_period="2017Q4R4",
    target_date=dt.date(2019, 7, 31),
    source="test",
)


async def goals_said(conn: asyncpg.Connection) -> list[tuple[str, str, str | None, str | None]]:
    rows_ = await conn.fetch("SELECT type, payload FROM outbox WHERE aggregatetype = $1 ORDER BY position", GOALS.name)
    found = []
    for row in rows_:
        model = {m.wire_type(): m for m in (GoalReached, GoalWithdrawn)}[row["type"]]
        event = model.model_validate_json(row["payload"])
        found.append((model.__name__, event.period, event.value, event.improvement))
    return found


async def test_a_goal_is_reached_once_after_follow_up_and_withdrawn_when_a_restatement_undoes_it(
    known: asyncpg.Connection,
) -> None:
    """10 hospitalizations in the four quarters of 2017 and 8 in those of 2018: a fifth fewer."""
    days = {1: 90, 4: 91, 7: 92, 10: 92}
    before = [cell(AREA, 201700 + month, days=n, hospitalizations=2 + (month > 5)) for month, n in days.items()]
    after = [cell(AREA, 201800 + month, days=n, hospitalizations=2) for month, n in days.items()]
    await append(known, *before, *after, received="2019-01-01")
    await fold(known, goals=(GOAL,))
    assert await goals_said(known) == []  # not followed up
    await append(known, received="2019-02-15")
    await fold(known, goals=(GOAL,))
    assert await goals_said(known) == [("GoalReached", "2018Q4R4", "2000.0000", "20.00")]
    await append(known, cell(AREA, 201901, days=90), received="2019-06-15")
    await fold(known, goals=(GOAL,))
    assert len(await goals_said(known)) == 1
    await append(known, cell(AREA, 201804, hospitalizations=2))
    await fold(known, goals=(GOAL,))
    assert (await goals_said(known))[1:] == [
        ("GoalWithdrawn", "2018Q4R4", "2500.0000", "0.00"),
        ("GoalReached", "2019Q1R4", "2000.0000", "20.00"),
    ]
