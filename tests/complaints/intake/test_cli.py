"""qio case intake: what is sent, what is asked on a terminal, what is said before a case is filed."""

from typing import Any
from uuid import UUID

import pytest
from typer.testing import CliRunner

from services.complaints.intake import asking, cli, talk
from shared.contracts.intake import AnswerIntake, CompleteIntake, ContactKind, DeclareOutage, StartIntake
from shared.contracts.message import Command
from tests.complaints.intake.support import INTAKE

CASE = "4b1c7a52-3f0e-4d6b-9a77-1d2c3b4a5f60"
QUESTION = {
    "field": "caller",
    "text": "Are you the patient?",
    "kind": "one of the choices",
    "choices": [["beneficiary", "the patient"], ["provider", "a provider"]],
    "needed": True,
}
VIEW: dict[str, Any] = {
    "intake_id": str(INTAKE),
    "state": "OPEN",
    "case_type": None,
    "elsewhere": None,
    "channel": "VOICEMAIL",
    "received_local": "Sat 2026-07-04 23:40:00 CDT (UTC-05:00)",
    "said": [{"code": "received", "text": "We count your request.", "citation": None}],
    "missing": [],
    "next": QUESTION,
    "case_id": None,
}
DONE = VIEW | {"next": None, "case_id": CASE, "case_type": "HOSP_DISCHARGE_FFS"}
MADE = {
    "case_id": CASE,
    "case_type": "HOSP_DISCHARGE_FFS",
    "state": "RECEIVED",
    "timeliness": "TIMELY",
    "region": "Region 5",
    "received_local": "Sat 2026-07-04 23:40:00 CDT (UTC-05:00)",
    "joined": False,
}


class Wire:
    """What was sent, and what is answered."""

    def __init__(self) -> None:
        self.sent: list[Command] = []
        self.answers: list[dict[str, Any] | SystemExit] = []

    def ask(self, command: Command, _key: str) -> dict[str, Any]:
        self.sent.append(command)
        answer = self.answers.pop(0) if self.answers else VIEW
        if isinstance(answer, SystemExit):
            raise answer
        return answer


@pytest.fixture
def wire(monkeypatch: pytest.MonkeyPatch) -> Wire:
    made = Wire()
    monkeypatch.setattr(talk, "ask", made.ask)
    return made


def run(*words: str, text: str = "", status: int = 0) -> str:
    result = CliRunner().invoke(cli.app, words, input=text)
    assert result.exit_code == status, result.output
    return result.output


def test_an_interview_begins_with_the_voicemail_and_answers(wire: Wire) -> None:
    run("start", "--voicemail", "2026-07-04T23:40-05:00", "--answer", "caller=beneficiary", "--answer", "email=")
    (command,) = wire.sent
    assert isinstance(command, StartIntake)
    assert [contact.kind for contact in command.contacts] == [ContactKind.VOICEMAIL_LEFT]
    assert command.answers == {"caller": "beneficiary", "email": ""}


def test_a_call_is_answered_now_unless_said_otherwise(wire: Wire) -> None:
    run("start")
    (command,) = wire.sent
    assert isinstance(command, StartIntake)
    assert [contact.kind for contact in command.contacts] == [ContactKind.CALL_ANSWERED]


def test_answers_come_from_standard_input_so_that_they_stand_in_no_history(wire: Wire) -> None:
    run("answer", str(INTAKE), "--answers", "-", text='{"patient_name": "Ana Perez"}')
    (command,) = wire.sent
    assert isinstance(command, AnswerIntake)
    assert command.answers == {"patient_name": "Ana Perez"}


def test_a_medicare_number_never_leaves_the_command(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    from shared.feeds import commands  # noqa: PLC0415
    from shared.feeds.reference import Reference  # noqa: PLC0415

    reference = Reference(bytes(32))
    monkeypatch.setattr(commands, "settings_or_fail", lambda: None)
    monkeypatch.setattr(commands, "reference_of", lambda _settings: reference)
    run("answer", str(INTAKE), "--answer", "beneficiary=1EG4-TE5-MK73")
    (command,) = wire.sent
    assert isinstance(command, AnswerIntake)
    assert command.answers == {"beneficiary": reference.beneficiary("1EG4TE5MK73")}


def test_on_a_terminal_it_asks_says_each_sentence_once_and_asks_again_what_is_refused(
    wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(asking, "at_terminal", lambda: True)
    wire.answers = [VIEW, SystemExit(1), DONE]
    said = run("start", text="7\n1\n")
    assert [command.answers for command in wire.sent[1:] if isinstance(command, AnswerIntake)] == [
        {"caller": "7"},
        {"caller": "beneficiary"},
    ]
    assert said.count("» We count your request.") == 2  # once in the interview, once in the summary
    assert f"Complete: qio case intake complete {INTAKE}" in said


def test_an_interview_is_left_and_says_how_to_take_it_up_again(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(asking, "at_terminal", lambda: True)
    assert f"qio case intake resume {INTAKE}" in run("start", text="/leave\n")
    assert len(wire.sent) == 1


def test_alike_cases_are_pointed_out_before_a_case_is_filed(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    alike = [{"case_id": CASE, "case_type": "HOSP_DISCHARGE_FFS", "stage": "RECEIVED", "same_facility": True}]
    answers = {f"/intakes/{INTAKE}": DONE, f"/intakes/{INTAKE}/alike": alike}
    monkeypatch.setattr(talk, "read", lambda path, **_: answers[path])
    wire.answers = [MADE]
    said = run("complete", str(INTAKE))
    assert "the same person, the same facility, which this request joins" in said
    (command,) = wire.sent
    assert isinstance(command, CompleteIntake)
    assert command.case_id == UUID(CASE)


def test_what_is_not_finished_is_not_filed(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(talk, "read", lambda _path, **_: VIEW)
    assert "Next: caller" in run("complete", str(INTAKE), status=1)
    assert not wire.sent


def test_an_interview_is_resumed_by_the_number_to_call_back(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def find(number: str) -> list[dict[str, Any]]:
        asked.append(number)
        return [{"intake_id": str(INTAKE), "received_at": ""}]

    monkeypatch.setattr(talk, "find", find)
    monkeypatch.setattr(talk, "read", lambda _path, **_: VIEW)
    assert "Next: caller" in run("resume", "--callback", "-", text="312-555-0100\n")
    assert asked == ["312-555-0100"]


def test_every_question_is_listed_with_its_choices() -> None:
    assert "in_hospital            one of the choices: in left no" in run("questions")


def test_an_outage_is_declared_with_its_times(wire: Wire) -> None:
    from services.complaints.cli import app  # noqa: PLC0415

    wire.answers = [{"since": "a", "until": "b"}]
    words = ["outage", "2026-07-04T11:00-05:00", "2026-07-04T13:00-05:00"]
    assert CliRunner().invoke(app, words).exit_code == 0
    (command,) = wire.sent
    assert isinstance(command, DeclareOutage)
    assert command.until.isoformat() == "2026-07-04T13:00:00-05:00"
