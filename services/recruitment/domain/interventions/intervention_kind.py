"""How an intervention changes by its events."""

import datetime as dt
from typing import Any, Final

from services.recruitment.domain.interventions.state import (
    MACHINE,
    Change,
    Dose,
    Intervention,
    Pause,
    Phase,
    Reach,
    Step,
)
from shared.contracts.message import Event
from shared.contracts.recruitment.interventions import (
    INTERVENTIONS,
    InterventionChanged,
    InterventionCorrected,
    InterventionDosed,
    InterventionEnded,
    InterventionPaused,
    InterventionReached,
    InterventionResumed,
    InterventionStarted,
)
from shared.records.kinds import Kind


def _started(event: InterventionStarted) -> Intervention:
    told = event.model_dump(exclude={"intervention", "actor", "areas"})
    return Intervention(id=event.intervention, areas=len(event.areas), **told)


def _changed(held: Intervention, event: InterventionChanged) -> dict[str, Any]:
    told = event.model_dump(include={"name", "stratum", "settings", "measures", "planned_dose"})
    return {**told, "changes": (*held.changes, Change(on=event.changed_on, what=event.what))}


def _resumed(held: Intervention, event: InterventionResumed) -> dict[str, Any]:
    last = held.pauses[-1].model_copy(update={"until": event.resumed_on})
    return {"pauses": (*held.pauses[:-1], last)}


def _corrected(held: Intervention, event: InterventionCorrected) -> dict[str, Any]:
    return {
        "started_on": event.started_on,
        "ended_on": event.ended_on,
        "community_version": event.community_version or held.community_version,
        "areas": held.areas if event.areas is None else len(event.areas),
    }


def _after(held: Intervention, event: Event) -> dict[str, Any]:
    match event:
        case InterventionChanged():
            return _changed(held, event)
        case InterventionDosed():
            return {"dose": {**held.dose, event.month: Dose(units=event.units, revision=event.revision)}}
        case InterventionReached():
            told = event.model_dump(include={"beneficiaries", "areas", "facilities", "revision"})
            return {"reach": {**held.reach, event.month: Reach(**told)}}
        case InterventionPaused():
            pause = Pause(since=event.paused_on, reason=event.reason)
            return {"pauses": (*held.pauses, pause), "phase": _phase(held, Step.PAUSE)}
        case InterventionResumed():
            return {**_resumed(held, event), "phase": _phase(held, Step.RESUME)}
        case InterventionEnded():
            told = event.model_dump(include={"ended_on", "result", "statement"})
            return {**told, "end_reason": event.reason, "phase": _phase(held, Step.END)}
        case InterventionCorrected():
            return _corrected(held, event)
        case _:
            return {}


def _phase(held: Intervention, step: Step) -> Phase:
    return MACHINE.after(held.phase, step) or held.phase


def _evolve(before: Intervention | None, event: Event, at: dt.datetime) -> Intervention:
    del at
    if isinstance(event, InterventionStarted):
        return _started(event)
    assert before is not None, "an intervention is started first"
    return before.model_copy(update=_after(before, event))


INTERVENTION: Final = Kind(
    name="intervention",
    state=Intervention,
    events=(
        InterventionStarted,
        InterventionChanged,
        InterventionDosed,
        InterventionReached,
        InterventionPaused,
        InterventionResumed,
        InterventionEnded,
        InterventionCorrected,
    ),
    begins=(InterventionStarted,),
    id_of=lambda event: event.intervention,
    evolve=_evolve,
    topic=INTERVENTIONS.name,
)
