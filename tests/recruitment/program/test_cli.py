"""qio program: what is sent and decided, what people read, what machines get."""

import asyncio
import json
import shlex
from collections.abc import Awaitable, Callable
from typing import Any

import asyncpg
import pytest
from typer.testing import CliRunner

from services.recruitment.cli import (
    program,
    program_contract,
    program_deliverable,
    program_network,
    program_objective,
)
from services.recruitment.domain.program.kinds import NETWORK
from services.recruitment.domain.program.state import DeliverableStage
from shared.contracts.message import Command
from tests.recruitment.desk import Desk
from tests.recruitment.program.asking import NOW, NUMBER, contract_of, deliverable_of, objective_of
from tests.recruitment.program.test_reading import filled
from tests.recruitment.test_commands import api

__all__ = ["filled"]

_PARTS = (program_contract, program_deliverable, program_objective, program_network)
Served = Callable[[str], Awaitable[str]]


def qio(*words: str) -> str:
    """What the command prints, its words as a shell would split them; it must succeed."""
    result = CliRunner().invoke(program.app, shlex.split(" ".join(words)))
    assert result.exit_code == 0, result.output
    return result.output


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Desk:
    """The desk that decides what the command line asks."""
    desk = Desk(NOW)

    def ask(command: Command, key: str) -> dict[str, Any]:
        assert key
        return desk.done(command)

    for part in _PARTS:
        monkeypatch.setattr(part, "ask", ask)
    return desk


def award() -> str:
    return qio(
        f"contract award {NUMBER.lower()} --qio Telligen --role QIN-QIO --statement 11 --state il,co --state IA",
        "--task C.2 --task 'B.2=Everyone with diabetes counts'",
        "--starts 2014-08-01 --ends 2019-07-31 --source 'award of 18 July 2014'",
    )


def require(name: str) -> str:
    return qio(f"deliverable require {NUMBER} {name} --title First --task C.2 --due 2015-03-31 --source F.2")


def test_a_contract_is_awarded_changed_in_three_ways_and_closed(at: Desk) -> None:
    assert award() == f"Contract {NUMBER} of Telligen begins on 2014-08-01.\n"
    require("report-1")
    said = qio(
        f"contract change {NUMBER} --kind amendment --effective 2015-01-01 --reason later --source mod.3",
        "--add-state OH --drop-state CO --add-task C.3 --drop-task B.2 --due report-1=2015-04-30",
    )
    assert said == f"Amendment of {NUMBER} takes effect on 2015-01-01, with 1 due dates moved.\n"
    assert deliverable_of(at).dues[-1].due_on.isoformat() == "2015-04-30"
    said = qio(
        "contract award NEXT-1 --qio Telligen --role QIN-QIO --statement 11 --state IL,IA --task C.2",
        f"--starts 2017-01-01 --ends 2019-07-31 --source award --reason merger --replaces {NUMBER}",
    )
    assert f"Contract {NUMBER} ended on 2016-12-31." in said
    assert qio("contract close NEXT-1 --ended 2019-07-31 --reason completed").endswith("2019-07-31.\n")
    assert contract_of(at, "NEXT-1").ending is not None


def test_a_due_date_without_a_day_is_refused_before_anything_is_sent(at: Desk) -> None:
    award()
    change = f"contract change {NUMBER} --kind MODIFICATION --effective 2015-01-01 --reason x --source mod --due r1"
    result = CliRunner().invoke(program.app, change.split())
    assert result.exit_code == 1
    assert "DELIVERABLE=YYYY-MM-DD" in result.output
    assert contract_of(at).changes == ()


def test_a_deliverable_goes_its_way(at: Desk) -> None:
    award()
    assert "due on 2015-03-31" in require("report-1")
    report = f"{NUMBER} report-1"
    assert "late: it was due on 2015-03-31" in qio(f"deliverable submit {report} --on 2015-04-01")
    qio(f"deliverable return {report} --reason 'no denominators' --on 2015-04-02")
    qio(f"deliverable submit {report} --on 2015-04-03 --reference 'shelf 3'")
    assert json.loads(qio(f"deliverable accept {report} --on 2015-04-09 --json"))["deliverable"] == "report-1"
    assert deliverable_of(at).stage is DeliverableStage.ACCEPTED
    require("report-2")
    waived = qio(f"deliverable waive {NUMBER} report-2 --reason merged --source mod.3 --on 2015-02-01")
    assert waived.endswith("is waived.\n")


def test_an_objective_is_set_assessed_and_another_dropped(at: Desk) -> None:
    award()
    words = "--year 2 --task C.2 --text recruited --source C.6"
    assert "begins on 2015-08-01" in qio(f"objective set {NUMBER} homes-2 {words} --target 300")
    said = qio(f"objective assess {NUMBER} homes-2 --result partly_met --value 120 --on 2016-07-31")
    assert said.endswith("was partly met.\n")
    assert objective_of(at).assessments[0].value == 120
    qio(f"objective set {NUMBER} homes-3 {words}")
    assert qio(f"objective drop {NUMBER} homes-3 --reason none --on 2015-09-01").endswith("is dropped.\n")


def test_networks_and_contacts_are_entered_ended_and_taken_back(at: Desk) -> None:
    of_them = "--role QIN-QIO --state"
    said = qio(f"network configure 'A Network' {of_them} oh,mi --statement 12 --starts 2019-12-01 --source notice")
    assert said == "A Network answers for 2 states from 2019-12-01 to 2024-11-30.\n"
    qio(f"network end 'A Network' {of_them} OH --ended 2020-01-31 --source notice")
    qio(f"network withdraw {of_them} MI --starts 2019-12-01 --reason mistake")
    held = [at.held(NETWORK, f"QIN-QIO|{state}").spells[0] for state in ("OH", "MI")]
    assert (held[0].ends_on.isoformat(), held[1].withdrawn) == ("2020-01-31", "mistake")
    said = qio("directory enter il --role QIN-QIO --since 2015-01-01 --phone 800-555-0100 --source letterhead")
    assert said == "From 2015-01-01 that is how IL reaches Telligen.\n"
    assert "no contact" in qio("directory withdraw IL --role QIN-QIO --since 2016-01-01 --reason moved")
    assert at.again() == at.records


def test_what_sources_say_is_told_without_a_server() -> None:
    assert "11th statement of work: 14 QIN-QIOs" in qio("statements --on 2016-01-01")
    assert "the day lies between the contracts" in qio("statements --on 2019-09-01")
    assert "C.2: Reducing healthcare-acquired conditions in nursing homes" in qio("tasks --statement 11")
    assert qio("tasks --statement 12") == "UNKNOWN: no source names tasks for that.\n"
    assert "Hospital readmissions: -20 %, by 2019" in qio("aims")
    assert qio("aims --statement 13") == "UNKNOWN: no source gives aims for that.\n"
    assert [row["number"] for row in json.loads(qio("statements --json"))] == [9, 10, 11, 12, 13]


@pytest.fixture
async def served(filled: asyncpg.Pool, monkeypatch: pytest.MonkeyPatch) -> Served:
    """The command line in a thread of its own, answered by the read API over the filled database."""
    loop = asyncio.get_running_loop()

    async def answer(path: str, parameters: dict[str, Any]) -> Any:
        async with api(filled) as client:
            given = {name: value for name, value in parameters.items() if value is not None}
            return (await client.get(path, params=given)).json()

    def get(service: str, path: str, **parameters: Any) -> Any:
        assert service == "recruitment"
        return asyncio.run_coroutine_threadsafe(answer(path, parameters), loop).result(30)

    for part in (program, *_PARTS):
        monkeypatch.setattr(part, "get", get)

    async def ask(words: str) -> str:
        return await asyncio.to_thread(qio, words)

    return ask


async def test_people_read_who_answers_and_what_stands_where(served: Served) -> None:
    assert "IL  QIN-QIO    Telligen  (sourced: qioprogram.org" in await served("jurisdiction il --on 2016-01-01")
    assert "UNKNOWN  (unknown: between the contracts" in await served("jurisdiction OH --on 2019-09-01")
    assert "800-555-0100  (letterhead)" in await served("directory list --state IL --on 2016-01-01")
    assert "no contact is entered" in await served("directory list --state CO --on 2016-01-01")
    assert "award notice of 8 November 2019" in await served("network list")
    assert "in force  CO, IA, IL" in await served("contract list --in-force --on 2015-06-01")
    shown = await served(f"contract show {NUMBER}")
    assert "modification: funds" in shown
    assert "report-1 is due on 2015-06-30" in shown
    assert await served("contract list --state AK") == "No contracts.\n"
    assert await served("contract list --state AK --json") == "[]\n"
    assert await served("contract list --after ZZZ") == "No more contracts.\n"
    overdue = await served("deliverable list --status overdue --on 2015-07-01")
    assert "report-1" in overdue
    assert "report-2" not in overdue
    moved = "due 2015-06-30, modification of 2015-02-01: funds"
    assert moved in await served(f"deliverable show {NUMBER} report-1")
    assert "homes recruited" in await served("objective list --year 2")
    assert "homes recruited" in await served(f"objective show {NUMBER} homes-2")
    assert json.loads(await served("deliverable list --task C.3 --json"))[0]["status"] == "MET_LATE"
