"""How events change what a coalition has built and what it wants to move."""

import datetime as dt

from services.recruitment.domain.coalitions.aims import ChosenMeasure, GoalProgress, PlanVersion, Wanted
from services.recruitment.domain.coalitions.equipment import Check, Done, ItemState
from services.recruitment.domain.coalitions.state import Coalition
from shared.contracts.recruitment.coalition_terms import Item
from shared.contracts.recruitment.coalitions import (
    CoalitionGoalReached,
    CoalitionGoalWithdrawn,
    CoalitionMeasureChosen,
    CoalitionMeasureDropped,
    InfrastructureLapsed,
    InfrastructureRecorded,
    InfrastructureReopened,
    MeasurementPlanned,
)


def recorded(held: Coalition, event: InfrastructureRecorded, at: dt.datetime) -> Coalition:
    """An item is done."""
    evidence = event.evidence
    before = held.infrastructure[event.item]
    times = before.times if before.state is ItemState.DONE else (*before.times, Done(since=evidence.done_on))
    check = Check(
        state=ItemState.DONE, since=evidence.done_on, evidence=evidence, actor=event.actor, at=at, times=times
    )
    return _checked(held, event.item, check)


def undone(held: Coalition, event: InfrastructureReopened | InfrastructureLapsed, at: dt.datetime) -> Coalition:
    """An item is done no more; its last evidence stays known."""
    state = ItemState.OPEN if isinstance(event, InfrastructureReopened) else ItemState.LAPSED
    before = held.infrastructure[event.item]
    check = Check(
        state=state,
        since=event.on,
        evidence=before.evidence,
        why=event.reason,
        actor=event.actor,
        at=at,
        times=tuple(one.model_copy(update={"until": one.until or event.on}) for one in before.times),
    )
    return _checked(held, event.item, check)


def chosen(held: Coalition, event: CoalitionMeasureChosen, at: dt.datetime) -> Coalition:
    """A measure is wanted, or something else is wanted of it."""
    before = held.measures.get(event.measure)
    wanted = Wanted(version=event.version, choice=event.wanted, reason=event.reason, actor=event.actor, at=at)
    measure = ChosenMeasure(
        measure=event.measure,
        wanted=(*(before.wanted if before else ()), wanted),
        plans=before.plans if before else (),
    )
    return _with_measure(held, measure)


def dropped(held: Coalition, event: CoalitionMeasureDropped) -> Coalition:
    """A measure is wanted no more; what was wanted of it stays known."""
    before = held.measures.get(event.measure)
    if before is None:
        return held
    return _with_measure(held, before.model_copy(update={"dropped_because": event.reason}))


def planned(held: Coalition, event: MeasurementPlanned, at: dt.datetime) -> Coalition:
    """A measure has a plan, in versions."""
    before = held.measures.get(event.measure)
    if before is None:
        return held
    plan = PlanVersion(version=event.version, wanted=event.wanted, plan=event.plan, actor=event.actor, at=at)
    return _with_measure(held, before.model_copy(update={"plans": (*before.plans, plan)}))


def progressed(held: Coalition, event: CoalitionGoalReached | CoalitionGoalWithdrawn) -> Coalition:
    """A goal of the program is reached, or not after all."""
    before = held.goals.get(event.goal)
    reached = isinstance(event, CoalitionGoalReached)
    target = event.target if isinstance(event, CoalitionGoalReached) else before.target if before else None
    progress = GoalProgress(
        goal=event.goal,
        measure=event.measure,
        reached=reached,
        period=event.period,
        value=event.value,
        improvement=event.improvement,
        target=target,
        as_of=event.as_of,
    )
    return held.model_copy(update={"goals": {**held.goals, event.goal: progress}})


def _checked(held: Coalition, item: Item, check: Check) -> Coalition:
    return held.model_copy(update={"infrastructure": {**held.infrastructure, item: check}})


def _with_measure(held: Coalition, measure: ChosenMeasure) -> Coalition:
    return held.model_copy(update={"measures": {**held.measures, measure.measure: measure}})
