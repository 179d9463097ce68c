"""Interventions heard, effects estimated from published figures, and again when these are restated."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final
from uuid import UUID

import asyncpg
import pytest

from services.measures.charting import Baseline
from services.measures.domain.intervention import Intervention
from services.measures.domain.periods import days_in, months_of, shift
from services.measures.domain.values import NO_VALUE_SETS, ValueSets
from services.measures.effects import look_once
from services.measures.fold import fold_once
from services.measures.handlers import interventions
from services.measures.repository.interventions import InterventionStore, load
from shared.contracts.effects import EFFECTS, EffectEstimated
from shared.contracts.envelope import Envelope
from shared.contracts.message import Event
from shared.contracts.recruitment.intervention_terms import Comparison, EndReason, InterventionType, StatedResult
from shared.contracts.recruitment.interventions import InterventionEnded, InterventionPaused
from shared.messaging.handling import Received, Reject, Work
from tests.measures.effects.planted import AREAS
from tests.measures.effects.test_interventions import started
from tests.measures.folding import NOW, append, cell
from tests.measures.reading import reading

EVENT: Final = UUID(int=7)
BASELINE: Final = Baseline("2012Q1", "2014Q4")
ID: Final = "river.0123456789ab"


def quarter(community: str, number: int, count: int, flags: int = 0) -> Any:
    """A thousand people in a quarter (0 is 2012Q1) with so many hospital stays."""
    period = shift("2012Q1", number)
    return cell(AREAS[community], months_of(period)[0], flags, days=1000 * days_in(period), hospitalizations=count)


async def put(conn: asyncpg.Connection, *cells: Any, received: str = "2018-01-01") -> None:
    async def values(_: asyncpg.Connection) -> ValueSets:
        return NO_VALUE_SETS

    await append(conn, *cells, received=received)
    while await fold_once(conn, NOW, values, baseline=BASELINE):
        pass


async def hear(conn: asyncpg.Connection, *said: Event) -> None:
    """Take them in one after another, as the subscription does."""
    handlers = {on.message: on for on in interventions.subscription().handlers}
    for event in said:
        envelope = Envelope(EVENT, event.wire_type(), "recruitment", NOW, ID, EVENT)
        received: Received[Any] = Received(envelope, event, ID, "t", 0, 1)
        on = handlers[type(event)]
        keys = list(on.keys(received))
        async with conn.transaction():
            work: Work[Intervention] = Work(NOW, dict(await InterventionStore().load(conn, keys)))
            work.begin(keys)
            assert on.handle(received, work) == ()
            work.keep()
            await InterventionStore().save(conn, work.changes(), NOW)


async def told(conn: asyncpg.Connection) -> list[EffectEstimated]:
    """Look until nobody waits; what is said from the beginning on."""
    while await look_once(conn, NOW):
        pass
    rows = await conn.fetch("SELECT payload FROM outbox WHERE aggregatetype = $1 ORDER BY position", EFFECTS.name)
    return [EffectEstimated.model_validate_json(row["payload"]) for row in rows]


def years(community: str, counts: Sequence[int]) -> list[Any]:
    return [quarter(community, number, count) for number, count in enumerate(counts)]


def compared(**other: Any) -> Any:
    more = {"areas": ("zip:15001",), "comparison": Comparison.COMMUNITIES, "comparison_communities": ("hill", "dale")}
    return started(**{**more, **other})


async def test_a_restatement_that_changes_the_verdict_is_a_new_revision(pool: asyncpg.Pool) -> None:
    async with pool.acquire() as conn:
        await hear(conn, compared())
        for name in ("hill", "dale"):
            await put(conn, *years(name, [400, 410, 390, 400] * 5))
        await put(conn, *years("river", [400, 410, 390, 400] * 3 + [600, 610, 590, 600] * 2))
        (first,) = await told(conn)
        assert (first.revision, first.wording, first.method) == (1, "impact", "beside_communities")
        assert (first.first, first.first_with, first.last) == ("2012Q1", "2015Q1", "2016Q4")
        assert first.compared == ("hill", "dale")
        assert float(first.estimate or 0) == pytest.approx(1.5, abs=0.001)
        assert "no_signal" in first.flags
        assert await told(conn) == [first]

        await put(conn, *(quarter("river", number, -350) for number in range(12, 20)))
        *_, last = await told(conn)
        assert (last.revision, last.flags) == (2, ())
        assert float(last.estimate or 9) < 1
        await put(conn, quarter("hill", 30, 400), received="2019-12-01")
        assert (await told(conn))[-1] == last


async def test_what_a_compared_community_restates_counts_too(pool: asyncpg.Pool) -> None:
    async with pool.acquire() as conn:
        await hear(conn, compared())
        for name in ("river", "hill", "dale"):
            await put(conn, *years(name, [400] * 20))
        await told(conn)
        await put(conn, *(quarter("dale", number, 40) for number in range(12, 20)))
        first, last = await told(conn)
        assert (first.revision, last.revision) == (1, 2)
        assert float(first.estimate or 0) == 1
        # With as many people again and 40 stays, dale falls to 0.55, and the mean of both to its root.
        assert float(last.estimate or 0) == pytest.approx(0.55**-0.5, abs=1e-4)


async def test_a_neighbour_with_the_same_kind_is_no_longer_compared_and_the_words_change(pool: asyncpg.Pool) -> None:
    async with pool.acquire() as conn:
        await hear(conn, started(comparison=Comparison.REST_OF_STATE, areas=("zip:15001",)))
        for name in ("river", "hill", "lake"):
            await put(conn, *years(name, [400] * 20))
        (first,) = await told(conn)
        assert (first.compared, first.method) == (("hill",), "beside_one_community")
        other = started(areas=("zip:15003",), comparison=Comparison.BEFORE_AND_AFTER)
        await hear(conn, other.model_copy(update={"intervention": "hill.0123456789ab", "coalition": "hill"}))
        found = [one for one in await told(conn) if one.intervention == ID]
        assert (found[-1].revision, found[-1].wording, found[-1].compared) == (2, "association", ())
        assert "impact" not in found[-1].model_dump_json()


async def test_one_entered_in_error_is_taken_back(pool: asyncpg.Pool) -> None:
    async with pool.acquire() as conn:
        await hear(conn, started(comparison=Comparison.BEFORE_AND_AFTER))
        await put(conn, *years("river", [400] * 20))
        (first,) = await told(conn)
        assert first.estimable
        day, stated = dt.date(2017, 1, 1), StatedResult.NOT_KNOWN
        of: dict[str, Any] = {"intervention": ID, "coalition": "river", "actor": "ann"}
        await hear(conn, InterventionEnded(**of, ended_on=day, reason=EndReason.ENTERED_IN_ERROR, result=stated))
        *_, last = await told(conn)
        assert (last.revision, last.estimable, last.reason) == (2, False, "it was entered in error")


async def test_provisional_quarters_say_nothing_and_a_stratum_is_counted_by_itself(pool: asyncpg.Pool) -> None:
    async with pool.acquire() as conn:
        await hear(conn, started(comparison=Comparison.BEFORE_AND_AFTER, stratum="dual_full"))
        cells = years("river", [400] * 15) + [quarter("river", number, 100, flags=1) for number in range(15)]
        await put(conn, *cells, received="2015-10-15")
        assert await told(conn) == []
        await put(conn, quarter("river", 15, 400), quarter("river", 15, 50, flags=1), received="2016-05-01")
        (first,) = await told(conn)
        assert (first.last, first.stratum, first.scale) == ("2015Q4", "dual_full", "difference")
        assert float(first.estimate or 0) < -10


async def test_what_was_heard_is_kept_with_its_areas_and_an_unknown_one_is_rejected(pool: asyncpg.Pool) -> None:
    async with pool.acquire() as conn:
        of: dict[str, Any] = {"intervention": ID, "coalition": "river", "actor": "ann"}
        pause = InterventionPaused(**of, paused_on=dt.date(2015, 6, 1), reason="No nurse")
        with pytest.raises(Reject, match="unknown-intervention"):
            await hear(conn, pause)
        await hear(conn, started(), pause)
        (one,) = await load(conn, [ID])
        assert (one.areas, one.pauses[0].since) == (("zip:15001", "zip:15003"), dt.date(2015, 6, 1))
        await hear(conn, started(kind=InterventionType.BOOST))
        assert (await load(conn, [ID]))[0].kind == "BOOST"


async def test_what_is_found_of_an_intervention_can_be_read(pool: asyncpg.Pool, tmp_path: Path) -> None:
    async with pool.acquire() as conn:
        await hear(conn, compared(measures=("hospitalizations", "falls-with-injury")))
        await put(conn, *years("hill", [400] * 20), *years("river", [400] * 12 + [300] * 8))
        await told(conn)
    async with reading(pool, tmp_path) as ann:
        found = await ann.get("/impact", intervention=ID)
        assert (found["community"], found["redefined"], found["not_counted"]) == (
            "river",
            False,
            ["falls-with-injury"],
        )
        (one,) = found["effects"]
        assert (one["method"], one["estimate"], one["none"], one["revision"]) == (
            "beside_one_community",
            "0.7500",
            "1",
            1,
        )
        assert one["left_out"] == [{"community": "dale", "reason": "it lacks settled figures of these quarters"}]
        assert [group["name"] for group in one["groups"]] == ["river", "communities compared"]
        assert one["groups"][0]["values"][12] == {"period": "2015Q1", "value": "300.0000"}
        assert (await ann.refused("/impact", intervention="none.0123456789ab"))[:2] == (404, "unknown-intervention")


async def test_the_factors_of_a_gap_add_up_to_it(pool: asyncpg.Pool, tmp_path: Path) -> None:
    """River has 200 stays of 1,000 with six conditions and 100 of 1,000 without; elsewhere both have 100 of 1,000."""
    async with pool.acquire() as conn:
        await put(
            conn,
            quarter("river", 0, 200, flags=4 + 8 + 16),
            quarter("river", 0, 100),
            quarter("lake", 0, 100, flags=4 + 8 + 16),
            quarter("lake", 0, 100),
        )
    async with reading(pool, tmp_path) as ann:
        found = await ann.get("/factors", measure="hospitalizations", unit="river", period="2012Q1")
        assert (found["elsewhere"], found["excess"]) == ("100.0000", "100.0000")
        first = found["factors"][0]
        assert (first["dimension"], first["drivers"][0]["value"]) == ("conditions", "6 or more")
        assert (first["drivers"][0]["excess"], first["drivers"][0]["by_mix"]) == ("100.0000", "0.0000")
        sums = [sum(float(driver["excess"]) for driver in one["drivers"]) for one in found["factors"]]
        assert sums == pytest.approx([100.0] * 8)
        refused = await ann.refused("/factors", measure="community-tenure", unit="river", period="2012Q1")
        assert refused[:2] == (422, "invalid-measure")
