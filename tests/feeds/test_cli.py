"""The commands refuse what cannot be sent before they connect to anything, with one sentence and status 2."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from shared.feeds.cli import app
from shared.feeds.sample.cli import app as sample
from tests.feeds.support import write

RUN = CliRunner()


@pytest.fixture(autouse=True)
def _no_platform(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QIO_DATA_DIR", str(tmp_path / "none"))


@pytest.mark.parametrize(
    ("lines", "options", "sentence"),
    [
        (("a,b", "1,2"), (), "is not a CMS nursing-home provider file"),
        ((), (), "is empty or has no header line"),
        (("ccn,provider_name,state,zip,overall_rating",), ("--as-of", "2999-01-01"), "lies in the future"),
        (("ccn,provider_name,state,zip,overall_rating",), (), "No stack runs"),
    ],
)
def test_an_unusable_file_ends_with_a_sentence(
    tmp_path: Path, lines: tuple[str, ...], options: tuple[str, ...], sentence: str
) -> None:
    result = RUN.invoke(app, ["nursing-homes", str(write(tmp_path / "a.csv", *lines)), *options])
    assert result.exit_code == 2
    assert sentence in result.stderr
    assert result.stdout == ""


def test_a_sample_is_written_and_its_counts_told(tmp_path: Path) -> None:
    result = RUN.invoke(sample, ["--out", str(tmp_path / "s"), "--beneficiaries", "20", "--homes", "54", "--json"])
    assert result.exit_code == 0
    assert '"homes": 54' in result.stdout
    assert len((tmp_path / "s" / "NH_ProviderInfo.csv").read_text().splitlines()) == 55
