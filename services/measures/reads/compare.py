"""Answers /compare: units side by side, each beside the rest of its state, region and nation."""

from typing import Annotated, Final, NamedTuple

import asyncpg
from fastapi import APIRouter, Query
from pydantic import BaseModel, StringConstraints

from services.measures.domain import periods, spread
from services.measures.domain.definitions import Definition
from services.measures.domain.results import Last
from services.measures.domain.strata import ALL
from services.measures.reads import asking, figures, loading, ratios
from services.measures.reads.asking import Measure, Period, Place, Stratum, UnitType
from services.measures.reads.figures import Figure, FigureView, Scene
from services.measures.reads.ratios import RatioView
from services.measures.reads.who import Inside
from shared.program.areas import UNKNOWN, region_of, state_of
from shared.runtime.service import Context

MOST: Final = 50
_AREAS: Final = "SELECT area FROM community_area WHERE community = $1"
Units = Annotated[
    list[Annotated[str, StringConstraints(max_length=200, pattern=asking.PRINTABLE)]],
    Query(min_length=1, max_length=MOST, description="given again for each unit"),
]


class AgainstView(BaseModel):
    """The unit beside everybody else of a place it lies in; ``ratio`` is None where one of the two has no value."""

    unit_type: str
    unit: str
    ratio: RatioView | None
    reason: str | None


class ComparedView(BaseModel):
    """A unit's figure, and how it stands to the rest of what it is part of."""

    figure: FigureView
    against: list[AgainstView]


class Asked(NamedTuple):
    """What is asked of each unit."""

    definition: Definition
    period: str
    stratum: str
    scene: Scene


def router(context: Context) -> APIRouter:
    """The one route."""
    routes = APIRouter()

    @routes.get("/compare")
    async def compare(
        _: Inside, measure: Measure, unit_type: UnitType, unit: Units, period: Period, stratum: Stratum = ALL
    ) -> list[ComparedView]:
        """In the order asked for. A unit is compared with the rest of a place, never with itself within it; a
        community that lies in several states or regions with the rest of the nation alone, as is a hospital (the
        people of a state are not the patients of its hospitals)."""
        definition = asking.measure_named(measure, asking.unit_type_named(unit_type))
        asking.period_written(period)
        asking.stratum_named(stratum)
        async with loading.snapshot(context.pool) as conn:
            asked = Asked(definition, period, stratum, await loading.scene(conn))
            known: dict[Place, Figure] = {}
            found = []
            for one in dict.fromkeys(unit):
                place = await asking.place(conn, unit_type, one)
                found.append(await _compared(conn, place, asked, known))
        return found

    return routes


async def _compared(conn: asyncpg.Connection, place: Place, asked: Asked, known: dict[Place, Figure]) -> ComparedView:
    last = (await loading.last(conn, place, [asked.period])).get((asked.definition.id, asked.period))
    own = await _figure(conn, place, asked, last)
    against = []
    for around in await _around(conn, place, asked.period):
        if around not in known:
            known[around] = await _figure(conn, around, asked)
        against.append(_against(own, around, known[around]))
    return ComparedView(figure=figures.view(own, place, asked.stratum, asked.scene), against=against)


async def _figure(conn: asyncpg.Connection, place: Place, asked: Asked, last: Last | None = None) -> Figure:
    months = await loading.months(conn, place, periods.months_of(asked.period), asked.stratum)
    return figures.figure(asked.definition, asked.period, months, asked.scene, last)


def _against(own: Figure, place: Place, all_: Figure) -> AgainstView:
    reason = own.counted.reason or all_.counted.reason
    ratio = None
    if reason is None:
        ratio = ratios.ratio(own.definition, own.counted, ratios.rest(all_.counted, own.counted))
    return AgainstView(unit_type=place.unit_type, unit=place.unit, ratio=ratio, reason=reason)


async def _around(conn: asyncpg.Connection, place: Place, period: str) -> list[Place]:
    """What the unit is part of during the whole period, the nearest first."""
    states: set[str] = set()
    if place.unit_type == spread.AREA:
        states = {state_of(place.unit)}
    elif place.unit_type == spread.COMMUNITY:
        states = {state_of(row["area"]) for row in await conn.fetch(_AREAS, place.unit)}
    elif place.unit_type == spread.STATE:
        states = {place.unit}
    regions = {region_of(state, month) for state in states for month in periods.months_of(period)}
    found = []
    if len(states) == 1 and UNKNOWN not in states and place.unit_type != spread.STATE:
        found.append(Place(spread.STATE, min(states), 1))
    if len(regions) == 1 and UNKNOWN not in regions:
        found.append(Place(spread.REGION, min(regions), 1))
    if place.unit_type != spread.NATION:
        found.append(Place(spread.NATION, spread.WHOLE, 1))
    return found
