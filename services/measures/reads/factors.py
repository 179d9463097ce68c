"""Answers /factors: which populations drive the gap between a unit and everybody elsewhere."""

from typing import Annotated, Literal, NamedTuple

import asyncpg
from fastapi import APIRouter, Query
from pydantic import BaseModel

from services.measures.domain import evaluation, gap_factors, periods, spread
from services.measures.domain.definitions import Definition
from services.measures.domain.evaluation import Counted
from services.measures.domain.gap_factors import Factors
from services.measures.domain.methods.factors import Driver
from services.measures.domain.rates import decimal
from services.measures.domain.strata import ALL
from services.measures.reads import asking, disparities, figures, loading, ratios
from services.measures.reads.asking import Measure, Period, Place, Unit
from services.measures.reads.figures import Figure, FigureView, Scene, text
from services.measures.reads.who import Inside
from shared.runtime.access import Problem
from shared.runtime.service import Context

Kind = Annotated[Literal["community", "state", "region"], Query(description="type of the unit")]


class DriverView(BaseModel):
    """Events of a population beyond those that the rate elsewhere gives; below 0 there are fewer.

    ``by_rate``: because its own rate differs from that of the same population elsewhere; ``by_mix``: because more
    people here are of it. The two add up to ``excess``; ``low`` and ``high`` bound it with 95 % confidence.
    """

    value: str
    events: int
    excess: str
    by_rate: str
    by_mix: str
    low: str
    high: str


class FactorView(BaseModel):
    """Everybody divided one way, the largest excess first; ``reason`` says why it cannot be."""

    dimension: str
    drivers: tuple[DriverView, ...]
    reason: str | None


class FactorsView(BaseModel):
    """The unit's figure, that of everybody else in the nation, the events in excess, and what they are made of."""

    figure: FigureView
    elsewhere: str | None
    excess: str | None
    factors: tuple[FactorView, ...]


class Asked(NamedTuple):
    """What is asked of the unit and of the nation."""

    definition: Definition
    period: str
    scene: Scene


def router(context: Context) -> APIRouter:
    """The one route."""
    routes = APIRouter()

    @routes.get("/factors")
    async def factors(
        _: Inside, measure: Measure, unit: Unit, period: Period, unit_type: Kind = "community"
    ) -> FactorsView:
        """Beside the rest of the nation; nothing where the measure cannot be computed here or there."""
        definition = asking.measure_named(measure, unit_type)
        asking.period_written(period)
        async with loading.snapshot(context.pool) as conn:
            place = await asking.place(conn, unit_type, unit)
            scene = await loading.scene(conn)
            asked = Asked(definition, period, scene)
            own, counted = await _counted(conn, place, asked)
            whole, everybody = await _counted(conn, Place(spread.NATION, spread.WHOLE, 1), asked)
        view = figures.view(own, place, ALL, scene)
        if not (own.counted.computable and whole.counted.computable):
            return FactorsView(figure=view, elsewhere=None, excess=None, factors=())
        rest = {flags: ratios.rest(one, counted.get(flags, ratios.NOTHING)) for flags, one in everybody.items()}
        try:
            found = gap_factors.factors(definition, counted, rest)
        except ValueError as error:
            raise Problem(422, "invalid-measure", f"measure: {error}.", paths=("query.measure",)) from None
        value = evaluation.value(definition, ratios.rest(whole.counted, own.counted))
        return FactorsView(
            figure=view,
            elsewhere=text(value),
            excess=next((text(one.gap.excess) for one in found if one.gap), None),
            factors=tuple(_factor(one) for one in found),
        )

    return routes


async def _counted(conn: asyncpg.Connection, place: Place, asked: Asked) -> tuple[Figure, dict[int, Counted]]:
    months = await loading.months(conn, place, periods.months_of(asked.period))
    last = (await loading.last(conn, place, [asked.period])).get((asked.definition.id, asked.period))
    whole = figures.figure(asked.definition, asked.period, months, asked.scene, last)
    if not whole.counted.computable:
        return whole, {}
    return whole, await disparities.by_flags(conn, place, whole, asked.scene)


def _factor(found: Factors) -> FactorView:
    drivers = found.gap.drivers if found.gap is not None else ()
    return FactorView(dimension=found.dimension, drivers=tuple(_driver(one) for one in drivers), reason=found.reason)


def _driver(driver: Driver) -> DriverView:
    low, high = driver.limits
    return DriverView(
        value=driver.stratum[0][1],
        events=driver.events,
        excess=decimal(driver.excess),
        by_rate=decimal(driver.by_rate),
        by_mix=decimal(driver.by_mix),
        low=f"{low:.4f}",
        high=f"{high:.4f}",
    )
