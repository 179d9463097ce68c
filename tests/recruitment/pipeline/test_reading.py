"""The read API and the message path of pipeline, campaigns and interest, over a real database."""

import asyncpg
import httpx
import pytest
from fastapi import FastAPI

from services.recruitment.domain.interest.machine import Action as OfInterest
from services.recruitment.domain.pipeline.stages import Action
from services.recruitment.queries import router
from shared.contracts.feeds import NURSING_HOMES
from shared.contracts.message import Command
from shared.contracts.recruitment import COMMANDS
from shared.contracts.recruitment.invitations import INVITATIONS
from shared.runtime.access import Access, Problem, reader
from shared.runtime.purpose import Purpose
from tests.messaging.toy import record
from tests.recruitment.interest.test_interest import register, then
from tests.recruitment.pipeline.cast import HOME, correct, step
from tests.recruitment.pipeline.test_campaigns import close, start
from tests.recruitment.support import commands_consumer, enroll, listed, listings_consumer

NETWORK = "New England QIN (Healthcentric Advisors)"


class Counter:
    """Sends commands one batch after another."""

    def __init__(self, pool: asyncpg.Pool) -> None:
        self.pool = pool
        self.sent = 0

    async def carry_out(self, *commands: Command) -> None:
        consumer = await commands_consumer(self.pool)
        records = [record(self.sent + n, "k", command, topic=COMMANDS.name) for n, command in enumerate(commands)]
        self.sent += len(commands)
        await consumer.handle(records)

    async def refused(self) -> int:
        found: int = await self.pool.fetchval("SELECT count(*) FROM outbox WHERE type LIKE 'replies.CommandRejected%'")
        return found


@pytest.fixture
async def desk(pool: asyncpg.Pool) -> Counter:
    """A service that knows three homes."""
    consumer = await listings_consumer(pool)
    known = (listed(), listed("225010", overall_rating=5), listed("105001", state="FL", zip_code="33101"))
    await consumer.handle([record(n, home.ccn, home, topic=NURSING_HOMES.name) for n, home in enumerate(known)])
    return Counter(pool)


def api(pool: asyncpg.Pool, region: str | None = None, *roles: str) -> httpx.AsyncClient:
    """The read API as a reader of a region sees it, an operator unless other roles are given."""
    app = FastAPI()
    app.include_router(router(pool), prefix="/api")

    async def permitted() -> Access:
        return Access("t", frozenset(roles or ("operator",)), region, Purpose.OPERATIONS)

    app.dependency_overrides[reader] = permitted
    return httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://test/api")


async def test_engagements_are_listed_by_stage_collaborative_state_and_campaign(desk: Counter) -> None:
    await desk.carry_out(start(waves=2))
    campaign = await desk.pool.fetchval("SELECT id FROM record WHERE kind = 'invitation-campaign'")
    await desk.carry_out(
        step(Action.INVITE, campaign=campaign),
        step(Action.INVITE, "225010", campaign=campaign, wave=2),
        step(Action.INVITE, "105001", campaign=campaign, wave=2),
        step(Action.DECLINE, "105001"),
        enroll(),
        step(Action.IDENTIFY, collaborative="PSPC"),
        step(Action.IDENTIFY, "105001", collaborative="PSPC"),
        correct(1, participant="105001", collaborative="PSPC"),
        close(campaign),
    )
    assert await desk.refused() == 0
    async with api(desk.pool) as client:

        async def listed_with(**parameters: str) -> list[str]:
            return [row["engagement"] for row in (await client.get("/engagements", params=parameters)).json()]

        assert len(await listed_with()) == 5
        assert await listed_with(stage="INVITED") == ["225010|NNHQCC"]
        assert await listed_with(collaborative="PSPC", state="MA") == ["225009|PSPC"]
        assert await listed_with(campaign=campaign, state="FL") == ["105001|NNHQCC"]
        assert await listed_with(after="225009|NNHQCC", limit="1") == ["225009|PSPC"]
        rows = {row["engagement"]: row for row in (await client.get("/engagements")).json()}
        assert (rows["225009|NNHQCC"]["since"], rows["225009|NNHQCC"]["name"]) == ("2015-03-06", "Willowbrook Manor")
        assert (rows["105001|PSPC"]["stage"], rows["105001|PSPC"]["since"]) == (None, None)
        stages = (await client.get("/engagements/stages", params={"collaborative": "NNHQCC"})).json()
        assert {name: number for name, number in stages.items() if number} == {
            "INVITED": 1,
            "RECRUITED": 1,
            "DECLINED": 1,
        }
        one = (await client.get("/engagements/105001/PSPC")).json()
        assert (one["steps"][0]["struck"], one["corrections"][0]["reason"]) == (True, "Typed wrongly.")
        shown = (await client.get(f"/invitations/{campaign}")).json()
        assert shown["closed_on"] == "2015-03-06"
        assert [tuple(wave.values()) for wave in shown["by_wave"]] == [(1, 1, 1, 0, 1), (2, 2, 1, 1, 0)]
        assert [row["id"] for row in (await client.get("/invitations?collaborative=NNHQCC")).json()] == [campaign]
        assert (await client.get(f"/invitations?after={campaign}")).json() == []
        assert (await client.get("/invitations?collaborative=PSPC")).json() == []
        assert {row["code"] for row in (await client.get("/collaboratives")).json()} == {
            "NNHQCC",
            "PSPC",
            "CUSP",
            "CARDIAC",
        }


async def test_a_command_sent_twice_and_an_invitation_asked_twice_have_one_effect(desk: Counter) -> None:
    await desk.carry_out(start())
    campaign = await desk.pool.fetchval("SELECT id FROM record WHERE kind = 'invitation-campaign'")
    invited = step(Action.INVITE, campaign=campaign)
    await desk.carry_out(invited, invited)
    await desk.carry_out(invited)
    consumer = await commands_consumer(desk.pool)
    await consumer.handle([record(1, "k", invited, topic=COMMANDS.name)])
    counted = "SELECT count(*) FROM outbox WHERE type LIKE $1"
    assert await desk.pool.fetchval(counted, "notifications.NoticeRequested%") == 1
    assert await desk.pool.fetchval(counted, "recruitment.EngagementMoved%") == 1
    assert await desk.pool.fetchval("SELECT count(*) FROM outbox WHERE aggregatetype = $1", INVITATIONS.name) == 1


async def test_interests_are_listed_without_who_asks_the_first_due_first(desk: Counter) -> None:
    await desk.carry_out(
        register(received_on="2015-03-05"),
        register(zip_code="10001", direction="OFFER"),
        register(received_on="2015-02-20", enquirer="NURSING_HOME", participant=HOME),
        register(received_on="2014-07-30"),
    )
    assert await desk.refused() == 0
    async with api(desk.pool) as client:
        rows = (await client.get("/interests")).json()
        assert [row["received_on"] for row in rows] == ["2014-07-30", "2015-02-20", "2015-03-02", "2015-03-05"]
        assert "Ida" not in str(rows)
        assert "family council" not in str(rows)
        assert [row["interest_state"] for row in rows] == ["RECEIVED", "ROUTED", "ROUTED", "ROUTED"]
        overdue = (await client.get("/interests", params={"due_before": "2015-03-06"})).json()
        assert [row["received_on"] for row in overdue] == ["2014-07-30", "2015-02-20"]
        page = (await client.get("/interests", params={"after": rows[1]["interest"], "limit": 1})).json()
        assert page == [rows[2]]
        assert len((await client.get("/interests?direction=OFFER&state=NY")).json()) == 1
        assert len((await client.get("/interests?qin_qio=UNKNOWN&interest_state=RECEIVED")).json()) == 1
        one = (await client.get(f"/interests/{rows[1]['interest']}")).json()
        assert (one["name"], one["participant"]) == ("Ida Oakhanger", HOME)
        assert one["name_is"] == "GIVEN"
        await desk.carry_out(then(OfInterest.CLOSE, rows[2]["interest"]))
        closed = (await client.get(f"/interests/{rows[2]['interest']}")).json()
        assert (closed["name"], closed["email"], closed["name_is"]) == (None, None, "ERASED")
        await desk.carry_out(then(OfInterest.ANSWER, rows[1]["interest"]))
        overdue = (await client.get("/interests", params={"due_before": "2015-03-06"})).json()
        assert [row["received_on"] for row in overdue] == ["2014-07-30"]


async def test_a_reader_of_a_network_sees_what_its_network_answers(desk: Counter) -> None:
    await desk.carry_out(register(), register(zip_code="10001"))
    async with api(desk.pool, NETWORK) as client:
        (row,) = (await client.get("/interests")).json()
        assert row["qin_qio"] == NETWORK
        assert (await client.get("/interests?qin_qio=TMF QIN")).json() == []
        assert (await client.get(f"/interests/{row['interest']}")).status_code == 200
        other = await desk.pool.fetchval("SELECT id FROM record WHERE kind = 'interest' AND state ->> 'state' = 'NY'")
        with pytest.raises(Problem) as refusal:
            await client.get(f"/interests/{other}")
        assert refusal.value.status == 404


async def test_the_read_api_says_what_it_does_not_know(pool: asyncpg.Pool) -> None:
    nobody = "00000000-0000-4000-8000-000000000000"
    async with api(pool) as client:
        for path in ("/engagements/999999/NNHQCC", f"/invitations/{nobody}", f"/interests/{nobody}"):
            with pytest.raises(Problem) as refusal:
                await client.get(path)
            assert refusal.value.status == 404
        for path in ("/engagements?stage=LOST", "/engagements?state=massachusetts", "/interests?after=x"):
            assert (await client.get(path)).status_code == 422
