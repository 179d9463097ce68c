"""The read API: cases with local deadlines, one region for those who belong to one, every look in the audit."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast
from uuid import UUID, uuid4

import httpx
import pytest
from fastapi import FastAPI

from services.complaints import queries
from services.complaints.auditing import chain as audit
from shared.runtime.access import Access, Problem, reader
from shared.runtime.purpose import Purpose
from shared.runtime.service import Context
from tests.complaints.cases import command, utc
from tests.complaints.conftest import Desk
from tests.complaints.test_store import SECRETS, opened, review
from tests.support.service import KEYRING


@asynccontextmanager
async def api(desk: Desk, region: str | None = None) -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()
    context = Context(
        settings=cast("Any", None),
        pool=desk.pool,
        clock=lambda: desk.now,
        dsn="",
        keyring=KEYRING,
        stop=asyncio.Event(),
    )
    app.include_router(queries.router(context), prefix="/api")
    access = Access("ann@example.org", frozenset({"case-worker"}), region, Purpose.CASE_WORK)
    app.dependency_overrides[reader] = lambda: access
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://complaints") as client:
        yield client


async def test_a_case_is_shown_with_deadlines_in_both_times_and_without_persons(desk: Desk) -> None:
    case_id = await opened(desk)
    await desk.ask(*review(case_id))
    async with api(desk) as client:
        answer = await client.get(f"/api/cases/{case_id}")
    shown = answer.json()
    assert shown["deadlines"][-1]["due_local"] == "Sun 2026-07-05 23:59:59 CDT (UTC-05:00)"
    assert shown["deadlines"][-1]["due_at"] == "2026-07-06T04:59:59Z"
    assert not [secret for secret in SECRETS if secret in answer.text]


async def test_every_look_at_a_case_is_in_its_audit_with_actor_and_purpose(desk: Desk) -> None:
    case_id = await opened(desk)
    async with api(desk) as client:
        await client.get(f"/api/cases/{case_id}")
        await client.get("/api/cases")
    rows = await desk.pool.fetch("SELECT case_id, actor, action, purpose FROM audit WHERE purpose IS NOT NULL")
    assert {tuple(row) for row in rows} == {
        (case_id, "ann@example.org", "read", "case-work"),
        (audit.REGISTER, "ann@example.org", "list", "case-work"),
    }
    async with desk.pool.acquire() as conn:
        assert await audit.broken_at(conn, case_id) is None


async def test_looks_and_changes_at_once_leave_one_unbroken_chain(desk: Desk) -> None:
    case_id = await opened(desk)
    async with api(desk) as client:
        looks = [client.get(f"/api/cases/{case_id}") for _ in range(12)]
        await asyncio.gather(desk.ask(*review(case_id)), *looks)
    async with desk.pool.acquire() as conn:
        assert await conn.fetchval("SELECT count(*) FROM audit WHERE case_id = $1", case_id) == 20
        assert await audit.broken_at(conn, case_id) is None


async def test_who_belongs_to_a_region_sees_no_other(desk: Desk) -> None:
    case_id = await opened(desk)  # Illinois is in Region 5
    for region, seen in (("Region 5", 1), ("Region 2", 0)):
        async with api(desk, region) as client:
            assert len((await client.get("/api/cases")).json()) == seen
            assert sum((await client.get("/api/summary")).json()["cases"].values()) == seen
            if seen:
                assert (await client.get(f"/api/cases/{case_id}")).status_code == 200
            else:
                with pytest.raises(Problem) as refused:
                    await client.get(f"/api/cases/{case_id}")
                assert refused.value.status == 404


async def test_cases_are_listed_by_what_is_due_next_and_filtered(desk: Desk) -> None:
    early = await opened(desk)
    request = command(beneficiary=uuid4().hex, facts={"discharge_date": "2026-07-05"})
    await desk.ask(request.model_copy(update={"received_at": utc("2026-07-05T00:00:00-05:00")}))
    async with api(desk) as client:
        rows = (await client.get("/api/cases")).json()
        assert [row["due_at"] for row in rows] == ["2026-07-05T04:59:59Z", "2026-07-06T04:59:59Z"]
        due = (await client.get("/api/cases", params={"due_before": "2026-07-05T05:00:00Z"})).json()
        assert [UUID(row["case_id"]) for row in due] == [early]
        assert (await client.get("/api/cases", params={"state": "CLOSED"})).json() == []
        with pytest.raises(Problem):
            await client.get("/api/cases", params={"due_before": "2026-07-05T05:00:00"})


async def test_the_board_gets_states_and_hours_left(desk: Desk) -> None:
    desk.now = utc("2026-07-05T04:41:00Z")
    await opened(desk)
    async with api(desk) as client:
        first = (await client.get("/api/summary")).json()
        assert first["cases"] == {"RECEIVED": 1}
        assert first["open_deadlines"] == [{"obligor": "QIO", "hours": "under 4", "deadlines": 1}]
        desk.now = utc("2026-07-05T05:00:00Z")
        await desk.ticker().tick()
        assert (await client.get("/api/summary")).json()["missed_deadlines"] == {"QIO": 1}
