"""qio work: what is sent, what is asked, what people read."""

from typing import Any
from uuid import UUID

import pytest
from typer.testing import CliRunner

from services.complaints.work import cli
from shared.contracts.message import Command
from shared.contracts.work import ClaimWork, ReassignWork, ReleaseWork, WorkRole

CASE = UUID("4b1c7a52-3f0e-5d6b-9a77-1d2c3b4a5f60")
ITEM: dict[str, Any] = {
    "case_id": str(CASE),
    "case_type": "HOSP_DISCHARGE_FFS",
    "state": "INFORMATION_COMPLETE",
    "region": "Region 5",
    "role": "TRIAGE",
    "claimed_by": "ann@example.org",
    "claimed_at": "2026-07-05T04:56:00Z",
    "next_steps": ["assigned"],
    "due_at": "2026-07-06T04:59:59Z",
    "due_local": "Sun 2026-07-05 23:59:59 CDT (UTC-05:00)",
    "rule": "HD-DETERMINE",
    "owed": "decide and tell",
    "citation": "42 CFR 405.1206(d)(6)",
    "escalation": 75,
    "waiting_on": [
        {"who": "PROVIDER", "owed": "supply records", "due_local": "Sun 2026-07-05 12:00:00 CDT (UTC-05:00)"}
    ],
}
ANSWERS: dict[str, Any] = {
    "/queues": [ITEM],
    "/queues/supervision": {
        "queues": [{"role": None, "items": 4, "unclaimed": 4, "overdue": 0}],
        "missed_today": [{**ITEM, "escalation": 100}],
        "will_be_missed_today": [{**ITEM, "claimed_by": None, "escalation": 90}],
    },
    "/queues/forecast": {
        "next_shift_at": "2026-07-06T12:00:00Z",
        "acts": [
            {**ITEM, "decision": True, "on_call": []},
            {**ITEM, "decision": True, "on_call": [{"name": "Dr. Vega", "phone": None}]},
        ],
        "decisions_without_reviewer": 1,
    },
    "/queues/handover": {
        "at": "2026-07-05T22:00:00Z",
        "next_shift_at": "2026-07-06T12:00:00Z",
        "people": {"ann@example.org": [ITEM]},
        "unclaimed": [],
    },
}


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Command, str]]:
    """What would be sent."""
    commands: list[tuple[Command, str]] = []

    def ask(command: Command, key: str) -> dict[str, Any]:
        commands.append((command, key))
        return {**ITEM, "claimed_by": None if isinstance(command, ReleaseWork) else "ann@example.org"}

    monkeypatch.setattr(cli, "ask", ask)
    return commands


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, Any]]]:
    """What would be asked of the read API."""
    questions: list[tuple[str, dict[str, Any]]] = []

    def read(path: str, **parameters: Any) -> Any:
        questions.append((path, parameters))
        return ANSWERS[path]

    monkeypatch.setattr(cli, "_read", read)
    return questions


def run(*words: str) -> str:
    result = CliRunner().invoke(cli.app, list(words))
    assert result.exit_code == 0, result.output
    return result.output


def test_work_is_claimed_released_and_handed_on_under_the_key_of_its_case(sent: list[tuple[Command, str]]) -> None:
    assert "ann@example.org" in run("claim", str(CASE), "--role", "triage")
    assert "nobody has it" in run("release", str(CASE))
    run("reassign", str(CASE), "bob@example.org", "--from", "ann@example.org")
    claim, release, reassign = [command for command, _ in sent]
    assert isinstance(claim, ClaimWork)
    assert claim.role is WorkRole.TRIAGE
    assert isinstance(release, ReleaseWork)
    assert isinstance(reassign, ReassignWork)
    assert (reassign.to, reassign.holder) == ("bob@example.org", "ann@example.org")
    assert {key for _, key in sent} == {str(CASE)}
    assert all(command.actor.startswith("cli:") for command, _ in sent)


def test_what_cannot_be_sent_is_refused_by_field_without_its_value(sent: list[tuple[Command, str]]) -> None:
    result = CliRunner().invoke(cli.app, ["reassign", str(CASE), ""])
    assert result.exit_code == 1
    assert "Refused: to:" in result.output
    assert sent == []


def test_a_queue_is_asked_for_by_role_and_region(asked: list[tuple[str, dict[str, Any]]]) -> None:
    shown = run("list", "--role", "triage", "--region", "Region 5", "--mine")
    ((path, wanted),) = asked
    assert path == "/queues"
    assert wanted == {"role": "TRIAGE", "region": "Region 5", "mine": True, "unclaimed": False, "limit": 100}
    assert "75 %  Sun 2026-07-05 23:59:59 CDT" in shown
    assert "next assigned; decide and tell" in shown


def test_supervision_says_what_is_missed_and_what_will_be(asked: list[tuple[str, dict[str, Any]]]) -> None:
    shown = run("supervise")
    assert "waits for others" in shown
    assert "Missed today: 1" in shown
    assert "Will be missed today: 1" in shown


def test_the_forecast_says_loudly_when_nobody_is_on_call(asked: list[tuple[str, dict[str, Any]]]) -> None:
    shown = run("forecast")
    assert "decision; on call: NOBODY" in shown
    assert "decision; on call: Dr. Vega" in shown
    assert "2 acts, 1 decisions with nobody on call" in shown


def test_the_handover_sheet_says_by_person_what_each_case_waits_for(asked: list[tuple[str, dict[str, Any]]]) -> None:
    shown = run("handover")
    assert "ann@example.org: 1" in shown
    assert "waits for PROVIDER: supply records, Sun 2026-07-05 12:00:00 CDT" in shown


@pytest.mark.parametrize("words", ["list", "supervise", "forecast", "handover"])
def test_every_answer_can_be_had_as_json(words: str, asked: list[tuple[str, dict[str, Any]]]) -> None:
    assert run(words, "--json").lstrip()[0] in "[{"
