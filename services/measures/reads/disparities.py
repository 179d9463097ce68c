"""Answers /disparities: special and vulnerable populations of a unit, each beside everybody else of that unit."""

import asyncio
from functools import cache, partial
from typing import Annotated, Final

import asyncpg
from fastapi import APIRouter, Query
from pydantic import BaseModel

from services.measures.domain import evaluation, periods, strata
from services.measures.domain.components import named
from services.measures.domain.evaluation import Counted
from services.measures.domain.strata import ALL
from services.measures.reads import asking, figures, loading, ratios
from services.measures.reads.asking import Measure, Period, Place, Unit, UnitType
from services.measures.reads.figures import Figure, FigureView, Scene
from services.measures.reads.ratios import RatioView
from services.measures.reads.who import Inside
from shared.runtime.service import Context

LISTED: Final = tuple(name for name in strata.NAMES if name != ALL and not name.startswith("not-"))
Strata = Annotated[list[str] | None, Query(max_length=50, description="given again for each; else all that are listed")]


class DisparityView(BaseModel):
    """A population beside everybody else of the unit; the two never overlap."""

    stratum: str
    ratio: RatioView


class DisparitiesView(BaseModel):
    """The unit's figure over everybody, and its disparities; none where the measure cannot be computed."""

    figure: FigureView
    disparities: list[DisparityView]


def router(context: Context) -> APIRouter:
    """The one route."""
    routes = APIRouter()

    @routes.get("/disparities")
    async def show(
        _: Inside, measure: Measure, unit_type: UnitType, unit: Unit, period: Period, stratum: Strata = None
    ) -> DisparitiesView:
        """Ratios with intervals; joint strata such as ``chronic_2+polypharmacy`` are who has both."""
        definition = asking.measure_named(measure, asking.unit_type_named(unit_type))
        asking.period_written(period)
        wanted = [asking.stratum_named(one) for one in stratum or LISTED]
        async with loading.snapshot(context.pool) as conn:
            place = await asking.place(conn, unit_type, unit)
            scene = await loading.scene(conn)
            months = await loading.months(conn, place, periods.months_of(period))
            last = (await loading.last(conn, place, [period])).get((measure, period))
            whole = figures.figure(definition, period, months, scene, last)
            counted = await by_flags(conn, place, whole, scene) if whole.counted.computable else {}
        found = [_disparity(one, whole, counted) for one in wanted] if counted else []
        return DisparitiesView(figure=figures.view(whole, place, ALL, scene), disparities=found)

    return routes


async def by_flags(conn: asyncpg.Connection, place: Place, whole: Figure, scene: Scene) -> dict[int, Counted]:
    """What the measure counts in the figure's period, by flags."""
    found: dict[int, Counted] = {}
    wanted = figures.months_counted(whole.definition, whole.period, scene)
    async for month, body in loading.bodies(conn, place, wanted):
        quarter = periods.quarter_of(month)
        for flags, amounts in body.items():
            one = evaluation.count(whole.definition, [(quarter, named(amounts))], lambda _: True)
            known = found.get(flags, ratios.NOTHING)
            found[flags] = ratios.plus(known, one)
        await asyncio.sleep(0)
    return found


def _disparity(stratum: str, whole: Figure, counted: dict[int, Counted]) -> DisparityView:
    belongs = cache(partial(strata.contains, stratum))
    own, others = ratios.divided(counted, belongs)
    return DisparityView(stratum=stratum, ratio=ratios.ratio(whole.definition, own, others))
