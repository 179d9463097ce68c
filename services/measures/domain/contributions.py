"""What a beneficiary adds to the rollups: all-cause hospitalizations and 30-day rehospitalizations.

Brock et al., JAMA 2013;309:381-391, by these rules:

- a hospitalization is an acute stay (``stays``) whose patient was eligible on the day of discharge; it counts in that
  month and in the area of residence of that year's enrolment. A stay that is still open has no discharge yet;
- it is a live discharge unless its status is 20 or death is known to have come by that day;
- it is a rehospitalization (counted at the index, not at the return) when it is a live discharge and the next acute
  stay of any cause, at any hospital, eligible or not, begins within 30 days;
- a stay that begins after the day of death cannot be: it is neither counted nor taken for a return, and is reported as
  impossible where the area of residence is known.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

from services.measures.domain.stays import Stay, merge
from services.measures.domain.timeline import Claim, Enrolment, StayCell

FOLLOW_UP_DAYS = 30

_Cells = dict[tuple[str, int], list[int]]


def eligible_days(enrolment: Enrolment) -> bytes:
    """Eligible days of each month, a byte each; spans may overlap (a day counts once), other years are ignored."""
    year, counts, position = enrolment.year, bytearray(12), 0
    spans = sorted(enrolment.spans)
    for month in range(12):
        begin, end = _month_bounds(year, month + 1)
        position = begin
        for first, last in spans:
            low, high = max(first, position), min(last, end)
            if low <= high:
                counts[month] += high - low + 1
                position = high + 1
    return bytes(counts)


@lru_cache(maxsize=4096)
def _month_bounds(year: int, month: int) -> tuple[int, int]:
    """First and last day of a month, as ordinals."""
    following = date(year, month + 1, 1) if month < 12 else date(year + 1, 1, 1)
    return date(year, month, 1).toordinal(), following.toordinal() - 1


def stay_cells(
    claims: Iterable[Claim], enrolments: Mapping[int, Enrolment | None], death: int
) -> dict[int, list[StayCell]]:
    """Contributions of the stays by the year of their first admission.

    ``claims`` and ``enrolments`` must hold everything within reach of each other (``scope``); ``death`` is the day of
    death or 0.
    """
    possible: Iterable[Claim] = claims
    found: dict[int, _Cells] = {}
    if death:
        possible = []
        for claim in claims:
            if claim.admission > death:
                _report(claim, enrolments, found)
            else:
                possible.append(claim)
    stays = merge(possible)
    for position, stay in enumerate(stays):
        following = stays[position + 1].admission if position + 1 < len(stays) else 0
        _count(stay, following, enrolments, death, found)
    return {
        year: [(area, month, n[0], n[1], n[2], n[3]) for (area, month), n in sorted(cells.items())]
        for year, cells in found.items()
    }


def _count(
    stay: Stay, following: int, enrolments: Mapping[int, Enrolment | None], death: int, found: dict[int, _Cells]
) -> None:
    discharge = stay.closing.discharge
    on = date.fromordinal(discharge)
    enrolment = enrolments.get(on.year)
    if enrolment is None or stay.is_open or not enrolment.covers(discharge):
        return
    counts = _cell(found, stay.admission, enrolment.area, on)
    counts[0] += 1
    if stay.closing.status == "20" or (death and death <= discharge):
        return
    counts[1] += 1
    if following and following - discharge <= FOLLOW_UP_DAYS:
        counts[2] += 1


def _report(claim: Claim, enrolments: Mapping[int, Enrolment | None], found: dict[int, _Cells]) -> None:
    on = date.fromordinal(claim.discharge)
    enrolment = enrolments.get(on.year)
    for stay in merge([claim]):
        if enrolment is not None:
            _cell(found, stay.admission, enrolment.area, on)[3] += 1


def _cell(found: dict[int, _Cells], admission: int, area: str, on: date) -> list[int]:
    cells = found.setdefault(date.fromordinal(admission).year, {})
    return cells.setdefault((area, on.year * 100 + on.month), [0, 0, 0, 0])
