"""``qio audience`` and ``qio messages``: what is asked, and what is said."""

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from typer.testing import CliRunner

import shared.cli.ask
import shared.cli.read
from services.notifications.cli import audiences, campaigns
from shared.contracts.message import Command
from shared.contracts.notifications.campaigns import PrepareCampaign, Stage, StopCampaign
from shared.contracts.notifications.terms import Part

RUN = CliRunner()
FOUND: dict[str, Any] = {
    "total": 1_200,
    "reached": 1_000,
    "by_part": {"COALITION_LEAD": 400, "OWNER": 700},
    "by_channel": {"email": 1_000},
    "by_language": {"en": 900, "es": 100},
    "left_out": {"NO_ADDRESS": 150, "STOPPED": 50},
    "only_staff": 3,
}


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Command]:
    """The commands that would be sent, each accepted."""
    found: list[Command] = []

    def take(command: Command, key: str) -> dict[str, Any]:
        del key
        found.append(command)
        return {"campaign": str(UUID(int=1)), "name": "Falls", "stages": 2, "grades": {"en": 4.2}, "requested": 7}

    monkeypatch.setattr(shared.cli.ask, "ask", take)
    return found


@pytest.fixture
def questions(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, Any]]]:
    """The questions that would be asked, each answered with an estimate."""
    found: list[tuple[str, dict[str, Any]]] = []

    def answer(service: str, path: str, **parameters: Any) -> dict[str, Any]:
        assert service == "notifications"
        found.append((path, parameters))
        return FOUND

    monkeypatch.setattr(shared.cli.read, "get", answer)
    return found


def test_an_estimate_is_asked_by_repeated_options(questions: list[tuple[str, dict[str, Any]]]) -> None:
    options = "estimate --part frontline --part OWNER --state ma --cohort B --measure falls:signalled --list updates"
    said = RUN.invoke(audiences.app, options.split())
    assert said.exit_code == 0
    wanted = {
        "part": ["FRONTLINE", "OWNER"],
        "state": ["MA"],
        "cohort": ["B"],
        "measure": ["falls:signalled"],
        "list": ["updates"],
        "list_id": None,
    }
    assert questions == [("/audience", wanted)]
    assert said.output.splitlines()[0] == "1,200 are meant, 1,000 would be written to."
    assert "left out  no address" in said.output
    assert said.output.splitlines()[-1] == "3 of them only as staff."


def test_a_campaign_is_prepared_from_files_and_options(tmp_path: Path, asked: list[Command]) -> None:
    english, spanish = tmp_path / "en.txt", tmp_path / "es.txt"
    english.write_text("Falls can be prevented\r\n\r\nAsk for help.\r\nKeep the floor dry.\r\n")
    spanish.write_text("Las caídas se evitan\nPida ayuda al levantarse.\n", encoding="utf-8")
    options = ["prepare", "Falls week", "--words", f"en={english}", "--words", f"es={spanish}"]
    options += ["--writer", "Example QIN-QIO", "--phone", "1-866-555-0100", "--stage", "10%", "--stage", "90%+24"]
    options += ["--state", "ma", "--part", "family", "--ends-at", "2031-01-01T12:00-05:00", "--key-message"]
    said = RUN.invoke(campaigns.app, options)
    assert said.exit_code == 0, said.output
    (command,) = asked
    assert isinstance(command, PrepareCampaign)
    assert command.words["en"].title == "Falls can be prevented"
    assert command.words["en"].text == "Ask for help.\nKeep the floor dry."
    assert command.stages == (Stage(percent=10), Stage(percent=90, wait_hours=24))
    assert (command.audience.parts, command.audience.states) == ((Part.FAMILY,), ("MA",))
    assert command.notice_type == "KEY_MESSAGE"
    assert command.ends_at is not None
    assert "School grade of its words: en 4.2." in said.output


@pytest.mark.parametrize("stage", ["ten", "10%+x", "%", "-5", "10+-1"])
def test_a_stage_that_is_none_is_refused_in_words(tmp_path: Path, asked: list[Command], stage: str) -> None:
    path = tmp_path / "en.txt"
    path.write_text("Title\nWords of a message.")
    options = ["prepare", "x", "--words", f"en={path}", "--writer", "x", "--phone", "1-866-555-0100", "--state", "MA"]
    said = RUN.invoke(campaigns.app, [*options, f"--stage={stage}"])
    assert said.exit_code == 2
    assert asked == []


@pytest.mark.parametrize("words", ["en.txt", "en=/nowhere/at/all"])
def test_words_that_cannot_be_read_are_refused_in_words(asked: list[Command], words: str) -> None:
    options = ["prepare", "x", "--words", words, "--writer", "x", "--phone", "1-866-555-0100", "--state", "MA"]
    assert RUN.invoke(campaigns.app, options).exit_code == 2
    assert asked == []


def test_stopping_says_why_and_each_step_answers_in_a_sentence(asked: list[Command]) -> None:
    campaign = str(UUID(int=1))
    for step in ("approve", "start", "pause", "resume"):
        said = RUN.invoke(campaigns.app, [step, campaign])
        assert said.output.endswith("7 notices were requested so far.\n")
    assert RUN.invoke(campaigns.app, ["stop", campaign]).exit_code == 2
    RUN.invoke(campaigns.app, ["stop", campaign, "--reason", "no longer true"])
    assert isinstance(asked[-1], StopCampaign)
    assert asked[-1].reason == "no longer true"
