"""Hospitals as CMS lists them: the latest vintage holds, in any order and however often it is told."""

import datetime as dt
from collections.abc import AsyncIterator
from itertools import permutations
from typing import Any

import asyncpg
import pytest

from services.measures.handlers import hospitals as handler
from services.measures.repository import hospitals
from shared.contracts.feeds import HospitalListed
from shared.messaging.handling import FeedItem
from tests.measures.test_value_sets import NOW
from tests.support.service import app_pool, migrated
from tests.support.stack import Database


@pytest.fixture
async def conn(database: Database) -> AsyncIterator[asyncpg.Connection]:
    await migrated(database, "measures")
    async with app_pool(database, "measures") as pool, pool.acquire() as one:
        yield one


def listed(year: int, name: str, **more: Any) -> HospitalListed:
    values = {"ccn": "360134", "state": "OH", "zip_code": "45202", "kind": "Acute Care Hospitals"} | more
    return HospitalListed(as_of=dt.date(year, 6, 1), name=name, **values)


async def tell(conn: asyncpg.Connection, *told: HospitalListed) -> None:
    (decode,) = handler.subscription().decoders.values()
    items = [FeedItem(one.ccn, one.wire_type(), decode(one.model_dump_json().encode())) for one in told]
    async with conn.transaction():
        assert await handler.apply(conn, items, NOW) == ()


async def test_every_column_is_kept(conn: asyncpg.Connection) -> None:
    told = listed(2024, "GOOD SAMARITAN", county="HAMILTON", ownership="Proprietary", emergency=True, rating=3)
    await tell(conn, told, listed(2024, "OTHER", ccn="361300"))
    found = await hospitals.some(conn, ["360134", "361300", "999999"])
    assert found["360134"]._asdict() == told.model_dump()
    assert (found["361300"].rating, found["361300"].emergency, sorted(found)) == (None, None, ["360134", "361300"])


@pytest.mark.parametrize("together", [True, False])
async def test_the_latest_vintage_holds_in_any_order(conn: asyncpg.Connection, together: bool) -> None:
    told = (listed(2024, "OLD", rating=1), listed(2026, "NEW"), listed(2026, "NEWER", rating=2), listed(2026, "NEW"))
    for order in permutations(told):
        await conn.execute("DELETE FROM hospital")
        if together:
            await tell(conn, *order)
        else:
            for one in order:
                await tell(conn, one)
        assert (await hospitals.some(conn, ["360134"]))["360134"].name == "NEWER"
