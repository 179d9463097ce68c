"""Tests, practices and spread read back through the database and asked for through the message path."""

from typing import Any

import asyncpg
import httpx
import pytest

from services.recruitment.domain.practices.practice_kind import PRACTICE
from services.recruitment.domain.practices.spread_kind import ADOPTION
from services.recruitment.domain.registry import KINDS
from services.recruitment.repository.views import VIEWS
from shared.records.store import RecordStore
from shared.runtime.access import Problem
from tests.recruitment.desk import NOW, Desk
from tests.recruitment.practices.cast import (
    ELM,
    FIR,
    OAK,
    YEW,
    adopt,
    draft,
    heard,
    plan,
    publish,
    review,
    share,
    take_up,
    tried_out,
)
from tests.recruitment.practices.test_spreading import PAIRING, chain
from tests.recruitment.test_commands import api, carry_out, types

STORE = RecordStore(KINDS, VIEWS)


async def save(pool: asyncpg.Pool, at: Desk) -> None:
    async with pool.acquire() as conn:
        await STORE.save(conn, at.records, NOW)


async def told(client: httpx.AsyncClient, path: str) -> Any:
    answer = await client.get(path)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_lists_filter_and_one_is_told_whole(pool: asyncpg.Pool) -> None:
    at, practice = chain()
    test = tried_out(at)
    at.done(plan(OAK))
    written = str(at.done(draft(origin=None))["practice"])
    await save(pool, at)
    async with api(pool) as client:
        assert [one["id"] for one in await told(client, "/change-tests?shared=true&phase=ADOPTED")] == [test]
        assert len(await told(client, "/change-tests?network=nnhqcc&cohort=nnhqcc.c1&topic=FALLS")) == 2
        assert [one["participant"] for one in await told(client, f"/change-tests?participant={OAK}")] == [OAK]
        assert len((await told(client, f"/change-tests/{test}"))["cycles"]) == 1
        (found,) = await told(client, "/practices?network=nnhqcc&phase=PUBLISHED")
        assert (found["id"], found["title"], found["version"], found["told"]) == (practice, "Hourly rounds", 1, 1)
        assert [one["id"] for one in await told(client, f"/practices?origin={ELM}")] == [practice]
        assert [one["version"] for one in await told(client, "/practices?phase=DRAFT")] == [None]
        assert (await told(client, f"/practices/{written}"))["draft"]["authors"] == ["ida"]
        for path in (f"practices/{written}/spread", "practices/x", "change-tests/a%00b", "practices/a%00b/spread"):
            with pytest.raises(Problem) as refusal:
                await client.get(f"/{path}")
            assert refusal.value.status == 404


async def test_spread_and_lessons_are_told_with_places(pool: asyncpg.Pool) -> None:
    at, practice = chain()
    await save(pool, at)
    async with api(pool) as client:
        found = await told(client, f"/practices/{practice}/spread")
        assert (found["adopters"], found["generations"], found["days_to"]) == (3, [1, 2, 1, 1], {"2": 50})
        assert found["first"] == {"participant": ELM, "on": "2014-11-20"}
        assert (found["states"], found["regions"]) == ({"MA": 2, "NY": 1}, {"Q MA": 2, "Q NY": 1})
        assert found["participants"][FIR] == {"name": f"Home {FIR}", "state": "NY", "region": "Q NY"}
        network = await told(client, "/learning-networks/nnhqcc/lessons")
        assert [(one["teacher"], one["learner"]) for one in network["lessons"]][:2] == [(ELM, OAK), (ELM, YEW)]
        assert [(one["pairing"], one["teacher"], one["learner"]) for one in network["pairings"]] == [
            (PAIRING, OAK, FIR)
        ]
        assert (await told(client, "/learning-networks/cusp/lessons"))["lessons"] == []


async def test_a_practice_is_told_of_through_the_message_path_once(pool: asyncpg.Pool) -> None:
    at = Desk()
    at.records = dict(chain()[0].records)
    at.records = {key: one for key, one in at.records.items() if not key.startswith(("practice", "change-test"))}
    await save(pool, at)
    await carry_out(pool, draft())
    practice = str(await pool.fetchval("SELECT id FROM record WHERE kind = 'practice'"))
    asked = (review(practice), publish(practice), share(practice, OAK, YEW), share(practice, OAK, YEW))
    source = heard(participant=ELM)
    await carry_out(pool, *asked, take_up(practice, OAK, source), adopt(practice, OAK), first=1)
    said = await types(pool)
    assert said.count("notifications.NoticeRequested.v1") == 2
    assert said.count("replies.CommandAccepted.v1") == 7
    async with pool.acquire() as conn:
        found = await STORE.load(conn, [PRACTICE.key(practice), ADOPTION.key(practice)])
    assert len(found) == 2
