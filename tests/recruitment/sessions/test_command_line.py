"""The command line asks for what it was told, imports exports without a person's name, and prints what there is."""

import csv
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from services.recruitment.cli import network, network_assignment, network_attendance_import, work_frame
from services.recruitment.domain.sessions.period_kind import ACTION_PERIOD
from services.recruitment.domain.sessions.session_kind import SESSION
from shared.cli.many import Row, Tally
from shared.contracts.message import Command
from shared.messaging.handling import Accepted
from shared.runtime.settings import Settings
from tests.recruitment.desk import Desk
from tests.recruitment.sessions import exports
from tests.recruitment.sessions.cast import BOSTON, ELM, GUEST, OAK, held, plan


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk that answers in the service's place."""
    here, _ = held()

    def ask(command: Command, key: str) -> dict[str, Any]:
        assert key.startswith("nnhqcc")
        return here.done(command)

    def carry_out(settings: Settings, rows: Sequence[Row]) -> Tally:
        del settings
        tally = Tally(rows)
        for row in rows:
            if row.command is not None:
                answer = here.ask(row.command)
                if isinstance(answer, Accepted):
                    tally.accepted.append((row, answer.made))
                else:
                    tally.refused.append((row, answer.reasons))
        return tally

    def get(service: str, path: str, **filters: Any) -> Any:
        del filters
        assert service == "recruitment"
        kind, _, name = path.strip("/").partition("/")
        record = here.records[f"{kind.removesuffix('s')}:{name}"]
        return record.model_dump(mode="json")

    monkeypatch.setattr(work_frame, "ask", ask)
    monkeypatch.setattr(work_frame, "get", get)
    monkeypatch.setattr(network_attendance_import, "get", get)
    monkeypatch.setattr(network_attendance_import, "_carry_out", carry_out)
    monkeypatch.setattr(Settings, "with_stack", lambda self: self)
    return here


def run(*words: str, code: int = 0) -> str:
    outcome = CliRunner().invoke(network.app, words)
    assert outcome.exit_code == code, outcome.output
    return outcome.output


def identifier(at: Desk, kind: str) -> str:
    return next(key.partition(":")[2] for key in reversed(at.records) if key.startswith(f"{kind}:"))


def test_a_session_is_planned_moved_opened_and_held(at: Desk) -> None:
    run(
        *("session", "plan", "nnhqcc", "Falls", "--cohort", f"{BOSTON},nnhqcc.c2", "--kind", "webinar"),
        *("--starts", "2015-03-05T14:00-05:00", "--ends", "2015-03-05T15:00-05:00", "--zone", "America/New_York"),
        *("--office", "New England QIN", "--phone", "1-617-555-0100", "--link", "https://network.example/s/2"),
        *("--agenda", "Welcome", "--agenda", "A home tells"),
    )
    name = identifier(at, "learning-session")
    assert run("session", "open", name) == f"Registration for {name} is open.\n"
    said = run("session", "register", name, ELM, "--people", "2", "--mode", "online")
    assert said == "Registered (waiting: False); 2 people have a place.\n"
    run("session", "amend", name, "--capacity", "20")
    ends = ("--starts", "2015-03-05T15:00-05:00", "--ends", "2015-03-05T16:00-05:00")
    assert run("session", "move", name, *ends, "--reason", "Snow") == f"{name} is at revision 1.\n"
    run("session", "close", name)
    run("session", "held", name)
    assert run("attendance", "record", name, GUEST, "--mode", "online", "--people", "1", "--minutes", "30") == (
        f"{GUEST} is recorded (guest: True).\n"
    )
    run("session", "material", name, "Slides", "--version", "1", "--origin", "partner:cdc", "--kept-at", "archive/1")
    assert run("session", "evaluate", name, "--answer", "was_useful=5,was_clear=4") == "Evaluations: 1.\n"
    found = at.held(SESSION, name)
    assert (found.agenda, found.capacity, len(found.cohorts)) == (("Welcome", "A home tells"), 20, 2)
    assert "Falls" in run("session", "show", name)


def test_a_session_is_withdrawn_from_and_cancelled(at: Desk) -> None:
    name = str(at.done(plan())["session"])
    run("session", "open", name)
    run("session", "register", name, ELM, "--mode", "in_person")
    assert run("session", "withdraw", name, ELM) == f"Withdrawn from {name}.\n"
    assert run("session", "cancel", name, "--reason", "Snow") == f"{name} is cancelled.\n"


def test_a_link_that_is_not_https_is_refused_by_its_field(at: Desk) -> None:
    outcome = CliRunner().invoke(
        network.app,
        ("session", "move", identifier(at, "learning-session"), "--link", "http://x.example", "--reason", "r"),
    )
    assert outcome.exit_code == 1
    assert "Refused: join_url" in outcome.output


def test_an_export_is_imported_once_and_corrected_by_a_corrected_one(at: Desk, tmp_path: Path) -> None:
    name = identifier(at, "learning-session")
    book = tmp_path / "book.csv"
    book.write_text(f"email,participant\ncy@oak.example,{OAK}\n")
    file, rejects = exports.kept(tmp_path, exports.ZOOM_WEBINAR), tmp_path / "rejects.csv"
    words = ("attendance", "import", name, str(file), "--book", str(book), "--rejects", str(rejects), "--json")
    first = json.loads(run(*words))
    assert (first["recorded"], first["corrected"], first["unchanged"]) == (2, 0, 0)
    second = json.loads(run(*words))
    assert (second["recorded"], second["corrected"], second["unchanged"]) == (0, 0, 2)
    assert not rejects.exists()
    exports.kept(tmp_path, exports.ZOOM_WEBINAR.replace("03:00:00 PM", "02:30:00 PM").replace('Yes,"Oak', 'No,"Oak'))
    third = json.loads(run(*words))
    assert (third["corrected"], third["not_in_file"]) == (1, 1)
    assert at.held(SESSION, name).attendance.keys() == {ELM, OAK}
    assert json.loads(run(*words, "--replace"))["corrected"] == 1
    assert at.held(SESSION, name).attendance.keys() == {ELM}


def test_rows_that_are_not_taken_are_written_down_without_names(at: Desk, tmp_path: Path) -> None:
    name = identifier(at, "learning-session")
    file, rejects = exports.kept(tmp_path, exports.ZOOM_WEBINAR.replace("225001", "229999")), tmp_path / "rejects.csv"
    said = run("attendance", "import", name, str(file), "--rejects", str(rejects), code=1)
    assert "2 rejected" in said
    rows = list(csv.DictReader(rejects.read_text().splitlines()))
    assert [(row["line"], row["of"], row["code"], row["field"]) for row in rows] == [
        ("10", "229999", "FACILITY_UNKNOWN", "participant"),
        ("13", "export.csv", "ROW", "email"),
    ]
    events = " ".join(str(emit.event) for emit in at.said).lower()
    for word in ("ann", "oak.example", "elm", "@"):
        assert word not in rejects.read_text().lower().replace("answer", "")
        assert word not in events.replace("plann", "").replace("new england", "")


def test_what_staff_recorded_is_not_changed_by_an_export(at: Desk, tmp_path: Path) -> None:
    name = identifier(at, "learning-session")
    run("attendance", "record", name, ELM, "--mode", "online", "--people", "5", "--minutes", "300")
    told = run(
        *("attendance", "import", name, str(exports.kept(tmp_path, exports.ZOOM_WEBINAR)), "--json"),
        *("--rejects", str(tmp_path / "r.csv")),
        code=1,
    )
    assert json.loads(told)["why"] == {"ROW": 1, "RECORDED_BY_STAFF": 1}


def test_an_import_that_cannot_be_read_says_so_and_asks_for_nothing(at: Desk, tmp_path: Path) -> None:
    name, before = identifier(at, "learning-session"), dict(at.records)
    file = str(exports.kept(tmp_path, exports.WEBEX))
    for words in ((str(tmp_path / "none.csv"),), (file, "--layout", "skype"), (file, "--zone", "Mars/North")):
        run("attendance", "import", name, *words, code=2)
    assert at.records == before


def test_an_action_period_is_started_reported_and_asked_who_owes(at: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    run(
        *("assignment", "start", BOSTON, "First", "--starts", "2015-03-02", "--ends", "2015-04-30"),
        *("--assignment", "Huddles|How many huddles|2015-03-20|huddles", "--assignment", "Aim|Your aim|2015-03-31"),
        *("--office", "New England QIN", "--phone", "1-617-555-0100"),
    )
    name = identifier(at, "action-period")
    run("assignment", "report", name, "1", ELM, "Twelve", "--value", "12", "--on", "2015-03-05")
    run("assignment", "excuse", name, "2", ELM, "--reason", "A fire")
    assert run("assignment", "extend", name, "--days", "7", "--reason", "Snow", "--assignment", "2") == (
        "It ends on 2015-05-07; 1 assignments moved.\n"
    )
    assert at.held(ACTION_PERIOD, name).assignments[0].reports[ELM].value == 12
    assert "Huddles" in run("assignment", "show", name)
    row = {"assignment": 1, "title": "Huddles", "due_on": "2015-03-20", "overdue": True, "owing": [OAK]}
    monkeypatch.setattr(network_assignment, "get", lambda *_: [row])
    assert run("assignment", "owing", name) == f"1. Huddles (overdue): 1 have not reported\n   {OAK}\n"
    run("assignment", "cancel", name, "--reason", "Snow")
    run(
        "assignment",
        "start",
        BOSTON,
        "X",
        "--starts",
        "2015-03-02",
        "--ends",
        "2015-04-30",
        "--assignment",
        "Huddles",
        "--office",
        "O",
        "--phone",
        "1-617-555-0100",
        code=2,
    )
