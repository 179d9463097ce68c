"""Answers /values: one measure of one unit in a month, a quarter or four quarters, for everybody or any stratum."""

from fastapi import APIRouter

from services.measures.domain import periods
from services.measures.domain.strata import ALL
from services.measures.reads import asking, figures, loading
from services.measures.reads.asking import Measure, Period, Stratum, Unit, UnitType
from services.measures.reads.figures import FigureView
from services.measures.reads.who import Inside
from shared.runtime.service import Context


def router(context: Context) -> APIRouter:
    """The one route."""
    routes = APIRouter()

    @routes.get("/values")
    async def value(
        _: Inside, measure: Measure, unit_type: UnitType, unit: Unit, period: Period, stratum: Stratum = ALL
    ) -> FigureView:
        """The figure as the rollups stand now; a joint stratum such as ``chronic_2+polypharmacy`` is who has both."""
        asking.unit_type_named(unit_type)
        asking.period_written(period)
        asking.stratum_named(stratum)
        async with loading.snapshot(context.pool) as conn:
            definition = await asking.measure_of(conn, measure, unit_type, unit)
            place = await asking.place(conn, unit_type, unit)
            scene = await loading.scene(conn)
            months = await loading.months(conn, place, periods.months_of(period), stratum)
            last = (await loading.last(conn, place, [period])).get((measure, period))
        return figures.view(figures.figure(definition, period, months, scene, last), place, stratum, scene)

    return routes
