"""Answers /value-sets: which code lists are loaded, in which versions, and which of these hold."""

from fastapi import APIRouter, Depends
from pydantic import BaseModel

from services.measures.domain import values
from services.measures.reads import loading
from services.measures.repository import value_sets
from shared.runtime.access import reader
from shared.runtime.service import Context


class ValueSetView(BaseModel):
    """A version of a set: ``known`` of its ``parts`` have come; only a complete version can be in force."""

    name: str
    version: str
    known: int
    parts: int
    codes: int
    source: str
    in_force: bool


class ValueSetsView(BaseModel):
    """All versions known, and the sets that definitions ask for of which none is in force."""

    loaded: list[ValueSetView]
    missing: list[str]


def router(context: Context) -> APIRouter:
    """The one route; code lists are no secret."""
    routes = APIRouter(dependencies=[Depends(reader)])

    @routes.get("/value-sets")
    async def listed() -> ValueSetsView:
        """Every version told."""
        async with loading.snapshot(context.pool) as conn:
            found = [ValueSetView.model_validate(row) for row in await value_sets.listed(conn)]
        in_force = {one.name for one in found if one.in_force}
        return ValueSetsView(loaded=found, missing=[name for name in values.NAMES if name not in in_force])

    return routes
