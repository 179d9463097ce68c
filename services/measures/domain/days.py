"""Days as ordinals, and the months and years they lie in."""

from datetime import date
from functools import cache, lru_cache
from typing import Final

_LAST_DAY: Final = date.max.toordinal()


@lru_cache(maxsize=65_536)
def month_of(day: int) -> int:
    """The month ``YYYYMM`` of a day."""
    on = date.fromordinal(day)
    return on.year * 100 + on.month


@lru_cache(maxsize=65_536)
def year_of(day: int) -> int:
    """The calendar year of a day."""
    return date.fromordinal(day).year


@cache
def new_year(year: int) -> int:
    """1 January."""
    return date(year, 1, 1).toordinal()


@cache
def month_bounds(month: int) -> tuple[int, int]:
    """First and last day of a month ``YYYYMM``."""
    year, number = divmod(month, 100)
    following = date(year, number + 1, 1) if number < 12 else date(year + 1, 1, 1)
    return date(year, number, 1).toordinal(), following.toordinal() - 1


def within_calendar(day: int) -> int:
    """The nearest day that a calendar has."""
    return day if 1 <= day <= _LAST_DAY else min(max(day, 1), _LAST_DAY)
