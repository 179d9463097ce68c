"""What the commands about lists and addresses have in common; what they need is imported when it is used."""

from collections.abc import Callable
from typing import Annotated, Any

import typer

Json = Annotated[bool, typer.Option("--json", help="JSON for machines.")]


def asked(kind: Any, key: str, values: dict[str, Any], *, json: bool) -> dict[str, Any]:
    """Ask for a change, with what it made; prints that for machines."""
    from shared.cli.ask import ask, command_of  # noqa: PLC0415 - keeps other commands quick
    from shared.cli.output import as_json  # noqa: PLC0415

    made = ask(command_of(kind, values), key)
    if json:
        as_json(made)
    return made


def get(path: str, **parameters: Any) -> Any:
    """The answer of the read API."""
    from shared.cli import read  # noqa: PLC0415

    return read.get("notifications", path, **parameters)


def rows_of(rows: list[dict[str, Any]], line: Callable[[dict[str, Any]], str], what: str, *, json: bool) -> None:
    """Print what was found, a line each, or that there is no ``what``."""
    from shared.cli.output import as_json, say  # noqa: PLC0415

    if json:
        as_json(rows)
        return
    for row in rows:
        say(line(row))
    if not rows:
        say(f"No {what}.")


def told(text: str, *, json: bool) -> None:
    """Print a sentence, unless a machine reads."""
    from shared.cli.output import say  # noqa: PLC0415

    if not json:
        say(text)
