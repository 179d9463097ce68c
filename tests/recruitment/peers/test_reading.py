"""Peers read back through the database and the read API."""

import datetime as dt
from typing import Any

import asyncpg
import httpx
import pytest
from fastapi import FastAPI

from services.recruitment.domain.networks.topics import TOPICS
from services.recruitment.domain.registry import KINDS
from services.recruitment.handlers.changes import take_in_figures
from services.recruitment.queries import router
from services.recruitment.repository.views import VIEWS
from services.recruitment.unpairings import Unpairings
from shared.contracts.facilities import FacilityMeasured
from shared.contracts.recruitment.learning_terms import Topic
from shared.messaging.handling import FeedItem
from shared.records.store import RecordStore
from shared.runtime.access import Access, Problem, reader
from shared.runtime.purpose import Purpose
from tests.recruitment.desk import NOW, Desk
from tests.recruitment.networks.cast import FAR, HOME, NEW, OTHER, closed, merged
from tests.recruitment.peers.cast import (
    PAIR,
    agree,
    desk,
    end,
    give,
    lapse,
    meet,
    pairing,
    propose,
    withdraw,
)
from tests.recruitment.peers.test_matching import figure

STORE = RecordStore(KINDS, VIEWS)


def api(pool: asyncpg.Pool, *roles: str) -> httpx.AsyncClient:
    app = FastAPI()
    app.include_router(router(pool))
    app.dependency_overrides[reader] = lambda: Access("t", frozenset(roles), None, Purpose.OPERATIONS)
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test")


async def save(pool: asyncpg.Pool, at: Desk) -> None:
    async with pool.acquire() as conn:
        await STORE.save(conn, at.records, NOW)


async def told(client: httpx.AsyncClient, path: str) -> Any:
    reply = await client.get(path)
    assert reply.status_code == 200, reply.text
    return reply.json()


async def measured(pool: asyncpg.Pool, *events: FacilityMeasured) -> None:
    items = [FeedItem("k", one.wire_type(), one) for one in events]
    async with pool.acquire() as conn, conn.transaction():
        assert await take_in_figures(conn, items, NOW) == ()


async def test_lists_filter_and_one_is_told_whole(pool: asyncpg.Pool) -> None:
    at = desk()
    for asked in (propose(), agree(), meet(), propose(FAR, HOME, network=None, topic="RESTRAINTS")):
        at.done(asked)
    await save(pool, at)
    async with api(pool, "operator") as client:
        assert [one["id"] for one in await told(client, "/peer-consents?scope=SHARE_FIGURES")] == [HOME, OTHER]
        assert [one["id"] for one in await told(client, f"/peer-consents?after={HOME}")] == [OTHER]
        assert len((await told(client, f"/peer-consents/{FAR}"))["scopes"]) == 2
        across = f"{FAR}.{HOME}.RESTRAINTS"
        assert [one["id"] for one in await told(client, "/pairings")] == [across, PAIR]
        assert [one["id"] for one in await told(client, f"/pairings?participant={OTHER}")] == [PAIR]
        assert [one["id"] for one in await told(client, f"/pairings?participant={HOME}&limit=1")] == [across]
        assert [one["id"] for one in await told(client, f"/pairings?after={across}")] == [PAIR]
        assert [one["id"] for one in await told(client, "/pairings?network=nnhqcc&topic=FALLS")] == [PAIR]
        assert await told(client, "/pairings?status=ENDED") == []
        assert (await told(client, f"/pairings/{PAIR}"))["meetings"][0]["minutes"] == 45
        for path in (f"/pairings/{HOME}.{NEW}.FALLS", "/pairings/x%00", f"/peer-consents/{NEW}", "/peer-consents/x%00"):
            with pytest.raises(Problem) as refusal:
                await client.get(path)
            assert refusal.value.status == 404


async def test_teachers_are_matched_by_the_figures_that_were_heard(pool: asyncpg.Pool) -> None:
    at = desk()
    at.done(give(NEW, "TEACH_PEERS"))
    await save(pool, at)
    measure = TOPICS[Topic.FALLS].facility[0]
    figures = [
        *(figure(unit=HOME, period=one, value="30.0", measure=measure) for one in ("2014Q1", "2015Q1")),
        figure(unit=OTHER, period="2014Q1", value="40.0", measure=measure),
        figure(unit=OTHER, period="2014Q3", value="35.0", measure=measure),
        figure(unit=OTHER, period="2015Q1", value="22.0", measure=measure, revision=2),
        figure(unit=OTHER, period="2015Q1", value="99.0", measure=measure, revision=1),
        figure(unit=FAR, period="2015Q1", value="21.0", measure=measure),
        # Too old to count, and one that is computed no more.
        figure(unit=NEW, period="2012Q1", value="1.0", measure=measure),
        figure(unit="999999", period="2015Q1", value="1.0", measure=measure),
    ]
    await measured(pool, *figures)
    await measured(pool, *reversed(figures))
    async with api(pool, "operator") as client:
        found = await told(client, f"/peer-matches?participant={HOME}&topic=FALLS")
        assert (found["measure"], found["consent"]) == (measure, True)
        assert [one["participant"] for one in found["teachers"]] == [OTHER, FAR]
        assert [(one["of"], one["period"], one["value"]) for one in found["teachers"][0]["figures"]] == [
            ("LEARNER", "2014Q1", "30.0"),
            ("LEARNER", "2015Q1", "30.0"),
            ("TEACHER", "2014Q1", "40.0"),
            ("TEACHER", "2015Q1", "22.0"),
        ]
        assert {one["of"] for one in found["teachers"][1]["figures"]} == {"LEARNER"}
        silent = await told(client, f"/peer-matches?participant={NEW}&topic=FALLS")
        assert (silent["consent"], silent["teachers"]) == (False, [])
        none = await told(client, f"/peer-matches?participant={HOME}&topic=REPORTING")
        assert (none["measure"], none["consent"], none["teachers"]) == (None, True, [])
        with pytest.raises(Problem) as refusal:
            await client.get(f"/peer-matches?participant={HOME}&topic=FALLS&measure=beds")
        assert refusal.value.status == 422
        await measured(
            pool, figure(unit=OTHER, period="2015Q1", measure=measure, revision=3, computable=False, value=None)
        )
        at.done(withdraw(FAR, "TEACH_PEERS"))
        await save(pool, at)
        assert (await told(client, f"/peer-matches?participant={HOME}&topic=FALLS"))["teachers"] == []


async def test_who_is_gone_teaches_nobody(pool: asyncpg.Pool) -> None:
    measure = TOPICS[Topic.FALLS].facility[0]
    at = desk(closed(OTHER, dt.date(2015, 1, 1)), merged(FAR, NEW, dt.date(2015, 1, 1)))
    await save(pool, at)
    await measured(
        pool, *(figure(unit=one, value=value, measure=measure) for one, value in ((HOME, "9"), (OTHER, "1")))
    )
    await measured(pool, figure(unit=FAR, value="1", measure=measure))
    async with api(pool, "operator") as client:
        found = await told(client, f"/peer-matches?participant={HOME}&topic=FALLS")
        assert (found["consent"], found["teachers"]) == (True, [])


async def test_pairings_that_cannot_go_on_are_ended_once(pool: asyncpg.Pool) -> None:
    at = desk()
    for asked in (propose(), agree(), propose(topic="RESTRAINTS"), propose(HOME, FAR, topic="CAUTI")):
        at.done(asked)
    at.done(propose(FAR, HOME, topic="SSI"))
    at.done(propose(OTHER, FAR, topic="CDI"))
    at.done(agree(f"{FAR}.{OTHER}.CDI"))
    at.done(end(f"{FAR}.{OTHER}.CDI", helped="NOT_KNOWN", taken_over=None))
    await save(pool, at)
    unpair = Unpairings(pool, KINDS, STORE, lambda: NOW)
    await unpair()
    assert await pool.fetchval("SELECT count(*) FROM outbox") == 0
    at.done(withdraw(OTHER, "TEACH_PEERS"))
    at.done(give(OTHER, "TEACH_PEERS", on="2015-02-01"))
    # Withdrawn and given anew on one day: no gap, and so no end.
    at.done(withdraw(FAR, "LEARN_FROM_PEERS", on="2015-02-01"))
    at.done(give(FAR, "LEARN_FROM_PEERS", on="2015-02-01"))
    at.has(merged(FAR, NEW, dt.date(2015, 3, 1)))
    await save(pool, at)
    await unpair()
    await unpair()
    rows = await pool.fetch("SELECT type, aggregateid FROM outbox ORDER BY aggregateid")
    both = [f"{FAR}.{HOME}.CAUTI", f"{FAR}.{HOME}.SSI", PAIR, f"{HOME}.{OTHER}.RESTRAINTS"]
    assert [tuple(row) for row in rows] == [("recruitment.PairingLapsed.v1", one) for one in both]
    async with pool.acquire() as conn:
        held = await STORE.load(conn, [f"pairing:{one}" for one in both])
    for one in both:
        lapse(at, one)
        assert held[f"pairing:{one}"] == pairing(at, one)
