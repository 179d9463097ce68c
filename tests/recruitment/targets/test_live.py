"""From the event of a measure to the list that is read back: ranks follow, repetition and order do not matter."""

from itertools import permutations
from typing import Any
from uuid import UUID

import asyncpg
import httpx
import pytest
from fastapi import FastAPI

from services.recruitment.domain.registry import KINDS
from services.recruitment.handlers import signals
from services.recruitment.queries import targets
from services.recruitment.repository.assistance import AssistanceStore
from services.recruitment.repository.views import VIEWS
from shared.contracts.complaints import ConcernConfirmed
from shared.contracts.feeds import NURSING_HOMES
from shared.contracts.measures import RESULTS, MeasureUpdated
from shared.records.store import RecordStore
from shared.runtime.access import Problem
from shared.runtime.clock import utc_now
from tests.messaging.toy import record
from tests.recruitment.desk import Desk
from tests.recruitment.support import consumer, define, enroll, listed, listings_consumer
from tests.recruitment.targets.results import of_state, updated
from tests.recruitment.targets.test_setting import target


async def hear(pool: asyncpg.Pool, *events: MeasureUpdated) -> None:
    """Consume results as one batch."""
    offset = await pool.fetchval("SELECT coalesce(max(next), 0) FROM consumer_offset WHERE topic = $1", RESULTS.name)
    listening = await consumer(signals.subscription(), pool)
    await listening.handle([record(offset + n, "k", event, topic=RESULTS.name) for n, event in enumerate(events)])


def api(pool: asyncpg.Pool) -> httpx.AsyncClient:
    """The routes, without a door keeper."""
    app = FastAPI()
    app.include_router(targets.routes(pool))
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test")


async def asked(pool: asyncpg.Pool, path: str, **parameters: Any) -> Any:
    """The answer to a question."""
    async with api(pool) as client:
        answer = await client.get(path, params=parameters)
        assert answer.status_code == 200, answer.text
        return answer.json()


async def order(pool: asyncpg.Pool) -> list[str]:
    """The list as it is read, by certification number."""
    return [row["ccn"] for row in await asked(pool, "/targets")]


@pytest.fixture
async def homes(pool: asyncpg.Pool) -> asyncpg.Pool:
    """Four homes of two ZIP codes, one of them in a community."""
    known = (
        listed("225001", overall_rating=4, zip_code="02139"),
        listed("225002", overall_rating=4, zip_code="02141"),
        listed("225003", overall_rating=2, zip_code="02141"),
        listed("225004", overall_rating=1, zip_code="02141"),
    )
    feed = await listings_consumer(pool)
    await feed.handle([record(n, home.ccn, home, topic=NURSING_HOMES.name) for n, home in enumerate(known)])
    desk = Desk()
    desk.done(define("river-valley", "zip:02139", "zip:02140"))
    await keep(pool, desk)
    return pool


async def keep(pool: asyncpg.Pool, desk: Desk) -> None:
    """Save the records of a desk."""
    async with pool.acquire() as conn, conn.transaction():
        await RecordStore(KINDS, VIEWS).save(conn, desk.records, utc_now())


async def test_the_list_follows_a_measure_and_follows_it_back(homes: asyncpg.Pool) -> None:
    assert await order(homes) == ["225004", "225003", "225001", "225002"]
    await hear(homes, of_state(), updated())
    assert await order(homes) == ["225004", "225001", "225003", "225002"]
    row = (await asked(homes, "/targets"))[1]
    assert (row["group"], row["score"]) == ("SIGNALLED", 1140)
    await hear(homes, updated(revision=4, numerator=240, value="12.0", low="10.5", high="13.6", status="RESTATED"))
    assert await order(homes) == ["225004", "225003", "225001", "225002"]
    assert await homes.fetchval("SELECT count(*) FROM outbox WHERE type NOT LIKE '%FacilityListed%'") == 0


async def test_the_latest_period_and_revision_hold_in_any_order_and_repetition(homes: asyncpg.Pool) -> None:
    told = (
        updated(revision=1, low="30"),
        updated(revision=2, low="31"),
        updated(period="2018Q2R4", revision=1, low="32"),
        updated(period="2018Q2R4", revision=9, low="33", status="PROVISIONAL"),
    )
    ends = set()
    for several in permutations(told):
        await homes.execute("DELETE FROM signal")
        await hear(homes, *several[:2])
        await hear(homes, *several[2:], several[0])
        ends.add(tuple(await homes.fetchrow("SELECT period, revision, low, count(*) OVER () FROM signal")))
    assert ends == {("2018Q2R4", 1, 32.0, 1)}


async def test_a_result_that_cannot_be_computed_any_more_takes_the_signal_back(homes: asyncpg.Pool) -> None:
    await hear(homes, of_state(), updated())
    nothing: dict[str, Any] = dict.fromkeys(("numerator", "denominator", "exposure", "value", "low", "high"))
    await hear(homes, updated(revision=4, computable=False, reason="source lacks inpatient", **nothing))
    assert await order(homes) == ["225004", "225003", "225001", "225002"]


async def test_why_says_each_part_with_its_weight_and_who_is_no_target_hears_why_not(homes: asyncpg.Pool) -> None:
    await hear(homes, of_state(), updated())
    concern = ConcernConfirmed(concern=UUID(int=9), ccn="225001", topic="falls", confirmed_on=utc_now().date())
    async with homes.acquire() as conn, conn.transaction():
        await AssistanceStore().save(conn, {"assistance:1": concern}, utc_now())
    found = await asked(homes, "/targets/225001")
    assert (found["rank"], found["of"], found["rank_in_state"], found["score"]) == (2, 4, 2, 1180)
    assert [part["weight"] for part in found["contributions"]] == [1000, 50, 90, 40]
    assert found["contributions"][3]["words"] == "a standard of care was not met (falls)"
    desk = Desk()
    desk.records = {"participant:225001": await participant(homes)}
    desk.done(enroll(ccn="225001"))
    await keep(homes, desk)
    async with api(homes) as client:
        for path, text in (
            ("/targets/225001", "It is no target of NNHQCC any more: recruited."),
            ("/targets/999999", "No such participant is known."),
            ("/targets/225002?collaborative=CARDIAC-X", "There is no such collaborative."),
        ):
            with pytest.raises(Problem) as refusal:
                await client.get(path)
            assert (refusal.value.status, refusal.value.title.startswith(text)) == (404, True)


async def participant(pool: asyncpg.Pool) -> Any:
    """The first home's record."""
    async with pool.acquire() as conn:
        return (await RecordStore(KINDS, VIEWS).load(conn, ["participant:225001"]))["participant:225001"]


async def test_coverage_counts_members_against_the_target_and_names_who_is_next(homes: asyncpg.Pool) -> None:
    desk = Desk()
    desk.records = {"participant:225001": await participant(homes)}
    desk.done(enroll(ccn="225001", recruited_on="2015-03-06"))
    desk.done(target(starts_on="2015-01-01"))
    await keep(homes, desk)
    (row,) = await asked(homes, "/coverage", task="C.2", area="MA")
    assert (row["wanted"], row["recruited"], row["missing"], row["eligible"]) == (3, 1, 2, 4)
    assert row["states"] == [{"state": "MA", "eligible": 4, "recruited": 1}]
    assert row["next"] == []  # that period is over
    assert await asked(homes, "/coverage", task="C.3") == []
    for path in ("/coverage", "/recruitment-targets"):
        with pytest.raises(Problem, match="task-unknown") as refused:
            await asked(homes, path, task="C.9")
        assert "C.2, C.3" in refused.value.title
    (kept,) = await asked(homes, "/recruitment-targets", collaborative="NNHQCC")
    assert [version["share_percent"] for version in kept["versions"]] == [75]
