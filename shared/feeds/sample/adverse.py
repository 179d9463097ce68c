"""Made-up harm by drugs after a discharge that ends in an emergency department or under observation.

Where it ends in an admission, the stay's own picture says so (``pictures``).
"""

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import pairwise
from random import Random
from typing import Final

from shared.feeds.sample.billing import OUTPATIENT, Care
from shared.feeds.sample.exposure import Supplies, at_hand
from shared.feeds.sample.people import Person
from shared.feeds.sample.pictures import ADVERSE
from shared.feeds.sample.stays import DIED, Stay

_EMERGENCY, _OBSERVED = 0.018, 0.018
_GOES_ON: Final = 0.2  # of emergency visits lead to observation the next day
_WITHIN: Final = 28


def harm(
    person: Person, stays: Sequence[Stay], supplies: Supplies, death: dt.date | None, chance: Random
) -> Iterator[Care]:
    """Visits between a live acute discharge and what comes next, by what is at hand on the day of discharge."""
    for stay, onward in pairwise((*stays, None)):
        if stay is None or not stay.acute or stay.status == DIED:
            continue
        exposed = sorted(at_hand(supplies, stay.discharge))
        for kind in exposed:
            draw = chance.random()
            if draw >= _EMERGENCY + _OBSERVED:
                continue
            day = stay.discharge + dt.timedelta(days=chance.randint(1, _WITHIN))
            limits = [limit for limit in (onward.admission if onward else None, death) if limit is not None]
            covered = any(first <= day <= last for first, last in person.spans)
            if covered and all(day + dt.timedelta(days=2) < limit for limit in limits):
                yield from _visit(stay.provider, day, kind, draw, chance)


def _visit(provider: str, day: dt.date, kind: str, draw: float, chance: Random) -> Iterator[Care]:
    cause = chance.choice(ADVERSE[kind])
    diagnoses = (cause.principal, *cause.others)
    next_day = day + dt.timedelta(days=1)
    if draw < _EMERGENCY:
        yield Care(OUTPATIENT, provider, day, day, chance.randrange(40_000, 150_000), diagnoses, emergency=True)
        if chance.random() >= _GOES_ON:
            return
        day, next_day = next_day, next_day + dt.timedelta(days=1)
    yield Care(OUTPATIENT, provider, day, next_day, chance.randrange(120_000, 350_000), diagnoses, observation=True)
