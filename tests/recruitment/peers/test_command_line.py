"""The command line asks for what it was told, and prints what there is."""

import json
from typing import Any

import pytest
from typer.testing import CliRunner

from services.recruitment.cli import network, network_consent, network_match, network_questions, work_frame
from services.recruitment.domain.peers.pairing_kind import PairingStatus
from services.recruitment.queries.questions import _seen
from shared.contracts.message import Command
from shared.runtime.access import Access
from shared.runtime.purpose import Purpose
from tests.recruitment.desk import Desk
from tests.recruitment.networks.cast import FAR, HOME, NEW, OTHER
from tests.recruitment.peers.cast import PAIR, consent, desk, pairing, question

KINDS = {"peer-consents": "peer-consent", "pairings": "pairing", "network-questions": "network-question"}
STAFF = Access("t", frozenset({"operator"}), None, Purpose.OPERATIONS)
OFFICE = ("--office", "New England QIN", "--phone", "1-617-555-0100")


def matches(participant: str) -> dict[str, Any]:
    """What the read API could answer: two teachers, of whom one shares its figures."""
    figures = [{"of": "TEACHER", "period": "2014Q2", "value": "12.5"}]
    found = [
        {"participant": OTHER, "state": "MA", "points": 90, "reasons": [{"why": "IMPROVED"}], "figures": figures},
        {"participant": FAR, "state": "FL", "points": 70, "reasons": [{"why": "SAME_SETTING"}], "figures": []},
    ]
    told = {"participant": participant, "topic": "FALLS", "measure": "nursing-home-falls"}
    return {**told, "consent": participant != NEW, "teachers": found if participant == HOME else []}


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk that answers in the service's place."""
    here = desk()

    def ask(command: Command, key: str) -> dict[str, Any]:
        assert key
        return here.done(command)

    def get(service: str, path: str, **filters: Any) -> Any:
        assert service == "recruitment"
        if path == "/peer-matches":
            return matches(filters["participant"])
        kind, _, name = path.removeprefix("/").partition("/")
        if kind == "question-search" or (kind == "network-questions" and name):
            held = [question(here, key.partition(":")[2]) for key in here.records if "network-question:" in key]
            found = [_seen(one, STAFF) for one in held if filters.get("words", "") in one.text]
            return found[0] if name else found
        kept = {key: one for key, one in here.records.items() if key.startswith(f"{KINDS[kind]}:")}
        told = {key.partition(":")[2]: one.model_dump(mode="json") for key, one in kept.items()}
        return told[name] if name else list(told.values())

    monkeypatch.setattr(work_frame, "ask", ask)
    for module in (work_frame, network_consent, network_match, network_questions):
        monkeypatch.setattr(module, "get", get)
    return here


def run(*words: str, status: int = 0) -> str:
    outcome = CliRunner().invoke(network.app, words)
    assert outcome.exit_code == status, outcome.output
    return outcome.output


def test_consent_is_given_shown_and_withdrawn(at: Desk) -> None:
    said = run(
        *("consent", "give", NEW, "--scope", "learn_from_peers,share-figures", "--evidence", "binder 9"),
        *("--signed-as", "administrator", "--on", "2014-10-02"),
    )
    assert said == "225011 consents; changed: True.\n"
    assert f"{NEW:<20}  learn from peers, share figures\n" in run("consent", "list")
    assert "SHARE_FIGURES" in run("consent", "show", NEW)
    said = run("consent", "withdraw", NEW, "--reason", "r", "--scope", "share_figures", "--on", "2015-01-01")
    assert said == "225011 withdrew consent; scopes left: ['LEARN_FROM_PEERS'].\n"
    run("consent", "withdraw", NEW, "--reason", "r", "--on", "2015-01-01")
    assert consent(at, NEW).standing() == ()
    assert f"{NEW:<20}  nothing any more\n" in run("consent", "list")


def test_teachers_are_shown_the_best_first_and_the_best_is_proposed(at: Desk) -> None:
    assert run("match", HOME, "--topic", "falls") == (
        "By nursing-home-falls, the best first:\n"
        "225010                MA   90  improved (12.5 in 2014Q2)\n"
        "105001                FL   70  same setting\n"
    )
    assert json.loads(run("match", HOME, "--topic", "falls", "--json"))["teachers"][0]["points"] == 90
    said = run("match", HOME, "--topic", "falls", "--propose", *OFFICE, "--network", "nnhqcc", "--on", "2014-11-01")
    assert said == f"225009 could learn from 225010: {PAIR} is proposed.\n"
    held = pairing(at)
    assert (held.measure, held.figures[0].value, held.network) == ("nursing-home-falls", "12.5", "nnhqcc")
    run("match", HOME, "--topic", "falls", "--propose", *OFFICE, "--teacher", FAR, "--on", "2014-11-01")
    assert pairing(at, f"{FAR}.{HOME}.FALLS").teacher == FAR


def test_where_nobody_can_be_proposed_the_reason_is_said(at: Desk) -> None:
    assert "has not consented to learn from peers" in run("match", NEW, "--topic", "falls")
    assert "Nobody who consents to teach does better" in run("match", OTHER, "--topic", "falls")
    proposing = ("--topic", "falls", "--propose", *OFFICE)
    assert "has not consented" in run("match", NEW, *proposing, status=1)
    assert "105009 is not among those found." in run("match", HOME, *proposing, "--teacher", "105009", status=1)
    assert "--propose needs --office and --phone" in run("match", HOME, "--topic", "falls", "--propose", status=2)
    assert not [key for key in at.records if key.startswith("pairing:")]


def test_a_pairing_is_proposed_agreed_to_met_in_and_ended(at: Desk) -> None:
    where = ("--topic", "falls", *OFFICE, "--on", "2014-11-01")
    run("pairing", "propose", HOME, OTHER, "They changed their nights.", *where)
    said = run("pairing", "agree", PAIR.lower(), "We call you.", "--on", "2014-11-10")
    assert said == "Both agreed on 2014-11-10; letters asked for: 2.\n"
    assert run("pairing", "meeting", PAIR, "huddles", "--minutes", "30", "--on", "2014-12-01") == "Meetings: 1.\n"
    ending = ("--helped", "helpful", "--taken-over", "Huddles", "--reason", "done", "--on", "2015-01-10")
    assert run("pairing", "end", PAIR, *ending) == f"{PAIR} ended after 1 meetings: HELPFUL.\n"
    assert f"{PAIR:<30}  ENDED     225009 learns from 225010 (1 meetings, helpful)\n" in run("pairing", "list")
    assert "Huddles" in run("pairing", "show", PAIR)
    run("pairing", "propose", HOME, FAR, "Judged.", *where)
    run("pairing", "decline", f"{FAR}.{HOME}.FALLS", "--by", "qio", "--reason", "r", "--on", "2014-11-02")
    assert pairing(at, f"{FAR}.{HOME}.FALLS").status is PairingStatus.DECLINED


def test_a_question_is_asked_answered_moderated_marked_and_found(at: Desk) -> None:
    by = ("--topic", "falls", "--by", HOME, "--on", "2014-11-01")
    said = run("ask", "nnhqcc", "Who huddles at night?", *by)
    (name,) = [key.partition(":")[2] for key in at.records if key.startswith("network-question:")]
    assert said == f"{name} waits for a moderator.\n"
    assert run("moderate", name, "publish", "--moderator", "ida", "--on", "2014-11-02") == "It is PUBLISHED.\n"
    run("answer", name, "We do.", "--by", "person:bob-b", "--on", "2014-11-03")
    assert "SUBMITTED" not in run("questions")
    assert "(1 answers, 1 waiting)" in run("questions", "--answers", "submitted")
    run("moderate", name, "publish", "--answer", "1", "--moderator", "person:ida", "--on", "2014-11-04")
    run("mark", name, "1", "accepted", "--by", HOME, "--on", "2014-11-05")
    run("mark", name, "1", "helpful", "--by", f"participant:{OTHER}", "--on", "2014-11-05")
    told = f"{name}  FALLS  Who huddles at night?\n    1. We do. (person:bob-b, helped 1, accepted)\n"
    assert run("search", "huddles") == told
    assert run("question", name) == told
    assert json.loads(run("search", "huddles", "--json"))[0]["accepted"] == 1
    assert "No published questions with these words." in run("search", "restraints")
