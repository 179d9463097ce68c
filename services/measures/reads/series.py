"""Answers /series: one measure of one unit through time."""

from typing import Annotated, Final, Literal

from fastapi import APIRouter, Query

from services.measures.domain import periods
from services.measures.domain.periods import Kind
from services.measures.domain.strata import ALL
from services.measures.reads import asking, figures, loading
from services.measures.reads.asking import Measure, Stratum, Unit, UnitType
from services.measures.reads.figures import FigureView
from services.measures.reads.who import Inside
from shared.runtime.service import Context

Every = Annotated[Literal["month", "quarter", "rolling"], Query(description="rolling: four quarters, by each quarter")]
_KINDS: Final = {"month": Kind.MONTH, "quarter": Kind.QUARTER, "rolling": Kind.ROLLING}


def router(context: Context) -> APIRouter:
    """The one route."""
    routes = APIRouter()

    @routes.get("/series")
    async def series(
        _: Inside,
        measure: Measure,
        unit_type: UnitType,
        unit: Unit,
        every: Every = "quarter",
        stratum: Stratum = ALL,
    ) -> list[FigureView]:
        """The figures of all periods that the months known of the unit make up, in order."""
        asking.unit_type_named(unit_type)
        asking.stratum_named(stratum)
        async with loading.snapshot(context.pool) as conn:
            definition = await asking.measure_of(conn, measure, unit_type, unit)
            place = await asking.place(conn, unit_type, unit)
            scene = await loading.scene(conn)
            extent = await loading.extent(conn, place)
            wanted = between(_KINDS[every], *extent) if extent is not None else []
            known = sorted({month for period in wanted for month in periods.months_of(period)})
            months = await loading.months(conn, place, known, stratum)
            last = await loading.last(conn, place, wanted)
        found = [figures.figure(definition, one, months, scene, last.get((measure, one))) for one in wanted]
        return [figures.view(one, place, stratum, scene) for one in found]

    return routes


def between(kind: Kind, first: int, last: int) -> list[str]:
    """The periods of a kind from that of the first month to that of the last; four quarters only when all are."""
    if kind is Kind.MONTH:
        begin, end = (periods.periods_of(month)[0] for month in (first, last))
    else:
        begin, end = periods.quarter_of(first), periods.quarter_of(last)
    found = [begin]
    while found[-1] < end:
        found.append(periods.shift(found[-1], 1))
    return [periods.rolling(one) for one in found[3:]] if kind is Kind.ROLLING else found
