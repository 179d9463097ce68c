"""The read API of recruitment. Institution-level facts unless a part says otherwise."""

import asyncpg
from fastapi import APIRouter, Depends

from services.recruitment.queries import (
    assistance,
    campaign,
    coalitions,
    communities,
    interest,
    interventions,
    networks,
    packs,
    participants,
    peers,
    people,
    pipeline,
    practices,
    program,
    questions,
    reports,
    sessions,
    targets,
)
from shared.runtime.access import reader

_PARTS = (
    program,
    people,
    participants,
    pipeline,
    interest,
    targets,
    communities,
    coalitions,
    interventions,
    networks,
    sessions,
    practices,
    peers,
    questions,
    packs,
    campaign,
    assistance,
    reports,
)


def router(pool: asyncpg.Pool) -> APIRouter:
    """The routes over this pool."""
    api = APIRouter(dependencies=[Depends(reader)], tags=["recruitment"])
    for part in _PARTS:
        api.include_router(part.routes(pool))
    return api
