"""qio community: what people read and machines parse, and how a refusal looks."""

import asyncio
import json
from collections.abc import Callable, Coroutine
from typing import Any
from uuid import UUID

import asyncpg
import httpx
import pytest
from typer.testing import CliRunner, Result

from services.recruitment.cli import community
from shared.contracts.message import Command
from shared.contracts.replies import CommandAccepted, CommandRejected
from shared.messaging.handling import Accepted
from shared.runtime.access import Problem
from shared.runtime.settings import Settings
from tests.recruitment.coalitions.cast import FAMILY, HOME, PHARMACY, PLACE, desk
from tests.recruitment.desk import Desk
from tests.recruitment.support import STORE
from tests.recruitment.test_commands import api

Qio = Callable[..., Coroutine[Any, Any, Result]]
FORM = ("coalition", "form", PLACE, "--task", "c.3", "--member", PHARMACY, "--lead", HOME, "--on", "2014-12-01")


@pytest.fixture
def service() -> Desk:
    """It knows the participants and the community."""
    return desk()


@pytest.fixture
def qio(service: Desk, pool: asyncpg.Pool, monkeypatch: pytest.MonkeyPatch) -> Qio:
    """The command line before a service that decides in memory and answers questions from a database."""

    async def exchange(settings: Settings, command: Command, key: str) -> CommandAccepted | CommandRejected:
        del settings
        assert key == command.model_dump()["community"]
        answer, kind = service.ask(command), command.wire_type()
        if isinstance(answer, Accepted):
            return CommandAccepted(command_id=UUID(int=1), command_type=kind, made=dict(answer.made))
        return CommandRejected(command_id=UUID(int=1), command_type=kind, reasons=answer.reasons)

    async def answered(url: str, params: Any) -> httpx.Response:
        async with pool.acquire() as conn:
            await STORE.save(conn, service.records, service.now)
        async with api(pool) as client:
            try:
                return await client.get(url.removeprefix("http://recruitment/api"), params=params)
            except Problem as problem:
                body = {"title": problem.title, "code": problem.code}
                return httpx.Response(problem.status, json=body, request=httpx.Request("GET", url))

    async def run(*arguments: str, status: int = 0) -> Result:
        loop = asyncio.get_running_loop()

        def get(url: str, *, params: Any, headers: dict[str, str], timeout: float) -> httpx.Response:
            del headers
            return asyncio.run_coroutine_threadsafe(answered(url, params), loop).result(timeout)

        monkeypatch.setattr("httpx.get", get)
        result = await asyncio.to_thread(CliRunner().invoke, community.app, list(arguments))
        assert result.exit_code == status, result.output
        return result

    monkeypatch.setattr("shared.cli.ask.exchange", exchange)
    monkeypatch.setattr(Settings, "with_stack", lambda self: self)
    monkeypatch.setenv("QIO_API_RECRUITMENT", "http://recruitment")
    monkeypatch.setenv("QIO_TOKEN", "not-looked-at")
    return run


async def test_a_community_is_defined_told_of_and_dissolved(qio: Qio) -> None:
    defined = await qio("define", "Next Valley", "--zip", "02141", "--from", "2015-01-01")
    assert "Next Valley (next-valley) is version 1 with 1 areas, from 2015-01-01." in defined.output
    assert "already" in (await qio("define", "Next Valley", "--zip", "02141")).output
    assert "02141 belongs to Next Valley (next-valley)" in (await qio("of", "02141", "--on", "2015-02-01")).output
    dissolved = await qio("dissolve", "next-valley", "--on", "2015-03-01", "--reason", "Too small")
    assert "1 areas are free" in dissolved.output
    history = (await qio("history", "next-valley")).output
    assert "version 2 from 2015-03-01: dissolved. Too small" in history
    assert "next-valley" not in (await qio("list")).output
    assert "dissolved 2015-03-01" in (await qio("list", "--dissolved")).output
    assert "Dissolved on 2015-03-01." in (await qio("show", "next-valley")).output
    assert "belongs to no community" in (await qio("of", "02141", status=1)).output


async def test_a_coalition_is_built_from_the_command_line(qio: Qio) -> None:
    formed = (await qio(*FORM)).output
    assert "is formed on 2014-12-01 with 2 participants" in formed
    assert "Nobody yet from: acute, dialysis" in formed
    await qio("coalition", "join", PLACE, FAMILY, "--on", "2015-01-10")
    seated = await qio("coalition", "seat", PLACE, "patient-partner", FAMILY, "--on", "2015-01-11")
    assert f"{FAMILY} is patient partner of A name since 2015-01-11." in seated.output
    built = await qio(
        "coalition", "infrastructure", PLACE, "data-agreement", "--evidence", "folder/1", "--on", "2015-02-01"
    )
    assert "Data agreement of A name is done." in built.output
    assert "Not done: charter" in built.output
    reopened = ("coalition", "infrastructure", PLACE, "data-agreement", "--on", "2015-02-02", "--reason", "Not signed")
    assert "is open" in (await qio(*reopened)).output
    wanted = ("--target", "12.0", "--baseline", "2014Q4R4", "--due", "2016Q4")
    await qio("coalition", "measure", PLACE, "rehospitalizations-30d", *wanted)
    await qio("coalition", "population", PLACE, "dual_full,chronic_2+polypharmacy")
    plan = ("--source", "claims", "--baseline", "15", "--observed", "10000", "--begins", "2015Q2", "--chart", "u")
    planned = (await qio("coalition", "plan", PLACE, "rehospitalizations-30d", *plan)).output
    assert "3 quarters, until 2015Q4" in planned
    shown = (await qio("coalition", "show", PLACE)).output
    for part in (
        f"Patient partner: {FAMILY} since 2015-01-11",
        "Nobody from: acute",
        "rehospitalizations-30d: down to 12.0 by 2016Q4, against 2014Q4R4; can be seen in 2015Q4",
        "For: dual_full, chronic_2+polypharmacy",
    ):
        assert part in shown
    assert "5 items open    patient partner" in (await qio("coalition", "list", "--seat-held")).output
    assert (await qio("coalition", "list", "--equipped")).output == "No coalitions.\n"
    assert (await qio("coalition", "list", "--equipped", "--json")).output == "[]\n"
    dropped = await qio("coalition", "drop-measure", PLACE, "rehospitalizations-30d", "--reason", "Another one")
    assert "gave up" in dropped.output
    assert "left" in (await qio("coalition", "leave", PLACE, FAMILY, "--on", "2015-02-10", "--reason", "Moved")).output
    assert "ended on" in (await qio("coalition", "end", PLACE, "--on", "2015-03-01", "--reason", "Done")).output


async def test_machines_get_json(qio: Qio) -> None:
    assert json.loads((await qio(*FORM, "--json")).output)["number"] == 1
    assert json.loads((await qio("coalition", "show", PLACE, "--json")).output)["task"] == "C.3"
    assert json.loads((await qio("coalition", "list", "--json")).output)[0]["members"] == 2
    assert json.loads((await qio("history", PLACE, "--json")).output)["version"] == 1
    assert json.loads((await qio("of", "02139", "--json")).output)["community"] == PLACE


async def test_a_refusal_is_a_sentence_for_each_reason(qio: Qio) -> None:
    refused = await qio("coalition", "form", PLACE, "--task", "C.3", "--on", "2030-01-01", status=1)
    assert "Refused: formed_on: 2030-01-01 is in the future." in refused.output
    assert "Refused: members: A coalition has at least one member" in refused.output
    assert "No coalition has been formed" in (await qio("coalition", "show", "nowhere", status=1)).output
