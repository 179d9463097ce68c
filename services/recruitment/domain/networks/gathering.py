"""Cohorts from their opening to their closing."""

from collections.abc import Iterable, Iterator
from typing import Final

from services.recruitment.domain.networks.kinds import COHORT, COURSES, NETWORK, network_of
from services.recruitment.domain.networks.standing import at_work, in_future, too_early, unknown
from services.recruitment.domain.networks.state import (
    COHORT_MACHINE,
    NETWORK_MACHINE,
    CohortStep,
    Network,
    NetworkStep,
)
from shared.contracts.recruitment.cohorts import (
    CloseCohort,
    CohortClosed,
    CohortFocused,
    CohortOpened,
    FocusCohort,
    OpenCohort,
)
from shared.contracts.recruitment.learning_terms import Topic
from shared.contracts.replies import Reason
from shared.records.deciding import Against, AnyRule, Asked, Decided, Held, Ids, Rule, refused


def cohort_id(network: str, number: int) -> str:
    """The id of a cohort."""
    return f"{network}.c{number}"


def _open_keys(command: OpenCohort, ids: Ids) -> Iterable[str]:
    del ids
    cohort = COHORT.key(cohort_id(command.network, command.number))
    return NETWORK.key(command.network), COURSES.key(command.network), cohort


def open_(command: OpenCohort, held: Held, asked: Asked) -> Decided | Against:
    """Open a cohort."""
    network = held.get(NETWORK, command.network)
    identifier = cohort_id(command.network, command.number)
    reasons = [
        *in_future(command.opened_on, asked.now, "opened_on"),
        *_topic_of(network, command.focus),
    ]
    impossible = network and NETWORK_MACHINE.reason_against(network.phase, NetworkStep.OPEN_COHORT, "network")
    reasons += [impossible] if impossible else at_work(network, command.opened_on, "opened_on")
    if (found := held.get(COHORT, identifier)) is not None:
        text = f"{identifier} is {found.name}, opened on {found.opened_on}. Give the new one another number."
        reasons.append(Reason(code="ALREADY_OPENED", field="number", text=text))
    if against := refused(reasons):
        return against
    event = CohortOpened(**command.model_dump(), cohort=identifier)
    return Decided({"cohort": identifier, "name": event.name, "focus": event.focus.value}, (event,))


def _keys(command: FocusCohort | CloseCohort, ids: Ids) -> Iterable[str]:
    del ids
    network = network_of(command.cohort)
    return COHORT.key(command.cohort), NETWORK.key(network), COURSES.key(network)


def focus(command: FocusCohort, held: Held, asked: Asked) -> Decided | Against:
    """Let a cohort work on another topic; the topic that it works on already, from then on: no change."""
    found = held.get(COHORT, command.cohort)
    if found is None:
        return unknown("cohort")
    if impossible := COHORT_MACHINE.reason_against(found.phase, CohortStep.FOCUS, "cohort"):
        return Against((impossible,))
    last = found.focus[-1]
    reasons = [
        *too_early(command.since, last.since, "since", f"it began to work on {last.topic}"),
        *in_future(command.since, asked.now, "since"),
        *_topic_of(held.get(NETWORK, found.network), command.focus),
    ]
    if against := refused(reasons):
        return against
    same = command.focus is last.topic
    made = {"cohort": found.id, "focus": command.focus.value, "changed": not same}
    return Decided(made, () if same else (CohortFocused(**command.model_dump()),))


def close(command: CloseCohort, held: Held, asked: Asked) -> Decided | Against:
    """Close a cohort, not before the last that is recorded of it."""
    found = held.get(COHORT, command.cohort)
    if found is None:
        return unknown("cohort")
    if impossible := COHORT_MACHINE.reason_against(found.phase, CohortStep.CLOSE, "cohort"):
        return Against((impossible,))
    reasons = [
        *too_early(command.closed_on, found.last_change(), "closed_on", "the last that is recorded of it"),
        *in_future(command.closed_on, asked.now, "closed_on"),
    ]
    if against := refused(reasons):
        return against
    event = CohortClosed(**command.model_dump())
    members = sum(1 for _ in found.present(event.closed_on))
    return Decided({"cohort": found.id, "closed_on": event.closed_on.isoformat(), "members": members}, (event,))


def _topic_of(network: Network | None, topic: Topic) -> Iterator[Reason]:
    if network is not None and topic not in network.topics:
        text = f"{network.id} works on {', '.join(network.topics)}."
        yield Reason(code="TOPIC_OF_ANOTHER", field="focus", text=text)


RULES: Final[tuple[AnyRule, ...]] = (
    Rule(OpenCohort, _open_keys, open_),
    Rule(FocusCohort, _keys, focus),
    Rule(CloseCohort, _keys, close),
)
