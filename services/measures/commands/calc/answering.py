"""How calculators answer: lines for people, one JSON document, or the sentence of the rule an input breaks."""

from collections.abc import Callable
from fractions import Fraction
from typing import Annotated, Any

import typer

from shared.cli.output import as_json, fail, say

Json = Annotated[bool, typer.Option("--json", help="JSON for machines.")]
Row = dict[str, Any]


def answer(compute: Callable[[], Row], people: Callable[[Row], str], *, json: bool) -> None:
    """Compute and print; a ValueError of what was given ends the command with its sentence and status 2."""
    try:
        found = compute()
    except ValueError as error:
        sentence = str(error)
        fail(f"{sentence[:1].upper()}{sentence[1:]}.", 2)
    if json:
        as_json(found)
    else:
        say(people(found))


def rounded(value: Fraction | float | None, places: int) -> float | None:
    """A figure as it is shown; None stays."""
    return None if value is None else round(float(value), places)


def shown(value: float | None, places: int) -> str:
    """A figure in text, a dash where there is none."""
    return "-" if value is None else f"{value:.{places}f}"
