"""Counts, and requests for assistance."""

from typing import Annotated, Any

import asyncpg
from fastapi import APIRouter, Query

from services.recruitment.queries.parameters import Limit
from services.recruitment.repository import reading
from services.recruitment.repository.assistance import requests
from shared.contracts.feeds import CCN_PATTERN


def routes(pool: asyncpg.Pool) -> APIRouter:
    """The routes over this pool."""
    api = APIRouter()

    @api.get("/assistance")
    async def assistance(
        facility: Annotated[str | None, Query(pattern=CCN_PATTERN.pattern)] = None, limit: Limit = 100
    ) -> list[dict[str, Any]]:
        """Requests for assistance: provider and topic of each confirmed concern."""
        return await requests(pool, facility, limit)

    @api.get("/summary")
    async def summary() -> reading.Summary:
        """Counts for the board and the audit."""
        return await reading.summary(pool)

    return api
