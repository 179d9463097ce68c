"""Networks read back through the database: views as events make them, lists, and places that are given up."""

import datetime as dt
from typing import Any

import asyncpg
import httpx
import pytest

from services.recruitment.domain.networks.kinds import COHORT, COURSES, SEATS, seats_id
from services.recruitment.domain.networks.partners import PARTNERS
from services.recruitment.domain.networks.team_kind import CARE_TEAM, TeamPhase
from services.recruitment.domain.registry import KINDS
from services.recruitment.partings import Partings
from services.recruitment.repository.views import VIEWS
from shared.contracts.recruitment.steps import Stage
from shared.records.store import RecordStore
from shared.runtime.access import Problem
from tests.recruitment.desk import NOW, Desk
from tests.recruitment.networks import test_chronic, test_contributing, test_packages
from tests.recruitment.networks.cast import (
    FAR,
    HOME,
    HOSPITAL,
    NEW,
    OTHER,
    PHARMACY,
    PRACTICE,
    change,
    close,
    closed,
    enter,
    establish,
    focus,
    form,
    join,
    learning,
    leave,
    merged,
    moved,
    opened,
)
from tests.recruitment.test_commands import api, types

STORE = RecordStore(KINDS, VIEWS)
DAY = dt.date(2015, 1, 10)


def full() -> Desk:
    """Two exclusive cohorts and one that is none, the first closed; a care team; a program."""
    at = learning()
    for number in (2, 3):
        at.done(opened(number, exclusive=number == 2))
    at.done(join())
    at.done(join(OTHER, role="PEER_COACH"))
    at.done(join(cohort="nnhqcc.c3"))
    at.done(leave(OTHER))
    at.done(focus())
    at.done(close())
    at.done(join(cohort="nnhqcc.c2", on="2015-02-02"))
    pspc = {"network": "pspc", "collaborative": "PSPC", "task": "adverse-drug-events", "kind": "CARE_TEAMS"}
    at.done(establish(**pspc, topics=["ADVERSE_DRUG_EVENTS"], started_on="2014-02-01"))
    team = str(at.done(form())["team"])
    for one in (PHARMACY, PRACTICE, HOSPITAL):
        at.done(enter(team, one))
    at.done(establish(**test_chronic.CARE, topics=["HEART_FAILURE"]))
    at.done(test_chronic.record(str(at.done(test_chronic.start())["program"]), figures=(40, 7, 0)))
    at.done(test_packages.publish())
    at.done(test_packages.publish(test_packages.driver("d", "c"), on="2014-12-01"))
    at.done(test_contributing.contribute())
    return at


async def save(pool: asyncpg.Pool, at: Desk) -> None:
    async with pool.acquire() as conn:
        await STORE.save(conn, at.records, NOW)


async def load(pool: asyncpg.Pool, *keys: str) -> Any:
    async with pool.acquire() as conn:
        return await STORE.load(conn, keys)


async def told(client: httpx.AsyncClient, path: str) -> Any:
    answer = await client.get(path)
    assert answer.status_code == 200, answer.text
    return answer.json()


async def test_the_views_are_loaded_as_their_events_made_them(pool: asyncpg.Pool) -> None:
    at = full()
    await save(pool, at)
    keys = [one for one in at.records if one.startswith((f"{SEATS.name}:", f"{COURSES.name}:"))]
    found = await load(pool, *keys, SEATS.key(seats_id("nnhqcc", FAR)), COURSES.key("pspc"))
    assert found == {key: at.records[key] for key in keys}
    assert len(keys) == 3


async def test_lists_filter_and_one_is_told_whole(pool: asyncpg.Pool) -> None:
    await save(pool, full())
    async with api(pool) as client:
        assert [one["id"] for one in await told(client, "/learning-networks")] == ["care", "nnhqcc", "pspc"]
        assert [one["id"] for one in await told(client, "/learning-networks?topic=FALLS&phase=RUNNING")] == ["nnhqcc"]
        assert [one["id"] for one in await told(client, "/learning-networks?kind=CARE_TEAMS")] == ["pspc"]
        assert [one["id"] for one in await told(client, "/learning-networks?after=nnhqcc&limit=1")] == ["pspc"]
        shown = await told(client, "/learning-networks/nnhqcc")
        assert [(one["id"], one["present"], one["works_on"]) for one in shown["cohorts"]] == [
            ("nnhqcc.c1", 0, "PRESSURE_ULCERS"),
            ("nnhqcc.c2", 1, "FALLS"),
            ("nnhqcc.c3", 1, "FALLS"),
        ]
        assert "nursing-home-falls" in shown["measures"]["FALLS"]
        assert [one["id"] for one in await told(client, f"/cohorts?participant={OTHER}")] == ["nnhqcc.c1"]
        assert [one["id"] for one in await told(client, "/cohorts?network=nnhqcc&phase=ENDED")] == ["nnhqcc.c1"]
        one = await told(client, "/cohorts/nnhqcc.c2")
        assert one["roster"] == [{"participant": HOME, "name": HOME, "state": "MA", "role": "TEAM"}]
        assert len(await told(client, "/contributions?contributor=partner:cdc&status=USABLE")) == 1
        assert await told(client, "/contributions?kind=FACULTY") == []
        assert len(await told(client, f"/care-teams?participant={PHARMACY}&phase=COMPLETE")) == 1
        (program,) = await told(client, "/chronic-care?status=RUNNING")
        assert (await told(client, f"/chronic-care/{program['id']}"))["months"]["2014-11"]["taking_part"] is None


async def test_versions_of_a_package_and_what_is_published_are_told(pool: asyncpg.Pool) -> None:
    await save(pool, full())
    async with api(pool) as client:
        latest = await told(client, "/change-packages/nnhqcc")
        assert (latest["version"], latest["versions"]) == (2, {"1": "2014-11-01", "2": "2014-12-01"})
        assert (await told(client, "/change-packages/nnhqcc?version=1"))["drivers"][0]["name"] == "Leaders"
        assert {one["id"] for one in await told(client, "/national-partners")} == set(PARTNERS)
        assert len(await told(client, "/learning-topics")) == 19
        assert len(await told(client, "/known-networks")) == 6
        for path in ("/change-packages/nnhqcc?version=3", "/change-packages/pspc"):
            with pytest.raises(Problem) as refusal:
                await client.get(path)
            assert refusal.value.status == 404


async def test_what_is_not_there_is_said_to_be_none(pool: asyncpg.Pool) -> None:
    paths = ("learning-networks/nobodys", "cohorts/nnhqcc.c9", "care-teams/pspc.000000000000", "chronic-care/x")
    async with api(pool) as client:
        for path in (*paths, "learning-networks/a%00b", "cohorts/a%00b"):
            with pytest.raises(Problem) as refusal:
                await client.get(f"/{path}")
            assert refusal.value.status == 404


async def test_places_of_the_gone_are_given_up_once(pool: asyncpg.Pool) -> None:
    at = full()
    at.done(join(OTHER, cohort="nnhqcc.c2", on="2015-02-03"))
    at.done(change(changed_on="2015-02-03", states=[]))
    at.done(join(FAR, cohort="nnhqcc.c2", on="2015-02-03"))
    await save(pool, at)
    partings = Partings(pool, KINDS, STORE, lambda: NOW)
    await partings()
    assert await types(pool) == []
    at.has(merged(HOME, NEW, DAY), moved(NEW), closed(OTHER, DAY), moved(PHARMACY, "PSPC", Stage.WITHDRAWN, DAY))
    await save(pool, at)
    await partings()
    await partings()
    # The home was in two cohorts, in both of which another goes on for it.
    assert sorted(await types(pool)) == [
        "recruitment.CareTeamLeft.v1",
        *["recruitment.CohortJoined.v1"] * 2,
        *["recruitment.CohortLeft.v1"] * 3,
    ]
    (second,) = (await load(pool, COHORT.key("nnhqcc.c2"))).values()
    assert list(second.present(dt.date(2015, 3, 1))) == [FAR, NEW]
    team = next(key for key in at.records if key.startswith(f"{CARE_TEAM.name}:"))
    (held,) = (await load(pool, team)).values()
    assert held.phase is TeamPhase.INCOMPLETE
