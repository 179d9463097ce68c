"""What the commands of recruitment have in common."""

import datetime as dt
from typing import Annotated, Any, Final

import typer

SETTINGS: Final[dict[str, Any]] = {
    "no_args_is_help": True,
    "add_completion": False,
    "pretty_exceptions_enable": False,
}
AsJson = Annotated[bool, typer.Option("--json", help="Print JSON.")]


def date(text: str | dt.date) -> dt.date:
    """A day given as YYYY-MM-DD."""
    return text if isinstance(text, dt.date) else dt.date.fromisoformat(text)


def split(values: list[str] | None) -> list[str]:
    """Repeated options, each of one value or several with commas."""
    return [part.strip() for value in values or () for part in value.split(",") if part.strip()]
