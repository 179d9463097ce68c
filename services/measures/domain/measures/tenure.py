"""Community tenure: nights that beneficiaries spend at home and not in an institution."""

from collections.abc import Iterable
from typing import Final

from services.measures.domain.components import NUMBER
from services.measures.domain.coverage import Period, periods
from services.measures.domain.definitions import Aim, Definition, Per, Priority, Uncertainty
from services.measures.domain.person import Person
from services.measures.domain.stays import is_interim
from services.measures.domain.timeline import Claim, Mark, Setting, Spans

_SOURCE: Final = (
    "Nights at home as QIN-QIOs reported them; alive and not in hospital, skilled nursing or inpatient hospice, after "
    "CBE 4555 Days at Home. The QIO contract's own definition was not found."
)
_NEEDS: Final = frozenset(("hospice", "inpatient", "snf"))
_CUSTODIAL: Final = "Nights in a nursing home that Medicare does not pay for are in no claim and count as home."

DEFINITIONS: Final = (
    Definition(
        id="community-tenure",
        specification=1,
        title="Community tenure: nights at home per 1,000 nights",
        numerator={"nights": 1, "institution_nights": -1},
        denominator=("nights",),
        per=Per.RATIO,
        scale=1000,
        better="higher",
        source=_SOURCE,
        aim=Aim.BETTER_HEALTH,
        priority=Priority.COMMUNITIES,
        uncertainty=Uncertainty.NONE,
        needs=_NEEDS,
        note=_CUSTODIAL,
    ),
    Definition(
        id="community-tenure-strict",
        specification=1,
        title="Community tenure, strict: nights at home per 1,000 nights, observation nights not at home",
        numerator={"nights": 1, "institution_nights": -1, "observation_nights": -1},
        denominator=("nights",),
        per=Per.RATIO,
        scale=1000,
        better="higher",
        source=_SOURCE,
        aim=Aim.BETTER_HEALTH,
        priority=Priority.COMMUNITIES,
        uncertainty=Uncertainty.NONE,
        needs=_NEEDS | {"outpatient"},
        note=_CUSTODIAL,
    ),
    Definition(
        id="non-home-nights",
        specification=1,
        title="Nights in institutions per 1,000 nights",
        numerator={"institution_nights": 1},
        denominator=("nights",),
        per=Per.RATIO,
        scale=1000,
        better="lower",
        source=_SOURCE,
        aim=Aim.BETTER_HEALTH,
        priority=Priority.COMMUNITIES,
        uncertainty=Uncertainty.NONE,
        needs=_NEEDS,
        note=_CUSTODIAL,
    ),
)


_NIGHTS: Final = NUMBER["nights"]
_INSTITUTION: Final = NUMBER["institution_nights"]
_OBSERVATION: Final = NUMBER["observation_nights"]
_BEDS: Final = frozenset((Setting.INPATIENT, Setting.NOTICE, Setting.SNF))


def count(person: Person) -> None:
    """Count nights, labelled by the date on which they start, and those spent in an institution: the union of all
    claims, never the sum of lengths of stay. The night of the day of death is neither."""
    inside = _union(span for claim in person.claims for span in _nights(claim))
    observed = _without(_union(span for claim in person.claims for span in _observed(claim)), inside)
    for period in periods(person):
        last = min(period.last, person.death - 1) if person.death else period.last
        if last < period.first:
            continue
        _put(person, period, _NIGHTS, last - period.first + 1)
        _put(person, period, _INSTITUTION, _within(inside, period.first, last))
        _put(person, period, _OBSERVATION, _within(observed, period.first, last))


def _put(person: Person, period: Period, component: int, nights: int) -> None:
    if nights:
        person.add(period.area, period.month, component, nights)


def _nights(claim: Claim) -> Spans:
    """First and last night in a bed, by the claim; a patient still there spends the last day's night as well."""
    if claim.setting == Setting.HOSPICE:
        return claim.spans
    if claim.setting not in _BEDS:
        return ()
    stayed = (claim.first, claim.last if is_interim(claim) else claim.last - 1)
    return _without((stayed,), _union(claim.spans)) if claim.spans else (stayed,)


def _observed(claim: Claim) -> Spans:
    return ((claim.first, claim.last - 1),) if claim.marks & Mark.OBSERVATION else ()


def _union(spans: Iterable[tuple[int, int]]) -> Spans:
    """In order, without overlap; empty spans are left out."""
    merged: list[tuple[int, int]] = []
    for first, last in sorted(spans):
        if last < first:
            continue
        if merged and first <= merged[-1][1] + 1:
            merged[-1] = (merged[-1][0], max(last, merged[-1][1]))
        else:
            merged.append((first, last))
    return tuple(merged)


def _without(spans: Spans, away: Spans) -> Spans:
    """What is left of spans in order when others, in order, are taken away."""
    left: list[tuple[int, int]] = []
    for first, last in spans:
        begin = first
        for low, high in away:
            if low <= last and high >= begin:
                left.append((begin, low - 1))
                begin = high + 1
        left.append((begin, last))
    return tuple((first, last) for first, last in left if first <= last)


def _within(spans: Spans, first: int, last: int) -> int:
    return sum(max(0, min(high, last) - max(low, first) + 1) for low, high in spans)
