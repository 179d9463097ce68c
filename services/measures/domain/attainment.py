"""When a community has reached a goal, and when a restatement takes that back."""

from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Final, NamedTuple

from services.measures.domain.goals import Goal, Progress, Value, progress
from services.measures.domain.periods import end
from services.measures.domain.statuses import Status

SETTLED: Final = frozenset((Status.FOLLOWED_UP, Status.FINAL, Status.RESTATED))


class Standing(NamedTuple):
    """A community's measure in four quarters, as published; no value where there is none or it is not computable."""

    period: str
    series: str
    status: Status
    value: Fraction | None


class Step(NamedTuple):
    """What is to be said: the goal is ``reached`` in ``current``, or what was said of that period is withdrawn."""

    reached: bool
    current: Standing
    baseline: Standing
    progress: Progress | None


def steps(goal: Goal, standings: Iterable[Standing], said: str | None) -> list[Step]:
    """What follows from how things stand; ``said`` is the period in which the goal was said to be reached, if it was.

    The first four quarters after the baseline and up to the target date count that are followed up and reach it.
    While a community is published anew its periods belong to different definitions for a moment: then nothing is
    decided.
    """
    by_period = {one.period: one for one in standings}
    baseline = by_period.get(goal.baseline_period)
    if baseline is None:
        return []
    found: list[Step] = []
    if said is not None:
        current = by_period.get(said)
        if current is None or current.series != baseline.series or _reaches(goal, baseline, current) is not None:
            return []
        found.append(Step(False, current, baseline, _progress(goal, baseline, current)))
    for period in sorted(by_period):
        current = by_period[period]
        if period <= goal.baseline_period or end(period) > goal.target_date or current.series != baseline.series:
            continue
        reached = _reaches(goal, baseline, current)
        if reached is not None:
            return [*found, Step(True, current, baseline, reached)]
    return found


def _reaches(goal: Goal, baseline: Standing, current: Standing) -> Progress | None:
    if current.status not in SETTLED or baseline.status not in SETTLED:
        return None
    found = _progress(goal, baseline, current)
    return found if found is not None and found.reached and found.improvement is not None else None


def _progress(goal: Goal, baseline: Standing, current: Standing) -> Progress | None:
    if baseline.value is None or current.value is None:
        return None
    first, last = (
        Value(goal.measure, one.series, one.period, value)
        for one, value in ((baseline, baseline.value), (current, current.value))
    )
    return progress(goal, first, last)


def touched(goals: Iterable[Goal], results: Iterable[tuple[str, str]]) -> Mapping[str, list[Goal]]:
    """By community, the goals whose measure is among these (measure, community)."""
    by_measure: dict[str, list[Goal]] = {}
    for goal in goals:
        by_measure.setdefault(goal.measure, []).append(goal)
    found: dict[str, list[Goal]] = {}
    for measure, community in sorted(set(results)):
        found.setdefault(community, []).extend(by_measure.get(measure, ()))
    return {community: own for community, own in found.items() if own}
