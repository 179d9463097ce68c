"""qio case disclose and status-id: what is sent, what people read, how a wrong word is refused."""

from typing import Any
from uuid import UUID

import pytest
from typer.testing import CliRunner

from services.complaints.disclosures import cli
from shared.contracts.disclosures import IssueStatusId, RecordDisclosureNotice, RequestDisclosure
from shared.contracts.message import Command

CASE = "4b1c7a52-3f0e-5d6b-9a77-1d2c3b4a5f60"
ANSWER = {
    "disclosure_id": CASE,
    "case_id": CASE,
    "recipient": "LICENSING_BOARD",
    "information": "QUALITY_FINDINGS",
    "decision": "NOTICE_NEEDED",
    "citation": "42 CFR 480.138",
    "reasons": [{"code": "NOTICE_30_DAYS", "text": "Notice is needed.", "field": None, "citation": None}],
    "disclosable_at": None,
    "due_at": None,
    "redisclosure": "42CFR480.107",
    "status_id": "ABCD",
}


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Command]:
    """What would be sent, answered as the service answers."""
    commands: list[Command] = []

    def ask(command: Command, key: str) -> dict[str, Any]:
        assert key
        commands.append(command)
        return ANSWER

    monkeypatch.setattr(cli, "ask", ask)
    return commands


def test_a_request_is_answered_with_rule_reasons_and_the_mark(asked: list[Command]) -> None:
    arguments = ["request", CASE, "licensing_board", "quality_findings", "--stated", "WRITTEN_REQUEST"]
    result = CliRunner().invoke(cli.disclose, arguments)
    assert result.exit_code == 0, result.output
    (command,) = asked
    assert isinstance(command, RequestDisclosure)
    assert command.recipient == "LICENSING_BOARD"
    assert set(command.stated) == {"WRITTEN_REQUEST"}
    for words in ("NOTICE_NEEDED", "42 CFR 480.138", "Notice is needed.", "42CFR480.107"):
        assert words in result.output


def test_a_recipient_there_is_not_is_refused_by_field_without_its_value(asked: list[Command]) -> None:
    result = CliRunner().invoke(cli.disclose, ["request", CASE, "neighbour", "quality_findings"])
    assert result.exit_code == 1
    assert "recipient" in result.output
    assert not asked


def test_steps_and_status_ids_are_sent_for_what_they_name(asked: list[Command]) -> None:
    assert CliRunner().invoke(cli.disclose, ["noticed", CASE]).exit_code == 0
    issued = CliRunner().invoke(cli.status_id, ["issue", CASE])
    assert "ABCD" in issued.output
    assert [type(command) for command in asked] == [RecordDisclosureNotice, IssueStatusId]
    assert all(str(UUID(CASE)) in command.model_dump_json() for command in asked)
