"""When a participant was in which cohort of a network: a view that what participants do is held to."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Final

from services.recruitment.domain.networks.kinds import joined, left, network_of, seats_id
from services.recruitment.domain.networks.state import Spell
from shared.contracts.message import Event
from shared.contracts.recruitment.cohorts import CohortJoined, CohortLeft
from shared.records.kinds import Kind, Record


class Membership(Record):
    """The spells of one participant in every cohort of one network; those that a closed cohort cut off are open."""

    spells: Mapping[str, tuple[Spell, ...]] = {}

    def of_any(self, cohorts: Iterable[str], day: dt.date) -> bool:
        """Whether it is in one of these cohorts on a day."""
        return any(spell.on(day) for one in cohorts for spell in self.spells.get(one, ()))


def _evolve(before: Membership | None, event: Event, at: dt.datetime) -> Membership:
    del at
    held = before or Membership()
    match event:
        case CohortJoined():
            spells = joined(held.spells.get(event.cohort, ()), event)
        case CohortLeft():
            spells = left(held.spells.get(event.cohort, ()), event.left_on, event.reason)
        case _:
            raise AssertionError("an event of the kind that nothing evolves by")
    return Membership(spells={**held.spells, event.cohort: spells})


def membership_id(learning: str, participant: str) -> str:
    """The id of a participant's membership in the network that something of a network, by its id, is of."""
    return seats_id(network_of(learning), participant)


MEMBERSHIP: Final = Kind(
    name="network-membership",
    state=Membership,
    events=(CohortJoined, CohortLeft),
    id_of=lambda event: seats_id(network_of(event.cohort), event.participant),
    evolve=_evolve,
    topic=None,
)
