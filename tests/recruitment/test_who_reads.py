"""What names people, or tells what one facility does, is read by the program's own staff alone."""

import re
from typing import Final, cast
from uuid import UUID

import asyncpg
import pytest
from fastapi import FastAPI

from services.recruitment.queries import assistance, campaign, networks, packs, peers, practices, questions, sessions
from shared.runtime.access import Problem
from tests.recruitment.pipeline.test_reading import api

NOBODY = UUID(int=0)
PARTS: Final = (assistance, campaign, networks, packs, peers, practices, questions, sessions)
# What learning networks, the campaign and technical assistance tell whoever may read at all.
FOR_EVERYBODY: Final = {
    "/assistance-targets",
    "/awareness",
    "/awareness-reach",
    "/campaign-materials",
    "/campaign-materials/{material}",
    "/campaign-participation",
    "/change-packages/{network}",
    "/known-networks",
    "/learning-networks",
    "/learning-networks/{network}",
    "/learning-topics",
    "/national-partners",
    "/network-questions/{question}",
    "/question-search",
    "/reporting-calendar",
    "/resource-uses",
    "/resources",
    "/resources/{resource}",
}


@pytest.mark.parametrize(
    "path",
    [
        "/family-partners/own:someone",
        "/people",
        "/people/ann",
        "/caseloads",
        "/caseloads/community:aa",
        "/contacts",
        f"/contacts/{NOBODY}",
        "/next-steps",
        "/interests",
        f"/interests/{NOBODY}",
    ],
)
async def test_whoever_is_not_staff_is_told_nothing_about_people(pool: asyncpg.Pool, path: str) -> None:
    async with api(pool, None, "partner") as client:
        with pytest.raises(Problem, match="staff-only"):
            await client.get(path)
        assert (await client.get("/facilities")).json() == []


async def test_a_route_about_learning_is_for_staff_unless_it_is_listed_as_one_for_everybody() -> None:
    nothing = cast("asyncpg.Pool", None)
    app = FastAPI()
    for part in PARTS:
        app.include_router(part.routes(nothing))
    found = set()
    async with api(nothing, None, "partner") as client:
        for path in app.openapi()["paths"]:
            try:
                await client.get(re.sub("{[a-z_]+}", "x", path))
            except Problem as refusal:
                if refusal.code == "staff-only":
                    continue
            except AttributeError:
                pass  # it went on to ask the database, of which there is none
            found.add(path)
    assert found == FOR_EVERYBODY
