"""The account for the loss audit: every natural key that is held, and everything that follows by itself."""

import datetime as dt
from collections.abc import AsyncIterator, Iterable
from typing import Any, Final

import asyncpg
import pytest

from services.measures import account
from services.measures.activity_publisher import publish_once
from services.measures.charting import Baseline
from services.measures.domain.kinds import KINDS
from services.measures.effects import look_once
from services.measures.handlers import panels
from services.measures.panel_reviser import revise_once
from services.measures.repository import activity_due, effects
from services.measures.repository.activity_due import Due, What
from shared.contracts.catalog import topic_named
from shared.contracts.evidence import EVIDENCE
from shared.contracts.message import FeedRecord
from shared.contracts.residents import RESIDENTS
from shared.messaging.handling import FeedItem
from tests.measures.practices import records as patients
from tests.measures.residents import records as residents
from tests.support.service import app_pool, migrated
from tests.support.stack import Database

BASELINE: Final = Baseline("2016Q1", "2017Q4")
NOW: Final = dt.datetime(2018, 3, 1, 12, tzinfo=dt.UTC)
Record = dict[str, Any]


@pytest.fixture
async def conn(database: Database) -> AsyncIterator[asyncpg.Connection]:
    await migrated(database, "measures")
    async with app_pool(database, "measures") as pool, pool.acquire() as one:
        yield one


async def tell(conn: asyncpg.Connection, topic: str, told: Iterable[Record], fact: Any) -> None:
    (kind,) = (kind for kind, one, _ in panels.FEEDS if one.name == topic)
    items = [FeedItem("unit", record["type"], fact(record)) for record in told]
    async with conn.transaction():
        await panels.subscription(kind, topic, {}, BASELINE).handle(conn, items, NOW)


def natural_keys(topic: str, told: Iterable[Record]) -> int:
    """How many there are, as the loss audit counts what stands in a topic."""
    models = {one.wire_type(): one for one in topic_named(topic).messages if issubclass(one, FeedRecord)}
    return len({models[record["type"]].natural_key(record) for record in told})


LIFE: Final = [
    residents.entered("came", "2018-01-02"),
    residents.assessed("first", "2018-01-10", A0310A="01"),
    residents.assessed("first", "2018-01-10", version=2, action="cancel"),
    # Told as a discharge first, and corrected to be a death: one record under two types.
    residents.discharged("left", "2018-02-20"),
    residents.moved("left", "12", "2018-02-20", version=2, action="adjust"),
]
CARE: Final = [
    patients.born("1950-05-05"),
    patients.note("visit 2018-02-02"),
    patients.pressure("2018-02-02", 150, 80, fact="pressure"),
    patients.withdrawn("pressure", 2),
]


async def test_what_is_held_is_what_the_topic_has_also_where_a_record_becomes_another_kind(
    conn: asyncpg.Connection,
) -> None:
    await tell(conn, RESIDENTS.name, LIFE, residents.decoded)
    await tell(conn, EVIDENCE.name, CARE, patients.decoded)
    await tell(conn, EVIDENCE.name, CARE, patients.decoded)
    kept = await account.kept(conn)
    assert (natural_keys(RESIDENTS.name, LIFE), natural_keys(EVIDENCE.name, CARE)) == (3, 3)
    assert (kept[RESIDENTS.name], kept[EVIDENCE.name]) == (3, 3)
    assert {topic.name for _, topic, _ in panels.FEEDS} <= kept.keys()


async def test_a_lost_fact_is_missing_in_the_account(conn: asyncpg.Connection) -> None:
    await tell(conn, RESIDENTS.name, LIFE[:-1], residents.decoded)
    assert (await account.kept(conn))[RESIDENTS.name] == natural_keys(RESIDENTS.name, LIFE)
    await conn.execute("DELETE FROM panel_member")
    assert (await account.kept(conn))[RESIDENTS.name] == 0


async def test_whom_the_day_changes_and_what_the_day_settles_wait_until_they_are_looked_at(
    conn: asyncpg.Connection,
) -> None:
    # There from 2 January on: on 12 April for the 101st day.
    await tell(conn, RESIDENTS.name, LIFE[:2], residents.decoded)
    assert await account.backlog(conn, NOW.date()) == 0
    later = NOW + dt.timedelta(days=60)
    assert await account.backlog(conn, later.date()) > 0
    while sum([await revise_once(conn, kind, BASELINE, later) for kind in KINDS]):
        pass
    assert await account.backlog(conn, later.date()) == 0
    settled = later + dt.timedelta(days=200)
    provisional = await conn.fetchval("SELECT count(*) FROM panel_figure WHERE status = 'PROVISIONAL'")
    assert await account.backlog(conn, settled.date()) >= provisional > 1
    while sum([await revise_once(conn, kind, BASELINE, settled) for kind in KINDS]):
        pass
    assert await account.backlog(conn, settled.date()) == 0
    await conn.execute("UPDATE panel_member SET rules = 0")
    assert await account.backlog(conn, later.date()) == 1


async def test_effects_that_are_due_wait(conn: asyncpg.Connection) -> None:
    await effects.look_again(conn, ["river"])
    assert await account.backlog(conn, NOW.date()) == 1
    while await look_once(conn, NOW):
        pass
    assert await account.backlog(conn, NOW.date()) == 0


async def test_appeals_wait_until_they_are_published_and_nothing_waits_where_none_was_ever_told(
    conn: asyncpg.Connection,
) -> None:
    await activity_due.put(conn, {Due(What.COMMUNITY, "river"), Due(What.FACILITY, "360001")})
    assert await account.backlog(conn, NOW.date()) == 2
    assert await publish_once(conn, BASELINE, NOW) == 2
    assert await account.backlog(conn, NOW.date()) == 0
    await conn.execute(
        "INSERT INTO facility_activity (ccn, month, state, discharge_appeals, termination_appeals, concerns_confirmed)"
        " VALUES ('360001', '2018-03', 'OH', 2, 0, 0)"
    )
    assert await account.backlog(conn, NOW.date()) == 1
    while await publish_once(conn, BASELINE, NOW):
        pass
    assert await account.backlog(conn, NOW.date()) == 0
    assert await conn.fetchval("SELECT count(*) FROM panel_figure WHERE unit = '360001'") > 0
