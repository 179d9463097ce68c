"""Sessions and action periods, read back through the database and the read API."""

from typing import Any

import asyncpg
import pytest

from services.recruitment.domain.registry import KINDS
from services.recruitment.repository.views import VIEWS
from shared.records.store import RecordStore
from shared.runtime.access import Problem
from tests.recruitment.desk import NOW
from tests.recruitment.sessions.cast import BOSTON, ELM, GUEST, OAK, YORK, attend, excuse, held, plan, report, start
from tests.recruitment.sessions.test_materials import evaluate
from tests.recruitment.test_commands import api


async def test_lists_filter_and_page_and_evaluations_are_told_of_nobody(pool: asyncpg.Pool) -> None:
    at, name = held()
    other = str(at.done(plan(cohorts=[YORK], kind="WEBINAR"))["session"])
    period = str(at.done(start())["period"])
    at.done(attend(name))
    at.done(attend(name, GUEST, people=1))
    at.done(evaluate(name, 5, ELM, comment="Good."))
    at.done(report(period))
    at.done(excuse(period, ELM, 2))
    async with pool.acquire() as conn:
        await RecordStore(KINDS, VIEWS).save(conn, at.records, NOW)

    async with api(pool) as client:

        async def told(path: str) -> Any:
            answer = await client.get(path)
            assert answer.status_code == 200, answer.text
            return answer.json()

        (row,) = await told(f"/learning-sessions?cohort={BOSTON}&phase=HELD&network=nnhqcc")
        assert (row["participants_attended"], row["people_attended"], row["guests_attended"]) == (2, 3, 1)
        assert [one["id"] for one in await told("/learning-sessions?kind=WEBINAR")] == [other]
        first, second = sorted((name, other))
        assert [one["id"] for one in await told(f"/learning-sessions?after={first}&limit=1")] == [second]
        shown = await told(f"/learning-sessions/{name}")
        assert shown["attendance"][GUEST]["ONLINE"]["guest"] is True
        assert shown["evaluation"]["questions"]["WAS_USEFUL"] == {"n": 1, "mean": None, "distribution": None}
        assert "evaluations" not in shown
        assert "Good." not in str(shown)
        (one,) = await told(f"/action-periods?cohort={BOSTON}&phase=RUNNING")
        assert one["assignments"][0]["reports"][ELM]["summary"] == "Done"
        assert await told(f"/action-periods?cohort={YORK}") == []
        owing = await told(f"/action-periods/{period}/owing")
        assert [(row["assignment"], row["owing"], row["overdue"]) for row in owing] == [
            (1, [OAK], True),
            (2, [OAK], True),
        ]


async def test_what_is_not_there_is_said_to_be_none(pool: asyncpg.Pool) -> None:
    async with api(pool) as client:
        for path in ("learning-sessions", "action-periods"):
            for identifier in ("nnhqcc.000000000000", "a%00b"):
                with pytest.raises(Problem) as refusal:
                    await client.get(f"/{path}/{identifier}")
                assert refusal.value.status == 404
        assert (await client.get("/learning-sessions?phase=OVER")).status_code == 422
