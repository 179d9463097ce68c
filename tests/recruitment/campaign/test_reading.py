"""The campaign read back through the database: lists, one of each, sums, contacts."""

from typing import Any

import asyncpg
import httpx
import pytest

from services.recruitment.domain.registry import KINDS
from services.recruitment.repository.views import VIEWS
from shared.records.store import RecordStore
from shared.runtime.access import Problem
from tests.recruitment.campaign.cast import (
    ASSOCIATION,
    FAR,
    HOME,
    OTHER,
    activity,
    add,
    ask,
    choose,
    close,
    contact,
    desk,
    enter,
    form,
    name,
    register,
    withdraw,
)
from tests.recruitment.desk import NOW, Desk
from tests.recruitment.test_commands import api


def full() -> tuple[Desk, str, str]:
    """Homes, a consumer, a LANE, a material, two activities, a request."""
    at = desk()
    for home in (HOME, OTHER, FAR):
        at.done(register(home))
    at.done(register(None, registrant="CONSUMER", state="MA"))
    at.done(choose())
    at.done(choose(FAR))
    at.done(close(FAR))
    at.done(withdraw(OTHER))
    at.done(form())
    at.done(enter())
    at.done(contact())
    at.done(contact(ASSOCIATION, "info@example.org"))
    at.done(name())
    material = str(at.done(add())["material"])
    at.done(activity(material))
    at.done(activity(reached=2))
    return at, material, str(at.done(ask())["request"])


async def told(client: httpx.AsyncClient, path: str) -> Any:
    answer = await client.get(path)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_lists_filter_sums_add_up_and_one_is_told_whole(pool: asyncpg.Pool) -> None:
    at, material, request = full()
    async with pool.acquire() as conn:
        await RecordStore(KINDS, VIEWS).save(conn, at.records, NOW)
    async with api(pool) as client:
        homes = await told(client, "/campaign-registrations?registrant=HOME&taking=REGISTERED")
        assert [one["id"] for one in homes] == [FAR, HOME]
        assert [one["id"] for one in await told(client, "/campaign-registrations?goal=MOBILITY&state=MA")] == [HOME]
        assert (await told(client, f"/campaign-registrations/{HOME}"))["goals"]["MOBILITY"]["state"] == "OPEN"
        assert await told(client, "/campaign-participation") == {
            "states": [
                {"state": "FL", "homes": 1, "staff": 0, "consumers": 0},
                {"state": "MA", "homes": 1, "staff": 0, "consumers": 1},
            ],
            "goals": [{"goal": "MOBILITY", "open": 1, "reached": 1}],
        }
        assert [one["state"] for one in await told(client, f"/lanes?member={ASSOCIATION}&phase=AT_WORK")] == ["MA"]
        assert (await told(client, "/lanes/MA"))["formed_on"] == "2014-10-01"
        contacts = await told(client, "/lane-contacts?state=MA")
        assert [(one["member"], one["convenes"]) for one in contacts] == [(ASSOCIATION, True), ("qio", False)]
        assert await told(client, "/lane-contacts?state=VT") == []
        assert [one["id"] for one in await told(client, "/campaign-materials?kind=KEY_MESSAGE")] == [material]
        assert await told(client, "/campaign-materials?audience=PUBLIC") == []
        assert (await told(client, f"/campaign-materials/{material}"))["title"] == "T"
        assert len(await told(client, "/awareness?state=MA&channel=WEBINAR")) == 2
        assert await told(client, "/awareness-reach") == [
            {"state": "MA", "channel": "WEBINAR", "activities": 2, "reached": 42}
        ]
        assert [one["id"] for one in await told(client, f"/account-requests?home={HOME}&stage=RECEIVED")] == [request]
        assert (await told(client, f"/account-requests/{request}"))["trouble"] == "LOCKED"


@pytest.mark.parametrize(
    "path", ["campaign-registrations/x", "campaign-registrations/999999", "lanes/ZZ", "lanes/a%00b"]
)
async def test_what_is_not_there_is_said_to_be_none(pool: asyncpg.Pool, path: str) -> None:
    async with api(pool) as client:
        with pytest.raises(Problem) as refusal:
            await client.get(f"/{path}")
        assert refusal.value.status == 404
