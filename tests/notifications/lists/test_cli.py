"""``qio lists``: each command asks for the change it names, and says in a sentence what came of it."""

import json
from typing import Any

import pytest
from typer.testing import CliRunner

from services.notifications.cli.lists import app
from shared.cli import ask as asking
from shared.cli import read
from shared.contracts.message import Command
from shared.contracts.notifications.lists import Reach
from tests.notifications.lists.desk import ANA, EMAIL, IDS, LINKS, LIST, NOTICE, ListDesk

MAIL = str(IDS.of(Reach.EMAIL, EMAIL))


class Service:
    """Answers as the service would, by its real rules."""

    def __init__(self) -> None:
        self.desk = ListDesk.ready()
        self.desk.sent()
        self.asked: list[tuple[str, str]] = []
        self.answers: dict[str, Any] = {}

    def ask(self, command: Command, key: str) -> dict[str, Any]:
        self.asked.append((type(command).__name__, key))
        return {} if type(command).__name__ == "RecordReturn" else self.desk.done(command)

    def get(self, service: str, path: str, **parameters: Any) -> Any:
        assert service == "notifications"
        return self.answers[path]


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> Service:
    made = Service()
    monkeypatch.setattr(asking, "ask", made.ask)
    monkeypatch.setattr(read, "get", made.get)
    return made


def said(*arguments: str, status: int = 0) -> str:
    result = CliRunner().invoke(app, arguments, catch_exceptions=False)
    assert result.exit_code == status, result.output
    return result.output.strip()


OPEN = ("open", "new-list", "--name", "N", "--purpose", "P", "--owner", "Q", "--phone", "1-800-555-0100")


def test_a_list_is_opened_joined_left_and_closed(service: Service) -> None:
    assert said(*OPEN, "--part", "family", "--language", "es") == "The list new-list is open."
    assert said(*OPEN, "--part", "FAMILY", "--language", "es") == "The list new-list was open already."
    assert said("ask", LIST, str(ANA)) == "The mail with the link is on its way."
    assert said("ask", LIST, str(ANA)) == "No mail is sent again so soon."
    assert said("confirm", LINKS.confirm(LIST, ANA)) == f"The contact {ANA} is on the list {LIST}."
    assert said("ask", LIST, str(ANA)) == "The contact is on the list already."
    assert said("leave", "--list", LIST, "--contact", str(ANA)) == f"The contact {ANA} is not on the list {LIST}."
    left = json.loads(said("leave", "--link", LINKS.leave(LIST, ANA), "--by", "reply", "--json"))
    assert left == {"list": LIST, "contact": str(ANA), "state": "LEFT", "changed": False}
    assert said("close", "new-list") == "The list new-list is closed."
    assert ("AskSubscription", f"{LIST}|{ANA}") in service.asked


@pytest.mark.parametrize("wrong", [(), ("--list", LIST), ("--link", "x", "--list", LIST)])
def test_leaving_needs_to_be_told_who_leaves_what(service: Service, wrong: tuple[str, ...]) -> None:
    said("leave", *wrong, status=2)
    assert service.asked == []


def test_an_address_is_reported_and_cleared_by_its_id(service: Service) -> None:
    service.answers[f"/contacts/{ANA}/addresses"] = [{"reach": "email", "address": MAIL, "facts": None}]
    whose = ("--contact", str(ANA))
    assert said("address", "show", *whose) == f"email   {MAIL}  usable"
    assert said("address", "complaint", *whose) == "The address can be used. No list writes to it."
    assert said("address", "clear", "email", "--by", "staff", *whose) == "Nothing has changed."
    assert said("address", "clear", "email", "--by", "person", *whose) == "The address can be used."
    assert service.asked[0] == ("ReportComplaint", MAIL)
    said("address", "returned", "moved", *whose, status=1)
    said("address", "show", status=2)


def test_a_letter_that_came_back_is_told_of_the_address_and_of_the_notice(service: Service) -> None:
    postal = IDS.of(Reach.POSTAL, "12 Elm St Springfield MA 01103")
    known = next(state for key, state in service.desk.records.items() if key.startswith("sent-to:"))
    service.desk.records[f"sent-to:{NOTICE}"] = known.model_copy(update={"addresses": {Reach.POSTAL: postal}})
    service.answers[f"/notices/{NOTICE}/addresses"] = [{"reach": "postal", "address": str(postal), "facts": None}]
    assert said("address", "returned", "moved", "--notice", str(NOTICE)) == "The address is not used any more."
    assert service.asked == [("ReportReturnedMail", str(postal)), ("RecordReturn", str(NOTICE))]


def test_lists_and_members_are_shown_in_lines_or_as_json(service: Service) -> None:
    row = {"id": LIST, "name": "Preventing falls", "owner": "Q"}
    service.answers["/lists"] = [row]
    service.answers[f"/lists/{LIST}/members"] = []
    shown = {**row, "purpose": "P", "phone": "1", "opened_at": "t", "closed_at": None, "parts": [], "languages": ["en"]}
    service.answers[f"/lists/{LIST}"] = {**shown, "members": {"CONFIRMED": 2, "LEFT": 1}}
    assert said("list") == f"{LIST:<24}  Preventing falls  (Q)"
    assert json.loads(said("list", "--json")) == [row]
    assert said("members", LIST) == "No members."
    assert "members     2 confirmed, 1 left" in said("show", LIST)
    assert "anybody; in en" in said("show", LIST)
