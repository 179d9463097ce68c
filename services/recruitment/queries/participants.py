"""Questions about participants."""

from typing import Any

import asyncpg
from fastapi import APIRouter

from services.recruitment.queries.parameters import After, Limit, State
from services.recruitment.repository import reading
from shared.contracts.feeds import CCN_PATTERN
from shared.runtime.access import Problem


def routes(pool: asyncpg.Pool) -> APIRouter:
    """The routes over this pool."""
    api = APIRouter()

    @api.get("/facilities")
    async def facilities(
        state: State = None,
        after: After = None,
        limit: Limit = 100,
    ) -> list[dict[str, Any]]:
        """Facilities by certification number, a page at a time."""
        return await reading.facilities(pool, state, after, limit)

    @api.get("/facilities/{ccn}")
    async def facility(ccn: str) -> dict[str, Any]:
        """All that is known of one facility."""
        found = await reading.facility(pool, ccn) if CCN_PATTERN.fullmatch(ccn) else None
        if found is None:
            raise Problem(404, "facility-unknown", "No facility with this certification number is listed.")
        return found

    return api
