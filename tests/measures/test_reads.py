"""The read API of measures: exact values of any period and stratum, side by side, with one reason for bad input."""

from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import pytest

from services.measures.domain.catalogue import DEFINITIONS
from services.measures.domain.strata import Flag
from services.measures.repository import value_sets
from services.measures.repository.value_sets import Part
from tests.measures.folding import append, cell, define, fold
from tests.measures.reading import Reader, reading
from tests.support.service import app_pool, migrated
from tests.support.stack import Database

AREA, OTHER, OHIO = "zip:15001", "zip:15003", "zip:44130"
BOTH = Flag.CHRONIC_2 | Flag.POLYPHARMACY
RIVER = {"unit_type": "community", "unit": "river"}


@pytest.fixture
async def pool(database: Database) -> AsyncIterator[asyncpg.Pool]:
    await migrated(database, "measures")
    async with app_pool(database, "measures") as opened:
        yield opened


@pytest.fixture
async def ann(pool: asyncpg.Pool, tmp_path: Path) -> AsyncIterator[Reader]:
    async with reading(pool, tmp_path) as reader:
        yield reader


async def put(pool: asyncpg.Pool, *cells: object, received: str = "2019-06-01") -> None:
    async with pool.acquire() as conn:
        await append(conn, *cells, received=received)  # type: ignore[arg-type]
        await fold(conn)


@pytest.fixture
async def river(pool: asyncpg.Pool) -> None:
    """A community of two areas in Pennsylvania, another area there and one in Ohio; 2018Q1 has 90 days."""
    async with pool.acquire() as conn:
        await define(conn, "river", 1, AREA, OTHER)
    await put(
        pool,
        cell(AREA, 201801, BOTH, days=90, hospitalizations=4, live_discharges=4, rehospitalizations=2, nights=90),
        cell(AREA, 201801, Flag.CHRONIC_2, days=180, hospitalizations=2, live_discharges=2, nights=180),
        cell(OTHER, 201802, 0, days=90, hospitalizations=1, live_discharges=1, nights=90, institution_nights=9),
        cell("zip:15005", 201803, 0, days=360, hospitalizations=4, live_discharges=4, rehospitalizations=1),
        cell(OHIO, 201803, 0, days=900, hospitalizations=10, live_discharges=10, rehospitalizations=1),
        cell("ccn:390001", 201801, live_discharges=3, hwr_index=3, hwr_unplanned=1),
    )


async def test_a_value_is_the_exact_one_with_interval_and_status(ann: Reader, river: None) -> None:
    """7 hospitalizations in 360 days of 90 are 4 beneficiary-quarters: 1750 per 1,000."""
    found = await ann.get("/values", measure="hospitalizations", period="2018Q1", **RIVER)
    assert (found["numerator"], found["denominator"], found["beneficiary_quarters"]) == (7, 360, "4.0000")
    assert (found["value"], found["status"], found["reason"]) == ("1750.0000", "FINAL", None)
    # Mid-P of 7 events: 3.06 to 13.85 expected (Rothman's table for 7), over 4 beneficiary-quarters.
    assert float(found["low"]) == pytest.approx(3.06 / 4 * 1000, rel=0.01)
    assert float(found["high"]) == pytest.approx(13.85 / 4 * 1000, rel=0.01)
    assert (found["unit_version"], found["watermark"], found["stratum"]) == (1, "2019-06-01", "all")


async def test_a_value_is_what_was_published_where_it_was(ann: Reader, river: None) -> None:
    published = await ann.get("/results", unit_type="community", unit="river", period="2018Q1")
    assert len(published) == len(DEFINITIONS)
    for one in published:
        found = await ann.get("/values", measure=one["measure"], period="2018Q1", **RIVER)
        assert (found["value"], found["low"], found["high"], found["reason"]) == (
            one["value"],
            one["low"],
            one["high"],
            one["reason"],
        ), one["measure"]


async def test_a_month_is_scaled_to_its_quarter(ann: Reader, river: None) -> None:
    """270 days of January are 3 beneficiary-quarters, 6 hospitalizations in them 2000 per 1,000."""
    found = await ann.get("/values", measure="hospitalizations", period="2018-01", **RIVER)
    assert (found["numerator"], found["denominator"], found["value"]) == (6, 270, "2000.0000")


async def test_any_stratum_has_its_value(ann: Reader, river: None) -> None:
    for stratum, *numbers in (
        ("chronic_2", 6, 270, "2000.0000"),
        ("chronic_2+polypharmacy", 4, 90, "4000.0000"),
        ("chronic_2+not-polypharmacy", 2, 180, "1000.0000"),
        ("not-chronic_2", 1, 90, "1000.0000"),
        ("diabetes", 0, 0, None),
    ):
        found = await ann.get("/values", measure="hospitalizations", period="2018Q1", stratum=stratum, **RIVER)
        assert [found["numerator"], found["denominator"], found["value"]] == numbers, stratum
        assert (found["status"], found["reason"]) == ("FINAL", None)


async def test_four_quarters_of_which_some_are_unknown_are_not_computable(ann: Reader, river: None) -> None:
    found = await ann.get("/values", measure="hospitalizations", period="2018Q1R4", **RIVER)
    assert (found["status"], found["numerator"], found["value"]) == ("NOT_COMPUTABLE", None, None)
    assert found["reason"] == "nothing is known of 2017Q2, 2017Q3, 2017Q4"


async def test_four_quarters_weigh_each_day_by_its_own_quarter(pool: asyncpg.Pool, ann: Reader) -> None:
    days = ((201801, 90), (201804, 91), (201807, 92), (201810, 92))
    await put(pool, *(cell(AREA, month, days=number, hospitalizations=1) for month, number in days))
    found = await ann.get("/values", measure="hospitalizations", period="2018Q4R4", unit_type="area", unit=AREA)
    assert (found["numerator"], found["denominator"], found["value"]) == (4, 365, "1000.0000")


async def test_a_lacking_input_and_a_missing_value_set_are_the_reason_and_not_zero(
    pool: asyncpg.Pool, ann: Reader, river: None
) -> None:
    await put(pool, cell(AREA, 201801, lacks_snf=1))
    tenure = await ann.get("/values", measure="community-tenure", period="2018Q1", **RIVER)
    assert (tenure["status"], tenure["reason"], tenure["value"]) == ("NOT_COMPUTABLE", "source lacks snf", None)
    opioid = await ann.get("/values", measure="ade-opioid", period="2018Q1", **RIVER)
    assert opioid["reason"] == "value set not loaded: drug-ingredients"
    async with pool.acquire() as conn, conn.transaction():
        await value_sets.save(conn, [Part("drug-ingredients", "1", 1, 1, "test", ["ndc:1"], ["opioid"])])
    assert (await ann.get("/values", measure="ade-opioid", period="2018Q1", **RIVER))["reason"] is None


async def test_measures_say_what_they_need_and_where_they_can_be_computed(
    pool: asyncpg.Pool, ann: Reader, river: None
) -> None:
    await put(pool, cell(OHIO, 201803, lacks_snf=1))
    found = {one["id"]: one for one in await ann.get("/measures")}
    assert list(found) == [definition.id for definition in DEFINITIONS]
    tenure = found["community-tenure"]
    assert (tenure["aim"], tenure["numerator"]) == (
        "healthy people and communities",
        {"nights": 1, "institution_nights": -1},
    )
    assert (tenure["checked_in"], tenure["computable_in"]) == ("2018Q1", ["PA"])
    assert tenure["not_computable_in"] == {"OH": "source lacks snf"}
    assert "hospital" not in tenure["unit_types"]
    unplanned = found["readmissions-unplanned-30d"]
    assert "hospital" in unplanned["unit_types"]
    assert unplanned["missing_value_sets"] == unplanned["value_sets"]


async def test_a_series_has_every_period_in_between(pool: asyncpg.Pool, ann: Reader) -> None:
    await put(pool, cell(AREA, 201802, days=28), cell(AREA, 201812, days=31, hospitalizations=1))
    where = {"measure": "hospitalizations", "unit_type": "area", "unit": AREA}
    quarters = await ann.get("/series", **where)
    assert [(one["period"], one["numerator"]) for one in quarters] == [
        ("2018Q1", 0),
        ("2018Q2", None),
        ("2018Q3", None),
        ("2018Q4", 1),
    ]
    assert quarters[1]["reason"] == "nothing is known of 2018Q2"
    assert len(await ann.get("/series", every="month", **where)) == 11
    assert [one["period"] for one in await ann.get("/series", every="rolling", **where)] == ["2018Q4R4"]


async def test_a_unit_is_compared_with_the_rest_of_what_it_lies_in(ann: Reader, river: None) -> None:
    """River: 7 in 360 days; the rest of Pennsylvania 4 in 360: a ratio of 1.75. The rest of the nation 14 in 1260."""
    found = await ann.get("/compare", measure="hospitalizations", period="2018Q1", **RIVER)
    (one,) = found
    assert one["figure"]["value"] == "1750.0000"
    by_type = {against["unit_type"]: against for against in one["against"]}
    assert list(by_type) == ["state", "region", "nation"]
    state = by_type["state"]["ratio"]
    assert (state["others_numerator"], state["others_denominator"], state["ratio"]) == (4, 360, "1.7500")
    # On the logarithm: exp(1.96 * sqrt(1/7 + 1/4)) = 3.4156.
    assert (float(state["low"]), float(state["high"])) == pytest.approx((1.75 / 3.4156, 1.75 * 3.4156), rel=1e-3)
    assert by_type["nation"]["ratio"]["ratio"] == "1.7500"  # 14 of 1260 is as much as 4 of 360
    assert by_type["nation"]["ratio"]["others_denominator"] == 1260


async def test_units_stand_side_by_side_in_the_order_asked_for(ann: Reader, river: None) -> None:
    found = await ann.get("/compare", measure="hospitalizations", period="2018Q1", unit_type="area", unit=[OHIO, AREA])
    assert [one["figure"]["unit"] for one in found] == [OHIO, AREA]
    assert found[0]["against"][0]["unit"] == "OH"
    assert found[0]["against"][0]["ratio"]["ratio"] is None  # nobody else lives in this Ohio


async def test_nights_have_a_ratio_without_limits(ann: Reader, river: None) -> None:
    found = await ann.get("/disparities", measure="community-tenure", period="2018Q1", stratum="chronic_2", **RIVER)
    (one,) = found["disparities"]
    assert (one["ratio"]["ratio"], one["ratio"]["low"], one["ratio"]["high"]) == ("1.1111", None, None)


async def test_a_disparity_is_a_population_beside_everybody_else(ann: Reader, river: None) -> None:
    """2 of 4 with both against 0 of 3; and 6 in 270 days against 1 in 90: a ratio of 2."""
    found = await ann.get("/disparities", measure="hospitalizations", period="2018Q1", **RIVER)
    by_name = {one["stratum"]: one["ratio"] for one in found["disparities"]}
    assert by_name["chronic_2"]["ratio"] == "2.0000"
    assert float(by_name["chronic_2"]["low"]) < 1 < float(by_name["chronic_2"]["high"])
    assert by_name["chronic_2+polypharmacy"]["ratio"] == "4.0000"  # 4 in 90 against 3 in 270
    assert by_name["diabetes"]["ratio"] is None
    share = await ann.get("/disparities", measure="rehospitalizations-percent", period="2018Q1", **RIVER)
    both = {one["stratum"]: one["ratio"] for one in share["disparities"]}["polypharmacy"]
    assert (both["value"], both["others_value"], both["ratio"]) == ("50.0000", "0.0000", None)
    assert both["low"] is not None


async def test_value_sets_are_listed_with_what_is_missing(pool: asyncpg.Pool, ann: Reader) -> None:
    async with pool.acquire() as conn, conn.transaction():
        await value_sets.save(conn, [Part("drug-ingredients", "1", 1, 2, "test", ["ndc:1"], ["opioid"])])
    found = await ann.get("/value-sets")
    (one,) = found["loaded"]
    assert (one["name"], one["known"], one["parts"], one["codes"], one["in_force"]) == (
        "drug-ingredients",
        1,
        2,
        1,
        False,
    )
    assert "drug-ingredients" in found["missing"]


ASKED = {"measure": "hospitalizations", "period": "2018Q1", **RIVER}


WRONG = (
    ({"measure": "happiness"}, 404, "unknown-measure", "`qio measures list` names them"),
    ({"unit_type": "county"}, 422, "invalid-unit-type", "a unit is one of area, community"),
    ({"unit": "sea"}, 404, "unknown-unit", "`qio community list`"),
    ({"unit_type": "area", "unit": "15001"}, 404, "unknown-unit", "zip:44130"),
    ({"period": "2018Q5"}, 422, "invalid-period", "2018Q1R4"),
    ({"period": "9999Q4"}, 422, "invalid-period", "2018Q1R4"),
    ({"period": "0000Q1R4"}, 422, "invalid-period", "2018Q1R4"),
    ({"stratum": "chronic_2+poor"}, 422, "invalid-stratum", "dual_full"),
    ({"unit_type": "hospital", "unit": "390001"}, 422, "invalid-measure", "not of a hospital"),
)


async def test_bad_input_has_one_reason_that_names_the_field_and_its_rule(ann: Reader, river: None) -> None:
    for path in ("/values", "/compare", "/explain", "/disparities", "/series"):
        for wrong, *refusal, rule in WRONG:
            if path == "/series" and "period" in wrong:
                continue
            status, code, title = await ann.refused(path, **{**ASKED, **wrong})
            assert [status, code] == refusal, (path, wrong)
            assert title.startswith(code.partition("-")[2].replace("-", "_") + ": ")
            assert rule in title
            assert all(value not in title for value in ("happiness", "sea", "2018Q5", "chronic_2+poor"))


async def test_text_that_no_database_takes_is_refused(ann: Reader) -> None:
    for path in ("/values", "/compare", "/explain", "/snapshots"):
        found = await ann.refused(path, **{**ASKED, "unit": "river\x00"})
        assert found[:2] == (422, "invalid-request"), path


async def test_a_community_that_waits_to_be_counted_is_not_shown_as_empty(
    pool: asyncpg.Pool, ann: Reader, river: None
) -> None:
    async with pool.acquire() as conn:
        await define(conn, "sea", 1, OHIO)
    found = await ann.refused("/values", **{**ASKED, "unit": "sea"})
    assert found[:2] == (409, "not-ready-unit")
