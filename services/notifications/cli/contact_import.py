"""``qio contacts import``: many contacts from a file."""

import asyncio
import sys
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from aiokafka.errors import KafkaError

from services.notifications.cli.contact_file import COLUMNS, KEY, from_file
from shared.cli.ask import Line, NoAnswer, actor
from shared.cli.many import Row, Tally, send, write_rejects
from shared.cli.output import as_json, fail, say
from shared.contracts.notifications.contacts import RegisterContact
from shared.feeds.progress import Progress
from shared.feeds.rows import UnusableFile
from shared.runtime.settings import Settings
from shared.stack.errors import StackError

_HELP: Final = """Register many contacts from a CSV file; a contact that is refused holds up no other.

The key makes the contact's id: a file that was cut off, or has grown, is imported again, and who is
registered already stays as they are. Several rows of one key are one contact with several parts.
Exit status 1 when a row was refused, 3 when the service did not answer all.

\b
Columns (any order; key and name are needed):
"""
_EPILOGUE: Final = _HELP + "\n".join(f"  {name:<15} {what}" for name, what in COLUMNS.items())


def add_to(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    app.command("import", help=_EPILOGUE)(import_contacts)


def import_contacts(
    file: Annotated[Path, typer.Argument(metavar="FILE.csv")],
    source: Annotated[str, typer.Option(help="Whose keys the file has; the same word each time.")],
    rejects: Annotated[Path | None, typer.Option(help="Where refused rows are written down, with reasons.")] = None,
    json: Annotated[bool, typer.Option("--json", help="Print JSON.")] = False,
) -> None:
    """Register many contacts from a CSV file."""
    try:
        settings = Settings().with_stack()
        rows = from_file(file, source, actor())
    except (UnusableFile, StackError, ValueError) as error:
        fail(str(error), 2)
    started = time.monotonic()
    tally = _carry_out(settings, rows)
    target = rejects or settings.data_dir / "rejects" / "contacts.csv"
    write_rejects(target, tally.refused, KEY)
    _report(tally, target, time.monotonic() - started, json=json)


def _carry_out(settings: Settings, rows: Sequence[Row]) -> Tally:
    """Send everything; ends the command with what to do when it cannot be finished."""
    tally = Tally(rows)
    try:
        asyncio.run(_send(settings, rows, tally))
    except NoAnswer:
        fail(_unfinished("The service did not answer in time", tally), 3)
    except KafkaError as error:
        fail(_unfinished(f"Kafka cannot be reached ({type(error).__name__})", tally), 3)
    except KeyboardInterrupt:
        fail(_unfinished("Interrupted", tally), 130)
    return tally


async def _send(settings: Settings, rows: Sequence[Row], tally: Tally) -> None:
    with Progress() as progress:
        progress.begin("Registering", sum(row.command is not None for row in rows))
        async with Line(settings) as line:
            await send(rows, line, tally, progress.add, key=contact_of)


def contact_of(row: Row) -> str:
    """The id of the contact that a row's command registers."""
    assert isinstance(row.command, RegisterContact)
    return str(row.command.contact)


def _unfinished(why: str, tally: Tally) -> str:
    return f"{why}; {tally.answered} of {tally.rows} rows are answered. Import the file again: nobody comes twice."


def summary(tally: Tally) -> dict[str, Any]:
    """How many were registered, known already (and then otherwise than in the file) and refused."""
    known = [made for _, made in tally.accepted if not made["changed"]]
    return {
        "registered": len(tally.accepted) - len(known),
        "known": len(known),
        "known_otherwise": sum(not made["as_given"] for made in known),
        "refused": len({row.line for row, _ in tally.refused}),
        "why": dict(tally.why().most_common()),
    }


def _report(tally: Tally, target: Path, seconds: float, *, json: bool) -> None:
    told = summary(tally)
    if json:
        as_json({**told, "rejects_file": str(target) if tally.refused else None, "seconds": round(seconds, 3)})
    else:
        say(f"{told['registered']} registered, {told['known']} known already, {told['refused']} refused.")
        if told["known_otherwise"]:
            say(f"{told['known_otherwise']} are known otherwise than in the file; they stay as they are.")
        for code, count in told["why"].items():
            say(f"  {count:>6}  {code}")
        if tally.refused:
            say(f"Refused rows with their reasons: {target}")
    if tally.refused:
        sys.stdout.flush()
        raise SystemExit(1)
