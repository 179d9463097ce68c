"""Questions about communities."""

from typing import Any

import asyncpg
from fastapi import APIRouter

from services.recruitment.repository import reading
from shared.runtime.access import Problem


def routes(pool: asyncpg.Pool) -> APIRouter:
    """The routes over this pool."""
    api = APIRouter()

    @api.get("/communities")
    async def communities() -> list[dict[str, Any]]:
        """All communities."""
        return await reading.communities(pool)

    @api.get("/communities/{community}")
    async def community(community: str) -> dict[str, Any]:
        """One community with its areas."""
        found = await reading.community(pool, community) if "\x00" not in community else None
        if found is None:
            raise Problem(404, "community-unknown", "There is no such community.")
        return found

    return api
