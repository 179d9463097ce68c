"""Writes small files and sorts what a reader made of them."""

import gzip
from collections.abc import Iterable
from pathlib import Path

from shared.feeds.rows import Counts, Folded, Outcome, Rejection, Row


def write(path: Path, *lines: str, encoding: str = "utf-8", packed: bool = False) -> Path:
    """A file of these lines."""
    data = "".join(line + "\n" for line in lines).encode(encoding)
    path.write_bytes(gzip.compress(data) if packed else data)
    return path


def sorted_out(outcomes: Iterable[Outcome]) -> tuple[list[Row], list[Rejection], list[Folded], Counts]:
    """Records, rejections and folded rows, with the counts a command would print."""
    counts = Counts()
    rows: list[Row] = []
    rejections: list[Rejection] = []
    folded: list[Folded] = []
    for outcome in outcomes:
        counts.add(outcome)
        if isinstance(outcome, Row):
            rows.append(outcome)
        elif isinstance(outcome, Rejection):
            rejections.append(outcome)
        else:
            folded.append(outcome)
    first = [row for row in rows if not row.further]
    assert counts.read == len(first) + len(rejections) + len(folded)
    return rows, rejections, folded, counts
