"""Whether a participant had a seat in a cohort on a day; what it does in sessions and periods is held to that."""

import datetime as dt
from collections.abc import Iterable

from services.recruitment.domain.networks.kinds import COURSES, SEATS, network_of, seats_id
from services.recruitment.domain.networks.state import Courses, Seats
from shared.records.deciding import Held


def seat_keys(learning: str, participant: str) -> Iterable[str]:
    """What is read of a participant's seats in the network that something of a network, by its id, is of."""
    network = network_of(learning)
    return SEATS.key(seats_id(network, participant)), COURSES.key(network)


def seated(learning: str, participant: str, cohorts: Iterable[str], day: dt.date, held: Held) -> bool:
    """Whether a participant is in one of these cohorts of that network on a day, and the cohort not closed before."""
    network = network_of(learning)
    seats = held.get(SEATS, seats_id(network, participant)) or Seats()
    return seats.in_any(cohorts, day, held.get(COURSES, network) or Courses())
