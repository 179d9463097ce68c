"""The page of feeds names every command there is, and the columns of the layouts that are this project's own."""

from pathlib import Path

import pytest
from typer.main import get_command

from shared.feeds import cli, counts
from shared.feeds.infections import files as infections
from shared.feeds.residents.records import HEAD

PAGE = (Path(__file__).parents[2] / "docs" / "feeds.md").read_text()


def test_every_feed_has_its_place_on_the_page() -> None:
    commands = get_command(cli.app).commands  # type: ignore[attr-defined]
    assert len(commands) > 10
    # Value sets are loaded by a command of measures too, which the page prefers.
    missing = {name for name in commands if f"`qio feed {name}" not in PAGE} - {"value-sets"}
    assert not missing
    assert "`qio measures value-sets load`" in PAGE


@pytest.mark.parametrize(
    ("feed", "columns"),
    [
        ("infections", (*infections.COUNTS, *infections.SURVEYS)),
        ("counts", counts.COLUMNS),
        ("residents", HEAD),
    ],
)
def test_the_columns_of_a_layout_stand_in_its_section(feed: str, columns: tuple[str, ...]) -> None:
    section = PAGE.split(f"(`qio feed {feed} FILE`)")[1].split("\n## ")[0]
    for column in columns:
        assert column in section or column.lower() in section, column
