"""The handler and the folder on a real database give what the recomputation gives, and publish it once."""

import datetime as dt
from collections.abc import AsyncIterator, Iterable, Mapping, Sequence
from typing import Any

import asyncpg
import pytest
from hypothesis import HealthCheck, Phase, given, settings

from services.measures.domain.community import Community
from services.measures.folder import fold_once
from services.measures.handlers import feeds as handler
from services.measures.repository.communities import CommunityStore, key_of
from shared.contracts import compiled, feeds
from shared.contracts.measures import MeasureUpdated
from shared.messaging.handling import FeedItem
from tests.measures import independent
from tests.measures.support import claim, enrolment, histories, readable, split
from tests.support.service import app_pool, migrated
from tests.support.stack import Database

NOW = dt.datetime(2014, 8, 1, tzinfo=dt.UTC)


@pytest.fixture
async def conn(database: Database) -> AsyncIterator[asyncpg.Connection]:
    await migrated(database, "measures")
    async with app_pool(database, "measures") as pool, pool.acquire() as one:
        yield one


def items(records: Iterable[Mapping[str, Any]]) -> list[FeedItem]:
    """Records as the gate hands them over: through their wire form and the compiled decoder."""
    made = []
    for record in records:
        model: feeds.InpatientClaim | feeds.EnrolmentYear
        if "claim" in record:
            model, decoders = feeds.InpatientClaim(**record), compiled.CLAIMS
        else:
            model, decoders = feeds.EnrolmentYear(**record), compiled.ENROLMENT
        kind = model.wire_type()
        made.append(FeedItem(record["beneficiary"], kind, decoders[kind](model.model_dump_json().encode())))
    return made


async def feed(conn: asyncpg.Connection, records: Iterable[Mapping[str, Any]]) -> None:
    async with conn.transaction():
        assert not await handler.apply(conn, items(records), NOW)


async def fold(conn: asyncpg.Connection) -> None:
    while await fold_once(conn, NOW):
        pass


async def define(conn: asyncpg.Connection, community: str, version: int, *areas: str) -> None:
    async with conn.transaction():
        made = Community(community, community.title(), version, areas)
        await CommunityStore().save(conn, {key_of(community): made}, NOW)


async def rollup(conn: asyncpg.Connection) -> dict[tuple[str, str], dict[str, int]]:
    rows = await conn.fetch(
        "SELECT area, month, hospitalizations, live_discharges, rehospitalizations, impossible_stays, eligible_days"
        " FROM rollup"
    )
    return readable({(area, month): counts for area, month, *counts in rows})


async def published(conn: asyncpg.Connection) -> list[MeasureUpdated]:
    """Everything in the outbox so far, in order."""
    rows = await conn.fetch("SELECT payload FROM outbox ORDER BY position")
    return [MeasureUpdated.model_validate_json(row["payload"]) for row in rows]


def latest(results: Sequence[MeasureUpdated]) -> dict[tuple[str, str, str], MeasureUpdated]:
    return {(result.measure, result.unit, result.period): result for result in results}


async def test_any_order_through_the_database_equals_the_recomputation(conn: asyncpg.Connection) -> None:
    @settings(
        max_examples=60,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
    )
    @given(histories())
    def collect(history: list[list[dict[str, Any]]]) -> None:
        found.append(history)

    found: list[list[list[dict[str, Any]]]] = []
    collect()
    for history in found:
        await conn.execute("DELETE FROM beneficiary")
        await conn.execute("DELETE FROM chunk")
        await conn.execute("DELETE FROM rollup")
        for batch in history:
            await feed(conn, batch)
            await fold_once(conn, NOW)
        expected = independent.recompute(*split(record for batch in history for record in batch))
        assert await rollup(conn) == expected


STAYS = [
    enrolment("A", 2018, ("2018-01-01", "2018-03-31")),
    enrolment("B", 2018, ("2018-02-01", "2018-03-31"), area="zip:15002"),
    claim("A", "p", "2018-01-01", "2018-01-05"),
    claim("A", "q", "2018-02-02", "2018-02-06"),
    claim("B", "r", "2018-02-02", "2018-02-06"),
]


async def test_a_result_is_published_with_its_exact_value_and_again_only_when_it_changes(
    conn: asyncpg.Connection,
) -> None:
    await define(conn, "pittsburgh", 1, "zip:15001", "zip:15002")
    await feed(conn, STAYS)
    await fold(conn)
    first = latest(await published(conn))
    rehospitalized = first["rehospitalizations-30d", "pittsburgh", "2018Q1"]
    assert (rehospitalized.numerator, rehospitalized.eligible_days, rehospitalized.days_in_period) == (1, 149, 90)
    assert rehospitalized.value == "604.0268"  # 1 * 1000 * 90 / 149
    assert first["hospitalizations", "pittsburgh", "2018Q1"].numerator == 3
    assert len(first) == 2

    await feed(conn, STAYS)
    await fold(conn)
    assert len(await published(conn)) == 2

    await feed(conn, [claim("B", "r", "2018-02-02", "2018-02-06", version=2, action="cancel")])
    await fold(conn)
    again = await published(conn)
    assert [(r.measure, r.revision, r.numerator) for r in again[2:]] == [("hospitalizations", 2, 2)]


async def test_a_community_defined_anew_is_published_anew_and_touches_no_beneficiary(conn: asyncpg.Connection) -> None:
    await feed(conn, STAYS)
    await fold(conn)
    assert await published(conn) == []
    bodies = await conn.fetch("SELECT xmin::text, ctid::text, head FROM beneficiary ORDER BY ref")
    await define(conn, "pittsburgh", 1, "zip:15001")
    await fold(conn)
    await define(conn, "pittsburgh", 2, "zip:15002")
    await fold(conn)
    results = [r for r in await published(conn) if r.measure == "hospitalizations"]
    assert [(r.unit_version, r.revision, r.numerator) for r in results] == [(1, 1, 2), (2, 2, 1)]
    assert await conn.fetch("SELECT xmin::text, ctid::text, head FROM beneficiary ORDER BY ref") == bodies
    await define(conn, "pittsburgh", 3, "zip:99999")
    await fold(conn)
    emptied = latest(await published(conn))["hospitalizations", "pittsburgh", "2018Q1"]
    assert (emptied.numerator, emptied.eligible_days, emptied.value) == (0, 0, None)


async def test_a_repeated_batch_writes_nothing(conn: asyncpg.Connection) -> None:
    await feed(conn, STAYS)
    before = await conn.fetch("SELECT xmin::text, head FROM beneficiary ORDER BY ref")
    deltas = await conn.fetchval("SELECT count(*) FROM delta")
    await feed(conn, STAYS + STAYS)
    written = await conn.fetch("SELECT head FROM beneficiary ORDER BY ref")
    assert [row["head"] for row in before] == [row["head"] for row in written]
    assert await conn.fetchval("SELECT count(*) FROM delta") == deltas


async def test_distinct_claims_are_counted_once_and_cancelled_ones_stay_counted(conn: asyncpg.Connection) -> None:
    cancel = claim("B", "r", "2019-02-02", "2019-02-06", version=2, action="cancel")
    await feed(conn, [*STAYS, *STAYS, cancel])
    counts = await conn.fetchrow("SELECT count(*), sum(claims), sum(enrolments) FROM beneficiary")
    assert tuple(counts) == (2, 3, 2)
