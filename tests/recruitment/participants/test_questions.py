"""What the read API tells of participants, owners and chains, from a real database."""

import datetime as dt
from collections.abc import AsyncIterator
from typing import Any

import asyncpg
import httpx
import pytest

from services.recruitment.domain.registry import KINDS
from shared.contracts.feeds import NURSING_HOMES
from shared.contracts.recruitment.family_partners import RegisterPartner, WithdrawConsent
from shared.records.book import Records
from shared.runtime.access import Problem
from tests.messaging.toy import record
from tests.recruitment.desk import NOW
from tests.recruitment.participants.asking import (
    AN_NPI,
    HOME,
    OTHER,
    THIRD,
    amend,
    assign,
    belong,
    close,
    merge,
    own,
    owner,
    register,
)
from tests.recruitment.pipeline.test_reading import api
from tests.recruitment.support import listed, listings_consumer
from tests.recruitment.test_commands import carry_out

COMMANDS = (
    register(participant="own:corner", setting="PHARMACY"),
    assign(AN_NPI),
    amend(OTHER, name="As staff say"),
    owner("chain"),
    owner("branch"),
    belong("branch", "chain", "2012-01-01"),
    own("branch", "2010-01-01"),
    own("chain", "2014-01-01", OTHER),
    own(None, "2015-02-01", OTHER),
    close(THIRD, "2015-02-15"),
    merge("own:corner", HOME, "2015-03-01"),
    RegisterPartner.model_validate(
        {"actor": "t", "display_name": "Oak", "state": "MA", "consented_on": "2015-03-01", "consent": "SPOKEN"}
    ),
    assign(AN_NPI, OTHER),
    belong("chain", "branch", "2013-01-01"),
)
REFUSED = 2


@pytest.fixture
async def client(pool: asyncpg.Pool) -> AsyncIterator[httpx.AsyncClient]:
    """The read API over three homes and what was asked of them."""
    reader = await listings_consumer(pool)
    known = (listed(HOME), listed(OTHER, overall_rating=5), listed(THIRD, special_focus=True))
    await reader.handle([record(n, home.ccn, home, topic=NURSING_HOMES.name) for n, home in enumerate(known)])
    await carry_out(pool, *COMMANDS)
    async with api(pool) as opened:
        yield opened


async def ids(client: httpx.AsyncClient, **filters: Any) -> list[str]:
    answer = await client.get("/facilities", params=filters)
    assert answer.status_code == 200, answer.text
    return [row["id"] for row in answer.json() if not row["id"].startswith("own:") or row["id"] == "own:corner"]


async def test_identifiers_and_circles_are_looked_up_over_all_records(
    client: httpx.AsyncClient, pool: asyncpg.Pool
) -> None:
    refused = await pool.fetchval("SELECT count(*) FROM outbox WHERE type = 'replies.CommandRejected.v1'")
    assert refused == REFUSED


async def test_a_list_has_every_filter(client: httpx.AsyncClient) -> None:
    assert await ids(client) == [HOME, OTHER, THIRD, "own:corner"]
    assert await ids(client, setting="PHARMACY") == ["own:corner"]
    assert await ids(client, rating=5) == [OTHER]
    assert await ids(client, special_focus=True) == [THIRD]
    assert await ids(client, qin="new england", setting="NURSING_HOME") == [HOME, OTHER, THIRD]
    assert await ids(client, name="STAFF SAY") == [OTHER]
    assert await ids(client, state="NY") == []
    assert await ids(client, standing="CLOSED", on="2015-02-15") == [THIRD]
    assert await ids(client, standing="CLOSED", on="2015-02-14") == []
    assert await ids(client, standing="MERGED") == ["own:corner"]
    assert await ids(client, chain="chain", on="2015-01-31") == [HOME, OTHER]
    assert await ids(client, chain="chain", on="2015-02-01") == [HOME]
    assert await ids(client, chain="chain", on="2011-01-01") == []
    assert await ids(client, chain="branch", on="2011-01-01") == [HOME]
    assert await ids(client, after=OTHER, limit=1) == [THIRD]


async def test_a_participant_is_found_by_every_identifier_and_says_who_goes_on(client: httpx.AsyncClient) -> None:
    found = (await client.get(f"/facilities/{AN_NPI}")).json()
    assert (found["id"], found["ccn"], found["goes_on_in"], found["came_from"]) == (HOME, HOME, HOME, ["own:corner"])
    gone = (await client.get("/facilities/own:corner")).json()
    assert (gone["standing"], gone["goes_on_in"], gone["turns"][0]["reason"]) == ("MERGED", HOME, "CONSOLIDATED")
    third = (await client.get(f"/facilities/{THIRD}", params={"on": "2015-02-14"})).json()
    assert (third["standing"], third["closed_on"]) == ("OPEN", "2015-02-15")
    assert third["ratings"][0]["special_focus"] is True


async def test_owners_and_chains_are_told_as_of_a_day(client: httpx.AsyncClient) -> None:
    told = (await client.get(f"/facilities/{HOME}/owners", params={"on": "2013-01-01"})).json()
    assert told["history"] == [{"since": "2010-01-01", "owner": "branch"}]
    assert [one["owner"] for one in told["chain"]] == ["branch", "chain"]
    assert [one["owner"] for one in (await client.get("/owners")).json()] == ["branch", "chain"]
    (chain,) = (await client.get("/chains", params={"on": "2014-06-01"})).json()
    assert (chain["chain"], chain["owners"], chain["participants"], chain["states"]) == ("chain", 2, 2, 1)
    behind = {"on": "2014-06-01", "after": chain["chain"]}
    assert (await client.get("/chains", params=behind)).json() == []
    assert (await client.get("/chains", params={"on": "2015-03-01"})).json() == []
    assert (await client.get(f"/facilities/{OTHER}/owners")).json()["chain"] == []


async def test_what_staff_recorded_differently_is_reported(client: httpx.AsyncClient) -> None:
    found = (await client.get("/facilities/differences")).json()
    assert [(row["participant"], row["what"], row["field"]) for row in found] == [
        (OTHER, "RECORDED_DIFFERENTLY", "name")
    ]


async def test_a_persons_name_is_told_on_its_own_route_only(client: httpx.AsyncClient, pool: asyncpg.Pool) -> None:
    answer = await client.get("/facilities", params={"setting": "BENEFICIARY_OR_FAMILY"})
    (one,) = answer.json()
    assert "Oak" not in answer.text
    assert "Oak" not in (await client.get(f"/facilities/{one['id']}")).text
    assert (await client.get(f"/family-partners/{one['id']}")).json()["display_name"] == "Oak"
    network = (await client.get(f"/facilities/{one['id']}")).json()["qin_qio"]
    async with api(pool, network) as own, api(pool, "Another network") as other:
        assert (await own.get(f"/family-partners/{one['id']}")).json()["display_name"] == "Oak"
        with pytest.raises(Problem, match="partner-unknown"):
            await other.get(f"/family-partners/{one['id']}")


async def test_a_name_that_was_withdrawn_or_is_not_held_is_said_to_be_so(
    client: httpx.AsyncClient, pool: asyncpg.Pool
) -> None:
    (one,) = (await client.get("/facilities", params={"setting": "BENEFICIARY_OR_FAMILY"})).json()

    async def told() -> tuple[str | None, str]:
        found = (await client.get(f"/family-partners/{one['id']}")).json()
        return found["display_name"], found["name_is"]

    assert await told() == ("Oak", "GIVEN")
    back = WithdrawConsent(actor="t", participant=one["id"], on=dt.date(2015, 3, 6))
    await carry_out(pool, back, first=len(COMMANDS))
    assert await told() == (None, "WITHDRAWN")
    assert await pool.fetchval("SELECT count(*) FROM record WHERE state::text LIKE '%Oak%'") == 0
    await pool.execute("DELETE FROM record WHERE kind = 'family-partner-name'")
    await pool.execute("UPDATE record SET state = state || '{\"withdrawn_on\": null}' WHERE kind = 'family-partner'")
    assert await told() == (None, "NOT_HELD")


@pytest.mark.parametrize(
    "path", ["/facilities/999999", "/facilities/own:none/owners", "/family-partners/225009", "/facilities/a%00b"]
)
async def test_what_is_not_known_is_said_to_be_so(client: httpx.AsyncClient, path: str) -> None:
    with pytest.raises(Problem) as refusal:
        await client.get(path)
    assert refusal.value.status == 404


async def test_an_empty_schema_is_filled_again_from_the_events(client: httpx.AsyncClient, pool: asyncpg.Pool) -> None:
    kinds = {event.wire_type(): event for event in KINDS.events}
    book = Records(KINDS)
    for row in await pool.fetch("SELECT type, payload FROM outbox ORDER BY position"):
        if row["type"] in kinds:
            book.happened(kinds[row["type"]].model_validate_json(row["payload"]), NOW)
    rows = await pool.fetch("SELECT kind, id, state FROM record ORDER BY kind, id")
    made = {KINDS.by_name[row["kind"]].key(row["id"]): row["state"] for row in rows}
    assert {key: KINDS.by_name[key.split(":")[0]].state.model_validate_json(text) for key, text in made.items()} == {
        key: state for key, state in book.made.items() if key in made
    }
    assert made.keys() == {key for key in book.made if not key.startswith(("identifier:", "owner-tree:"))}
