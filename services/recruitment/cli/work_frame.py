"""What the commands about a coalition's work have in common."""

import datetime as dt
from collections.abc import Callable, Mapping
from typing import Annotated, Any

import typer

from services.recruitment.cli.frame import date, listed, said
from shared.cli.ask import ask, command_of
from shared.cli.output import as_json, say
from shared.cli.read import get
from shared.contracts.message import Command
from shared.runtime.clock import utc_now

Community = Annotated[str, typer.Argument(metavar="COMMUNITY", help="The community whose coalition it is.")]
Id = Annotated[str, typer.Argument(metavar="ID", help="As the list shows it.")]
Day = Annotated[
    dt.date | None, typer.Option("--on", parser=date, metavar="DATE", help="YYYY-MM-DD; today (UTC) when left out.")
]
Until = Annotated[dt.date | None, typer.Option(parser=date, metavar="DATE", help="YYYY-MM-DD.")]
Due = Annotated[dt.date, typer.Option("--due", parser=date, metavar="DATE", help="YYYY-MM-DD.")]
Of = Annotated[str | None, typer.Option("--community", help="Only of this community's coalition.")]
After = Annotated[str | None, typer.Option(help="The last id of the page before.")]
Limit = Annotated[int, typer.Option(min=1, max=1_000)]
Why = Annotated[str | None, typer.Option("--because", help="Why, where it corrects what is recorded.")]
Reason = Annotated[str, typer.Option("--reason", help="Why, in a sentence.")]
Overdue = Annotated[bool, typer.Option("--overdue", help="Only those whose day is over, the longest overdue first.")]


def day(on: dt.date | None) -> dt.date:
    """The day given, or today (UTC)."""
    return on or utc_now().date()


def perform(kind: type[Command], values: Mapping[str, Any], key: str, sentence: str, *, json: bool) -> None:
    """Ask for a change and say what it made, in ``sentence`` with its values filled in."""
    made = ask(command_of(kind, values), key)
    if json:
        as_json(made)
        return
    say(sentence.format(**made))


def listing(path: str, line: Callable[[dict[str, Any]], str], *, json: bool, **filters: Any) -> None:
    """Print what the read API lists, a line each."""
    listed(get("recruitment", path, **filters), line, path.removeprefix("/"), filters.get("after"), json=json)


def showing(path: str, *, json: bool) -> None:
    """Print one record, a field a line; histories as lines of their own."""
    found = get("recruitment", path)
    if json:
        as_json(found)
        return
    for field, value in found.items():
        for part in _parts(said(field, value)):
            say(f"{field.replace('_', ' '):<24}{part}")


def dollars(cents: int | None) -> str:
    """US cents as dollars."""
    return "-" if cents is None else f"${cents // 100:,}.{cents % 100:02d}"


def _parts(value: Any) -> list[str]:
    if value is None or value in ([], {}):
        return ["-"]
    if isinstance(value, dict):
        return [f"{name}: {_inline(said(name, one))}" for name, one in value.items()]
    if isinstance(value, list):
        return [_inline(one) for one in value]
    return [str(value)]


def _inline(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{name} {said(name, one)}" for name, one in value.items() if one is not None)
    return str(value)
