"""Made-up long-term services at home: referred, begun after a wait, ended or still going on."""

import datetime as dt
from collections.abc import Iterator
from random import Random
from typing import Final, NamedTuple

from shared.feeds.sample.people import Person

_RECEIVES: Final = {True: 0.16, False: 0.03}
_KINDS: Final = ("personal_care", "homemaker", "home_delivered_meals", "adult_day", "respite_care")
_SECOND: Final = 0.4
_NEVER_BEGUN, _GOES_ON, _TAKEN_BACK, _REPEATED = 0.15, 0.45, 0.02, 0.01
_WAIT_DAYS, _LENGTH_DAYS = 21, 200


class ServiceVersion(NamedTuple):
    """One version of one service, as more of it became known."""

    person: str
    service: str
    version: int
    action: str
    kind: str
    referred: dt.date
    started: dt.date | None = None
    ended: dt.date | None = None


def services(person: Person, death: dt.date | None, chance: Random) -> Iterator[ServiceVersion]:
    """Every version of every service; nothing begins outside ``person.spans``, a death ends all."""
    if not person.spans or chance.random() >= _RECEIVES[person.frail]:
        return
    count = 2 if chance.random() < _SECOND else 1
    for number, kind in enumerate(chance.sample(_KINDS, count)):
        first, last = person.spans[0][0], min(person.spans[0][1], death or person.spans[0][1])
        if last < first:
            return
        referred = first + dt.timedelta(days=chance.randint(0, (last - first).days))
        yield from _versions(person.number, f"{person.number}-s{number:02d}", kind, referred, last, death, chance)


def _versions(
    person: str, service: str, kind: str, referred: dt.date, last: dt.date, death: dt.date | None, chance: Random
) -> Iterator[ServiceVersion]:
    asked = ServiceVersion(person, service, 1, "original", kind, referred)
    yield asked
    draw = chance.random()
    if draw < _TAKEN_BACK:
        yield asked._replace(version=2, action="cancel")
        return
    if draw < _TAKEN_BACK + _REPEATED:
        yield asked
    started = referred + dt.timedelta(days=int(chance.expovariate(1 / _WAIT_DAYS)))
    if chance.random() < _NEVER_BEGUN or started > last:
        return
    begun = asked._replace(version=2, action="adjust", started=started)
    yield begun
    ended = started + dt.timedelta(days=1 + int(chance.expovariate(1 / _LENGTH_DAYS)))
    if death is not None:
        ended = min(ended, death)
    elif chance.random() < _GOES_ON:
        return
    yield begun._replace(version=3, ended=ended)
