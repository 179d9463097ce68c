"""What staff read of audiences and campaigns, over the real routes and tables."""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator
from pathlib import Path
from uuid import UUID

import asyncpg
import httpx
import pytest
from fastapi import FastAPI

from services.notifications import campaign_queries
from shared.runtime.access import install
from shared.runtime.service import Context
from shared.runtime.settings import Settings
from shared.runtime.tokens import LocalIssuer
from tests.notifications.audiences.world import World, holding
from tests.notifications.campaigns.asking import contact_id
from tests.notifications.campaigns.test_campaigning import Site, homes
from tests.notifications.desk import NOW
from tests.notifications.support import take_in
from tests.support.service import KEYRING

_LEFT = """
    INSERT INTO record (kind, id, state) VALUES ('subscription', 'updates|' || $1, jsonb_build_object(
        'list_id', 'updates', 'contact', $1::text, 'state', 'LEFT', 'left_at', '2030-01-01T00:00:00Z'))
    ON CONFLICT (kind, id) DO UPDATE SET state = excluded.state
"""


def client(pool: asyncpg.Pool, folder: Path, *roles: str) -> httpx.AsyncClient:
    """The routes as somebody with these roles calls them."""
    settings = Settings(secrets_dir=folder)
    app = FastAPI()
    install(app, settings)
    app.include_router(campaign_queries.routes(Context(settings, pool, lambda: NOW, "", KEYRING, asyncio.Event())))
    token = LocalIssuer.from_file(folder / "token-key").issue("a", [*roles], None, dt.timedelta(minutes=5))
    headers = {"Authorization": f"Bearer {token}", "X-Purpose": "operations"}
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://t", headers=headers)


@pytest.fixture
async def staff(pool: asyncpg.Pool, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """A member of staff."""
    async with client(pool, tmp_path, "operator") as opened:
        yield opened


async def test_audiences_and_campaigns_are_for_staff(pool: asyncpg.Pool, tmp_path: Path) -> None:
    async with client(pool, tmp_path) as somebody:
        for path in ("/audience?state=MA", "/messages", f"/messages/{UUID(int=1)}"):
            assert (await somebody.get(path)).status_code == 403


async def test_an_audience_is_counted_before_anything_is_sent(pool: asyncpg.Pool, staff: httpx.AsyncClient) -> None:
    world = await homes(pool, 5, stopped=1)
    world.contacts[9] = holding(("QIO_STAFF", "state:MA"))
    await world.keep(pool)
    found = (await staff.get("/audience", params={"state": ["MA", "RI"]})).json()
    assert found == {
        "total": 6,
        "reached": 5,
        "by_part": {"ADMINISTRATOR": 4, "QIO_STAFF": 1},
        "by_channel": {"email": 5},
        "by_language": {"en": 5},
        "left_out": {"STOPPED": 1},
        "only_staff": 1,
    }
    assert (await staff.get("/audience", params={"state": "MA", "part": "OWNER"})).json()["total"] == 0
    assert await pool.fetchval("SELECT count(*) FROM outbox") == 0


@pytest.mark.parametrize("asked", [{}, {"state": "nowhere"}, {"part": "EVERYBODY"}, {"measure": "falls"}])
async def test_an_audience_that_is_not_understood_is_refused_without_its_values(
    staff: httpx.AsyncClient, asked: dict[str, str]
) -> None:
    answer = await staff.get("/audience", params=asked)
    assert answer.status_code == 422
    assert not set(asked.values()) & set(answer.text.split('"'))


async def test_a_campaign_shows_how_far_it_is_and_what_became_of_its_notices(
    pool: asyncpg.Pool, staff: httpx.AsyncClient
) -> None:
    world = await homes(pool, 8, stopped=2)
    world.lists = {number: frozenset({"updates"}) for number in range(7)}
    await world.keep(pool)
    site = Site(pool, at_once=100)
    campaign = await site.running(list_id="updates")
    await site.run(1)
    await take_in(pool, await site.requested())
    ids = [row["id"] for row in await pool.fetch("SELECT id FROM notice WHERE campaign = $1 ORDER BY id", campaign)]
    assert len(ids) == 5
    for notice, state in zip(ids, ("SENT", "FAILED", "RETURNED", "STOPPED", "QUEUED"), strict=True):
        await pool.execute("UPDATE notice SET state = $2 WHERE id = $1", notice, state)
    await pool.execute(_LEFT, str(contact_id(3)))
    found = (await staff.get(f"/messages/{campaign}")).json()
    assert found["figures"] == {
        "requested": 5,
        "waiting": 1,
        "delivered": 1,
        "returned": 1,
        "failed": 1,
        "stopped": 1,
        "unsubscribed": 1,
    }
    assert found["left_out"] == {"NOT_SUBSCRIBED": 1, "STOPPED": 2}
    assert found["state"] == "FINISHED"
    assert found["grades"]["en"] < 6


async def test_what_a_digest_told_has_the_fate_of_the_digest(pool: asyncpg.Pool, staff: httpx.AsyncClient) -> None:
    world = World({n: holding(("OWNER", "state:MA")) for n in range(2)}, {}, {})
    await world.keep(pool)
    site = Site(pool)
    campaign = await site.running()
    await site.run(1)
    await take_in(pool, await site.requested())
    told, digest = [row["id"] for row in await pool.fetch("SELECT id FROM notice ORDER BY id")]
    await pool.execute("UPDATE notice SET state = 'SENT', reason = $2 WHERE id = $1", told, f"digest:{digest}")
    await pool.execute("UPDATE notice SET state = 'FAILED', campaign = NULL WHERE id = $1", digest)
    figures = (await staff.get(f"/messages/{campaign}")).json()["figures"]
    assert (figures["delivered"], figures["failed"]) == (0, 1)


async def test_campaigns_are_listed_by_state_a_page_at_a_time(pool: asyncpg.Pool, staff: httpx.AsyncClient) -> None:
    site = Site(pool)
    made = sorted([str(await site.running()) for _ in range(3)])
    assert [
        one["id"] for one in (await staff.get("/messages", params={"state": "RUNNING", "limit": 2})).json()
    ] == made[:2]
    assert [one["id"] for one in (await staff.get("/messages", params={"after": made[1]})).json()] == made[2:]
    assert (await staff.get("/messages", params={"state": "PAUSED"})).json() == []
    assert (await staff.get(f"/messages/{UUID(int=1)}")).status_code == 404
