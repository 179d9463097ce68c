"""Communities and coalitions through the message path, read back through the API, and what the clock does to them."""

import datetime as dt
from typing import Any

import asyncpg
import pytest

from services.recruitment.domain.communities.kinds import AREA_MAP, THE_MAP
from services.recruitment.domain.communities.state import AreaMap
from services.recruitment.domain.registry import KINDS
from services.recruitment.handlers import goals
from services.recruitment.lapses import Lapses
from shared.contracts.measures import GOALS
from shared.contracts.message import Command
from shared.contracts.recruitment.coalition_terms import Item
from shared.runtime.access import Problem
from tests.messaging.toy import record as message
from tests.recruitment.coalitions import cast
from tests.recruitment.coalitions.cast import FAMILY, HOME, HOSPITAL, PLACE, known
from tests.recruitment.coalitions.test_goals import GOAL, reached
from tests.recruitment.communities.test_versions import define, dissolve
from tests.recruitment.desk import NOW, Desk
from tests.recruitment.support import STORE, consumer
from tests.recruitment.test_commands import api, carry_out, types

STORY: tuple[Command, ...] = (
    define(PLACE, "zip:02139", "zip:02140", since="2014-09-01"),
    define("next-valley", "zip:02141", since="2014-09-01"),
    cast.form(),
    cast.join(FAMILY, role="PATIENT_PARTNER"),
    *(cast.record(item, review_by="2015-03-10" if item is Item.CHARTER else None) for item in Item),
    cast.choose(),
    cast.plan(),
)


@pytest.fixture
async def valley(pool: asyncpg.Pool) -> asyncpg.Pool:
    """A database in which the story was carried out."""
    desk = Desk().has(*known())
    async with pool.acquire() as conn:
        await STORE.save(conn, desk.records, NOW)
    await carry_out(pool, *STORY)
    return pool


async def test_the_story_is_saved_as_it_is_decided_in_memory(valley: asyncpg.Pool) -> None:
    desk = Desk().has(*known())
    for command in STORY:
        desk.done(command)
    async with valley.acquire() as conn:
        assert dict(await STORE.load(conn, sorted(desk.records))) == desk.records
    assert (await types(valley)).count("replies.CommandRejected.v1") == 0
    assert "public.CoalitionFormed.v1" in await types(valley)
    assert "recruitment.CoalitionInfrastructureCompleted.v1" in await types(valley)


async def test_the_map_of_areas_is_loaded_as_events_make_it(pool: asyncpg.Pool) -> None:
    commands = (
        define("aa", "zip:02139", "zip:02140", since="2014-01-01"),
        define("aa", "zip:02140", since="2014-06-01"),
        define("bb", "zip:02139", since="2014-06-01"),
        dissolve("aa", "2014-12-31"),
    )
    desk = Desk()
    for command in commands:
        desk.done(command)
    await carry_out(pool, *commands)
    async with pool.acquire() as conn:
        loaded = (await STORE.load(conn, [AREA_MAP.key(THE_MAP)]))[AREA_MAP.key(THE_MAP)]
    assert isinstance(loaded, AreaMap)
    assert loaded == desk.held(AREA_MAP, THE_MAP)
    await carry_out(pool, define("cc", "zip:02140", since="2014-12-30"), first=9)
    assert (await types(pool))[-1] == "replies.CommandRejected.v1"


async def ask(pool: asyncpg.Pool, path: str, **parameters: Any) -> Any:
    async with api(pool) as client:
        answer = await client.get(path, params=parameters)
        assert answer.status_code == 200, answer.text
        return answer.json()


async def test_a_coalition_is_shown_with_names_sectors_and_what_is_missing(valley: asyncpg.Pool) -> None:
    found = await ask(valley, f"/coalitions/{PLACE}")
    members = {one["participant"]: one for one in found["members"]}
    assert (members[HOSPITAL]["role"], members[HOSPITAL]["name"]) == ("CONVENER", "The hospital")
    assert (found["sectors"]["ACUTE"], found["sectors"]["DIALYSIS"]) == (1, 0)
    assert "DIALYSIS" in found["missing_sectors"]
    assert found["patient_seat"] == {"holder": FAMILY, "since": "2015-01-10"}
    assert found["infrastructure"]["CHARTER"]["evidence"]["reference"] == "folder/CHARTER"
    # Reviewed by March 2015, and today is later.
    assert found["infrastructure"]["CHARTER"]["overdue"] is True
    assert found["measures"]["rehospitalizations-30d"]["plans"][0]["plan"]["quarters"] == 3


@pytest.mark.parametrize(
    ("filters", "fits"),
    [
        ({}, True),
        ({"task": "C.3"}, True),
        ({"task": "C.2"}, False),
        ({"at_work": True, "infrastructure_done": True, "patient_seat_vacant": False}, True),
        ({"at_work": False}, False),
        ({"infrastructure_done": False}, False),
        ({"patient_seat_vacant": True}, False),
        ({"participant": HOME}, True),
        ({"participant": "own:center"}, False),
        ({"after": PLACE}, False),
    ],
)
async def test_a_list_shows_what_fits_every_filter(valley: asyncpg.Pool, filters: dict[str, Any], fits: bool) -> None:
    found = await ask(valley, "/coalitions", **filters)
    assert [row["community"] for row in found] == [PLACE] * fits


async def test_communities_are_listed_with_their_history_and_found_by_zip_code(valley: asyncpg.Pool) -> None:
    await carry_out(
        valley, dissolve("next-valley", "2015-01-01"), define("cc", "zip:02141", since="2015-01-01"), first=50
    )
    assert [row["community"] for row in await ask(valley, "/communities")] == ["cc", PLACE]
    rows = await ask(valley, "/communities", dissolved=True)
    assert [row["dissolved_on"] for row in rows] == [None, None, "2015-01-01"]
    history = (await ask(valley, "/communities/next-valley/history"))["history"]
    assert [(one["since"], one["dissolves"]) for one in history] == [("2014-09-01", False), ("2015-01-01", True)]
    assert (await ask(valley, "/communities/of/02141", on="2014-12-31"))["community"] == "next-valley"
    assert (await ask(valley, "/communities/of/02141"))["community"] == "cc"
    assert (await ask(valley, "/communities/cc"))["areas"] == ["zip:02141"]


async def test_what_is_not_there_is_said(valley: asyncpg.Pool) -> None:
    async with api(valley) as client:
        for path in (
            "/coalitions/next-valley",
            "/coalitions/a%00b",
            "/communities/nowhere/history",
            "/communities/of/10001",
            "/communities/of/0213x",
            "/communities/of/02141?on=2014-08-31",
        ):
            with pytest.raises(Problem) as refusal:
                await client.get(path)
            assert refusal.value.status == 404


async def test_the_clock_lets_an_item_lapse_once(valley: asyncpg.Pool) -> None:
    await valley.execute("DELETE FROM outbox")
    now = [dt.datetime(2015, 3, 11, 10, 59, tzinfo=dt.UTC)]
    lapses = Lapses(valley, KINDS, STORE, lambda: now[0])
    await lapses()
    assert await types(valley) == []
    now[0] += dt.timedelta(minutes=1)
    await lapses()
    await lapses()
    assert await types(valley) == [
        "recruitment.InfrastructureLapsed.v1",
        "recruitment.CoalitionInfrastructureRetracted.v1",
    ]
    found = await ask(valley, f"/coalitions/{PLACE}")
    assert (found["infrastructure"]["CHARTER"]["state"], found["equipped_on"]) == ("LAPSED", None)


async def test_goals_of_measures_are_heard_once(valley: asyncpg.Pool) -> None:
    await valley.execute("DELETE FROM outbox")
    heard = await consumer(goals.subscription(KINDS, STORE), valley)
    await heard.handle([message(0, GOAL, reached(), topic=GOALS.name), message(1, GOAL, reached(), topic=GOALS.name)])
    assert await types(valley) == ["recruitment.CoalitionGoalReached.v1"]
    assert (await ask(valley, "/coalitions"))[0]["goals_reached"] == [GOAL]
