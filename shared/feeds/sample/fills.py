"""Made-up prescription fills: regular drugs renewed, pain relief after a hospital stay, reversals and corrections."""

import datetime as dt
from collections.abc import Iterable, Iterator
from random import Random
from typing import Final, NamedTuple

from shared.feeds.person_time import Span
from shared.feeds.sample.drugs import INFECTION, PAIN, REGULAR, Drug
from shared.feeds.sample.people import Person
from shared.feeds.sample.profiles import Profile
from shared.feeds.sample.stays import Stay

_BEGUN_BEFORE: Final = 0.9
_PAIN_AFTER_STAY, _INFECTIONS_PER_DAY = 0.15, 0.25 / 365
_REVERSED, _CORRECTED, _REPEATED = 0.015, 0.02, 0.023
_LONGEST_GAP: Final = 3


class FillVersion(NamedTuple):
    """One version of one fill; a reversal cancels it."""

    person: str
    fill: str
    version: int
    action: str
    filled: dt.date
    days: int
    code: str


def fills(
    person: Person, profile: Profile, stays: Iterable[Stay], death: dt.date | None, chance: Random
) -> list[FillVersion]:
    """Every version of every fill, in order of the day filled; none after death or outside ``person.spans``."""
    spans = [(first, min(last, death or last)) for first, last in person.spans]
    dispensed: list[tuple[int, Drug]] = []
    for drug in REGULAR:
        takes = chance.random() < drug.share and (not drug.condition or drug.condition in profile.conditions)
        if takes:
            dispensed += [(day, drug) for span in spans for day in _renewed(drug, span, chance)]
    dispensed += _occasional(spans, stays, chance)
    dispensed.sort()
    found: list[FillVersion] = []
    for number, (day, drug) in enumerate(dispensed):
        found += _versions(person.number, f"{person.number}-f{number:04d}", day, drug, chance)
    return found


def _renewed(drug: Drug, span: Span, chance: Random) -> Iterator[int]:
    first, last = span[0].toordinal(), span[1].toordinal()
    wait = drug.days if chance.random() < _BEGUN_BEFORE else max(1, last - first)
    day = first + int(chance.random() * wait)
    while day <= last:
        yield day
        day += drug.days + int(chance.random() * (_LONGEST_GAP + 1))


def _occasional(spans: list[Span], stays: Iterable[Stay], chance: Random) -> Iterator[tuple[int, Drug]]:
    for stay in stays:
        if stay.acute and chance.random() < _PAIN_AFTER_STAY:
            day = stay.discharge + dt.timedelta(days=chance.randint(0, 3))
            if any(first <= day <= last for first, last in spans):
                yield day.toordinal(), PAIN
    for first, last in spans:
        passed = int(chance.expovariate(_INFECTIONS_PER_DAY))
        if passed <= (last - first).days:
            yield first.toordinal() + passed, INFECTION


def _versions(person: str, fill: str, day: int, drug: Drug, chance: Random) -> list[FillVersion]:
    told = FillVersion(person, fill, 1, "original", dt.date.fromordinal(day), drug.days, drug.code)
    draw = chance.random()
    if draw >= _REPEATED:
        return [told]
    if draw < _REVERSED:
        return [told, told._replace(version=2, action="cancel")]
    if draw < _CORRECTED:
        return [told._replace(days=drug.days + 30), told._replace(version=2, action="adjust")]
    return [told, told]
