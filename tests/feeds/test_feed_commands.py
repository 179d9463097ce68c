"""The commands of single files refuse what cannot be sent before they connect to anything."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from shared.feeds import parts
from shared.feeds.cli import app
from shared.feeds.rows import Counts
from tests.feeds.support import write

RUN = CliRunner()


@pytest.fixture(autouse=True)
def _no_platform(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QIO_DATA_DIR", str(tmp_path / "none"))


@pytest.mark.parametrize(
    ("command", "options", "sentence"),
    [
        ("hospitals", ("--as-of", "2026-06-01"), "is not CMS's Hospital General Information"),
        ("hospitals", ("--as-of", "2999-01-01"), "lies in the future"),
        ("hospitals", (), "Missing option"),
        ("adt", ("--facility", "Good Sam"), "given as NAME=CCN"),
        ("adt", ("--facility", "Good Sam=360134"), "No stack runs"),
        ("services", (), "No stack runs"),
        ("residents", (), "No stack runs"),
        ("evidence", (), "Missing option"),
        ("evidence", ("--practice", "1234567893"), "No stack runs"),
        ("infections", (), "neither Hospital Compare's file of infections nor"),
        ("infections", ("--as-of", "2999-01-01"), "lies in the future"),
        ("infections", ("--baseline", "2009"), "A baseline is one of 2006-08, 2015, 2022"),
        ("scores", ("--as-of", "2024-03-01"), "no hospital file of the programs"),
        ("scores", ("--as-of", "2999-01-01"), "lies in the future"),
        ("scores", (), "Missing option"),
        ("counts", (), "no CSV file of counts"),
        ("value-sets", ("--version", "1"), "in no known layout of a value set"),
        ("value-sets", ("--version", "no version"), "A version is 1 to 40"),
        ("value-sets", (), "Missing option"),
    ],
)
def test_what_cannot_be_sent_ends_with_a_sentence(
    tmp_path: Path, command: str, options: tuple[str, ...], sentence: str
) -> None:
    result = RUN.invoke(app, [command, str(write(tmp_path / "a.csv", "a,b", "1,2")), *options])
    assert result.exit_code == 2
    assert sentence in " ".join(result.stderr.split())
    assert result.stdout == ""


def test_every_value_set_is_counted_by_itself(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write(tmp_path / f"{name}.csv", "code,meaning", "1,x", "2,x")
    made = parts.value_sets([tmp_path], "1", None)
    assert [part.name for part in made] == ["value_set_a", "value_set_b"]
    for part in made:
        counts = Counts()
        for outcome in part.rows():
            counts.add(outcome)
        assert (counts.read, counts.records) == (2, 1)
