"""What hospitals' infections add up to by location, where somebody tells them apart."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from fractions import Fraction

from services.measures.domain.infections.count import Fact, predicted
from services.measures.domain.infections.held import SOURCES
from services.measures.domain.panel import spans
from services.measures.domain.panel.counted import MILLION
from shared.contracts.compiled_infections import HospitalSurveyed, InfectionCount
from shared.contracts.infections import DEVICES, WHOLE


@dataclass(frozen=True, slots=True)
class LocationSum:
    """Infections of a location in a period; predicted is None where no model predicts them, days where not told."""

    location: str
    observed: int
    predicted: Fraction | None
    device_days: int | None
    patient_days: int | None


def by_location(facts: Collection[Fact], infection: str, baseline: str, period: str) -> list[LocationSum]:
    """The locations of one hospital by name, of the facts of all its years.

    Of the first source that tells locations apart, else the hospital as a whole; of a period what is told of it or of
    the months in it.
    """
    surveys = {str(fact.year): fact for fact in facts if isinstance(fact, HospitalSurveyed)}
    told = [
        fact
        for fact in facts
        if isinstance(fact, InfectionCount)
        and (fact.infection, fact.baseline) == (infection, baseline)
        and _within(fact.period, period)
    ]
    grouped: dict[str, list[InfectionCount]] = defaultdict(list)
    for fact in _told_apart(told):
        grouped[fact.location].append(fact)
    return [_sum(location, own, surveys) for location, own in sorted(grouped.items())]


def _within(told: str, period: str) -> bool:
    """A span of a file stands for itself alone; months are in their quarter and year."""
    if "/" in told or "/" in period:
        return told == period
    first, last = spans.days(period)
    begin, end = spans.days(told)
    return first <= begin and end <= last


def _told_apart(records: Iterable[InfectionCount]) -> list[InfectionCount]:
    known = sorted(records, key=lambda one: SOURCES.index(one.source))
    apart = [one for one in known if one.location != WHOLE]
    chosen = apart or known
    return [one for one in chosen if one.source == chosen[0].source]


def _sum(location: str, own: Collection[InfectionCount], surveys: dict[str, HospitalSurveyed]) -> LocationSum:
    millionths = [predicted(one, surveys.get(one.period[:4])) for one in own]
    known = [one for one in millionths if one is not None]
    devices = own and all(one.infection in DEVICES for one in own)
    return LocationSum(
        location=location,
        observed=sum(one.observed or 0 for one in own),
        predicted=Fraction(sum(known), MILLION) if len(known) == len(millionths) else None,
        device_days=_whole([one.exposure for one in own]) if devices else None,
        patient_days=_whole([one.patient_days for one in own]) if devices else None,
    )


def _whole(days: Collection[int | None]) -> int | None:
    known = [one for one in days if one is not None]
    return sum(known) if len(known) == len(days) else None
