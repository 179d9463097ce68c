"""Whatever is asked of the read API, it answers: no value of a parameter makes it fail."""

from collections.abc import Iterator
from typing import Any, Final
from urllib.parse import quote

import asyncpg
import httpx
from fastapi import FastAPI

from services.recruitment.queries import router
from shared.runtime.access import Access, Problem, reader
from shared.runtime.purpose import Purpose

# What a route needs besides.
NEEDED: Final = {"task": "C.2", "from": "2015-01-01", "to": "2015-12-31"}


def served(pool: asyncpg.Pool) -> FastAPI:
    app = FastAPI()
    app.include_router(router(pool))
    app.dependency_overrides[reader] = lambda: Access("t", frozenset({"operator"}), None, Purpose.OPERATIONS)
    return app


def asked(app: FastAPI) -> Iterator[tuple[str, dict[str, str]]]:
    """Every route with each of its parameters hostile in turn."""
    for path, found in app.openapi()["paths"].items():
        for one in found["get"].get("parameters", ()):
            for value in _hostile(str(one["schema"])):
                yield _question(path, found["get"]["parameters"], one, value)


def _hostile(schema: str) -> tuple[str, ...]:
    """What a parameter of this kind could stumble over."""
    if "'date'" in schema:
        return ("0001-01-01", "9999-12-31")
    if "'integer'" in schema:
        return ("9" * 26, "-1")
    return ("a\x00b", "x" * 3_000)


def _question(
    path: str, known: list[dict[str, Any]], hostile: dict[str, Any], value: str
) -> tuple[str, dict[str, str]]:
    query = {one["name"]: NEEDED.get(one["name"], "1") for one in known if one["in"] == "query" and one["required"]}
    if hostile["in"] == "query":
        query[hostile["name"]] = value
    for one in (one for one in known if one["in"] == "path"):
        given = value if one["name"] == hostile["name"] else "225009"
        path = path.replace(f"{{{one['name']}}}", quote(given, safe=""))
    return path, query


async def test_no_value_of_a_parameter_makes_the_read_api_fail(pool: asyncpg.Pool) -> None:
    app = served(pool)
    transport = httpx.ASGITransport(app)
    failed = set()
    async with httpx.AsyncClient(transport=transport, base_url="http://test", timeout=60) as client:
        for path, query in asked(app):
            try:
                await client.get(path, params=query)
            except Problem:
                continue
            except Exception as defect:  # noqa: BLE001 - whatever it is, it is a defect
                failed.add((path[:60], str(query)[:60], type(defect).__name__))
    assert not failed, sorted(failed)
