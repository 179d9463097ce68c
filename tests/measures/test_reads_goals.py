"""Answers /goals: baseline, progress, projection and spending avoided of a unit equal numbers counted by hand."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from services.measures.domain.periods import days_in, months_of, shift
from tests.measures.folding import append, cell, define, fold
from tests.measures.reading import Reader, reading
from tests.support.service import app_pool, migrated
from tests.support.stack import Database

RIVER = {"unit_type": "community", "unit": "river"}
AREAS = ("zip:15001", "zip:15003")


@pytest.fixture
async def pool(database: Database) -> AsyncIterator[asyncpg.Pool]:
    await migrated(database, "measures")
    async with app_pool(database, "measures") as opened:
        async with opened.acquire() as conn:
            await define(conn, "river", 1, *AREAS)
        yield opened


@pytest.fixture
async def ann(pool: asyncpg.Pool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Reader]:
    monkeypatch.setenv("QIO_MEASURES_GOAL_BASELINE", "2016Q4R4")
    monkeypatch.setenv("QIO_MEASURES_GOAL_DATE", "2018-12-31")
    async with reading(pool, tmp_path) as reader:
        yield reader


def quarter(number: int, area: str = AREAS[0], **amounts: int) -> Any:
    """A hundred persons of an area in a quarter (0 is 2016Q1): a hundred times its days and nights."""
    period = shift("2016Q1", number)
    time = 100 * days_in(period)
    return cell(area, months_of(period)[0], days=time, nights=time, **amounts)


async def put(pool: asyncpg.Pool, *cells: Any, received: str = "2018-02-15") -> None:
    async with pool.acquire() as conn:
        await append(conn, *cells, received=received)
        await fold(conn)


async def test_progress_is_measured_from_the_same_four_quarters(pool: asyncpg.Pool, ann: Reader) -> None:
    """20 rehospitalizations a quarter, then 18: from 200 to 180 per 1,000, a tenth; half the way to 160."""
    counts = [20] * 4 + [18] * 4
    await put(pool, *(quarter(number, rehospitalizations=count) for number, count in enumerate(counts)))
    found = {one["goal"]: one for one in (await ann.get("/goals", **RIVER))["goals"]}
    one = found["rehospitalizations"]
    assert (one["baseline"]["period"], one["baseline"]["value"]) == ("2016Q4R4", "200.0000")
    assert (one["current"]["period"], one["current"]["value"]) == ("2017Q4R4", "180.0000")
    assert (one["target"], one["improvement"], one["share"]) == ("160.0000", "10.00", "50.00")
    assert (one["reached"], one["attainable"], one["current"]["status"]) == (False, True, "FOLLOWED_UP")
    assert (one["national_aim"], one["priority"]) == (
        "better care",
        "effective communication and coordination of care",
    )
    assert found["adverse_drug_events"]["reason"] == "baseline: value set not loaded: drug-ingredients"
    assert found["adverse_drug_events"]["target"] is None


async def test_community_tenure_is_read_both_ways(pool: asyncpg.Pool, ann: Reader) -> None:
    """From 980 nights of 1,000 to 982: a tenth of what was missing; 10 % more nights would be 1,078 of 1,000."""
    cells = []
    for number in range(8):
        away = 20 if number < 4 else 18  # of a thousand
        nights = 100 * days_in(shift("2016Q1", number))
        cells.append(quarter(number, institution_nights=nights * away // 1000))
    await put(pool, *cells)
    found = {one["goal"]: one for one in (await ann.get("/goals", **RIVER))["goals"]}
    complement, literal = found["community_tenure"], found["community_tenure_literal"]
    assert float(complement["baseline"]["value"]) == pytest.approx(980, abs=0.05)
    assert float(complement["target"]) == pytest.approx(982, abs=0.05)
    assert float(complement["improvement"]) == pytest.approx(10, abs=0.3)
    assert complement["attainable"]
    assert float(literal["target"]) == pytest.approx(1078, abs=0.1)
    assert (literal["attainable"], literal["reached"]) == (False, False)


async def test_a_straight_line_meets_the_target_where_it_does(pool: asyncpg.Pool, ann: Reader) -> None:
    """40, 39, 38 … a quarter: 385 per 1,000 in the middle of the baseline, target 308; 30 (300) is the first below."""
    await put(pool, *(quarter(number, rehospitalizations=40 - number) for number in range(8)))
    found = (await ann.get("/goals", goal="rehospitalizations", **RIVER))["goals"]
    (one,) = found
    assert one["target"] == "308.0000"
    heading = one["projection"]
    assert (heading["quarter"], heading["quarters_used"]) == ("2018Q4", 8)
    assert heading["reaches"] == "2018Q3"  # 10 quarters after 2016Q1, 40 - 10 = 30
    assert (heading["earliest"], heading["latest"]) == ("2018Q3", "2018Q3")  # on a line without spread
    assert heading["value"] == "290.0000"
    assert (float(heading["low"]), float(heading["high"])) == pytest.approx((290, 290))


async def test_quarters_that_are_not_settled_are_not_projected_from(pool: asyncpg.Pool, ann: Reader) -> None:
    await put(pool, *(quarter(n, rehospitalizations=20) for n in range(8)), received="2017-05-15")
    (one,) = (await ann.get("/goals", goal="rehospitalizations", **RIVER))["goals"]
    assert (one["current"]["period"], one["current"]["status"]) == ("2017Q1R4", "FOLLOWED_UP")
    assert one["projection"] is None
    assert one["reason"] == "5 settled quarters are too few for a projection: six are needed, and every season"


async def test_spending_avoided_has_the_areas_as_its_sample(pool: asyncpg.Pool, ann: Reader) -> None:
    """Per quarter and 100 persons 10,000 dollars, then 9,000 and 9,500 by area: 4,000 and 2,000 dollars less a year."""
    cells = []
    for number in range(8):
        for area, paid in zip(AREAS, (900_000, 950_000), strict=True):
            cells.append(quarter(number, area, paid_total=1_000_000 if number < 4 else paid))
    await put(pool, *cells)
    spending = (await ann.get("/goals", **RIVER))["spending"]
    assert (spending["baseline_period"], spending["period"], spending["areas"]) == ("2016Q4R4", "2017Q4R4", 2)
    assert spending["avoided_cents"] == 600_000
    # Two areas of 400,000 and 200,000 around 300,000: 12.706 (t, 1 degree) * sqrt(2 * 2 * 100,000²) = 2,541,241.
    assert (spending["low_cents"], spending["high_cents"]) == pytest.approx((-1_941_241, 3_141_241), abs=50)


async def test_what_the_source_does_not_tell_has_a_reason_and_no_number(pool: asyncpg.Pool, ann: Reader) -> None:
    await put(pool, *(quarter(n, rehospitalizations=20) for n in range(8)), cell(AREAS[0], 201601, lacks_payments=1))
    spending = (await ann.get("/goals", **RIVER))["spending"]
    assert (spending["avoided_cents"], spending["reason"]) == (None, "2016Q4R4: source lacks payments")
    await put(pool, cell("zip:44130", 201701, days=90))
    ohio = await ann.get("/goals", unit_type="state", unit="OH")
    assert ohio["goals"][0]["reason"] == "baseline: nothing is known of 2016Q1, 2016Q2, 2016Q3, 2016Q4"
    assert ohio["spending"]["reason"] == "no four quarters after the baseline are known whole"
    for wrong, code in (
        ({"goal": "peace"}, "unknown-goal"),
        ({"period": "2018Q1"}, "invalid-period"),
    ):
        assert (await ann.refused("/goals", **RIVER, **wrong))[1] == code
