"""Community tenure: nights that beneficiaries spend at home and not in an institution."""

from collections.abc import Iterable
from typing import Final

from services.measures.domain.components import NUMBER
from services.measures.domain.days import month_bounds, month_of
from services.measures.domain.definitions import Aim, Definition, Per, Priority, Uncertainty
from services.measures.domain.person import Person, bump
from services.measures.domain.person_time import of_month
from services.measures.domain.stays import is_interim
from services.measures.domain.timeline import OBSERVATION, Claim, Enrolment, Setting, Spans

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


_INSTITUTION: Final = NUMBER["institution_nights"]
_OBSERVATION: Final = NUMBER["observation_nights"]
_BEDS: Final = frozenset((Setting.INPATIENT, Setting.NOTICE, Setting.SNF))


def count(person: Person) -> None:
    """Count nights, labelled by the date on which they start, that were spent in an institution: the union of all
    claims, never the sum of lengths of stay. The night of the day of death is none, wherever it was."""
    inside = _union([span for claim in person.claims for span in _nights(claim)])
    _put(person, inside, _INSTITUTION)
    if Setting.OUTPATIENT in person.settings:
        observed = _union([span for claim in person.claims for span in _observed(claim)])
        _put(person, _without(observed, inside), _OBSERVATION)


def _put(person: Person, spans: Spans, component: int) -> None:
    """Add the nights of spans in order, in the months and places in which they were eligible."""
    for first, last in spans:
        end = min(last, person.death - 1) if person.death else last
        begin = first
        while begin <= end:
            month = month_of(begin)
            until = min(end, month_bounds(month)[1])
            enrolment = person.enrolment(month // 100) if month // 100 in person.years else None
            for low, high, area in _places(enrolment, month, person.death) if enrolment is not None else ():
                nights = min(until, high) - max(begin, low) + 1
                if nights > 0:
                    bump(person.of_unit(area, month), component, nights)
            begin = until + 1


def _places(enrolment: Enrolment, month: int, death: int) -> Iterable[tuple[int, int, str]]:
    """Eligible time of a month (or of the whole year, where that says the same) and where it was spent."""
    if len(enrolment.spans) == 1 and not enrolment.moves:
        return ((*enrolment.spans[0], enrolment.area),)
    return ((period.first, period.last, period.area) for period in of_month(enrolment, month, death))


def _nights(claim: Claim) -> Spans:
    """First and last night in a bed, by the claim; a patient still there spends the last day's night as well."""
    if claim.setting == Setting.HOSPICE:
        return claim.spans
    if claim.setting not in _BEDS:
        return ()
    stayed = (claim.first, claim.last if is_interim(claim) else claim.last - 1)
    return _without((stayed,), _union(claim.spans)) if claim.spans else (stayed,)


def _observed(claim: Claim) -> Spans:
    return ((claim.first, claim.last - 1),) if claim.marks & OBSERVATION else ()


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
