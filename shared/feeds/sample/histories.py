"""Puts a made-up life together: a person, the stays, the bills, and the enrolment that follows from them."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from shared.feeds.person_time import Span
from shared.feeds.sample.adverse import harm
from shared.feeds.sample.aftercare import aftercare
from shared.feeds.sample.billing import Care, CareVersion, Office
from shared.feeds.sample.claims import ClaimVersion, after_death, claims, in_order_received, returned
from shared.feeds.sample.exposure import supplies
from shared.feeds.sample.fills import FillVersion, fills
from shared.feeds.sample.notices import NoticeVersion, notices
from shared.feeds.sample.people import Person, people
from shared.feeds.sample.pictures import Chart
from shared.feeds.sample.plan import Plan
from shared.feeds.sample.profiles import Profile, profile
from shared.feeds.sample.returns import returns
from shared.feeds.sample.services import ServiceVersion, services
from shared.feeds.sample.stays import DIED, Stay, stays
from shared.feeds.sample.visits import visits

_USED_AFTER_DEATH = 0.01


@dataclass(frozen=True, slots=True)
class EnrolmentLine:
    """One person's enrolment in one year; ``spans`` and ``moves`` lie within the year, ``dual`` has its months."""

    person: str
    year: int
    version: int
    zip_code: str
    spans: tuple[Span, ...]
    death: dt.date | None
    birth: dt.date
    dual: tuple[str, ...]
    moves: tuple[tuple[dt.date, str], ...]


@dataclass(frozen=True, slots=True)
class History:
    """All that the feeds say about one person; ``stays`` is the truth behind the inpatient claims."""

    person: Person
    enrolment: tuple[EnrolmentLine, ...]
    stays: tuple[Stay, ...]
    claims: tuple[ClaimVersion, ...]
    care: tuple[CareVersion, ...]
    fills: tuple[FillVersion, ...]
    notices: tuple[NoticeVersion, ...]
    services: tuple[ServiceVersion, ...]


def histories(plan: Plan) -> Iterator[History]:
    """Everyone's history, by number, made one at a time."""
    for index, person in enumerate(people(plan)):
        yield _history(plan, index, person)


def _history(plan: Plan, index: int, person: Person) -> History:
    def chance(kind: str) -> Random:
        return plan.chance(kind, index)

    lived = tuple(stays(person, chance("stays")))
    death = lived[-1].discharge if lived and lived[-1].status == DIED else person.death
    known = profile(plan, person, chance("profile"), chance("residence"))
    dispensed = fills(person, known, lived, death, chance("fills"))
    stock = supplies(dispensed)
    billed, seen = claims(
        person.number, lived, chance("claims"), chance("payment"), Chart(known, stock, chance("picture"))
    )
    again = list(returns(lived, death, chance("returns")))
    more = chance("more claims")
    plain = Chart(known, stock, more)
    billed += returned(person.number, again, seen, more, plain)
    billed += _after_death(plan, person, death, plain, chance("after death"))
    given = [
        *_billed(visits(person, known, lived, death, chance("visits")), "o", person, chance("visits billed")),
        *_billed(harm(person, lived, stock, death, chance("harm")), "h", person, chance("harm billed")),
        *_billed(
            aftercare(person, known, lived, seen, death, chance("aftercare")), "a", person, chance("after billed")
        ),
    ]
    return History(
        person,
        tuple(_enrolment(plan, person, known, death)),
        lived,
        tuple(in_order_received(billed)),
        tuple(sorted(given, key=lambda version: (version.received, version.claim, version.version))),
        tuple(dispensed),
        tuple(notices(person, lived, seen, death, chance("notices"))),
        tuple(services(person, death, chance("services"))),
    )


def _billed(given: Iterator[Care], kind: str, person: Person, chance: Random) -> Iterator[CareVersion]:
    office = Office(person.number, kind, chance)
    for care in given:
        yield from office.bill(care)


def _after_death(
    plan: Plan, person: Person, death: dt.date | None, chart: Chart, chance: Random
) -> Iterator[ClaimVersion]:
    """A stay of some who had died, in the year of death, which no bill corrects."""
    if death is None or not person.spans or chance.random() >= _USED_AFTER_DEATH:
        return
    admission = death + dt.timedelta(days=chance.randint(2, 10))
    discharge = admission + dt.timedelta(days=chance.randint(1, 6))
    if discharge.year == death.year and discharge <= plan.last_day:
        provider = chance.choice(person.community.hospitals).ccn
        yield after_death(person.number, Stay(provider, admission, discharge, "01"), chance, chart)


def _enrolment(plan: Plan, person: Person, known: Profile, death: dt.date | None) -> Iterator[EnrolmentLine]:
    for at, home in enumerate(known.homes):
        year = plan.first_year + at
        first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
        if death is not None and death < first:
            return
        end = last if death is None else min(last, death)
        spans = ((max(first, start), min(end, through)) for start, through in person.spans)
        yield EnrolmentLine(
            person=person.number,
            year=year,
            version=1,
            zip_code=home.zip_code,
            spans=tuple((start, through) for start, through in spans if start <= through),
            death=death if death is not None and death <= last else None,
            birth=known.birth,
            dual=known.dual[at],
            moves=tuple((day, place.zip_code) for day, place in known.moves if first <= day <= end),
        )
