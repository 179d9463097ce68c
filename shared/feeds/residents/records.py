"""One row of MDS items as a record of its resident: an assessment, or a tracking record."""

import datetime as dt
import re
from typing import Any, Final

from pydantic import ValidationError

from shared.contracts.residents import ITEMS, RESIDENTS, ResidentAssessed, ResidentMoved
from shared.feeds.lines import Fault, Line
from shared.feeds.reference import Reference
from shared.feeds.rows import Row

HEAD: Final = (
    *("RESIDENT", "RECORD", "A0100B", "A0050", "X0800"),
    *("A0310A", "A0310B", "A0310F", "A1600", "A2000", "A2300"),
)
_ACTIONS: Final = {"1": "original", "2": "adjust", "3": "cancel"}
_NO_ANSWER: Final = frozenset(("", "-", "^"))
# What an inactivation says in place of the item it takes back (MDS section X).
_TAKEN_BACK: Final = {
    "A0310A": "X0600A",
    "A0310B": "X0600B",
    "A0310F": "X0600F",
    "A2300": "X0700A",
    "A2000": "X0700B",
    "A1600": "X0700C",
}
COLUMNS: Final = (*HEAD, *_TAKEN_BACK.values(), *ITEMS)
"""All that is looked at."""
_NEITHER: Final = "99"
_WHOLE: Final = re.compile(r"[0-9]{1,2}")
_RULES: Final = {
    "literal_error": "not a code of this item",
    "greater_than_equal": "below the lowest code of this item",
    "less_than_equal": "above the highest code of this item",
}
_FIELDS: Final = {"ccn": "A0100B", "version": "X0800"}


def row(line: Line, reference: Reference, today: dt.date) -> Row:
    """The record ready for its topic; raises Fault with the item and the rule it breaks."""
    home = _home(line)
    head = {
        "ccn": home,
        "resident": reference.resident(home, line.need("RESIDENT")),
        "record": reference.record(home, line.need("RECORD")),
        **_version(line),
    }
    kinds = {item: _kind(line, item) for item in ("A0310A", "A0310B", "A0310F")}
    dates = {item: _date(line, item, today) for item in ("A1600", "A2000", "A2300")}
    moved = _moved_on(kinds["A0310F"], tracked=dates["A2300"] is None)
    day = moved or "A2300"
    if dates[day] is None:
        raise Fault(day, "missing")
    try:
        record = (
            ResidentMoved.model_validate({**head, "A0310F": kinds["A0310F"], "on": dates[moved]})
            if moved
            else ResidentAssessed.model_validate({**head, **kinds, **dates, **_items(line)})
        )
    except ValidationError as error:
        raise _fault(error, day) from None
    value = record.model_dump_json(exclude_none=True).encode()
    mended = any(len(_told(line, item)) == 1 for item in kinds)
    return Row(RESIDENTS.name, home, record.wire_type(), value, mended)


def _home(line: Line) -> str:
    home = line.need("A0100B")
    if not re.fullmatch(r"[0-9A-Z]{6}", home):
        raise Fault("A0100B", "not a certification number of six digits or capital letters")
    return home


def _version(line: Line) -> dict[str, object]:
    """What A0050 and X0800 say: a new record is the first version, its n-th correction version n + 1."""
    action = _ACTIONS.get(line.need("A0050"))
    if action is None:
        raise Fault("A0050", "neither 1 (new), 2 (modified) nor 3 (inactivated)")
    told = line.get("X0800")
    corrections = 0 if told in _NO_ANSWER else _whole("X0800", told)
    if (corrections > 0) == (action == "original"):
        raise Fault("X0800", "a modified or inactivated record has a correction number from 1 on, a new one has none")
    return {"version": corrections + 1, "action": action}


def _kind(line: Line, item: str) -> str:
    """A code of two digits; a spreadsheet takes the zero in front."""
    told = _told(line, item)
    return f"{_whole(item, told):02d}" if told else _NEITHER


def _date(line: Line, item: str, today: dt.date) -> dt.date | None:
    told = _told(line, item)
    if not told:
        return None
    if not re.fullmatch(r"[0-9]{8}|[0-9]{4}-[0-9]{2}-[0-9]{2}", told):
        raise Fault(item, "not a date as YYYY-MM-DD or YYYYMMDD")
    try:
        day = dt.date.fromisoformat(told)
    except ValueError:
        raise Fault(item, "not a day of the calendar") from None
    if day > today:
        raise Fault(item, "lies in the future")
    return day


def _moved_on(kind: str, *, tracked: bool) -> str | None:
    """The item with the day of a tracking record, None for an assessment: that is, what has a reference date."""
    if kind == "01":
        return "A1600"
    return "A2000" if kind == "12" or (tracked and kind in {"10", "11"}) else None


def _items(line: Line) -> dict[str, Any]:
    """The answers; what an inactivated record said does not matter."""
    found: dict[str, Any] = {}
    for item in ITEMS if line.get("A0050") != "3" else ():
        told = line.get(item)
        if told not in _NO_ANSWER:
            found[item] = _whole(item, told)
    return found


def _told(line: Line, item: str) -> str:
    told = line.get(item)
    if told in _NO_ANSWER and line.get("A0050") == "3":
        told = line.get(_TAKEN_BACK[item])
    return "" if told in _NO_ANSWER else told


def _whole(item: str, told: str) -> int:
    if not _WHOLE.fullmatch(told):
        raise Fault(item, "not a whole number of one or two digits")
    return int(told)


def _fault(error: ValidationError, day: str) -> Fault:
    """The first rule a record breaks; a rule about several items begins with the name of one."""
    first = error.errors(include_input=False, include_url=False, include_context=False)[0]
    if first["loc"]:
        field, kind = str(first["loc"][0]), str(first["type"])
        return Fault(_FIELDS.get(field, field), _RULES.get(kind, kind.replace("_", " ")))
    field, _, rule = str(first["msg"]).removeprefix("Value error, ").partition(" ")
    return Fault(day if field == "on" else field, rule)
