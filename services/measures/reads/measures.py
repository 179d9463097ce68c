"""Answers /measures: what each measure is, what it needs, and in which states it can be computed."""

from collections.abc import Iterable, Mapping
from typing import Final

import asyncpg
import msgspec
from fastapi import APIRouter, Depends
from pydantic import BaseModel

from services.measures.domain import evaluation, periods, spread
from services.measures.domain.catalogue import DEFINITIONS
from services.measures.domain.components import named
from services.measures.domain.definitions import Definition
from services.measures.domain.spread import Amounts
from services.measures.reads import loading
from services.measures.reads.figures import Scene
from shared.runtime.access import reader
from shared.runtime.service import Context

_LATEST: Final = "SELECT max(month) FROM rollup WHERE unit_type = 'nation'"
_STATES: Final = "SELECT unit, month, total FROM rollup WHERE unit_type = 'state' AND month = ANY($1::integer[])"
_total: Final = msgspec.msgpack.Decoder(Amounts).decode

States = Mapping[str, list[tuple[str, Mapping[str, int]]]]
"""By state, what its months add up to, each with the quarter it lies in."""


class MeasureView(BaseModel):
    """What a measure counts, and per what: ``scale`` times numerator by denominator, ``per`` says of which kind.

    ``numerator`` are components with their signs. ``needs`` are inputs of the sources without which it cannot be
    computed, ``value_sets`` the code lists, ``missing_value_sets`` those not loaded. ``computable_in`` are the states
    for which it can be in ``checked_in``, the latest quarter known; ``not_computable_in`` says of others why not.
    """

    id: str
    specification: int
    title: str
    numerator: dict[str, int]
    denominator: list[str]
    per: str
    scale: str
    better: str
    source: str
    aim: str
    priority: str
    interval: str
    needs: list[str]
    value_sets: list[str]
    missing_value_sets: list[str]
    unit_types: list[str]
    followed_up_months_only: bool
    note: str
    checked_in: str | None
    computable_in: list[str]
    not_computable_in: dict[str, str]


def router(context: Context) -> APIRouter:
    """The one route; definitions are no secret."""
    routes = APIRouter(dependencies=[Depends(reader)])

    @routes.get("/measures")
    async def measures() -> list[MeasureView]:
        """The measures there are, in the order of the catalogue."""
        async with loading.snapshot(context.pool) as conn:
            scene = await loading.scene(conn)
            latest = await conn.fetchval(_LATEST)
            quarter = periods.quarter_of(latest) if latest is not None else None
            states = await _states(conn, quarter) if quarter is not None else {}
        return [_view(definition, scene, quarter, states) for definition in DEFINITIONS]

    return routes


async def _states(conn: asyncpg.Connection, quarter: str) -> States:
    found: dict[str, list[tuple[str, Mapping[str, int]]]] = {}
    for row in await conn.fetch(_STATES, list(periods.months_of(quarter))):
        amounts = named(_total(row["total"]))
        if amounts:
            found.setdefault(row["unit"], []).append((quarter, amounts))
    return dict(sorted(found.items()))


def _view(definition: Definition, scene: Scene, quarter: str | None, states: States) -> MeasureView:
    reasons = {
        state: evaluation.count(definition, amounts, scene.loaded.__contains__).reason
        for state, amounts in states.items()
    }
    return MeasureView(
        id=definition.id,
        specification=definition.specification,
        title=definition.title,
        numerator=dict(definition.numerator),
        denominator=list(definition.denominator),
        per=definition.per,
        scale=str(definition.scale),
        better=definition.better,
        source=definition.source,
        aim=definition.aim,
        priority=definition.priority,
        interval=definition.uncertainty,
        needs=sorted(definition.needs),
        value_sets=sorted(definition.value_sets),
        missing_value_sets=sorted(definition.value_sets - scene.loaded),
        unit_types=_unit_types(definition),
        followed_up_months_only=definition.complete_months,
        note=definition.note,
        checked_in=quarter,
        computable_in=[state for state, reason in reasons.items() if reason is None],
        not_computable_in={state: reason for state, reason in reasons.items() if reason is not None},
    )


def _unit_types(definition: Definition) -> list[str]:
    all_types: Iterable[str] = (spread.AREA, *spread.PUBLISHED)
    return [one for one in all_types if one != spread.HOSPITAL or definition.of_hospitals]
