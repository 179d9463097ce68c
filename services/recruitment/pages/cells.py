"""Words of Markdown: a table, and values as people read them."""

from collections.abc import Iterable, Sequence


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A table with an empty line before it; ``|`` and line ends cannot break it."""
    lines = [_row(head), "|" + "---|" * len(head), *map(_row, rows)]
    return "\n" + "\n".join(lines) + "\n"


def plain(value: str) -> str:
    """A name of a table as it is said: ``MEETING_RHYTHM`` is ``meeting rhythm``."""
    return value.replace("_", " ").lower()


def _row(cells: Sequence[object]) -> str:
    return "| " + " | ".join(" ".join(str(one).replace("|", "\\|").split()) for one in cells) + " |"
