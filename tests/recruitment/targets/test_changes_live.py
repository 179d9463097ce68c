"""From what measures says of a facility to the list that is read back: ranks follow it, and follow it back."""

import datetime as dt
from itertools import permutations
from typing import Any

import asyncpg

from services.recruitment.handlers.changes import subscriptions
from services.recruitment.repository.effects import beside
from shared.contracts.effects import EffectEstimated
from shared.contracts.message import Event
from shared.contracts.signals import ChartBaselineFrozen
from shared.messaging.handling import FeedItem
from shared.runtime.clock import utc_now
from tests.recruitment.desk import NOW
from tests.recruitment.targets.test_changes import infected, retracted, signalled
from tests.recruitment.targets.test_live import asked, homes, order

__all__ = ["homes"]
PLAIN = ["225004", "225003", "225001", "225002"]


async def hear(pool: asyncpg.Pool, *events: Event) -> None:
    """Let them come as one batch for each topic, decoded from their bytes."""
    async with pool.acquire() as conn, conn.transaction():
        for feed in subscriptions():
            known = [one for one in events if one.wire_type() in feed.decoders]
            items = [
                FeedItem("k", one.wire_type(), feed.decoders[one.wire_type()](one.model_dump_json().encode()))
                for one in known
            ]
            assert await feed.handle(conn, items, NOW) == ()


def quarters_ago(number: int) -> str:
    """A quarter that ended so many quarters ago."""
    today = utc_now().date()
    place = today.year * 4 + (today.month - 1) // 3 - number
    return f"{place // 4}Q{place % 4 + 1}"


def frozen() -> ChartBaselineFrozen:
    plain = {"measure": "nursing-home-falls", "unit_type": "nursing_home", "unit": "225001", "chart": "p", "version": 1}
    more = {"first": "2011Q3", "last": "2014Q2", "centre": "0.05", "spread": "1", "frozen_at": NOW}
    return ChartBaselineFrozen.model_validate({**plain, **more})


async def test_the_list_follows_a_signal_and_follows_its_retraction(homes: asyncpg.Pool) -> None:
    period = quarters_ago(2)
    await hear(homes, frozen(), signalled(period=period), signalled(period=period, rule="N3"))
    assert await order(homes) == ["225004", "225001", "225003", "225002"]
    row = (await asked(homes, "/targets"))[1]
    assert (row["group"], row["score"]) == ("SIGNALLED", 1070)
    await hear(homes, retracted(period=period))
    assert (await order(homes))[1] == "225001"  # the other rule still holds
    await hear(homes, retracted(period=period, rule="N3"))
    assert await order(homes) == PLAIN


async def test_an_old_signal_moves_nothing(homes: asyncpg.Pool) -> None:
    await hear(homes, signalled(period=quarters_ago(8)))
    assert await order(homes) == PLAIN


async def test_in_any_order_and_repeated_the_latest_word_holds(homes: asyncpg.Pool) -> None:
    period = quarters_ago(2)
    words: list[Event] = [
        signalled(period=period),
        retracted(period=period),
        signalled(period=period, rule="N3"),
        infected(),
        infected(revision=3, low="1.0500"),
        infected(period="2018Q2", status="PROVISIONAL"),
    ]
    ends = set()
    for several in permutations(words, 6):
        if several.index(words[5]) not in (0, 5):
            continue
        await homes.execute("DELETE FROM chart_signal")
        await homes.execute("DELETE FROM infection_ratio")
        await hear(homes, *several[:3])
        await hear(homes, *several[3:], several[0])
        charts = await homes.fetch("SELECT rule, standing FROM chart_signal ORDER BY rule")
        ratios = await homes.fetch("SELECT period, revision, low FROM infection_ratio")
        ends.add((tuple(map(tuple, charts)), tuple(map(tuple, ratios))))
    assert ends == {((("N3", True), ("WE1", False)), (("2018Q1", 3, 1.05),))}


def estimated(revision: int = 1, **fields: Any) -> EffectEstimated:
    plain: dict[str, Any] = {
        "intervention": "cambridge.0123456789ab", "community": "cambridge", "measure": "rehospitalizations-30d",
        "stratum": "all", "specification": 1, "estimable": True, "reason": None, "method": "before_and_after",
        "wording": "association", "scale": "difference", "estimate": "-1.2", "low": "-2.0", "high": "-0.4",
        "hoped": "-1.0", "compared": (), "first": "2012Q1", "first_with": "2014Q4", "last": "2016Q4", "flags": (),
        "sentence": "An association with the intervention, without others to compare: -1.2 (-2 to -0.4).",
        "estimated_at": dt.datetime(2017, 8, 1, tzinfo=dt.UTC),
    }  # fmt: skip
    return EffectEstimated.model_validate({**plain, "revision": revision, **fields})


async def test_an_intervention_is_shown_with_its_latest_effects_measure_by_measure(pool: asyncpg.Pool) -> None:
    other = estimated(measure="hospitalizations")
    for words in permutations([estimated(), estimated(2, flags=("no_signal",)), other]):
        await pool.execute("DELETE FROM intervention_effect")
        await hear(pool, *words, words[0])
        found, none = await beside(pool, [{"id": "cambridge.0123456789ab"}, {"id": "cambridge.000000000000"}])
        assert [(one["measure"], one["revision"], one["flags"]) for one in found["effects"]] == [
            ("hospitalizations", 1, []),
            ("rehospitalizations-30d", 2, ["no_signal"]),
        ]
        assert none["effects"] == []
