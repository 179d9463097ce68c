"""Whoever reads of a command can give it: every `qio …` that pages, help and answers name exists."""

import re
from importlib.metadata import entry_points
from pathlib import Path
from typing import Any, Final

import pytest
import typer

from shared.cli import main

ROOT: Final = Path(__file__).parents[2]
PLACES: Final = ("*.md", "docs/**/*.md", "services/**/*.py", "shared/**/*.py", "deploy/**/*.yml", "deploy/**/*.toml")
NAMED: Final = re.compile(r"`qio ((?:[a-z][a-z-]*)(?: [a-z][a-z-]*)*)")


@pytest.fixture(scope="module")
def commands() -> dict[str, Any]:
    points = entry_points(group=main.GROUP)
    return {point.name: typer.main.get_command(main._load(point)) for point in points}


def exists(words: list[str], commands: dict[str, Any]) -> bool:
    """Whether the words lead to a command or a group; those behind a command are its arguments."""
    known: Any = commands
    for word in words:
        if word not in known:
            return False
        found = known[word]
        known = getattr(found, "commands", None)
        if known is None:
            return True
    return True


def test_every_command_that_is_named_exists(commands: dict[str, Any]) -> None:
    named = [
        (str(path.relative_to(ROOT)), match[1])
        for place in PLACES
        for path in ROOT.glob(place)
        for match in NAMED.finditer(path.read_text())
    ]
    assert len(named) > 200
    assert [one for one in named if not exists(one[1].split(), commands)] == []
