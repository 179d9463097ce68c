"""The read API of recruitment: facilities, the target list, communities, counts. Public facts of institutions only."""

from typing import Annotated, Any

import asyncpg
from fastapi import APIRouter, Depends, Query

from services.recruitment.domain.collaboratives import COLLABORATIVES
from services.recruitment.domain.targeting import rank
from services.recruitment.repository import reading
from services.recruitment.repository.assistance import requests
from shared.contracts.feeds import CCN_PATTERN
from shared.runtime.access import Problem, reader

_State = Annotated[str | None, Query(pattern="^[A-Z]{2}$", description="Postal code of a state or territory")]
_After = Annotated[str | None, Query(pattern=CCN_PATTERN.pattern, description="The last CCN of the page before")]
_Limit = Annotated[int, Query(ge=1, le=1_000)]


def router(pool: asyncpg.Pool) -> APIRouter:
    """The routes over this pool."""
    api = APIRouter(dependencies=[Depends(reader)], tags=["recruitment"])
    _facility_routes(api, pool)
    _community_routes(api, pool)

    @api.get("/assistance")
    async def assistance(
        facility: Annotated[str | None, Query(pattern=CCN_PATTERN.pattern)] = None, limit: _Limit = 100
    ) -> list[dict[str, Any]]:
        """Requests for assistance: provider and topic of each confirmed concern."""
        return await requests(pool, facility, limit)

    @api.get("/summary")
    async def summary() -> reading.Summary:
        """Counts for the board and the audit."""
        return await reading.summary(pool)

    return api


def _facility_routes(api: APIRouter, pool: asyncpg.Pool) -> None:
    @api.get("/targets")
    async def targets(collaborative: str = "NNHQCC", state: _State = None, limit: _Limit = 50) -> list[dict[str, Any]]:
        """Whom to invite first into a collaborative, with the reason."""
        if collaborative not in COLLABORATIVES:
            raise Problem(404, "collaborative-unknown", "There is no such collaborative.")
        ranked = rank(await reading.candidates(pool, collaborative, state))[:limit]
        return [
            {
                "rank": position,
                "ccn": target.candidate.ccn,
                "name": target.candidate.name,
                "state": target.candidate.state,
                "overall_rating": target.candidate.overall_rating,
                "special_focus": target.candidate.special_focus,
                "score": target.score,
                "why": target.why,
            }
            for position, target in enumerate(ranked, start=1)
        ]

    @api.get("/facilities")
    async def facilities(
        state: _State = None,
        after: Annotated[
            str | None, Query(pattern=CCN_PATTERN.pattern, description="The last CCN of the page before")
        ] = None,
        limit: _Limit = 100,
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


def _community_routes(api: APIRouter, pool: asyncpg.Pool) -> None:
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
