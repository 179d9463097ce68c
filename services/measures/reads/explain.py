"""Answers /explain: whose contributions made a number, and which record last moved it. Audited, for staff."""

import datetime as dt
from collections.abc import Collection
from typing import Annotated

from fastapi import APIRouter, Query
from pydantic import BaseModel

from services.measures.domain import periods, spread
from services.measures.domain.definitions import Definition
from services.measures.domain.strata import ALL
from services.measures.reads import asking, contributions, figures, loading, looks
from services.measures.reads.asking import Measure, Period, Place, Stratum, Unit, UnitType
from services.measures.reads.contributions import Asked, Contributor
from services.measures.reads.figures import FigureView
from services.measures.reads.who import Explaining
from shared.program.areas import region_of, state_of
from shared.runtime.access import Access, Problem
from shared.runtime.service import Context

_WAITING = "SELECT count(*) FROM delta"
After = Annotated[str, Query(pattern=r"^([0-9a-f]{32})?$", description="the last reference of the page before")]
Limit = Annotated[int, Query(ge=1, le=5000)]


class ContributionView(BaseModel):
    """What one beneficiary (a keyed reference, never an identifier) adds to numerator and denominator.

    ``components`` are the counts behind it by name; ``moved_at`` is when a record or time last changed them.
    """

    beneficiary: str
    numerator: int
    denominator: int
    components: dict[str, int]
    moved_at: dt.datetime


class MovedView(BaseModel):
    """Whose record last changed what they contribute, and when."""

    beneficiary: str
    at: dt.datetime


class ExplanationView(BaseModel):
    """A figure and the contributions that make it.

    ``numerator`` and ``denominator`` are the sums over all ``contributors``, also those on other pages; they are given
    where the measure cannot be computed as well. ``adds_up``: they equal the rollups; while ``deltas_waiting`` changes
    are not folded yet they may be ahead of them. ``look`` is the number of the audit line of this look.
    """

    figure: FigureView
    contributors: int
    numerator: int
    denominator: int
    adds_up: bool
    deltas_waiting: int
    last_moved: MovedView | None
    contributions: list[ContributionView]
    look: int


def router(context: Context) -> APIRouter:
    """The one route."""
    routes = APIRouter()

    @routes.get("/explain")
    async def explain(
        access: Explaining,
        measure: Measure,
        unit_type: UnitType,
        unit: Unit,
        period: Period,
        stratum: Stratum = ALL,
        after: After = "",
        limit: Limit = 1000,
    ) -> ExplanationView:
        """One page of contributions in the order of references; the look is a line of the audit before anything is
        read. Units above communities take as long as all their people's years take to read."""
        definition = asking.measure_named(measure, asking.unit_type_named(unit_type))
        asking.period_written(period)
        asking.stratum_named(stratum)
        asked = f"{measure} of {unit_type} {unit} in {period}, {stratum}"
        async with context.pool.acquire() as conn:
            look = await looks.note(conn, looks.Look(context.clock(), access.actor, access.purpose.value, asked))
        page = _Page(definition, bytes.fromhex(after), limit)
        async with loading.snapshot(context.pool) as conn:
            place = await asking.place(conn, unit_type, unit)
            scene = await loading.scene(conn)
            months = await loading.months(conn, place, periods.months_of(period), stratum)
            last = (await loading.last(conn, place, [period])).get((measure, period))
            found = figures.figure(definition, period, months, scene, last)
            belongs, areas = await contributions.within(conn, place)
            counted = frozenset(figures.months_counted(definition, period, scene))
            _check_region(access, place, areas, counted)
            async for one in contributions.contributors(conn, Asked(definition, counted, belongs, stratum), areas):
                page.add(one)
            waiting = await conn.fetchval(_WAITING)
        kept = figures.plain(definition, period, months, scene)
        return ExplanationView(
            figure=figures.view(found, place, stratum, scene),
            contributors=page.contributors,
            numerator=page.numerator,
            denominator=page.denominator,
            adds_up=(page.numerator, page.denominator) == kept,
            deltas_waiting=waiting,
            last_moved=page.moved,
            contributions=page.shown,
            look=look,
        )

    return routes


class _Page:
    """Sums over all contributors, and those of one page."""

    def __init__(self, definition: Definition, after: bytes, limit: int) -> None:
        self._definition = definition
        self._after = after
        self._limit = limit
        self._newest: Contributor | None = None
        self.contributors = self.numerator = self.denominator = 0
        self.shown: list[ContributionView] = []

    def add(self, one: Contributor) -> None:
        """Take in the next contributor."""
        components = contributions.components(self._definition, one.amounts)
        numerator, denominator = figures.of_components(self._definition, components)
        self.contributors += 1
        self.numerator += numerator
        self.denominator += denominator
        if self._newest is None or one.moved > self._newest.moved:
            self._newest = one
        if one.ref > self._after and len(self.shown) < self._limit:
            self.shown.append(
                ContributionView(
                    beneficiary=one.ref.hex(),
                    numerator=numerator,
                    denominator=denominator,
                    components=components,
                    moved_at=_instant(one.moved),
                )
            )

    @property
    def moved(self) -> MovedView | None:
        """Who of all last changed what they contribute; of several the first."""
        if self._newest is None:
            return None
        return MovedView(beneficiary=self._newest.ref.hex(), at=_instant(self._newest.moved))


def _check_region(access: Access, place: Place, areas: Collection[str] | None, months: Collection[int]) -> None:
    """Problem 403 where a reader who belongs to a region asks for people who do not all live in it."""
    if access.region is None or (place.unit_type, place.unit) == (spread.REGION, access.region):
        return
    states = {place.unit} if place.unit_type == spread.STATE else {state_of(area) for area in areas or ()}
    if not states or {region_of(state, month) for state in states for month in months} - {access.region}:
        raise Problem(403, "other-region", "Contributions of other regions' people are not shown.")


def _instant(seconds: int) -> dt.datetime:
    return dt.datetime.fromtimestamp(seconds, dt.UTC)
