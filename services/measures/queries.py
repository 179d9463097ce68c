"""The read API: definitions, results, and what is stored."""

import datetime as dt
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel

from services.measures.domain.definitions import DEFINITIONS
from services.measures.domain.rates import per_thousand, percent, relative_improvement
from services.measures.repository import activity, reading
from shared.runtime.access import reader
from shared.runtime.service import Context


class MeasureView(BaseModel):
    """What a measure counts, and per what."""

    id: str
    specification: int
    title: str
    per: int
    better: str
    source: str


class ResultView(BaseModel):
    """A published result; ``value`` per 1,000 beneficiary-quarters, None without eligible days."""

    measure: str
    specification: int
    unit: str
    unit_version: int
    period: str
    stratum: str
    numerator: int
    eligible_days: int
    days_in_period: int
    value: str | None
    status: str
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
    """Distinct natural keys stored (cancelled claims included), what waits, and the sums of all areas.

    Equal to what was sent when nothing is lost; ``results_published`` counts every MeasureUpdated ever written.
    """

    beneficiaries: int
    claims: int
    enrolment_years: int
    deltas_waiting: int
    communities: int
    communities_waiting: int
    cells: int
    results_published: int
    hospitalizations: int
    rehospitalizations: int
    impossible_stays: int
    eligible_days: int


class Trend(BaseModel):
    """A measure over all communities (one that overlaps another counts in both): the latest quarter beside the same
    quarter of the first year there is, and the relative improvement in percent, where fewer is better."""

    measure: str
    title: str
    baseline_period: str
    baseline: str | None
    period: str
    value: str | None
    improvement_percent: str | None


class Summary(Audit):
    """For the board."""

    trends: list[Trend]


Month = Annotated[str | None, Query(pattern=r"^[0-9]{4}-[0-9]{2}$", description="YYYY-MM")]


def router(context: Context) -> APIRouter:
    """Routes under ``/api``; each needs a token and a purpose."""
    routes = APIRouter(dependencies=[Depends(reader)])

    @routes.get("/measures")
    async def measures() -> list[MeasureView]:
        """The measures there are."""
        return [MeasureView.model_validate(definition, from_attributes=True) for definition in DEFINITIONS]

    @routes.get("/results")
    async def results(
        measure: str | None = None,
        unit: str | None = None,
        period: Annotated[str | None, Query(pattern=r"^[0-9]{4}Q[1-4]$")] = None,
        limit: Annotated[int, Query(ge=1, le=5000)] = 1000,
        offset: Annotated[int, Query(ge=0)] = 0,
    ) -> list[ResultView]:
        """Results as last published, in the order of measure, unit and period."""
        async with context.pool.acquire() as conn:
            rows = await reading.results(conn, measure, unit, period, limit, offset)
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
            return Audit.model_validate(dict(await reading.audit(conn)))

    @routes.get("/summary")
    async def summary() -> Summary:
        """What is stored, and where each measure stands against its baseline."""
        async with context.pool.acquire() as conn:
            counted = await reading.audit(conn)
            totals = await reading.totals(conn)
        return Summary.model_validate({**counted, "trends": trends(totals)})

    return routes


def trends(totals: Iterable[Mapping[str, Any]]) -> list[Trend]:
    """The latest quarter of each measure beside the same quarter of its first year; ``totals`` in period order."""
    found = []
    rows = [row for row in totals if row["eligible_days"]]
    for definition in DEFINITIONS:
        own = [row for row in rows if row["measure"] == definition.id]
        if not own:
            continue
        latest = own[-1]
        first = next(row for row in own if row["period"][4:] == latest["period"][4:])
        improvement = relative_improvement(_rate(first), _rate(latest))
        found.append(
            Trend(
                measure=definition.id,
                title=definition.title,
                baseline_period=first["period"],
                baseline=_value(first),
                period=latest["period"],
                value=_value(latest),
                improvement_percent=percent(improvement) if improvement is not None else None,
            )
        )
    return found


def _rate(row: Mapping[str, Any]) -> Fraction:
    return Fraction(row["numerator"] * row["days_in_period"], row["eligible_days"])


def _value(row: Mapping[str, Any]) -> str | None:
    return per_thousand(row["numerator"], row["eligible_days"], row["days_in_period"])
