"""What coalitions do, read back through the database and the read API."""

from typing import Any

import asyncpg
import pytest

from services.recruitment.domain.registry import KINDS
from services.recruitment.repository.views import VIEWS
from shared.records.store import RecordStore
from shared.runtime.access import Problem
from tests.recruitment.desk import NOW
from tests.recruitment.interventions.cast import AGING, HOME
from tests.recruitment.interventions.test_alignment import agree
from tests.recruitment.interventions.test_figures import dose, reach
from tests.recruitment.interventions.test_funding import step
from tests.recruitment.interventions.test_organising import commit
from tests.recruitment.interventions.test_pledges import kept, pledge
from tests.recruitment.interventions.test_walks import opened
from tests.recruitment.targets.test_changes_live import estimated, hear
from tests.recruitment.test_commands import api


async def test_lists_filter_page_and_tell_what_is_overdue(pool: asyncpg.Pool) -> None:
    at, names = opened()
    at.done(dose(names["intervention"]))
    at.done(reach(names["intervention"], 7))
    at.done(pledge(participant=HOME, kind="HOURS", due_on="2999-01-01"))
    first = str(at.done(pledge(due_on="2014-10-15"))["pledge"])
    at.done(kept(first, 1, "2014-11-01"))
    at.done(kept(str(at.done(pledge())["pledge"]), 500_000))
    at.done(commit(due_on="2999-01-01"))
    at.done(agree())
    for taken, fields in (("SUBMIT", {}), ("AWARD", {"amount_cents": 1}), ("REQUIRE_REPORT", {"due_on": "2015-03-01"})):
        at.done(step(names["funding"], taken, "2014-12-01", **fields))
    async with pool.acquire() as conn:
        await RecordStore(KINDS, VIEWS).save(conn, at.records, NOW)
    await hear(pool, estimated(intervention=names["intervention"]))

    async with api(pool) as client:

        async def told(path: str) -> Any:
            answer = await client.get(path)
            assert answer.status_code == 200, answer.text
            return answer.json()

        (shown,) = await told("/interventions?coalition=cambridge&phase=RUNNING&measure=rehospitalizations-30d")
        assert (shown["dose"]["2014-10"]["units"], shown["reach"]["2014-10"]["beneficiaries"]) == (12, None)
        assert [(one["measure"], one["wording"]) for one in shown["effects"]] == [
            ("rehospitalizations-30d", "association")
        ]
        assert (await told(f"/interventions/{names['intervention']}"))["effects"] == shown["effects"]
        assert await told("/interventions?phase=ENDED") == []
        assert await told("/interventions?measure=ade-any") == []
        assert (await told(f"/interventions/{names['intervention']}"))["name"] == "Coaching"
        assert len(await told("/intervention-types")) == 11

        assert len(await told("/pledges?coalition=cambridge")) == 4
        assert [one["kind"] for one in await told(f"/pledges?participant={HOME}")] == ["HOURS"]
        overdue = await told("/pledges?overdue=true")
        assert [one["id"] for one in overdue] == [first, names["pledge"]]
        assert [one["id"] for one in await told("/pledges?overdue=true&limit=1")] == [first]
        assert [one["id"] for one in await told(f"/pledges?overdue=true&after={first}")] == [names["pledge"]]
        assert await told("/pledges?overdue=true&coalition=boston") == []
        ids = [one["id"] for one in await told("/pledges")]
        assert ids == sorted(ids)
        assert [one["id"] for one in await told(f"/pledges?after={ids[0]}&limit=2")] == ids[1:3]

        assert len(await told("/mentoring?mentor=person:ida&status=RUNNING")) == 1
        assert len(await told("/one-to-ones?met_role=FAITH_LEADER")) == 1
        assert await told("/assets?status=RETIRED") == []
        assert [one["id"] for one in await told("/commitments?overdue=true")] == [names["commitment"]]
        assert len(await told("/commitments?status=OPEN")) == 2
        assert [one["id"] for one in await told("/funding?overdue=true&program=SECTION_3026")] == [names["funding"]]
        assert await told("/funding?status=CLOSED") == []
        assert len(await told(f"/alignments?organisation={AGING}")) == 1
        assert len(await told("/agreements?status=DRAFTED&coalition=cambridge")) == 2


async def test_what_is_not_there_is_said_to_be_none(pool: asyncpg.Pool) -> None:
    paths = ("interventions", "pledges", "mentoring", "one-to-ones", "assets", "commitments", "funding", "alignments")
    async with api(pool) as client:
        for path in (*paths, "agreements"):
            for identifier in ("cambridge.000000000000", "a%00b"):
                with pytest.raises(Problem) as refusal:
                    await client.get(f"/{path}/{identifier}")
                assert refusal.value.status == 404
        assert (await client.get("/pledges?status=LATE")).status_code == 422
