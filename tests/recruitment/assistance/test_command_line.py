"""The command line of assistance asks for what it was told, and prints what there is."""

import json
from typing import Any, Final

import pytest
from typer.testing import CliRunner

from services.recruitment.cli import assist, assist_base, assist_reporting, assist_resource, work_frame
from services.recruitment.domain.assistance.request_kind import REQUEST
from shared.contracts.message import Command
from tests.recruitment.assistance.cast import DUE, HOSPITAL, desk
from tests.recruitment.desk import Desk

KINDS: Final = {
    "assistance-requests": "assistance-request",
    "assistance-targets": "assistance-target",
    "resources": "resource",
    "reporting-calendar": "reporting-due",
    "submissions": "submission",
}
SUMS: Final[dict[str, Any]] = {
    "/resource-uses": [{"resource": "res.0a1b2c3d4e5f", "title": "T", "requests": 3, "sessions": 1}],
    "/reporting-behind": [
        {
            "due": DUE,
            "due_on": "2015-02-15",
            "hospital": HOSPITAL,
            "state": "MA",
            "name": "General",
            "status": status,
            "minutes": 40,
        }
        for status in ("NOTHING", "PARTLY")
    ],
}


@pytest.fixture
def asked() -> list[dict[str, Any]]:
    """The filters of each question, in turn."""
    return []


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch, asked: list[dict[str, Any]]) -> Desk:
    """A desk that answers in the service's place."""
    here = desk()

    def ask(command: Command, key: str) -> dict[str, Any]:
        assert key
        return here.done(command)

    def get(service: str, path: str, **filters: Any) -> Any:
        assert service == "recruitment"
        asked.append(filters)
        if path in SUMS:
            return SUMS[path]
        kind = KINDS[path.split("/")[1]]
        found = [one.model_dump(mode="json") for name, one in here.records.items() if name.startswith(f"{kind}:")]
        return found if path.count("/") == 1 else found[0]

    monkeypatch.setattr(work_frame, "ask", ask)
    for part in (work_frame, assist_base, assist_resource, assist_reporting):
        monkeypatch.setattr(part, "get", get)
    return here


def run(*words: str, status: int = 0) -> str:
    outcome = CliRunner().invoke(assist.app, words)
    assert outcome.exit_code == status, outcome.output
    return outcome.output


def identifier(at: Desk, kind: str) -> str:
    return next(key.partition(":")[2] for key in at.records if key.startswith(f"{kind}:"))


def test_a_request_is_asked_assigned_helped_closed_and_reopened(at: Desk, asked: list[dict[str, Any]]) -> None:
    assert run("target", "measurement", "30") == "MEASUREMENT: 30 days.\n"
    assert run("targets") == "  30 days  measurement\n"
    run("ask", f"participant:{HOSPITAL}", "measurement", "How is this counted?", "--on", "2014-10-01")
    request = identifier(at, "assistance-request")
    assert run("assign", request, "person:ida", "--on", "2014-10-02") == f"{request} is ASSIGNED.\n"
    run("pause", request, "cms", "--on", "2014-10-03")
    run("resume", request, "--on", "2014-10-04")
    said = json.loads(run("help", request, "Explained.", "--minutes", "40", "--on", "2014-10-05", "--json"))
    assert said["minutes"] == 40
    assert run("list", "--overdue") == (
        f"{request}  working    due 2014-10-31  participant:{HOSPITAL}: measurement (40 min)\n"
    )
    assert asked[-1]["overdue"] is True
    assert "helps" in run("show", request)
    run("close", request, "resolved", "--helped", "partly", "--on", "2014-10-06")
    assert at.held(REQUEST, request).helped == "PARTLY"
    said = run("reopen", request, "--reason", "again", "--on", "2014-10-07")
    assert said == f"{request} is open again, due on 2014-11-06.\n"


def test_a_resource_is_added_revised_counted_and_retired(at: Desk) -> None:
    words = ("--kind", "toolkit", "--origin", "AHRQ", "--version", "1", "--task", "C.2,C.3")
    run("resource", "add", "Kit", "shelf", *words, "--evidence", "a trial", "--on", "2014-10-01")
    resource = identifier(at, "resource")
    said = run("resource", "revise", resource, "shelf", "--version", "2", "--evidence", "a, b", "--on", "2014-11-01")
    assert said == "Version 2, 2 in all.\n"
    assert run("resource", "list") == f"{resource}  Kit, toolkit, version 2, 1 items of evidence\n"
    assert "editions" in run("resource", "show", resource)
    assert run("resource", "uses") == "res.0a1b2c3d4e5f  requests     3  sessions     1  T\n"
    run("resource", "retire", resource, "--reason", "old", "--on", "2014-12-01")
    assert "out of use since 2014-12-01" in run("resource", "list")


def test_what_is_due_is_entered_sent_and_told(at: Desk, asked: list[dict[str, Any]]) -> None:
    words = ("inpatient", "2014-q3", "chart-abstracted", "--due", "2015-02-15", "--source", "a notice")
    assert run("reporting", "due", *words) == f"{DUE} is due on 2015-02-15, revision 1.\n"
    run("reporting", "submission", DUE, HOSPITAL, "partly", "--source", "a report", "--as-of", "2015-02-10")
    assert run("reporting", "calendar") == f"2015-02-15  {DUE:<40}  a notice\n"
    assert "partly as of 2015-02-10 (a report)" in run("reporting", "submissions", "--hospital", HOSPITAL)
    told = run("reporting", "behind", "--by", "2015-03-01", "--program", "inpatient", "--state", "ma").splitlines()
    assert told[0].endswith("General: nothing sent; helped 40 min")
    assert told[1].endswith("General: partly sent; helped 40 min")
    assert (asked[-1]["by"], asked[-1]["state"]) == ("2015-03-01", "MA")
    assert at.records
