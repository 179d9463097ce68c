"""Writes webinar exports of a session in every layout there is, and reads them as ``qio network attendance import``."""

import csv
import datetime as dt
import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from benchmarks.year.steps import command
from services.recruitment.cli.webinar_file import Around, read_export
from services.recruitment.cli.webinar_matching import matched, read_book
from shared.contracts.recruitment.session_commands import RecordAttendance

NAMES: Final = ("zoom-webinar", "zoom-meeting", "webex", "goto", "teams")
ZONE: Final = ZoneInfo("America/New_York")
_ATTENDED: Final = ("Attended", "User Name (Original Name)", "Email", "Join Time", "Leave Time")
_LONG: Final = "%m/%d/%Y %I:%M:%S %p"


@dataclass(frozen=True, slots=True)
class Guest:
    """Somebody at the webinar, with the joins (local times, in order, none while another lasts)."""

    name: str
    email: str
    participant: str
    joins: tuple[tuple[dt.datetime, dt.datetime], ...]

    @property
    def minutes(self) -> int:
        """The whole minutes that somebody was there."""
        return sum(round((left - came).total_seconds() / 60) for came, left in self.joins)


def guests(homes: Sequence[tuple[int, str]], starts_at: dt.datetime) -> Iterator[Guest]:
    """One to three of each home, every fourth of whom loses the line for ten minutes."""
    begins = starts_at.astimezone(ZONE)
    for number, home in homes:
        for place in range(1 + number % 3):
            came = begins + dt.timedelta(minutes=(number + place) % 7)
            left = begins + dt.timedelta(minutes=120 - number % 5)
            broke = begins + dt.timedelta(minutes=60)
            again = broke + dt.timedelta(minutes=10)
            joins = ((came, broke), (again, left)) if (number + place) % 4 == 0 else ((came, left),)
            yield Guest(f"Person {number}, {place}", f"p{place}@home{number}.example", home, joins)


def write(folder: Path, layout: str, people: Sequence[Guest]) -> tuple[Path, Path]:
    """An export and the address book beside it."""
    export, book = folder / f"{layout}.csv", folder / "book.csv"
    rows = {"zoom-webinar": _webinar, "zoom-meeting": _meeting, "webex": _webex, "goto": _goto, "teams": _teams}
    wide = "\t" if layout in ("webex", "teams") else ","
    export.write_text(_table(rows[layout](people), wide), encoding="utf-16" if layout == "teams" else "utf-8")
    book.write_text(_table([("email", "participant"), *((one.email, one.participant) for one in people)], ","))
    return export, book


def attendance(session: str, export: Path, book: Path, around: Around) -> list[RecordAttendance]:
    """The commands that an import sends; raises ValueError where a row is not taken."""
    found = read_export(export, around)
    present, unmatched = matched(found.joins, read_book(book).participants, export.name)
    if found.rejected or unmatched:
        raise ValueError(f"{len(found.rejected) + len(unmatched)} rows of {export.name} are not taken")
    return [
        command(
            RecordAttendance, session=session, participant=one.participant, mode="ONLINE", people=one.people,
            minutes=one.minutes, source="EXPORT", because="Imported again.",
        )
        for one in present
    ]  # fmt: skip


def _table(rows: Sequence[Sequence[object]], delimiter: str) -> str:
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter).writerows(rows)
    return text.getvalue()


def _spans(people: Sequence[Guest]) -> Iterator[tuple[Guest, dt.datetime, dt.datetime]]:
    return ((one, *span) for one in people for span in one.joins)


def _webinar(people: Sequence[Guest]) -> list[Sequence[object]]:
    heads = (*_ATTENDED, "Time in Session (minutes)", "CCN")
    rows = [
        ("Yes", one.name, one.email, f"{came:{_LONG}}", f"{left:{_LONG}}", one.minutes, one.participant)
        for one, came, left in _spans(people)
    ]
    absent = ("No", "Nobody", "nobody@home.example", "--", "--", "--", people[0].participant)
    return [("Attendee Report",), ("Attendee Details",), heads, *rows, absent]


def _meeting(people: Sequence[Guest]) -> list[Sequence[object]]:
    heads = ("Name (Original Name)", "User Email", "Total Duration (Minutes)", "Guest")
    return [heads, *((one.name, one.email, one.minutes, "Yes") for one in people)]


def _webex(people: Sequence[Guest]) -> list[Sequence[object]]:
    heads = ("Meeting Name", "Display Name", "Role", "Attendee Email", "Join Time", "Leave Time", "Attendance Duration")
    host = ("Falls", "Ida", "Host", "ida@qio.example", "2015-01-01 00:00:00", "2015-01-01 02:00:00", "120 mins")
    rows = [
        (
            "Falls",
            one.name,
            "Attendee",
            one.email,
            f'="{came:%Y-%m-%d %H:%M:%S}"',
            f'="{left:%Y-%m-%d %H:%M:%S}"',
            "1 min",
        )
        for one, came, left in _spans(people)
    ]
    return [heads, host, *rows]


def _goto(people: Sequence[Guest]) -> list[Sequence[object]]:
    heads = ("Attended", "Last Name", "First Name", "Email Address", "Join Time", "Leave Time", "Time in Session")
    short = "%m/%d/%Y %I:%M %p"
    rows = [
        ("Yes", one.name, "A", one.email, f"{came:{short}}", f"{left:{short}}", one.minutes)
        for one, came, left in _spans(people)
    ]
    return [("Attendee Report",), ("Webinar Name", "Falls"), heads, *rows]


def _teams(people: Sequence[Guest]) -> list[Sequence[object]]:
    heads = ("Name", "First join", "Last leave", "In-meeting duration", "Email", "Role")
    rows = [
        (
            one.name,
            f"{one.joins[0][0]:%m/%d/%y, %I:%M:%S %p}",
            f"{one.joins[-1][1]:%m/%d/%y, %I:%M:%S %p}",
            f"{one.minutes // 60}h {one.minutes % 60}m",
            one.email,
            "Attendee",
        )
        for one in people
    ]
    return [("1. Summary",), ("Meeting title", "Falls"), ("2. Participants",), heads, *rows]
