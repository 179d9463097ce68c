"""Communities as recruitment tells them: the highest version holds, and a dissolved one frees its areas."""

from collections.abc import AsyncIterator
from uuid import UUID

import asyncpg
import pytest

from services.measures.domain.community import Community
from services.measures.handlers import communities
from services.measures.repository.communities import CommunityStore
from shared.contracts.envelope import Envelope
from shared.contracts.recruitment.communities import CommunityDefined, CommunityDissolved
from shared.messaging.handling import Received, Work
from tests.measures.folding import NOW, append, cell, fold, of, published, rows
from tests.support.service import app_pool, migrated
from tests.support.stack import Database

AREA = "zip:15001"
EVENT = UUID(int=7)


@pytest.fixture
async def conn(database: Database) -> AsyncIterator[asyncpg.Connection]:
    await migrated(database, "measures")
    async with app_pool(database, "measures") as pool, pool.acquire() as one:
        yield one


def defined(community: str, version: int, *areas: str) -> CommunityDefined:
    return CommunityDefined(community=community, name=community.title(), version=version, areas=areas)


def dissolved(community: str, version: int) -> CommunityDissolved:
    return CommunityDissolved(
        community=community, version=version, on=NOW.date(), reason="Merged with the next valley", actor="t"
    )


async def hear(conn: asyncpg.Connection, *said: CommunityDefined | CommunityDissolved) -> None:
    """Take them in one after another, as the subscription does."""
    handlers = {on.message: on for on in communities.subscription().handlers}
    store = CommunityStore()
    for event in said:
        envelope = Envelope(EVENT, event.wire_type(), "recruitment", NOW, event.community, EVENT)
        received: Received[CommunityDefined | CommunityDissolved] = Received(
            envelope, event, event.community, "t", 0, 1
        )
        on = handlers[type(event)]
        keys = list(on.keys(received))
        work: Work[Community] = Work(NOW, dict(await store.load(conn, keys)))
        work.begin(keys)
        assert on.handle(received, work) == ()
        work.keep()
        async with conn.transaction():
            await store.save(conn, work.changes(), NOW)


async def numbers(conn: asyncpg.Connection, community: str) -> list[tuple[int, int | None, int | None, str]]:
    found = of(await published(conn), "hospitalizations", community, "2018Q1")
    return [(one.unit_version, one.numerator, one.denominator, one.cause) for one in found]


async def test_a_dissolved_community_comes_to_nothing_and_the_next_takes_its_areas(conn: asyncpg.Connection) -> None:
    await append(conn, cell(AREA, 201801, days=90, hospitalizations=2))
    await hear(conn, defined("river", 1, AREA))
    await fold(conn)
    await hear(conn, dissolved("river", 2), defined("valley", 1, AREA))
    await fold(conn)
    assert await numbers(conn, "river") == [(1, 2, 90, "DATA"), (2, 0, 0, "DEFINITION")]
    assert await numbers(conn, "valley") == [(1, 2, 90, "DATA")]
    assert {unit for _, unit, _ in await rows(conn, "community")} == {"valley"}
    await append(conn, cell(AREA, 201801, days=10, hospitalizations=1))
    await fold(conn)
    assert len(await numbers(conn, "river")) == 2
    assert (await numbers(conn, "valley"))[-1] == (1, 3, 100, "DATA")
    (state,) = of(await published(conn), "hospitalizations", "PA", "2018Q1", "state")[-1:]
    assert (state.numerator, state.denominator) == (3, 100)


async def test_a_later_definition_wins_in_any_order_and_takes_up_its_areas_again(conn: asyncpg.Connection) -> None:
    await append(conn, cell(AREA, 201801, days=90, hospitalizations=2))
    await hear(conn, defined("river", 3, AREA), dissolved("river", 2), defined("river", 1, AREA, "zip:15002"))
    await fold(conn)
    assert await numbers(conn, "river") == [(3, 2, 90, "DATA")]
    await hear(conn, dissolved("river", 4))
    await fold(conn)
    await hear(conn, defined("river", 5, AREA), dissolved("river", 4))
    await fold(conn)
    assert [one[:3] for one in await numbers(conn, "river")] == [(3, 2, 90), (4, 0, 0), (5, 2, 90)]


async def test_a_dissolved_community_keeps_its_name(conn: asyncpg.Connection) -> None:
    await hear(conn, defined("river", 1, AREA), dissolved("river", 2), dissolved("unheard-of", 2))
    found = await conn.fetch("SELECT id, name, version FROM community ORDER BY id")
    assert [tuple(row) for row in found] == [("river", "River", 2), ("unheard-of", "unheard-of", 2)]
    assert await conn.fetchval("SELECT count(*) FROM community_area") == 0
