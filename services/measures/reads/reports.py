"""Answers /facilities/reports: figures of facilities as FHIR MeasureReports, small numbers withheld."""

from collections.abc import Iterable
from typing import Annotated, Any, Final, Literal

from fastapi import APIRouter, Query

from services.measures.domain import kinds
from services.measures.domain.activity.definitions import FAMILIES
from services.measures.domain.panel import outward, spans
from services.measures.domain.panel.published import Published
from services.measures.fhir import measure_report
from services.measures.reads import loading
from services.measures.reads.asking import Measure
from services.measures.reads.who import Inside
from services.measures.repository import figures
from shared.contracts.facilities import FacilityType
from shared.runtime.access import Problem
from shared.runtime.service import Context

_UNIT_TYPES: Final[dict[str, FacilityType]] = {
    measure.id: family.unit_type for family in (*kinds.KINDS, *FAMILIES.values()) for measure in family.measures
}
Units = Annotated[
    list[str], Query(min_length=1, max_length=100, description="CCN of a facility or id of a practice; again for each")
]
View = Annotated[
    Literal["external", "inside"], Query(description="external: what may leave; inside: every number, to stay inside")
]


def router(context: Context) -> APIRouter:
    """The one route."""
    routes = APIRouter()

    @routes.get("/facilities/reports")
    async def show(
        _: Inside,
        measure: Measure,
        unit: Units,
        period: Annotated[str | None, Query(max_length=21, description="2018-03, 2018Q1, 2018, or a span")] = None,
        view: View = "external",
    ) -> list[dict[str, Any]]:
        """In the order of units and periods, of all periods unless one is given."""
        if measure not in kinds.MEASURES:
            raise Problem(
                404, "unknown-measure", "measure: there is no such measure of facilities.", paths=("query.measure",)
            )
        _written(period)
        async with loading.snapshot(context.pool) as conn:
            every = await figures.of_units(conn, measure, unit)
        return _reports(measure, every, period, inside=view == "inside")

    return routes


def _written(period: str | None) -> None:
    try:
        if period is not None:
            spans.days(period)
    except ValueError:
        rule = "a period is a month 2018-03, a quarter 2018Q1, a year 2018, or FIRSTDAY/LASTDAY"
        raise Problem(422, "invalid-period", f"period: {rule}.", paths=("query.period",)) from None


def _reports(measure: str, every: Iterable[Published], period: str | None, *, inside: bool) -> list[dict[str, Any]]:
    definition, rows = kinds.MEASURES[measure], list(every)
    quarterly = {one.unit for one in rows if outward.is_quarter(one.period)}
    found = []
    for one in rows:
        if period not in (None, one.period):
            continue
        quarters = one.unit in quarterly
        why = outward.withheld(definition, one.period, one.numerator, one.denominator, quarters=quarters)
        found.append(measure_report(definition, _UNIT_TYPES[measure], one, withheld=None if inside else why))
    return found
