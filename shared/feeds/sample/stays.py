"""Made-up hospital stays of one person: how often, how long, where to next.

Anchor: in the communities of Brock et al. (JAMA 2013;309:381-391) there were 77.5 to 82.3 hospitalizations and 14.3
to 15.2 rehospitalizations within 30 days per 1,000 beneficiaries and quarter. The rates below give about 76 and 14.5.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from shared.feeds.sample.people import Person

TRANSFERRED, STILL_PATIENT, DIED = "02", "30", "20"

_ADMISSIONS_PER_DAY = {True: 0.00216, False: 0.00039}
_READMITTED = 0.17
_DIED_IN_HOSPITAL = 0.03
_TRANSFERRED = 0.025
# UB-04 FL 17 of the living: home, skilled nursing, home health, rehabilitation, long-term, hospice, left.
_LIVING = {"01": 52, "03": 21, "06": 17, "62": 4, "63": 1, "50": 1, "51": 2, "07": 1}
_REHABILITATION, _LONG_TERM = "62", "63"


@dataclass(frozen=True, slots=True)
class Stay:
    """One stay in one hospital; ``acute`` is short-term or critical access."""

    provider: str
    admission: dt.date
    discharge: dt.date
    status: str
    acute: bool = True


def stays(person: Person, chance: Random) -> Iterator[Stay]:
    """The stays of a person in order of time; the last one may end in death before the day drawn for the person."""
    for first, last in person.spans:
        day: dt.date | None = _later(first, chance.expovariate(_ADMISSIONS_PER_DAY[person.frail]))
        while day is not None and day <= last:
            *before, final = _episode(person, day, chance)
            yield from before
            yield final
            if final.status == DIED:
                return
            day = _next_admission(person, final, chance)


def _next_admission(person: Person, final: Stay, chance: Random) -> dt.date:
    if chance.random() < _READMITTED:
        return _later(final.discharge, 1 + min(29.0, chance.expovariate(1 / 11)))
    return _later(final.discharge, 1 + chance.expovariate(_ADMISSIONS_PER_DAY[person.frail]))


def _episode(person: Person, day: dt.date, chance: Random) -> list[Stay]:
    """A stay, the stay it was transferred to, and the post-acute hospital that followed."""
    provider = chance.choice(person.community.hospitals).ccn
    found = [_stay(person, provider, day, chance)]
    if found[0].status == TRANSFERRED:
        others = [hospital.ccn for hospital in person.community.hospitals if hospital.ccn != provider]
        onward = _later(found[0].discharge, chance.choice((0, 0, 1)))
        found.append(_stay(person, chance.choice(others), onward, chance, transfers=False))
    after = {_REHABILITATION: person.community.rehabilitation, _LONG_TERM: person.community.long_term}
    next_provider = after.get(found[-1].status)
    if next_provider is not None:
        admission = found[-1].discharge
        discharge = _ends(person, _later(admission, chance.randint(7, 25)))
        status = DIED if discharge == person.death else "01"
        found.append(Stay(next_provider, admission, discharge, status, acute=False))
    return found


def _stay(person: Person, provider: str, day: dt.date, chance: Random, *, transfers: bool = True) -> Stay:
    days = int(chance.expovariate(1 / 4.5)) + (1 if chance.random() < 0.98 else 0)
    days += chance.randint(30, 60) if chance.random() < 0.004 else 0
    discharge = _ends(person, _later(day, days))
    if discharge == person.death or chance.random() < _DIED_IN_HOSPITAL:
        return Stay(provider, day, discharge, DIED)
    if transfers and chance.random() < _TRANSFERRED:
        return Stay(provider, day, discharge, TRANSFERRED)
    return Stay(provider, day, discharge, chance.choices(list(_LIVING), list(_LIVING.values()))[0])


def _ends(person: Person, discharge: dt.date) -> dt.date:
    return discharge if person.death is None else min(discharge, person.death)


def _later(day: dt.date, days: float) -> dt.date:
    """So many whole days later; beyond any sample where the draw is that large."""
    return day + dt.timedelta(days=min(int(days), 100_000))
