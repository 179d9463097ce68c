"""The look-up of a case's status says stage and next date to who holds the id, and the same nothing to all others."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast
from uuid import UUID

import asyncpg
import httpx
import pytest
from fastapi import FastAPI

from services.complaints.auditing import chain as audit
from services.complaints.status import queries as status_queries
from services.complaints.status.ids import StatusIds, digest_of
from services.complaints.status.queries import ANSWER_BYTES
from services.complaints.status.stages import LOOKED_UP, Stage
from shared.contracts.complaints import CaseType
from shared.runtime.access import Access, reader
from shared.runtime.purpose import Purpose
from shared.runtime.service import Context
from tests.complaints.disclosure.support import KEYRING, NOW, put, put_case, put_deadline

NOTHING = {"stage": None, "next_date": None}
IDS = StatusIds(KEYRING)


@asynccontextmanager
async def api(pool: asyncpg.Pool, region: str | None = None) -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()
    context = Context(
        settings=cast("Any", None), pool=pool, clock=lambda: NOW, dsn="", keyring=KEYRING, stop=asyncio.Event()
    )
    app.include_router(status_queries.router(context), prefix="/api")
    access = Access("portal", frozenset(), region, Purpose.BENEFICIARY_REQUEST)
    app.dependency_overrides[reader] = lambda: access
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://complaints") as client:
        yield client


async def issue(conn: asyncpg.Connection, case_id: UUID, number: int = 1) -> str:
    status_id = IDS.make(case_id, number)
    await put(conn, "status_id", case_id=case_id, issue=number, digest=digest_of(status_id))
    return status_id


async def test_who_holds_the_id_learns_stage_and_the_local_date_of_what_the_qio_owes_next(pool: asyncpg.Pool) -> None:
    async with pool.acquire() as conn:
        case_id = await put_case(conn, stage="IN_REVIEW")
        await put_deadline(conn, case_id, "2026-06-20T04:59:59Z")  # the end of 19 June in Chicago
        await put_deadline(conn, case_id, "2026-06-15T04:59:59Z", obligor="PROVIDER")
        await put_deadline(conn, case_id, "2026-06-16T04:59:59Z", is_window=True)
        await put_deadline(conn, case_id, "2026-06-14T04:59:59Z", status="MET", next_fire_at=None)
        status_id = await issue(conn, case_id)
    async with api(pool) as client:
        dashed = "-".join(status_id[at : at + 4] for at in range(0, 32, 4)).lower()
        for form in (status_id, dashed):
            answer = await client.get(f"/api/status/{form}")
            assert (answer.status_code, answer.json()) == (200, {"stage": "IN_REVIEW", "next_date": "2026-06-19"})
    row = await pool.fetchrow("SELECT case_id, actor, action, purpose FROM audit ORDER BY number LIMIT 1")
    assert tuple(row) == (case_id, "portal", "status looked up", "beneficiary-request")


async def test_all_that_is_not_found_looks_alike_and_as_long_as_what_is(pool: asyncpg.Pool) -> None:
    async with pool.acquire() as conn:
        hidden = [await put_case(conn, kind) for kind in sorted(set(CaseType) - LOOKED_UP)]
        lost = [await issue(conn, case_id) for case_id in hidden]
        replaced = await put_case(conn)
        lost.append(await issue(conn, replaced, 1))
        current = await issue(conn, replaced, 2)
        ended = await put_case(conn)
        lost.append(await issue(conn, ended))
        await put(conn, "status_id", case_id=ended, issue=2)
    wild = ["x", str(replaced), "A" * 32, "%00", "%FF", "A" * 5_000]
    async with api(pool) as client:
        found = await client.get(f"/api/status/{current}")
        answers = [await client.get(f"/api/status/{status_id}") for status_id in (*lost, *wild)]
    assert found.json() == {"stage": "RECEIVED", "next_date": None}
    assert len(found.content) == ANSWER_BYTES
    seen = {(answer.status_code, answer.content, str(sorted(answer.headers.items()))) for answer in answers}
    assert len(seen) == 1
    assert (answers[0].status_code, answers[0].json()) == (404, NOTHING)
    assert answers[0].headers == found.headers
    assert await pool.fetchval("SELECT count(*) FROM audit WHERE case_id = $1", audit.REGISTER) == len(answers)


async def test_a_portal_of_one_region_finds_no_case_of_another(pool: asyncpg.Pool) -> None:
    async with pool.acquire() as conn:
        status_id = await issue(conn, await put_case(conn))
    for region, status in (("Region 5", 200), ("Region 2", 404)):
        async with api(pool, region) as client:
            assert (await client.get(f"/api/status/{status_id}")).status_code == status


def test_sanctions_and_emergency_cases_have_no_status() -> None:
    assert not LOOKED_UP & {CaseType.SANCTION, CaseType.EMTALA_5DAY, CaseType.EMTALA_60DAY}


@pytest.mark.parametrize("stage", Stage)
def test_every_answer_fits_its_length(stage: Stage) -> None:
    row = {"stage": stage.value, "due_at": NOW, "zone": "America/Chicago"}
    assert len(status_queries._answer(row).body) == ANSWER_BYTES
