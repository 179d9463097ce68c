"""qio reviewers: what is sent, what people read, how a refusal looks."""

import datetime as dt
import shlex
from typing import Any
from uuid import UUID

import pytest
from typer.testing import CliRunner

from services.complaints.reviewers import cli as reviewer_cli
from services.complaints.reviewers import roster_cli as reviewer_roster_cli
from services.complaints.reviewers import talk as reviewer_talk
from shared.contracts.message import Command
from shared.contracts.reviewers import AmendReviewer, Holder, InterestKind, PutOnCall, RegisterReviewer, RetireReviewer
from tests.complaints.reviewers.people import CASE, FAMILY, person

ADD = shlex.split(
    "add --name 'Ada Night' --phone 312-555-0100 --capacity 6 --licence MD:il:036-1:2010-01-01:2027-07-31 "
    "--licence CODER:us:C-9:2015-01-01 --specialty cardiology:certified:2012-01-01 "
    "--interest 140001:board:spouse:2020-01-01"
)
MADE = {"reviewer_id": str(person(1)), "capacity": 6, "retired_on": None, "shifts": [], "shifts_withdrawn": []}


@pytest.fixture
def sent(monkeypatch: pytest.MonkeyPatch) -> list[tuple[Command, str]]:
    """What would be sent."""
    commands: list[tuple[Command, str]] = []

    def ask(command: Command, key: str) -> dict[str, Any]:
        commands.append((command, key))
        retired = "2026-07-04" if isinstance(command, RetireReviewer) else None
        return {**MADE, "retired_on": retired, "open_cases": [str(CASE)] if retired else []}

    monkeypatch.setattr(reviewer_talk, "ask", ask)
    return commands


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, dict[str, Any]]]:
    """What would be asked of the read API."""
    questions: list[tuple[str, dict[str, Any]]] = []

    def read(path: str, **parameters: Any) -> Any:
        questions.append((path, parameters))
        return []

    monkeypatch.setattr(reviewer_cli, "read", read)
    monkeypatch.setattr(reviewer_roster_cli, "read", read)
    return questions


def run(*words: str) -> Any:
    return CliRunner().invoke(reviewer_cli.app, list(words))


def test_a_reviewer_is_added_with_licences_and_interests_and_an_opaque_key(sent: list[tuple[Command, str]]) -> None:
    result = run(*ADD)
    assert result.exit_code == 0, result.output
    ((command, key),) = sent
    assert isinstance(command, RegisterReviewer)
    assert key == str(command.reviewer_id)
    assert [(each.profession, each.state, each.valid_to) for each in command.licences] == [
        ("MD", "IL", dt.date(2027, 7, 31)),
        ("CODER", None, None),
    ]
    assert (command.interests[0].kind, command.interests[0].holder) == (InterestKind.BOARD, Holder.SPOUSE)
    assert "up to 6 open cases" in result.output
    assert "Ada" not in result.output


@pytest.mark.parametrize("wrong", ["MD:IL:1", "MD:IL:1:2010-01-01:2011-01-01:x", "MD::1:2010-01-01"])
def test_what_is_not_a_licence_is_refused_with_its_form(sent: list[tuple[Command, str]], wrong: str) -> None:
    result = run("add", "--name", "Ada", "--licence", wrong)
    assert result.exit_code == 2
    assert "PROFESSION:STATE:NUMBER:FROM" in result.output
    assert not sent


def test_a_wrong_field_is_named_without_its_value(sent: list[tuple[Command, str]]) -> None:
    result = run("add", "--name", "Ada", "--licence", "MD:IL:1:yesterday")
    assert result.exit_code == 1
    assert "licences.0.valid_from" in result.output
    assert "yesterday" not in result.output
    assert not sent


def test_an_amendment_sends_only_what_is_given(sent: list[tuple[Command, str]]) -> None:
    assert run("amend", str(person(1)), "--not-practising").exit_code == 0
    ((command, _),) = sent
    assert isinstance(command, AmendReviewer)
    assert (command.practising, command.capacity, command.name, command.licences) == (False, None, None, ())


def test_retirement_lists_the_cases_to_give_to_others(sent: list[tuple[Command, str]]) -> None:
    result = run("retire", str(person(1)), "--on", "2026-07-04")
    assert f"Cases to give to others: {CASE}" in result.output
    assert len(sent) == 1


def test_a_shift_is_put_for_several_states(sent: list[tuple[Command, str]]) -> None:
    words = "on-call put --state il --state wi --profession MD --start 2026-07-04T17:00-05:00 --end 2026-07-05T17:00Z"
    result = run(*words.split(), str(person(1)))
    assert result.exit_code == 0, result.output
    ((command, _),) = sent
    assert isinstance(command, PutOnCall)
    assert command.states == {"IL", "WI"}
    assert isinstance(command.shift_id, UUID)


def test_nobody_on_call_is_an_exit_that_a_script_can_see(asked: list[tuple[str, dict[str, Any]]]) -> None:
    assert run("on-call", "show", "--state", "il").exit_code == 1
    assert asked == [("/roster/on-call", {"state": "IL", "profession": "MD", "specialty": None, "at": None})]


def test_gaps_and_suggestions_ask_what_the_api_understands(asked: list[tuple[str, dict[str, Any]]]) -> None:
    assert "0 gaps" in run("gaps", "--state", "il").output
    result = run("suggest", str(CASE), "--family", str(FAMILY), "--state", "il", "--denial", "--level", "INITIAL")
    assert result.exit_code == 0, result.output
    path, parameters = asked[-1]
    assert path == "/reviewer-suggestions"
    assert (parameters["state"], parameters["denial"], parameters["family_id"]) == ("IL", True, FAMILY)
