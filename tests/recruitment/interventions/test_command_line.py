"""The command line asks for what it was told, and prints what there is."""

from typing import Any

import pytest
from typer.testing import CliRunner

from services.recruitment.cli import community, work_frame
from services.recruitment.domain.interventions.intervention_kind import INTERVENTION
from shared.contracts.message import Command
from tests.recruitment.desk import Desk
from tests.recruitment.interventions.cast import AGING, HOSPITAL, desk

EFFECT = {"measure": "ade-any", "sentence": "An association: -1.2."}


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk that answers in the service's place."""
    here = desk()

    def ask(command: Command, key: str) -> dict[str, Any]:
        assert key.startswith("cambridge")
        return here.done(command)

    def get(service: str, path: str, **filters: Any) -> Any:
        assert service == "recruitment"
        kind = {"one-to-ones": "one-to-one"}.get(path.split("/")[1], path.split("/")[1].removesuffix("s"))
        found = [one.model_dump(mode="json") for name, one in here.records.items() if name.startswith(f"{kind}:")]
        if kind == "intervention":
            found = [{**one, "effects": [EFFECT]} for one in found]
        return found if path.count("/") == 1 else found[0]

    monkeypatch.setattr(work_frame, "ask", ask)
    monkeypatch.setattr(work_frame, "get", get)
    return here


def run(*words: str) -> str:
    outcome = CliRunner().invoke(community.app, words)
    assert outcome.exit_code == 0, outcome.output
    return outcome.output


def identifier(at: Desk, kind: str) -> str:
    (name,) = [key.partition(":")[2] for key in at.records if key.startswith(f"{kind}:")]
    return name


def test_an_intervention_is_started_followed_and_ended(at: Desk) -> None:
    said = run(
        *("intervention", "start", "cambridge", "Coaching", "--kind", "care_transitions_intervention"),
        *("--setting", "hospital", "--setting", "home_health", "--measure", "rehospitalizations-30d,ade-any"),
        *("--unit", "home visits", "--on", "2014-10-01", "--compare-with", "boston", "--comparison", "communities"),
    )
    name = identifier(at, "intervention")
    assert said == f"Coaching ({name}) started on 2014-10-01 over 2 areas.\n"
    assert run("intervention", "dose", name, "2014-10", "12") == "12 home visits in 2014-10 (revision 1).\n"
    run("intervention", "reach", name, "2014-10", "9", "--areas", "2", "--facilities", "1")
    run("intervention", "change", name, "new coaches", "--on", "2014-11-01", "--stratum", "copd")
    run("intervention", "pause", name, "--reason", "no coach", "--on", "2014-11-02")
    run("intervention", "resume", name, "--on", "2014-11-09")
    run("intervention", "end", name, "--reason", "completed", "--result", "worked", "--on", "2015-01-31")
    run("intervention", "correct", name, "--because", "a slip", "--ended-on", "2015-01-30")
    held = at.held(INTERVENTION, name)
    assert held.measures == ("rehospitalizations-30d", "ade-any")
    assert str(held.ended_on) == "2015-01-30"
    assert "12 home visits  Coaching\n    ade-any: An association: -1.2.\n" in run("intervention", "list")
    shown = run("intervention", "show", name)
    assert "2014-10: units 12, revision 1" in shown
    assert "An association: -1.2." in shown


def test_pledges_mentoring_and_organising_are_recorded_and_listed(at: Desk) -> None:
    run(
        *("pledge", "make", "cambridge", AGING, "for coaches", "--kind", "money", "--amount", "500000"),
        *("--due", "2014-12-31", "--on", "2014-10-01"),
    )
    pledge = identifier(at, "pledge")
    assert run("pledge", "kept", pledge, "123456", "--on", "2014-11-01") == "123456 of 500000: PARTLY_KEPT.\n"
    assert "$1,234.56 of $5,000.00 money" in run("pledge", "list")
    run("pledge", "broken", pledge, "--reason", "cut", "--on", "2015-01-02")
    run(
        *("mentor", "start", "cambridge", "Charts", "--mentor", "person:ida", "--leader", f"participant:{AGING}"),
        *("--goal", "Reads a chart", "--on", "2014-10-01"),
    )
    mentoring = identifier(at, "mentoring")
    run("mentor", "session", mentoring, "run charts", "--minutes", "60", "--on", "2014-10-02")
    run("mentor", "goal", mentoring, "1", "--on", "2014-10-03")
    assert run("mentor", "end", mentoring, "--reason", "done", "--on", "2014-10-04") == "Of 1 goals 1 were met.\n"
    assert "(1 sessions, 1 of 1 goals)" in run("mentor", "list")
    run(
        *("organise", "meet", "cambridge", "rides", "--organiser", "person:ida", "--role", "resident"),
        *("--on", "2014-10-01"),
    )
    run(
        *("organise", "asset", "cambridge", "Hall", "--kind", "place", "--opened-by", "parish office"),
        *("--on", "2014-10-01"),
    )
    run("organise", "commit", "cambridge", "Transport", "a timetable", "--due", "2014-11-01", "--on", "2014-10-01")
    assert "everywhere  Hall (opened by parish office)" in run("organise", "assets")
    assert "rides" in run("organise", "meetings")
    run("organise", "done", identifier(at, "commitment"), "--on", "2014-10-20")
    assert "DONE     Transport: a timetable" in run("organise", "commitments")


def test_funding_and_alignment_are_recorded_and_listed(at: Desk) -> None:
    run(
        *("funding", "draft", "cambridge", "Safe Home", "--program", "section_3026", "--funder", "CMS"),
        *("--applicant", AGING, "--partner", HOSPITAL, "--proposes", "medication_review", "--cents", "12000000"),
        *("--on", "2014-10-01"),
    )
    funding = identifier(at, "funding")
    run("funding", "amend", funding, "--deadline", "2015-01-31", "--on", "2014-10-02")
    assert run("funding", "step", funding, "submit", "--on", "2014-12-01") == (
        f"{funding} is SUBMITTED since 2014-12-01.\n"
    )
    run("funding", "step", funding, "award", "--cents", "9000000", "--on", "2015-01-02")
    assert "(asked $120,000.00, awarded $90,000.00)" in run("funding", "list")
    run("alignment", "align", "cambridge", AGING, "Meals", "--goal", "g", "--how", "h", "--on", "2014-10-01")
    assert "Meals: g" in run("alignment", "list")
    run(
        *("alignment", "agree", "cambridge", AGING, "coaching", "--kind", "contract", "--party", "qio"),
        *("--starts", "2014-11-01", "--cents", "100", "--on", "2014-10-01"),
    )
    agreement = identifier(at, "agreement")
    run("alignment", "step", agreement, "sign", "--on", "2014-10-02")
    run("alignment", "amend", agreement, "--because", "longer", "--ends", "2015-06-30", "--on", "2014-10-03")
    assert "SIGNED      2014-11-01 to 2015-06-30           $1.00" in run("alignment", "agreements")
