"""The generated pages are what their sources say, and no page points to what is not there."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.__main__ import BENCHES
from shared.contracts import markdown
from shared.runtime import metrics_page

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")] + sorted(ROOT.glob("docs/**/*.md"))
DECISIONS = sorted((ROOT / "docs" / "decisions").glob("*.md"))


@pytest.mark.parametrize(
    ("page", "render"),
    [("events.md", markdown.render), ("metrics.md", metrics_page.render)],
    ids=["events", "metrics"],
)
def test_a_generated_page_is_what_its_source_says_now(page: str, render: Callable[[], str]) -> None:
    assert (ROOT / "docs" / page).read_text() == render(), "the first lines of the page say how to make it again"


def _anchors(page: Path) -> set[str]:
    """Headings as their links name them: lower case, without punctuation, dashes for spaces."""
    headings = re.findall(r"^#+ (.+)$", page.read_text(), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading).strip().lower().replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_are_relative_and_lead_somewhere(page: Path) -> None:
    # What stands in code is no link: a pattern such as `[1-4](R4)?`.
    text = re.sub(r"`[^`\n]+`", "", page.read_text())
    for link in re.findall(r"\]\(([^)\s]+)\)", text):
        if link.startswith("https://"):
            continue
        path, _, anchor = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        assert target.is_relative_to(ROOT), link
        assert target.exists(), link
        if anchor:
            assert anchor in _anchors(target), link


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_a_page_names_no_place_of_one_machine(page: Path) -> None:
    assert not re.search(r"(?<![\w./])/(home|root|work|Users|tmp)/", page.read_text())


def test_decisions_are_numbered_without_gaps_short_and_say_when_to_look_again() -> None:
    assert [path.name[:4] for path in DECISIONS] == [f"{number:04d}" for number in range(1, len(DECISIONS) + 1)]
    for path in DECISIONS:
        text = path.read_text()
        assert "## Revisit when" in text, path.name
        assert len(text.splitlines()) <= 25, path.name


def test_the_make_targets_of_the_readme_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"(?:`|^)make ([a-z]+)", (ROOT / "README.md").read_text(), re.MULTILINE)) <= targets


def test_operations_names_the_benchmarks_that_make_bench_runs() -> None:
    text = (ROOT / "docs" / "operations.md").read_text().split("## Benchmarks")[1].split("\n## ")[0]
    assert [f"benchmarks.{name}" for name in re.findall(r"^\| `([a-z]+)`", text, re.MULTILINE)] == list(BENCHES)


def test_the_files_the_architecture_names_exist() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text()
    named = re.findall(r"`((?:shared|services|deploy|tests|docs|requirements)/[\w./-]+)`", text)
    assert named
    assert [name for name in named if not (ROOT / name).exists()] == []
