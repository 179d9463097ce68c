"""The read API of people over real tables: who serves, who looks after whom, what is due."""

import asyncpg
import httpx
import pytest

from shared.contracts.feeds import NURSING_HOMES
from shared.contracts.message import Command
from shared.contracts.recruitment import COMMANDS
from shared.runtime.access import Problem
from tests.messaging.toy import record
from tests.recruitment.people.cast import COMMUNITY, HOME, assign, contact, register, retire, transfer
from tests.recruitment.pipeline.test_reading import api
from tests.recruitment.support import commands_consumer, define, listed, listings_consumer

STEP = {"next_step": "Send the charter", "next_step_on": "2015-03-20"}
COMMANDS_TO_TELL: tuple[Command, ...] = (
    define("aa", "zip:02139"),
    register("ann"),
    register("bob", since="2015-01-01", states=("MA", "VT")),
    register("cy", kind="EXPERT", since="2015-01-01", states=("FL",)),
    assign("ann", "2015-01-05"),
    assign("bob", "2015-02-01", part="SUPPORT"),
    assign("ann", "2015-01-05", COMMUNITY),
    transfer("bob", "2015-03-01"),
    contact(**STEP),
    contact(person="bob", subject=COMMUNITY, on="2015-03-05", next_step="Visit", next_step_on="2015-03-10"),
    contact(person="bob", subject="person:ann", on="2015-03-06"),
    retire("ann", "2015-03-05"),
)


@pytest.fixture
async def told(pool: asyncpg.Pool) -> httpx.AsyncClient:
    """The read API of a network that has been at work."""
    listings = await listings_consumer(pool)
    await listings.handle([record(0, "225009", listed(), topic=NURSING_HOMES.name)])
    consumer = await commands_consumer(pool)
    await consumer.handle([record(n, "k", one, topic=COMMANDS.name) for n, one in enumerate(COMMANDS_TO_TELL)])
    assert not await pool.fetchval("SELECT count(*) FROM outbox WHERE type LIKE '%Rejected%'")
    return api(pool)


async def test_everyone_is_told_who_serves_looks_after_whom_and_what_is_due(told: httpx.AsyncClient) -> None:
    async def asked(path: str) -> list[dict[str, str]]:
        found: list[dict[str, str]] = (await told.get(path)).json()
        return found

    async with told:
        assert [one["id"] for one in await asked("/people")] == ["ann", "bob", "cy"]
        assert [one["id"] for one in await asked("/people?state=MA&on=2015-03-05")] == ["ann", "bob"]
        assert [one["id"] for one in await asked("/people?state=MA&on=2015-03-06")] == ["bob"]
        assert [one["id"] for one in await asked("/people?qio=new england&on=2014-12-31")] == ["ann"]
        assert [one["id"] for one in await asked("/people?kind=EXPERT")] == ["cy"]
        assert [one["id"] for one in await asked("/people?expertise=pressure-ulcers&after=ann&limit=1")] == ["bob"]
        assert (await told.get("/people/ann")).json()["roles"][0]["until"] == "2015-03-06"

        led = [(one["subject"], one["person"], one["part"]) for one in await asked("/caseloads?on=2015-02-28")]
        assert led == [(COMMUNITY, "ann", "LEAD"), (HOME, "ann", "LEAD"), (HOME, "bob", "SUPPORT")]
        assert [one["subject"] for one in await asked("/caseloads?on=2015-03-06&person=bob&state=MA")] == [HOME]
        assert [one["person_name"] for one in await asked("/caseloads?on=2015-03-06&orphaned=true")] == ["A Name"]
        assert [one["subject"] for one in await asked("/caseloads?on=2015-02-28&limit=1&after=community:aa")] == [
            HOME,
            HOME,
        ]
        assert len((await told.get(f"/caseloads/{HOME}")).json()["charges"]) == 3

        assert [one["on"] for one in await asked("/contacts")] == ["2015-03-06", "2015-03-05", "2015-03-02"]
        assert [one["about"] for one in await asked(f"/contacts?subject={HOME}")] == ["Joining NNHQCC"]
        assert [one["person"] for one in await asked("/contacts?since=2015-03-03&until=2015-03-05")] == ["bob"]
        due = await asked("/next-steps?by=2015-03-20")
        assert [(one["next_step"], one["person"]) for one in due] == [("Visit", "bob"), ("Send the charter", "ann")]
        assert [one["next_step"] for one in await asked("/next-steps?by=2015-03-19")] == ["Visit"]
        assert [one["next_step"] for one in await asked(f"/next-steps?person=ann&subject={HOME}")] == [
            "Send the charter"
        ]
        whole = (await told.get(f"/contacts/{due[0]['contact']}")).json()
        assert whole["versions"][0]["facts"]["next_step"] == "Visit"


@pytest.mark.parametrize("path", ["/contacts", "/next-steps?by=2015-03-20", "/people", "/caseloads?on=2015-02-28"])
async def test_pages_of_a_list_are_the_whole_list(told: httpx.AsyncClient, path: str) -> None:
    async with told:
        whole = (await told.get(path)).json()
        pages: list[dict[str, str]] = []
        while page := (await told.get(path, params={**_asked(path), "limit": 1, **_after(pages)})).json():
            pages += page
        assert pages == whole
        assert len(whole) > 1


def _asked(path: str) -> dict[str, str]:
    return dict(httpx.URL(path).params)


def _after(pages: list[dict[str, str]]) -> dict[str, str]:
    last = pages[-1] if pages else {}
    return {"after": key} if (key := last.get("contact") or last.get("subject") or last.get("id")) else {}


async def test_the_read_api_says_whom_it_does_not_know(pool: asyncpg.Pool) -> None:
    async with api(pool) as client:
        unknown = "00000000-0000-0000-0000-000000000000"
        for path in ("/people/zoe", "/people/a%00b", f"/caseloads/{HOME}", f"/contacts/{unknown}"):
            with pytest.raises(Problem) as refusal:
                await client.get(path)
            assert refusal.value.status == 404
        assert (await client.get("/people?state=ma")).status_code == 422
