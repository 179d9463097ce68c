"""Read API of consistency: overturn and timeliness rates, agreement of second reviews, local factors. Sums only."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Query

from services.complaints.auditing.looks import looks
from services.complaints.consistency import second_reviews as second_review_store
from services.complaints.domain.consistency.agreement import Agreement, agreement
from services.complaints.domain.consistency.exact import Interval
from services.complaints.domain.consistency.local_factors import FactorCount, Registry, frequencies
from services.complaints.domain.consistency.rates import Cell, Comparison, Dimension, Rate, compared
from services.complaints.domain.consistency.small_cells import for_outside
from shared.runtime.access import Access, Problem, reader
from shared.runtime.service import Context

# Of sanctions nothing is told, not even that there are some (42 CFR 480.101).
_RATES: Final = """
    SELECT coalesce(CASE $1::text WHEN 'state' THEN facility_state WHEN 'provider_type' THEN provider_type
                                  ELSE reviewer_group END, 'UNKNOWN') AS group_name,
           count(*) FILTER (WHERE CASE $2::text WHEN 'overturned' THEN outcome = ANY($3::text[]) ELSE on_time END),
           count(*)
    FROM case_file
    WHERE decided_at >= $5 AND decided_at < $6 AND case_type <> 'SANCTION'
      AND CASE $2::text WHEN 'overturned' THEN outcome = ANY($4::text[]) ELSE on_time IS NOT NULL END
      AND ($7::text IS NULL OR case_type = $7) AND ($8::text IS NULL OR region = $8)
    GROUP BY 1
"""
_CASES: Final = """
    SELECT coalesce(CASE $1::text WHEN 'state' THEN facility_state ELSE provider_type END, 'UNKNOWN') AS group_name,
           count(*) AS cases
    FROM case_file
    WHERE decided_at >= $2 AND decided_at < $3 AND case_type <> 'SANCTION'
      AND ($4::text IS NULL OR case_type = $4) AND ($5::text IS NULL OR region = $5)
    GROUP BY 1
"""
_FACTORS: Final = """
    SELECT factor, coalesce(CASE $1::text WHEN 'state' THEN facility_state ELSE provider_type END, 'UNKNOWN'),
           count(DISTINCT case_id)
    FROM case_file CROSS JOIN LATERAL unnest(local_factors) AS factor
    WHERE decided_at >= $2 AND decided_at < $3 AND case_type <> 'SANCTION'
      AND ($4::text IS NULL OR case_type = $4) AND ($5::text IS NULL OR region = $5)
    GROUP BY 1, 2
"""

Reader = Annotated[Access, Depends(reader)]
Outside = Annotated[bool, Query(description="Hide small numbers, for what leaves the service")]


class Measured(StrEnum):
    """Which share is looked at, by day of decision."""

    OVERTURNED = "overturned"
    ON_TIME = "on_time"


@dataclass(frozen=True, slots=True)
class Outcomes:
    """What outcomes mean: ``judged`` on the merits, ``overturned`` among them, and those open to each case type."""

    judged: frozenset[str]
    overturned: frozenset[str]
    by_type: Mapping[str, tuple[str, ...]]

    def __post_init__(self) -> None:
        if not self.overturned <= self.judged:
            raise ValueError("an outcome overturned is an outcome judged")


def router(context: Context, outcomes: Outcomes, registry: Registry) -> APIRouter:
    """The routes; days are UTC, first and last included; a reader of a region gets the numbers of that region."""
    routes = APIRouter(prefix="/consistency", dependencies=[Depends(looks(context))])

    @routes.get("/rates")
    async def rates(
        access: Reader,
        dimension: Dimension,
        measured: Measured,
        first: dt.date,
        last: dt.date,
        case_type: str | None = None,
        outside: Outside = False,
    ) -> dict[str, Any]:
        """Shares by group with exact 95 % intervals and funnel limits around the share of all."""
        if outside and dimension is Dimension.REVIEWER_GROUP:
            raise Problem(422, "deliberations-stay-inside", "Comparisons of reviewers do not leave the service.")
        sets = (sorted(outcomes.overturned), sorted(outcomes.judged))
        days = _days(first, last)
        async with context.pool.acquire() as conn:
            rows = await conn.fetch(_RATES, dimension, measured, *sets, *days, case_type, access.region)
        cells = [Cell(*row) for row in rows]
        return _comparison(for_outside(dimension, cells) if outside else compared(cells))

    @routes.get("/agreement")
    async def second_reviews(
        access: Reader,
        case_type: str,
        first: dt.date,
        last: dt.date,
        reviewer_group: str | None = None,
        share_only: bool = False,
    ) -> dict[str, Any]:
        """How far second reviews agree with first ones, by month of decision. It is deliberation and stays inside."""
        _days(first, last)
        months = (first.replace(day=1), last.replace(day=1))
        async with context.pool.acquire() as conn:
            pairs = await second_review_store.pairs(
                conn, case_type, months, reviewer_group=reviewer_group, region=access.region, share_only=share_only
            )
        categories = outcomes.by_type.get(case_type)
        if categories is None:
            raise Problem(404, "unknown-case-type", "There is no such case type.", paths=("query.case_type",))
        return _agreement(agreement(pairs, categories))

    @routes.get("/local-factors")
    async def local_factors(
        access: Reader,
        dimension: Dimension,
        first: dt.date,
        last: dt.date,
        case_type: str | None = None,
        outside: Outside = False,
    ) -> list[dict[str, Any]]:
        """By factor, in what share of the cases decided it was recorded."""
        if dimension is Dimension.REVIEWER_GROUP:
            raise Problem(422, "not-of-reviewers", "Local factors are counted by state or provider type.")
        wanted = (dimension, *_days(first, last), case_type, access.region)
        async with context.pool.acquire() as conn, conn.transaction(isolation="repeatable_read", readonly=True):
            cases = {row["group_name"]: row["cases"] for row in await conn.fetch(_CASES, *wanted)}
            counts = [FactorCount(*row) for row in await conn.fetch(_FACTORS, *wanted)]
        found = frequencies(dimension, counts, cases, outside=outside)
        return [
            {"factor": factor, "meaning": registry.factors.get(factor), **_comparison(comparison)}
            for factor, comparison in found.items()
        ]

    return routes


def _days(first: dt.date, last: dt.date) -> tuple[dt.datetime, dt.datetime]:
    if last < first or last == dt.date.max:
        raise Problem(422, "days-out-of-order", "The last day is before the first.", paths=("query.last",))
    return (
        dt.datetime.combine(first, dt.time(), dt.UTC),
        dt.datetime.combine(last + dt.timedelta(days=1), dt.time(), dt.UTC),
    )


def _comparison(comparison: Comparison) -> dict[str, Any]:
    return {"overall": _rate(comparison.overall), "groups": [_rate(rate) for rate in comparison.rates]}


def _rate(rate: Rate) -> dict[str, Any]:
    return {
        "group": rate.group,
        "events": rate.events,
        "cases": rate.cases,
        "hidden": rate.hidden,
        "share": None if rate.share is None else round(float(rate.share), 6),
        "interval_95": _interval(rate.interval),
        "funnel_95": _interval(rate.funnel.inner) if rate.funnel else None,
        "funnel_99_8": _interval(rate.funnel.outer) if rate.funnel else None,
        "standing": rate.standing,
    }


def _interval(interval: Interval | None) -> list[float] | None:
    return None if interval is None else [round(limit, 6) for limit in interval]


def _agreement(found: Agreement) -> dict[str, Any]:
    return {
        "pairs": found.pairs,
        "observed": _number(found.observed),
        "kappa": _number(found.kappa),
        "kappa_error": _number(found.kappa_error),
        "adjusted_kappa": _number(found.adjusted_kappa),
        "ac1": _number(found.ac1),
        "undefined": found.undefined,
    }


def _number(value: Any) -> float | None:
    return None if value is None else round(float(value), 6)
