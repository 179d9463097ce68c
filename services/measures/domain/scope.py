"""Which years of a beneficiary a set of records can change, decided from the head alone.

Two years touch when a stay of the one can reach the other: its last discharge lies in or past the other year (whose
enrolment then decides eligibility), or its 30 days of follow-up reach the other's first admission. Everything outside
the years so connected is untouched by the records, however long the life.
"""

from collections.abc import Sequence
from datetime import date
from functools import cache

from services.measures.domain.contributions import FOLLOW_UP_DAYS
from services.measures.domain.timeline import FINGERPRINT, Claim, Enrolment, Head

Record = Claim | Enrolment


def years_in_scope(head: Head, records: Sequence[Record]) -> list[int]:
    """The years to load (and to make where they do not exist yet), in order.

    The answer may be too wide, never too narrow: it takes old and new reach of every year together, and a fingerprint
    may belong to another claim.
    """
    if len(records) == 1 and isinstance(records[0], Claim):
        near = _around(head, records[0])
        if near is not None:
            return near
    return _general(head, records)


def _general(head: Head, records: Sequence[Record]) -> list[int]:
    known = head.years
    bounds = {year: (summary.first, summary.reach) for year, summary in known.items()}
    touched: set[int] = set()
    deaths: list[int] = []
    for record in records:
        year = record.year
        touched.add(year)
        first, reach = bounds.get(year, (0, 0))
        if isinstance(record, Enrolment):
            bounds[year] = (first, reach)
            if record.death:
                deaths.append(record.death)
            continue
        fingerprint = record.ref[:FINGERPRINT]
        for other, summary in known.items():
            if fingerprint in summary.fingerprints:
                touched.add(other)
        admission, discharge = record.admission, record.discharge
        bounds[year] = (min(first, admission) if first else admission, max(reach, discharge))
        if record.status == "20":
            deaths.append(discharge)
    _add_after_death(head, touched, deaths, bounds)
    return _connected(touched, bounds) if len(bounds) > 1 else list(bounds)


def _around(head: Head, claim: Claim) -> list[int] | None:
    """The same answer for the common case, at half the cost: one claim, no death, known to no other year.

    None where the case is not that one.
    """
    year, known = claim.year, head.years
    if claim.status == "20":
        return None
    fingerprint = claim.ref[:FINGERPRINT]
    for other, summary in known.items():
        if summary.death or (other != year and fingerprint in summary.fingerprints):
            return None
    component: list[int] = []
    reach = 0
    for other in sorted(known if year in known else [*known, year]):
        first, last = (known[other].first, known[other].reach) if other in known else (0, 0)
        if other == year:
            first = min(first, claim.admission) if first else claim.admission
            last = max(last, claim.discharge)
        if component and reach < _new_year(other) and not (first and reach + FOLLOW_UP_DAYS >= first):
            if other > year:
                break
            component = []
        component.append(other)
        reach = max(reach, last)
    return component


def _add_after_death(head: Head, touched: set[int], deaths: list[int], bounds: dict[int, tuple[int, int]]) -> None:
    """A day of death that comes, goes or moves changes every stay after it."""
    known = head.death
    if known and any(year in head.years and head.years[year].death == known for year in touched):
        deaths.append(known)
    if deaths:
        earliest = min(deaths)
        touched.update(year for year, (_, reach) in bounds.items() if reach >= earliest)


def _connected(touched: set[int], bounds: dict[int, tuple[int, int]]) -> list[int]:
    found: list[int] = []
    component: list[int] = []
    reach = 0
    for year in sorted(bounds):
        first, last = bounds[year]
        if component and not (reach >= _new_year(year) or (first and reach + FOLLOW_UP_DAYS >= first)):
            found += _if_touched(component, touched)
            component = []
        component.append(year)
        reach = max(reach, last)
    return found + _if_touched(component, touched)


def _if_touched(component: list[int], touched: set[int]) -> list[int]:
    return component if not touched.isdisjoint(component) else []


@cache
def _new_year(year: int) -> int:
    return date(year, 1, 1).toordinal()
