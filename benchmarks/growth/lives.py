"""Lives of any number and length: each year enrolled, two stays a year, in an order that mixes people."""

import datetime as dt
from collections.abc import Iterator
from random import Random

from benchmarks.claims.payload import area_of, reference
from services.measures.domain.timeline import Claim, Enrolment, Record, Setting

FIRST_YEAR = 1990
STAYS_A_YEAR = 2


def enrolments(people: int, years: int) -> Iterator[tuple[bytes, Record]]:
    """Reference and record of every year of everybody."""
    for person in range(people):
        for year in range(FIRST_YEAR, FIRST_YEAR + years):
            span = (dt.date(year, 1, 1).toordinal(), dt.date(year, 12, 31).toordinal())
            yield _ref(person), Enrolment(year, 1, area_of(person), (span,))


def claims(people: int, years: int, *, seed: int = 7) -> list[tuple[bytes, Record]]:
    """Reference and record of every stay, in rounds: everybody once in an order of chance, of any of their years.

    So a transaction of fewer claims than people has one of each person, however many there are.
    """
    chance = Random(seed)  # noqa: S311 - repeatable on purpose
    order = list(range(people))
    lives = [chance.sample(range(years * STAYS_A_YEAR), years * STAYS_A_YEAR) for _ in order]
    found: list[tuple[bytes, Record]] = []
    for turn in range(years * STAYS_A_YEAR):
        chance.shuffle(order)
        found += [(_ref(person), _stay(person, lives[person][turn], chance)) for person in order]
    return found


def _stay(person: int, number: int, chance: Random) -> Claim:
    first = dt.date(FIRST_YEAR + number // STAYS_A_YEAR, 1, 1).toordinal() + chance.randrange(360)
    last = first + chance.randrange(1, 12)
    ref = bytes.fromhex(reference(f"growth{person}-", number))
    hospital = f"{person % 50 + 1:02d}0001"
    return Claim(ref, 1, False, Setting.INPATIENT, first, last, hospital, "01", "1", 100_000, received=last)


def _ref(person: int) -> bytes:
    return bytes.fromhex(reference("person", person))
