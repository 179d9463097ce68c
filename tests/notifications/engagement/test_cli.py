"""``qio voices``: what is asked, and what is said."""

from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from typer.testing import CliRunner

import shared.cli.ask
import shared.cli.read
from services.notifications.cli.engagement import app
from services.notifications.domain.audiences.recipients import PUBLIC
from shared.contracts.message import Command
from shared.contracts.notifications.campaigns import PrepareCampaign
from shared.contracts.notifications.engagement import (
    OrderAid,
    RecordFeedback,
    RecordStory,
    RecordSurveyAnswer,
    ReturnFeedback,
    ReviewStory,
    ShareStory,
    ThankTeller,
    WithdrawStoryConsent,
)
from tests.notifications.engagement.voices import CODE, TELLER, WORDS

RUN = CliRunner()
STORY = UUID(int=7)
OFFICE = "--writer QIN --phone 1-866-555-0100"
MADE = {
    "story": str(STORY),
    "changed": True,
    "state": "CLEARED",
    "readers": 3,
    "returned": 1,
    "notice_id": "n",
    "feedback": "f",
    "campaign": "c",
    "stages": 1,
    "grades": {"en": 4.0},
}
RESULT = {"month": "2015-03", "group": "APPEAL", "version": "1", "answered": 45}
COUNTS = {"1": None, "2": 0, "3": 0, "4": None, "5": 30, "none": 0}


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Command]:
    """The commands that would be sent, each accepted."""
    found: list[Command] = []

    def take(command: Command, key: str) -> dict[str, Any]:
        assert CODE not in key
        found.append(command)
        return MADE

    monkeypatch.setattr(shared.cli.ask, "ask", take)
    return found


def run(line: str, *more: str) -> str:
    said = RUN.invoke(app, [*line.split(), *more])
    assert said.exit_code == 0, said.output
    return said.output


def test_a_story_is_written_down_from_a_file_with_its_consent(asked: list[Command], tmp_path: Path) -> None:
    file = tmp_path / "story.txt"
    file.write_text(WORDS + "\n", encoding="utf-8")
    options = "--relation family --sharing share_publicly --consented-on 2015-03-01 --consent spoken"
    run(f"story record moves {options} --received-on 2015-03-02 --words en={file}")
    (command,) = asked
    assert isinstance(command, RecordStory)
    assert dict(command.words) == {"en": WORDS}
    assert command.consent.called is None


def test_a_story_is_reviewed_shared_and_withdrawn(asked: list[Command]) -> None:
    assert "cleared" in run(f"story review {STORY} --clear")
    to = "--to coalition_member@coalition:c1 --to FAMILY@state:MA"
    assert "3 notices" in run(f"story share {STORY} {to} --on 2015-03-06 {OFFICE}")
    run(f"story withdraw {STORY}")
    review, share, withdraw = asked
    assert isinstance(review, ReviewStory)
    assert isinstance(share, ShareStory)
    assert [one.place for one in share.readers] == ["coalition:c1", "state:MA"]
    assert isinstance(withdraw, WithdrawStoryConsent)


def test_the_teller_is_found_in_the_story(asked: list[Command], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shared.cli.read, "get", lambda *_, **__: {"facts": {"contact": str(TELLER)}})
    run(f"story thank {STORY} {OFFICE}")
    (command,) = asked
    assert isinstance(command, ThankTeller)
    assert command.contact == TELLER


def test_feedback_answers_and_aids_are_asked_for(asked: list[Command]) -> None:
    run("feedback record --topic moves --source story --on 2015-03-06", "Families want a call before a move.")
    run(f"feedback return {STORY} --to coalition:c1 --on 2015-03-06", "Two hospitals call before a move.")
    run(f"survey answer {CODE} --score reached=4 --how phone --on 2015-03-06", "--words", "better=Call sooner.")
    run(f"aid order pneumonia-shot {TELLER} {OFFICE}")
    record, back, answer, order = asked
    assert isinstance(record, RecordFeedback)
    assert isinstance(back, ReturnFeedback)
    assert isinstance(answer, RecordSurveyAnswer)
    assert (dict(answer.scores), dict(answer.words)) == ({"reached": 4}, {"better": "Call sooner."})
    assert isinstance(order, OrderAid)


def test_an_invitation_is_a_campaign_for_patients_and_families(asked: list[Command], tmp_path: Path) -> None:
    for language in ("en", "es"):
        (tmp_path / language).write_text("Join us\nCome to our council on the first Monday.", encoding="utf-8")
    files = f"--words en={tmp_path / 'en'} --words es={tmp_path / 'es'}"
    run(f"invite Council {files} {OFFICE} --state ma")
    (command,) = asked
    assert isinstance(command, PrepareCampaign)
    assert set(command.audience.parts) <= PUBLIC
    assert command.audience.states == ("MA",)


def test_results_say_what_is_withheld(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [{**RESULT, "questions": [{"question": "reached", "counts": COUNTS}]}, {**RESULT, "answered": None}]
    monkeypatch.setattr(shared.cli.read, "get", lambda *_, **__: [{"questions": [], **row} for row in rows])
    said = run("survey results")
    assert "45 answered" in said
    assert "1: withheld, 2: 0" in said
    assert "fewer than 11" in said
