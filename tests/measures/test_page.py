"""The page of measures is made from the definitions."""

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from services.measures import cli as measures
from services.measures.domain.activity.definitions import FAMILIES
from services.measures.domain.catalogue import DEFINITIONS
from services.measures.domain.charted import chart_of
from services.measures.domain.kinds import KINDS
from services.measures.domain.panel.kind import Family
from services.measures.domain.program_goals import seeds
from services.measures.pages.facilities import TELLS
from services.measures.pages.measures import render
from shared.feeds import cli as feeds

PAGE = Path(__file__).parents[2] / "docs" / "measures.md"
ALL: tuple[Family, ...] = (*KINDS, *FAMILIES.values())


def entry(heading: str) -> str:
    """The paragraph below a heading."""
    found = re.search(rf"^{re.escape(heading)}\n\n(.*)$", render(), re.MULTILINE)
    assert found is not None, heading
    return found[1]


def test_the_committed_page_is_what_the_definitions_say() -> None:
    assert PAGE.read_text() == render(), "python -m services.measures.pages.measures > docs/measures.md"


def test_every_measure_has_its_source_aim_and_priority_on_the_page() -> None:
    for one in DEFINITIONS:
        text = entry(f"### {one.id}")
        assert one.source.rstrip(".") in text
        assert one.aim.value in text
        assert one.priority.value in text
        assert ("Communities are followed on a" in text) is (chart_of(one) is not None)


def test_every_goal_of_the_program_stands_with_its_measure() -> None:
    for goal in seeds():
        assert f"Goal: {goal.aim}" in entry(f"### {goal.measure}")


@pytest.mark.parametrize("family", ALL, ids=lambda family: family.name)
def test_every_measure_of_facilities_stands_on_the_page_with_all_that_its_definition_says(family: Family) -> None:
    of = {"hospital": "hospitals", "nursing_home": "nursing homes", "provider": "other providers"}
    for one in family.measures:
        named = f" ({of.get(family.unit_type, 'communities')})" if family in FAMILIES.values() else ""
        text = entry(f"#### {one.id}{named}")
        for told in (one.title, one.source.rstrip("."), one.aim.value, one.priority.value, one.note.strip()):
            assert told in text, one.id
        assert f"Version {one.specification}; {one.better} is better." in text
        assert all(f"`{name}`" in text for name in (*one.numerator, *one.denominator))
        assert (one.goal is None) or f"Goal: at most {float(one.goal):g}." in text


def test_the_tracked_harms_have_the_goal_of_forty_percent_less() -> None:
    assert "Goal: 40 % less than in the hospital's own baseline" in entry("#### entered-tracked-harms")


def test_every_kind_of_facility_data_says_who_tells_it() -> None:
    assert TELLS.keys() == {family.name for family in ALL}


def test_commands_that_the_page_names_exist() -> None:
    apps = {"feed": feeds.app, "measures": measures.app}
    named = set(re.findall(r"`qio ([a-z-]+)((?: [a-z-]+)+)", render().replace("\n", " ")))
    assert {group for group, _ in named} == apps.keys()
    for group, command in named:
        assert CliRunner().invoke(apps[group], [*command.split(), "--help"]).exit_code == 0, command
