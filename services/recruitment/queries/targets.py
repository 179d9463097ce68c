"""Questions about targets: whom to invite first, and why."""

from typing import Any

import asyncpg
from fastapi import APIRouter

from services.recruitment.domain.pipeline.collaboratives import COLLABORATIVES
from services.recruitment.domain.targets.ranking import rank
from services.recruitment.queries.parameters import Limit, State
from services.recruitment.repository import reading
from shared.runtime.access import Problem


def routes(pool: asyncpg.Pool) -> APIRouter:
    """The routes over this pool."""
    api = APIRouter()

    @api.get("/targets")
    async def targets(collaborative: str = "NNHQCC", state: State = None, limit: Limit = 50) -> list[dict[str, Any]]:
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

    return api
