"""Real ZIP codes with their towns and counties, from the ``zipcodes`` package."""

from collections import defaultdict
from functools import cache
from typing import NamedTuple

import zipcodes

from shared.program.states import STATES


class Place(NamedTuple):
    """One delivery ZIP code; the county is empty where the package has none."""

    zip_code: str
    city: str
    county: str
    state: str


@cache
def by_state() -> dict[str, tuple[Place, ...]]:
    """The delivery ZIP codes of each state of the program, in order of ZIP."""
    found: dict[str, list[Place]] = defaultdict(list)
    for row in zipcodes.list_all():  # type: ignore[no-untyped-call]
        if row["zip_code_type"] == "STANDARD" and row["active"] and row["state"] in STATES:
            county = row["county"].removesuffix(" County")
            found[row["state"]].append(Place(row["zip_code"], row["city"], county, row["state"]))
    return {state: tuple(sorted(places)) for state, places in sorted(found.items())}


@cache
def counties(smallest: int) -> tuple[tuple[Place, ...], ...]:
    """The ZIP codes of each county that has at least ``smallest`` of them, in order of state and county."""
    found: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for state, places in by_state().items():
        for place in places:
            if place.county:
                found[state, place.county].append(place)
    return tuple(tuple(places) for _, places in sorted(found.items()) if len(places) >= smallest)
