"""Made-up beneficiaries with their residence and the days they were in Original Medicare."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from shared.feeds.person_time import Span
from shared.feeds.sample.communities import Community, communities, elsewhere
from shared.feeds.sample.places import Place
from shared.feeds.sample.plan import Plan

BASIS = "exact-days-v1"

_IN_A_COMMUNITY = 0.9
_FRAIL = 0.2
_DEATHS_PER_DAY = {True: 0.09 / 365, False: 0.025 / 365}


@dataclass(frozen=True, slots=True)
class Person:
    """A beneficiary. ``homes`` has the residence of each year; ``spans`` the days with A and B outside Advantage,
    already cut at the drawn day of death; ``frail`` people are admitted far more often.
    """

    number: str
    community: Community
    homes: tuple[Place, ...]
    spans: tuple[Span, ...]
    death: dt.date | None
    frail: bool


def people(plan: Plan) -> Iterator[Person]:
    """All beneficiaries, by number."""
    for index in range(plan.beneficiaries):
        yield _person(plan, index, plan.chance("person", index))


def _person(plan: Plan, index: int, chance: Random) -> Person:
    community = chance.choice(communities(plan))
    frail = chance.random() < _FRAIL
    home = _home(plan, community, chance)
    homes = [home]
    for _ in range(plan.years - 1):
        home = _home(plan, community, chance) if chance.random() < 0.01 else home
        homes.append(home)
    death = plan.first_day + dt.timedelta(days=int(chance.expovariate(_DEATHS_PER_DAY[frail])))
    until = min(plan.last_day, death)
    return Person(
        number=f"S{index:09d}",
        community=community,
        homes=tuple(homes),
        spans=tuple(_spans(plan, until, chance)),
        death=death if death <= plan.last_day else None,
        frail=frail,
    )


def _home(plan: Plan, community: Community, chance: Random) -> Place:
    return chance.choice(community.places if chance.random() < _IN_A_COMMUNITY else elsewhere(plan))


def _spans(plan: Plan, until: dt.date, chance: Random) -> Iterator[Span]:
    draw, day = chance.random(), _month_start(plan, chance)
    if draw < 0.90:  # throughout
        spans = [(plan.first_day, until)]
    elif draw < 0.94:  # turned 65
        spans = [(day, until)]
    elif draw < 0.97:  # joined Medicare Advantage
        spans = [(plan.first_day, min(until, day - dt.timedelta(days=1)))]
    elif draw < 0.985:  # three months in Medicare Advantage and back
        back = _add_months(day, 3)
        spans = [(plan.first_day, min(until, day - dt.timedelta(days=1))), (back, until)]
    else:  # always in Medicare Advantage
        spans = []
    return ((first, last) for first, last in spans if first <= last)


def _month_start(plan: Plan, chance: Random) -> dt.date:
    return _add_months(plan.first_day, chance.randint(1, 12 * plan.years - 1))


def _add_months(day: dt.date, months: int) -> dt.date:
    years, month = divmod(day.month - 1 + months, 12)
    return dt.date(day.year + years, month + 1, 1)
