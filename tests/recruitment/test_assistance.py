"""A confirmed concern opens one request for assistance, with provider and topic and nothing else."""

import datetime as dt
from typing import Any
from uuid import UUID

import asyncpg

from services.recruitment.handlers import concerns
from services.recruitment.repository.assistance import AssistanceStore, requests
from shared.contracts.complaints import ConcernConfirmed
from shared.messaging.handling import Work

NOW = dt.datetime(2026, 7, 5, tzinfo=dt.UTC)
FALLS = ConcernConfirmed(concern=UUID(int=1), ccn="145001", topic="falls", confirmed_on=dt.date(2026, 7, 1))


async def hear(pool: asyncpg.Pool, *events: ConcernConfirmed) -> None:
    work: Work[ConcernConfirmed] = Work(NOW, {})
    for event in events:
        received: Any = type("Received", (), {"message": event})()
        work.begin(concerns.keys(received))
        assert concerns.confirmed(received, work) == ()
        work.keep()
    async with pool.acquire() as conn, conn.transaction():
        await AssistanceStore().save(conn, work.changes(), NOW)


async def test_a_concern_opens_one_request_however_often_it_is_told(pool: asyncpg.Pool) -> None:
    await hear(pool, FALLS, FALLS)
    await hear(pool, FALLS)
    (found,) = await requests(pool, "145001", None, 10)
    assert found == {
        "request_id": UUID(int=1),
        "ccn": "145001",
        "topic": "falls",
        "confirmed_on": dt.date(2026, 7, 1),
        "opened_at": NOW,
    }
    assert await requests(pool, "145002", None, 10) == []
