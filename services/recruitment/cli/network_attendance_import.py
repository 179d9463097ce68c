"""``qio network attendance import``: who took part, from the export of a webinar."""

import asyncio
import datetime as dt
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer
from aiokafka.errors import KafkaError

from services.recruitment.cli.frame import AsJson
from services.recruitment.cli.webinar_file import Around, Export, read_export
from services.recruitment.cli.webinar_layouts import NAMES
from services.recruitment.cli.webinar_matching import Book, matched, read_book
from services.recruitment.cli.webinar_matching import Presence as Present
from services.recruitment.cli.work_frame import Id
from shared.cli.ask import Line, NoAnswer, command_of
from shared.cli.many import Row, Tally, send, write_rejects
from shared.cli.output import as_json, fail, say
from shared.cli.read import get
from shared.contracts.recruitment.session_commands import RecordAttendance
from shared.contracts.recruitment.session_terms import AttendanceSource, PresenceMode
from shared.contracts.replies import Reason
from shared.feeds.progress import Progress
from shared.feeds.rows import Rejection, UnusableFile
from shared.runtime.settings import Settings
from shared.stack.errors import StackError

CORRECTED: Final = "Imported again from an export that says otherwise."
DROPPED: Final = "No longer in the export that was imported."


def add_to(app: typer.Typer) -> None:
    """Add the command to ``app``."""
    app.command("import")(import_attendance)


def import_attendance(
    identifier: Id,
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The export of Zoom, Teams, Webex or GoTo.")],
    *,
    book: Annotated[
        Path | None,
        typer.Option(help="CSV with email,participant for whom the export names no participant; never sent or kept."),
    ] = None,
    column: Annotated[str | None, typer.Option(help="Heading of the question that CCN or participant answer.")] = None,
    layout: Annotated[str | None, typer.Option(help=f"One of {', '.join(NAMES)}; found out when left out.")] = None,
    zone: Annotated[
        str | None, typer.Option(help="Time zone of the export's times; the session's if left out.")
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Take back what an earlier import has and this file has not.")
    ] = False,
    rejects: Annotated[Path | None, typer.Option(help="Where rows that were not taken are written down.")] = None,
    json: AsJson = False,
) -> None:
    """Record attendance from the export of a webinar.

    A row belongs to the participant that it names, else to the one whose address it has in the address book. Joins of
    one person are added up without counting any minute twice. The same file again changes nothing, one that says
    otherwise corrects. Exit status 1 when a row was not taken, 3 when the service did not answer all.
    """
    if layout is not None and layout not in NAMES:
        fail(f"There is no layout {layout}. There are {', '.join(NAMES)}.", 2)
    session = get("recruitment", f"/learning-sessions/{identifier}")
    try:
        settings = Settings().with_stack()
        export = read_export(file, _around(session, zone, column, layout))
        addresses = read_book(book) if book is not None else Book()
    except (UnusableFile, StackError, ValueError) as error:
        fail(str(error), 2)
    present, unmatched = matched(export.joins, addresses.participants, file.name)
    dropped = _dropped(session, present)
    refused = [*addresses.rejected, *export.rejected, *unmatched]
    rows = [
        *map(_rejected, refused),
        *_rows(identifier, present),
        *(_taken_back(identifier, dropped) if replace else ()),
    ]
    started = time.monotonic()
    tally = _carry_out(settings, rows)
    target = rejects or settings.data_dir / "rejects" / "attendance.csv"
    write_rejects(target, tally.refused, "of")
    told = _summary(export, tally, left=0 if replace else len(dropped))
    _report(told, target if tally.refused else None, time.monotonic() - started, json=json)


def _around(session: Mapping[str, Any], zone: str | None, column: str | None, layout: str | None) -> Around:
    try:
        where = ZoneInfo(zone or session["zone"])
    except (ZoneInfoNotFoundError, OSError):
        raise UnusableFile("There is no such time zone. One is America/Chicago.") from None
    begins, ends = (dt.datetime.fromisoformat(session[name]) for name in ("starts_at", "ends_at"))
    return Around(begins, ends, where, column, layout)


def _rejected(one: Rejection) -> Row:
    return Row(one.line, one.file, None, (Reason(code="ROW", field=one.field, text=one.rule),))


def _rows(session: str, present: Iterable[Present]) -> list[Row]:
    return [_row(session, one.participant, one.line, one.people, one.minutes, CORRECTED) for one in present]


def _taken_back(session: str, dropped: Iterable[str]) -> list[Row]:
    return [_row(session, one, 0, 0, 0, DROPPED) for one in dropped]


def _row(session: str, participant: str, line: int, people: int, minutes: int, because: str) -> Row:
    values = {
        "session": session,
        "participant": participant,
        "mode": PresenceMode.ONLINE,
        "people": people,
        "minutes": minutes,
        "source": AttendanceSource.EXPORT,
        "because": because,
    }
    return Row(line, participant, command_of(RecordAttendance, values))


def _dropped(session: Mapping[str, Any], present: Iterable[Present]) -> list[str]:
    """Whom an earlier import recorded and this file has not."""
    here = {one.participant for one in present}
    return [
        name
        for name, modes in sorted(session["attendance"].items())
        if name not in here and modes.get(PresenceMode.ONLINE, {}).get("source") == AttendanceSource.EXPORT
    ]


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
        progress.begin("Recording", sum(row.command is not None for row in rows))
        async with Line(settings) as line:
            await send(rows, line, tally, progress.add, key=_session_of)


def _session_of(row: Row) -> str:
    assert isinstance(row.command, RecordAttendance)
    return row.command.session


def _unfinished(why: str, tally: Tally) -> str:
    return f"{why}; {tally.answered} of {tally.rows} rows are settled. Import the file again: nothing is counted twice."


def _summary(export: Export, tally: Tally, *, left: int) -> dict[str, Any]:
    made = [one for _, one in tally.accepted]
    return {
        "layout": export.layout,
        "joins": len(export.joins),
        "passed_over": dict(sorted(export.passed_over.items())),
        "participants": len(made),
        "recorded": sum(bool(one["changed"]) and not one["corrected"] for one in made),
        "corrected": sum(bool(one["corrected"]) for one in made),
        "unchanged": sum(not one["changed"] for one in made),
        "guests": sum(bool(one["guest"]) for one in made),
        "not_in_file": left,
        "rejected": len(tally.refused),
        "why": dict(tally.why().most_common()),
    }


def _report(told: dict[str, Any], target: Path | None, seconds: float, *, json: bool) -> None:
    if json:
        as_json({**told, "rejects_file": str(target) if target else None, "seconds": round(seconds, 3)})
    else:
        say(
            f"{told['layout']}: {told['joins']} joins of {told['participants']} participants: {told['recorded']} "
            f"recorded, {told['corrected']} corrected, {told['unchanged']} unchanged, {told['rejected']} rejected."
        )
        if told["not_in_file"]:
            say(f"{told['not_in_file']} of an earlier import are not in this file; --replace takes them back.")
        if target is not None:
            say(f"Rows that were not taken, with reasons: {target}")
    if target is not None:
        sys.stdout.flush()
        raise SystemExit(1)
