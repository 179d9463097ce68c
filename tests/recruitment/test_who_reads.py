"""What names or describes people is read by the program's own staff alone."""

from uuid import UUID

import asyncpg
import pytest

from shared.runtime.access import Problem
from tests.recruitment.pipeline.test_reading import api

NOBODY = UUID(int=0)


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
