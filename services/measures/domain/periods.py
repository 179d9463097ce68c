"""Periods of a figure: months ``2018-03``, quarters ``2018Q1``, and four quarters by their last, ``2018Q1R4``."""

import re
from datetime import date, timedelta
from enum import Enum
from fractions import Fraction
from functools import lru_cache

_WRITTEN = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<month>0[1-9]|1[0-2])|Q(?P<quarter>[1-4])(?P<rolling>R4)?)")


# A history has some hundred periods, and each is asked for with every result.
_remembered = lru_cache(maxsize=10_000)


class Kind(Enum):
    """The kinds of periods; the value is the number of their months."""

    MONTH = 1
    QUARTER = 3
    ROLLING = 12


def kind_of(period: str) -> Kind:
    """What kind of period is meant; raises ValueError for text that is none."""
    return _read(period)[0]


@_remembered
def quarter_of(month: int) -> str:
    """The quarter of a month ``YYYYMM``."""
    return f"{month // 100:04d}Q{(month % 100 + 2) // 3}"


def periods_of(month: int) -> tuple[str, ...]:
    """The six periods that contain a month ``YYYYMM``: itself, its quarter, and four spans of four quarters."""
    quarter = quarter_of(month)
    return f"{month // 100:04d}-{month % 100:02d}", quarter, *(rolling(shift(quarter, later)) for later in range(4))


def rolling(quarter: str) -> str:
    """The four quarters that end with this one."""
    if kind_of(quarter) is not Kind.QUARTER:
        raise ValueError(f"{quarter} is no quarter")
    return f"{quarter}R4"


@_remembered
def quarters_of(period: str) -> tuple[str, ...]:
    """The quarters of a quarter or of four quarters, first to last; none for a month."""
    return tuple(quarter_of(month) for month in months_of(period)[2::3])


@_remembered
def months_of(period: str) -> tuple[int, ...]:
    """The months ``YYYYMM`` of a period, first to last."""
    kind, last = _read(period)
    return tuple(_month(number) for number in range(last - kind.value + 1, last + 1))


@_remembered
def shift(period: str, by: int) -> str:
    """The period so many months (of a month) or quarters (of a quarter or four quarters) later; earlier below 0."""
    kind, last = _read(period)
    if kind is Kind.MONTH:
        return periods_of(_month(last + by))[0]
    quarter = quarter_of(_month(last + 3 * by))
    return rolling(quarter) if kind is Kind.ROLLING else quarter


def index_of(quarter: str) -> int:
    """A number that grows by one from quarter to quarter, for trends; of four quarters that of the last one."""
    kind, last = _read(quarter)
    if kind is Kind.MONTH:
        raise ValueError(f"{quarter} is a month")
    return last // 3


def quarter_at(index: int) -> str:
    """The quarter of a number of ``index_of``."""
    return quarter_of(_month(index * 3 + 2))


def begin(period: str) -> date:
    """The first day."""
    first = months_of(period)[0]
    return date(first // 100, first % 100, 1)


@_remembered
def end(period: str) -> date:
    """The last day."""
    following = _month(_read(period)[1] + 1)
    return date(following // 100, following % 100, 1) - timedelta(days=1)


@_remembered
def days_in(period: str) -> int:
    """The number of its days: 90, 91 or 92 of a quarter."""
    return (end(period) - begin(period)).days + 1


def quarters_in(period: str) -> Fraction:
    """How many quarters long it is: 1/3, 1 or 4."""
    return Fraction(kind_of(period).value, Kind.QUARTER.value)


@_remembered
def _read(period: str) -> tuple[Kind, int]:
    """The kind, and the last month counted from the year 0."""
    found = _WRITTEN.fullmatch(period)
    if found is None:
        raise ValueError("a period is written 2018-03, 2018Q1 or 2018Q1R4")
    year = int(found["year"]) * 12
    if found["month"]:
        return Kind.MONTH, year + int(found["month"]) - 1
    return Kind.ROLLING if found["rolling"] else Kind.QUARTER, year + int(found["quarter"]) * 3 - 1


def _month(number: int) -> int:
    return number // 12 * 100 + number % 12 + 1
