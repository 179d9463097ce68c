"""The handler and the folder on a real database give what the recomputation gives, and publish it once."""

from collections.abc import AsyncIterator, Iterable, Mapping
from typing import Any

import asyncpg
import msgspec
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from services.measures.applying import apply
from services.measures.domain.spread import Body
from services.measures.domain.timeline import Record
from tests.measures import independent
from tests.measures.folding import NOW, define, fold, of, published
from tests.measures.histories import histories
from tests.measures.memory import Cells, readable, to_domain, value_sets
from tests.measures.records import care, enrolment, inpatient
from tests.measures.value_sets import VALUES
from tests.support.service import app_pool, migrated
from tests.support.stack import Database

SETS = value_sets(VALUES)


@pytest.fixture
async def conn(database: Database) -> AsyncIterator[asyncpg.Connection]:
    await migrated(database, "measures")
    async with app_pool(database, "measures") as pool, pool.acquire() as one:
        yield one


async def feed(conn: asyncpg.Connection, records: Iterable[Mapping[str, Any]]) -> None:
    told: dict[bytes, list[Record]] = {}
    for record in records:
        told.setdefault(bytes.fromhex(record["beneficiary"]), []).append(to_domain(record))
    async with conn.transaction():
        await apply(conn, told, SETS, NOW)


async def cells(conn: asyncpg.Connection) -> Cells:
    """The rollups of areas and hospitals in the words of the independent recomputation."""
    found: dict[tuple[str, int, int], dict[int, int]] = {}
    rows = await conn.fetch("SELECT * FROM rollup WHERE unit_type IN ('area', 'hospital')")
    for row in rows:
        unit = f"ccn:{row['unit']}" if row["unit_type"] == "hospital" else row["unit"]
        for flags, amounts in msgspec.msgpack.decode(row["body"], type=Body).items():
            found[unit, row["month"], flags] = amounts
    return readable(found)


async def test_any_order_through_the_database_equals_the_recomputation(conn: asyncpg.Connection) -> None:
    @settings(
        max_examples=40,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(histories())
    def collect(history: list[list[dict[str, Any]]]) -> None:
        found.append(history)

    found: list[list[list[dict[str, Any]]]] = []
    collect()
    for history in found:
        await conn.execute("DELETE FROM beneficiary")
        await conn.execute("DELETE FROM chunk")
        await conn.execute("DELETE FROM rollup")
        for batch in history:
            await feed(conn, batch)
        await fold(conn, SETS)
        records = [record for batch in history for record in batch]
        assert await cells(conn) == independent.recompute(records, VALUES, NOW.date())


STAYS = [
    enrolment("A", 2018, ("2018-01-01", "2018-03-31")),
    enrolment("B", 2018, ("2018-02-01", "2018-03-31"), area="zip:15002"),
    inpatient("A", "p", "2018-01-01", "2018-01-05"),
    inpatient("A", "q", "2018-02-02", "2018-02-06"),
    inpatient("B", "r", "2018-02-02", "2018-02-06"),
]


async def test_a_claim_changes_the_result_of_its_community_and_a_repetition_does_not(conn: asyncpg.Connection) -> None:
    await define(conn, "pittsburgh", 1, "zip:15001", "zip:15002")
    await feed(conn, STAYS)
    await fold(conn, SETS)
    (one,) = of(await published(conn), "rehospitalizations-30d", "pittsburgh", "2018Q1")
    assert (one.numerator, one.denominator, one.value) == (1, 149, "604.0268")  # 1 * 1000 * 90 / 149
    before = len(await published(conn))
    await feed(conn, STAYS)
    await fold(conn, SETS)
    assert len(await published(conn)) == before
    await feed(conn, [inpatient("B", "r", "2018-02-02", "2018-02-06", version=2, action="cancel")])
    await fold(conn, SETS)
    assert [r.numerator for r in of(await published(conn), "hospitalizations", "pittsburgh", "2018Q1")] == [3, 2]


async def test_a_community_defined_anew_touches_no_beneficiary(conn: asyncpg.Connection) -> None:
    await feed(conn, STAYS)
    await fold(conn, SETS)
    bodies = await conn.fetch("SELECT xmin::text, ctid::text, head FROM beneficiary ORDER BY ref")
    await define(conn, "pittsburgh", 1, "zip:15001")
    await fold(conn, SETS)
    await define(conn, "pittsburgh", 2, "zip:15002")
    await fold(conn, SETS)
    found = of(await published(conn), "hospitalizations", "pittsburgh", "2018Q1")
    assert [(r.unit_version, r.revision, r.numerator) for r in found] == [(1, 1, 2), (2, 2, 1)]
    assert await conn.fetch("SELECT xmin::text, ctid::text, head FROM beneficiary ORDER BY ref") == bodies


async def test_a_repeated_batch_writes_nothing(conn: asyncpg.Connection) -> None:
    await feed(conn, STAYS)
    before = await conn.fetch("SELECT head FROM beneficiary ORDER BY ref")
    deltas = await conn.fetchval("SELECT count(*) FROM delta")
    await feed(conn, STAYS + STAYS)
    assert await conn.fetch("SELECT head FROM beneficiary ORDER BY ref") == before
    assert await conn.fetchval("SELECT count(*) FROM delta") == deltas


async def test_distinct_records_are_counted_once_and_cancelled_ones_stay_counted(conn: asyncpg.Connection) -> None:
    cancel = inpatient("B", "r", "2019-02-02", "2019-02-06", version=2, action="cancel")
    await feed(conn, [*STAYS, *STAYS, cancel, care("A", "visit", "outpatient", "2018-01-10", "2018-01-10")])
    counts = await conn.fetchrow("SELECT count(*), sum(claims), sum(care), sum(enrolments) FROM beneficiary")
    assert tuple(counts) == (2, 3, 1, 2)
