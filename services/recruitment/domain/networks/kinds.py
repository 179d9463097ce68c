"""How networks, cohorts and the seats in cohorts change by their events."""

import datetime as dt
from typing import Any, Final

from services.recruitment.domain.networks.state import Cohort, Course, Courses, Focus, Network, Phase, Seats, Spell
from shared.contracts.message import Event
from shared.contracts.recruitment.cohorts import (
    COHORTS,
    CohortClosed,
    CohortFocused,
    CohortJoined,
    CohortLeft,
    CohortOpened,
)
from shared.contracts.recruitment.learning_networks import (
    LEARNING_NETWORKS,
    LearningNetworkEnded,
    NetworkChanged,
    NetworkEstablished,
)
from shared.records.kinds import Kind


def network_of(identifier: str) -> str:
    """The network that a cohort, or anything else of a network, is of, read from its id."""
    return identifier.rpartition(".")[0]


def seats_id(network: str, participant: str) -> str:
    """The id of a participant's seats in a network."""
    return f"{network}|{participant}"


def joined(held: tuple[Spell, ...], event: CohortJoined) -> tuple[Spell, ...]:
    """The spells with one more; a change of role ends the one before it that day."""
    ended = tuple(one.model_copy(update={"until": event.joined_on}) if one.on(event.joined_on) else one for one in held)
    return (*ended, Spell(role=event.role, since=event.joined_on))


def left(held: tuple[Spell, ...], on: dt.date, reason: str) -> tuple[Spell, ...]:
    """The spells, of which the open one ends."""
    return tuple(one if one.until else one.model_copy(update={"until": on, "reason": reason}) for one in held)


def _network(before: Network | None, event: Event, at: dt.datetime) -> Network:
    del at
    if isinstance(event, NetworkEstablished):
        told = event.model_dump(exclude={"network", "actor"})
        return Network(id=event.network, changed_on=event.started_on, **told)
    assert before is not None, "a network is established first"
    if isinstance(event, NetworkChanged):
        return before.model_copy(update=event.model_dump(include={"name", "topics", "states", "changed_on"}))
    assert isinstance(event, LearningNetworkEnded)
    return before.model_copy(update={"phase": Phase.ENDED, "ended_on": event.ended_on, "reason": event.reason})


def _cohort(before: Cohort | None, event: Event, at: dt.datetime) -> Cohort:
    del at
    if isinstance(event, CohortOpened):
        told = event.model_dump(include={"network", "number", "name", "exclusive", "opened_on"})
        return Cohort(id=event.cohort, focus=(Focus(topic=event.focus, since=event.opened_on),), **told)
    assert before is not None, "a cohort is opened first"
    return before.model_copy(update=_changes(before, event))


def _changes(held: Cohort, event: Event) -> dict[str, Any]:
    match event:
        case CohortFocused():
            return {"focus": (*held.focus, Focus(topic=event.focus, since=event.since))}
        case CohortJoined():
            return {
                "members": {**held.members, event.participant: joined(held.members.get(event.participant, ()), event)}
            }
        case CohortLeft():
            spells = left(held.members.get(event.participant, ()), event.left_on, event.reason)
            return {"members": {**held.members, event.participant: spells}}
        case CohortClosed():
            return {"phase": Phase.ENDED, "closed_on": event.closed_on, "reason": event.reason}
        case _:
            raise AssertionError("an event of the kind that nothing evolves by")


def _seats(before: Seats | None, event: Event, at: dt.datetime) -> Seats:
    del at
    held = before or Seats()
    spells = held.spells.get(getattr(event, "cohort", ""), ())
    match event:
        case CohortJoined():
            exclusive = held.exclusive | {event.cohort} if event.exclusive else held.exclusive
            return Seats(spells={**held.spells, event.cohort: joined(spells, event)}, exclusive=exclusive)
        case CohortLeft():
            after = {**held.spells, event.cohort: left(spells, event.left_on, event.reason)}
            return held.model_copy(update={"spells": after})
        case _:
            raise AssertionError("an event of the kind that nothing evolves by")


def _courses(before: Courses | None, event: Event, at: dt.datetime) -> Courses:
    del at
    held = dict(before.cohorts) if before else {}
    match event:
        case CohortOpened():
            held[event.cohort] = Course(focus=event.focus, opened_on=event.opened_on)
        case CohortFocused():
            held[event.cohort] = held[event.cohort].model_copy(update={"focus": event.focus})
        case CohortClosed():
            held[event.cohort] = held[event.cohort].model_copy(update={"closed_on": event.closed_on})
    return Courses(cohorts=held)


NETWORK: Final = Kind(
    name="network",
    state=Network,
    events=(NetworkEstablished, NetworkChanged, LearningNetworkEnded),
    begins=(NetworkEstablished,),
    id_of=lambda event: event.network,
    evolve=_network,
    topic=LEARNING_NETWORKS.name,
)
COHORT: Final = Kind(
    name="cohort",
    state=Cohort,
    events=(CohortOpened, CohortFocused, CohortClosed, CohortJoined, CohortLeft),
    begins=(CohortOpened,),
    id_of=lambda event: event.cohort,
    evolve=_cohort,
    topic=COHORTS.name,
)
SEATS: Final = Kind(
    name="cohort-seats",
    state=Seats,
    events=(CohortJoined, CohortLeft),
    id_of=lambda event: seats_id(network_of(event.cohort), event.participant),
    evolve=_seats,
    topic=None,
)
COURSES: Final = Kind(
    name="cohort-courses",
    state=Courses,
    events=(CohortOpened, CohortFocused, CohortClosed),
    id_of=lambda event: network_of(event.cohort),
    evolve=_courses,
    topic=None,
)
KINDS: Final[tuple[Kind[Any], ...]] = (NETWORK, COHORT, SEATS, COURSES)
