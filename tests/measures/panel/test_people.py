"""Of residents and patients nothing leaves their own table: neither an event nor a sum or figure refers to one."""

from collections.abc import AsyncIterator

import asyncpg
import pytest

from services.measures.domain.panel.kind import Kind
from services.measures.domain.practices.kind import PATIENTS
from services.measures.domain.residents.kind import RESIDENTS
from shared.contracts.facilities import FACILITIES
from shared.contracts.signals import SIGNALS
from shared.contracts.topic import Confidentiality
from tests.measures.harm.pure import Told
from tests.measures.panel.telling import EVENTS, tell
from tests.measures.practices import records as practices
from tests.measures.residents import records as residents
from tests.measures.residents.test_examples import ENTRY, ULCER
from tests.support.service import app_pool, migrated
from tests.support.stack import Database

RESIDENT = [(one["type"], residents.decoded(one)) for one in (ENTRY, residents.assessed("a", "2018-02-20", **ULCER))]
PATIENT = [
    (one["type"], practices.decoded(one))
    for one in (
        practices.born("1960-05-05"),
        practices.noted("essential_hypertension", "2015-02-02"),
        practices.noted("visit", "2024-03-01"),
        practices.pressure("2024-03-01", 120, 70, fact="a"),
    )
]


@pytest.fixture
async def conn(database: Database) -> AsyncIterator[asyncpg.Connection]:
    await migrated(database, "measures")
    async with app_pool(database, "measures") as pool, pool.acquire() as one:
        yield one


@pytest.mark.parametrize(
    ("kind", "told", "person"),
    [(RESIDENTS, RESIDENT, residents.ref("resident")), (PATIENTS, PATIENT, practices.ref("patient"))],
    ids=["resident", "patient"],
)
async def test_nothing_that_is_said_of_a_facility_refers_to_a_person(
    conn: asyncpg.Connection, kind: Kind, told: list[Told], person: str
) -> None:
    assert await tell(conn, kind, *told)
    assert await conn.fetchval("SELECT count(*) FROM panel_member WHERE member = $1", person) == 1
    said = [str(row["payload"]) for row in await conn.fetch(EVENTS, 0)]
    keys = [row["aggregateid"] for row in await conn.fetch("SELECT aggregateid FROM outbox")]
    tables = ("panel_unit", "panel_sum", "panel_figure", "chart")
    kept = [repr(tuple(row)) for table in tables for row in await conn.fetch(f"TABLE {table}")]
    assert said
    for reference in (person, residents.ref("a")):
        assert not any(reference in one for one in (*said, *keys, *kept))


def test_small_numbers_of_facilities_stay_inside() -> None:
    assert {FACILITIES.confidentiality, SIGNALS.confidentiality} == {Confidentiality.INTERNAL}
