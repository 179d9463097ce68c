"""Federal holidays as they are observed (5 U.S.C. 6103), and closures by executive order, which count only if told."""

import datetime as dt
from collections.abc import Iterator
from functools import lru_cache

import holidays

_OBSERVED = " (observed)"
# 5 U.S.C. 6103(a); the names are those of the holidays package. Juneteenth since Pub. L. 117-17 (2021-06-17).
_STATUTORY = frozenset(
    {
        "New Year's Day",
        "Birthday of Martin Luther King, Jr.",
        "Washington's Birthday",
        "Memorial Day",
        "Juneteenth National Independence Day",
        "Independence Day",
        "Labor Day",
        "Columbus Day",
        "Veterans Day",
        "Thanksgiving Day",
        "Christmas Day",
    }
)
_DAY = dt.timedelta(days=1)
_FIRST_YEAR, _LAST_YEAR = 2004, 2040


def holiday(day: dt.date) -> str | None:
    """The federal holiday kept on the date, or None; one on a Saturday is kept on Friday, on a Sunday on Monday."""
    for name in _names(day):
        if name.removesuffix(_OBSERVED) in _STATUTORY:
            return name
    return None


def executive_closure(day: dt.date) -> str | None:
    """Why federal offices were closed by executive order on the date, or None.

    The law on deadlines does not say whether such a day is a working day: a QIO that closes too puts it in its
    calendar.
    """
    for name in _names(day):
        if name.removesuffix(_OBSERVED) not in _STATUTORY:
            return name
    return None


def executive_closures() -> frozenset[dt.date]:
    """Every working day on which federal offices were closed by executive order, as far as known."""
    days = {day for year in range(_FIRST_YEAR, _LAST_YEAR + 1) for day in _calendar(year)}
    return frozenset(day for day in days if executive_closure(day) is not None and is_working_day(day))


def is_working_day(day: dt.date, closures: frozenset[dt.date] = frozenset()) -> bool:
    """Monday to Friday without federal holidays, and without the further ``closures`` given."""
    return day.weekday() < 5 and holiday(day) is None and day not in closures


def working_days_after(day: dt.date, closures: frozenset[dt.date] = frozenset()) -> Iterator[dt.date]:
    """The working days after ``day``, which is itself not counted; without end."""
    while True:
        day += _DAY
        if is_working_day(day, closures):
            yield day


def _names(day: dt.date) -> list[str]:
    return [name for name in _calendar(day.year).get(day, "").split("; ") if name]


@lru_cache(maxsize=100)
def _calendar(year: int) -> dict[dt.date, str]:
    return dict(holidays.country_holidays("US", years=year, categories=("government",)).items())
