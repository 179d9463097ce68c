"""Puts a made-up life together: a person, the stays, the bills, and the enrolment that follows from them."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from shared.feeds.person_time import Span
from shared.feeds.sample.claims import ClaimVersion, claims
from shared.feeds.sample.people import Person, people
from shared.feeds.sample.plan import Plan
from shared.feeds.sample.stays import DIED, Stay, stays


@dataclass(frozen=True, slots=True)
class EnrolmentLine:
    """One person's enrolment in one year; ``spans`` lie within the year."""

    person: str
    year: int
    version: int
    zip_code: str
    spans: tuple[Span, ...]
    death: dt.date | None


@dataclass(frozen=True, slots=True)
class History:
    """All that the feeds say about one person; ``stays`` is the truth behind the claims."""

    person: Person
    enrolment: tuple[EnrolmentLine, ...]
    stays: tuple[Stay, ...]
    claims: tuple[ClaimVersion, ...]


def histories(plan: Plan) -> Iterator[History]:
    """Everyone's history, by number, made one at a time."""
    for index, person in enumerate(people(plan)):
        lived = tuple(stays(person, plan.chance("stays", index)))
        death = lived[-1].discharge if lived and lived[-1].status == DIED else person.death
        billed = claims(person.number, iter(lived), plan.chance("claims", index), plan.chance("payment", index))
        yield History(person, tuple(_enrolment(plan, person, death)), lived, tuple(billed))


def _enrolment(plan: Plan, person: Person, death: dt.date | None) -> Iterator[EnrolmentLine]:
    for year, home in enumerate(person.homes, plan.first_year):
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
        )
