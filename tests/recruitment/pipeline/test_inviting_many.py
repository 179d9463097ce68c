"""Inviting many from the command line: in chunks, each answer counted, a refusal stops no other."""

import json
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Self
from uuid import UUID, uuid4

import pytest
from typer.testing import CliRunner

from services.recruitment.cli import campaigns, chunks
from shared.contracts.message import Command
from shared.contracts.recruitment.pipeline_commands import InviteParticipant
from shared.contracts.replies import CommandAccepted, CommandRejected, Reason

CAMPAIGN = UUID("00000000-0000-4000-8000-000000000001")


class Service:
    """Answers as the service would."""

    def __init__(self) -> None:
        self.asked: dict[str, InviteParticipant] = {}

    def __call__(self, settings: object) -> "Service":
        return self

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        """Nothing is held open."""

    async def ask(self, command: Command, key: str) -> CommandAccepted | CommandRejected:
        assert isinstance(command, InviteParticipant)
        known = {"command_id": uuid4(), "command_type": command.wire_type()}
        if command.participant == "999999":
            reason = Reason(code="FACILITY_UNKNOWN", field="participant", text="No such participant is known.")
            return CommandRejected(**known, reasons=(reason,))
        before = key in self.asked
        self.asked[key] = command
        return CommandAccepted(**known, made={"participant": key, "invited": not before})


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Service:
    made = Service()

    def get(_service: str, path: str, **parameters: Any) -> Any:
        if path == "/targets":
            return [{"ccn": f"{number:06d}"} for number in range(parameters["limit"])]
        return {"collaborative": "NNHQCC"}

    monkeypatch.setattr(chunks, "Line", made)
    monkeypatch.setattr(chunks, "Settings", lambda: SimpleNamespace(with_stack=lambda: None))
    monkeypatch.setattr(campaigns, "get", get)
    return made


def invite(*arguments: str) -> tuple[int, Any]:
    result = CliRunner().invoke(campaigns.app, ["invite", str(CAMPAIGN), "--on", "2015-03-02", "--json", *arguments])
    return result.exit_code, json.loads(result.stdout)


def test_a_thousand_targets_are_invited_and_a_second_time_none(service: Service) -> None:
    status, said = invite("--targets", "1000", "--wave", "2")
    assert (status, len(said["invited"]), said["refused"]) == (0, 1_000, {})
    one = service.asked["000007"]
    assert (one.campaign, one.wave, one.collaborative) == (CAMPAIGN, 2, "NNHQCC")
    status, said = invite("--targets", "1000", "--wave", "2")
    assert (status, said["invited"], len(said["invited_before"])) == (0, [], 1_000)


def test_a_file_says_whom_to_write_to_and_a_refusal_stops_no_other(service: Service, tmp_path: Path) -> None:
    file = tmp_path / "homes.csv"
    file.write_text("participant,contact_name,contact_email\n22500a,Ida,ida@home.example\n999999,,\n225010,,\n")
    status, said = invite("--from", str(file), "--participant", "npi:1234567893")
    assert status == 1
    assert said["invited"] == ["22500A", "225010", "npi:1234567893"]
    assert said["refused"]["999999"][0]["code"] == "FACILITY_UNKNOWN"
    assert (service.asked["22500A"].contact_email, service.asked["225010"].contact_email) == ("ida@home.example", None)


@pytest.mark.parametrize("text", ["name\nWillowbrook\n", "participant\n225009\n,\n"])
def test_a_file_without_ids_is_refused_before_anything_is_sent(service: Service, tmp_path: Path, text: str) -> None:
    file = tmp_path / "homes.csv"
    file.write_text(text)
    result = CliRunner().invoke(campaigns.app, ["invite", str(CAMPAIGN), "--from", str(file)])
    assert result.exit_code == 1
    assert service.asked == {}
