"""Places a year's month counts on the calendar: the rule ``month-counts-v1``.

DE-SynPUF says how many months of a year a person had Part A, Part B and a Medicare Advantage plan (HMO), not which.
The rule:

1. Eligible months m = max(0, min(A months, B months) - HMO months).
2. The m months are whole calendar months in one run, within the year.
3. The run ends in December when the person came in during the year: no eligible month in the year before, and some
   in the year after. The file has no year before 2008 and none after 2010: before 2008 counts as "none", after 2010
   as "some". Otherwise, and always in the year of death, the run begins in January.
4. No day after the day of death is eligible.

Why. Of the part years of 2009, 53 % lie between a full year and one without eligible months and 16 % between one
without and a full year: coverage goes on from year to year. In part years of 2008 before a full year, inpatient
stays fall into the last m months more often than into the first. The month of birth does not help: months counted in
the year a person turns 65 are independent of it in this file.

Uncertain: the order of A, B and HMO months within a year (the counts allow m to be larger, up to min(A, B, 12 -
HMO)); part years between two years of the same kind (taken from January); stays outside all eligible days, which the
synthesis produced and which measures leave out. Dates of death are months: the file always says the first day.
"""

import datetime as dt
from calendar import monthrange

BASIS = "month-counts-v1"
FIRST_YEAR = 2008
LAST_YEAR = 2010

Span = tuple[dt.date, dt.date]


def eligible_months(part_a: int, part_b: int, hmo: int) -> int:
    """Months with Part A and Part B that were not spent in Medicare Advantage, by the counts alone."""
    return max(0, min(part_a, part_b) - hmo)


def came_in(year: int, before: int, after: int) -> bool:
    """Whether the run of a part year ends in December; ``before`` and ``after`` are the neighbours' months."""
    covered_before = year > FIRST_YEAR and before > 0
    covered_after = year == LAST_YEAR or after > 0
    return covered_after and not covered_before


def eligible_days(year: int, months: int, *, to_december: bool, death: dt.date | None) -> Span | None:
    """First and last eligible day of the year, or None."""
    if months == 0:
        return None
    if to_december and death is None:
        return dt.date(year, 13 - months, 1), dt.date(year, 12, 31)
    first = dt.date(year, 1, 1)
    last = dt.date(year, months, monthrange(year, months)[1])
    if death is not None:
        last = min(last, death)
    return (first, last) if last >= first else None
