"""Says which communities reached their goals after their results were published, and takes back what is undone."""

from collections.abc import Collection, Iterable, Mapping

import asyncpg

from services.measures.domain import attainment, spread
from services.measures.domain.attainment import Step
from services.measures.domain.goals import Goal
from services.measures.domain.periods import Kind, kind_of
from services.measures.domain.rates import decimal, percent
from services.measures.domain.results import Result, Scene
from services.measures.repository import goals as kept
from shared.contracts.measures import GOALS, GoalReached, GoalWithdrawn
from shared.messaging import outbox
from shared.messaging.handling import Emit


async def say(
    conn: asyncpg.Connection,
    goals: Collection[Goal],
    results: Iterable[Result],
    versions: Mapping[str, int],
    scene: Scene,
) -> int:
    """Say what these results, just published, mean for the goals of their communities; how many events.

    Inside the transaction of the results. The caller is the one leader.
    """
    changed = [
        (one.measure, one.unit)
        for one in results
        if one.unit_type == spread.COMMUNITY and kind_of(one.period) is Kind.ROLLING
    ]
    wanted = attainment.touched(goals, changed)
    if not wanted:
        return 0
    standings = await kept.standings(conn, wanted, {goal.measure for own in wanted.values() for goal in own})
    said = await kept.said(conn, wanted)
    emits, reached, withdrawn = [], [], []
    for community, own in wanted.items():
        for goal in own:
            found = attainment.steps(goal, standings.get((community, goal.measure), ()), said.get((goal.id, community)))
            key = f"{goal.id}|{community}"
            emits += [Emit(GOALS.name, key, _event(goal, community, versions, step, scene)) for step in found]
            if found and found[-1].reached:
                reached.append((goal.id, community, found[-1].current.period))
            elif found:
                withdrawn.append((goal.id, community))
    await kept.save(conn, reached, withdrawn)
    await outbox.append(conn, emits, now=scene.now)
    return len(emits)


def _event(
    goal: Goal, community: str, versions: Mapping[str, int], step: Step, scene: Scene
) -> GoalReached | GoalWithdrawn:
    current, progress = step.current, step.progress
    improvement = percent(progress.improvement) if progress is not None and progress.improvement is not None else None
    value = decimal(current.value) if current.value is not None else None
    if not step.reached:
        return GoalWithdrawn(
            goal=goal.id,
            community=community,
            unit_version=versions[community],
            measure=goal.measure,
            period=current.period,
            value=value,
            improvement=improvement,
            as_of=scene.now,
        )
    assert progress is not None
    assert step.baseline.value is not None
    assert value is not None
    assert improvement is not None
    return GoalReached(
        goal=goal.id,
        community=community,
        unit_version=versions[community],
        measure=goal.measure,
        baseline_period=step.baseline.period,
        baseline=decimal(step.baseline.value),
        period=current.period,
        value=value,
        improvement=improvement,
        target=decimal(progress.target),
        status=current.status.value,
        as_of=scene.now,
    )
