"""A look at sums is in the audit with who looked, at what and why."""

import asyncio
from typing import Any, cast

import httpx
import pytest
from fastapi import FastAPI

from services.complaints.app import SERVICE
from shared.runtime.access import Access, reader
from shared.runtime.purpose import Purpose
from shared.runtime.service import Context
from tests.complaints.conftest import Desk
from tests.support.service import KEYRING

DAYS = {"first": "2026-01-01", "last": "2026-12-31"}
SUMS: list[tuple[str, dict[str, str]]] = [
    ("/consistency/rates", {**DAYS, "dimension": "state", "measured": "on_time"}),
    ("/consistency/local-factors", {**DAYS, "dimension": "state"}),
    ("/consistency/agreement", {**DAYS, "case_type": "HOSP_DISCHARGE_FFS"}),
    ("/consistency/second-reviews", {}),
    ("/payments/totals", DAYS),
    ("/payments/draws/2026-06-01", {}),
]


@pytest.mark.parametrize(("path", "asked"), SUMS)
async def test_a_look_at_sums_is_noted_with_actor_and_purpose(desk: Desk, path: str, asked: dict[str, str]) -> None:
    context = Context(
        settings=cast("Any", None),
        pool=desk.pool,
        clock=lambda: desk.now,
        dsn="",
        keyring=KEYRING,
        stop=asyncio.Event(),
    )
    app = FastAPI()
    assert SERVICE.router is not None
    app.include_router(SERVICE.router(context), prefix="/api")
    app.dependency_overrides[reader] = lambda: Access("ann", frozenset(), None, Purpose.OVERSIGHT)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://complaints") as client:
        answer = await client.get(f"/api{path}", params=asked)
    assert answer.status_code == 200, answer.text
    rows = await desk.pool.fetch("SELECT actor, action, purpose FROM audit WHERE purpose IS NOT NULL")
    assert [tuple(row) for row in rows] == [("ann", f"read {path}", "oversight")]
