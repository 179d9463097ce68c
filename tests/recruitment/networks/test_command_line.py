"""The command line asks for what it was told, and prints what there is."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from services.recruitment.cli import network, network_base, network_cohort, network_package, network_partner, work_frame
from services.recruitment.cli.chunks import Outcome
from services.recruitment.cli.network_rows import drivers, joins
from services.recruitment.domain.networks.chronic_kind import PROGRAM
from services.recruitment.domain.networks.kinds import NETWORK
from services.recruitment.domain.networks.packages import CHANGE_PACKAGE
from shared.contracts.message import Command
from shared.contracts.recruitment.learning_networks import NetworkKind
from shared.feeds.rows import UnusableFile
from shared.messaging.handling import Accepted, Refused
from tests.recruitment.desk import Desk
from tests.recruitment.networks.cast import FAR, HOME, HOSPITAL, OFFICE, OTHER, PHARMACY, cohort, desk, opened
from tests.recruitment.networks.cast import network as held_network

KINDS = {"learning-networks": "network", "cohorts": "cohort", "contributions": "contribution"}
KINDS |= {"care-teams": "care-team", "chronic-care": "chronic-care"}


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Desk:
    """A desk that answers in the service's place."""
    here = desk()

    def ask(command: Command, key: str) -> dict[str, Any]:
        assert key
        return here.done(command)

    def get(service: str, path: str, **filters: Any) -> Any:
        assert service == "recruitment"
        if path == "/national-partners":
            return [{"id": "cdc", "name": "CDC", "about": "ratios", "offers": ["DATA", "HELP_WITH_RECORDS"]}]
        if path == "/learning-topics":
            row = {"topic": "FALLS", "words": "falls", "facility_measures": ["a"], "community_measures": ["b"]}
            return [{**row, "missing": None}]
        if path.startswith("/change-packages"):
            return here.held(CHANGE_PACKAGE, "nnhqcc").versions[(filters["version"] or 1) - 1].model_dump(mode="json")
        kind = KINDS[path.split("/")[1]]
        found = [one.model_dump(mode="json") for name, one in here.records.items() if name.startswith(f"{kind}:")]
        for one in found if kind == "cohort" else ():
            one |= {"works_on": "FALLS", "present": 2}
        return found if path.count("/") == 1 else found[0]

    monkeypatch.setattr(work_frame, "ask", ask)
    for part in (work_frame, network_base, network_package, network_partner):
        monkeypatch.setattr(part, "get", get)
    return here


def run(*words: str, status: int = 0) -> str:
    outcome = CliRunner().invoke(network.app, words)
    assert outcome.exit_code == status, outcome.output
    return outcome.output


def identifier(at: Desk, kind: str) -> str:
    (name,) = [key.partition(":")[2] for key in at.records if key.startswith(f"{kind}:")]
    return name


def test_a_known_network_is_established_as_the_program_names_it(at: Desk) -> None:
    said = run("establish", "--as", "nnhqcc", "--on", "2014-10-01")
    assert said == "National Nursing Home Quality Care Collaborative (nnhqcc) began on 2014-10-01.\n"
    held = held_network(at)
    assert (held.collaborative, held.task, held.topics[0]) == ("NNHQCC", "C.2", "PRESSURE_ULCERS")
    run("establish", "north", "--as", "nnhqcc", "--name", "North", "--state", "ma,vt", "--on", "2014-02-01")
    north = at.held(NETWORK, "north")
    assert (north.name, north.states, north.task) == ("North", ("MA", "VT"), "nursing-homes")
    assert "No network of that name is known" in run("establish", "--as", "choir", status=1)
    assert "Say --as, or also: kind, task, topics." in run("establish", "x1", "--name", "X", status=1)
    assert "cusp" in run("known")


def test_a_network_of_ones_own_is_established_changed_shown_and_ended(at: Desk) -> None:
    run(
        *("establish", "rural", "--name", "Rural", "--kind", "learning_and_action_network", "--task", "C.3"),
        *("--topic", "readmissions,care_transitions", "--setting", "hospital", "--on", "2014-10-01"),
    )
    held = at.held(NETWORK, "rural")
    assert (held.kind, held.settings) == (NetworkKind.LEARNING_AND_ACTION_NETWORK, ("HOSPITAL",))
    run("change", "rural", "--reason", "wider", "--state", "ma", "--on", "2014-11-01")
    run("change", "rural", "--reason", "wider", "--everywhere", "--on", "2014-12-01")
    assert at.held(NETWORK, "rural").states == ()
    assert "everywhere    Rural: READMISSIONS, CARE_TRANSITIONS" in run("list")
    assert "rural" in run("show", "rural")
    assert run("topics") == "FALLS                   falls: a, b\n"
    assert run("end", "rural", "--reason", "over", "--on", "2015-01-31") == "rural ended on 2015-01-31.\n"


def test_a_cohort_is_opened_joined_left_and_closed(at: Desk) -> None:
    run("establish", "--as", "nnhqcc", "--on", "2014-10-01")
    said = run("cohort", "open", "nnhqcc", "1", "First", "--focus", "falls", "--on", "2014-10-01")
    assert said == "nnhqcc.c1 is open, on FALLS.\n"
    assert json.loads(run("cohort", "join", "nnhqcc.c1", HOME, "--on", "2014-10-15", "--json"))["changed"] is True
    run("cohort", "join", "nnhqcc.c1", HOME, "--as", "peer_coach", "--on", "2014-11-15")
    run("cohort", "focus", "nnhqcc.c1", "restraints", "--on", "2014-12-01")
    said = run("cohort", "leave", "nnhqcc.c1", HOME, "--reason", "busy", "--on", "2015-01-15")
    assert said == "225009 left nnhqcc.c1 on 2015-01-15.\n"
    assert "    2  FALLS                   First, 2014-10-01" in run("cohort", "list")
    assert "members" in run("cohort", "show", "nnhqcc.c1")
    said = run("cohort", "close", "nnhqcc.c1", "--reason", "over", "--on", "2015-01-31")
    assert said == "nnhqcc.c1 closed on 2015-01-31 with 0 in it.\n"


def test_a_file_of_participants_joins_whom_it_can_and_writes_the_others_down(
    at: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def send(label: str, asked: Sequence[tuple[str, Command]]) -> Outcome:
        outcome = Outcome()
        for key, one in asked:
            match at.ask(one):
                case Accepted(made=made):
                    outcome.made[key] = dict(made)
                case Refused(reasons=reasons):
                    outcome.refused[key] = reasons
        return outcome

    monkeypatch.setattr(network_cohort, "send", send)
    run("establish", "--as", "nnhqcc", "--on", "2014-10-01")
    at.done(opened())
    file, rejects = tmp_path / "homes.csv", tmp_path / "rejects.csv"
    rows = ("participant,role,joined_on", HOME, f"{OTHER},peer_coach,", f"{FAR},,yesterday", HOSPITAL, HOME)
    file.write_text("\n".join(row + "," * (2 - row.count(",")) for row in rows) + "\n")
    words = ("cohort", "join-file", "nnhqcc.c1", str(file), "--on", "2014-10-15", "--rejects", str(rejects))
    assert run(*words, status=1).startswith("2 joined, 0 were in it already, 3 refused.\n")
    assert cohort(at).members[OTHER][0].role == "PEER_COACH"
    refused = [line.split(",")[:3] for line in rejects.read_text().splitlines()[1:]]
    assert refused == [
        ["4", FAR, "SCHEMA"],
        ["5", HOSPITAL, "SETTING_DOES_NOT_FIT"],
        ["5", HOSPITAL, "NOT_RECRUITED"],
        ["6", HOME, "REPEATED"],
    ]
    said = json.loads(run(*words, "--json", status=1))
    assert (said["joined"], said["joined_before"], len(said["refused"])) == (0, 2, 3)


@pytest.mark.parametrize("text", ["", "home\n225009\n", "participant,participant\n1,2\n", "participant\n"])
def test_a_file_that_says_nothing_of_use_is_refused_whole(tmp_path: Path, text: str) -> None:
    file = tmp_path / "homes.csv"
    file.write_text(text)
    with pytest.raises(UnusableFile):
        joins(file, {})


def test_a_line_that_cannot_be_read_holds_up_no_other(tmp_path: Path) -> None:
    file = tmp_path / "homes.csv"
    file.write_text(f"participant,role\n{HOME},team,x\n{OTHER},team\n")
    common = {"actor": "t", "cohort": "nnhqcc.c1", "joined_on": "2014-10-15"}
    first, second = joins(file, common)
    assert [one.code for one in first.reasons] == ["LINE"]
    assert second.command is not None


def test_a_change_package_is_published_from_a_file_and_shown_with_its_numbers(at: Desk, tmp_path: Path) -> None:
    run("establish", "--as", "nnhqcc", "--on", "2014-10-01")
    file = tmp_path / "package.csv"
    file.write_text(
        "driver,driver_source,change,source\nLeaders,guide,Walk the floor,study\n"
        ",,Ask why,book\nStaff,guide,Huddle,talk\n"
    )
    said = run("package", "publish", "nnhqcc", "First", str(file), "--on", "2014-11-01")
    assert said == "Version 1 has 3 changes.\n"
    shown = run("package", "show", "nnhqcc")
    assert "   2  Ask why (book)\n\nStaff (guide)\n   3  Huddle (talk)" in shown
    file.write_text("driver,driver_source,change,source\n,,Walk,study\n")
    with pytest.raises(UnusableFile, match="line 2: the first line says its driver"):
        drivers(file)
    assert "line 2" in run("package", "publish", "nnhqcc", "First", str(file), status=2)


def test_contributions_teams_and_programs_are_recorded_and_listed(at: Desk) -> None:
    run("establish", "--as", "pspc", "--on", "2014-02-01")
    run("partner", "contribute", "pspc", "partner:cdc", "Ratios", "--kind", "data", "--on", "2014-10-01")
    assert "partner:cdc                       data: Ratios" in run("partner", "contributions")
    run("partner", "withdraw", identifier(at, "contribution"), "--reason", "old", "--on", "2014-11-01")
    assert "(withdrawn 2014-11-01)" in run("partner", "contributions")
    assert run("partner", "list").endswith("CDC: ratios (data, help with records)\n")
    run("team", "form", "pspc", "North", "--on", "2014-10-01")
    team = identifier(at, "care-team")
    said = run("team", "join", team, PHARMACY, "--on", "2014-10-02")
    assert said == f"{PHARMACY} is in the team as PHARMACIST; complete: False.\n"
    assert f"INCOMPLETE  North: {PHARMACY}" in run("team", "list")
    run("team", "leave", team, PHARMACY, "--reason", "moved", "--on", "2014-11-01")
    assert "North: nobody" in run("team", "list")
    assert "North" in run("team", "show", team)
    run("team", "end", team, "--reason", "over", "--on", "2014-12-01")
    run("establish", "--as", "chronic-care", "--on", "2014-10-01")
    run("chronic", "start", "chronic-care", OFFICE, "--condition", "heart_failure,copd", "--on", "2014-10-15")
    program = identifier(at, "chronic-care")
    assert "heart failure, copd; no figures yet" in run("chronic", "list")
    figures = ("--invited", "40", "--taking-part", "7", "--ended", "0")
    assert run("chronic", "record", program, "2014-11", *figures) == "2014-11, revision 1.\n"
    assert "2014-11: 1 to 10 taking part" in run("chronic", "list")
    assert "2014-11" in run("chronic", "show", program)
    run("chronic", "end", program, "--reason", "over", "--on", "2015-01-31")
    assert at.held(PROGRAM, program).status == "ENDED"
