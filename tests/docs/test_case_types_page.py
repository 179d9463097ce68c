"""The page of case types says everything the tables say, and nothing else."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from services.complaints.domain.procedure import Procedure
from services.complaints.domain.procedures import PROCEDURES
from services.complaints.pages import case_types as case_types_page

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "case-types.md"
EACH = pytest.mark.parametrize("procedure", PROCEDURES.values(), ids=lambda one: one.type.value)


@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_page_is_what_the_tables_say_now_whatever_the_order_of_sets(seed: str) -> None:
    made = subprocess.run(
        [sys.executable, "-m", "services.complaints.pages.case_types"],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        check=True,
    )
    assert PAGE.read_text() == made.stdout.decode(), "the first lines of the page say how to make it again"


def _section(procedure: Procedure) -> str:
    return case_types_page.render().split(f"\n## {procedure.clock.title}\n")[1].split("\n## ")[0]


def _moves(section: str) -> set[tuple[str, str, str]]:
    """Every (state, step, next state) that the diagram and the lists below it tell."""
    found = set()
    for source, target, steps in re.findall(r"^  (\w+) --> (\w+): (.+)$", section, re.MULTILINE):
        found |= {(source, step.removesuffix(" (clock)"), target) for step in steps.split(", ")}
    for step, target, states in re.findall(r"^- `(\w+)`.* leads to (\w+) from (.+)$", section, re.MULTILINE):
        found |= {(state, step, target) for state in states.split(", ")}
    for states, steps in re.findall(r"^- in (.+), and stays there: (.+)$", section, re.MULTILINE):
        found |= {(state, step, state) for state in states.split(", ") for step in re.findall(r"`(\w+)`", steps)}
    return found


@EACH
def test_diagram_and_lists_together_are_the_whole_table(procedure: Procedure) -> None:
    table = {(state, step, target) for (state, step), target in procedure.table.items()}
    assert _moves(_section(procedure)) == table


@EACH
def test_every_step_with_its_guards_its_notices_and_every_outcome_has_its_row(procedure: Procedure) -> None:
    rows = {
        found[1]: line
        for line in _section(procedure).splitlines()
        if (found := re.match(r"\| `([A-Za-z0-9_]+)`", line)) is not None
    }
    for step in procedure.steps.values():
        told = [*(guard.text for guard in step.guards), *(notice.kind for notice in step.notices), step.citation]
        assert [text for text in told if text not in rows[step.id]] == []
    assert set(procedure.outcomes) <= rows.keys()


def test_of_what_nobody_may_hear_the_page_says_so() -> None:
    silent = {one.type.value for one in PROCEDURES.values() if "nothing: neither" in _section(one)}
    assert silent == {"EMTALA_5DAY", "EMTALA_60DAY", "SANCTION"}
