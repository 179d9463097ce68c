"""Answers /facilities/figures: a measure of facilities as it was published last, through time or beside one another."""

import datetime as dt
from decimal import Decimal
from typing import Annotated, Any, Final

from fastapi import APIRouter, Query
from pydantic import BaseModel

from services.measures.domain import kinds
from services.measures.domain.panel import spans
from services.measures.domain.panel.counted import MILLION
from services.measures.domain.panel.measure import FacilityMeasure, Form
from services.measures.reads import loading
from services.measures.reads.asking import Measure
from services.measures.reads.who import Inside
from services.measures.repository import figures
from shared.runtime.access import Problem
from shared.runtime.service import Context

_PERIODS: Final = "2018-03, 2018Q1, 2018, or the days of a file, 2014-01-01/2014-12-31"
Units = Annotated[
    list[str] | None,
    Query(max_length=100, description="CCN of a facility or id of a practice; given again for each, else all"),
]


class FacilityFigureView(BaseModel):
    """A figure of a facility. Of a standardized measure ``predicted`` stands in place of the denominator; numbers
    mean nothing where there is a ``reason`` why it cannot be computed."""

    unit: str
    period: str
    specification: int
    numerator: int
    denominator: int | None
    predicted: str | None
    value: str | None
    low: str | None
    high: str | None
    status: str
    reason: str | None
    revision: int
    as_of: dt.datetime


def router(context: Context) -> APIRouter:
    """The one route."""
    routes = APIRouter()

    @routes.get("/facilities/figures")
    async def show(
        _: Inside,
        measure: Measure,
        unit: Units = None,
        period: Annotated[str | None, Query(max_length=21, description=f"{_PERIODS}; else all")] = None,
        limit: Annotated[int, Query(ge=1, le=5000)] = 1000,
        offset: Annotated[int, Query(ge=0)] = 0,
    ) -> list[FacilityFigureView]:
        """Figures in the order of unit and period; none of a facility of which nothing is published."""
        definition = kinds.MEASURES.get(measure)
        if definition is None:
            raise Problem(
                404, "unknown-measure", "measure: there is no such measure of facilities.", paths=("query.measure",)
            )
        if period is not None:
            _written(period)
        async with loading.snapshot(context.pool) as conn:
            rows = await figures.of_measure(conn, measure, unit, period, limit, offset)
        return [_view(definition, dict(row)) for row in rows]

    return routes


def _written(period: str) -> None:
    """Problem for text that is no period of facilities."""
    try:
        spans.days(period)
    except ValueError:
        title = f"period: a period is written {_PERIODS}."
        raise Problem(422, "invalid-period", title, paths=("query.period",)) from None


def _view(measure: FacilityMeasure, row: dict[str, Any]) -> FacilityFigureView:
    standardized = measure.form is Form.STANDARDIZED
    predicted = f"{Decimal(row['denominator']) / MILLION:f}" if standardized else None
    return FacilityFigureView.model_validate(
        {**row, "predicted": predicted, "denominator": None if standardized else row["denominator"]}
    )
