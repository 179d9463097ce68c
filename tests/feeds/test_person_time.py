"""The rule month-counts-v1: where a year's eligible months lie."""

import datetime as dt

import pytest

from shared.feeds.person_time import came_in, eligible_days, eligible_months

D = dt.date


@pytest.mark.parametrize(
    ("part_a", "part_b", "hmo", "months"), [(12, 12, 0, 12), (12, 7, 0, 7), (12, 12, 5, 7), (3, 12, 5, 0), (0, 0, 0, 0)]
)
def test_months_with_both_parts_less_advantage(part_a: int, part_b: int, hmo: int, months: int) -> None:
    assert eligible_months(part_a, part_b, hmo) == months


@pytest.mark.parametrize(
    ("year", "before", "after", "to_december"),
    [
        (2008, 0, 12, True),  # came in during the first year of the file
        (2008, 0, 0, False),
        (2009, 0, 12, True),
        (2009, 0, 3, True),
        (2009, 12, 12, False),  # a gap somewhere: uncertain
        (2009, 12, 0, False),  # left
        (2009, 0, 0, False),
        (2010, 0, 0, True),  # came in during the last year
        (2010, 12, 0, False),
    ],
)
def test_the_run_ends_in_december_when_the_person_came_in(
    year: int, before: int, after: int, to_december: bool
) -> None:
    assert came_in(year, before, after) is to_december


@pytest.mark.parametrize(
    ("months", "to_december", "death", "days"),
    [
        (12, False, None, (D(2008, 1, 1), D(2008, 12, 31))),
        (2, False, None, (D(2008, 1, 1), D(2008, 2, 29))),
        (2, True, None, (D(2008, 11, 1), D(2008, 12, 31))),
        (12, True, None, (D(2008, 1, 1), D(2008, 12, 31))),
        (0, True, None, None),
        (12, False, D(2008, 5, 1), (D(2008, 1, 1), D(2008, 5, 1))),
        (2, True, D(2008, 5, 1), (D(2008, 1, 1), D(2008, 2, 29))),
        (12, False, D(2007, 5, 1), None),
    ],
)
def test_eligible_days_of_a_leap_year(
    months: int, to_december: bool, death: D | None, days: tuple[D, D] | None
) -> None:
    assert eligible_days(2008, months, to_december=to_december, death=death) == days
