"""Made-up encounter notices: what hospitals tell while a stay goes on, before its claim comes."""

import datetime as dt
from collections.abc import Iterator, Sequence
from random import Random
from typing import Final, NamedTuple

from shared.feeds.sample.people import Person
from shared.feeds.sample.pictures import Picture
from shared.feeds.sample.stays import Stay

_TOLD, _DISCHARGE_TOLD = 0.5, 0.95
_DAY_OFF, _CALLED_OFF, _WITHOUT_CLAIM = 0.03, 0.01, 0.004
_DAY: Final = dt.timedelta(days=1)
_EPOCH: Final = dt.date(1970, 1, 1)


class NoticeVersion(NamedTuple):
    """One message about one visit; ``version`` is its second since 1970 (UTC)."""

    person: str
    visit: str
    version: int
    action: str
    provider: str
    admission: dt.date
    discharge: dt.date | None
    status: str
    diagnoses: tuple[str, ...]
    told: dt.date


def notices(
    person: Person, stays: Sequence[Stay], seen: dict[Stay, Picture], death: dt.date | None, chance: Random
) -> Iterator[NoticeVersion]:
    """At admission and at discharge of about half of the stays; few tell of a stay that nobody ever bills."""
    visit = 0
    for stay in stays:
        if stay.acute and chance.random() < _TOLD:
            yield from _of_stay(f"{person.number}-v{visit:03d}", person.number, stay, seen[stay], chance)
            visit += 1
    draw, at = chance.random(), chance.random()
    if draw < _WITHOUT_CLAIM and person.spans:
        first, last = person.spans[-1]
        day = first + int(at * (last - first).days) * _DAY
        alive = death is None or day < death
        if alive and not any(stay.admission - _DAY <= day <= stay.discharge + _DAY for stay in stays):
            yield from _without_claim(f"{person.number}-v{visit:03d}", person, day, min(last, death or last), chance)


def _of_stay(visit: str, person: str, stay: Stay, picture: Picture, chance: Random) -> Iterator[NoticeVersion]:
    admission = stay.admission
    if chance.random() < _DAY_OFF and admission < stay.discharge:
        admission += _DAY
    told = NoticeVersion(
        person,
        visit,
        _second(admission, chance),
        "original",
        stay.provider,
        admission,
        None,
        "",
        picture.diagnoses[:1],
        admission,
    )
    yield told
    if chance.random() < _CALLED_OFF:
        yield told._replace(version=told.version + 3_600, action="cancel")
    elif chance.random() < _DISCHARGE_TOLD:
        yield told._replace(
            version=max(told.version + 60, _second(stay.discharge, chance)),
            action="adjust",
            discharge=stay.discharge,
            status=stay.status,
            told=stay.discharge,
        )


def _without_claim(visit: str, person: Person, day: dt.date, last: dt.date, chance: Random) -> Iterator[NoticeVersion]:
    provider = chance.choice(person.community.hospitals).ccn
    told = NoticeVersion(
        person.number, visit, _second(day, chance), "original", provider, day, None, "", ("R079",), day
    )
    yield told
    left = day + chance.randint(1, 4) * _DAY
    if chance.random() < 0.7 and left <= last:
        yield told._replace(version=_second(left, chance), action="adjust", discharge=left, status="01", told=left)


def _second(day: dt.date, chance: Random) -> int:
    return (day - _EPOCH).days * 86_400 + chance.randrange(30_000, 70_000)
