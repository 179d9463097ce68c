"""Effects on measures that the community of an intervention declared itself."""

from pathlib import Path
from typing import Any, Final

import asyncpg
import pytest

from services.measures.domain.catalogue import BY_ID
from services.measures.repository.declared import store
from shared.contracts.declared import DeclareMeasure
from tests.measures.declared.commands import Desk, as_declared
from tests.measures.effects.test_effects import compared, hear, put, told, years
from tests.measures.folding import NOW
from tests.measures.reading import reading

OWN: Final = "local-hospitalizations"


async def declared(conn: asyncpg.Connection, desk: Desk, **changed: Any) -> None:
    if changed or not desk.events:
        desk.ask(DeclareMeasure.model_validate(as_declared(BY_ID["hospitalizations"], **changed)))
    async with conn.transaction():
        await store().save(conn, {k: r for k, r in desk.records.items() if not k.startswith("community:")}, NOW)


@pytest.mark.parametrize("stratum", ["all", "not-dual_full"])
async def test_the_effect_is_that_on_the_built_in_measure_it_repeats_beside_the_same_communities(
    pool: asyncpg.Pool, stratum: str
) -> None:
    async with pool.acquire() as conn:
        await declared(conn, Desk())
        await hear(conn, compared(measures=("hospitalizations", OWN), stratum=stratum))
        for name, counts in (("hill", [400, 410, 390, 400] * 5), ("dale", [300, 310, 290, 300] * 5)):
            await put(conn, *years(name, counts))
        await put(conn, *years("river", [400] * 12 + [300] * 8))
        own, built_in = sorted(await told(conn), key=lambda one: one.measure, reverse=True)
        assert (own.measure, own.compared, own.wording) == (OWN, ("hill", "dale"), "impact")
        left_out = {"measure", "event_id"}
        assert own.model_dump(exclude=left_out) == built_in.model_dump(exclude=left_out)


async def test_a_measure_that_is_retired_says_nothing_any_more(pool: asyncpg.Pool) -> None:
    async with pool.acquire() as conn:
        desk = Desk()
        await declared(conn, desk)
        await hear(conn, compared(measures=(OWN,)))
        for name in ("river", "hill", "dale"):
            await put(conn, *years(name, [400] * 20))
        (first,) = await told(conn)
        assert first.estimable
        desk.retire(1, OWN)
        await declared(conn, desk)
        await put(conn)
        *_, last = await told(conn)
        assert (last.estimable, last.revision) == (False, first.revision + 1)


async def test_what_another_community_declared_is_no_measure_of_this_one(pool: asyncpg.Pool, tmp_path: Path) -> None:
    async with pool.acquire() as conn:
        desk = Desk()
        desk.records |= {key.replace("river", "hill"): one for key, one in desk.records.items() if "river" in key}
        await declared(conn, desk, community="hill")
        await hear(conn, compared(measures=(OWN,)))
        await put(conn, *years("river", [400] * 20))
        assert await told(conn) == []
    async with reading(pool, tmp_path) as ann:
        found = await ann.get("/impact", intervention="river.0123456789ab")
        assert (found["effects"], found["not_counted"]) == ([], [OWN])
