"""Answers /charts: control charts as they are followed, with earlier baselines and the signals that were taken back."""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel

from services.measures.domain import kinds
from services.measures.domain.charted import CHARTS
from services.measures.domain.methods.charts.limits import Centre
from services.measures.domain.methods.charts.points import Point
from services.measures.domain.methods.charts.state import ChartState
from services.measures.reads import loading
from services.measures.reads.asking import Measure
from services.measures.reads.who import Inside
from services.measures.repository import chart_past, charts
from services.measures.repository.charts import Whose
from shared.contracts.declared import LOCAL
from shared.runtime.access import Problem
from shared.runtime.service import Context

Units = Annotated[
    list[str] | None,
    Query(max_length=100, description="CCN, id of a practice or of a community; given again for each, else all"),
]


class PointView(BaseModel):
    """``events`` out of ``exposure``, exact: a whole number or a fraction such as 416/10; 0 is no figure."""

    period: str
    events: int
    exposure: str
    revision: int
    provisional: bool


class BaselineView(BaseModel):
    """A version: its centre and by how much spread exceeds chance, exact; ``until`` it was replaced or withdrawn."""

    version: int
    first: str
    last: str
    chart: str
    centre: str
    spread: str
    frozen_at: dt.datetime
    until: dt.datetime | None = None


class SignalView(BaseModel):
    """A rule that holds at a period, or held: then ``retracted_at`` and ``because`` say since when not and why."""

    period: str
    rule: str
    side: str
    revision: int
    version: int
    raised_at: dt.datetime
    retracted_at: dt.datetime | None = None
    because: str | None = None


class ChartView(BaseModel):
    """A chart. ``first`` and ``last`` are the planned baseline; ``baseline`` is the version in force, None for none.
    ``earlier`` and ``retracted`` are what it showed before, the latest at the end."""

    unit_type: str
    unit: str
    chart: str
    first: str
    last: str
    points: list[PointView]
    baseline: BaselineView | None
    earlier: list[BaselineView]
    signals: list[SignalView]
    retracted: list[SignalView]


def router(context: Context) -> APIRouter:
    """The one route."""
    routes = APIRouter()

    @routes.get("/charts")
    async def show(
        _: Inside,
        measure: Measure,
        unit: Units = None,
        limit: Annotated[int, Query(ge=1, le=1000)] = 1000,
        offset: Annotated[int, Query(ge=0)] = 0,
    ) -> list[ChartView]:
        """In the order of the units; none of a unit whose figures are on no chart."""
        if not (measure in kinds.MEASURES or measure in CHARTS or measure.startswith(LOCAL)):
            raise Problem(404, "unknown-measure", "measure: there is no such measure.", paths=("query.measure",))
        async with loading.snapshot(context.pool) as conn:
            found = await charts.of_measure(conn, measure, unit, limit, offset)
            past = await chart_past.load(conn, found.keys())
        return [_view(whose, state, past.get(whose, {})) for whose, state in found.items()]

    return routes


def _view(whose: Whose, state: ChartState, past: Mapping[str, Sequence[Mapping[str, Any]]]) -> ChartView:
    base = state.baseline
    return ChartView(
        unit_type=whose.unit_type,
        unit=whose.unit,
        chart=state.plan.kind.value,
        first=state.plan.first,
        last=state.plan.last,
        points=[_point(point) for point in state.points.values()],
        baseline=None
        if base is None
        else BaselineView(
            version=base.version, first=base.first, last=base.last, frozen_at=base.frozen_at, **_centre(base.centre)
        ),
        earlier=[BaselineView.model_validate(one) for one in past.get("baseline", ())],
        signals=[
            SignalView(
                period=one.period,
                rule=one.rule.value,
                side=one.side.value,
                revision=one.revision,
                version=one.version,
                raised_at=one.raised_at,
            )
            for one in state.signals
        ],
        retracted=[SignalView.model_validate(one) for one in past.get("signal", ())],
    )


def _centre(centre: Centre) -> dict[str, str]:
    return {"chart": centre.kind.value, "centre": str(centre.value), "spread": str(centre.spread)}


def _point(point: Point) -> PointView:
    return PointView(
        period=point.period,
        events=point.events,
        exposure=str(point.exposure),
        revision=point.revision,
        provisional=point.provisional,
    )
