"""Which years of a beneficiary a change can reach, decided from heads alone.

``affected`` are the years whose contributions can differ, ``needed`` those whose records are read to count them. Both
may be too wide, never too narrow: what is neither is untouched by the change, however long the life.
"""

from collections.abc import Collection, Iterable, Mapping

from services.measures.domain.days import new_year
from services.measures.domain.evidence import YEARS_BACK, Evidence, held_in
from services.measures.domain.head import FOLLOW_UP_DAYS, Summary

Interval = tuple[int, int]
Years = Mapping[int, Summary]


def touched_years(years: Iterable[int], touched: Collection[Interval]) -> set[int]:
    """The years that have a day in any of these intervals."""
    return {year for year in years if any(low < new_year(year + 1) and new_year(year) <= high for low, high in touched)}


def joined(found: Collection[int], before: Years, after: Years) -> set[int]:
    """These years, and those whose stays or chains of visits can reach theirs, one following the other.

    Two years touch when the last day of the one is within follow-up of the first of the other, by what was known
    before the change or after it.
    """
    if found and len(before.keys() | after.keys()) == len(found):
        return set(found)
    bounds: dict[int, Interval] = {}
    for summaries in (before, after):
        for year, known in summaries.items():
            if known.first:
                first, reach = bounds.get(year, (known.first, known.reach))
                bounds[year] = (min(first, known.first), max(reach, known.reach))
    result = set(found)
    component: list[int] = []
    reach = 0
    for year in sorted(bounds):
        first, last = bounds[year]
        if component and reach + FOLLOW_UP_DAYS + 1 < first:
            _add(component, result)
            component, reach = [], 0
        component.append(year)
        reach = max(reach, last)
    _add(component, result)
    return result


def _add(component: list[int], result: set[int]) -> None:
    if not result.isdisjoint(component):
        result.update(component)


def needed(affected: Collection[int], before: Years, after: Years) -> set[int]:
    """The years whose records can matter for days of the affected ones."""
    reaching = {
        year
        for summaries in (before, after)
        for year, known in summaries.items()
        if known.tail and any(known.lead < new_year(each + 1) and new_year(each) <= known.tail for each in affected)
    }
    return joined(reaching | set(affected), before, after)


def restratified(years: Collection[int], before: Years, after: Years) -> set[int]:
    """The years in which a condition comes or goes because the evidence of some year changed."""
    found: set[int] = set()
    for year in before.keys() | after.keys():
        old = before[year].evidence if year in before else ()
        new = after[year].evidence if year in after else ()
        if old != new:
            reach = range(year, year + YEARS_BACK + 1)
            found.update(later for later in reach if later in years and _differs(later, before, after))
    return found


def _differs(year: int, before: Years, after: Years) -> bool:
    return held_in(year, _evidence(year, before), ()) != held_in(year, _evidence(year, after), ())


def _evidence(year: int, summaries: Years) -> dict[int, Evidence]:
    span = range(year - YEARS_BACK, year + 1)
    return {each: summaries[each].evidence for each in span if each in summaries and summaries[each].evidence}
