"""The frame of the command line: what there is, what there is not, and sentences instead of traces."""

import json
import re
from importlib.metadata import entry_points
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from shared.cli import main
from tests.cli.conftest import run

COMMANDS = sorted(point.name for point in entry_points(group=main.GROUP))


@pytest.mark.parametrize("arguments", [(), ("--help",), ("help",)])
def test_without_a_command_qio_shows_every_command_with_its_sentence(arguments: tuple[str, ...]) -> None:
    shown = run(*arguments)
    assert shown.returncode == 0
    lines = dict(re.findall(r"^  (\S+) +(\S.*)$", shown.stdout, re.MULTILINE))
    assert sorted(lines) == COMMANDS
    assert all(sentence.endswith(".") for sentence in lines.values())


def test_every_summary_has_its_command() -> None:
    assert sorted(main.SUMMARIES) == COMMANDS


def test_a_command_there_is_not_is_refused_with_status_2_and_what_there_is() -> None:
    refused = run("colour", "--json")
    assert refused.returncode == 2
    assert refused.stdout == ""
    assert "There is no command 'colour'." in refused.stderr
    assert "  case " in refused.stderr


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself(name: str) -> None:
    found = main._load(next(point for point in entry_points(group=main.GROUP) if point.name == name))
    assert isinstance(found, typer.Typer)
    shown = CliRunner().invoke(found, ["--help"])
    assert shown.exit_code == 0
    assert "Usage" in shown.output


def test_an_unknown_option_is_refused_with_status_2_and_no_trace() -> None:
    refused = run("catalog", "list", "--colour")
    assert refused.returncode == 2
    assert "Traceback" not in refused.stderr


def test_doctor_says_what_is_found_as_json_and_ends_with_0_when_nothing_required_is_missing() -> None:
    ended = run("doctor", "--json")
    findings = json.loads(ended.stdout)
    assert {"name", "ok", "found", "mend", "required"} == set(findings[0])
    assert {"Python"} <= {finding["name"] for finding in findings}
    missing = [finding for finding in findings if finding["required"] and not finding["ok"]]
    assert ended.returncode == (1 if missing else 0)
    assert all(finding["mend"] for finding in missing)


@pytest.mark.parametrize(
    "arguments",
    [
        ("case", "list"),
        ("case", "withdraw", "00000000-0000-4000-8000-000000000000"),
        ("consumer", "list"),
        ("dead-letters", "list"),
        ("topics",),
        ("migrate",),
    ],
)
def test_without_a_platform_a_command_says_so_and_ends_with_status_2(
    arguments: tuple[str, ...], tmp_path: Path
) -> None:
    ended = run(*arguments, data_dir=tmp_path / "none")
    assert ended.returncode == 2
    assert "qio up" in ended.stderr
    assert "Traceback" not in ended.stderr


def test_the_catalog_lists_every_topic_for_people() -> None:
    from_catalog = run("catalog", "list")
    assert from_catalog.returncode == 0
    assert "qio.complaints.cases.v1  [internal]" in from_catalog.stdout


def test_a_service_the_catalog_does_not_know_is_refused() -> None:
    refused = run("catalog", "asyncapi", "--service", "nobody")
    assert refused.returncode == 2
    assert "There is no service 'nobody'" in refused.stderr
