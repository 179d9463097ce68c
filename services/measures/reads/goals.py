"""Answers /goals: baseline, progress, where a measure is heading, and spending avoided, of one unit."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Annotated, Final, NamedTuple

import asyncpg
from fastapi import APIRouter, Query

from services.measures.domain import periods, projection
from services.measures.domain.attainment import SETTLED
from services.measures.domain.catalogue import BY_ID
from services.measures.domain.definitions import Definition
from services.measures.domain.goals import Goal, Progress, Value, progress
from services.measures.domain.periods import Kind
from services.measures.domain.program_goals import seeds
from services.measures.domain.projection import Point, Projection
from services.measures.domain.rates import decimal, percent
from services.measures.domain.results import Last
from services.measures.domain.strata import ALL
from services.measures.reads import asking, figures, loading, spending
from services.measures.reads.asking import Place, Unit, UnitType
from services.measures.reads.figures import Figure, Months, Scene, limits_of, text
from services.measures.reads.goal_views import GoalsView, GoalView, ProjectionView
from services.measures.reads.series import between
from services.measures.reads.who import Inside
from services.measures.settings import MeasuresSettings
from shared.runtime.service import Context

_GAUGE: Final = "hospitalizations"  # how settled a period is does not depend on the measure
Wanted = Annotated[str | None, Query(max_length=10, description="four quarters, 2018Q1R4; else the latest settled")]


def router(context: Context) -> APIRouter:
    """The one route."""
    routes = APIRouter()
    settings = MeasuresSettings()
    goals = seeds(
        baseline=settings.goal_baseline, target_date=settings.goal_date, adverse_drug_events=settings.goal_ade
    )

    @routes.get("/goals")
    async def show(
        _: Inside, unit_type: UnitType, unit: Unit, period: Wanted = None, goal: str | None = None
    ) -> GoalsView:
        """Of community tenure in both readings: of what is missing to all nights at home, and literally."""
        asking.unit_type_named(unit_type)
        wanted = [one for one in goals if goal is None or one.id == goal]
        asking.goal_found(wanted, goals)
        for one in wanted:
            asking.measure_named(one.measure, unit_type)
        if period is not None:
            asking.period_written(period, rolling_only=True)
        async with loading.snapshot(context.pool) as conn:
            place = await asking.place(conn, unit_type, unit)
            scene = await loading.scene(conn)
            months = await loading.months(conn, place, await _known(conn, place, settings.goal_baseline))
            current = period or latest(settings.goal_baseline, months, scene)
            last = await loading.last(conn, place, [one for one in (settings.goal_baseline, current) if one])
            spent = await spending.avoided(conn, place, (settings.goal_baseline, current), months, scene)
        unit_ = _Unit(place, months, scene, current, last)
        return GoalsView(goals=[_view(one, unit_) for one in wanted], spending=spent)

    return routes


async def _known(conn: asyncpg.Connection, place: Place, baseline: str) -> list[int]:
    """The months of the baseline, and all after it that are known of the unit."""
    first, extent = periods.months_of(baseline)[0], await loading.extent(conn, place)
    quarters = between(Kind.QUARTER, first, max(first, *extent)) if extent is not None else []
    return [month for quarter in quarters for month in periods.months_of(quarter)]


def latest(baseline: str, months: Months, scene: Scene) -> str | None:
    """The latest four quarters after the baseline that are known whole and settled, else the latest known whole."""
    definition = BY_ID[_GAUGE]
    found = None
    for period in sorted({periods.rolling(periods.quarter_of(month)) for month, own in months.whole.items() if own}):
        if period <= baseline or figures.unknown(period, months.whole):
            continue
        settled = figures.figure(definition, period, months, scene).status in SETTLED
        if settled or found is None or not found[1]:
            found = (period, settled)
    return found[0] if found is not None else None


class _Unit(NamedTuple):
    place: Place
    months: Months
    scene: Scene
    current: str | None
    last: Mapping[tuple[str, str], Last]

    def figure(self, definition: Definition, period: str) -> Figure:
        """The figure of a period."""
        return figures.figure(definition, period, self.months, self.scene, self.last.get((definition.id, period)))


def _view(goal: Goal, unit: _Unit) -> GoalView:
    definition = BY_ID[goal.measure]
    baseline = unit.figure(definition, goal.baseline_period)
    current = unit.figure(definition, unit.current) if unit.current is not None else None
    made = _progress(goal, baseline, current)
    heading, used = _projection(goal, unit, definition, made) if made is not None else (None, 0)
    return GoalView(
        goal=goal.id,
        measure=goal.measure,
        aim=goal.aim,
        national_aim=definition.aim,
        priority=definition.priority,
        form=goal.form,
        size=str(goal.size),
        target_date=goal.target_date,
        source=goal.source,
        baseline=figures.view(baseline, unit.place, ALL, unit.scene),
        current=figures.view(current, unit.place, ALL, unit.scene) if current is not None else None,
        target=text(made.target) if made is not None else None,
        improvement=_percent(made.improvement) if made is not None else None,
        share=_percent(made.share) if made is not None else None,
        reached=made.reached if made is not None else None,
        attainable=made.attainable if made is not None else None,
        projection=_heading(goal, heading, used) if heading is not None else None,
        reason=_reason(baseline, current, heading, used),
    )


def _progress(goal: Goal, baseline: Figure, current: Figure | None) -> Progress | None:
    if baseline.value is None or current is None or current.value is None:
        return None
    first, second = (
        Value(goal.measure, "", one.period, value)
        for one, value in ((baseline, baseline.value), (current, current.value))
    )
    return progress(goal, first, second)


def _projection(goal: Goal, unit: _Unit, definition: Definition, made: Progress) -> tuple[Projection | None, int]:
    """By all settled quarters from the baseline's first to the last of the current four."""
    assert unit.current is not None
    first, last = periods.months_of(goal.baseline_period)[0], periods.months_of(unit.current)[-1]
    points = []
    for quarter in between(Kind.QUARTER, first, last):
        found = unit.figure(definition, quarter)
        if found.value is not None and found.status in SETTLED:
            points.append(Point(quarter, found.value, found.base))
    return projection.projection(points, goal, made.target), len(points)


def _heading(goal: Goal, found: Projection, used: int) -> ProjectionView:
    target = goal.target_date
    return ProjectionView(
        quarter=periods.quarter_of(target.year * 100 + target.month),
        quarters_used=used,
        value=decimal(found.value),
        **limits_of(found.interval),
        reaches=found.reaches,
        earliest=found.earliest,
        latest=found.latest,
    )


def _reason(baseline: Figure, current: Figure | None, heading: Projection | None, used: int) -> str | None:
    for name, found in (("baseline", baseline), ("current", current)):
        if found is None:
            return "no four quarters after the baseline are known whole"
        if found.value is None:
            return f"{name}: {found.counted.reason or 'nobody is in the denominator'}"
    few = f"{used} settled quarters are too few for a projection: six are needed, and every season"
    return few if heading is None else None


def _percent(share: Fraction | None) -> str | None:
    return None if share is None else percent(share)
