"""Who goes into a cohort and out of it."""

from collections.abc import Iterable, Iterator
from typing import Final

from services.recruitment.domain.networks import belonging
from services.recruitment.domain.networks.kinds import COHORT, COURSES, NETWORK, SEATS, network_of, seats_id
from services.recruitment.domain.networks.standing import in_future, is_open, too_early, unknown
from services.recruitment.domain.networks.state import COHORT_MACHINE, Cohort, CohortStep, Courses, Seats, Spell
from shared.contracts.recruitment.cohorts import CohortJoined, CohortLeft, JoinCohort, LeaveCohort
from shared.contracts.replies import Reason
from shared.records.deciding import Against, AnyRule, Asked, Decided, Held, Ids, Rule, refused


def place_keys(cohort: str, participant: str) -> Iterable[str]:
    """The cohort and its network with all cohorts, and what is followed of the participant in it."""
    network = network_of(cohort)
    yield from (COHORT.key(cohort), NETWORK.key(network), COURSES.key(network))
    yield SEATS.key(seats_id(network, participant))


def _join_keys(command: JoinCohort, ids: Ids) -> Iterable[str]:
    del ids
    yield from place_keys(command.cohort, command.participant)
    yield from belonging.keys(command.participant)


def join(command: JoinCohort, held: Held, asked: Asked) -> Decided | Against:
    """Take a participant into a cohort, or let it be there in another role from a day on."""
    found = held.get(COHORT, command.cohort)
    if found is None:
        return unknown("cohort")
    if impossible := COHORT_MACHINE.reason_against(found.phase, CohortStep.JOIN, "cohort"):
        return Against((impossible,))
    spells = found.members.get(command.participant, ())
    made = {
        "cohort": found.id,
        "participant": command.participant,
        "role": command.role.value,
        "joined_on": command.joined_on.isoformat(),
    }
    if spells and _same(spells[-1], command):
        return Decided({**made, "changed": False})
    if against := refused(_reasons(command, found, held, asked)):
        return against
    event = CohortJoined(**command.model_dump(), exclusive=found.exclusive)
    return Decided({**made, "changed": True}, (event,))


def _same(spell: Spell, command: JoinCohort) -> bool:
    return spell.until is None and (spell.since, spell.role) == (command.joined_on, command.role)


def _reasons(command: JoinCohort, cohort: Cohort, held: Held, asked: Asked) -> Iterator[Reason]:
    day, field = command.joined_on, "joined_on"
    yield from is_open(cohort, day, field)
    yield from in_future(day, asked.now, field)
    yield from belonging.reasons_against(held.get(NETWORK, cohort.network), command.participant, day, held)
    spells = cohort.members.get(command.participant, ())
    if spells:
        last = spells[-1]
        yield from too_early(day, last.until or last.since, field, "the last that is recorded of it in this cohort")
        if last.until is None and last.role is command.role:
            text = f"{command.participant} is in {cohort.id} as {last.role} since {last.since}."
            yield Reason(code="ALREADY_IN_COHORT", field="participant", text=text)
    if cohort.exclusive:
        yield from _taken(command, cohort, held)


def _taken(command: JoinCohort, cohort: Cohort, held: Held) -> Iterator[Reason]:
    seats = held.get(SEATS, seats_id(cohort.network, command.participant)) or Seats()
    courses = held.get(COURSES, cohort.network) or Courses()
    other = seats.taken(cohort.id, command.joined_on, courses)
    if other is not None:
        text = f"{command.participant} is in {other}; who is in one exclusive cohort of a network is in no other."
        yield Reason(code="IN_ANOTHER_COHORT", field="participant", text=text)


def _leave_keys(command: LeaveCohort, ids: Ids) -> Iterable[str]:
    del ids
    return COHORT.key(command.cohort), SEATS.key(seats_id(network_of(command.cohort), command.participant))


def leave(command: LeaveCohort, held: Held, asked: Asked) -> Decided | Against:
    """Let a participant go."""
    found = held.get(COHORT, command.cohort)
    if found is None:
        return unknown("cohort")
    if impossible := COHORT_MACHINE.reason_against(found.phase, CohortStep.LEAVE, "cohort"):
        return Against((impossible,))
    spells = found.members.get(command.participant, ())
    reasons = [*in_future(command.left_on, asked.now, "left_on")]
    if not spells or spells[-1].until is not None:
        text = f"{command.participant} is not in the cohort {found.id}."
        reasons.append(Reason(code="NOT_IN_COHORT", field="participant", text=text))
    else:
        reasons += too_early(command.left_on, spells[-1].since, "left_on", "it came in")
    if against := refused(reasons):
        return against
    event = CohortLeft(**command.model_dump())
    made = {"cohort": found.id, "participant": command.participant, "left_on": command.left_on.isoformat()}
    return Decided(made, (event,))


RULES: Final[tuple[AnyRule, ...]] = (Rule(JoinCohort, _join_keys, join), Rule(LeaveCohort, _leave_keys, leave))
