"""What the commands of recruitment have in common."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Annotated, Any, Final

import typer

from shared.cli.output import as_json, say

SETTINGS: Final[dict[str, Any]] = {
    "no_args_is_help": True,
    "add_completion": False,
    "pretty_exceptions_enable": False,
}
# Fields of records that hold words of the program, and nothing that anybody wrote.
_IN_WORDS: Final = frozenset(
    (
        *("setting", "settings", "standing", "phase", "status", "comparison", "met_role"),
        *("interest_state", "direction", "enquirer"),
    )
)
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def date(text: str | dt.date) -> dt.date:
    """A day given as YYYY-MM-DD."""
    return text if isinstance(text, dt.date) else dt.date.fromisoformat(text)


def listed(
    found: Sequence[dict[str, Any]],
    line: Callable[[dict[str, Any]], str],
    what: str,
    after: object = None,
    *,
    json: bool,
) -> None:
    """Print what was found, a line each; where it is nothing, that there is no ``what`` (more, behind ``after``)."""
    if json:
        as_json(found)
        return
    for row in found:
        say(line(row))
    if not found:
        say(f"No more {what}." if after else f"No {what}.")


def words(value: str) -> str:
    """A word of the program as it is said: ``HOME_HEALTH`` is ``home health``."""
    return value.replace("_", " ").lower().replace("ltss", "LTSS")


def said(field: str, value: Any) -> Any:
    """The value of a field of a record as people read it."""
    if field not in _IN_WORDS or value is None:
        return value
    return words(value) if isinstance(value, str) else [words(one) for one in value]


def split(values: list[str] | None) -> list[str]:
    """Repeated options, each of one value or several with commas."""
    return [part.strip() for value in values or () for part in value.split(",") if part.strip()]
