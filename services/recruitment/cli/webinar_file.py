"""Reads an export of a webinar service: who was there from when to when, line by line, values in memory only."""

import codecs
import datetime as dt
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from services.recruitment.cli.webinar_layouts import PARTICIPANT, Layout, heading, layout_of, places
from services.recruitment.cli.webinar_values import clean, seconds, span
from services.recruitment.domain.sessions.minutes import Span
from shared.feeds.lines import Fault, Line
from shared.feeds.rows import Rejection, UnusableFile
from shared.feeds.tables import decode, read, split

ROW: Final = "(row)"
NEAR: Final = dt.timedelta(days=1)
_DELIMITERS: Final = (",", "\t", ";")
_YES: Final = frozenset({"yes", "y", "true"})


@dataclass(frozen=True, slots=True)
class Join:
    """A row of somebody who was there: ``email`` and ``person`` tell people apart and are never passed on."""

    line: int
    email: str
    person: str
    participant: str
    span: Span | None
    seconds: int | None


@dataclass(frozen=True, slots=True)
class Around:
    """What the export is held to: the session (UTC), the zone of its times, further headings of participants."""

    starts_at: dt.datetime
    ends_at: dt.datetime
    zone: ZoneInfo
    column: str | None = None
    layout: str | None = None


@dataclass(slots=True)
class Export:
    """What was read: joins, what is wrong with which lines, and how many rows are of hosts or of nobody who came."""

    layout: str
    joins: list[Join] = field(default_factory=list)
    rejected: list[Rejection] = field(default_factory=list)
    passed_over: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class _Section:
    layout: Layout
    where: Mapping[str, int]
    width: int
    delimiter: str
    of_hosts: bool


def read_export(path: Path, around: Around) -> Export:
    """Everything of a file; raises UnusableFile where it has no header of a known layout."""
    export: Export | None = None
    section: _Section | None = None
    title = ""
    for number, text in enumerate(io.StringIO(_text(read(path)), newline=None), start=1):
        if not text.strip():
            continue
        header = _header(text, around, title)
        if header is not None:
            section = header
            export = export or Export(header.layout.name)
        elif section is None or export is None or _is_title(text, section):
            section, title = None, heading(text.strip(" ,;\t\r\n"))
        else:
            _add(export, section, path.name, number, text, around)
    if export is None:
        raise UnusableFile(f"{path.name} has no line of headings of a layout that is known.")
    return export


def _text(data: bytes) -> str:
    marked = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    if not marked and data[1:200:2].count(0) > len(data[:200]) // 4:
        return data.decode("utf-16-le", "replace")
    return decode(data)


def _header(text: str, around: Around, title: str) -> _Section | None:
    for delimiter in _DELIMITERS:
        cells = split(text, delimiter)
        if cells is None or len(cells) < 2:
            continue
        where = places(cells)
        if (layout := layout_of(where, around.layout)) is not None:
            return _Section(layout, where, len(cells), delimiter, title in layout.hosts)
    return None


def _is_title(text: str, section: _Section) -> bool:
    cells = split(text, section.delimiter) or [""]
    return sum(bool(cell) for cell in cells) == 1 and bool(cells[0]) and "@" not in cells[0]


def _add(export: Export, section: _Section, file: str, number: int, text: str, around: Around) -> None:
    try:
        found = _row(section, _line(section, file, number, text), around)
    except Fault as fault:
        export.rejected.append(Rejection(file, number, fault.column, fault.rule))
        return
    if isinstance(found, str):
        export.passed_over[found] += 1
    else:
        export.joins.append(found)


def _line(section: _Section, file: str, number: int, text: str) -> Line:
    values = split(text, section.delimiter)
    if values is None:
        raise Fault(ROW, "quotes do not match")
    if "\x00" in text:
        raise Fault(ROW, "contains a NUL character")
    if any(values[section.width :]):
        raise Fault(ROW, f"{section.width} values expected, {len(values)} found")
    padded = [clean(one) for one in values[: section.width]] + [""] * (section.width - len(values))
    return Line(file, number, padded, section.where)


def _row(section: _Section, line: Line, around: Around) -> Join | str:
    layout = section.layout
    attended = _get(line, layout.attended).lower()
    if attended and attended not in _YES:
        return "did not attend"
    if section.of_hosts or _get(line, layout.role).lower() in layout.hosts:
        return "host"
    own = (heading(around.column),) if around.column else ()
    when, lasted = _when(layout, line, around)
    return Join(
        line=line.number,
        email=_get(line, layout.email).lower(),
        person=heading(_get(line, layout.person)),
        participant=_get(line, (*own, *PARTICIPANT)),
        span=when,
        seconds=lasted,
    )


def _when(layout: Layout, line: Line, around: Around) -> tuple[Span | None, int | None]:
    columns = (_named(line, layout.joined), _named(line, layout.left))
    joined, left = line.get(columns[0]), line.get(columns[1])
    if joined and left and not _named(line, layout.first_joined):
        found = span(joined, left, around.zone, columns)
        if found[1] < around.starts_at - NEAR or found[0] > around.ends_at + NEAR:
            raise Fault(columns[0], "more than a day from the session")
        return found, None
    column = _named(line, layout.duration)
    return None, seconds(line.need(column or "(duration)"), column)


def _named(line: Line, headings: Sequence[str]) -> str:
    return next((one for one in headings if one in line.where), "")


def _get(line: Line, headings: Sequence[str]) -> str:
    return next((value for value in _values(line, headings) if value), "")


def _values(line: Line, headings: Sequence[str]) -> Iterator[str]:
    return (line.get(one) for one in headings)
