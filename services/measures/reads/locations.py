"""Answers /facilities/locations: infections of hospitals by location in a period, for whom to help first."""

from decimal import Decimal
from fractions import Fraction
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from services.measures.domain.infections.kind import INFECTIONS
from services.measures.domain.infections.locations import LocationSum, by_location
from services.measures.domain.panel import spans
from services.measures.domain.panel.measure import FacilityMeasure, Form
from services.measures.domain.panel.member import Member
from services.measures.reads import loading
from services.measures.reads.asking import Measure
from services.measures.reads.who import Inside
from services.measures.repository import panels
from shared.runtime.access import Problem
from shared.runtime.service import Context

_RATIOS = {one.id: one for one in INFECTIONS.measures if one.form is Form.STANDARDIZED}
Units = Annotated[list[str], Query(min_length=1, max_length=100, description="CCN of a hospital; given again for each")]


class LocationView(BaseModel):
    """A location, ``FACILITY`` where a hospital is told of as a whole. ``predicted`` is None where no model of the
    baseline predicts its infections, days where they are not told."""

    unit: str
    location: str
    observed: int
    predicted: str | None
    device_days: int | None
    patient_days: int | None


def router(context: Context) -> APIRouter:
    """The one route."""
    routes = APIRouter()

    @routes.get("/facilities/locations")
    async def show(
        _: Inside,
        measure: Measure,
        unit: Units,
        period: Annotated[str, Query(max_length=21, description="2018-03, 2018Q1, 2018, or FIRSTDAY/LASTDAY")],
    ) -> list[LocationView]:
        """In the order of hospitals and locations; none of a hospital of which nothing is told."""
        definition = _RATIOS.get(measure)
        if definition is None:
            raise Problem(
                404, "unknown-measure", "measure: there is no such ratio of infections.", paths=("query.measure",)
            )
        try:
            spans.days(period)
        except ValueError:
            rule = "a period is a month 2018-03, a quarter 2018Q1, a year 2018, or FIRSTDAY/LASTDAY"
            raise Problem(422, "invalid-period", f"period: {rule}.", paths=("query.period",)) from None
        async with loading.snapshot(context.pool) as conn:
            bodies = await panels.of_units(conn, INFECTIONS.name, unit)
        return [_view(one, row) for one in sorted(bodies) for row in _rows(bodies[one], definition, period)]

    return routes


def _rows(bodies: list[bytes], measure: FacilityMeasure, period: str) -> list[LocationSum]:
    """``measure`` counts one infection under one baseline, which its component is named by."""
    infection = next(iter(measure.numerator)).removesuffix(f"_{measure.baseline}_observed")
    facts = [fact for body in bodies for fact in Member(INFECTIONS, body).facts()]
    return by_location(facts, infection, measure.baseline or "", period)


def _view(unit: str, row: LocationSum) -> LocationView:
    return LocationView(
        unit=unit,
        location=row.location,
        observed=row.observed,
        predicted=None if row.predicted is None else _decimal(row.predicted),
        device_days=row.device_days,
        patient_days=row.patient_days,
    )


def _decimal(value: Fraction) -> str:
    """Millionths, exact."""
    return f"{Decimal(value.numerator) / Decimal(value.denominator):f}"
