"""Times and durations as webinar services write them."""

import datetime as dt
import re
from typing import Final
from zoneinfo import ZoneInfo

from services.recruitment.domain.sessions.minutes import Span
from shared.feeds.lines import Fault

MOST: Final = dt.timedelta(days=1)
_FORMATS: Final = (
    "%m/%d/%Y %I:%M:%S %p",
    "%m/%d/%Y %I:%M %p",
    "%m/%d/%y %I:%M:%S %p",
    "%m/%d/%y %I:%M %p",
    "%m/%d/%Y %H:%M:%S",
    "%m/%d/%Y %H:%M",
    "%b %d %Y %H:%M:%S",
    "%b %d %Y %I:%M:%S %p",
    "%b %d %Y %I:%M %p",
    "%Y-%m-%d %I:%M:%S %p",
)
_UTC: Final = re.compile(r"\s*\(?(?:UTC|GMT|Z)\)?$", re.IGNORECASE)
_CLOCK: Final = re.compile(r"(?:(\d{1,3}):)?(\d{1,3}):(\d{2})")
_SPELLED: Final = re.compile(
    r"(?:(\d{1,3})\s*h(?:ours?|rs?|r)?)?\s*(?:(\d{1,4})\s*m(?:inutes?|ins?|in)?)?\s*(?:(\d{1,5})\s*s(?:econds?|ecs?|ec)?)?"
)
_NUMBER: Final = re.compile(r"\d{1,5}(?:\.\d{1,4})?")
# What spreadsheets are told so that they leave a value alone.
_WRAPPED: Final = re.compile(r'="?([^"]*)"?')
_EMPTY: Final = frozenset({"", "-", "--", "n/a"})


def clean(text: str) -> str:
    """A value without what is around it; empty where it says that there is none."""
    wrapped = _WRAPPED.fullmatch(text.strip())
    value = (wrapped[1] if wrapped else text).replace("\u202f", " ").replace("\u00a0", " ").strip()
    return "" if value.lower() in _EMPTY else value


def instant(text: str, zone: ZoneInfo, column: str) -> dt.datetime:
    """The instant (UTC) of a time, which is one of ``zone`` where it says no other; raises Fault."""
    return _local(text, zone, column).astimezone(dt.UTC)


def _local(text: str, zone: ZoneInfo, column: str) -> dt.datetime:
    bare = _UTC.sub("", text)
    where = dt.UTC if bare != text else zone
    plain = " ".join(bare.replace(",", " ").split())
    found: dt.datetime | None = None
    try:
        found = dt.datetime.fromisoformat(plain)
    except ValueError:
        for known in _FORMATS:
            try:
                found = dt.datetime.strptime(plain, known)  # noqa: DTZ007 - the zone is added below
            except ValueError:
                continue
            break
    if found is None or not 2000 <= found.year < 2100:
        raise Fault(column, "not a time of a known layout")
    return found if found.tzinfo is not None else found.replace(tzinfo=where)


def span(joined: str, left: str, zone: ZoneInfo, columns: tuple[str, str]) -> Span:
    """From joining to leaving (UTC); raises Fault where that is no time, or longer than a day.

    Where summer time ends between the two, the second of the two hours with one name is meant if need be.
    """
    begins, ends = _local(joined, zone, columns[0]), _local(left, zone, columns[1])
    start, end = begins.astimezone(dt.UTC), ends.astimezone(dt.UTC)
    if end < start:
        end = ends.replace(fold=1).astimezone(dt.UTC)
    if end < start:
        raise Fault(columns[1], "left before joining")
    if end - start > MOST:
        raise Fault(columns[1], "more than a day after joining")
    return start, end


def seconds(text: str, column: str) -> int:
    """A duration in seconds; a number alone is minutes. Raises Fault where it is none or longer than a day."""
    found = _seconds(text)
    if found is None:
        raise Fault(column, "not a duration")
    if found > MOST.total_seconds():
        raise Fault(column, "longer than a day")
    return found


def _seconds(text: str) -> int | None:
    if _NUMBER.fullmatch(text):
        return round(float(text) * 60)
    match = _CLOCK.fullmatch(text) or _SPELLED.fullmatch(text.lower().replace(",", " ").replace(".", " ").strip())
    if match is None or not any(match.groups()):
        return None
    hours, minutes, rest = (int(part or 0) for part in match.groups())
    return hours * 3600 + minutes * 60 + rest
