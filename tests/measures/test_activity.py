"""Appeals and confirmed concerns by facility and community: the last told holds, and sums follow the ZIP codes."""

import datetime as dt
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import pytest

from services.measures.domain.community import Community
from services.measures.handlers import activity as handler
from services.measures.repository import activity
from services.measures.repository.activity import ActivityStore
from services.measures.repository.communities import CommunityStore, key_of
from shared.contracts.complaints import FacilityActivity
from shared.messaging.handling import Work
from tests.support.service import app_pool, migrated
from tests.support.stack import Database

NOW = dt.datetime(2026, 8, 5, tzinfo=dt.UTC)


@pytest.fixture
async def conn(database: Database) -> AsyncIterator[asyncpg.Connection]:
    await migrated(database, "measures")
    async with app_pool(database, "measures") as pool, pool.acquire() as one:
        yield one


def told(ccn: str, month: str = "2026-07", zip_code: str | None = "60601", **counts: int) -> FacilityActivity:
    values: dict[str, Any] = {"discharge_appeals": 0, "termination_appeals": 0, "concerns_confirmed": 0} | counts
    return FacilityActivity(ccn=ccn, state="IL", zip_code=zip_code, month=month, **values)


async def hear(conn: asyncpg.Connection, *events: FacilityActivity) -> None:
    """Take events in as the message path does: handlers, then the store, once."""
    work: Work[FacilityActivity] = Work(NOW, {})
    for event in events:
        received: Any = type("Received", (), {"message": event})()
        work.begin(handler.keys(received))
        assert handler.counted(received, work) == ()
        work.keep()
    await ActivityStore().save(conn, work.changes(), NOW)


async def test_the_counts_told_last_hold(conn: asyncpg.Connection) -> None:
    await hear(conn, told("140001", discharge_appeals=1), told("140001", discharge_appeals=2))
    await hear(conn, told("140001", discharge_appeals=3, concerns_confirmed=1))
    (row,) = await activity.of_facilities(conn, "140001", None, None, 10)
    assert (row["discharge_appeals"], row["concerns_confirmed"]) == (3, 1)


async def test_a_community_has_the_sums_of_its_facilities(conn: asyncpg.Connection) -> None:
    made = Community("lake", "Lake", 1, ("zip:60601", "zip:60602"))
    await CommunityStore().save(conn, {key_of("lake"): made}, NOW)
    await hear(
        conn,
        told("140001", discharge_appeals=2, termination_appeals=1),
        told("145001", zip_code="60602", termination_appeals=4),
        told("145002", zip_code="60603", termination_appeals=9),
        told("145003", zip_code=None, termination_appeals=9),
        told("140001", month="2026-08", discharge_appeals=5),
    )
    rows = await activity.of_communities(conn, "lake", None, "2026-07", 10)
    assert [tuple(row) for row in rows] == [("lake", "2026-07", 2, 5, 0)]
