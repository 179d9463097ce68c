"""The read API: results as published, early signs, what is stored, and the questions of ``reads``."""

import datetime as dt
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel

from services.measures import reads
from services.measures.domain.catalogue import DEFINITIONS
from services.measures.domain.definitions import Definition
from services.measures.domain.rates import percent, relative_improvement
from services.measures.reads.who import inside
from services.measures.repository import activity, reading
from shared.contracts.measures import UnitType
from shared.runtime.service import Context


class ResultView(BaseModel):
    """A published result; ``value`` is None without a denominator, numbers mean nothing where there is a ``reason``
    why the measure cannot be computed."""

    measure: str
    specification: int
    unit_type: str
    unit: str
    unit_version: int
    period: str
    stratum: str
    numerator: int
    denominator: int
    days_in_period: int
    value: str | None
    low: str | None
    high: str | None
    status: str
    reason: str | None
    cause: str
    revision: int
    as_of: dt.datetime


class ActivityView(BaseModel):
    """Counts of one facility or community in one month (``YYYY-MM``)."""

    unit: str
    month: str
    discharge_appeals: int
    termination_appeals: int
    concerns_confirmed: int


class Audit(BaseModel):
    """Distinct natural keys stored (cancelled ones included), what waits, and the sums of all areas.

    Equal to what was sent when nothing is lost; ``results_published`` counts every MeasureUpdated since the
    schema was begun, or last restored.
    """

    beneficiaries: int
    claims: int
    care: int
    enrolment_years: int
    deltas_waiting: int
    communities: int
    communities_waiting: int
    quarters_waiting: int
    beneficiaries_waiting: int
    cells: int
    results_published: int
    hospitalizations: int
    rehospitalizations: int
    impossible_stays: int
    eligible_days: int


class Trend(BaseModel):
    """A measure in the nation: the latest quarter beside the same quarter of the first year there is, and the relative
    improvement in percent."""

    measure: str
    title: str
    baseline_period: str
    baseline: str
    period: str
    value: str
    improvement_percent: str | None


class Summary(Audit):
    """For the board."""

    trends: list[Trend]


Month = Annotated[str | None, Query(pattern=r"^[0-9]{4}-[0-9]{2}$", description="YYYY-MM")]


def router(context: Context) -> APIRouter:
    """Routes under ``/api``; each needs a token and a purpose."""
    routes = APIRouter()
    routes.include_router(_inside(context))
    routes.include_router(reads.router(context))
    return routes


def _inside(context: Context) -> APIRouter:
    """What is not protected against small numbers, for staff alone."""
    routes = APIRouter(dependencies=[Depends(inside)])

    @routes.get("/results")
    async def results(
        measure: str | None = None,
        unit_type: Annotated[UnitType | None, Query()] = None,
        unit: str | None = None,
        period: Annotated[str | None, Query(pattern=r"^[0-9]{4}Q([1-4]|[1-4]R4)$")] = None,
        limit: Annotated[int, Query(ge=1, le=5000)] = 1000,
        offset: Annotated[int, Query(ge=0)] = 0,
    ) -> list[ResultView]:
        """Results as last published, in the order of measure, unit and period."""
        async with context.pool.acquire() as conn:
            rows = await reading.results(conn, measure, unit_type, unit, period, limit, offset)
        return [ResultView.model_validate(dict(row)) for row in rows]

    @routes.get("/activity/facilities")
    async def facility_activity(
        facility: Annotated[str | None, Query(pattern=r"^[0-9A-Z]{6}$")] = None,
        first: Month = None,
        last: Month = None,
        limit: Annotated[int, Query(ge=1, le=5000)] = 1000,
    ) -> list[ActivityView]:
        """Appeals and confirmed concerns by facility and month."""
        async with context.pool.acquire() as conn:
            rows = await activity.of_facilities(conn, facility, first, last, limit)
        return [ActivityView.model_validate(dict(row)) for row in rows]

    @routes.get("/activity/communities")
    async def community_activity(
        community: str | None = None,
        first: Month = None,
        last: Month = None,
        limit: Annotated[int, Query(ge=1, le=5000)] = 1000,
    ) -> list[ActivityView]:
        """The same by community: appeals rise before readmissions do."""
        async with context.pool.acquire() as conn:
            rows = await activity.of_communities(conn, community, first, last, limit)
        return [ActivityView.model_validate(dict(row)) for row in rows]

    @routes.get("/audit")
    async def audit() -> Audit:
        """What is stored, counted."""
        async with context.pool.acquire() as conn:
            return Audit.model_validate(await reading.audit(conn))

    @routes.get("/summary")
    async def summary() -> Summary:
        """What is stored, and where each measure stands against its baseline."""
        async with context.pool.acquire() as conn:
            counted = await reading.audit(conn)
            values = await reading.nation(conn)
        return Summary.model_validate({**counted, "trends": trends(values)})

    return routes


def trends(values: Iterable[Mapping[str, Any]]) -> list[Trend]:
    """The latest quarter of each measure beside the same quarter of its first year; ``values`` in period order."""
    found = []
    rows = list(values)
    for definition in DEFINITIONS:
        own = [row for row in rows if row["measure"] == definition.id]
        if not own:
            continue
        latest = own[-1]
        first = next(row for row in own if row["period"][4:] == latest["period"][4:])
        found.append(
            Trend(
                measure=definition.id,
                title=definition.title,
                baseline_period=first["period"],
                baseline=first["value"],
                period=latest["period"],
                value=latest["value"],
                improvement_percent=_improvement(definition, first["value"], latest["value"]),
            )
        )
    return found


def _improvement(definition: Definition, baseline: str, value: str) -> str | None:
    change = relative_improvement(Fraction(baseline), Fraction(value))
    if change is None:
        return None
    return percent(change if definition.better == "lower" else -change)
