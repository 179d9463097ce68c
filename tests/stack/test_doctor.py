"""`qio doctor` finds what is missing, says how to mend it, and exits accordingly."""

import json
import socket
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from shared.cli import doctor
from shared.stack.jars import Pins


@pytest.fixture
def app(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> typer.Typer:
    monkeypatch.setenv("QIO_DATA_DIR", str(tmp_path / ".qio"))
    monkeypatch.delenv("QIO_KAFKA_BOOTSTRAP", raising=False)
    monkeypatch.delenv("QIO_POSTGRES_DSN", raising=False)
    made = typer.Typer()
    made.command()(doctor.doctor)
    return made


def findings(app: typer.Typer, exit_code: int) -> dict[str, doctor.Check]:
    result = CliRunner().invoke(app, ["--json"])
    assert result.exit_code == exit_code, result.output
    return {found["name"]: doctor.Check(**found) for found in json.loads(result.output)}


def test_a_machine_that_runs_these_tests_is_in_order_and_nothing_is_created(app: typer.Typer, tmp_path: Path) -> None:
    found = findings(app, 0)
    assert found["PostgreSQL"].found.startswith("postgres (PostgreSQL) 18.")
    assert "25." in found["Java runtime"].found
    assert list(tmp_path.iterdir()) == []


def test_every_finding_is_a_line_for_people(app: typer.Typer) -> None:
    output = CliRunner().invoke(app, []).output
    assert len([line for line in output.splitlines() if line.startswith("ok")]) == len(doctor.CHECKS)


def test_an_altered_jar_fails_with_its_mending(app: typer.Typer, monkeypatch: pytest.MonkeyPatch) -> None:
    held = Pins.load()
    wrong = Pins(held.endpoint, dict.fromkeys(held.sha256, "0" * 64))
    monkeypatch.setattr(Pins, "load", lambda: wrong)
    jars = findings(app, 1)["Kafka jars"]
    assert (jars.ok, jars.required) == (False, True)
    assert "Delete it" in jars.mend


def test_a_foreign_data_folder_fails(app: typer.Typer, tmp_path: Path) -> None:
    (tmp_path / ".qio" / "postgres" / "data").mkdir(parents=True)
    assert "not made by this project" in findings(app, 1)["Data folder"].found


def test_external_servers_are_tried_and_their_password_is_not_shown(
    app: typer.Typer, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
        monkeypatch.setenv("QIO_KAFKA_BOOTSTRAP", f"127.0.0.1:{port}")
        monkeypatch.setenv("QIO_POSTGRES_DSN", "postgresql://qio:hidden@127.0.0.1:9/qio")
        found = findings(app, 1)
    assert found["External Kafka"].ok
    assert found["External PostgreSQL"].found == "127.0.0.1:9 not reached"
