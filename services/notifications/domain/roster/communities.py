"""Communities and the coalitions over them."""

import datetime as dt
from collections.abc import Mapping
from typing import Final

from services.notifications.domain.roster.traits import Trait, traits
from shared.contracts.message import Event
from shared.contracts.recruitment.coalition_terms import Role
from shared.contracts.recruitment.coalitions import (
    CoalitionConvened,
    CoalitionEnded,
    CoalitionJoined,
    CoalitionLeft,
    CoalitionRoleTaken,
)
from shared.contracts.recruitment.communities import CommunityDefined, CommunityDissolved
from shared.program.areas import UNKNOWN, state_of
from shared.records.kinds import Kind, Record


class Community(Record):
    """A community: its name, how many areas, in which states they lie (in the order of text)."""

    id: str
    name: str
    areas: int = 0
    states: tuple[str, ...] = ()
    traits: tuple[Trait, ...] = ()


class Coalition(Record):
    """The latest coalition over a community, and what each member is in it."""

    id: str
    name: str = ""
    number: int = 0
    task: str | None = None
    members: Mapping[str, Role] = {}
    at_work: bool = False
    traits: tuple[Trait, ...] = ()


def _community(before: Community | None, event: CommunityDefined | CommunityDissolved, at: dt.datetime) -> Community:
    del at
    if isinstance(event, CommunityDissolved):
        # Its name and states stay: results of the time before still come.
        held = before or Community(id=event.community, name=event.community)
        return held.model_copy(update={"areas": 0, "traits": ()})
    states = tuple(sorted({state_of(area) for area in event.areas} - {UNKNOWN}))
    named = [f"state:{state}" for state in states]
    return Community(
        id=event.community,
        name=event.name,
        areas=len(event.areas),
        states=states,
        traits=(*traits(f"community:{event.community}", *named), *traits(f"coalition:{event.community}", *named)),
    )


def _coalition(before: Coalition | None, event: Event, at: dt.datetime) -> Coalition:
    del at
    if isinstance(event, CoalitionConvened):
        members = {one.participant: one.role for one in event.members}
        held = Coalition(
            id=event.community, name=event.name, number=event.number, task=event.task, members=members, at_work=True
        )
    else:
        held = _changed(before, event)
    return held.model_copy(update={"traits": _of_coalition(held)})


def _changed(before: Coalition | None, event: Event) -> Coalition:
    assert isinstance(event, CoalitionJoined | CoalitionRoleTaken | CoalitionLeft | CoalitionEnded)
    held = before or Coalition(id=event.community, number=event.number, at_work=True)
    match event:
        case CoalitionJoined() | CoalitionRoleTaken():
            return held.model_copy(update={"members": {**held.members, event.participant: event.role}})
        case CoalitionLeft():
            rest = {one: role for one, role in held.members.items() if one != event.participant}
            return held.model_copy(update={"members": rest})
        case CoalitionEnded():
            return held.model_copy(update={"at_work": False})


def _of_coalition(held: Coalition) -> tuple[Trait, ...]:
    if not held.at_work:
        return ()
    named = [f"coalition:{held.id}", f"community:{held.id}", *([f"task:{held.task}"] if held.task else [])]
    places = (f"coalition:{held.id}", f"community:{held.id}", *(f"facility:{one}" for one in sorted(held.members)))
    return tuple(one for place in places for one in traits(place, *(name for name in named if name != place)))


COMMUNITY: Final = Kind(
    name="roster-community",
    state=Community,
    events=(CommunityDefined, CommunityDissolved),
    id_of=lambda event: str(event.community),
    evolve=_community,
    topic=None,
)
COALITION: Final = Kind(
    name="roster-coalition",
    state=Coalition,
    events=(CoalitionConvened, CoalitionJoined, CoalitionRoleTaken, CoalitionLeft, CoalitionEnded),
    id_of=lambda event: str(event.community),
    evolve=_coalition,
    topic=None,
)
