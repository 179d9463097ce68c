"""The command line asks for what it was told, and prints what there is."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from services.recruitment.cli import network, network_picture, network_practice, network_spread, work_frame
from services.recruitment.domain.practices.practice_kind import PRACTICE
from services.recruitment.domain.practices.spread_kind import ADOPTION, Adoptions, AdoptionStatus
from services.recruitment.domain.practices.spreading import Place, lessons, spread
from services.recruitment.domain.practices.testing_state import TestPhase
from services.recruitment.queries.practices import short
from services.recruitment.queries.practices import told as told_of
from shared.contracts.message import Command
from tests.recruitment.desk import Desk
from tests.recruitment.practices.cast import ELM, HOMES, OAK, YEW, adoption, desk, practice_held, trial

PLACES = {one: Place(state, "Q") for one, state in HOMES.items()}
NAMES = {one: f"Home {one}" for one in HOMES}
EVIDENCE = "own_figures|archive/falls|Fewer falls."


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk that answers in the service's place."""
    here = desk()

    def ask(command: Command, key: str) -> dict[str, Any]:
        assert key
        return here.done(command)

    def answer(path: str) -> Any:
        kind, identifier = path.split("/")[1], path.split("/")[2] if path.count("/") > 1 else None
        if kind == "cohorts":
            return {"roster": [{"participant": one} for one in (OAK, YEW)]}
        if path.endswith("/lessons"):
            spreads = [spread(one, taken_up(here, one.id), {}) for one in practices(here)]
            taught = [{name: getattr(one, name) for name in one.__slots__} for one in lessons(spreads)]
            where = {one: {"name": NAMES[one], "state": state, "region": "Q"} for one, state in HOMES.items()}
            return {"lessons": taught, "pairings": [], "participants": where}
        if path.endswith("/spread"):
            held = here.held(PRACTICE, str(identifier))
            told = told_of(spread(held, taken_up(here, held.id), PLACES), PLACES, NAMES)
            return {"title": held.content().title, **told}
        if kind == "learning-networks":
            return {"name": "Homes"}
        name = {"change-tests": "change-test", "practices": "practice"}[kind]
        found = [one.model_dump(mode="json") for key, one in here.records.items() if key.startswith(f"{name}:")]
        if identifier is not None:
            return found[0]
        return [short(one) for one in found] if name == "practice" else found

    def get(service: str, path: str, **filters: Any) -> Any:
        assert service == "recruitment"
        return json.loads(json.dumps(answer(path), default=str))

    monkeypatch.setattr(work_frame, "ask", ask)
    for part in (work_frame, network_picture, network_practice, network_spread):
        monkeypatch.setattr(part, "get", get)
    return here


def taken_up(at: Desk, practice: str) -> Adoptions | None:
    return at.held(ADOPTION, practice) if ADOPTION.key(practice) in at.records else None


def practices(at: Desk) -> list[Any]:
    return [one for key, one in at.records.items() if key.startswith("practice:")]


def run(*words: str, status: int = 0) -> str:
    outcome = CliRunner().invoke(network.app, words)
    assert outcome.exit_code == status, outcome.output
    return outcome.output


def identifier(at: Desk, kind: str) -> str:
    (name,) = [key.partition(":")[2] for key in at.records if key.startswith(f"{kind}:")]
    return name


def published(at: Desk) -> str:
    run(
        *("practice", "draft", "nnhqcc", "Hourly rounds", "falls", "--summary", "Look in.", "--author", "ida"),
        *("--evidence", EVIDENCE, "--origin", ELM, "--since", "2014-11-20", "--on", "2014-12-01"),
    )
    practice = identifier(at, "practice")
    run("practice", "review", practice, "--reviewer", "ben", "--judgement", "Sound.", "--on", "2014-12-03")
    said = run("practice", "publish", practice, "--on", "2014-12-05")
    assert said == "Hourly rounds is published, version 1.\n"
    return practice


def test_a_test_goes_from_plan_to_act_and_is_shared_corrected_and_shown(at: Desk) -> None:
    words = ("--aim", "Fewer falls.", "--prediction", "Half.", "--on", "2014-11-03")
    run("test", "plan", "nnhqcc.c1", ELM, "falls", *words)
    test = identifier(at, "change-test")
    assert run("test", "do", test, "Rounds.", "--on", "2014-11-10") == f"{test}, cycle 1: carried out.\n"
    values = ("--value", "nursing-home-falls=2.5", "--value", "falls a week=1")
    run("test", "study", test, "It takes two.", *values, "--on", "2014-11-17")
    assert [(one.measure, one.unit) for one in trial(at, test).cycles[0].values] == [
        ("nursing-home-falls", None),
        (None, "falls a week"),
    ]
    said = run("test", "act", test, "adapt", "--reason", "r", "--prediction", "A third.", "--on", "2014-11-20")
    assert said == f"{test}: ADAPT, cycle 2.\n"
    run("test", "share", test, "--said-by", "administrator", "--on", "2014-11-21")
    assert "PLANNED      cycle 2, shared  225001: Fewer falls." in run("test", "list")
    run("test", "share", test, "--said-by", "administrator", "--keep-back", "--on", "2014-11-22")
    said = run("test", "correct", test, "--because", "slip", "--learned", "Three.", "--cycle", "1")
    assert said == f"{test}: changed True.\n"
    assert "Three." in run("test", "show", test)
    assert trial(at, test).phase is TestPhase.PLANNED
    run("test", "study", test, "x", "--value", "nothing", status=2)


def test_a_practice_goes_from_draft_to_retirement(at: Desk) -> None:
    practice = published(at)
    run("practice", "revise", practice, "--author", "ida", "--title", "Rounds", "--on", "2014-12-06")
    run("practice", "name-origin", practice, "--said-by", "owner", "--on", "2014-12-06")
    desk_words = ("--office", "The QIO", "--phone", "555-010-0100", "--on", "2014-12-07")
    said = run("practice", "share", practice, "--cohort", "nnhqcc.c1", "--name-origin", ELM, *desk_words)
    assert said == "2 told, 0 had been before, 0 gone.\n"
    assert json.loads(run("practice", "share", practice, OAK, *desk_words, "--json"))["told_before"] == 1
    assert "version 1   Hourly rounds (FALLS), told 2" in run("practice", "list")
    assert "Hourly rounds" in run("practice", "show", practice)
    run("practice", "retire", practice, "--reason", "r", "--on", "2015-02-01")
    assert practice_held(at, practice).retired_on is not None
    run("practice", "share", practice, *desk_words, status=2)
    bad = ("practice", "draft", "nnhqcc", "T", "falls", "--summary", "s", "--author", "ida")
    run(*bad, "--evidence", "strong", status=2)
    run(*bad, "--origin", ELM, status=2)


def test_spread_is_recorded_corrected_and_told(at: Desk) -> None:
    practice = published(at)
    run("spread", "try", practice, OAK, "--heard", "peer", "--from", ELM, "--on", "2014-12-10")
    run("spread", "try", practice, YEW, "--heard", "peer", "--from", ELM, "--on", "2014-12-12")
    run("spread", "correct", practice, YEW, "--because", "slip", "--heard", "peer", "--from", OAK)
    run("spread", "adopt", practice, OAK, "--reason", "r", "--evidence", EVIDENCE, "--on", "2015-01-10")
    run("spread", "abandon", practice, YEW, "--reason", "r", "--on", "2015-01-20")
    assert adoption(at, practice, YEW).status is AdoptionStatus.ABANDONED
    assert run("spread", "show", practice).splitlines() == [
        "Hourly rounds: 2 adopters in 1 state; now 0 trying, 2 adopted, 1 abandoned",
        "first       225001 on 2014-11-20",
        "to 2        51 days",
        "generation  0: 1, 1: 1, 2: 1",
        "states      MA: 2",
        "regions     Q: 2",
        "2014-11-20  ADOPTED    225001 from its own",
        "2014-12-10  ADOPTED      225002 from 225001",
        "2014-12-12  ABANDONED      335003 from 225002",
    ]
    assert json.loads(run("spread", "show", practice, "--json"))["days_to"] == {"2": 51}


def test_pictures_are_written_as_files_or_told_in_words(at: Desk, tmp_path: Path) -> None:
    practice = published(at)
    assert "There is nothing to show" in run("picture", "--network", "nnhqcc", status=1)
    run("spread", "try", practice, OAK, "--heard", "peer", "--from", ELM, "--on", "2014-12-10")
    for name, begins in (("a.svg", b"<?xml"), ("b.png", b"\x89PNG")):
        assert f"Wrote {name}." in run("picture", "--network", "nnhqcc", "-o", str(tmp_path / name))
        assert (tmp_path / name).read_bytes().startswith(begins)
    said = run("picture", "--network", "nnhqcc", "--practice", practice)
    assert said.startswith("1 adopter in 1 state.\nHourly rounds.\n")
    assert f"Home {OAK}, MA took a practice up from Home {ELM}, MA, 1 time" in said
    assert json.loads(run("picture", "--network", "nnhqcc", "--json"))["file"] is None
    run("picture", "--network", "nnhqcc", "-o", str(tmp_path / "a.gif"), status=2)
    run("picture", "--network", "cusp", "--practice", practice, status=2)
    run("picture", "--network", "nnhqcc", "-o", str(tmp_path / "nowhere" / "a.svg"), status=2)
