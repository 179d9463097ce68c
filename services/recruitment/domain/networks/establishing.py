"""Networks from their beginning to their end."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from services.recruitment.domain.networks.kinds import COURSES, NETWORK
from services.recruitment.domain.networks.standing import in_future, too_early, unknown
from services.recruitment.domain.networks.state import NETWORK_MACHINE, Courses, Network, NetworkStep
from services.recruitment.domain.pipeline.collaboratives import COLLABORATIVES
from services.recruitment.domain.program.statements import reason_against
from shared.contracts.recruitment.ids import Setting
from shared.contracts.recruitment.learning_networks import (
    ChangeNetwork,
    EndLearningNetwork,
    EstablishNetwork,
    LearningNetworkEnded,
    NetworkChanged,
    NetworkEstablished,
)
from shared.contracts.recruitment.learning_terms import Topic
from shared.contracts.replies import Reason
from shared.program.states import STATES
from shared.records.deciding import Against, AnyRule, Asked, Decided, Held, Ids, Rule, refused


def _keys(command: EstablishNetwork | ChangeNetwork | EndLearningNetwork, ids: Ids) -> Iterable[str]:
    del ids
    return NETWORK.key(command.network), COURSES.key(command.network)


def establish(command: EstablishNetwork, held: Held, asked: Asked) -> Decided | Against:
    """Establish a network."""
    reasons = [
        *_free(held.get(NETWORK, command.network)),
        *_about_collaborative(command),
        *_once(command.topics, "topics"),
        *_once(command.settings, "settings"),
        *_about_states(command.states),
        *in_future(command.started_on, asked.now, "started_on"),
    ]
    if reason := reason_against(command.task, command.started_on, "task"):
        reasons.append(reason)
    if against := refused(reasons):
        return against
    event = NetworkEstablished(**command.model_dump())
    return Decided({"network": event.network, "name": event.name, "started_on": event.started_on.isoformat()}, (event,))


def change(command: ChangeNetwork, held: Held, asked: Asked) -> Decided | Against:
    """Change a network; members of states that it leaves stay in their cohorts."""
    found = held.get(NETWORK, command.network)
    if found is None:
        return unknown("network")
    if impossible := NETWORK_MACHINE.reason_against(found.phase, NetworkStep.CHANGE, "network"):
        return Against((impossible,))
    reasons = [
        *too_early(command.changed_on, found.changed_on, "changed_on", "the last change"),
        *in_future(command.changed_on, asked.now, "changed_on"),
        *_once(command.topics or (), "topics"),
        *_about_states(command.states or ()),
        *_in_use(command.topics, held.get(COURSES, found.id) or Courses()),
    ]
    if against := refused(reasons):
        return against
    told = command.model_dump(include={"name", "topics", "states"}, exclude_none=True)
    after = found.model_copy(update=told)
    made = {"network": found.id, "changed": after != found}
    if after == found:
        return Decided(made)
    event = NetworkChanged(
        network=found.id,
        actor=asked.actor,
        name=after.name,
        topics=after.topics,
        states=after.states,
        changed_on=command.changed_on,
        reason=command.reason,
    )
    return Decided(made, (event,))


def end(command: EndLearningNetwork, held: Held, asked: Asked) -> Decided | Against:
    """End a network whose cohorts are closed."""
    found = held.get(NETWORK, command.network)
    if found is None:
        return unknown("network")
    if impossible := NETWORK_MACHINE.reason_against(found.phase, NetworkStep.END, "network"):
        return Against((impossible,))
    courses = held.get(COURSES, found.id) or Courses()
    latest = max(found.changed_on, courses.latest_day() or found.changed_on)
    reasons = [
        *too_early(command.ended_on, latest, "ended_on", "the last that is recorded of it"),
        *in_future(command.ended_on, asked.now, "ended_on"),
    ]
    if still := courses.open():
        text = f"Close its cohorts first; open are {', '.join(still)}."
        reasons.append(Reason(code="COHORTS_OPEN", field="network", text=text))
    if against := refused(reasons):
        return against
    event = LearningNetworkEnded(**command.model_dump())
    return Decided({"network": found.id, "ended_on": event.ended_on.isoformat()}, (event,))


def _free(found: Network | None) -> Iterator[Reason]:
    if found is not None:
        text = f"{found.id} is {found.name}, established on {found.started_on}. Choose another id, or change that one."
        yield Reason(code="ALREADY_ESTABLISHED", field="network", text=text)


def _about_collaborative(command: EstablishNetwork) -> Iterator[Reason]:
    if command.collaborative is None:
        return
    found = COLLABORATIVES.get(command.collaborative)
    if found is None:
        text = f"There is no such collaborative; there are {', '.join(COLLABORATIVES)}."
        yield Reason(code="COLLABORATIVE_UNKNOWN", field="collaborative", text=text)
        return
    if command.task not in found.tasks:
        text = f"{found.code} is work for the tasks {', '.join(found.tasks)}."
        yield Reason(code="TASK_OF_ANOTHER", field="task", text=text, citation=found.source)
    if command.started_on < found.opens:
        text = f"{found.code} began on {found.opens}."
        yield Reason(code="BEFORE_COLLABORATIVE", field="started_on", text=text, citation=found.source)
    if foreign := [one for one in command.settings if one not in found.settings]:
        text = f"{found.code} is not for {', '.join(foreign)}; it is for {_named(found.settings)}."
        yield Reason(code="SETTING_DOES_NOT_FIT", field="settings", text=text, citation=found.source)


def _named(settings: Iterable[Setting]) -> str:
    return ", ".join(one for one in Setting if one in frozenset(settings))


def _once(values: Sequence[str], field: str) -> Iterator[Reason]:
    for position, value in enumerate(values):
        if value in values[:position]:
            yield Reason(code="REPEATED", field=f"{field}[{position}]", text=f"{value} is given twice.")


def _about_states(states: Sequence[str]) -> Iterator[Reason]:
    yield from _once(states, "states")
    for position, code in enumerate(states):
        if code not in STATES:
            text = f"{code} is no state or territory of the program."
            yield Reason(code="STATE_UNKNOWN", field=f"states[{position}]", text=text)


def _in_use(topics: Sequence[Topic] | None, courses: Courses) -> Iterator[Reason]:
    if topics is None:
        return
    for cohort in courses.open():
        focus = courses.cohorts[cohort].focus
        if focus not in topics:
            text = f"The cohort {cohort} works on {focus}. Focus it on another topic first, or close it."
            yield Reason(code="TOPIC_IN_USE", field="topics", text=text)


RULES: Final[tuple[AnyRule, ...]] = (
    Rule(EstablishNetwork, _keys, establish),
    Rule(ChangeNetwork, _keys, change),
    Rule(EndLearningNetwork, _keys, end),
)
