"""The fixed payload: enrolment of 40,000 people for three years, and about 252,000 versions of their claims."""

import datetime as dt
import hashlib
from collections.abc import Iterator
from random import Random
from typing import Final

import orjson

PEOPLE: Final = 40_000
CLAIMS_PER_PERSON: Final = 6
HOSPITALS: Final = 4  # of a state; for each person still sixty times as many as Medicare has
STATES: Final = 50
COUNTIES: Final = 20
YEARS: Final = (2008, 2009, 2010)
ORDERS: Final = ("files", "mixed")
_SEED: Final = 2013


def reference(kind: str, number: int) -> str:
    """A reference as the feed reader would make it: 128 evenly spread bits."""
    return hashlib.sha256(f"{kind}{number}".encode()).hexdigest()[:32]


def area_of(person: int) -> str:
    """The county a person lives in."""
    return f"ssa:{person % STATES + 1:02d}{person // STATES % COUNTIES:03d}"


def communities() -> dict[str, tuple[str, ...]]:
    """One community a state."""
    return {
        f"state-{state:02d}": tuple(f"ssa:{state:02d}{county:03d}" for county in range(COUNTIES))
        for state in range(1, STATES + 1)
    }


def enrolment() -> Iterator[tuple[str, bytes]]:
    """Key and value of every enrolment record."""
    for person in range(PEOPLE):
        for year in YEARS:
            key = reference("person", person)
            yield (
                key,
                orjson.dumps(
                    {
                        "beneficiary": key,
                        "year": year,
                        "version": 1,
                        "area": area_of(person),
                        "eligible": [[f"{year}-01-01", f"{year}-12-31"]],
                        "death": None,
                        "basis": "benchmark",
                    }
                ),
            )


def claims(order: str) -> list[tuple[str, bytes]]:
    """Key and value of every claim version; one in thirty is corrected, one in sixty cancelled.

    ``files``: as CMS's files are read, all of a person together and corrections in a later file. ``mixed``: every
    version at a place of its own, as if each claim were sent alone.
    """
    chance = Random(_SEED)  # noqa: S311 - repeatable on purpose
    originals, corrections = [], []
    for person in range(PEOPLE):
        for number in range(person, PEOPLE * CLAIMS_PER_PERSON, PEOPLE):
            value = _claim(person, number, chance)
            originals.append(value)
            if number % 30 == 0:
                corrections.append({**value, "version": 2, "action": "adjust", "status": "03"})
            if number % 60 == 1:
                corrections.append({**value, "version": 2, "action": "cancel"})
    found = [*originals, *corrections]
    if order == "mixed":
        chance.shuffle(found)
    return [(str(value["beneficiary"]), orjson.dumps(value)) for value in found]


def _claim(person: int, number: int, chance: Random) -> dict[str, object]:
    admission = dt.date(YEARS[0], 1, 1) + dt.timedelta(days=chance.randrange(365 * len(YEARS)))
    return {
        "beneficiary": reference("person", person),
        "claim": reference("claim", number),
        "version": 1,
        "action": "original",
        "provider": f"{person % STATES + 1:02d}{chance.randrange(HOSPITALS) + 1:04d}",
        "admission": admission,
        "discharge": admission + dt.timedelta(days=chance.randrange(1, 12)),
        "status": chance.choice(("01", "01", "01", "03", "06", "20")) if number % 40 == 0 else "01",
        "frequency": "1",
    }
