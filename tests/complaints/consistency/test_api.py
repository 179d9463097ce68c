"""The read API of consistency: sums of decided cases, by region, with small numbers hidden for outside."""

import asyncio
import datetime as dt
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any, cast
from uuid import UUID, uuid4

import asyncpg
import httpx
import pytest
from fastapi import FastAPI

from services.complaints.consistency import second_reviews as second_review_store
from services.complaints.consistency import sums as consistency_queries
from services.complaints.consistency.second_reviews import FirstDecision
from services.complaints.consistency.sums import Outcomes
from services.complaints.domain.consistency.local_factors import Registry
from services.complaints.domain.consistency.second_review import Decided, Stratum, Why
from shared.runtime.access import Access, Problem, reader
from shared.runtime.purpose import Purpose
from shared.runtime.service import Context
from tests.complaints.payment.support import reviews_pool
from tests.support.service import KEYRING
from tests.support.stack import Database

TYPE = "DISCHARGE_FFS"
MONTH = dt.date(2026, 6, 1)
DECIDED = dt.datetime(2026, 6, 10, 12, tzinfo=dt.UTC)
SPAN = {"first": "2026-06-01", "last": "2026-06-30"}
OUTCOMES = Outcomes(
    judged=frozenset({"UPHELD", "OVERTURNED"}),
    overturned=frozenset({"OVERTURNED"}),
    by_type={TYPE: ("UPHELD", "OVERTURNED")},
)


@pytest.fixture
async def pool(database: Database) -> AsyncIterator[asyncpg.Pool]:
    """Cases that have what sums need, and second reviews."""
    async with reviews_pool(database) as made:
        yield made


@asynccontextmanager
async def api(pool: asyncpg.Pool, region: str | None = None) -> AsyncIterator[httpx.AsyncClient]:
    app = FastAPI()
    context = Context(
        settings=cast("Any", None),
        pool=pool,
        clock=lambda: DECIDED,
        dsn="",
        keyring=KEYRING,
        stop=asyncio.Event(),
    )
    app.include_router(consistency_queries.router(context, OUTCOMES, Registry()), prefix="/api")
    access = Access("ann@example.org", frozenset(), region, Purpose.OVERSIGHT)
    app.dependency_overrides[reader] = lambda: access
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://complaints") as client:
        yield client


async def decide(pool: asyncpg.Pool, count: int, **changed: object) -> list[UUID]:
    """So many cases alike: upheld and on time in Ohio's hospitals unless told otherwise."""
    case = {
        "case_type": TYPE,
        "region": "5",
        "outcome": "UPHELD",
        "facility_state": "OH",
        "provider_type": "HOSPITAL",
        "decided_at": DECIDED,
        "on_time": True,
        "reviewer_group": "east",
        "local_factors": [],
        **changed,
    }
    made = [uuid4() for _ in range(count)]
    await pool.executemany(
        "INSERT INTO case_file (case_type, region, outcome, facility_state, provider_type, decided_at, on_time, "
        "reviewer_group, local_factors, case_id) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        [(*case.values(), case_id) for case_id in made],
    )
    return made


async def get(client: httpx.AsyncClient, path: str, **params: object) -> Any:
    answer = await client.get(f"/api/consistency/{path}", params=cast("Any", {**SPAN, **params}))
    assert answer.status_code == 200, answer.text
    return answer.json()


def counts(found: Any) -> list[tuple[object, ...]]:
    return [(rate["group"], rate["events"], rate["cases"]) for rate in found["groups"]]


async def test_overturned_is_of_cases_judged_in_the_days_asked_for(pool: asyncpg.Pool) -> None:
    await decide(pool, 60)
    await decide(pool, 20, outcome="OVERTURNED")
    await decide(pool, 30, outcome="OVERTURNED", facility_state="MI", reviewer_group=None)
    await decide(pool, 9, outcome="DISMISSED")
    await decide(pool, 9, outcome=None, decided_at=None)
    await decide(pool, 9, case_type="SANCTION", outcome="OVERTURNED")
    await decide(pool, 9, outcome="OVERTURNED", decided_at=dt.datetime(2026, 7, 1, tzinfo=dt.UTC))
    async with api(pool) as client:
        by_state = await get(client, "rates", dimension="state", measured="overturned")
        by_group = await get(client, "rates", dimension="reviewer_group", measured="overturned")
    assert counts(by_state) == [("MI", 30, 30), ("OH", 20, 80)]
    assert counts(by_group) == [("UNKNOWN", 30, 30), ("east", 20, 80)]
    ohio = by_state["groups"][1]
    assert ohio["share"] == 0.25
    assert ohio["interval_95"][0] < 0.25 < ohio["interval_95"][1]
    assert ohio["standing"] == "BELOW_99_8"
    assert by_state["overall"]["cases"] == 110


async def test_timeliness_counts_cases_that_have_a_clock_and_a_region_sees_its_own(pool: asyncpg.Pool) -> None:
    await decide(pool, 40)
    await decide(pool, 12, on_time=False)
    await decide(pool, 7, on_time=None)
    await decide(pool, 30, region="9", facility_state="CA", provider_type="SNF")
    async with api(pool, region="5") as client:
        found = await get(client, "rates", dimension="provider_type", measured="on_time", case_type=TYPE)
    assert counts(found) == [("HOSPITAL", 40, 52)]


async def test_outside_small_numbers_are_hidden_and_reviewers_are_not_compared(pool: asyncpg.Pool) -> None:
    await decide(pool, 60)
    await decide(pool, 20, outcome="OVERTURNED")
    await decide(pool, 3, outcome="OVERTURNED", facility_state="WV")
    async with api(pool) as client:
        found = await get(client, "rates", dimension="state", measured="overturned", outside=True)
        with pytest.raises(Problem, match="deliberations"):
            await get(client, "rates", dimension="reviewer_group", measured="overturned", outside=True)
    assert counts(found) == [("OH", None, None), ("WV", None, None)]
    assert found["overall"]["cases"] == 83


async def test_local_factors_are_shares_of_all_decided_cases(pool: asyncpg.Pool) -> None:
    await decide(pool, 12, local_factors=["NO_SNF_BED", "RURAL_DISTANCE"])
    await decide(pool, 36)
    await decide(pool, 10, facility_state=None, local_factors=None)
    async with api(pool) as client:
        found = await get(client, "local-factors", dimension="state")
        with pytest.raises(Problem, match="not-of-reviewers"):
            await get(client, "local-factors", dimension="reviewer_group")
    assert [factor["factor"] for factor in found] == ["NO_SNF_BED", "RURAL_DISTANCE"]
    assert counts(found[0]) == [("OH", 12, 48), ("UNKNOWN", 0, 10)]
    assert found[0]["groups"][0]["share"] == 0.25


async def drawn(pool: asyncpg.Pool, ids: Sequence[UUID], outcome: str, why: Why = Why.SHARE) -> UUID:
    reviewer = uuid4()
    decisions = [FirstDecision(Decided(case, Stratum(TYPE, "east", MONTH)), why, reviewer, outcome) for case in ids]
    async with pool.acquire() as conn:
        await second_review_store.keep_drawn(conn, decisions, DECIDED)
        await second_review_store.keep_drawn(conn, decisions, DECIDED)
    return reviewer


async def answer(pool: asyncpg.Pool, case_id: UUID, reviewer: UUID, outcome: str) -> bool:
    async with pool.acquire() as conn:
        return await second_review_store.answer(conn, case_id, reviewer, outcome, DECIDED)


async def test_agreement_counts_what_was_answered(pool: asyncpg.Pool) -> None:
    upheld, overturned = await decide(pool, 5), await decide(pool, 3, outcome="OVERTURNED")
    (extra,) = await decide(pool, 1)
    await drawn(pool, upheld, "UPHELD")
    await drawn(pool, overturned, "OVERTURNED")
    await drawn(pool, [extra], "UPHELD", Why.MINIMUM)
    second = uuid4()
    for case_id in [*upheld[:3], overturned[0], extra]:
        assert await answer(pool, case_id, second, "UPHELD")
    assert await answer(pool, overturned[1], second, "OVERTURNED")
    async with api(pool) as client:
        found = await get(client, "agreement", case_type=TYPE)
        of_share = await get(client, "agreement", case_type=TYPE, share_only=True, reviewer_group="east")
        with pytest.raises(Problem, match="unknown-case-type"):
            await get(client, "agreement", case_type="OTHER")
    # Of six pairs four upheld twice, one overturned twice, one overturned then upheld: observed 5/6, by chance 22/36.
    assert (found["pairs"], found["observed"], found["kappa"]) == (6, 0.833333, 0.571429)
    assert of_share["pairs"] == 5


async def test_without_second_reviews_nothing_is_said_and_the_reason_given(pool: asyncpg.Pool) -> None:
    async with api(pool) as client:
        found = await get(client, "agreement", case_type=TYPE)
    assert (found["pairs"], found["kappa"], found["undefined"]) == (0, None, "no case was reviewed twice")


async def test_a_second_review_is_by_another_person_once_and_of_drawn_cases_only(pool: asyncpg.Pool) -> None:
    case_id, other = await decide(pool, 2)
    first = await drawn(pool, [case_id], "UPHELD")
    assert not await answer(pool, case_id, first, "UPHELD")
    assert not await answer(pool, other, uuid4(), "UPHELD")
    assert await answer(pool, case_id, uuid4(), "OVERTURNED")
    assert not await answer(pool, case_id, uuid4(), "UPHELD")
    with pytest.raises(asyncpg.CheckViolationError):
        await pool.execute("UPDATE second_review SET second_reviewer = first_reviewer")


async def test_days_out_of_order_are_refused(pool: asyncpg.Pool) -> None:
    async with api(pool) as client:
        with pytest.raises(Problem, match="days-out-of-order"):
            await get(client, "rates", dimension="state", measured="on_time", last="2026-05-31")
