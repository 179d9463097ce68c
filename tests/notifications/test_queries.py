"""What readers see of notices: what became of them, never for whom or what they say."""

import asyncio
import datetime as dt
from base64 import b64decode
from collections.abc import AsyncIterator
from pathlib import Path

import asyncpg
import httpx
import pytest
from fastapi import FastAPI

from services.notifications.app import SERVICE
from services.notifications.queries import router
from shared.runtime.access import install
from shared.runtime.service import Context
from shared.runtime.settings import Settings
from shared.runtime.tokens import LocalIssuer
from tests.notifications.support import NOW, Clock, mail_server, request, sender, take_in
from tests.support.service import KEYRING, app_pool, migrated
from tests.support.stack import Database


@pytest.fixture
async def pool(database: Database) -> AsyncIterator[asyncpg.Pool]:
    await migrated(database, "notifications")
    async with app_pool(database, "notifications") as opened:
        yield opened


@pytest.fixture
async def client(pool: asyncpg.Pool, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    settings = Settings(secrets_dir=tmp_path)
    context = Context(settings, pool, lambda: NOW + dt.timedelta(minutes=1), "", KEYRING, asyncio.Event())
    app = FastAPI()
    install(app, settings)
    app.include_router(router(context), prefix="/api")
    token = LocalIssuer.from_file(tmp_path / "token-key").issue("a", [], None, dt.timedelta(minutes=5))
    headers = {"Authorization": f"Bearer {token}", "X-Purpose": "operations"}
    async with httpx.AsyncClient(
        transport=httpx.ASGITransport(app), base_url="http://local", headers=headers
    ) as opened:
        yield opened


async def _fill(pool: asyncpg.Pool) -> None:
    asked = [request(n, due=NOW + dt.timedelta(hours=n), name="Unmistakable") for n in range(4)]
    await take_in(pool, [*asked, request(8, email=None), request(9, "DECISION_LETTER", "beneficiary", facts={})])


async def test_the_summary_counts_every_notice_once(client: httpx.AsyncClient, pool: asyncpg.Pool) -> None:
    await _fill(pool)
    async with mail_server() as server:
        await sender(pool, server.port, Clock(), batch=3).round()
    answer = (await client.get("/api/summary")).json()
    assert {name: answer[name] for name in ("queued", "delivered", "failed", "tasks", "attempts")} == {
        "queued": 1,
        "delivered": 3,
        "failed": 1,
        "tasks": 1,
        "attempts": 3,
    }
    assert answer["oldest_queued_seconds"] == 60
    assert answer["by_type"]["DECISION_LETTER"]["failed"] == 1


async def test_an_empty_service_has_an_empty_summary(client: httpx.AsyncClient) -> None:
    answer = (await client.get("/api/summary")).json()
    assert (answer["delivered"], answer["oldest_queued_seconds"], answer["by_type"]) == (0, None, {})


async def test_notices_are_listed_by_due_time_state_and_page(client: httpx.AsyncClient, pool: asyncpg.Pool) -> None:
    await _fill(pool)
    first = (await client.get("/api/notices", params={"state": "QUEUED", "limit": 3})).json()
    assert [row["id"] for row in first] == [str(request(n).notice_id) for n in range(3)]
    behind = {"after_due_at": first[-1]["due_at"], "after_id": first[-1]["id"], "state": "QUEUED"}
    rest = (await client.get("/api/notices", params=behind)).json()
    assert [row["id"] for row in rest] == [str(request(3).notice_id)]


async def test_no_answer_names_the_recipient(client: httpx.AsyncClient, pool: asyncpg.Pool) -> None:
    await _fill(pool)
    shown = (await client.get("/api/notices")).text + (await client.get(f"/api/notices/{request(1).notice_id}")).text
    assert "WELCOME" in shown
    assert "Unmistakable" not in shown
    assert "facility.example" not in shown


async def test_what_a_notice_says_is_shown_to_staff_only_and_each_look_is_kept(
    client: httpx.AsyncClient, pool: asyncpg.Pool, tmp_path: Path
) -> None:
    await _fill(pool)
    path = f"/api/notices/{request(1).notice_id}/steps"
    assert (await client.get(path)).status_code == 403
    assert await pool.fetchval("SELECT count(*) FROM notice_shown") == 0
    token = LocalIssuer.from_file(tmp_path / "token-key").issue("ana", ["operator"], None, dt.timedelta(minutes=5))
    [step] = (await client.get(path, headers={"Authorization": f"Bearer {token}"})).json()
    assert b"Unmistakable" in b64decode(step["content"])
    assert (step["step"], step["channel"], step["state"]) == (1, "email", "QUEUED")
    looks = await pool.fetch("SELECT notice_id, actor, purpose FROM notice_shown")
    assert [tuple(look) for look in looks] == [(request(1).notice_id, "ana", "operations")]


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        (f"/api/notices/{request(77).notice_id}", 404, "notice-unknown"),
        ("/api/notices/secret-name", 422, "invalid-request"),
        ("/api/notices?state=WRONG", 422, "invalid-request"),
        ("/api/notices?limit=0", 422, "invalid-request"),
        (f"/api/notices?after_id={request(1).notice_id}", 422, "invalid-request"),
        (f"/api/notices?after_due_at=2014-08-06T00:00:00&after_id={request(1).notice_id}", 422, "invalid-request"),
    ],
)
async def test_wrong_questions_are_refused_as_problem_details(
    client: httpx.AsyncClient, path: str, status: int, code: str
) -> None:
    answer = await client.get(path)
    assert (answer.status_code, answer.json()["code"]) == (status, code)
    assert "secret" not in answer.text


async def test_without_a_token_nothing_is_told(client: httpx.AsyncClient) -> None:
    for path in ("/api/summary", "/api/notices", f"/api/notices/{request(1).notice_id}"):
        assert (await client.get(path, headers={"Authorization": ""})).status_code == 401


def test_the_service_declares_its_name_and_its_read_api() -> None:
    assert SERVICE.name == "notifications"
    assert SERVICE.router is not None
