"""Made-up communities: a few neighbouring real ZIP codes with their hospitals."""

import re
from dataclasses import dataclass
from functools import lru_cache

from shared.feeds.sample import names
from shared.feeds.sample.places import Place, by_state, counties
from shared.feeds.sample.plan import Plan
from shared.program.ssa import CODE_BY_STATE

_ZIPS = 8
# Short-term hospitals have 0001 to 0879, critical access 1300 to 1399, long-term 2000 to 2299 and rehabilitation 3025
# to 3099 after the state code (State Operations Manual 2779A).
_CRITICAL_ACCESS = 1300
_LONG_TERM = 2000
_REHABILITATION = 3025


@dataclass(frozen=True, slots=True)
class Hospital:
    """A hospital and where it is."""

    ccn: str
    name: str
    place: Place


@dataclass(frozen=True, slots=True)
class Community:
    """``hospitals`` are acute; ``long_term`` and ``rehabilitation`` are the numbers of hospitals that are not."""

    id: str
    name: str
    places: tuple[Place, ...]
    hospitals: tuple[Hospital, ...]
    long_term: str
    rehabilitation: str


@lru_cache(maxsize=4)
def communities(plan: Plan) -> tuple[Community, ...]:
    """The communities, in different counties."""
    chosen = plan.chance("counties").sample(counties(_ZIPS), plan.communities)
    return tuple(_community(plan, index, places[:_ZIPS]) for index, places in enumerate(chosen))


@lru_cache(maxsize=4)
def elsewhere(plan: Plan) -> tuple[Place, ...]:
    """ZIP codes of the communities' states that belong to none of them."""
    inside = {place for community in communities(plan) for place in community.places}
    states = sorted({place.state for place in inside})
    return tuple(place for state in states for place in by_state()[state] if place not in inside)


def _community(plan: Plan, index: int, places: tuple[Place, ...]) -> Community:
    chance = plan.chance("community", index)
    code = CODE_BY_STATE[places[0].state]
    numbers = [1 + index * 3 % 870, 2 + index * 3 % 870, _CRITICAL_ACCESS + index]
    return Community(
        id=re.sub(r"[^a-z0-9]+", "-", f"{places[0].state}-{places[0].county}-{index + 1}".lower()),
        name=f"{places[0].county}, {places[0].state}",
        places=places,
        hospitals=tuple(
            Hospital(f"{code}{number:04d}", names.hospital(chance), chance.choice(places)) for number in numbers
        ),
        long_term=f"{code}{_LONG_TERM + index}",
        rehabilitation=f"{code}{_REHABILITATION + index}",
    )
