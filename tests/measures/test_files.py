"""Whole files through reader, decoder, handler and folder: every community and quarter equals the recomputation."""

import datetime as dt
import json
from collections.abc import AsyncIterator, Iterable, Mapping
from pathlib import Path
from typing import Any

import asyncpg
import pytest

from services.measures.domain.community import Community
from services.measures.folder import fold_once
from services.measures.handlers import feeds as handler
from services.measures.repository.communities import CommunityStore, key_of
from shared.contracts import compiled
from shared.feeds.desynpuf import claims as claims_reader
from shared.feeds.desynpuf import enrolment as enrolment_reader
from shared.feeds.desynpuf.files import find_samples
from shared.feeds.reference import Reference
from shared.feeds.rows import Row
from shared.feeds.sample import records
from shared.feeds.sample.plan import Plan
from shared.messaging.handling import FeedItem
from tests.measures import desynpuf_by_hand, independent
from tests.support.data import real_data
from tests.support.service import app_pool, migrated
from tests.support.stack import Database

NOW = dt.datetime(2014, 8, 1, tzinfo=dt.UTC)
REFERENCE = Reference(bytes(range(32)))
DECODERS = {**compiled.ENROLMENT, **compiled.CLAIMS}
BATCH = 5000


def desynpuf() -> Path | None:
    """The folder of the real samples where this machine has them."""
    folder = real_data()
    return folder / "desynpuf_10k" if folder is not None else None


@pytest.fixture
async def conn(database: Database) -> AsyncIterator[asyncpg.Connection]:
    await migrated(database, "measures")
    async with app_pool(database, "measures") as pool, pool.acquire() as one:
        yield one


async def results_of(
    conn: asyncpg.Connection, rows: Iterable[Row], communities: Mapping[str, set[str]]
) -> dict[tuple[str, str], tuple[int, int, int]]:
    """Hospitalizations, rehospitalizations and eligible days as published, by community and quarter."""
    async with conn.transaction():
        made = {key_of(name): Community(name, name, 1, tuple(areas)) for name, areas in communities.items()}
        await CommunityStore().save(conn, made, NOW)
    items = [FeedItem(row.key, row.wire_type, DECODERS[row.wire_type](row.value)) for row in rows]
    for at in range(0, len(items), BATCH):
        async with conn.transaction():
            await handler.apply(conn, items[at : at + BATCH], NOW)
        await fold_once(conn, NOW)
    while await fold_once(conn, NOW):
        pass
    cells = await conn.fetch("SELECT measure, unit, period, numerator, eligible_days FROM cell")
    found: dict[tuple[str, str], dict[str, int]] = {}
    for measure, unit, period, numerator, days in cells:
        found.setdefault((unit, period), {"days": days})[measure] = numerator
        assert found[unit, period]["days"] == days
    return {
        key: (counts["hospitalizations"], counts["rehospitalizations-30d"], counts["days"])
        for key, counts in found.items()
    }


def expected(
    enrolments: Iterable[Mapping[str, Any]], claims: Iterable[Mapping[str, Any]], communities: Mapping[str, set[str]]
) -> dict[tuple[str, str], tuple[int, int, int]]:
    cells = independent.recompute(enrolments, claims)
    sums = independent.by_quarter(cells, lambda area: [name for name, areas in communities.items() if area in areas])
    return {
        key: (count.get("hospitalizations", 0), count.get("rehospitalizations", 0), count.get("days", 0))
        for key, count in sums.items()
    }


def communities_of(areas: Iterable[str]) -> dict[str, set[str]]:
    """One community a state, and one a third of the counties of all states, which overlap with them."""
    found: dict[str, set[str]] = {}
    for area in areas:
        found.setdefault(f"state-{area[4:6]}", set()).add(area)
        found.setdefault(f"third-{int(area[4:]) % 3}", set()).add(area)
    return found


async def check_desynpuf(conn: asyncpg.Connection, folder: Path, number: int) -> None:
    sample = find_samples(folder)[number]
    read = [*enrolment_reader.read(sample, REFERENCE), *claims_reader.read(sample, REFERENCE)]
    enrolments, claims = desynpuf_by_hand.enrolments(folder, number), desynpuf_by_hand.claims(folder, number)
    communities = communities_of(sorted({record["area"] for record in enrolments}))
    found = await results_of(conn, (row for row in read if isinstance(row, Row)), communities)
    assert found == expected(enrolments, claims, communities)
    assert len(found) == len(communities) * 12
    assert min(sum(counts[i] for counts in found.values()) for i in range(3)) > 100
    stored = await conn.fetchrow("SELECT count(*), sum(claims), sum(enrolments) FROM beneficiary")
    assert tuple(stored) == (len({r["beneficiary"] for r in enrolments}), len(claims), len(enrolments))


async def check_generated(conn: asyncpg.Connection, plan: Plan) -> None:
    rows = list(records.people(plan, REFERENCE))
    told = [as_record(row) for row in rows]
    enrolments, claims = [r for r in told if "year" in r], [r for r in told if "claim" in r]
    communities = communities_of(sorted({record["area"] for record in enrolments}))
    found = await results_of(conn, rows, communities)
    assert found == expected(enrolments, claims, communities)
    assert min(sum(counts[i] for counts in found.values()) for i in range(3)) > 10


def as_record(row: Row) -> dict[str, Any]:
    value: dict[str, Any] = json.loads(row.value)
    for name in {"admission", "discharge", "death"} & value.keys():
        value[name] = dt.date.fromisoformat(value[name]) if value[name] else None
    if "eligible" in value:
        value["eligible"] = tuple(tuple(dt.date.fromisoformat(day) for day in span) for span in value["eligible"])
    return value


async def test_a_real_sample_counts_as_the_independent_recomputation(conn: asyncpg.Connection) -> None:
    """DE-SynPUF sample 1; on a machine without it a generated sample of the same size is counted instead."""
    folder = desynpuf()
    if folder is not None:
        await check_desynpuf(conn, folder, 1)
    else:
        await check_generated(conn, Plan(seed=2, beneficiaries=10_000, homes=1))


async def test_a_generated_sample_with_corrections_and_cancels_counts_as_the_recomputation(
    conn: asyncpg.Connection,
) -> None:
    await check_generated(conn, Plan(seed=3, beneficiaries=2_000, homes=1))


@pytest.mark.verify
@pytest.mark.timeout(900)
@pytest.mark.parametrize("number", [2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 14, 15])
async def test_every_real_sample_counts_as_the_recomputation(conn: asyncpg.Connection, number: int) -> None:
    """On a machine without the files, another generated sample for each."""
    folder = desynpuf()
    if folder is not None:
        await check_desynpuf(conn, folder, number)
    else:
        await check_generated(conn, Plan(seed=100 + number, beneficiaries=10_000, homes=1))
