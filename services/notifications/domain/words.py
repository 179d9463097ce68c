"""Words from facts: cleaned so that they cannot pretend to be more than a value, dates in the reader's language."""

import datetime as dt
import re
import unicodedata
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_MONTHS: Final = {
    "en": "January February March April May June July August September October November December",
    "es": "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
}
# Controls of writing direction: one left open would turn round the text of ours that follows it.
_DIRECTIONS: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_BREAKS: Final = re.compile("\r\n|[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}.*)?")
_OPEN, _CLOSE = "\u2068", "\u2069"


def clean(value: str) -> str:
    """The value with plain line breaks and without characters that act instead of being read."""
    return "".join(_readable(char) for char in _BREAKS.sub("\n", value)).strip()


def one_line(value: str) -> str:
    """The value on one line."""
    return " ".join(value.split())


def isolated(value: str) -> str:
    """The value fenced off, where it holds right-to-left letters, from the direction of the text around it."""
    if any(unicodedata.bidirectional(char) in {"R", "AL", "AN"} for char in value):
        return f"{_OPEN}{value}{_CLOSE}"
    return value


def in_words(value: str, language: str, time_zone: str) -> str:
    """An ISO 8601 date or instant as people write it, instants in the recipient's zone; other values unchanged.

    An instant without offset stays as it is: guessing its zone could move a deadline.
    """
    if not _DATE.fullmatch(value):
        return value
    try:
        if len(value) == 10:
            return _day(dt.date.fromisoformat(value), language)
        instant = dt.datetime.fromisoformat(value)
    except ValueError:
        return value
    if instant.tzinfo is None:
        return value
    local = instant.astimezone(_zone(time_zone))
    return f"{_day(local.date(), language)}, {_hour(local, language)} ({local.tzname()})"


def _readable(char: str) -> str:
    if char == "\n":
        return char
    if char in _DIRECTIONS:
        return ""
    category = unicodedata.category(char)
    if category == "Cs":
        return "\ufffd"
    return " " if category == "Cc" else char


def _zone(name: str) -> dt.tzinfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return dt.UTC


def _day(day: dt.date, language: str) -> str:
    month = _MONTHS[language].split()[day.month - 1]
    return f"{day.day} de {month} de {day.year}" if language == "es" else f"{month} {day.day}, {day.year}"


def _hour(local: dt.datetime, language: str) -> str:
    if (local.hour, local.minute) == (12, 0):
        return "12:00 del mediodía" if language == "es" else "12:00 noon"
    half = ("a. m." if local.hour < 12 else "p. m.") if language == "es" else ("AM" if local.hour < 12 else "PM")
    return f"{local.hour % 12 or 12}:{local.minute:02} {half}"
