"""Answers /snapshots: the public figures as they were published, for readers inside and outside."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel

from services.measures.domain.snapshot import Reason
from services.measures.reads import asking, loading
from services.measures.repository import snapshots
from shared.runtime.access import reader
from shared.runtime.service import Context

# A figure that is not shown at all; one that differs too little keeps the figures shown before.
_SHOWN: Final = """
    SELECT measure, unit_type, unit, period, numerator, denominator, value,
           reason IS NOT NULL AND reason <> $5 AS suppressed
    FROM snapshot_row
    WHERE ($1::text IS NULL OR measure = $1) AND ($2::text IS NULL OR unit_type = $2)
          AND ($3::text IS NULL OR unit = $3) AND ($4::text IS NULL OR period = $4)
    ORDER BY measure, unit_type, unit, period LIMIT $6 OFFSET $7
"""


class PublicFigure(BaseModel):
    """``suppressed``: withheld, because it or others could be worked out to stand for 1 to 10 people."""

    measure: str
    unit_type: str
    unit: str
    period: str
    numerator: int | None
    denominator: int | None
    value: str | None
    suppressed: bool


class PublicSnapshot(BaseModel):
    """The last snapshot and the month (``YYYY-MM``) in which it was taken; None before the first."""

    snapshot: str | None
    figures: list[PublicFigure]


def router(context: Context) -> APIRouter:
    """The one route; whoever may read at all may read what is public."""
    routes = APIRouter(dependencies=[Depends(reader)])

    @routes.get("/snapshots")
    async def shown(
        measure: str | None = None,
        unit_type: str | None = None,
        unit: Annotated[str | None, Query(max_length=200, pattern=asking.PRINTABLE)] = None,
        period: str | None = None,
        limit: Annotated[int, Query(ge=1, le=5000)] = 1000,
        offset: Annotated[int, Query(ge=0)] = 0,
    ) -> PublicSnapshot:
        """Figures in the order of measure, unit and period; other numbers than these are shown to nobody outside."""
        if measure is not None:
            asking.measure_named(measure)
        if unit_type is not None:
            asking.unit_type_named(unit_type)
        if period is not None:
            asking.period_written(period)
        async with loading.snapshot(context.pool) as conn:
            taken_on = await snapshots.last_day(conn)
            wanted = (measure, unit_type, unit, period)
            rows = await conn.fetch(_SHOWN, *wanted, Reason.DIFFERENCE.value, limit, offset)
        return PublicSnapshot(
            snapshot=f"{taken_on:%Y-%m}" if taken_on else None,
            figures=[PublicFigure.model_validate(dict(row)) for row in rows],
        )

    return routes
