"""``qio feed rif`` and ``qio feed synthea``: a part for each file, and an empty one does not stop the others."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from shared.feeds import commands
from shared.feeds.cli import app
from shared.feeds.reference import Reference
from shared.feeds.rows import UnusableFile
from tests.feeds.rif_files import FILL, PERSON, STAY, put
from tests.feeds.support import sorted_out

RUN = CliRunner()


def test_a_rif_folder_has_a_part_for_each_file_that_is_there(tmp_path: Path, reference: Reference) -> None:
    put(tmp_path, "beneficiary_2023", PERSON)
    put(tmp_path, "hospice", STAY)
    put(tmp_path, "pde", FILL)
    (tmp_path / "carrier.csv").write_text("not read\n")
    parts = commands.rif_parts(tmp_path, reference)
    assert [(part.name, part.required) for part in parts] == [
        ("enrolment", True),
        ("hospice", False),
        ("drug_fills", False),
    ]
    assert [len(sorted_out(part.rows())[0]) for part in parts] == [1, 1, 1]


def test_a_folder_of_another_kind_is_refused(tmp_path: Path, reference: Reference) -> None:
    with pytest.raises(UnusableFile, match="holds no RIF enrolment"):
        commands.rif_parts(tmp_path, reference)
    with pytest.raises(UnusableFile, match="no Synthea export"):
        commands.synthea_parts(tmp_path, reference)


@pytest.mark.parametrize("kind", ["rif", "synthea"])
def test_without_a_platform_nothing_is_sent(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str) -> None:
    monkeypatch.setenv("QIO_DATA_DIR", str(tmp_path / "none"))
    result = RUN.invoke(app, [kind, str(tmp_path)])
    assert result.exit_code == 2
    assert "No stack runs" in result.stderr
    assert result.stdout == ""


@pytest.mark.parametrize("kind", ["rif", "synthea"])
def test_help_says_how_to_go_on_after_an_interruption(kind: str) -> None:
    shown = " ".join(RUN.invoke(app, [kind, "--help"]).stdout.replace("│", " ").split())
    assert "simply run it again" in shown
