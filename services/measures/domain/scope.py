"""Which years of a beneficiary a change can reach, decided from heads alone.

``affected`` years are those whose contributions can differ, ``needed`` ones those whose records are read to count them.
Both may be too wide, never too narrow: what is neither is untouched by the change, however long the life.

``after`` are the summaries of all years once the change is made, ``before`` those of the changed years as they were.
"""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Final

from services.measures.domain.days import new_year, year_of
from services.measures.domain.evidence import YEARS_BACK, Evidence, held_in
from services.measures.domain.head import FOLLOW_UP_DAYS, Summary

_LAST_DAY: Final = date.max.toordinal()
Interval = tuple[int, int]
Years = Mapping[int, Summary]


def touched_years(years: Collection[int], touched: Iterable[Interval]) -> set[int]:
    """The years that have a day in any of these intervals; ``years`` is quick to look into."""
    found = set()
    for low, high in touched:
        for year in range(year_of(_within(low)), year_of(_within(high)) + 1):
            if year in years:
                found.add(year)
    return found


def _within(day: int) -> int:
    """The nearest day that a calendar has."""
    return min(max(day, 1), _LAST_DAY)


def chains(before: Years, after: Years) -> list[list[int]]:
    """Groups of years whose stays or chains of visits can reach each other's; a year on its own is in none.

    Two years touch when the last day of the one is within follow-up of the first of the other, by what was known
    before the change or is known after it.
    """
    found: list[list[int]] = []
    group: list[int] = []
    reach = 0
    for year in sorted(after):
        known = after[year]
        first, last = known.first, known.reach
        old = before.get(year)
        if old is not None and old.first:
            first, last = min(first or old.first, old.first), max(last, old.reach)
        if not first:
            continue
        if group and reach + FOLLOW_UP_DAYS + 1 >= first:
            group.append(year)
            if len(group) == 2:
                found.append(group)
        else:
            group = [year]
        reach = max(reach, last)
    return found


def joined(found: set[int], groups: Iterable[list[int]]) -> set[int]:
    """These years, and those of every group one of them is in."""
    for group in groups:
        if not found.isdisjoint(group):
            found.update(group)
    return found


def needed(affected: Collection[int], after: Years, groups: Iterable[list[int]]) -> set[int]:
    """The years whose records can matter for days of the affected ones."""
    found = set(affected)
    bounds = [(new_year(year), new_year(year + 1)) for year in affected]
    for year, known in after.items():
        if known.tail and year not in found:
            for begin, end in bounds:
                if known.lead < end and begin <= known.tail:
                    found.add(year)
                    break
    return joined(found, groups)


def restratified(changed: Collection[int], before: Years, after: Years) -> set[int]:
    """The years in which a condition comes or goes because the evidence of a changed year is another."""
    old = {year: before[year].evidence if year in before else () for year in changed}
    moved = [year for year in changed if old[year] != after[year].evidence]
    reach = {later for year in moved for later in range(year, year + YEARS_BACK + 1) if later in after}
    return {year for year in reach if _differs(year, old, after)}


def _differs(year: int, old: Mapping[int, Evidence], after: Years) -> bool:
    span = [each for each in range(year - YEARS_BACK, year + 1) if each in after]
    new = {each: after[each].evidence for each in span}
    return held_in(year, {each: old.get(each, new[each]) for each in span}, ()) != held_in(year, new, ())
