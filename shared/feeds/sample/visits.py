"""Made-up outpatient care: clinic visits that speak of chronic conditions, emergency visits, observation stays."""

import datetime as dt
from collections.abc import Iterator, Sequence
from random import Random
from typing import Final

from shared.feeds.sample.billing import OUTPATIENT, Care
from shared.feeds.sample.people import Person
from shared.feeds.sample.pictures import OF_CONDITION
from shared.feeds.sample.profiles import Profile
from shared.feeds.sample.stays import Stay

_PER_DAY: Final = {True: 5.6 / 365, False: 3.2 / 365}
_OBSERVED, _EMERGENCY = 0.03, 0.15
_FROM_EMERGENCY: Final = 0.6  # of observation stays
_COMPLAINTS: Final = ("R109", "R079", "R55", "S0990XA", "M545", "J069", "N390", "R4182")


def visits(
    person: Person, profile: Profile, stays: Sequence[Stay], death: dt.date | None, chance: Random
) -> Iterator[Care]:
    """Outpatient care of ``person.spans``, none while in hospital or after death."""
    within = [(stay.admission, stay.discharge) for stay in stays]
    for first, last in person.spans:
        until = min(last, death or last)
        day = first
        while True:
            day += dt.timedelta(days=min(1 + int(chance.expovariate(_PER_DAY[person.frail])), 100_000))
            if day > until:
                break
            if not any(admission <= day <= discharge for admission, discharge in within):
                yield _visit(person, profile, day, death, chance)


def _visit(person: Person, profile: Profile, day: dt.date, death: dt.date | None, chance: Random) -> Care:
    provider = chance.choice(person.community.hospitals).ccn
    draw = chance.random()
    known = [OF_CONDITION[name] for name in profile.conditions]
    named = chance.sample(known, min(len(known), chance.randint(2, 4)))
    if draw >= _OBSERVED + _EMERGENCY:
        return Care(OUTPATIENT, provider, day, day, chance.randrange(8_000, 40_000), tuple(named) or ("R109",))
    diagnoses = (chance.choice(_COMPLAINTS), *named[:1])
    if draw >= _OBSERVED:
        return Care(OUTPATIENT, provider, day, day, chance.randrange(30_000, 120_000), diagnoses, emergency=True)
    last = day + dt.timedelta(days=chance.choice((1, 1, 2)))
    return Care(
        OUTPATIENT,
        provider,
        day,
        min(last, death or last),
        chance.randrange(120_000, 350_000),
        diagnoses,
        emergency=chance.random() < _FROM_EMERGENCY,
        observation=True,
    )
