"""The page of measures is made from the definitions."""

from pathlib import Path

from services.measures.domain.catalogue import DEFINITIONS
from services.measures.pages.measures import render

PAGE = Path(__file__).parents[2] / "docs" / "measures.md"


def test_the_committed_page_is_what_the_definitions_say() -> None:
    assert PAGE.read_text() == render(), "python -m services.measures.pages.measures > docs/measures.md"


def test_every_measure_has_its_source_aim_and_priority_on_the_page() -> None:
    text = render()
    for one in DEFINITIONS:
        assert f"### {one.id}\n" in text
        assert one.source in text
        assert one.aim.value in text
        assert one.priority.value in text
