"""The page of notice rules says what the table says."""

from pathlib import Path

from services.notifications.domain.rules.table import ROWS
from services.notifications.pages.notices import render

PAGE = Path(__file__).parents[3] / "docs" / "notices.md"


def test_the_page_is_what_the_table_says_now() -> None:
    assert PAGE.read_text() == render(), "the first lines of the page say how to make it again"


def test_every_row_has_its_line() -> None:
    lines = render().splitlines()
    for row in ROWS:
        assert any(f"`{row.notice}`" in line and row.term.words in line for line in lines), row.notice
