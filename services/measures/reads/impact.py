"""Answers /impact: how the measures of an intervention's community changed with it, and beside whom."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Annotated

import asyncpg
from fastapi import APIRouter, Query
from pydantic import BaseModel

from services.measures import effects
from services.measures.domain.definitions import Definition
from services.measures.domain.evaluation import Counted
from services.measures.domain.impact import Estimate, LeftOut, NotEstimable
from services.measures.domain.impact_figures import Figures, Window, value
from services.measures.domain.intervention import Intervention
from services.measures.domain.said_effects import said
from services.measures.effects import Look, World
from services.measures.reads import asking, loading
from services.measures.reads.figures import text
from services.measures.reads.ratios import plus
from services.measures.reads.who import Inside
from services.measures.repository import effects as kept
from services.measures.repository import interventions
from services.measures.repository.effects import Said
from shared.contracts.effects import EffectFlag, EffectMethod
from shared.runtime.access import Problem
from shared.runtime.service import Context

WITHOUT = "communities compared"
Asked = Annotated[str, Query(max_length=100, pattern=asking.PRINTABLE, description="id of an intervention")]


class PointView(BaseModel):
    """A value, as the measure is published, in a quarter."""

    period: str
    value: str


class GroupView(BaseModel):
    """Values of those with the intervention or of those without together (sums over sums)."""

    name: str
    communities: tuple[str, ...]
    values: tuple[PointView, ...]


class LeftOutView(BaseModel):
    """Who was to be compared and is not, with the reason in words."""

    community: str
    reason: str


class EffectView(BaseModel):
    """One measure of the intervention.

    ``sentence`` is what may be said, with the word ``wording`` that the evidence allows; without ``compared`` it is
    an association. ``estimate``, ``low`` and ``high`` (95 %) are a ratio of the community's change to that of others
    (``none`` 1), or a difference in the unit of the measure (``none`` 0), as ``scale`` says; ``hoped`` is the size that
    was hoped for. ``flags``: wrong_way, short_of_hope, no_signal. Where ``estimable`` is false, ``reason`` says
    why and there are no numbers. ``groups``: the community first, then those compared, quarter by quarter; with the
    intervention from ``first_with`` on. ``revision`` is the last that was published, 0 for none.
    """

    measure: str
    title: str
    better: str
    estimable: bool
    reason: str | None
    method: EffectMethod | None
    wording: str | None
    scale: str | None
    none: str | None
    estimate: str | None
    error: str | None
    low: str | None
    high: str | None
    hoped: str | None
    clear: bool
    compared: tuple[str, ...]
    left_out: tuple[LeftOutView, ...]
    first: str | None
    first_with: str
    last: str | None
    flags: tuple[EffectFlag, ...]
    sentence: str
    groups: tuple[GroupView, ...]
    revision: int


class InterventionView(BaseModel):
    """An intervention and what is found of it now. ``redefined``: its community has other areas today than at its
    start, and figures are of those of today. ``not_counted``: aims that are no measures of it."""

    intervention: str
    name: str
    community: str
    kind: str
    stratum: str
    comparison: str
    started_on: dt.date
    ended_on: dt.date | None
    void: bool
    paused: tuple[tuple[dt.date, dt.date | None], ...]
    redefined: bool
    effects: tuple[EffectView, ...]
    not_counted: tuple[str, ...]


def router(context: Context) -> APIRouter:
    """The one route."""
    routes = APIRouter()

    @routes.get("/impact")
    async def impact(_: Inside, intervention: Asked) -> InterventionView:
        """Worked out from the figures as they stand now; the event of the same follows within seconds."""
        async with loading.snapshot(context.pool) as conn:
            found = await interventions.load(conn, [intervention])
            if not found:
                raise Problem(404, "unknown-intervention", "intervention: there is no such intervention.")
            return await _view(conn, found[0])

    return routes


async def _view(conn: asyncpg.Connection, one: Intervention) -> InterventionView:
    around = await effects.world(conn)
    before = await kept.said(conn, one.id)
    known = (await effects.measurable(conn, [one]))[one.community]
    aims = [known[measure] for measure in one.measures if measure in known]
    return InterventionView(
        intervention=one.id,
        name=one.name,
        community=one.community,
        kind=one.kind,
        stratum=one.stratum,
        comparison=one.comparison,
        started_on=one.started_on,
        ended_on=one.ended_on,
        void=one.void,
        paused=tuple((pause.since, pause.until) for pause in one.pauses),
        redefined=await interventions.redefined(conn, one),
        effects=tuple([await _effect(conn, one, aim, around, before.get(aim.id)) for aim in aims]),
        not_counted=tuple(measure for measure in one.measures if measure not in known),
    )


async def _effect(
    conn: asyncpg.Connection, one: Intervention, definition: Definition, around: World, before: Said | None
) -> EffectView:
    if reason := effects.unasked(one, definition.id):
        found = Look(NotEstimable(Window((), ()), reason), Figures(one.community, {}), {})
    else:
        found = await effects.look(conn, one, definition, around)
    effect = found.found.verdict.effect if isinstance(found.found, Estimate) else None
    told = said(one, definition, found.found)
    return EffectView(
        **{name: told[name] for name in EffectView.model_fields if name in told},
        title=definition.title,
        better=definition.better,
        none=None if effect is None else f"{effect.none:.0f}",
        error=None if effect is None or effect.error is None else f"{effect.error:.4f}",
        clear=effect is not None and effect.clear,
        left_out=tuple(_left_out(found.found.left_out)),
        groups=tuple(_groups(one, definition, found)),
        revision=before.revision if before is not None else 0,
    )


def _left_out(without: Mapping[str, LeftOut]) -> list[LeftOutView]:
    return [LeftOutView(community=name, reason=reason.value) for name, reason in sorted(without.items())]


def _groups(one: Intervention, definition: Definition, found: Look) -> list[GroupView]:
    quarters = found.found.window.quarters
    if not quarters:
        return []
    groups = [_group(one.community, [found.own], definition, quarters)]
    if isinstance(found.found, Estimate) and found.found.compared:
        compared = [found.others[name] for name in found.found.compared]
        groups.append(_group(WITHOUT, compared, definition, quarters))
    return groups


def _group(name: str, of: Sequence[Figures], definition: Definition, quarters: Iterable[str]) -> GroupView:
    values = []
    for quarter in quarters:
        total = Counted(0, 0, 0)
        for one in of:
            total = plus(total, one.quarters[quarter])
        values.append(PointView(period=quarter, value=text(value(definition, total)) or ""))
    return GroupView(name=name, communities=tuple(one.unit for one in of), values=tuple(values))
