"""Answers /declared: the measures that communities declared, every version, and the parts there are."""

import datetime as dt
from typing import Annotated, Literal

from fastapi import APIRouter, Depends, Query
from pydantic import BaseModel

from services.measures.domain.declared.parts import PARTS
from services.measures.domain.declared.state import DeclaredMeasure
from services.measures.reads import loading
from services.measures.reads.who import INSIDE
from services.measures.repository import declared
from shared.runtime.access import Access, reader
from shared.runtime.service import Context


class VersionView(BaseModel):
    """One version, and when it was said; by whom is shown to staff alone."""

    version: int
    title: str
    numerator: dict[str, int]
    denominator: list[str]
    per: str
    scale: str
    better: str
    interval: str
    reason: str
    source: str
    actor: str | None
    at: dt.datetime


class DeclaredView(BaseModel):
    """A measure of a community. ``needs`` and ``value_sets`` are what its parts cannot be counted without;
    ``retired`` says why it is none any more."""

    measure: str
    community: str
    version: int
    needs: list[str]
    value_sets: list[str]
    followed_up_months_only: bool
    retired: str | None
    versions: list[VersionView]


class PartView(BaseModel):
    """A component a measure can be made of, and the inputs and code lists it cannot be counted without."""

    component: str
    needs: list[str]
    value_sets: list[str]


def router(context: Context) -> APIRouter:
    """Two routes; definitions are no secret, accounts of staff are."""
    routes = APIRouter(dependencies=[Depends(reader)])

    @routes.get("/declared")
    async def measures(
        access: Annotated[Access, Depends(reader)],
        community: Annotated[str | None, Query(max_length=60)] = None,
        state: Annotated[Literal["all", "in-force"], Query()] = "all",
    ) -> list[DeclaredView]:
        """Those of a community, or all, by id; retired ones too unless only those in force are asked for."""
        async with loading.snapshot(context.pool) as conn:
            found = await declared.some(conn, None if community is None else [community])
        staff = bool(access.roles & INSIDE)
        return [_view(one, staff=staff) for one in found if state == "all" or one.retired is None]

    @routes.get("/declared/parts")
    async def parts() -> list[PartView]:
        """What a declaration can name."""
        return [
            PartView(component=name, needs=sorted(part.needs), value_sets=sorted(part.value_sets))
            for name, part in PARTS.items()
        ]

    return routes


def _view(one: DeclaredMeasure, *, staff: bool) -> DeclaredView:
    hidden = {} if staff else {"actor": None}
    definition = one.definition
    return DeclaredView(
        measure=one.measure,
        community=one.community,
        version=one.version,
        needs=sorted(definition.needs),
        value_sets=sorted(definition.value_sets),
        followed_up_months_only=definition.complete_months,
        retired=one.retired.reason if one.retired else None,
        versions=[VersionView.model_validate(version.model_dump() | hidden) for version in one.versions],
    )
