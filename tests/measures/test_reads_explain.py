"""Answers /explain: contributions add up to the number, show nobody by name, and every look stays in the audit."""

import datetime as dt
from collections.abc import AsyncIterator, Iterable, Mapping
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from services.measures.applying import apply
from services.measures.domain.catalogue import DEFINITIONS
from services.measures.domain.timeline import Record
from services.measures.reads import looks
from shared.runtime.purpose import Purpose
from tests.measures.folding import NOW, define, fold
from tests.measures.memory import to_domain, value_sets
from tests.measures.reading import Reader, reading
from tests.measures.records import care, enrolment, inpatient, ref
from tests.measures.value_sets import VALUES
from tests.support.service import app_pool, migrated
from tests.support.stack import Database

SETS = value_sets(VALUES)
RIVER = {"unit_type": "community", "unit": "river"}
QUARTER = {"measure": "rehospitalizations-30d", "period": "2018Q1", **RIVER}


@pytest.fixture
async def pool(database: Database) -> AsyncIterator[asyncpg.Pool]:
    await migrated(database, "measures")
    async with app_pool(database, "measures") as opened:
        yield opened


@pytest.fixture
async def ann(pool: asyncpg.Pool, tmp_path: Path) -> AsyncIterator[Reader]:
    async with reading(pool, tmp_path) as reader:
        yield reader


async def feed(pool: asyncpg.Pool, records: Iterable[Mapping[str, Any]], hours: int = 0) -> None:
    told: dict[bytes, list[Record]] = {}
    for record in records:
        told.setdefault(bytes.fromhex(record["beneficiary"]), []).append(to_domain(record))
    async with pool.acquire() as conn, conn.transaction():
        await apply(conn, told, SETS, NOW + dt.timedelta(hours=hours))


@pytest.fixture
async def people(pool: asyncpg.Pool) -> None:
    """Three in Pennsylvania, of whom Bea moves to Ohio on 1 March; Dan in Ohio moves in on 1 February."""
    async with pool.acquire() as conn:
        await define(conn, "river", 1, "zip:15001", "zip:15003")
    stays = [
        inpatient("ann", "a1", "2018-01-03", "2018-01-08", received="2018-12-01", paid=700_000),
        inpatient("ann", "a2", "2018-01-20", "2018-01-25", received="2018-12-01", provider="390223", paid=500_000),
        inpatient("bea", "b1", "2018-03-10", "2018-03-12", paid=300_000),
        inpatient("dan", "d1", "2018-02-10", "2018-02-14", paid=100_000),
        inpatient("eve", "e1", "2017-12-28", "2018-01-02", paid=100_000),
    ]
    await feed(
        pool,
        [
            enrolment("ann", 2018),
            enrolment("bea", 2018, moves=(("2018-03-01", "zip:44130"),)),
            enrolment("dan", 2018, area="zip:44130", moves=(("2018-02-01", "zip:15003"),)),
            *(enrolment("eve", year, dual=("02",) * 12) for year in (2017, 2018)),
            care("eve", "e2", "snf", "2018-01-02", "2018-01-20", paid=900_000),
            *stays,
        ],
    )
    async with pool.acquire() as conn:
        await fold(conn, SETS)


async def test_contributions_of_every_measure_unit_and_stratum_add_up_to_the_number(
    pool: asyncpg.Pool, ann: Reader, people: None
) -> None:
    asked = (
        {"unit_type": "community", "unit": "river", "period": "2018Q1"},
        {"unit_type": "community", "unit": "river", "period": "2018-02", "stratum": "not-dual_full"},
        {"unit_type": "area", "unit": "zip:15001", "period": "2018Q1", "stratum": "dual_full"},
        {"unit_type": "state", "unit": "OH", "period": "2018Q1"},
        {"unit_type": "region", "unit": "Quality Insights QIN", "period": "2018-03"},
        {"unit_type": "nation", "unit": "US", "period": "2018Q1R4"},
        {"unit_type": "hospital", "unit": "390001", "period": "2018Q1"},
    )
    shown = 0
    for definition in DEFINITIONS:
        for one in asked:
            if one["unit_type"] == "hospital" and not definition.of_hospitals:
                continue
            found = await ann.get("/explain", measure=definition.id, **one)
            assert found["adds_up"], (definition.id, one)
            for side in ("numerator", "denominator"):
                assert found[side] == sum(part[side] for part in found["contributions"])
                assert found["figure"][side] in {None, found[side]}
            shown += len(found["contributions"])
    assert shown > 100


async def test_an_explanation_says_what_each_person_adds_and_who_moved_it_last(
    pool: asyncpg.Pool, ann: Reader, people: None
) -> None:
    """Ann lived there 90 days, Bea 59, Dan 59, Eve 90; Ann came back within 30 days."""
    found = await ann.get("/explain", **QUARTER)
    assert {one["beneficiary"]: (one["numerator"], one["denominator"]) for one in found["contributions"]} == {
        ref("ann"): (1, 90),
        ref("bea"): (0, 59),
        ref("dan"): (0, 59),
        ref("eve"): (0, 90),
    }
    assert (found["numerator"], found["denominator"], found["contributors"]) == (1, 298, 4)
    assert found["figure"]["value"] == "302.0134"
    again = inpatient("eve", "e3", "2018-01-15", "2018-01-17", received="2018-12-20")
    await feed(pool, [again], hours=5)
    waiting = await ann.get("/explain", **QUARTER)
    assert (waiting["adds_up"], waiting["deltas_waiting"], waiting["numerator"]) == (False, 1, 2)
    async with pool.acquire() as conn:
        await fold(conn, SETS)
    moved = await ann.get("/explain", **QUARTER)
    assert (moved["numerator"], moved["adds_up"]) == (2, True)
    assert moved["last_moved"] == {"beneficiary": ref("eve"), "at": "2020-01-01T17:00:00Z"}


async def test_pages_follow_each_other_under_the_same_sums(ann: Reader, people: None) -> None:
    first = await ann.get("/explain", limit=3, **QUARTER)
    second = await ann.get("/explain", limit=3, after=first["contributions"][-1]["beneficiary"], **QUARTER)
    refs = [one["beneficiary"] for page in (first, second) for one in page["contributions"]]
    assert refs == sorted(map(ref, ("ann", "bea", "dan", "eve")))
    assert (first["numerator"], first["denominator"]) == (second["numerator"], second["denominator"])


async def test_every_look_is_a_line_of_a_chain_that_breaks_when_changed(
    pool: asyncpg.Pool, ann: Reader, people: None
) -> None:
    assert [(await ann.get("/explain", **QUARTER))["look"] for _ in range(3)] == [1, 2, 3]
    assert (await ann.refused("/explain", **{**QUARTER, "unit": "sea"}))[0] == 404
    rows = await pool.fetch("SELECT number, at, actor, purpose, asked FROM explained ORDER BY number")
    what = "rehospitalizations-30d of community river in 2018Q1, all"
    assert tuple(rows[0]) == (1, NOW, "ann@example.org", "quality-improvement", what)
    assert len(rows) == 4
    async with pool.acquire() as conn:
        assert await looks.broken_at(conn) is None
        for change in ("UPDATE explained SET actor = 'bob'", "DELETE FROM explained", "TRUNCATE explained"):
            with pytest.raises(asyncpg.PostgresError):
                await conn.execute(change)


async def test_an_altered_or_missing_line_is_found(
    pool: asyncpg.Pool, database: Database, ann: Reader, people: None
) -> None:
    for _ in range(4):
        await ann.get("/explain", **QUARTER)
    owner = await asyncpg.connect(database.dsn("qio_measures_owner"))
    try:
        await owner.execute("ALTER TABLE explained DISABLE TRIGGER explained_append_only")
        await owner.execute("UPDATE explained SET actor = 'bob' WHERE number = 3")
        assert await looks.broken_at(owner) == 3
        await owner.execute("UPDATE explained SET actor = 'ann@example.org' WHERE number = 3")
        assert await looks.broken_at(owner) is None
        await owner.execute("DELETE FROM explained WHERE number = 4")
        assert await looks.broken_at(owner) == 4
        await owner.execute("DELETE FROM explained WHERE number = 2")
        assert await looks.broken_at(owner) == 2
    finally:
        await owner.close()


async def test_contributions_are_shown_to_staff_for_a_purpose_alone(
    pool: asyncpg.Pool, tmp_path: Path, people: None
) -> None:
    cases = (
        ((), Purpose.OVERSIGHT, None, (403, "inside-only")),
        (("partner",), Purpose.OVERSIGHT, None, (403, "inside-only")),
        (("analyst",), Purpose.OPERATIONS, None, (403, "purpose-not-enough")),
        (("analyst",), Purpose.OVERSIGHT, "Telligen", (403, "other-region")),
    )
    for roles, purpose, region, refusal in cases:
        async with reading(pool, tmp_path, roles=roles, purpose=purpose, region=region) as reader:
            assert (await reader.refused("/explain", **QUARTER))[:2] == refusal
    async with reading(pool, tmp_path, purpose=Purpose.OVERSIGHT, region="Quality Insights QIN") as reader:
        later = {**QUARTER, "period": "2018-02"}
        assert (await reader.get("/explain", **later))["contributors"] == 4
        assert (await reader.refused("/explain", **{**later, "unit_type": "nation", "unit": "US"}))[0] == 403
