"""What changes without a record: notices whose time is over, and value sets that come later than the claims."""

import datetime as dt
from collections import defaultdict
from collections.abc import AsyncIterator, Iterable

import asyncpg
import pytest

from services.measures.applying import apply
from services.measures.domain.timeline import Record as Kept
from services.measures.domain.values import NO_VALUE_SETS, ValueSets
from services.measures.revising import revise_once
from tests.measures import independent
from tests.measures.folding import fold, rows
from tests.measures.memory import Cells, readable, to_domain, value_sets
from tests.measures.records import Record, enrolment, inpatient, notice
from tests.measures.value_sets import VALUES
from tests.support.service import app_pool, migrated
from tests.support.stack import Database

SPRING, AUTUMN = dt.datetime(2018, 3, 1, tzinfo=dt.UTC), dt.datetime(2018, 9, 1, tzinfo=dt.UTC)
LOADED = value_sets(VALUES)
RECORDS = (
    *(enrolment(person, year) for person in ("A", "B") for year in (2016, 2017, 2018, 2019)),
    inpatient("A", "first", "2018-01-02", "2018-01-08", diagnoses=("I5023",), poa="Y", icd=10),
    notice("A", "back", "2018-02-01", None, "2018-02-03"),
    inpatient("B", "only", "2018-02-02", "2018-02-08", diagnoses=("E1165",), poa="Y", icd=10),
)


@pytest.fixture
async def conn(database: Database) -> AsyncIterator[asyncpg.Connection]:
    await migrated(database, "measures")
    async with app_pool(database, "measures") as pool, pool.acquire() as one:
        yield one


async def feed(conn: asyncpg.Connection, records: Iterable[Record], values: ValueSets, now: dt.datetime) -> None:
    told: dict[bytes, list[Kept]] = defaultdict(list)
    for record in records:
        told[bytes.fromhex(record["beneficiary"])].append(to_domain(record))
    async with conn.transaction():
        await apply(conn, told, values, now)


async def revise(conn: asyncpg.Connection, values: ValueSets, now: dt.datetime) -> int:
    async def known(_conn: asyncpg.Connection) -> ValueSets:
        return values

    return await revise_once(conn, now, known)


async def cells(conn: asyncpg.Connection) -> Cells:
    await fold(conn)
    found = await rows(conn, "area", "hospital")
    return readable(
        {
            (f"ccn:{unit}" if kind == "hospital" else unit, month, flags): amounts
            for (kind, unit, month), body in found.items()
            for flags, amounts in body.items()
        }
    )


async def test_a_notice_without_a_claim_stops_to_count_when_its_time_is_over(conn: asyncpg.Connection) -> None:
    await feed(conn, RECORDS, LOADED, SPRING)
    expected = independent.recompute(list(RECORDS), VALUES, SPRING.date())
    assert await cells(conn) == expected
    assert any("provisional_stays" in counts for counts in expected.values())
    assert await revise(conn, LOADED, SPRING) == 0
    assert await revise(conn, LOADED, AUTUMN) == 1
    later = independent.recompute(list(RECORDS), VALUES, AUTUMN.date())
    assert await cells(conn) == later != expected
    assert await revise(conn, LOADED, AUTUMN) == 0


async def test_value_sets_that_come_late_count_as_if_they_had_come_first(conn: asyncpg.Connection) -> None:
    await feed(conn, RECORDS, NO_VALUE_SETS, SPRING)
    assert await cells(conn) == independent.recompute(list(RECORDS), {}, SPRING.date())
    assert await revise(conn, LOADED, SPRING) == 2
    assert await cells(conn) == independent.recompute(list(RECORDS), VALUES, SPRING.date())
    assert await revise(conn, LOADED, SPRING) == 0
