"""The page of recruitment says everything the tables say: tasks, aims, weights, machines, items, types, sources."""

import datetime as dt
import os
import pkgutil
import re
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import services.recruitment
from services.recruitment.domain.interventions.models import MODELS
from services.recruitment.domain.pipeline.collaboratives import COLLABORATIVES
from services.recruitment.domain.pipeline.stages import FIRST
from services.recruitment.domain.program.answering import answer, roles_on
from services.recruitment.domain.program.catalogue import STATEMENTS
from services.recruitment.domain.targets.weights import MEASURES, POPULATIONS, WEIGHTS
from services.recruitment.pages import jurisdictions
from services.recruitment.pages.machines import MACHINES, Shown, diagram
from shared.contracts.recruitment.coalition_terms import Item
from shared.contracts.recruitment.program import Role
from shared.program.states import STATES
from shared.records.machine import Machine, words

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "recruitment.md"


@pytest.mark.parametrize("seed", ["1", "2"])
def test_the_page_is_what_the_tables_say_now_whatever_the_order_of_sets(seed: str) -> None:
    made = subprocess.run(
        [sys.executable, "-m", "services.recruitment.pages.recruitment"],
        cwd=ROOT,
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        check=True,
    )
    assert PAGE.read_text() == made.stdout.decode(), "the first lines of the page say how to make it again"


def _all_machines() -> list[Machine]:  # type: ignore[type-arg]
    found: dict[int, Machine] = {}  # type: ignore[type-arg]
    for module in pkgutil.walk_packages(services.recruitment.__path__, "services.recruitment."):
        if ".domain." in module.name:
            values = vars(import_module(module.name)).values()
            found |= {id(value): value for value in values if isinstance(value, Machine)}
    return list(found.values())


def test_every_machine_there_is_has_its_diagram() -> None:
    shown = [one.machine for one in MACHINES]
    assert [one.name for one in _all_machines() if not any(one is other for other in shown)] == []


@pytest.mark.parametrize("shown", MACHINES, ids=lambda shown: shown.title)
def test_a_diagram_is_the_whole_table(shown: Shown) -> None:
    drawn = {
        (source, action, target)
        for source, target, actions in re.findall(r"^  (\w+) --> (\w+): (.+)$", diagram(shown), re.MULTILINE)
        for action in actions.split(", ")
    }
    assert drawn == {(state.value, words(act), to.value) for (state, act), to in shown.machine.table.items()}
    assert set(shown.begins) <= {state.value for state, _ in shown.machine.table} | set(FIRST.values())
    assert diagram(shown) in PAGE.read_text()


def test_the_diagram_of_the_pipeline_says_by_what_an_engagement_begins() -> None:
    drawn = diagram(next(one for one in MACHINES if one.title == "Engagement"))
    begins = dict(re.findall(r"^  \[\*\] --> (\w+): (.+)$", drawn, re.MULTILINE))
    assert begins == {stage.value: words(action) for action, stage in FIRST.items()}


def test_every_task_aim_and_collaborative_stands_there_with_its_source() -> None:
    rows = [line for line in PAGE.read_text().splitlines() if line.startswith("| ")]
    for statement in STATEMENTS:
        told = [(one.title, one.source) for one in statement.tasks] + [(one.text, one.source) for one in statement.aims]
        told += [(f"`{one.key}`", initiative) for one in statement.tasks for initiative in one.initiatives]
        assert [one for one in told if not any(one[0] in row and one[1] in row for row in rows)] == []
    for collaborative in COLLABORATIVES.values():
        assert any(collaborative.name in row and collaborative.source in row for row in rows)


def test_weights_items_and_types_have_their_rows() -> None:
    text = PAGE.read_text()
    told = [one.reason for one in WEIGHTS.values()] + [one.words for one in MEASURES.values()]
    told += [f"| `{one}` |" for one in (*POPULATIONS, *MEASURES, *Item, *MODELS)]
    told += [one.source for one in MODELS.values()]
    assert [one for one in told if one not in text] == []


def test_what_the_page_says_of_a_state_still_holds_at_the_end_of_each_month() -> None:
    changes = {role: dict(jurisdictions.changes(role)) for role in Role}
    firsts = [dt.date(year, month, 1) for year in range(2008, 2031) for month in range(1, 13)]
    for day in (first - dt.timedelta(days=1) for first in firsts[1:]):
        for role in roles_on(day):
            latest = max(begun for begun in changes[role] if begun <= day)
            assert tuple(answer(state, role, day, None) for state in STATES) == changes[role][latest], (day, role)
