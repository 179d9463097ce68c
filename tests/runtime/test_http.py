"""What every service answers over HTTP: alive, ready, metrics, its events; and nothing under /api without a token."""

import datetime as dt
import re
import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import httpx
import pytest
from fastapi import FastAPI
from fastapi.routing import APIRoute

from shared.cli.services import load
from shared.contracts.asyncapi import document
from shared.messaging.keyring import Keyring
from shared.runtime.http import build_app
from shared.runtime.service import Context
from shared.runtime.settings import Settings
from shared.runtime.tokens import LocalIssuer
from shared.stack.plan import SERVICES

SECRET = "Mary-Example"


@pytest.fixture(scope="module")
def secrets() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="qio-"))
    yield folder
    shutil.rmtree(folder)


def app_of(service: str, secrets: Path, reasons: list[str] | None = None) -> FastAPI:
    """The application of a real service, without servers behind it."""

    def no_database(*_: object) -> None:
        raise AssertionError("the database was asked before the token")

    context = SimpleNamespace(
        settings=Settings(secrets_dir=secrets),
        pool=SimpleNamespace(acquire=no_database, fetch=no_database, fetchrow=no_database, fetchval=no_database),
        clock=lambda: dt.datetime(2026, 3, 6, tzinfo=dt.UTC),
        dsn="",
        keyring=Keyring({1: bytes(range(32))}),
        stop=None,
    )
    return build_app(load(service), cast("Context", context), lambda: list(reasons or ()))


@asynccontextmanager
async def client_of(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://service") as client:
        yield client


every_service = pytest.mark.parametrize("service", SERVICES)


async def test_a_process_that_answers_is_alive(secrets: Path) -> None:
    async with client_of(app_of("measures", secrets, ["not at all ready"])) as client:
        answer = await client.get("/live")
    assert (answer.status_code, answer.json()) == (200, {"status": "live"})


async def test_ready_is_200_without_reasons_and_503_with_them_and_the_metric_follows(secrets: Path) -> None:
    async with client_of(app_of("measures", secrets)) as client:
        answer = await client.get("/ready")
        assert (answer.status_code, answer.json()) == (200, {"ready": True, "reasons": []})
        assert 'qio_ready{service="measures"} 1.0' in (await client.get("/metrics")).text
    async with client_of(app_of("measures", secrets, ["x: stopped (ratio)"])) as client:
        answer = await client.get("/ready")
        assert answer.status_code == 503
        assert answer.json() == {"ready": False, "reasons": ["x: stopped (ratio)"]}
        assert 'qio_ready{service="measures"} 0.0' in (await client.get("/metrics")).text


async def test_metrics_are_what_prometheus_reads(secrets: Path) -> None:
    async with client_of(app_of("measures", secrets)) as client:
        answer = await client.get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain")
    assert "# TYPE qio_records_total counter" in answer.text


@every_service
async def test_a_service_shows_its_own_events_and_no_others(service: str, secrets: Path) -> None:
    async with client_of(app_of(service, secrets)) as client:
        shown = (await client.get("/asyncapi")).json()
    assert shown == document(service)
    assert shown["info"]["title"] == f"QIO {service}"
    assert set(shown["channels"]) < set(document()["channels"])


@every_service
async def test_the_read_api_is_described(service: str, secrets: Path) -> None:
    async with client_of(app_of(service, secrets)) as client:
        paths = (await client.get("/api/openapi.json")).json()["paths"]
    assert paths
    assert all(path.startswith("/api/") for path in paths)


def _routes(app: FastAPI) -> list[tuple[str, str]]:
    """Method and address of everything under /api, with something in place of each parameter."""
    found = []
    for path, operations in app.openapi()["paths"].items():
        address = re.sub(r"\{[^}]+\}", "00000000-0000-4000-8000-000000000000", path)
        found += [(method.upper(), address) for method in operations]
    return found


@every_service
async def test_every_route_needs_a_token(service: str, secrets: Path) -> None:
    app = app_of(service, secrets)
    routes = _routes(app)
    assert routes
    async with client_of(app) as client:
        for method, address in routes:
            answer = await client.request(method, address, headers={"X-Purpose": "case-work"})
            assert answer.status_code == 401, address
            assert answer.headers["www-authenticate"] == "Bearer"
            assert answer.json()["code"] == "token-missing"
            wrong = {"X-Purpose": "case-work", "Authorization": f"Bearer {SECRET}"}
            answer = await client.request(method, address, headers=wrong)
            assert answer.status_code == 401, address
            assert SECRET not in answer.text


@every_service
async def test_every_route_needs_a_purpose(service: str, secrets: Path) -> None:
    app = app_of(service, secrets)
    token = LocalIssuer.from_file(secrets / "token-key").issue("nurse.7", ["operator"], "1", dt.timedelta(minutes=5))
    async with client_of(app) as client:
        for method, address in _routes(app):
            for purpose in ({}, {"X-Purpose": SECRET}):
                answer = await client.request(method, address, headers={"Authorization": f"Bearer {token}", **purpose})
                assert answer.status_code == 400, address
                assert answer.json()["code"].startswith("purpose-")
                assert SECRET not in answer.text


@every_service
def test_the_read_api_only_reads(service: str, secrets: Path) -> None:
    methods: set[Any] = set()
    for route in app_of(service, secrets).routes:
        if isinstance(route, APIRoute):
            methods |= route.methods or set()
    assert methods == {"GET"}


async def test_what_is_not_there_is_a_problem_without_the_address(secrets: Path) -> None:
    async with client_of(app_of("measures", secrets)) as client:
        answer = await client.get(f"/api/nothing/{SECRET}")
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "application/problem+json"
    assert SECRET not in answer.text
