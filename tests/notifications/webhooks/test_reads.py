"""What staff see of partners' webhooks, how secrets are made, and that the page for developers is true."""

import asyncio
import datetime as dt
import re
from collections.abc import AsyncIterator, Callable
from pathlib import Path
from typing import Any
from uuid import UUID

import asyncpg
import httpx
import pytest
from fastapi import FastAPI

from services.notifications.domain.webhooks.signing import signed, written
from services.notifications.webhook_queries import routes
from shared.contracts.notifications.webhooks import RotateSecret
from shared.runtime.access import install
from shared.runtime.service import Context
from shared.runtime.settings import Settings
from shared.runtime.tokens import LocalIssuer
from tests.notifications.support import NOW, Clock
from tests.notifications.webhooks.platform import Partners, carry, courier, hear, milestones
from tests.notifications.webhooks.receiver import plain, receiving
from tests.notifications.webhooks.verifying import verify
from tests.support.service import KEYRING, app_pool, migrated
from tests.support.stack import Database

PAGE = Path(__file__).parents[3] / "docs" / "partners-webhooks.md"
Client = Callable[..., httpx.AsyncClient]


@pytest.fixture
async def pool(database: Database) -> AsyncIterator[asyncpg.Pool]:
    await migrated(database, "notifications")
    async with app_pool(database, "notifications") as opened:
        yield opened


@pytest.fixture
def client(pool: asyncpg.Pool, tmp_path: Path) -> Client:
    settings = Settings(secrets_dir=tmp_path)
    context = Context(settings, pool, lambda: NOW, "", KEYRING, asyncio.Event())
    app = FastAPI()
    install(app, settings)
    app.include_router(routes(context), prefix="/api")

    def opened(*roles: str) -> httpx.AsyncClient:
        token = LocalIssuer.from_file(tmp_path / "token-key").issue("a", list(roles), None, dt.timedelta(minutes=5))
        headers = {"Authorization": f"Bearer {token}", "X-Purpose": "operations"}
        return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://local", headers=headers)

    return opened


async def test_staff_see_how_partners_answer_and_nobody_else_does(pool: asyncpg.Pool, client: Client) -> None:
    clock = Clock()
    partners = Partners(pool, clock)
    async with receiving() as receiver, client("operator") as staff:
        assert (await staff.get("/api/webhooks")).json() == []
        await partners.add("statewide", receiver)
        assert (await staff.get("/api/webhooks/statewide")).json()["lane"] is None
        receiver.answer = lambda _: plain(503 if len(receiver.taken) == 1 else 200)
        await hear(pool, milestones(3))
        await carry(courier(pool, clock, receiver, per_partner=1))
        [row] = (await staff.get("/api/webhooks")).json()
        assert (row["partner"], row["standing"], row["waiting"]) == ("statewide", "ACTIVE", 1)
        shown = (await staff.get("/api/webhooks/statewide")).json()
        assert shown["lane"]["deliveries"] == {"DELIVERED": 2, "WAITING": 1}
        rows = (await staff.get("/api/webhooks/statewide/deliveries")).json()
        assert [row["state"] for row in rows] == ["WAITING", "DELIVERED", "DELIVERED"]
        assert rows[0]["reason"] == "status-503"
        behind = {"after": rows[0]["number"], "limit": 1, "state": "DELIVERED"}
        assert (await staff.get("/api/webhooks/statewide/deliveries", params=behind)).json() == [rows[1]]
        assert (await staff.get("/api/webhooks/nobody")).status_code == 404
    async with client("partner") as other:
        for path in ("/api/webhooks", "/api/webhooks/statewide", "/api/webhooks/statewide/deliveries"):
            assert (await other.get(path)).status_code == 403


async def test_a_secret_is_made_by_operators_shown_once_and_signs_when_a_command_names_it(
    pool: asyncpg.Pool, client: Client
) -> None:
    clock = Clock()
    partners = Partners(pool, clock)
    async with client("analyst") as analyst:
        assert (await analyst.post("/api/webhooks/statewide/secrets")).status_code == 403
    async with receiving() as receiver, client("operator") as staff:
        await partners.add("statewide", receiver)
        answer = await staff.post("/api/webhooks/statewide/secrets")
        assert (answer.status_code, answer.headers["cache-control"]) == (201, "no-store")
        another = (await staff.post("/api/webhooks/statewide/secrets")).json()
        made: dict[str, Any] = answer.json()
        assert made["secret"] != another["secret"]
        assert made["shown_once"] != another["shown_once"]
        rotate = RotateSecret(actor="cli:pat", partner="statewide", secret=UUID(made["secret"]), overlap_hours=0)
        await partners.ask(rotate)
        await hear(pool, milestones(1))
        await carry(courier(pool, clock, receiver))
        [request] = receiver.taken
        assert verify(made["shown_once"], request.headers, request.body, clock.now.timestamp())
        shown = (await staff.get("/api/webhooks/statewide")).text + (await staff.get("/api/webhooks")).text
        assert "whsec_" not in shown
        kept = str(await pool.fetch("SELECT r.*::text, d.*::text FROM record r, webhook_delivery d"))
        assert made["shown_once"].removeprefix("whsec_") not in kept


def test_the_ten_lines_of_the_page_verify_what_we_sign() -> None:
    found = re.search(r"```python\n(.*?)```", PAGE.read_text(), re.DOTALL)
    assert found is not None
    names: dict[str, Any] = {}
    exec(compile(found[1], str(PAGE), "exec"), names)
    now, body, secrets = dt.datetime.now(dt.UTC), b'{"a": "\xc3\xa9"}', (bytes(range(32)), bytes(32))
    headers = dict(signed("0f2b6c1e", now, body, secrets))
    for secret in secrets:
        assert names["verify"](written(secret), headers, body) == "0f2b6c1e"
    for wrong_headers, wrong_body in ((headers, body + b" "), ({**headers, "webhook-id": "x"}, body)):
        with pytest.raises(ValueError, match="not genuine"):
            names["verify"](written(secrets[0]), wrong_headers, wrong_body)
    old = dict(signed("0f2b6c1e", now - dt.timedelta(minutes=6), body, secrets))
    with pytest.raises(ValueError, match="too old"):
        names["verify"](written(secrets[0]), old, body)


def test_a_signature_is_the_one_the_specification_gives_as_its_example() -> None:
    # The same secret, id, time and body as in the tests of the specification's own libraries.
    import base64  # noqa: PLC0415

    secret = base64.b64decode("MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    at = dt.datetime.fromtimestamp(1614265330, dt.UTC)
    headers = signed("msg_p5jXN8AQM9LWM0D4loKWxJek", at, b'{"test": 2432232314}', [secret])
    assert headers["webhook-signature"] == "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE="
