"""Words from facts: cleaned so that they cannot pretend to be more than a value, dates in the reader's language."""

import datetime as dt
import re
import unicodedata
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from services.notifications.domain.languages import LANGUAGES

# Controls of writing direction: one left open would turn round the text of ours that follows it.
_DIRECTIONS: Final = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_BREAKS: Final = re.compile("\r\n|[\r\n\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_DATE: Final = re.compile(r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}.*)?")
_NUMBER: Final = re.compile(r"-?(0|[1-9]\d{0,14})(\.\d{1,9})?", re.ASCII)
_WEB: Final = re.compile(r"https?://[A-Za-z0-9.:-]+(/[A-Za-z0-9._~%/?#=&+,;:@-]*)?", re.ASCII)
_OPEN, _CLOSE = "\u2068", "\u2069"


def clean(value: str) -> str:
    """The value with plain line breaks and without characters that act instead of being read."""
    if value.isascii() and value.isprintable():  # nearly all there are; character by character takes its time
        return value.strip()
    return "".join(_readable(char) for char in _BREAKS.sub("\n", value)).strip()


def one_line(value: str) -> str:
    """The value on one line."""
    return " ".join(value.split())


def isolated(value: str) -> str:
    """The value fenced off, where it holds right-to-left letters, from the direction of the text around it."""
    if not value.isascii() and any(unicodedata.bidirectional(char) in {"R", "AL", "AN"} for char in value):
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


def number(value: str, language: str) -> str:
    """A plain decimal number as people write it, its digits in groups of three; other values unchanged."""
    if not _NUMBER.fullmatch(value):
        return value
    written = LANGUAGES[language]
    whole, _, fraction = value.removeprefix("-").partition(".")
    grouped = "-" * value.startswith("-") + f"{int(whole):,}".replace(",", written.thousands)
    return f"{grouped}{written.decimal}{fraction}" if fraction else grouped


def web_address(value: str) -> bool:
    """Whether a value is one plain address of the web, so that it may be set as a link."""
    return bool(_WEB.fullmatch(value))


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
    written = LANGUAGES[language]
    return written.day.format(day=day.day, month=written.months[day.month - 1], year=day.year)


def _hour(local: dt.datetime, language: str) -> str:
    written = LANGUAGES[language]
    if (local.hour, local.minute) == (12, 0):
        return written.noon
    return f"{local.hour % 12 or 12}:{local.minute:02} {written.halves[local.hour >= 12]}"
