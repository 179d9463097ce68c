"""The command line of the campaign asks for what it was told, and prints what there is."""

import json
from typing import Any, Final

import pytest
from typer.testing import CliRunner

from services.recruitment.cli import campaign, campaign_awareness, campaign_base, campaign_lane, work_frame
from services.recruitment.domain.campaign.account_kind import ACCOUNT_REQUEST, AccountStage
from services.recruitment.domain.campaign.lane_kind import LANE
from services.recruitment.domain.campaign.material_kind import ACTIVITY
from services.recruitment.domain.campaign.registration_kind import REGISTRATION
from shared.contracts.message import Command
from tests.recruitment.campaign.cast import HOME, desk
from tests.recruitment.desk import Desk

KINDS: Final = {
    "campaign-registrations": "campaign-registration",
    "lanes": "lane",
    "campaign-materials": "campaign-material",
    "awareness": "awareness-activity",
    "account-requests": "account-request",
}
SUMS: Final[dict[str, Any]] = {
    "/campaign-participation": {
        "states": [{"state": "MA", "homes": 1200, "staff": 3, "consumers": 4}],
        "goals": [{"goal": "MOBILITY", "open": 7, "reached": 2}],
    },
    "/lane-contacts": [{"state": "MA", "member": "qio", "address": "lane@example.org", "convenes": True}],
    "/awareness-reach": [{"state": "MA", "channel": "HEALTH_FAIR", "activities": 2, "reached": 1500}],
}


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk that answers in the service's place."""
    here = desk()

    def ask(command: Command, key: str) -> dict[str, Any]:
        assert key
        return here.done(command)

    def get(service: str, path: str, **filters: Any) -> Any:
        del filters
        assert service == "recruitment"
        if path in SUMS:
            return SUMS[path]
        kind = KINDS[path.split("/")[1]]
        found = [one.model_dump(mode="json") for name, one in here.records.items() if name.startswith(f"{kind}:")]
        return found if path.count("/") == 1 else found[0]

    monkeypatch.setattr(work_frame, "ask", ask)
    for part in (work_frame, campaign_base, campaign_lane, campaign_awareness):
        monkeypatch.setattr(part, "get", get)
    return here


def run(*words: str, status: int = 0) -> str:
    outcome = CliRunner().invoke(campaign.app, words)
    assert outcome.exit_code == status, outcome.output
    return outcome.output


def identifier(at: Desk, kind: str) -> str:
    return next(key.partition(":")[2] for key in at.records if key.startswith(f"{kind}:"))


def test_a_home_registers_works_on_a_goal_and_withdraws(at: Desk) -> None:
    assert run("register", HOME, "--on", "2014-10-01") == f"{HOME} takes part (MA).\n"
    run("goal", "choose", HOME, "mobility", "% walking", "--better", "higher", "--target", "5", "--on", "2014-10-15")
    said = json.loads(run("goal", "report", HOME, "mobility", "2014-11", "4.5", "--by", "lane", "--json"))
    assert said["revision"] == 1
    assert run("goal", "close", HOME, "mobility", "reached", "--on", "2015-01-01") == "MOBILITY: REACHED.\n"
    assert run("list") == f"{HOME:<24}  MA  home          since 2014-10-01: mobility (reached)\n"
    assert "goals" in run("show", HOME)
    assert run("withdraw", HOME, "--reason", "sold", "--on", "2015-02-01") == f"{HOME} withdrew on 2015-02-01.\n"
    assert "withdrew 2015-02-01" in run("list", "--as", "home", "--state", "ma")


def test_a_consumer_registers_without_a_name_and_is_found_by_the_id(at: Desk) -> None:
    run("register", "--as", "consumer", "--state", "ma", "--on", "2014-10-01")
    registration = identifier(at, "campaign-registration")
    assert at.held(REGISTRATION, registration).home is None
    assert f"{registration} withdrew" in run("withdraw", registration, "--reason", "r", "--on", "2014-11-01")


def test_goals_and_sums_are_shown(at: Desk) -> None:
    del at
    assert "C. difficile" in run("goal", "known")
    assert len(json.loads(run("goal", "known", "--json"))) == 9
    assert run("participation").splitlines() == [
        "MA  homes  1,200  staff      3  consumers      4",
        "mobility                open      7  reached      2",
    ]
    assert "1,500" in run("awareness", "reach")
    assert run("lane", "contacts", "--state", "ma") == f"MA  convener  {'qio':<36}  lane@example.org\n"


def test_a_lane_is_formed_convened_reached_and_ended(at: Desk) -> None:
    run("lane", "form", "ma", "qio", "--for", "qio", "--on", "2014-10-01")
    run("lane", "join", "MA", "partner:cdc", "--for", "other", "--on", "2014-10-15")
    run("lane", "contact", "MA", "partner:cdc", "info@example.org")
    assert at.held(LANE, "MA").contacts == {"partner:cdc": "info@example.org"}
    run("lane", "contact", "MA", "partner:cdc")
    assert run("lane", "convener", "MA", "partner:cdc", "--on", "2014-12-01").endswith("convened by partner:cdc.\n")
    run("lane", "leave", "MA", "qio", "--reason", "r", "--on", "2015-01-15")
    assert run("lane", "list") == "MA  since 2014-10-01  convened by partner:cdc, 1 members\n"
    assert "partner:cdc" in run("lane", "show", "ma")
    assert run("lane", "end", "MA", "--reason", "r", "--on", "2015-02-01") == "The LANE of MA ended on 2015-02-01.\n"
    assert "ended 2015-02-01" in run("lane", "list")


def test_a_persons_address_is_refused_on_the_command_line_without_being_repeated(at: Desk) -> None:
    run("lane", "form", "ma", "qio", "--for", "qio", "--on", "2014-10-01")
    said = run("lane", "contact", "MA", "qio", "jane.doe@example.org", status=1)
    assert "no person's" in said
    assert "jane" not in said


def test_a_material_is_added_revised_used_and_retired(at: Desk) -> None:
    words = ("--kind", "key_message", "--for", "consumers", "--origin", "Steering Committee", "--version", "1")
    run("material", "add", "Know", "Know your residents.", *words, "--on", "2014-10-01")
    material = identifier(at, "campaign-material")
    said = run("material", "revise", material, "t", "--origin", "o", "--version", "2", "--on", "2014-11-01")
    assert said == "Version 2, 2 in all.\n"
    more = ("--channel", "health_fair", "--for", "consumers", "--reached", "1200", "--material", material)
    run("awareness", "record", "ma", "A stand.", *more, "--on", "2014-11-02")
    activity = identifier(at, "awareness-activity")
    assert at.held(ACTIVITY, activity).versions == ("2",)
    run("awareness", "correct", activity, "1300", "--because", "counted")
    assert "health fair: 1,300 (A stand.)" in run("awareness", "list")
    run("material", "retire", material, "--reason", "old", "--on", "2014-12-01")
    assert "version 2 of o (out of use since 2014-12-01)" in run("material", "list")
    assert "Know" in run("material", "show", material)


def test_help_with_an_account_is_asked_passed_on_solved_and_reopened(at: Desk) -> None:
    run("account", "ask", HOME, "locked", "--note", "Nobody can get in.", "--on", "2014-10-01")
    request = identifier(at, "account-request")
    run("account", "forward", request, "campaign_support", "--on", "2014-10-02")
    run("account", "solve", request, "--on", "2014-10-03")
    assert f"{request}  solved     2014-10-03  {HOME} MA: locked" in run("account", "list")
    run("account", "reopen", request, "--note", "It is locked again.", "--on", "2014-10-04")
    run("account", "close", request, "no_answer", "--on", "2014-10-05")
    assert at.held(ACCOUNT_REQUEST, request).stage is AccountStage.CLOSED
    assert "turns" in run("account", "show", request)
