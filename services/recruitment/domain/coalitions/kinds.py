"""The record of a coalition: which of its events changes what."""

import datetime as dt
from typing import Any, Final

from services.recruitment.domain.coalitions import changes, membership
from services.recruitment.domain.coalitions.state import Coalition
from shared.contracts.message import Event
from shared.contracts.recruitment.coalitions import (
    COALITIONS,
    CoalitionConvened,
    CoalitionEnded,
    CoalitionGoalReached,
    CoalitionGoalWithdrawn,
    CoalitionInfrastructureCompleted,
    CoalitionInfrastructureRetracted,
    CoalitionJoined,
    CoalitionLeft,
    CoalitionMeasureChosen,
    CoalitionMeasureDropped,
    CoalitionPopulationsTargeted,
    CoalitionRoleTaken,
    InfrastructureLapsed,
    InfrastructureRecorded,
    InfrastructureReopened,
    MeasurementPlanned,
)
from shared.records.kinds import Kind


def _evolve(before: Coalition | None, event: Event, at: dt.datetime) -> Coalition:
    if isinstance(event, CoalitionConvened):
        return membership.convened(before, event)
    assert before is not None, "a coalition is convened first"
    match event:
        case CoalitionJoined():
            return membership.joined(before, event)
        case CoalitionRoleTaken():
            return membership.seated(before, event.participant, event.role, event.on)
        case CoalitionLeft():
            return membership.left(before, event)
        case CoalitionEnded():
            return before.model_copy(update={"ended_on": event.on, "ended_because": event.reason})
        case CoalitionPopulationsTargeted():
            return before.model_copy(update={"populations": event.populations})
        case _:
            return _equipped(before, event, at)


def _equipped(before: Coalition, event: Event, at: dt.datetime) -> Coalition:
    match event:
        case InfrastructureRecorded():
            return changes.recorded(before, event, at)
        case InfrastructureReopened() | InfrastructureLapsed():
            return changes.undone(before, event, at)
        case CoalitionInfrastructureCompleted():
            return before.model_copy(update={"equipped_on": event.on})
        case CoalitionInfrastructureRetracted():
            return before.model_copy(update={"equipped_on": None})
        case _:
            return _aimed(before, event, at)


def _aimed(before: Coalition, event: Event, at: dt.datetime) -> Coalition:
    match event:
        case CoalitionMeasureChosen():
            return changes.chosen(before, event, at)
        case CoalitionMeasureDropped():
            return changes.dropped(before, event)
        case MeasurementPlanned():
            return changes.planned(before, event, at)
        case CoalitionGoalReached() | CoalitionGoalWithdrawn():
            return changes.progressed(before, event)
    raise AssertionError("an event of the kind that nothing evolves by")


COALITION: Final = Kind(
    name="coalition",
    state=Coalition,
    events=(
        CoalitionConvened,
        CoalitionJoined,
        CoalitionRoleTaken,
        CoalitionLeft,
        CoalitionEnded,
        InfrastructureRecorded,
        InfrastructureReopened,
        InfrastructureLapsed,
        CoalitionInfrastructureCompleted,
        CoalitionInfrastructureRetracted,
        CoalitionMeasureChosen,
        CoalitionMeasureDropped,
        CoalitionPopulationsTargeted,
        MeasurementPlanned,
        CoalitionGoalReached,
        CoalitionGoalWithdrawn,
    ),
    begins=(CoalitionConvened,),
    id_of=lambda event: event.community,
    evolve=_evolve,
    topic=COALITIONS.name,
)
KINDS: Final[tuple[Kind[Any], ...]] = (COALITION,)
