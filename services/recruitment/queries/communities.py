"""Questions about communities: which there are, what they were before, and whose a ZIP code is."""

import datetime as dt
from typing import Annotated, Any

import asyncpg
from fastapi import APIRouter, Query

from services.recruitment.domain.communities.kinds import COMMUNITY
from services.recruitment.domain.communities.state import Community
from services.recruitment.queries.parameters import Limit
from services.recruitment.repository import communities as reading
from shared.records import store as records
from shared.runtime.access import Problem
from shared.runtime.clock import utc_now

AfterCommunity = Annotated[
    str | None, Query(pattern=r"^[a-z0-9][a-z0-9-]{1,59}$", description="The last id of the page before")
]


def routes(pool: asyncpg.Pool) -> APIRouter:
    """The routes over this pool."""
    api = APIRouter()

    @api.get("/communities")
    async def communities(
        dissolved: bool = False, after: AfterCommunity = None, limit: Limit = 1_000
    ) -> list[dict[str, Any]]:
        """Communities by id, with those dissolved where asked for."""
        return await reading.communities(pool, dissolved=dissolved, after=after, limit=limit)

    @api.get("/communities/of/{zip_code}")
    async def community_of(zip_code: str, on: dt.date | None = None) -> dict[str, Any]:
        """The community that a ZIP code belongs to on a day (today in UTC when left out); at most one."""
        day = on or utc_now().date()
        area = f"zip:{zip_code}"
        if zip_code.isascii() and zip_code.isdigit():
            for state in await reading.holding(pool, area):
                found = Community.model_validate_json(state)
                if found.holds(area, day):
                    return {"community": found.id, "name": found.name, "zip_code": zip_code, "on": day.isoformat()}
        raise Problem(404, "community-unknown", "This ZIP code belongs to no community on that day.")

    @api.get("/communities/{community}")
    async def community(community: str) -> dict[str, Any]:
        """One community with its areas."""
        found = await one(pool, community)
        return {"community": found.id, **found.model_dump(mode="json", exclude={"id", "history", "given_up"})}

    @api.get("/communities/{community}/history")
    async def history(community: str) -> dict[str, Any]:
        """Every version of a community that is known: from when, why, and which areas came and went."""
        found = await one(pool, community)
        return {"community": found.id, **found.model_dump(mode="json", include={"name", "version", "history"})}

    return api


async def one(pool: asyncpg.Pool, community: str) -> Community:
    """A community; raises Problem where there is none."""
    state = await records.one(pool, COMMUNITY.name, community) if "\x00" not in community else None
    if state is None:
        raise Problem(404, "community-unknown", "There is no such community.")
    return Community.model_validate_json(state)
