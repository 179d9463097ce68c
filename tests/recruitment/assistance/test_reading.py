"""Assistance read back through the database: lists, the overdue, uses of resources, who is behind."""

from typing import Any

import asyncpg
import httpx
import orjson
import pytest

from services.recruitment.domain.registry import KINDS
from services.recruitment.repository.views import VIEWS
from shared.records.store import RecordStore
from shared.runtime.access import Problem
from tests.recruitment.assistance.cast import (
    DUE,
    FAR,
    HOSPITAL,
    OTHER,
    add,
    ask,
    assign,
    close,
    desk,
    due,
    give,
    sent,
    target,
)
from tests.recruitment.desk import NOW, Desk
from tests.recruitment.test_commands import api


def full() -> tuple[Desk, list[str], str]:
    """Three requests of which one is done, a resource, an entry of the calendar and what was sent."""
    at = desk()
    at.done(target())
    at.done(due())
    resource, unused = (str(at.done(add())["resource"]) for _ in range(2))
    requests = [
        str(at.done(asked)["request"])
        for asked in (ask(), ask(on="2014-09-01"), ask(kind="INPATIENT_REPORTING", reporting=DUE))
    ]
    for one in requests:
        at.done(assign(one))
        at.done(give(one, resource))
        at.done(give(one, resource, on="2014-10-04"))
    at.done(close(requests[0]))
    at.done(sent(status="PARTLY"))
    at.done(sent(OTHER, "PARTLY", "2015-02-01"))
    at.done(sent(OTHER, "SUBMITTED", "2015-02-20"))
    return at, requests, min(resource, unused, key=lambda one: one != resource)


async def told(client: httpx.AsyncClient, path: str) -> Any:
    answer = await client.get(path)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def save(pool: asyncpg.Pool, at: Desk) -> None:
    async with pool.acquire() as conn:
        await RecordStore(KINDS, VIEWS).save(conn, at.records, NOW)


async def test_requests_are_listed_overdue_and_told_whole(pool: asyncpg.Pool) -> None:
    at, (done, late, reporting), _ = full()
    await save(pool, at)
    async with api(pool) as client:
        assert [one["id"] for one in await told(client, "/assistance-requests?overdue=true")] == [late]
        assert [one["id"] for one in await told(client, "/assistance-requests?status=RESOLVED")] == [done]
        assert [one["id"] for one in await told(client, "/assistance-requests?kind=INPATIENT_REPORTING")] == [reporting]
        found = await told(client, f"/assistance-requests?asked_by=participant:{HOSPITAL}&assigned_to=person:ida")
        assert len(found) == 3
        assert (await told(client, f"/assistance-requests/{late}"))["due_on"] == "2014-10-01"
        assert await told(client, "/assistance-targets") == [{"kind": "MEASUREMENT", "days": 30}]


async def test_uses_count_requests_and_sessions_once(pool: asyncpg.Pool) -> None:
    at, _, resource = full()
    await save(pool, at)
    session = {"materials": [{"title": "T", "version": "1", "origin": "o", "kept_at": resource}]}
    await pool.execute(
        "INSERT INTO record (kind, id, state) VALUES ('learning-session', 's', $1)", orjson.dumps(session).decode()
    )
    async with api(pool) as client:
        uses = {one["resource"]: (one["requests"], one["sessions"]) for one in await told(client, "/resource-uses")}
        assert uses.pop(resource) == (3, 1)
        assert list(uses.values()) == [(0, 0)]
        assert len(await told(client, "/resources?task=hospital-reporting&status=IN_USE&kind=TOOLKIT")) == 2
        assert await told(client, "/resources?task=C.2") == []
        assert (await told(client, f"/resources/{resource}"))["id"] == resource


async def test_who_is_behind_by_a_day_is_told_with_the_help_given(pool: asyncpg.Pool) -> None:
    await save(pool, full()[0])

    async def behind(query: str) -> list[tuple[Any, ...]]:
        rows = await told(client, f"/reporting-behind?{query}")
        return [(one["hospital"], one["status"], one["requests"], one["minutes"]) for one in rows]

    async with api(pool) as client:
        partly, nothing = (HOSPITAL, "PARTLY", 1, 80), (FAR, "NOTHING", 0, 0)
        assert await behind("by=2015-03-01") == [nothing, partly]
        assert await behind("by=2015-02-16") == [nothing, partly, (OTHER, "PARTLY", 0, 0)]
        assert await behind("by=2015-02-15") == []
        assert await behind("by=2015-03-01&state=MA&program=INPATIENT") == [partly]
        assert await behind("by=2015-03-01&program=OUTPATIENT") == []
        assert await behind(f"by=2015-03-01&limit=1&after={DUE}%7C{FAR}") == [partly]
        assert [one["id"] for one in await told(client, "/reporting-calendar?program=INPATIENT")] == [DUE]
        assert len(await told(client, f"/submissions?due={DUE}")) == 2
        assert len(await told(client, f"/submissions?hospital={OTHER}")) == 1


@pytest.mark.parametrize("path", ["assistance-requests/x", "assistance-requests/ta.000000000000", "resources/a%00b"])
async def test_what_is_not_there_is_said_to_be_none(pool: asyncpg.Pool, path: str) -> None:
    async with api(pool) as client:
        with pytest.raises(Problem) as refusal:
            await client.get(f"/{path}")
        assert refusal.value.status == 404
