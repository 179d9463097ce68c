"""Calendar quarters as text, such as 2018Q1; with R4 the four quarters that end with one."""

import datetime as dt

_YEAR = slice(0, 4)


def last_of(period: str) -> str:
    """The quarter a period ends with."""
    return period.removesuffix("R4")


def after(quarter: str, number: int) -> str:
    """The quarter that comes so many after."""
    place = _place(quarter) + number
    return f"{place // 4}Q{place % 4 + 1}"


def until(first: str, last: str) -> int:
    """How many quarters there are from one to another, both counted."""
    return _place(last) - _place(first) + 1


def _place(quarter: str) -> int:
    return int(quarter[_YEAR]) * 4 + int(quarter[5]) - 1


def last_day(quarter: str) -> dt.date:
    """The last day of a quarter."""
    following = after(quarter, 1)
    first = dt.date(int(following[_YEAR]), 3 * int(following[5]) - 2, 1)
    return first - dt.timedelta(days=1)
