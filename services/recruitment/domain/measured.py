"""Periods of results and figures, as measures writes them."""

import calendar
import datetime as dt


def last_day(period: str) -> dt.date:
    """The last day of a month, quarter, year, or span of days; ValueError for what is none."""
    _, _, last = period.partition("/")
    if last:
        return dt.date.fromisoformat(last)
    year, rest = int(period[:4]), period[4:]
    month = 12 if not rest else int(rest[1:]) if rest[0] == "-" else 3 * int(rest[1])
    return dt.date(year, month, calendar.monthrange(year, month)[1])
