"""Reading needs a token and a purpose, and refusals show nothing of what was sent."""

import datetime as dt
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import httpx
import pytest
from fastapi import APIRouter, Depends, FastAPI

from shared.runtime.access import Access, Problem, install, reader
from shared.runtime.settings import Settings
from shared.runtime.tokens import LocalIssuer

MARY = "Mary-Example"
SECRETS = Path(tempfile.mkdtemp(prefix="qio-"))
# Issued when the tests are collected and used when their turn comes, which in the whole suite is much later.
TOKEN = LocalIssuer.from_file(SECRETS / "token-key").issue("nurse.7", ["reviewer"], "3", dt.timedelta(hours=12))
GOOD = {"Authorization": f"Bearer {TOKEN}", "X-Purpose": "case-work"}


@pytest.fixture(scope="module", autouse=True)
def _clean() -> Iterator[None]:
    yield
    shutil.rmtree(SECRETS)


def _app() -> FastAPI:
    router = APIRouter(dependencies=[Depends(reader)])

    @router.get("/who")
    async def who(access: Annotated[Access, Depends(reader)]) -> dict[str, object]:
        return {"actor": access.actor, "region": access.region, "purpose": access.purpose, "roles": list(access.roles)}

    @router.get("/number")
    async def number(n: int) -> int:
        return n

    @router.get("/gone")
    async def gone() -> None:
        raise Problem(404, "case-unknown", "There is no such case.")

    @router.get("/broken")
    async def broken() -> None:
        raise RuntimeError(MARY)

    app = FastAPI()
    install(app, Settings(secrets_dir=SECRETS))
    app.include_router(router, prefix="/api")
    return app


async def _get(path: str, headers: dict[str, str] | list[tuple[str, str]]) -> httpx.Response:
    transport = httpx.ASGITransport(_app(), raise_app_exceptions=False)
    async with httpx.AsyncClient(transport=transport, base_url="http://local") as client:
        return await client.get(path, headers=headers)


def _code(answer: httpx.Response) -> str:
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == answer.status_code
    assert answer.json()["type"] == f"urn:qio:problem:{answer.json()['code']}"
    return str(answer.json()["code"])


async def test_a_token_and_a_purpose_give_access() -> None:
    answer = await _get("/api/who", GOOD)
    assert answer.json() == {"actor": "nurse.7", "region": "3", "purpose": "case-work", "roles": ["reviewer"]}


@pytest.mark.parametrize("authorization", [None, "Basic bmF0OnA=", "Bearer", f"Token {TOKEN}"])
async def test_without_a_bearer_token_the_answer_is_401(authorization: str | None) -> None:
    headers = {"X-Purpose": "case-work"} | ({"Authorization": authorization} if authorization else {})
    answer = await _get("/api/who", headers)
    assert (answer.status_code, _code(answer)) == (401, "token-missing")
    assert answer.headers["www-authenticate"] == "Bearer"


async def test_an_invalid_token_is_401_and_not_repeated_in_the_answer() -> None:
    answer = await _get("/api/who", GOOD | {"Authorization": f"Bearer {MARY}"})
    assert (answer.status_code, _code(answer)) == (401, "token-not-signed-by-issuer")
    assert MARY not in answer.text


async def test_without_a_known_purpose_the_answer_is_400() -> None:
    missing = await _get("/api/who", {"Authorization": f"Bearer {TOKEN}"})
    unknown = await _get("/api/who", GOOD | {"X-Purpose": MARY})
    twice = await _get("/api/who", [*GOOD.items(), ("X-Purpose", "oversight")])
    assert [_code(answer) for answer in (missing, unknown, twice)] == [
        "purpose-missing",
        "purpose-unknown",
        "purpose-ambiguous",
    ]
    assert {answer.status_code for answer in (missing, unknown, twice)} == {400}
    assert MARY not in unknown.text


async def test_a_wrong_parameter_is_named_but_not_repeated() -> None:
    answer = await _get(f"/api/number?n={MARY}", GOOD)
    assert (answer.status_code, _code(answer)) == (422, "invalid-request")
    assert answer.json()["paths"] == ["query.n: int_parsing"]
    assert MARY not in answer.text


async def test_a_refusal_of_a_route_and_an_unknown_path_are_problem_details() -> None:
    assert _code(await _get("/api/gone", GOOD)) == "case-unknown"
    assert _code(await _get(f"/api/{MARY}", GOOD)) == "not-found"


async def test_a_defect_shows_nothing_of_its_exception() -> None:
    answer = await _get("/api/broken", GOOD)
    assert (answer.status_code, _code(answer)) == (500, "defect")
    assert MARY not in answer.text


def test_the_api_description_says_what_every_route_needs() -> None:
    described = _app().openapi()
    assert described["components"]["securitySchemes"]["HTTPBearer"]["scheme"] == "bearer"
    assert "x-purpose" in {parameter["name"] for parameter in described["paths"]["/api/who"]["get"]["parameters"]}
