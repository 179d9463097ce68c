"""Contacts over a real database: circles, lists and searches for staff alone, and the cleaning after forgetting."""

import datetime as dt
from collections.abc import AsyncIterator, Sequence
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import asyncpg
import httpx
import pytest
from aiokafka import TopicPartition
from fastapi import FastAPI

from services.notifications.contact_queries import routes
from services.notifications.domain.registry import KINDS, rules
from services.notifications.erasable import ERASABLE
from services.notifications.repository.contacts import page
from shared.contracts.message import Command
from shared.contracts.notifications import COMMANDS
from shared.contracts.notifications.contacts import StopWriting
from shared.contracts.notifications.terms import Part
from shared.messaging.consumer import Consumer
from shared.records import commands
from shared.records.store import RecordStore
from shared.records.tidying import Tidying
from shared.runtime.access import Access, Problem, reader
from shared.runtime.purpose import Purpose
from tests.messaging.conftest import FakeKafka
from tests.messaging.toy import record
from tests.notifications.contacts.people import HOME, forget, merge, register
from tests.notifications.desk import NOW, ZIPS
from tests.support.service import KEYRING, app_pool, migrated
from tests.support.stack import Database

STORE = RecordStore(KINDS, {})
DAY = dt.timedelta(days=1)
TODAY = NOW.date()
ADA, BEN, CY, DEE = (UUID(int=number) for number in range(1, 5))


@pytest.fixture
async def pool(database: Database) -> AsyncIterator[asyncpg.Pool]:
    await migrated(database, "notifications")
    async with app_pool(database, "notifications") as opened:
        yield opened


async def carry_out(pool: asyncpg.Pool, *asked: Command, first: int = 0) -> None:
    made = Consumer(
        "notifications", commands.subscription(COMMANDS.name, KINDS, rules(ZIPS), STORE), pool, lambda: NOW, KEYRING
    )
    client = FakeKafka()
    client.partitions = {TopicPartition(COMMANDS.name, number) for number in range(4)}
    made.attach(lambda: client)
    await made.on_partitions_assigned(client.partitions)
    assert made.sync is not None
    await made.sync
    await made.handle([record(first + n, "k", command, topic=COMMANDS.name) for n, command in enumerate(asked)])
    assert not await pool.fetchval("SELECT count(*) FROM outbox WHERE type LIKE 'replies.CommandRejected%'")


def hold(part: str, place: str, since: str = "2015-01-01", until: str | None = None) -> dict[str, Any]:
    return {"part": part, "place": place, "since": since, "until": until}


@pytest.fixture
async def town(pool: asyncpg.Pool) -> asyncpg.Pool:
    """Four contacts with parts at two homes and at no place in particular."""
    await carry_out(
        pool,
        register("Ada Oak", ADA, holds=[hold("ADMINISTRATOR", HOME, until="2015-03-01"), hold("FAMILY", "any:any")]),
        register("Ben Öak", BEN, holds=[hold("ADMINISTRATOR", HOME, "2015-03-01"), hold("FAMILY", HOME)]),
        register("Cy Elm", CY, addresses={"email": "CY@elm.example"}, holds=[hold("SUPERVISOR", "any:any")]),
        register("Dee Oak", DEE, organisation=True, holds=[hold("SUPERVISOR", "qio:q1")]),
    )
    return pool


@pytest.mark.parametrize(
    ("part", "place", "day", "expected"),
    [
        (Part.ADMINISTRATOR, HOME, "2015-02-28", [ADA]),
        (Part.ADMINISTRATOR, HOME, "2015-03-01", [BEN]),
        (Part.ADMINISTRATOR, HOME, "2014-12-31", []),
        (Part.ADMINISTRATOR, "facility:225010", "2015-03-01", []),
        (Part.ADMINISTRATOR, "any:any", "2015-03-01", [BEN]),
        (Part.FAMILY, HOME, "2015-03-01", [BEN]),
        (Part.FAMILY, "any:any", "2015-03-01", [ADA, BEN]),
        (Part.SUPERVISOR, "qio:q1", "2015-03-01", [CY, DEE]),
        (Part.SUPERVISOR, "qio:q2", "2015-03-01", [CY]),
    ],
)
async def test_a_circle_is_who_has_the_part_at_the_place_on_the_day(
    town: asyncpg.Pool, part: Part, place: str, day: str, expected: list[UUID]
) -> None:
    found = await page(town, {}, (part, place, dt.date.fromisoformat(day)), None, 10)
    assert [UUID(row["contact"]) for row in found] == expected
    assert all(row["name"] for row in found)


def api(pool: asyncpg.Pool, *roles: str) -> httpx.AsyncClient:
    app = FastAPI()
    app.include_router(routes(pool), prefix="/api")

    async def permitted() -> Access:
        return Access("t", frozenset(roles), None, Purpose.OPERATIONS)

    app.dependency_overrides[reader] = permitted
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test/api")


def ids(answer: httpx.Response) -> list[UUID]:
    return [UUID(row["contact"]) for row in answer.json()]


async def test_staff_list_contacts_by_part_and_wish_a_page_at_a_time(town: asyncpg.Pool) -> None:
    await carry_out(town, StopWriting(actor="t", contact=BEN), merge(ADA, CY), first=9)
    async with api(town, "analyst") as client:

        async def listed(**asked: Any) -> list[UUID]:
            return ids(await client.get("/contacts", params=asked))

        assert await listed() == [ADA, BEN, DEE]
        assert await listed(limit=1, after=str(ADA)) == [BEN]
        assert await listed(stopped=True) == [BEN]
        assert await listed(organisation=True) == [DEE]
        assert await listed(part="SUPERVISOR", place="qio:q9", on=str(TODAY)) == [ADA]
        assert await listed(part="ADMINISTRATOR", on="2015-02-01") == [ADA]
        merged = (await client.get(f"/contacts/{CY}")).json()
        assert merged == {"contact": str(CY), "forgotten": True, "merged_into": str(ADA)}
        shown = (await client.get(f"/contacts/{BEN}")).json()
        assert (shown["name"], shown["stopped"], shown["forgotten"]) == ("Ben Öak", True, False)
        with pytest.raises(Problem, match="part-missing"):
            await client.get("/contacts", params={"place": HOME})
        with pytest.raises(Problem, match="contact-unknown"):
            await client.get(f"/contacts/{UUID(int=9)}")


async def test_staff_find_contacts_by_address_and_words_of_the_name_in_any_case(town: asyncpg.Pool) -> None:
    async with api(town, "operator") as client:

        async def sought(**asked: Any) -> list[UUID]:
            return ids(await client.post("/contacts/search", json=asked))

        assert await sought(email="Ida@Home.example") == [ADA, BEN, DEE]
        assert await sought(email="cy@elm.example") == [CY]
        assert await sought(name="oak") == [ADA, DEE]
        assert await sought(name="ÖAK ben") == [BEN]
        assert await sought(name="oak", email="ida@home.example", after=str(ADA)) == [DEE]
        assert await sought(name="%") == []
        for nothing in ({}, {"name": "  "}):
            with pytest.raises(Problem, match="nothing-sought"):
                await client.post("/contacts/search", json=nothing)
        assert (await client.post("/contacts/search", json={"name": "a\x00"})).status_code == 422


@pytest.mark.parametrize("roles", [(), ("partner",)])
async def test_whoever_is_not_staff_is_told_nothing_of_contacts(pool: asyncpg.Pool, roles: Sequence[str]) -> None:
    async with api(pool, *roles) as client:
        for ask in (client.get("/contacts"), client.get(f"/contacts/{ADA}"), client.post("/contacts/search", json={})):
            with pytest.raises(Problem, match="staff-only"):
                await ask


async def test_a_day_has_one_record_behind_those_who_were_forgotten(town: asyncpg.Pool) -> None:
    now = SimpleNamespace(at=NOW)
    tidy = Tidying(town, KINDS, STORE, lambda: now.at, ERASABLE)

    async def said() -> int:
        await tidy()
        await tidy()
        count: int = await town.fetchval("SELECT count(*) FROM outbox WHERE type = 'notifications.ContactsTidied.v1'")
        return count

    assert await said() == 0
    await carry_out(town, forget(ADA), first=9)
    assert await said() == 1
    now.at += DAY
    assert await said() == 2
    kept = await town.fetchval("SELECT string_agg(state::text, '') FROM record WHERE id = $1", str(ADA))
    assert "Ada" not in kept
