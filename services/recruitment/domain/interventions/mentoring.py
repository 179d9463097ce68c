"""Mentoring of community leaders: sessions held, goals met, the end."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Final

from services.recruitment.domain.coalitions.kinds import COALITION
from services.recruitment.domain.coalitions.state import Coalition
from services.recruitment.domain.interventions.mentoring_kind import MACHINE, MENTORING, Mentoring, Step
from services.recruitment.domain.interventions.standing import (
    beginning,
    coalition_of,
    going_on,
    gone,
    in_future,
    membership,
    too_early,
    unknown,
    work_id,
)
from services.recruitment.domain.participants.kinds import PARTICIPANT
from services.recruitment.domain.people.kinds import PERSON
from shared.contracts.recruitment.mentoring import (
    EndMentoring,
    MentoringEnded,
    MentoringGoalMet,
    MentoringSessionRecorded,
    MentoringStarted,
    RecordMentoringGoal,
    RecordMentoringSession,
    StartMentoring,
)
from shared.contracts.replies import Reason
from shared.records.deciding import Against, AnyRule, Asked, Decided, Held, Ids, Rule, refused


def professional_keys(*names: str) -> Iterable[str]:
    """The records to read of the QIO's people and of members."""
    for name in names:
        kind, _, identifier = name.partition(":")
        yield (PERSON if kind == "person" else PARTICIPANT).key(identifier)


def not_serving(name: str, coalition: Coalition | None, held: Held, day: dt.date, field: str) -> Iterator[Reason]:
    """Why a person of the QIO or a member of the coalition does not count as one on a day, or is gone by then."""
    kind, _, identifier = name.partition(":")
    if kind == "participant":
        yield from membership(coalition, identifier, day, field)
        yield from gone(held.get(PARTICIPANT, identifier), day, field)
        return
    person = held.get(PERSON, identifier)
    if person is None:
        yield Reason(code="PERSON_UNKNOWN", field=field, text="No such person of the QIO is known.")
    elif not person.serving(day):
        yield Reason(code="NOT_SERVING", field=field, text=f"This person has no role at the QIO on {day}.")


def _start_keys(command: StartMentoring, ids: Ids) -> Iterable[str]:
    yield COALITION.key(command.coalition)
    yield MENTORING.key(work_id(command.coalition, ids("mentoring")))
    yield from professional_keys(command.mentor, command.leader)


def start(command: StartMentoring, held: Held, asked: Asked) -> Decided | Against:
    """Start a mentoring."""
    coalition = held.get(COALITION, command.coalition)
    day = command.started_on
    reasons = [
        *beginning(coalition, day, "started_on"),
        *in_future(day, asked.now, "started_on"),
        *not_serving(command.mentor, coalition, held, day, "mentor"),
        *not_serving(command.leader, coalition, held, day, "leader"),
    ]
    if command.mentor == command.leader:
        reasons.append(Reason(code="SAME_PERSON", field="leader", text="Mentor and leader are two."))
    if against := refused(reasons):
        return against
    assert coalition is not None
    mentoring = work_id(coalition.id, asked.new_id("mentoring"))
    event = MentoringStarted(**command.model_dump(), mentoring=mentoring, number=coalition.number)
    return Decided({"mentoring": mentoring, "goals": len(event.goals)}, (event,))


def _keys(command: RecordMentoringSession | RecordMentoringGoal | EndMentoring, ids: Ids) -> Iterable[str]:
    del ids
    yield MENTORING.key(command.mentoring)
    yield COALITION.key(coalition_of(command.mentoring))


def hold_session(command: RecordMentoringSession, held: Held, asked: Asked) -> Decided | Against:
    """Record a session."""
    found = held.get(MENTORING, command.mentoring)
    if found is None:
        return unknown("mentoring")
    reasons = [*_possible(found, Step.HOLD_SESSION, command.held_on, "held_on", held, asked)]
    if any(one.held_on == command.held_on for one in found.sessions):
        text = f"The session of {command.held_on} is recorded already."
        reasons.append(Reason(code="ALREADY_RECORDED", field="held_on", text=text))
    if against := refused(reasons):
        return against
    event = MentoringSessionRecorded(**command.model_dump(), coalition=found.coalition)
    return Decided({"mentoring": found.id, "sessions": len(found.sessions) + 1}, (event,))


def meet_goal(command: RecordMentoringGoal, held: Held, asked: Asked) -> Decided | Against:
    """Record that a goal was met."""
    found = held.get(MENTORING, command.mentoring)
    if found is None:
        return unknown("mentoring")
    reasons = [*_possible(found, Step.MEET_GOAL, command.met_on, "met_on", held, asked)]
    if command.goal > len(found.goals):
        text = f"There are {len(found.goals)} goals."
        reasons.append(Reason(code="GOAL_UNKNOWN", field="goal", text=text))
    elif (met := found.goals[command.goal - 1].met_on) is not None:
        reasons.append(Reason(code="ALREADY_MET", field="goal", text=f"This goal was met on {met}."))
    if against := refused(reasons):
        return against
    event = MentoringGoalMet(**command.model_dump(), coalition=found.coalition)
    open_ = sum(one.met_on is None for one in found.goals) - 1
    return Decided({"mentoring": found.id, "goals": len(found.goals), "goals_open": open_}, (event,))


def end(command: EndMentoring, held: Held, asked: Asked) -> Decided | Against:
    """End a mentoring; possible after its coalition."""
    found = held.get(MENTORING, command.mentoring)
    if found is None:
        return unknown("mentoring")
    reasons = [
        *too_early(command.ended_on, found.latest_day, "ended_on", "the last that is recorded of it"),
        *in_future(command.ended_on, asked.now, "ended_on"),
    ]
    if impossible := MACHINE.reason_against(found.status, Step.END, "mentoring"):
        reasons = [impossible]
    if against := refused(reasons):
        return against
    event = MentoringEnded(**command.model_dump(), coalition=found.coalition)
    met = sum(one.met_on is not None for one in found.goals)
    return Decided({"mentoring": found.id, "goals": len(found.goals), "goals_met": met}, (event,))


def _possible(found: Mentoring, step: Step, day: dt.date, field: str, held: Held, asked: Asked) -> Iterator[Reason]:
    if impossible := MACHINE.reason_against(found.status, step, "mentoring"):
        yield impossible
        return
    yield from too_early(day, found.started_on, field, "the mentoring started")
    yield from in_future(day, asked.now, field)
    yield from going_on(held.get(COALITION, found.coalition), found.number, day, field)


RULES: Final[tuple[AnyRule, ...]] = (
    Rule(StartMentoring, _start_keys, start),
    Rule(RecordMentoringSession, _keys, hold_session),
    Rule(RecordMentoringGoal, _keys, meet_goal),
    Rule(EndMentoring, _keys, end),
)
