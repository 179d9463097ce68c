"""Commands through the message path: effects, answers and events in one transaction, repeated without effect."""

from collections.abc import Sequence

import asyncpg
import httpx
import pytest
from fastapi import FastAPI

from services.recruitment.queries import router
from shared.contracts.feeds import NURSING_HOMES
from shared.contracts.message import Command
from shared.contracts.recruitment import COMMANDS
from shared.runtime.access import Access, Problem, reader
from shared.runtime.purpose import Purpose
from tests.messaging.toy import record
from tests.recruitment.support import commands_consumer, define, enroll, listed, listings_consumer


async def carry_out(pool: asyncpg.Pool, *commands: Command, first: int = 0) -> None:
    consumer = await commands_consumer(pool)
    await consumer.handle(
        [record(first + number, "k", command, topic=COMMANDS.name) for number, command in enumerate(commands)]
    )


async def types(pool: asyncpg.Pool) -> list[str]:
    return [row["type"] for row in await pool.fetch("SELECT type FROM outbox ORDER BY position")]


@pytest.fixture
async def one_home(pool: asyncpg.Pool) -> asyncpg.Pool:
    """A database that knows three homes."""
    consumer = await listings_consumer(pool)
    known = (listed(), listed("225010", overall_rating=5), listed("105001", state="FL", overall_rating=1))
    await consumer.handle([record(n, home.ccn, home, topic=NURSING_HOMES.name) for n, home in enumerate(known)])
    await pool.execute("DELETE FROM outbox")
    return pool


async def test_enrolling_is_saved_answered_and_told_together(one_home: asyncpg.Pool) -> None:
    await carry_out(one_home, enroll())
    assert await types(one_home) == [
        "recruitment.EngagementMoved.v1",
        "recruitment.FacilityRecruited.v1",
        "public.FacilityJoined.v1",
        "notifications.NoticeRequested.v1",
        "replies.CommandAccepted.v1",
    ]
    row = await one_home.fetchrow("SELECT id, state ->> 'qin_qio' FROM record WHERE kind = 'engagement'")
    assert tuple(row) == ("225009|NNHQCC", "New England QIN (Healthcentric Advisors)")


async def test_a_second_command_in_the_same_batch_sees_the_first(one_home: asyncpg.Pool) -> None:
    await carry_out(one_home, enroll(), enroll())
    assert (await types(one_home))[-1] == "replies.CommandRejected.v1"
    assert await one_home.fetchval("SELECT count(*) FROM record WHERE kind = 'engagement'") == 1


async def test_a_refused_command_leaves_nothing(one_home: asyncpg.Pool) -> None:
    await carry_out(one_home, enroll(ccn="999999"), define("aa", "zip:99999"))
    assert await types(one_home) == ["replies.CommandRejected.v1"] * 2
    assert await one_home.fetchval("SELECT count(*) FROM record WHERE kind = 'community'") == 0


async def test_areas_change_hands_within_one_batch(pool: asyncpg.Pool) -> None:
    await carry_out(pool, define("aa", "zip:02139", "zip:02140"))
    await carry_out(pool, define("aa", "zip:02139"), define("bb", "zip:02140", "ssa:22090"), first=1)
    rows = await pool.fetch("SELECT id, state -> 'areas', state -> 'version' FROM record ORDER BY id")
    assert [tuple(row) for row in rows] == [
        ("aa", '["zip:02139"]', "2"),
        ("bb", '["ssa:22090", "zip:02140"]', "1"),
    ]


async def test_a_new_listing_keeps_the_memberships(one_home: asyncpg.Pool) -> None:
    await carry_out(one_home, enroll())
    consumer = await listings_consumer(one_home)
    await consumer.handle([record(9, "225009", listed(as_of="2015-01-01", name="New"), topic=NURSING_HOMES.name)])
    assert await one_home.fetchval("SELECT state ->> 'name' FROM record WHERE id = '225009'") == "New"
    assert await one_home.fetchval("SELECT count(*) FROM record WHERE kind = 'engagement'") == 1


def api(pool: asyncpg.Pool) -> httpx.AsyncClient:
    """The read API with a permitted reader."""
    app = FastAPI()
    app.include_router(router(pool), prefix="/api")

    async def permitted() -> Access:
        return Access("t", frozenset({"operator"}), None, Purpose.OPERATIONS)

    app.dependency_overrides[reader] = permitted
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test/api")


def numbers(rows: Sequence[dict[str, str]]) -> list[str]:
    return [row["ccn"] for row in rows]


async def test_the_read_api_tells_facilities_targets_communities_and_counts(one_home: asyncpg.Pool) -> None:
    await carry_out(one_home, enroll(collaborative="PSPC"), define("aa", "zip:02139"))
    async with api(one_home) as client:
        assert numbers((await client.get("/facilities", params={"limit": 2})).json()) == ["105001", "225009"]
        assert numbers((await client.get("/facilities", params={"after": "225009"})).json()) == ["225010"]
        home = (await client.get("/facilities/225009")).json()
        assert (home["qin_qio"], home["memberships"][0]["collaborative"]) == (
            "New England QIN (Healthcentric Advisors)",
            "PSPC",
        )
        targets = (await client.get("/targets")).json()
        assert numbers(targets) == ["225009", "105001", "225010"]
        assert targets[0]["why"] == "One-Star home; experience in PSPC"
        assert numbers((await client.get("/targets", params={"state": "FL"})).json()) == ["105001"]
        assert numbers((await client.get("/targets", params={"collaborative": "PSPC"})).json()) == ["105001", "225010"]
        assert (await client.get("/communities/aa")).json()["areas"] == ["zip:02139"]
        assert (await client.get("/communities")).json() == [
            {
                "community": "aa",
                "name": "A name",
                "version": 1,
                "areas": 1,
                "effective_from": "2015-03-06",
                "dissolved_on": None,
            }
        ]
        counts = (await client.get("/summary")).json()
    assert (counts["facilities"], counts["recruited"], counts["communities"], counts["one_star"]) == (3, 1, 1, 2)


async def test_the_read_api_says_what_it_does_not_know(pool: asyncpg.Pool) -> None:
    async with api(pool) as client:
        for path in ("/facilities/999999", "/facilities/a%00b", "/communities/none", "/targets?collaborative=X"):
            with pytest.raises(Problem) as refusal:
                await client.get(path)
            assert refusal.value.status == 404
        assert (await client.get("/targets?state=massachusetts")).status_code == 422


async def test_every_route_needs_a_token(pool: asyncpg.Pool) -> None:
    app = FastAPI()
    app.include_router(router(pool))
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test") as client:
        for path in ("/summary", "/targets", "/facilities", "/facilities/225009", "/communities", "/communities/aa"):
            with pytest.raises(Problem) as refusal:
                await client.get(path)
            assert refusal.value.status == 401
