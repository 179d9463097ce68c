"""The rules of an intervention's course: changed, paused, resumed, ended, corrected."""

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Final

from services.recruitment.domain.coalitions.kinds import COALITION
from services.recruitment.domain.communities.kinds import COMMUNITY
from services.recruitment.domain.interventions.intervention_kind import INTERVENTION
from services.recruitment.domain.interventions.standing import (
    coalition_of,
    going_on,
    in_future,
    measured,
    settings_once,
    too_early,
    unknown,
)
from services.recruitment.domain.interventions.starting import areas_on, no_areas
from services.recruitment.domain.interventions.state import MACHINE, Intervention, Step
from shared.contracts.message import Event
from shared.contracts.recruitment.intervention_commands import (
    ChangeIntervention,
    CorrectIntervention,
    EndIntervention,
    PauseIntervention,
    ResumeIntervention,
)
from shared.contracts.recruitment.interventions import (
    InterventionChanged,
    InterventionCorrected,
    InterventionEnded,
    InterventionPaused,
    InterventionResumed,
)
from shared.contracts.replies import Reason
from shared.records.deciding import Against, AnyRule, Asked, Decided, Held, Ids, Rule, refused

Moving = ChangeIntervention | PauseIntervention | ResumeIntervention | EndIntervention | CorrectIntervention

_OUTSIDE: Final = "OUTSIDE_INTERVENTION"


def _keys(command: Moving, ids: Ids) -> Iterable[str]:
    del ids
    yield INTERVENTION.key(command.intervention)
    yield COALITION.key(coalition_of(command.intervention))


def _correct_keys(command: CorrectIntervention, ids: Ids) -> Iterable[str]:
    yield from _keys(command, ids)
    yield COMMUNITY.key(coalition_of(command.intervention))


def _decided(held: Intervention, step: Step, event: Event, reasons: Iterable[Reason]) -> Decided | Against:
    """Refused by the machine or for these reasons, else the event and where the intervention stands after it."""
    if impossible := MACHINE.reason_against(held.phase, step, "intervention"):
        return Against((impossible,))
    if against := refused(reasons):
        return against
    after = MACHINE.table[held.phase, step]
    return Decided({"intervention": held.id, "name": held.name, "phase": after}, (event,))


def _named(command: Moving, held: Intervention) -> dict[str, Any]:
    return {**command.model_dump(), "coalition": held.coalition}


def _in_order(held: Intervention, day: dt.date, field: str, asked: Asked) -> Iterator[Reason]:
    yield from too_early(day, held.latest_day, field, "the last that is recorded of it")
    yield from in_future(day, asked.now, field)


def change(command: ChangeIntervention, held: Held, asked: Asked) -> Decided | Against:
    """Change what an intervention is from a day on."""
    found = held.get(INTERVENTION, command.intervention)
    if found is None:
        return unknown("intervention")
    kept = found.model_dump(include={"name", "stratum", "settings", "measures", "planned_dose"})
    given = {field: value for field, value in command.model_dump(include=set(kept)).items() if value is not None}
    event = InterventionChanged(**{**_named(command, found), **kept, **given})
    coalition = held.get(COALITION, found.coalition)
    reasons = [
        *_in_order(found, command.changed_on, "changed_on", asked),
        *going_on(coalition, found.number, command.changed_on, "changed_on"),
        *settings_once(command.settings or ()),
        *measured(command.measures or (), command.stratum),
    ]
    return _decided(found, Step.CHANGE, event, reasons)


def pause(command: PauseIntervention, held: Held, asked: Asked) -> Decided | Against:
    """Pause an intervention."""
    found = held.get(INTERVENTION, command.intervention)
    if found is None:
        return unknown("intervention")
    event = InterventionPaused(**_named(command, found))
    reasons = _in_order(found, command.paused_on, "paused_on", asked)
    return _decided(found, Step.PAUSE, event, reasons)


def resume(command: ResumeIntervention, held: Held, asked: Asked) -> Decided | Against:
    """Resume a paused intervention."""
    found = held.get(INTERVENTION, command.intervention)
    if found is None:
        return unknown("intervention")
    event = InterventionResumed(**_named(command, found))
    coalition = held.get(COALITION, found.coalition)
    reasons = [
        *_in_order(found, command.resumed_on, "resumed_on", asked),
        *going_on(coalition, found.number, command.resumed_on, "resumed_on"),
    ]
    return _decided(found, Step.RESUME, event, reasons)


def end(command: EndIntervention, held: Held, asked: Asked) -> Decided | Against:
    """End an intervention; possible after its coalition has ended, because someone must tidy up."""
    found = held.get(INTERVENTION, command.intervention)
    if found is None:
        return unknown("intervention")
    event = InterventionEnded(**_named(command, found))
    reasons = [
        *_in_order(found, command.ended_on, "ended_on", asked),
        *_months_within(found, found.started_on, command.ended_on, "ended_on"),
    ]
    return _decided(found, Step.END, event, reasons)


def correct(command: CorrectIntervention, held: Held, asked: Asked) -> Decided | Against:
    """Put its first or last day right, with the areas of another first day; asking for what holds changes nothing."""
    found = held.get(INTERVENTION, command.intervention)
    if found is None:
        return unknown("intervention")
    started_on = command.started_on or found.started_on
    ended_on = command.ended_on or found.ended_on
    coalition = held.get(COALITION, found.coalition)
    if (started_on, ended_on) == (found.started_on, found.ended_on):
        return Decided({"intervention": found.id, "name": found.name, "phase": found.phase})
    reasons = [*in_future(started_on, asked.now, "started_on"), *in_future(ended_on, asked.now, "ended_on")]
    if command.ended_on is not None and found.ended_on is None:
        text = "It has not ended, so there is no last day to correct."
        reasons.append(Reason(code="NOT_ENDED", field="ended_on", text=text))
    if coalition is not None and coalition.number == found.number:
        reasons += too_early(started_on, coalition.formed_on, "started_on", "the coalition was formed")
    reasons += _all_within(found, started_on, ended_on)
    told = {**_named(command, found), "started_on": started_on, "ended_on": ended_on}
    if started_on != found.started_on:
        version, areas = areas_on(held.get(COMMUNITY, found.coalition), started_on)
        reasons += _about_areas(found, started_on, areas)
        told |= {"community_version": version, "areas": areas}
    return _decided(found, Step.CORRECT, InterventionCorrected(**told), reasons)


def _about_areas(held: Intervention, day: dt.date, areas: Sequence[str]) -> Iterator[Reason]:
    if not areas:
        yield no_areas(day)
    elif reached := [month for month, one in held.reach.items() if one.areas > len(areas)]:
        text = f"There were {len(areas)} areas on {day}; more are recorded as reached in {min(reached)}."
        yield Reason(code="TOO_MANY_AREAS", field="started_on", text=text)


def _all_within(held: Intervention, started_on: dt.date, ended_on: dt.date | None) -> Iterator[Reason]:
    for field, day, outside in (
        ("started_on", started_on, any(day < started_on for day in held.days())),
        ("ended_on", ended_on, ended_on is not None and any(day > ended_on for day in held.days())),
    ):
        if outside:
            text = f"A change or pause that is recorded lies outside with {day}."
            yield Reason(code=_OUTSIDE, field=field, text=text)
    if ended_on is not None and ended_on < started_on:
        text = f"Its last day {ended_on} would be before its first {started_on}."
        yield Reason(code="OUT_OF_ORDER", field="ended_on", text=text)
    yield from _months_within(held, started_on, ended_on, "ended_on")


def _months_within(held: Intervention, started_on: dt.date, ended_on: dt.date | None, field: str) -> Iterator[Reason]:
    if not held.months:
        return
    if held.months[0] < started_on.isoformat()[:7]:
        text = f"Dose or reach is recorded for {held.months[0]}."
        yield Reason(code=_OUTSIDE, field="started_on", text=text)
    if ended_on is not None and held.months[-1] > ended_on.isoformat()[:7]:
        text = f"Dose or reach is recorded for {held.months[-1]}."
        yield Reason(code=_OUTSIDE, field=field, text=text)


RULES: Final[tuple[AnyRule, ...]] = (
    Rule(ChangeIntervention, _keys, change),
    Rule(PauseIntervention, _keys, pause),
    Rule(ResumeIntervention, _keys, resume),
    Rule(EndIntervention, _keys, end),
    Rule(CorrectIntervention, _correct_keys, correct),
)
