"""Periods of facility measures: ``2018-03``, ``2018Q1``, ``2018``, or what a file tells, ``2014-01-01/2014-12-31``.

Days are calendar days, first and last included.
"""

import datetime as dt
import re
from functools import lru_cache

from services.measures.domain import periods

_YEAR = re.compile(r"[0-9]{4}")
_YEAR_LENGTH = len("2018")
_SPAN = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})/([0-9]{4}-[0-9]{2}-[0-9]{2})")


@lru_cache(maxsize=10_000)
def days(period: str) -> tuple[dt.date, dt.date]:
    """The first and the last day; raises ValueError for text that is no period."""
    if _YEAR.fullmatch(period):
        return dt.date(int(period), 1, 1), dt.date(int(period), 12, 31)
    if found := _SPAN.fullmatch(period):
        first, last = (dt.date.fromisoformat(day) for day in found.groups())
        if last < first:
            raise ValueError("a span ends before it begins")
        return first, last
    return periods.begin(period), periods.end(period)


@lru_cache(maxsize=10_000)
def covered(period: str, spans: int) -> tuple[str, ...]:
    """The last ``spans`` periods that end with this one, first to last. A span of a file stands alone."""
    return tuple(_shifted(period, back) for back in range(1 - spans, 1)) if _moves(period) else (period,)


@lru_cache(maxsize=10_000)
def touched(period: str, spans: int) -> tuple[str, ...]:
    """The periods whose figures cover this one."""
    return tuple(_shifted(period, later) for later in range(spans)) if _moves(period) else (period,)


def is_named(period: str) -> bool:
    """Whether it is a month, a quarter or four of them; no year, and no span of a file."""
    return _SPAN.fullmatch(period) is None and _YEAR.fullmatch(period) is None


def alike(period: str, other: str) -> bool:
    """Whether both are single quarters, or both months."""
    return len(period) == len(other) and len(period) > _YEAR_LENGTH and period[4] == other[4]


def span(first: dt.date, last: dt.date) -> str:
    """The text of a span of days."""
    return f"{first.isoformat()}/{last.isoformat()}"


def _moves(period: str) -> bool:
    return _SPAN.fullmatch(period) is None


def _shifted(period: str, by: int) -> str:
    return f"{int(period) + by:04d}" if _YEAR.fullmatch(period) else periods.shift(period, by)
