"""What a pack tells, read through the database and the read API, and who may read it."""

from datetime import date
from typing import Any

import asyncpg
import pytest
from fastapi import FastAPI
from httpx import ASGITransport, AsyncClient

from services.recruitment.cli.network_pack import GATHERED
from services.recruitment.domain.packs.gathering import gathered
from services.recruitment.domain.registry import KINDS
from services.recruitment.queries import packs, router
from services.recruitment.repository.views import VIEWS
from shared.records.store import RecordStore
from shared.runtime.access import Access, Problem, reader
from shared.runtime.purpose import Purpose
from tests.recruitment.desk import NOW, Desk
from tests.recruitment.packs.cast import DAY, busy, records


def client(pool: asyncpg.Pool, *roles: str) -> AsyncClient:
    app = FastAPI()
    app.include_router(router(pool), prefix="/api")
    app.dependency_overrides[reader] = lambda: Access("t", frozenset(roles), None, Purpose.OPERATIONS)
    return AsyncClient(transport=ASGITransport(app), base_url="http://test/api")


async def save(pool: asyncpg.Pool, at: Desk) -> None:
    async with pool.acquire() as conn:
        await RecordStore(KINDS, VIEWS).save(conn, at.records, NOW)


async def test_the_database_gives_what_the_records_tell(pool: asyncpg.Pool, monkeypatch: pytest.MonkeyPatch) -> None:
    at, name = busy()
    await save(pool, at)

    def today(now: object) -> date:
        del now
        return DAY

    monkeypatch.setattr(packs, "today_anywhere", today)
    async with client(pool, "operator") as api:
        answer = await api.get(f"/learning-sessions/{name}/pack")
        assert answer.status_code == 200, answer.text
        told: dict[str, Any] = answer.json()
        with pytest.raises(Problem) as refusal:
            await api.get("/learning-sessions/nnhqcc.000000000000/pack")
        assert refusal.value.status == 404
    found, expected = GATHERED.validate_python(told), gathered(records(at, name), DAY)
    for one, other in zip(found.known, expected.known, strict=True):
        assert (one.topics, one.assigned, one.tested, one.adopted) == (
            other.topics,
            other.assigned,
            other.tested,
            other.adopted,
        )
        assert [match.place.participant for match in one.matched] == [
            match.place.participant for match in other.matched
        ]
    assert found.agenda == expected.agenda
    assert [one.people for one in found.attending] == [2, 2, 2]


async def test_a_pack_is_for_staff_alone(pool: asyncpg.Pool) -> None:
    async with client(pool) as api:
        with pytest.raises(Problem) as refusal:
            await api.get("/learning-sessions/nnhqcc.000000000000/pack")
        assert refusal.value.status == 403
