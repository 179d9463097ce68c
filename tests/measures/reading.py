"""The read API of measures over a database of one test, asked as somebody for some purpose."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any, cast

import asyncpg
import httpx
from fastapi import FastAPI

from services.measures import queries
from shared.runtime.access import Access, install, reader
from shared.runtime.purpose import Purpose
from shared.runtime.service import Context
from shared.runtime.settings import Settings
from tests.measures.folding import NOW
from tests.support.service import KEYRING


class Reader:
    """Asks questions."""

    def __init__(self, client: httpx.AsyncClient) -> None:
        self.client = client

    async def get(self, path: str, **parameters: Any) -> Any:
        """The answer; asserts that there is one."""
        answer = await self.client.get(f"/api{path}", params=parameters)
        assert answer.status_code == 200, answer.text
        return answer.json()

    async def refused(self, path: str, **parameters: Any) -> tuple[int, str, str]:
        """The refusal: status, code and sentence."""
        answer = await self.client.get(f"/api{path}", params=parameters)
        assert answer.status_code >= 400, answer.text
        body = answer.json()
        return answer.status_code, body["code"], body["title"]


@asynccontextmanager
async def reading(
    pool: asyncpg.Pool,
    secrets: Any,
    *,
    roles: tuple[str, ...] = ("analyst",),
    purpose: Purpose = Purpose.QUALITY_IMPROVEMENT,
    region: str | None = None,
) -> AsyncIterator[Reader]:
    """A reader with these roles; ``secrets`` is a folder for the key of tokens."""
    app = FastAPI()
    settings = Settings(secrets_dir=secrets)
    context = Context(settings, pool, lambda: NOW, "", KEYRING, asyncio.Event())
    install(app, settings)
    app.include_router(queries.router(context), prefix="/api")
    access = Access("ann@example.org", frozenset(roles), region, purpose)
    app.dependency_overrides[reader] = lambda: access
    transport = httpx.ASGITransport(cast("Any", app), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://measures") as client:
        yield Reader(client)
