"""The read API of the program over a real database."""

from typing import Any

import asyncpg
import pytest

from shared.contracts.recruitment.qio_deliverables import RequireDeliverable
from shared.runtime.access import Problem
from tests.recruitment.program.asking import NUMBER, award, change, contact, network, objective, require, submit
from tests.recruitment.test_commands import api, carry_out

_PATH = "/program"


async def get(pool: asyncpg.Pool, path: str, **parameters: Any) -> Any:
    async with api(pool) as client:
        return (await client.get(_PATH + path, params=parameters)).json()


@pytest.fixture
async def filled(pool: asyncpg.Pool) -> asyncpg.Pool:
    """A database with a contract, its parts, a network of later years and a contact."""
    second: RequireDeliverable = require(deliverable="report-2", due_on="2014-12-31", task="C.3")
    moved = change(effective_on="2015-02-01", due_dates=[{"deliverable": "report-1", "due_on": "2015-06-30"}])
    await carry_out(
        pool,
        award(),
        require(),
        second,
        moved,
        submit("2015-03-02", deliverable="report-2"),
        objective(),
        network(),
        contact(),
        change(effective_on="2016-01-01", add_states=["OH"]),
    )
    return pool


async def test_jurisdictions_are_told_from_sources_configuration_or_as_unknown(filled: asyncpg.Pool) -> None:
    named = await get(filled, "/jurisdictions", state="IL", on="2016-01-01")
    assert [(one["role"], one["qio"], one["standing"]) for one in named] == [
        ("QIN-QIO", "Telligen", "sourced"),
        ("BFCC-QIO", "KEPRO", "unconfirmed"),
    ]
    (entered,) = await get(filled, "/jurisdictions", state="OH", on="2020-01-01", role="QIN-QIO")
    assert (entered["qio"], entered["standing"]) == ("A Network", "configured")
    (gap,) = await get(filled, "/jurisdictions", state="OH", on="2019-09-01", role="QIN-QIO")
    assert gap["qio"] == "UNKNOWN"
    assert "between the contracts" in gap["source"]
    assert len(await get(filled, "/jurisdictions", on="2012-01-01")) == 56
    with pytest.raises(Problem) as refusal:
        await get(filled, "/jurisdictions", state="ZZ")
    assert refusal.value.status == 404


async def test_the_directory_gives_only_contacts_that_were_entered(filled: asyncpg.Pool) -> None:
    network_row, reviewer = await get(filled, "/directory", state="IL", on="2016-01-01")
    assert (network_row["phone"], network_row["contact_source"]) == ("800-555-0100", "letterhead")
    assert (reviewer["phone"], reviewer["contact_source"]) == (None, "UNKNOWN: no contact is entered")
    assert [row["state"] for row in await get(filled, "/networks", role="QIN-QIO")] == ["MI", "OH"]


async def test_contracts_are_listed_as_they_were_on_a_day(filled: asyncpg.Pool) -> None:
    assert [one["contract"] for one in await get(filled, "/contracts", state="OH", on="2016-01-01")] == [NUMBER]
    assert await get(filled, "/contracts", state="OH", on="2015-12-31") == []
    assert await get(filled, "/contracts", in_force=True, on="2019-08-01") == []
    assert await get(filled, "/contracts", role="BFCC-QIO") == []
    assert await get(filled, "/contracts", after=NUMBER) == []
    found = await get(filled, f"/contracts/{NUMBER}", on="2015-06-01")
    assert (found["standing"], found["states"]) == ("IN_FORCE", ["CO", "IA", "IL"])
    assert len(found["record"]["changes"]) == 2


async def test_deliverables_are_listed_with_their_status_on_a_day(filled: asyncpg.Pool) -> None:
    rows = await get(filled, "/deliverables", contract=NUMBER, on="2015-04-15")
    assert [(one["deliverable"], one["due_on"], one["status"]) for one in rows] == [
        ("report-1", "2015-06-30", "DUE"),
        ("report-2", "2014-12-31", "MET_LATE"),
    ]
    overdue = await get(filled, "/deliverables", status="OVERDUE", on="2015-07-01")
    assert [one["deliverable"] for one in overdue] == ["report-1"]
    assert [one["task"] for one in await get(filled, "/deliverables", task="C.3")] == ["C.3"]
    assert len(await get(filled, "/deliverables", due_before="2015-01-01")) == 1
    assert len(await get(filled, "/deliverables", limit=1)) == 1
    one = await get(filled, f"/deliverables/{NUMBER}/report-1")
    assert [due["due_on"] for due in one["record"]["dues"]] == ["2015-03-31", "2015-06-30"]


async def test_objectives_are_listed_and_shown(filled: asyncpg.Pool) -> None:
    (row,) = await get(filled, "/objectives", contract=NUMBER, year=2, stage="SET", task="C.2")
    assert (row["objective"], row["begins_on"], row["target"]) == ("homes-2", "2015-08-01", 300)
    assert await get(filled, "/objectives", year=3) == []
    assert (await get(filled, f"/objectives/{NUMBER}/homes-2"))["record"]["wordings"][0]["source"] == "C.6"


async def test_facts_of_the_program_are_told_without_any_record(pool: asyncpg.Pool) -> None:
    assert [one["number"] for one in await get(pool, "/statements")] == [9, 10, 11, 12, 13]
    assert [one["number"] for one in await get(pool, "/statements", on="2016-01-01")] == [11]
    assert [one["task"] for one in await get(pool, "/tasks", statement=11)] == ["A.1", "C.2", "C.3"]
    assert await get(pool, "/tasks", on="2019-09-01") == []
    assert {one["change_percent"] for one in await get(pool, "/aims", statement=11)} == {-20, 10, "UNKNOWN"}


async def test_what_is_not_held_is_said_so(pool: asyncpg.Pool) -> None:
    for path in ("/contracts/NONE", "/deliverables/NONE/a-b", "/objectives/NONE/a-b", "/contracts/a%00b"):
        with pytest.raises(Problem) as refusal:
            await get(pool, path)
        assert refusal.value.status == 404
