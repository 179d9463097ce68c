"""Made-up care that follows hospital stays: skilled nursing, home health, hospice; some begins without a stay.

Skilled nursing and hospice bill each month; home health bills an episode of 60 days (before 2020).
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import pairwise
from random import Random
from typing import Final

from shared.feeds.sample.billing import CONTINUING, FIRST, HOME_HEALTH, HOSPICE, LAST, ONCE, SNF, Care
from shared.feeds.sample.people import Person
from shared.feeds.sample.pictures import OF_CONDITION, Picture
from shared.feeds.sample.profiles import Profile
from shared.feeds.sample.stays import DIED, STILL_PATIENT, Stay

# Provider numbers after the state code: nursing facilities 5000-6499, home health agencies 7000-8499, hospices
# 1500-1799 (State Operations Manual 2779A).
_NURSING, _AGENCY, _HOSPICE = 5000, 7000, 1500
_TO_NURSING, _TO_HOME_HEALTH = "03", "06"
_TO_HOSPICE: Final = ("50", "51")
_SNF_PER_DAY, _HOSPICE_PER_DAY, _EPISODE = 43_000, 17_000, 270_000
_EPISODE_DAYS: Final = 60
_GOES_ON, _WITHOUT_STAY = 0.3, 0.012
_HOSPICE_BEFORE_DEATH, _IN_FACILITY = 0.45, 0.3
_DIED_AT_HOME, _WENT_ON = "40", "01"


def aftercare(
    person: Person,
    profile: Profile,
    stays: Sequence[Stay],
    seen: dict[Stay, Picture],
    death: dt.date | None,
    chance: Random,
) -> Iterator[Care]:
    """What follows each stay until the next one, and at the end of life; nothing after death."""
    state, number = person.community.long_term[:2], chance.randrange(6)
    far = dt.date.max - dt.timedelta(days=400)
    for stay, onward in pairwise((*stays, None)):
        if stay is None or stay.status == DIED:
            continue
        until = min(death or far, onward.admission if onward is not None else far)
        diagnoses = seen[stay].diagnoses[:4]
        if stay.status == _TO_NURSING:
            yield from _nursing(f"{state}{_NURSING + number}", stay.discharge, until, death, diagnoses, chance)
        elif stay.status == _TO_HOME_HEALTH:
            first = stay.discharge + dt.timedelta(days=chance.randint(1, 3))
            yield from _home_health(f"{state}{_AGENCY + number}", first, death, diagnoses, chance)
        elif stay.status in _TO_HOSPICE and onward is None and death is not None:
            yield from _hospice(f"{state}{_HOSPICE + number}", stay.discharge, death, diagnoses, chance)
    known = tuple(OF_CONDITION[name] for name in profile.conditions)[:4] or ("R4182",)
    for first, last in person.spans:
        if chance.random() < _WITHOUT_STAY * (3 if person.frail else 1):
            begun = first + dt.timedelta(days=chance.randint(0, (last - first).days))
            if death is None or begun < death:
                yield from _home_health(f"{state}{_AGENCY + number}", begun, death, known, chance)
    yield from _at_the_end(person, stays, death, f"{state}{_HOSPICE + number}", known, chance)


def _at_the_end(
    person: Person,
    stays: Sequence[Stay],
    death: dt.date | None,
    provider: str,
    diagnoses: tuple[str, ...],
    chance: Random,
) -> Iterator[Care]:
    """Hospice before a death outside hospital, from the last stay on at the earliest."""
    draw, days = chance.random(), 2 + int(chance.expovariate(1 / 30))
    if death is None or not person.spans or draw >= _HOSPICE_BEFORE_DEATH:
        return
    if stays and (stays[-1].status == DIED or stays[-1].status in _TO_HOSPICE):
        return
    earliest = max(person.spans[-1][0], stays[-1].discharge if stays else person.spans[-1][0])
    first = max(earliest, death - dt.timedelta(days=min(days, 180)))
    if first < death <= person.spans[-1][1]:
        yield from _hospice(provider, first, death, diagnoses, chance)


def _nursing(
    provider: str, first: dt.date, until: dt.date, death: dt.date | None, diagnoses: tuple[str, ...], chance: Random
) -> Iterator[Care]:
    last = min(until, first + dt.timedelta(days=chance.randint(5, 42)))
    for number, (begin, through, more) in enumerate(_months(first, last)):
        status = STILL_PATIENT if more else DIED if last == death else "02" if last == until else _WENT_ON
        frequency = _frequency(number, more)
        paid = _SNF_PER_DAY * max(1, (through - begin).days + more)
        yield Care(SNF, provider, begin, through, paid, diagnoses, status, frequency)


def _home_health(
    provider: str, first: dt.date, death: dt.date | None, diagnoses: tuple[str, ...], chance: Random
) -> Iterator[Care]:
    goes_on = True
    while goes_on and (death is None or first < death):
        last = first + dt.timedelta(days=chance.randint(20, _EPISODE_DAYS - 1))
        goes_on = chance.random() < _GOES_ON
        if goes_on:
            last = first + dt.timedelta(days=_EPISODE_DAYS - 1)
        last = min(last, death or last)
        status = DIED if last == death else STILL_PATIENT if goes_on else _WENT_ON
        yield Care(HOME_HEALTH, provider, first, last, _EPISODE, diagnoses, status)
        first = last + dt.timedelta(days=1)


def _hospice(
    provider: str, first: dt.date, death: dt.date, diagnoses: tuple[str, ...], chance: Random
) -> Iterator[Care]:
    """Until death; some spend up to five nights before it in a facility."""
    nights = chance.randint(1, 5) if chance.random() < _IN_FACILITY else 0
    inside = (max(first, death - dt.timedelta(days=nights)), death - dt.timedelta(days=1))
    for number, (begin, through, more) in enumerate(_months(first, death)):
        span = (max(begin, inside[0]), min(through, inside[1]))
        status = STILL_PATIENT if more else "41" if nights else _DIED_AT_HOME
        yield Care(
            HOSPICE,
            provider,
            begin,
            through,
            _HOSPICE_PER_DAY * ((through - begin).days + 1),
            diagnoses,
            status,
            _frequency(number, more),
            nights=(span,) if nights and span[0] <= span[1] else (),
        )


def _months(first: dt.date, last: dt.date) -> Iterator[tuple[dt.date, dt.date, bool]]:
    """The parts of a time by calendar month, and whether another follows."""
    while True:
        end = (first.replace(day=28) + dt.timedelta(days=4)).replace(day=1) - dt.timedelta(days=1)
        if end >= last:
            yield first, last, False
            return
        yield first, end, True
        first = end + dt.timedelta(days=1)


def _frequency(number: int, more: bool) -> str:
    if number == 0:
        return FIRST if more else ONCE
    return CONTINUING if more else LAST
