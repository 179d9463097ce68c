"""Invitations to patients and families: to those who asked for it, with how to join, in words that can be sent."""

from dataclasses import replace
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from typer.testing import CliRunner

import shared.cli.ask
from services.notifications.cli import campaigns
from services.notifications.domain.campaigns.kinds import CAMPAIGN
from services.notifications.domain.campaigns.sending import Member, request
from services.notifications.domain.lists.leaving import with_link
from services.notifications.domain.notice import State
from services.notifications.domain.planning import plan
from shared.contracts.message import Command
from shared.contracts.notifications.campaigns import Audience, PrepareCampaign
from shared.contracts.notifications.terms import Part
from tests.notifications.campaigns.asking import ENGLISH, SPANISH, contact_id, facts, prepare, running
from tests.notifications.desk import Desk
from tests.notifications.support import LINKS
from tests.notifications.support import desk as writing

JOIN = {"en": "Call us, or tell your nurse.", "es": "Llámenos o dígaselo a su enfermera."}
WORDS = {"en": {**ENGLISH, "how_to_join": JOIN["en"]}, "es": {**SPANISH, "how_to_join": JOIN["es"]}}
PEOPLE = ["RESIDENT", "FAMILY", "BENEFICIARY", "CAREGIVER"]


def invitation(**changed: Any) -> PrepareCampaign:
    given = {"notice_type": "PFE_INVITATION", "words": WORDS, "list_id": "advisors", "audience": {"parts": PEOPLE}}
    return prepare(**{**given, **changed})


@pytest.mark.parametrize(
    ("changed", "reasons"),
    [
        ({"list_id": None}, [("LIST_MISSING", "list_id")]),
        ({"audience": {"parts": ["FAMILY", "OWNER"]}}, [("NOT_FOR_THEM", "audience.parts")]),
        ({"audience": {"states": ["MA"]}}, [("NOT_FOR_THEM", "audience.parts")]),
        ({"words": {**WORDS, "es": SPANISH}}, [("HOW_TO_JOIN_MISSING", "words.es")]),
        ({"words": {**WORDS, "es": {**SPANISH, "how_to_join": " \n"}}}, [("HOW_TO_JOIN_MISSING", "words.es")]),
        ({"words": {**WORDS, "en": {**ENGLISH, "how_to_join": "Call {{ phone }}."}}}, [("TEMPLATE_MARKS", "words.en")]),
        ({"notice_type": "KEY_MESSAGE"}, [("HOW_TO_JOIN_UNUSED", "words.en"), ("HOW_TO_JOIN_UNUSED", "words.es")]),
    ],
)
def test_an_invitation_that_is_not_for_patients_and_families_who_asked_or_says_not_how_to_join_is_refused(
    changed: dict[str, Any], reasons: list[tuple[str, str]]
) -> None:
    assert Desk().refused(invitation(**changed)) == reasons


@pytest.mark.parametrize(("part", "language"), [(part, language) for part in PEOPLE for language in JOIN])
def test_an_invitation_reaches_everybody_it_may_be_for_in_their_language_and_can_be_left(
    part: str, language: str
) -> None:
    desk = Desk()
    campaign = desk.held(CAMPAIGN, str(running(desk, **invitation().model_dump(exclude={"actor"}))))
    member = Member(contact_id(1), facts(preferences={"language": language}), frozenset({Part(part)}), None)
    asked = with_link(request(campaign, member, desk.now), LINKS)
    assert asked.notice_type == "PFE_INVITATION"
    made = plan(asked, writing(desk.now)).notice
    assert made.state is State.QUEUED
    text = (made.content or b"").decode()
    assert "List-Unsubscribe-Post" in text
    spoken = {"en": "How to join", "es": "participar"}
    assert spoken[language] in text
    assert asked.facts["how_to_join"] == JOIN[language]
    assert asked.facts["activity"].startswith(WORDS[language]["title"])


def test_somebody_who_is_not_on_the_list_is_left_out() -> None:
    desk = Desk()
    campaign = desk.held(CAMPAIGN, str(running(desk, **invitation().model_dump(exclude={"actor"}))))
    member = Member(contact_id(1), facts(), frozenset({Part.FAMILY}), None)
    asked = request(campaign, member, desk.now)
    known = replace(writing(desk.now).known, against="not-on-list")
    assert plan(asked, replace(writing(desk.now), known=known)).notice.state is State.STOPPED


def test_an_invitation_is_prepared_with_how_to_join(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    found: list[Command] = []

    def take(command: Command, key: str) -> dict[str, Any]:
        del key
        found.append(command)
        return {"campaign": str(UUID(int=1)), "stages": 1, "grades": {}}

    monkeypatch.setattr(shared.cli.ask, "ask", take)
    (tmp_path / "en.txt").write_text(f"{ENGLISH['title']}\n{ENGLISH['text']}\n", encoding="utf-8")
    options = ["prepare", "Advisors", "--words", f"en={tmp_path}/en.txt", "--writer", "Q", "--phone", "1-866-555-0100"]
    more = ["--for-list", "advisors", "--part", "FAMILY", "--how-to-join"]
    said = CliRunner().invoke(campaigns.app, [*options, *more, f"en={JOIN['en']}"])
    assert said.exit_code == 0, said.output
    (command,) = found
    assert isinstance(command, PrepareCampaign)
    assert command.notice_type == "PFE_INVITATION"
    assert command.audience == Audience(parts=(Part.FAMILY,))
    assert command.words["en"].how_to_join == JOIN["en"]
    for wrong in ("es=Llame.", "Call us.", "en= "):
        assert CliRunner().invoke(campaigns.app, [*options, *more, wrong]).exit_code == 2
    assert CliRunner().invoke(campaigns.app, [*options, "--key-message", *more, "en=Call."]).exit_code == 2
