"""A case with its documents' routes, over HTTP without a server."""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

import asyncpg
import httpx
import pytest
from fastapi import FastAPI
from fastapi.responses import JSONResponse

from services.complaints.documents import routes
from shared.contracts.replies import CommandAccepted
from shared.runtime.access import Access, Problem, reader
from shared.runtime.purpose import Purpose
from shared.runtime.service import Context
from tests.complaints.cases import command
from tests.complaints.conftest import Desk
from tests.support.service import KEYRING

PDF = b"%PDF-1.7 Ana Perez was admitted with chest pain. " + bytes(range(256)) * 2400
QUERY: dict[str, Any] = {"kind": "MEDICAL_RECORD", "sender": "provider", "channel": "PORTAL", "pages": 12}
RECORDS = {"content-type": "application/pdf"}


@dataclass
class Room:
    """One case of the record room, and who asks."""

    desk: Desk
    case_id: UUID
    region: str | None = None

    @property
    def pool(self) -> asyncpg.Pool:
        return self.desk.pool

    @asynccontextmanager
    async def client(self) -> AsyncIterator[httpx.AsyncClient]:
        """The routes; problems as their codes."""
        app = FastAPI()
        context = Context(
            settings=cast("Any", None),
            pool=self.desk.pool,
            clock=lambda: self.desk.now,
            dsn="",
            keyring=KEYRING,
            stop=asyncio.Event(),
        )
        app.include_router(routes.router(context), prefix="/api")
        access = Access("rec@example.org", frozenset(), self.region, Purpose.CASE_WORK)
        app.dependency_overrides[reader] = lambda: access

        @app.exception_handler(Problem)
        async def problem(_request: object, error: Problem) -> JSONResponse:
            return JSONResponse({"code": error.code}, status_code=error.status)

        transport = httpx.ASGITransport(app)
        async with httpx.AsyncClient(transport=transport, base_url="http://complaints/api") as client:
            yield client

    async def send(
        self,
        content: bytes = PDF,
        *,
        case_id: UUID | None = None,
        headers: dict[str, str] | None = None,
        query: dict[str, Any] | None = None,
    ) -> httpx.Response:
        """Send a document in."""
        async with self.client() as client:
            return await client.post(
                f"/cases/{case_id or self.case_id}/documents",
                params=QUERY | (query or {}),
                content=content,
                headers=RECORDS | (headers or {}),
            )

    async def get(self, path: str = "") -> httpx.Response:
        """Look at something of the case."""
        async with self.client() as client:
            return await client.get(f"/cases/{self.case_id}/{path}")

    async def another_case(self) -> UUID:
        """Of another person."""
        return await _filed(self.desk, beneficiary="f" * 32)

    async def lines(self) -> list[tuple[str, str, str | None]]:
        """The case's audit after it was filed: actor, action, purpose."""
        rows = await self.pool.fetch(
            "SELECT actor, action, purpose FROM audit WHERE case_id = $1 AND number > 1 ORDER BY number", self.case_id
        )
        return [tuple(row) for row in rows]


async def _filed(desk: Desk, **changes: Any) -> UUID:
    (reply,) = await desk.ask(command(**changes))
    assert isinstance(reply, CommandAccepted)
    return UUID(cast("str", reply.made["case_id"]))


@pytest.fixture
async def room(desk: Desk) -> Room:
    """An appeal of a discharge, an hour after it was filed."""
    case_id = await _filed(desk)
    desk.now += dt.timedelta(hours=1)
    return Room(desk, case_id)
