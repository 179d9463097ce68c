"""How calculators answer: a line for people, one JSON document, or the sentence of the rule an input breaks."""

from collections.abc import Callable
from typing import Annotated, Any, TypeVar

import typer

from shared.cli.output import as_json, fail, say

Json = Annotated[bool, typer.Option("--json", help="JSON for machines.")]
Found = TypeVar("Found")


def answer(
    compute: Callable[[], Found], people: Callable[[Found], str], machines: Callable[[Found], Any], *, json: bool
) -> None:
    """Compute and print; a ValueError of the method ends the command with its sentence and status 2."""
    try:
        found = compute()
    except ValueError as error:
        sentence = str(error)
        fail(f"{sentence[:1].upper()}{sentence[1:]}.", 2)
    if json:
        as_json(machines(found))
    else:
        say(people(found))
