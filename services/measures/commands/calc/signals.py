"""What calculators of charts share: the baseline, and how signals are told."""

from typing import Annotated, Any

import typer

from services.measures.commands.calc.answering import Row
from services.measures.domain.methods.charts.rules import MEANING, Found

Baseline = Annotated[
    int | None,
    typer.Option(min=1, help="The first so many settled points fix the centre and do not signal; all unless given."),
]


def enough(baseline: int | None, size: int) -> int:
    """How many points the baseline takes, all unless given; raises ValueError for more than there are."""
    if baseline is not None and baseline > size:
        raise ValueError(f"a baseline of {baseline} needs as many points, there are {size}")
    return baseline or size


def signal(where: dict[str, Any], found: Found) -> Row:
    """A signal as a row, beside where it is."""
    return {**where, "rule": found.rule.value, "side": found.side.value, "meaning": MEANING[found.rule]}


def signal_lines(row: Row, where: str) -> list[str]:
    """Signals in words; ``where`` is the field that says where."""
    found = [f"Signal at {one[where]}: {one['meaning']} ({one['rule']}, {one['side']})." for one in row["signals"]]
    return found or ["No signal."]
