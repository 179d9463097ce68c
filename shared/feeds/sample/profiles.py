"""What a made-up person brings along: age, chronic conditions, Medicaid, and the places lived in."""

import datetime as dt
from dataclasses import dataclass
from random import Random
from typing import Final

from shared.feeds.sample import codes
from shared.feeds.sample.communities import communities, elsewhere
from shared.feeds.sample.people import Person
from shared.feeds.sample.places import Place
from shared.feeds.sample.plan import Plan

# Share of people not frail who have the condition; the frail have it about twice as often. The rates are near those
# of Medicare's chronic-conditions chartbook.
PREVALENCE: Final = {
    codes.HYPERTENSION: 0.50,
    codes.LIPIDS: 0.40,
    codes.JOINTS: 0.25,
    codes.ISCHEMIC: 0.20,
    codes.DIABETES: 0.23,
    codes.KIDNEY: 0.13,
    codes.DEPRESSION: 0.13,
    codes.HEART_FAILURE: 0.09,
    codes.COPD: 0.08,
    codes.FIBRILLATION: 0.08,
    codes.THYROID: 0.11,
    codes.ANAEMIA: 0.14,
    codes.PROSTATE: 0.08,
    codes.BONES: 0.06,
    codes.ASTHMA: 0.05,
    codes.STROKE: 0.03,
    codes.ALZHEIMERS: 0.03,
    codes.DEMENTIA: 0.04,
    codes.LUNG_CANCER: 0.01,
    codes.BOWEL_CANCER: 0.01,
}
_FRAIL_FACTOR: Final = 1.9
_FULL, _PARTIAL, _NONE = ("02", "04", "08"), ("01", "03", "05", "06"), "NA"
_DISABLED: Final = 0.14
_MOVED: Final = 0.03


@dataclass(frozen=True, slots=True)
class Profile:
    """``dual`` has the twelve codes of each year; ``homes`` the residence at the start of each year, ``moves`` those
    from a day on."""

    birth: dt.date
    conditions: tuple[str, ...]
    dual: tuple[tuple[str, ...], ...]
    homes: tuple[Place, ...]
    moves: tuple[tuple[dt.date, Place], ...]


def profile(plan: Plan, person: Person, chance: Random, residence: Random) -> Profile:
    """Draw a profile; who turned 65 within the sample was born in that month."""
    factor = _FRAIL_FACTOR if person.frail else 1.0
    birth = _birth(plan, person, chance)
    dual = _dual(plan, chance)
    conditions = tuple(name for name, share in PREVALENCE.items() if chance.random() < share * factor)
    homes, moves = _residences(plan, person, residence)
    return Profile(birth, conditions, dual, homes, moves)


def _birth(plan: Plan, person: Person, chance: Random) -> dt.date:
    day = chance.randint(1, 28)
    if person.spans and person.spans[0][0] > plan.first_day:
        start = person.spans[0][0]
        return dt.date(start.year - 65, start.month, day)
    month = chance.randint(1, 12)
    if chance.random() < _DISABLED:
        return dt.date(plan.first_year - chance.randint(30, 63), month, day)
    age = 66 + int(chance.triangular(0, 32, 14 if person.frail else 3))
    return dt.date(plan.first_year - age, month, day)


def _dual(plan: Plan, chance: Random) -> tuple[tuple[str, ...], ...]:
    months = 12 * plan.years
    draw, since, share = chance.random(), chance.randrange(months), chance.random()
    if draw < 0.13:
        code = chance.choice(_FULL)
    elif draw < 0.20:
        code = chance.choice(_PARTIAL)
    else:
        return ((_NONE,) * 12,) * plan.years
    if share < 0.12:  # became eligible for Medicaid
        flat = [_NONE] * since + [code] * (months - since)
    elif share < 0.2:  # lost it
        flat = [code] * since + [_NONE] * (months - since)
    else:
        flat = [code] * months
    return tuple(tuple(flat[12 * year : 12 * year + 12]) for year in range(plan.years))


def _residences(
    plan: Plan, person: Person, chance: Random
) -> tuple[tuple[Place, ...], tuple[tuple[dt.date, Place], ...]]:
    """Someone who moves within a year stays there until the person's own homes change."""
    if chance.random() >= _MOVED:
        return person.homes, ()
    days = (plan.last_day - plan.first_day).days
    day = plan.first_day + dt.timedelta(days=chance.randint(1, days))
    draw = chance.random()
    if draw < 0.5:
        place = chance.choice(person.community.places)
    elif draw < 0.85:
        place = chance.choice(chance.choice(communities(plan)).places)
    else:
        place = chance.choice(elsewhere(plan))
    at = day.year - plan.first_year
    left = person.homes[at]
    homes = [*person.homes]
    for year in range(at + 1, plan.years):
        if homes[year] != left:
            break
        homes[year] = place
    return tuple(homes), () if place == left else ((day, place),)
