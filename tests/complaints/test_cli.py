"""qio case: what is sent, what people read, how a refusal looks."""

import shlex
from typing import Any

import pytest
from typer.testing import CliRunner

from services.complaints import cli
from services.complaints.outline import outline
from shared.contracts.complaints import DecideCase, FileCase
from shared.contracts.message import Command
from tests.complaints.cases import CASE, DESK, opened

FILE = shlex.split(
    "file hosp_discharge_ffs --ccn 140001 --state il --zip 60601 --fact admitted=2026-06-28 "
    "--fact discharge_date=2026-07-04 --received 2026-07-04T23:40-05:00 --practitioner Li --patient-language es "
    "--provider Lakeside --patient Ana"
)


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Command, str]]:
    """What would be sent, answered as the service answers."""
    commands: list[tuple[Command, str]] = []

    def ask(command: Command, key: str) -> dict[str, Any]:
        commands.append((command, key))
        return {**outline(opened(), DESK), "joined": False}

    monkeypatch.setattr(cli, "ask", ask)
    return commands


def test_a_filed_case_is_printed_with_its_deadlines_in_local_time(sent: list[tuple[Command, str]]) -> None:
    result = CliRunner().invoke(cli.app, FILE)
    assert result.exit_code == 0, result.output
    assert "Sat 2026-07-04 23:59:59 CDT (UTC-05:00)" in result.output
    assert "42 CFR 405.1206(d)(1)" in result.output
    (command, key) = sent[0]
    assert isinstance(command, FileCase)
    assert (command.state, command.parties[0].contact.language) == ("IL", "es")
    assert command.facts == {"admitted": "2026-06-28", "discharge_date": "2026-07-04"}
    assert command.beneficiary not in key
    assert "Ana" not in key


def test_what_cannot_be_sent_is_refused_by_field_without_its_value(sent: list[tuple[Command, str]]) -> None:
    result = CliRunner().invoke(cli.app, [*FILE, "--email", "beneficiary=sorrow"])
    assert result.exit_code == 1
    assert "parties.0.contact.email" in result.output
    assert "sorrow" not in result.output
    assert not sent


def test_the_rationale_may_come_from_standard_input(sent: list[tuple[Command, str]]) -> None:
    """So that it stands in no process list and no shell history."""
    arguments = ["decide", str(CASE), "OVERTURNED", "--reviewer", str(CASE), "--rationale", "-"]
    result = CliRunner().invoke(cli.app, arguments, input="Care is still needed.\n")
    assert result.exit_code == 0, result.output
    (command, key) = sent[0]
    assert isinstance(command, DecideCase)
    assert (command.rationale, command.outcome, key) == ("Care is still needed.", "OVERTURNED", str(CASE))


def test_json_is_one_document(sent: list[tuple[Command, str]]) -> None:
    result = CliRunner().invoke(cli.app, [*FILE, "--json"])
    assert result.output.startswith("{")
    assert '"due_at": "2026-07-05T04:59:59Z"' in result.output
    assert len(sent) == 1
